"""Comparisons and versions as JSON: the records that stand beside the pages and that `smallprint diff` prints.

The shapes are written down here once, as msgspec types, from which the JSON Schema in the docs is made too. A record
says by which schema it was written; a field is never given another meaning under the same number.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import msgspec

from smallprint.comparing.definitions import changed_definitions
from smallprint.comparing.row_sets import table_change
from smallprint.judgement import Assessment
from smallprint.model import ChangeKind
from smallprint.presenting.canonical import noted_edits
from smallprint.presenting.clause_text import clause_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.comparing.definitions import ChangedDefinition
    from smallprint.judgement import Finding, Judgement, Review
    from smallprint.model import Change, Clause, Comparison, Policy, RowChange, Version

SCHEMA_VERSION: Final = 1
_NO_ASSESSMENT: Final = Assessment()


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
    moved: int | None
    """The number that the two ends of moved text share, within the comparison; null where nothing moved."""
    note: str
    """What the text does not show by itself, such as `was number 3`: to be said behind it; else empty."""


class FindingRecord(msgspec.Struct, frozen=True):
    """One rule's claim about a change."""

    direction: str
    """`reduces`, `expands`, `mixed`, `neutral` or `unclear`."""
    material: bool
    rights: list[str]
    rule: str
    reason: str
    source: str
    """The provision or guidance that the rule rests on."""
    old_quote: str | None
    new_quote: str | None


class ReviewRecord(msgspec.Struct, frozen=True):
    """A person's decision on a change."""

    direction: str
    """As of a finding, but never `unclear`."""
    material: bool
    rights: list[str]
    reason: str
    for_readers: str
    """A sentence for the public; empty where none was written."""
    practice: str | None
    """`changed`, `described`, or null where that was not said."""
    by: str
    on: dt.date


class CellRecord(msgspec.Struct, frozen=True):
    """A cell of a row that came, went or differs."""

    column: str
    """The title of its column."""
    old: str | None
    """Its text; null on the side that has no such row."""
    new: str | None


class RowRecord(msgspec.Struct, frozen=True):
    """How a row of a table differs, if the rows of the table are a set."""

    kind: str
    """`added`, `reworded` or `removed`."""
    name: str
    """The cell that names the row."""
    cells: list[CellRecord]
    """The cells that differ; of a row that was added or removed all that have words."""


class DefinitionRecord(msgspec.Struct, frozen=True):
    """A term whose definition differs, or that is not defined any more."""

    term: str
    used_in: list[str]
    """The ids of the clauses that use it, in the new text; what stands for the id in text without ids."""


class ChangeRecord(msgspec.Struct, frozen=True, omit_defaults=True):
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
    """What the rules say, the weightiest first."""
    review: ReviewRecord | None
    """What a person decided."""
    rows: list[RowRecord] = []
    """Only where the clause says that the rows of its table are a set (`rows=…`): those that came, went or differ."""
    defines: list[DefinitionRecord] = []
    """Only where the definition of a term differs that other clauses use."""


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
    judged_by: str
    """Who judges the policy's changes, and from what; empty where policy.yml does not say."""
    old: SideRecord
    new: SideRecord
    notice_required: bool | None
    """Whether people are to be told of a change; null where that is not known or not all is decided."""
    counts: dict[str, int]
    changes: list[ChangeRecord]


class PromiseRecord(msgspec.Struct, frozen=True):
    """How users are told before their rights are reduced materially."""

    kind: str
    """`notice`."""
    days: int | None
    """How long before; null where the clause does not say."""
    by: str
    """`email`, `post`, `banner`, `website`, `app`, or empty where the clause does not say."""


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
    promise: PromiseRecord | None
    """What it promises before changes, as its mark says."""


class VersionRecord(msgspec.Struct, frozen=True):
    """One version of a policy."""

    schema_version: int
    policy: str | None
    version: SideRecord
    source_url: str
    clauses: list[VersionClauseRecord]


def comparison_record(
    comparison: Comparison,
    policy: Policy | None = None,
    assessment: Assessment | None = None,
    *,
    is_settled: bool = True,
) -> bytes:
    """Return the record of a comparison as indented JSON, UTF-8, with a line end.

    Args:
        comparison: two versions compared.
        policy: the policy they are of.
        assessment: what is known of its changes; without it nothing is said of them.
        is_settled: whether the assessment is the last word on whether people are to be told.
    """
    known, terms = assessment or _NO_ASSESSMENT, changed_definitions(comparison)
    record = ComparisonRecord(
        schema_version=SCHEMA_VERSION,
        policy=policy.slug if policy else None,
        judged_by=policy.judged_by if policy else "",
        old=_side(comparison.old),
        new=_side(comparison.new),
        notice_required=assessment.notice_required if assessment and is_settled else None,
        counts={str(kind): count for kind, count in comparison.counts.items()},
        changes=[_change(change, known.of(change), terms) for change in comparison.changes],
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
            PromiseRecord(clause.promise.kind, clause.promise.days, clause.promise.by) if clause.promise else None,
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


def _finding(finding: Finding) -> FindingRecord:
    return FindingRecord(
        direction=finding.direction.value,
        material=finding.material,
        rights=[right.value for right in finding.rights],
        rule=finding.rule,
        reason=finding.reason,
        source=finding.source,
        old_quote=finding.old_quote,
        new_quote=finding.new_quote,
    )


def _review(review: Review) -> ReviewRecord:
    return ReviewRecord(
        direction=review.direction.value,
        material=review.material,
        rights=[right.value for right in review.rights],
        reason=review.reason,
        for_readers=review.for_readers,
        practice=review.practice.value if review.practice else None,
        by=review.by,
        on=review.on,
    )


def _change(change: Change, judgement: Judgement, terms: Sequence[ChangedDefinition]) -> ChangeRecord:
    return ChangeRecord(
        number=change.number,
        kind=str(change.kind),
        also=[str(kind) for kind in change.also],
        old=[_clause(clause) for clause in change.old],
        new=[_clause(clause) for clause in change.new],
        edits=[EditRecord(str(edit.op), edit.text, edit.moved or None, edit.note) for edit in noted_edits(change)],
        findings=[_finding(finding) for finding in judgement.findings],
        review=_review(judgement.review) if judgement.review else None,
        rows=_rows(change),
        defines=[
            DefinitionRecord(each.term, [clause.anchor for clause in each.used_in])
            for each in terms
            if each.change == change.number
        ],
    )


def _rows(change: Change) -> list[RowRecord]:
    table = table_change(change)
    return [_row(row) for row in table.rows] if table else []


def _row(row: RowChange) -> RowRecord:
    has_old, has_new = row.kind is not ChangeKind.ADDED, row.kind is not ChangeKind.REMOVED
    cells = [CellRecord(title, old if has_old else None, new if has_new else None) for title, old, new in row.cells]
    return RowRecord(str(row.kind), row.key, cells)
