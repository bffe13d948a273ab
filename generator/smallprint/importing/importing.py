"""A source → a version in Markdown, with what a person should know of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, Severity
from smallprint.importing.carry import NO_HERITAGE, Carried, carry_ids
from smallprint.importing.clean import clean_draft
from smallprint.importing.ids import propose_ids
from smallprint.importing.lost import missing_from_version
from smallprint.importing.marked import complete_marks
from smallprint.importing.notes import part_notes, settle_notes
from smallprint.importing.report import Imported, NamedClause, Report
from smallprint.importing.structure import Begins, find_sections
from smallprint.importing.writing import Mark, write_notes, write_version
from smallprint.reading.clauses import parse_clauses
from smallprint.reading.codes import make_fault
from smallprint.reading.source import MAX_BYTES
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.importing.carry import Heritage
    from smallprint.importing.draft import Draft
    from smallprint.importing.marked import Completed
    from smallprint.importing.source import Source
    from smallprint.importing.structure import Section
    from smallprint.model import Promise

_ROWS: Final = frozenset({"SP311", "SP312"})
"""Faults of a table that does not have the column which names its rows."""


def import_source(  # noqa: PLR0913 - as `import_draft`
    source: Source,
    shown: str,
    *,
    version_id: str = "",
    title: str = "",
    heritage: Heritage = NO_HERITAGE,
    sentences: bool = False,
) -> Imported:
    """Make a version of a source; where that is a version with ids already, add those that are missing.

    Faults call the source as `shown` says; all else that may be said of it is as for `import_draft`.

    Raises:
        ContentError: The version it is has faults, or the one made of it could not be read again.
    """
    if source.marked:
        return import_marked(source.marked, shown, version_id=version_id, heritage=heritage)
    imported = import_draft(
        source.draft,
        version_id=version_id,
        title=title,
        heritage=heritage,
        sentences=sentences,
    )
    unexplained = (*imported.report.unexplained, *source.missing)
    return replace(imported, report=replace(imported.report, unexplained=unexplained))


def import_draft(
    draft: Draft,
    *,
    version_id: str = "",
    title: str = "",
    heritage: Heritage = NO_HERITAGE,
    sentences: bool = False,
) -> Imported:
    """Make a version of what a source says.

    Args:
        draft: what a reader made of the source.
        version_id: the day the text is in force from; without one, the front matter does not say.
        title: the version's title; without one, that of the text.
        heritage: whose ids are carried over.
        sentences: whether each sentence stands on a line of its own.

    Raises:
        ContentError: What was written cannot be read again as it is, or is too large.
    """
    draft = clean_draft(draft)
    body, footnotes = part_notes(settle_notes(draft.pieces))
    draft = replace(draft, pieces=body)
    sections = find_sections(draft, heritage.like.clauses if heritage.like else ())
    carried = _ids(sections, heritage)
    marks = [_mark(one, section, heritage) for one, section in zip(carried, sections, strict=True)]
    name = title or _title(sections) or draft.title or "Untitled"
    head = {"title": name, "effective": version_id, "source": draft.url}
    markdown = write_version(head, sections, marks, sentences=sentences)
    if footnotes:
        markdown += f"\n{write_notes(footnotes, sentences=sentences)}\n"
    path = f"{version_id or 'imported'}.md"
    _refuse_large(markdown, path)
    # Once written, a paragraph may show a head that was none in the source; a second import would find it.
    done = complete_marks(markdown, path, heritage=heritage)
    markdown = done.text
    version, faults = parse_version(markdown, path=path, version_id=version_id)
    if errors := [fault for fault in faults if fault.severity is Severity.ERROR]:
        raise ContentError(errors)
    lost = missing_from_version((*body, *footnotes), version.clauses)
    named = [
        NamedClause(mark.clause_id, mark.was, section.title, section.begins, one.confidence, one.why)
        for mark, section, one in zip(marks, sections, carried, strict=True)
        if mark.clause_id
    ]
    named += _added(done, Begins.HEAD, is_next=heritage.is_next)
    return Imported(markdown, Report(draft.left_out, tuple(named), draft.notes, lost))


def import_marked(
    text: str,
    shown: str,
    *,
    version_id: str = "",
    heritage: Heritage = NO_HERITAGE,
) -> Imported:
    """Add ids to a version that has some already, where they are missing; the other arguments are as above.

    Raises:
        ContentError: The version has faults, which are mended first.
    """
    done = complete_marks(text, shown, version_id=version_id, heritage=heritage)
    _refuse_large(done.text, shown)
    _, faults = parse_version(done.text, path=shown, version_id=version_id)
    if errors := [fault for fault in faults if fault.severity is Severity.ERROR]:
        raise ContentError(errors)
    named = tuple(_added(done, "id was missing", is_next=heritage.is_next))
    return Imported(done.text, Report((), named, ("It had ids already: all of its text and ids stayed as they were.",)))


def _refuse_large(markdown: str, path: str) -> None:
    if len(markdown.encode()) > MAX_BYTES:
        what = f"What was made of the source is larger than {MAX_BYTES // 1_000_000} MB, which no version may be."
        raise ContentError([make_fault("SP601", path, what, "Import the policy's text without what stands around it.")])


def _added(done: Completed, begins: str, *, is_next: bool) -> list[NamedClause]:
    return [
        NamedClause(one.clause_id, one.was if is_next else (), clause.title, begins, one.confidence, one.why)
        for clause, one in done.added
    ]


def _ids(sections: Sequence[Section], heritage: Heritage) -> tuple[Carried, ...]:
    like, retired = heritage.like, heritage.retired
    if like is None or not like.has_ids:
        return tuple(Carried(one.clause_id, (), one.confidence, one.why) for one in propose_ids(sections, retired))
    provisional = [Mark(f"clause-{number}") for number in range(len(sections))]
    clauses, _ = parse_clauses(write_version({}, sections, provisional))
    return carry_ids(like.clauses, clauses, sections, retired=retired)


def _mark(carried: Carried, section: Section, heritage: Heritage) -> Mark:
    like = heritage.like
    heir = like.clauses[carried.heir_of] if like and carried.heir_of >= 0 else None
    promise = heir.promise if heir else None
    mark = Mark(carried.clause_id, carried.was if heritage.is_next else (), _promise(promise))
    if heir and heir.rows_key:
        # The rows go by the same column as before, if they still can.
        with_rows = replace(mark, rows=heir.rows_key)
        _, faults = parse_clauses(write_version({}, [replace(section, parent=-1)], [with_rows]))
        return mark if any(fault.code in _ROWS for fault in faults) else with_rows
    return mark


def _title(sections: Sequence[Section]) -> str:
    return next((section.title for section in sections if section.level == 1), "")


def _promise(promise: Promise | None) -> str:
    """Return a promise as it is written in a mark."""
    if promise is None:
        return ""
    days = f" days={promise.days}" if promise.days is not None else ""
    return f"promise={promise.kind}{days}{f' by={promise.by}' if promise.by else ''}"
