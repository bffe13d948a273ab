"""Comparisons and versions as JSON: the records that stand beside the pages and that `smallprint diff` prints.

The shapes are written down here once, as msgspec types, from which the JSON Schema in the docs is made too. A record
says by which schema it was written; a field is never given another meaning under the same number.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import msgspec

from smallprint.presenting.canonical import change_edits, clause_text

if TYPE_CHECKING:
    from smallprint.model import Change, Clause, Comparison, Policy, Version

SCHEMA_VERSION: Final = 1


class ClauseRecord(msgspec.Struct, frozen=True):
    """A clause as it stands in one version."""

    id: str | None
    """The clause id; null in text without ids."""
    title: str
    path: list[str]
    """The titles of the clauses it stands in, outermost first."""
    text: str
    """Its text in the manner of Markdown, without clause ids."""


class EditRecord(msgspec.Struct, frozen=True):
    """A run of text that both sides have, or one side only."""

    op: str
    """`keep`, `insert` or `delete`."""
    text: str


class FindingRecord(msgspec.Struct, frozen=True):
    """One rule's claim about a change. None are made before changes are assessed."""

    direction: str
    material: bool
    rights: list[str]
    rule: str
    reason: str
    old_quote: str | None
    new_quote: str | None


class ChangeRecord(msgspec.Struct, frozen=True):
    """What became of one clause, or of clauses that were split or merged together."""

    number: int
    """From 1, in reading order."""
    kind: str
    also: list[str]
    """Further kinds that hold."""
    old: list[ClauseRecord]
    new: list[ClauseRecord]
    edits: list[EditRecord]
    """Without the insertions the run of edits is the old clauses' text, without the deletions the new clauses'."""
    findings: list[FindingRecord]


class SideRecord(msgspec.Struct, frozen=True):
    """Which version a side is."""

    version: str
    title: str
    effective: dt.date | None
    published: dt.date | None
    notified: dt.date | None
    sha256: str
    """Of the source file's bytes."""


class ComparisonRecord(msgspec.Struct, frozen=True):
    """All that differs between two versions."""

    schema_version: int
    policy: str | None
    old: SideRecord
    new: SideRecord
    notice_required: bool | None
    """Null until the changes have been assessed."""
    counts: dict[str, int]
    changes: list[ChangeRecord]


class VersionClauseRecord(msgspec.Struct, frozen=True):
    """A clause of a version record."""

    id: str | None
    title: str
    path: list[str]
    text: str
    was: list[str]
    first_line: int
    """Where it stands in the source, from 1."""
    last_line: int


class VersionRecord(msgspec.Struct, frozen=True):
    """One version of a policy."""

    schema_version: int
    policy: str | None
    version: SideRecord
    source_url: str
    clauses: list[VersionClauseRecord]


def comparison_record(comparison: Comparison, policy: Policy | None = None) -> bytes:
    """Return the record of a comparison as indented JSON, UTF-8, with a line end."""
    record = ComparisonRecord(
        schema_version=SCHEMA_VERSION,
        policy=policy.slug if policy else None,
        old=_side(comparison.old),
        new=_side(comparison.new),
        notice_required=None,
        counts={str(kind): count for kind, count in comparison.counts.items()},
        changes=[_change(change) for change in comparison.changes],
    )
    return _encode(record)


def version_record(version: Version, policy: Policy | None = None) -> bytes:
    """Return the record of a version as indented JSON, UTF-8, with a line end."""
    clauses = [
        VersionClauseRecord(
            clause.clause_id,
            clause.title,
            list(clause.path),
            clause_text(clause),
            list(clause.was),
            clause.first_line,
            clause.last_line,
        )
        for clause in version.clauses
    ]
    slug = policy.slug if policy else None
    return _encode(VersionRecord(SCHEMA_VERSION, slug, _side(version), version.source_url, clauses))


def comparison_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of comparison records."""
    return msgspec.json.schema(ComparisonRecord)


def version_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of version records."""
    return msgspec.json.schema(VersionRecord)


def _encode(record: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def _side(version: Version) -> SideRecord:
    return SideRecord(
        version.version_id, version.title, version.effective, version.published, version.notified, version.digest
    )


def _clause(clause: Clause) -> ClauseRecord:
    return ClauseRecord(clause.clause_id, clause.title, list(clause.path), clause_text(clause))


def _change(change: Change) -> ChangeRecord:
    return ChangeRecord(
        number=change.number,
        kind=str(change.kind),
        also=[str(kind) for kind in change.also],
        old=[_clause(clause) for clause in change.old],
        new=[_clause(clause) for clause in change.new],
        edits=[EditRecord(str(op), text) for op, text in change_edits(change)],
        findings=[],
    )
