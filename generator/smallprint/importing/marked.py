"""A version that has ids already → the same text with ids where they are missing; nothing else of it changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, Severity
from smallprint.importing import titles
from smallprint.importing.carry import NO_HERITAGE, Carried, carry_ids
from smallprint.importing.ids import first_free, stands_within, ways
from smallprint.importing.runs import runs_of
from smallprint.importing.structure import Begins, Section
from smallprint.importing.writing import Mark
from smallprint.reading.attributes import Line, find_attributes
from smallprint.reading.clauses import parse_clauses
from smallprint.reading.front_matter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.importing.carry import Heritage
    from smallprint.model import Clause
    from smallprint.text import Block

_WITHOUT_ID: Final = "SP307"
_EFFECTIVE: Final = re.compile(r"^effective:[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Completed:
    """A text with an id for each clause."""

    text: str
    clauses: tuple[Clause, ...]
    added: tuple[tuple[Clause, Carried], ...]
    """The clauses whose ids are new, and whence these are."""


def has_marks(text: str) -> bool:
    """Tell whether a text has ids as we write them."""
    return "{#" in text and any(find_attributes(Line("", 0, line))[1] for line in text.split("\n") if "{#" in line)


def complete_marks(
    text: str,
    shown: str,
    *,
    version_id: str = "",
    heritage: Heritage = NO_HERITAGE,
) -> Completed:
    """Give an id to each heading that has none, and to each bold head beside others that have one.

    Args:
        text: the whole file, line ends as LF.
        shown: what faults call it.
        version_id: the day the version is in force from; the front matter is brought in line with it.
        heritage: whose ids are carried over.

    Raises:
        ContentError: An id it has is no good, or stands twice.
    """
    head, _ = split_front_matter(text, shown)
    body_at = text.rindex(head.body) if head.body else len(text)
    front, body = text[:body_at], head.body
    if version_id:
        front = _EFFECTIVE.sub(f"effective: {version_id}", front, count=1)
    prefix = "provisional"
    while prefix in body:
        prefix += "-x"
    provisional = _with_provisional(body, head.body_line, shown, prefix)
    clauses, faults = parse_clauses(provisional, first_line=head.body_line, path=shown)
    if errors := [fault for fault in faults if fault.severity is Severity.ERROR]:
        raise ContentError(errors)
    sections = _sections(clauses)
    named = _named(clauses, sections, prefix, heritage)
    for clause_id, carried in named.items():
        mark = Mark(carried.clause_id, carried.was if heritage.is_next else ())
        provisional = provisional.replace(f"{{#{clause_id}}}", str(mark))
    final, _ = parse_clauses(provisional, first_line=head.body_line, path=shown)
    added = tuple(
        (clause, named[str(before.clause_id)])
        for clause, before in zip(final, clauses, strict=True)
        if before.clause_id in named
    )
    return Completed(front + provisional, final, added)


def _with_provisional(body: str, first_line: int, shown: str, prefix: str) -> str:
    """Return the body with an id to be replaced wherever one is missing."""
    clauses, faults = parse_clauses(body, first_line=first_line, path=shown)
    lines = body.split("\n")
    number = 0
    for fault in faults:
        if fault.code == _WITHOUT_ID:
            number += 1
            at = fault.line - first_line
            lines[at] = f"{lines[at].rstrip()} {{#{prefix}-{number}}}"
    for at in _heads(clauses, body, first_line):
        number += 1
        lines[at] = f"{{#{prefix}-{number}}}\n{lines[at]}"
    return "\n".join(lines)


def _heads(clauses: Sequence[Clause], body: str, first_line: int) -> Iterator[int]:
    """Yield the lines, from 0, of paragraphs with a head in bold that are like clauses beside them."""
    lines = body.split("\n")
    starts = [0]
    for text in lines:
        starts.append(starts[-1] + len(text) + 1)
    headed = {clause.parent for clause in clauses if clause.clause_id and clause.blocks and _is_head(clause.blocks[0])}
    for index, clause in enumerate(clauses):
        around = index if clause.has_heading else clause.parent
        if around not in headed:
            continue
        at = starts[clause.first_line - first_line]
        for block in clause.blocks:
            at = body.find(block.source, at)
            if at < 0:
                break
            line = body.count("\n", 0, at)
            if block is not clause.blocks[0] and _is_head(block) and line and not lines[line - 1].strip():
                yield line
            at += len(block.source)


def _is_head(block: Block) -> bool:
    unit = block.units[0] if len(block.units) == 1 else None
    return unit is not None and unit.kind == "p" and not unit.path and titles.bold_head(runs_of(unit.words)) > 0


def _sections(clauses: Sequence[Clause]) -> list[Section]:
    """Return clauses as sections, as far as ids need it."""
    sections = []
    for index, clause in enumerate(clauses):
        is_titled = bool(clause.blocks) and (clause.has_heading or _is_head(clause.blocks[0]))
        begins = Begins.HEADING if clause.has_heading else Begins.HEAD if is_titled else Begins.OPENING
        begins = Begins.TITLE if clause.has_heading and clause.level == 1 and index == 0 else begins
        level = clause.level if clause.has_heading else 0
        parent = clause.parent
        while parent >= 0 and not clauses[parent].has_heading:
            parent = clauses[parent].parent
        sections.append(Section(begins, level, clause.title if is_titled else "", (), parent))
    return sections


def _named(
    clauses: Sequence[Clause],
    sections: Sequence[Section],
    prefix: str,
    heritage: Heritage,
) -> dict[str, Carried]:
    """Return the ids in place of provisional ones."""
    if not any(str(clause.clause_id).startswith(prefix) for clause in clauses):
        return {}
    existing = {str(clause.clause_id or "") for clause in clauses if not str(clause.clause_id).startswith(prefix)}
    like, retired = heritage.like, heritage.retired
    carried = carry_ids(like.clauses, clauses, sections, retired=retired) if like and like.has_ids else ()
    final: list[str] = []
    named: dict[str, Carried] = {}
    taken = set(existing)
    for index, (clause, section) in enumerate(zip(clauses, sections, strict=True)):
        own = str(clause.clause_id or "")
        if own.startswith(prefix):
            around = final[section.parent] if stands_within(section, sections) else ""
            one = carried[index] if carried and carried[index].clause_id not in taken else None
            if one is None:
                proposal = first_free(ways(section, around), {*taken, *retired})
                one = Carried(proposal.clause_id, (), proposal.confidence, proposal.why)
            named[own] = one
            own = named[own].clause_id
            taken.add(own)
        final.append(own)
    return named
