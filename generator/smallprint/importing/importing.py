"""A source → a version in Markdown, with what a person should know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.importing.carry import Carried, carry_ids
from smallprint.importing.clean import clean_draft
from smallprint.importing.ids import propose_ids
from smallprint.importing.report import Imported, NamedClause, Report
from smallprint.importing.structure import find_sections
from smallprint.importing.writing import Mark, write_version
from smallprint.reading.clauses import parse_clauses

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from smallprint.importing.draft import Draft
    from smallprint.importing.structure import Section
    from smallprint.model import Clause, Promise, Version


def import_draft(  # noqa: PLR0913 - what a source alone does not say
    draft: Draft,
    *,
    version_id: str = "",
    title: str = "",
    like: Version | None = None,
    is_next: bool = True,
    sentences: bool = False,
    retired: Collection[str] = frozenset(),
) -> Imported:
    """Make a version of what a source says.

    Args:
        draft: what a reader made of the source.
        version_id: the day the text is in force from; without one, the front matter does not say.
        title: the version's title; without one, that of the text.
        like: another version of the policy, whose ids are carried over.
        is_next: whether this version follows right after `like`, so that `was=` may speak of it.
        sentences: whether each sentence stands on a line of its own.
        retired: ids that earlier versions had and `like` has no more.
    """
    draft = clean_draft(draft)
    sections = find_sections(draft)
    head = {
        "title": title or _title(sections) or draft.title,
        "effective": version_id,
        "source": draft.url,
    }
    clauses: Sequence[Clause] = ()
    if like is not None and like.has_ids:
        plain = [Mark(f"c{number}") for number in range(len(sections))]
        clauses, _ = parse_clauses(write_version({}, sections, plain))
        carried = carry_ids(like.clauses, clauses, sections, retired=retired)
    else:
        proposals = propose_ids(sections, retired)
        carried = tuple(Carried(one.clause_id, (), one.confidence, one.why) for one in proposals)
    marks = [
        Mark(
            one.clause_id,
            one.was if is_next else (),
            _promise(like.clauses[one.heir_of].promise) if like and one.heir_of >= 0 else "",
        )
        for one in carried
    ]
    markdown = write_version(head, sections, marks, sentences=sentences)
    named = tuple(
        NamedClause(mark.clause_id, mark.was, section.title, section.begins, one.confidence, one.why)
        for mark, section, one in zip(marks, sections, carried, strict=True)
    )
    return Imported(markdown, Report(draft.left_out, named, draft.notes))


def _title(sections: Sequence[Section]) -> str:
    return next((section.title for section in sections if section.level == 1), "")


def _promise(promise: Promise | None) -> str:
    """Return a promise as it is written in a mark."""
    if promise is None:
        return ""
    days = f" days={promise.days}" if promise.days is not None else ""
    return f"promise={promise.kind}{days}{f' by={promise.by}' if promise.by else ''}"
