"""Changes → HTML with the changes in place.

Without its insertions a redline is the old text, without its deletions the new one. What no word can show, such as the
level of a heading or the number of a list item, is said in a short remark of class `form`.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.comparing.rows import BOUNDARY, row_words
from smallprint.model import Op, Span
from smallprint.presenting.forms import form_remark
from smallprint.presenting.html import (
    cell_html,
    cell_tag,
    clause_html,
    element_html,
    row_html,
    unit_html,
    with_permalink,
)
from smallprint.presenting.inline import Atom, atoms_html, runs, shared_marks, tidy
from smallprint.presenting.nest import Element, nest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from smallprint.model import Change, Clause, Container, Row, Unit, Word

_PILCROW: Final = "¶"
_CELL: Final = " | "
"""Shown where the end of a table cell went."""


class MoveEnds(NamedTuple):
    """Where a moved row stood and stands, for the links between the two places."""

    old_href: str
    old_title: str
    new_href: str
    new_title: str


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What a change shows in one place: at a new clause, or where a removed clause stood."""

    clause: Clause
    side: str
    """`new`, or `old` where the clause was removed."""
    html: str


def change_html(change: Change, moves: Mapping[int, MoveEnds] | None = None) -> tuple[ChangePart, ...]:
    """Return the parts of a change: one for each new clause, or one for each clause that was removed."""
    if change.is_unchanged:
        return tuple(ChangePart(clause, "new", clause_html(clause)) for clause in change.new)
    clauses, side = (change.new, "new") if change.new else (change.old, "old")
    targets = _targets(change.rows)
    parts = []
    for clause, rows in zip(clauses, _rows_by_clause(change, clauses), strict=True):
        elements = [element for row in rows for element in _row_elements(row, targets, moves or {})]
        html = nest(elements, numbered=True)
        parts.append(
            ChangePart(clause, side, with_permalink(html, clause.anchor, clause.title) if change.new else html)
        )
    return tuple(parts)


def _rows_by_clause(change: Change, clauses: Sequence[Clause]) -> list[list[Row]]:
    """Hand out rows to clauses; a row that only removes stays with the clause before it."""
    shares: list[list[Row]] = [[] for _ in clauses]
    at, left = 0, len(clauses[0].units)
    for row in change.rows:
        units = row.new if change.new else row.old
        if units and not left and at + 1 < len(clauses):
            at += 1
            left = len(clauses[at].units)
        shares[at].append(row)
        left -= len(units)
    return shares


def _targets(rows: Iterable[Row]) -> dict[int, Container]:
    """Map the containers of the old side to those of the new side that carry them on, by ordinal."""
    targets: dict[int, Container] = {}
    taken: set[int] = set()
    for row in rows:
        if not row.old or not row.new:
            continue
        for old, new in zip(row.old[0].path, row.new[0].path, strict=False):
            known = targets.get(old.ordinal)
            if old.kind != new.kind or (known and known.ordinal != new.ordinal) or (not known and new.ordinal in taken):
                break
            targets[old.ordinal] = new
            taken.add(new.ordinal)
    return targets


def _row_elements(row: Row, targets: Mapping[int, Container], moves: Mapping[int, MoveEnds]) -> Iterator[Element]:
    if not row.new:
        label = _moved_to(moves[row.moved]) if row.moved in moves else ""
        for unit in row.old:
            yield Element(_placed(unit.path, targets), _whole(unit, Op.DELETE, label))
    elif not row.old:
        label = _moved_from(moves[row.moved]) if row.moved in moves else ""
        for unit in row.new:
            yield Element(unit.path, _whole(unit, Op.INSERT, label))
    else:
        yield from _both_sides(row)


def _placed(path: tuple[Container, ...], targets: Mapping[int, Container]) -> tuple[Container, ...]:
    """Put a removed unit into the containers of the new side, as far as they carry on its own."""
    placed: list[Container] = []
    for container in path:
        target = targets.get(container.ordinal)
        if target is None or len(placed) < path.index(container):
            break
        placed.append(target)
    return (*placed, *path[len(placed) :])


def _whole(unit: Unit, op: Op, label: str) -> str:
    """Return a unit that is new or gone as a whole: one mark round all of it, inside its block."""
    state = ("moved" if op is Op.INSERT else "moved-away") if label else ("added" if op is Op.INSERT else "removed")
    attributes = f' class="whole {state}"'
    if unit.kind == "tr":
        cells = [
            atoms_html(_atoms((Span(op, start, end, start, end),), unit.words, unit.words))
            for start, end in pairwise((0, *unit.cells))
        ]
        return row_html(unit, cells, attributes=attributes)
    length = len(unit.words)
    inner = atoms_html(_atoms((Span(op, 0, length, 0, length),), unit.words, unit.words))
    if unit.kind == "hr":
        inner = atoms_html([Atom(op, "", note="a dividing line")])
        return f"<p{attributes}>{inner}</p>"
    return element_html(unit, label + inner, attributes=attributes)


def _moved_from(ends: MoveEnds) -> str:
    return f'<a class="moved-from" href="{escape(ends.old_href)}">Moved here from {escape(ends.old_title)}</a> '


def _moved_to(ends: MoveEnds) -> str:
    return f'<a class="moved-to" href="{escape(ends.new_href)}">Moved to {escape(ends.new_title)}</a> '


def _both_sides(row: Row) -> Iterator[Element]:
    """Yield the new units of a row, each with what was removed and added in it."""
    first = row.new[0]
    if len(row.old) == len(row.new) == 1 and row.old[0].words == first.words and row.old[0].form == first.form:
        yield Element(first.path, unit_html(first))
        return
    if first.kind == "tr":
        yield Element(first.path, _table_row(row) if row.cells else _row_of_text(row))
        return
    old_words, new_words = row_words(row.old), row_words(row.new)
    old_starts = _starts(row.old)
    boundaries = list(_starts(row.new))[1:]
    atoms = _atoms(row.spans, old_words, new_words, dict(old_starts), set(boundaries))
    pieces = _split(atoms)
    for index, (unit, piece) in enumerate(zip(row.new, pieces, strict=True)):
        if len(pieces) > 1 and all(atom.op is Op.INSERT for atom in piece):
            words = [atom for atom in piece if not atom.is_sign]
            yield Element(unit.path, element_html(unit, atoms_html(words), attributes=' class="whole added"'))
            continue
        remark = form_remark(row.old[0], unit) if index == 0 and not row.continues else ""
        inner = atoms_html(tidy(piece))
        html = f'{inner}<span class="form"> ({escape(remark, quote=False)})</span>' if remark else inner
        yield Element(unit.path, element_html(unit, html))


def _starts(units: Sequence[Unit]) -> dict[int, Unit]:
    """Return each unit by the position of the boundary before it; the first one by -1."""
    starts: dict[int, Unit] = {}
    at = -1
    for unit in units:
        starts[at] = unit
        at += len(unit.words) + 1
    return starts


_BREAK: Final = Atom(Op.KEEP, "\0")
"""Stands between two new units while atoms are made."""


def _atoms(
    spans: Iterable[Span],
    old: Sequence[Word],
    new: Sequence[Word],
    old_units: Mapping[int, Unit] | None = None,
    new_boundaries: set[int] | None = None,
) -> list[Atom]:
    """Return the words of a row as atoms; boundaries between units become pilcrows where one side alone has them.

    Args:
        spans: what is kept, removed and added.
        old: the words of the old side, with boundaries.
        new: the words of the new side, with boundaries.
        old_units: by the position of the boundary before it, each unit of the old side.
        new_boundaries: the positions of boundaries in the new side, before each of which the atoms have a break.
    """
    atoms: list[Atom] = []
    removed = old_units or {}
    added = new_boundaries or set()
    old_cells = {end for unit in removed.values() for end in unit.cells[:-1]}
    for span in spans:
        old_words, new_words = old[span.old_start : span.old_end], new[span.new_start : span.new_end]
        if span.op is Op.DELETE:
            for stop, words in _cut_at(span.old_start, old_words, removed.keys() | old_cells):
                atoms.extend(_run_atoms(Op.DELETE, words, atoms))
                if stop >= 0:
                    atoms.append(Atom(Op.DELETE, _CELL if stop in old_cells else _PILCROW, is_sign=True))
        elif span.op is Op.INSERT or (old_words == new_words and not old_cells):
            for stop, words in _cut_at(span.new_start, new_words, added):
                atoms.extend(_run_atoms(span.op, words, atoms))
                if stop >= 0:
                    atoms += [Atom(span.op, _PILCROW, is_sign=True)] if span.op is Op.INSERT else []
                    atoms.append(_BREAK)
        else:
            _keep_one_by_one(atoms, span, (old, new), added, old_cells)
    return atoms


def _cut_at(start: int, words: Sequence[Word], stops: AbstractSet[int]) -> Iterator[tuple[int, Sequence[Word]]]:
    """Yield the words before each stop with the position of the stop, then the rest with -1.

    A boundary between units is a word itself and left out; the end of a table cell lies between two words.
    """
    at = 0
    if stops:
        for position in range(len(words)):
            if start + position in stops:
                yield start + position, words[at:position]
                at = position + (words[position] is BOUNDARY)
    yield -1, words[at:]


def _run_atoms(op: Op, words: Sequence[Word], before: Sequence[Atom]) -> Iterator[Atom]:
    """Yield words as atoms, each space that stands between two runs as an atom of its own."""
    marks = before[-1].marks if before else ()
    for run in runs(words):
        if run.space:
            yield Atom(op, " ", run.marks[: shared_marks(marks, run.marks)])
        yield Atom(op, run.text, run.marks)
        marks = run.marks


def _keep_one_by_one(
    atoms: list[Atom], span: Span, sides: tuple[Sequence[Word], Sequence[Word]], added: set[int], old_cells: set[int]
) -> None:
    """Add the atoms of kept words whose spaces differ, or between which a table cell ended."""
    old, new = sides
    for i, j in zip(range(span.old_start, span.old_end), range(span.new_start, span.new_end), strict=True):
        if j in added:
            atoms.append(_BREAK)
            continue
        if i in old_cells:
            atoms.append(Atom(Op.DELETE, _CELL, is_sign=True))
        if old[i].space or new[j].space:
            op = Op.KEEP if old[i].space and new[j].space else Op.DELETE if old[i].space else Op.INSERT
            marks = atoms[-1].marks if atoms else ()
            atoms.append(Atom(op, " ", new[j].marks[: shared_marks(marks, new[j].marks)]))
        atoms.append(Atom(Op.KEEP, new[j].text, new[j].marks))


def _split(atoms: Iterable[Atom]) -> list[list[Atom]]:
    pieces: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom is _BREAK:
            pieces.append([])
        else:
            pieces[-1].append(atom)
    return pieces


def _table_row(row: Row) -> str:
    """Return a table row, with cells that only one side has marked as a whole."""
    old, new = row.old[0], row.new[0]
    olds, news = list(pairwise((0, *old.cells))), list(pairwise((0, *new.cells)))
    tag = cell_tag(new)
    spans = list(row.spans)
    cells = []
    old_end = new_end = 0
    for pair in row.cells:
        old_end = olds[pair.old][1] if pair.old >= 0 else old_end
        new_end = news[pair.new][1] if pair.new >= 0 else new_end
        inner = []
        while spans and spans[0].old_end <= old_end and spans[0].new_end <= new_end:
            inner.append(spans.pop(0))
        state = "" if min(pair) >= 0 else "whole added" if pair.old < 0 else "whole removed"
        align = new.aligns[pair.new] if pair.new >= 0 else old.aligns[pair.old]
        cells.append(cell_html(tag, atoms_html(tidy(_atoms(inner, old.words, new.words))), f"{align} {state}".strip()))
    remark = form_remark(old, new)
    if remark:
        cells[-1] = cells[-1].replace(
            f"</{tag}>", f'<span class="form"> ({escape(remark, quote=False)})</span></{tag}>'
        )
    return f"<tr>{''.join(cells)}</tr>"


def _row_of_text(row: Row) -> str:
    """Return a table row that was made of text outside a table."""
    old_words, new = row_words(row.old), row.new[0]
    starts = _starts(row.old)
    spans = list(row.spans)
    cells = []
    for end in new.cells:
        inner: list[Span] = []
        while spans and spans[0].new_start <= end:
            span = spans.pop(0)
            if span.new_end > end:
                kept = end - span.new_start
                old_cut = span.old_start + kept if span.op is Op.KEEP else span.old_end
                spans.insert(0, Span(span.op, old_cut, span.old_end, end, span.new_end))
                if kept:
                    inner.append(Span(span.op, span.old_start, old_cut, span.new_start, end))
                break
            inner.append(span)
        cells.append(atoms_html(tidy(_atoms(inner, old_words, new.words, starts))))
    remark = form_remark(row.old[0], new)
    cells[-1] += f'<span class="form"> ({escape(remark, quote=False)})</span>'
    return row_html(new, cells)
