"""`smallprint notice plan`: what is announced, by which duty, to how many, by when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smallprint.cli.notice_options import notices_option, warn_if_cut_off
from smallprint.cli.options import as_of_option, config_option
from smallprint.notifying.numbers import counted

if TYPE_CHECKING:
    from smallprint.notifying.planning import Planned

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("policy")
@click.argument("version")
@click.option("--recipients", type=_FILE, required=True, help="Who is to be told: CSV or JSON Lines.")
@click.option("--suppress", type=_FILE, help="Who is not to be written to: an address a line.")
@click.option("--skip-bad", is_flag=True, help="Leave out lines that cannot be read; they are listed and counted.")
@click.option("--late", metavar="REASON", default="", help="Tell people although the promised time is over.")
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with templates and words of your own; what it lacks is taken from ours.",
)
@click.option(
    "-d", "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="The folder of the built site."
)
@notices_option
@config_option
@as_of_option
def plan(
    policy: str,
    version: str,
    *,
    recipients: Path,
    suppress: Path | None,
    skip_bad: bool,
    late: str,
    templates: Path | None,
    site_dir: Path | None,
    notices: Path,
    config_file: str,
    as_of: str | None,
) -> None:
    """Freeze what is announced of VERSION, to whom and by when, in one plan file with a ledger beside it.

    Nothing is sent. It is refused where a change is still to be decided, the promised time is over, the redline that
    the notice links to is not in the built site, or a line of the recipients file cannot be read. A plan from which
    nothing was sent may be made again.
    """
    from smallprint.cli.lookup import find_policy, find_version
    from smallprint.collector import collect_rarely
    from smallprint.errors import UsageError
    from smallprint.notifying.folder import notice_folder
    from smallprint.notifying.planning import plan_notice
    from smallprint.notifying.wish import Wish
    from smallprint.reading.day import day_asked
    from smallprint.reading.tree import read_tree, shown_folder
    from smallprint.reviewing.folder import inspect_content
    from smallprint.site.run import place_of_site

    collect_rarely()
    place, day = place_of_site(config_file), day_asked(as_of)
    if not place.url:
        raise UsageError(f"{config_file} has no `site_url`, and a notice links to the site. Write the address there.")
    shown = shown_folder(place.content)
    found = find_policy(read_tree(place.content).policies, policy, shown)
    wish = Wish(
        policy=found,
        version=find_version(found, version),
        content=place.content,
        shown=shown.as_posix(),
        site=site_dir or shown_folder(place.site),
        site_url=place.url,
        recipients=recipients,
        suppression=suppress,
        folder=notice_folder(notices, policy, version),
        day=day,
        late=" ".join(late.split()),
        skip_bad=skip_bad,
        templates=templates,
    )
    planned = plan_notice(wish, inspect_content((found,), place.content, wish.shown, day))
    click.echo(format_planned(planned))
    warn_if_cut_off(planned.plan)
    click.echo(f"\nWrote {wish.folder.plan.as_posix()}, and beside it the ledger, which holds the addresses.")
    click.echo(f"Next: smallprint notice preview {policy} {version}")


def format_planned(planned: Planned) -> str:
    """Return what a plan comes to, for the person who asked for it."""
    return "\n".join([*_announced(planned), "", *_duty(planned), "", *_recipients(planned)])


def _announced(planned: Planned) -> list[str]:
    from smallprint.judgement import Direction, Right
    from smallprint.presenting.rights import rights_in_words
    from smallprint.presenting.wording import wording_for

    plan = planned.plan
    wording = wording_for("en")
    say = wording.judging
    number = len(plan.changes)
    noun = "one material change" if number == 1 else f"{number} material changes"
    lines = [f"{plan.title}, {plan.baseline} → {plan.version}, in force from {plan.effective}: {noun}."]
    for change in plan.changes:
        words = say.directions[Direction(change.direction)]
        rights = rights_in_words(map(Right, change.rights), wording)
        lines += [f"  {words.sign} {change.title}: {words.label.lower()} ({rights})", f"    {change.sentence}"]
    if plan.others:
        lines.append(f"  {plan.others} more in the redline: {plan.redline_url}")
    return lines


def _duty(planned: Planned) -> list[str]:
    duty = planned.plan.duty
    if duty.days_of:
        promise = f"{duty.days_of} promises notice" + (f" {duty.days} days before" if duty.days else "")
    elif duty.ways:
        promise = "the policy promises notice"
    else:
        promise = "no promise of the policy is marked"
    lines = [f"Duty: {promise}."]
    lines += [f"  {source}" for source in duty.sources]
    until = "to keep that promise" if duty.days_of else "before it takes effect"
    lines.append(f"By email; the last day {until} is {duty.latest}.")
    if not planned.is_kept_by_email:
        lines.append(
            f"  Mind: what is promised is notice by {' or '.join(duty.ways)}. An email alone does not keep it."
        )
    if duty.late:
        lines.append(f"  Late, for this reason, which is recorded: {duty.late}")
    return lines


def _recipients(planned: Planned) -> list[str]:
    from smallprint.reading.report import format_fault

    plan = planned.plan
    told = plan.recipients
    languages = ", ".join(f"{language} {number:,}" for language, number in told.languages.items())
    lines = [f"To {counted(told.planned, 'recipient', 'recipients')}: {languages}."]
    left_out = (
        (told.joined_since, "joined since the change was published, and need not be told"),
        (told.suppressed, "on the list of those who are not to be written to"),
        (told.merged, "on a line with an address that stands there before"),
        (told.bad, "on a line that cannot be read"),
    )
    lines += [f"  Left out, {what}: {number:,}." for number, what in left_out if number]
    if told.alike:
        lines.append(f"  Kept, though they differ from another address in capital letters only: {told.alike:,}.")
    if told.names_left_out:
        lines.append(f"  Greeted without their name, which holds what no name does: {told.names_left_out:,}.")
        lines += [f"    line {note.line}: {note.what}" for note in planned.nameless]
    for tag, number in told.elsewhere.items():
        lines.append(f"  Written to in {plan.language}, as there are no words in `{tag}`: {number:,}.")
    if plan.untranslated:
        command = f"smallprint notice translate {plan.policy} {plan.version} {plan.untranslated[0]}"
        lines.append(
            f"  Nobody has translated what counsel wrote into {', '.join(plan.untranslated)}; there it stands in "
            f"{plan.language}, and the message says so. To translate it: {command}"
        )
    lines += [format_fault(fault) for fault in planned.faults]
    return lines
