"""`smallprint diff`: what differs between two files, or between two versions of a policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smallprint.cli.options import content_option

if TYPE_CHECKING:
    from smallprint.judgement import Assessment
    from smallprint.model import Comparison, Policy

_FORMATS = ("terminal", "json", "html", "markdown")


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="OLD NEW | POLICY OLD NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="terminal",
    show_default=True,
    help="A redline to read here, a record, a page in one file, or a comment for a pull request.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead.")
@content_option
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
def diff(names: tuple[str, ...], form: str, output: Path | None, content: Path, *, exit_code: bool) -> int:
    """Show what differs between two versions.

    OLD and NEW are two Markdown files, with clause ids or without; or, after the name of a POLICY, two of its
    versions: smallprint diff ibackup-privacy 2006-06-18 2020-02-10

    Each change is followed by what the rules find in it; in a policy also by what a person decided.
    """
    from smallprint.collector import collect_rarely

    collect_rarely()
    comparison, policy = _compared(names, content)
    assessment = _assessed(comparison, policy, content)
    _write(_shown(comparison, policy, assessment, form), output, is_terminal=form == "terminal")
    return int(exit_code and (bool(comparison.differing) or comparison.is_retitled))


def _compared(names: tuple[str, ...], content: Path) -> tuple[Comparison, Policy | None]:
    from smallprint.comparing import compare

    if len(names) == 2:  # noqa: PLR2004
        from smallprint.reading.version import read_plain

        return compare(read_plain(Path(names[0])), read_plain(Path(names[1]))), None
    if len(names) != 3:  # noqa: PLR2004
        message = "Give two files, or a policy and two of its versions."
        raise click.UsageError(message)
    from smallprint.cli.lookup import find_policy, find_version
    from smallprint.comparing import lineage_between
    from smallprint.reading.tree import read_tree

    policy = find_policy(read_tree(content).policies, names[0], content)
    old, new = find_version(policy, names[1]), find_version(policy, names[2])
    first, last = policy.versions.index(old), policy.versions.index(new)
    if first > last:
        message = f"Version {old.version_id} is later than {new.version_id}; give the earlier one first."
        raise click.UsageError(message)
    return compare(old, new, lineage_between(policy.versions[first : last + 1])), policy


def _assessed(comparison: Comparison, policy: Policy | None, content: Path) -> Assessment:
    """Return what the rules find and, in a policy, what people decided."""
    from smallprint.assessing import assess
    from smallprint.reviewing import judge

    if policy is None:
        return judge(comparison, assess(comparison))
    from functools import partial

    from smallprint.assessing.rules import team_rules
    from smallprint.errors import ContentError, Severity
    from smallprint.reading.day import day_asked
    from smallprint.reviewing.published import read_published
    from smallprint.reviewing.reviews import FOLDER, read_reviews
    from smallprint.reviewing.settled import settled_versions

    folder = content / policy.slug / FOLDER
    published, _ = read_published(folder.parent, folder.parent.as_posix())
    settled = partial(settled_versions, policy, published, day_asked())
    reviews, faults = read_reviews(folder, folder.as_posix(), policy, settled)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise ContentError(faults)
    new = comparison.new.version_id
    findings = assess(comparison, team_rules(content, content.as_posix()).rules)
    return judge(comparison, findings, lambda change: reviews.decision(new, change))


def _shown(comparison: Comparison, policy: Policy | None, assessment: Assessment, form: str) -> str:
    if form == "json":
        from smallprint.presenting.record import comparison_record

        return comparison_record(comparison, policy, assessment).decode()
    if form == "html":
        from smallprint.presenting.standalone import comparison_page

        return comparison_page(comparison, assessment)
    if form == "markdown":
        from smallprint.presenting.pull_request import comparison_in_markdown

        return comparison_in_markdown(comparison, assessment)
    from smallprint.presenting.terminal import comparison_in_terminal

    return "\n".join(comparison_in_terminal(comparison, assessment)) + "\n"


def _write(text: str, output: Path | None, *, is_terminal: bool) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(click.unstyle(text) if is_terminal else text, encoding="utf-8", newline="\n")
    except OSError as error:
        from smallprint.errors import UsageError

        message = f"{output} cannot be written: {error.strerror}."
        raise UsageError(message) from error
