"""`smallprint release`: writes down what each public version says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smallprint.cli.options import as_of_option, content_option

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Policy, Version
    from smallprint.reviewing.folder import Inspection


@click.command()
@click.argument("policy", required=False)
@click.argument("versions", nargs=-1, metavar="[VERSION]...")
@content_option
@as_of_option
def release(policy: str | None, versions: tuple[str, ...], content: Path, as_of: str | None) -> None:
    """Write down what each public version says, so that no later edit goes unseen.

    Adds to the file published.json of each policy, or of POLICY alone, every version that is public and not in it yet,
    or the VERSIONs you name. What is in the file stays as it is. Nothing is written where a released version was
    changed, or where a version that is to be released may not be published.
    """
    from smallprint.cli.lookup import find_policy, find_version
    from smallprint.errors import ContentError
    from smallprint.reading.day import day_asked
    from smallprint.reading.tree import read_tree, shown_folder
    from smallprint.reviewing.folder import inspect_content
    from smallprint.reviewing.published import release as released
    from smallprint.reviewing.published import write_published

    day = day_asked(as_of)
    shown = shown_folder(content).as_posix()
    policies = read_tree(content).policies
    if policy is not None:
        policies = (find_policy(policies, policy, content),)
    work: list[tuple[Policy, Inspection, list[Version]]] = []
    inspected = inspect_content(policies, content, shown, day)
    faults = list(inspected.rule_faults)
    for each in policies:
        inspection = inspected.policies[each.slug]
        named = [find_version(each, name) for name in versions]
        wanted = _wanted(each, inspection, named, day)
        faults += _in_the_way(inspection, wanted)
        work.append((each, inspection, wanted))
    if faults:
        raise ContentError(faults)
    for each, inspection, wanted in work:
        if wanted:
            write_published(content / each.slug, released(inspection.published, wanted))
        click.echo(_told(each, wanted, inspection))


def _wanted(policy: Policy, inspection: Inspection, named: Sequence[Version], day: dt.date) -> list[Version]:
    """Return the versions to add: those named, else those that are public by the day."""
    from smallprint.reviewing.published import is_public

    candidates = named or [version for version in policy.versions if is_public(version, day)]
    return [version for version in candidates if version.version_id not in inspection.published.versions]


def _in_the_way(inspection: Inspection, wanted: list[Version]) -> list[Fault]:
    """Return the errors that forbid the release; what keeps other versions from being published is not among them."""
    from smallprint.errors import Severity
    from smallprint.reviewing.gate import GATE_CODES

    files = {version.path.rpartition("/")[2] for version in wanted}
    return [
        fault
        for fault in inspection.faults
        if fault.severity is Severity.ERROR and (fault.code not in GATE_CODES or fault.path.rpartition("/")[2] in files)
    ]


def _told(policy: Policy, wanted: list[Version], inspection: Inspection) -> str:
    if not wanted:
        return f"{policy.slug}: nothing new to release."
    return f"{policy.slug}: released {', '.join(v.version_id for v in wanted)}; commit {inspection.published.path}."
