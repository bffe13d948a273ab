"""`smallprint diff`: what differs between two files, or between two versions of a policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from smallprint.model import Comparison, Policy, Version

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
@click.option(
    "--content",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("content"),
    show_default=True,
    help="The folder that holds the policies.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
def diff(names: tuple[str, ...], form: str, output: Path | None, content: Path, *, exit_code: bool) -> int:
    """Show what differs between two versions.

    OLD and NEW are two Markdown files, with clause ids or without; or, after the name of a POLICY, two of its
    versions: smallprint diff ibackup-privacy 2006-06-18 2020-02-10
    """
    from smallprint.collector import collect_rarely

    collect_rarely()
    comparison, policy = _compared(names, content)
    _write(_shown(comparison, policy, form), output, is_terminal=form == "terminal")
    return int(exit_code and bool(comparison.differing))


def _compared(names: tuple[str, ...], content: Path) -> tuple[Comparison, Policy | None]:
    from smallprint.comparing import compare

    if len(names) == 2:  # noqa: PLR2004
        from smallprint.reading.version import read_plain

        return compare(read_plain(Path(names[0])), read_plain(Path(names[1]))), None
    if len(names) != 3:  # noqa: PLR2004
        message = "Give two files, or a policy and two of its versions."
        raise click.UsageError(message)
    from smallprint.comparing import lineage_between
    from smallprint.reading.tree import read_tree

    policy = _find_policy(read_tree(content).policies, names[0], content)
    old, new = _find_version(policy, names[1]), _find_version(policy, names[2])
    first, last = policy.versions.index(old), policy.versions.index(new)
    if first > last:
        message = f"Version {old.version_id} is later than {new.version_id}; give the earlier one first."
        raise click.UsageError(message)
    return compare(old, new, lineage_between(policy.versions[first : last + 1])), policy


def _find_policy(policies: tuple[Policy, ...], slug: str, content: Path) -> Policy:
    from smallprint.errors import UsageError

    for policy in policies:
        if policy.slug == slug:
            return policy
    known = ", ".join(policy.slug for policy in policies)
    message = f"There is no policy “{slug}” in {content.as_posix()}. There is: {known}."
    raise UsageError(message)


def _find_version(policy: Policy, name: str) -> Version:
    from smallprint.errors import UsageError

    for version in policy.versions:
        if version.version_id == name:
            return version
    known = ", ".join(version.version_id for version in policy.versions[-12:])
    message = f"{policy.slug} has no version “{name}”. {'The latest are' if len(policy.versions) > 12 else 'It has'}: {known}."  # noqa: PLR2004, E501
    raise UsageError(message)


def _shown(comparison: Comparison, policy: Policy | None, form: str) -> str:
    if form == "json":
        from smallprint.presenting.record import comparison_record

        return comparison_record(comparison, policy).decode()
    if form == "html":
        from smallprint.presenting.standalone import comparison_page

        return comparison_page(comparison)
    if form == "markdown":
        from smallprint.presenting.pull_request import comparison_in_markdown

        return comparison_in_markdown(comparison)
    from smallprint.presenting.terminal import comparison_in_terminal

    return "\n".join(comparison_in_terminal(comparison)) + "\n"


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
