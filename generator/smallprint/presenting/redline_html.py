"""Changes → HTML with the changes in place.

Without its insertions a redline is the old text, without its deletions the new one. What no word can show, such as the
level of a heading or the number of a list item, is said in a short remark of class `form`.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from smallprint.comparing.side import row_words
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
from smallprint.presenting.inline import Atom, atoms_html, tidy
from smallprint.presenting.nest import Element, nest
from smallprint.presenting.notes import GONE
from smallprint.presenting.row_atoms import row_atoms, split_atoms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smallprint.model import Change, Clause, Row
    from smallprint.text import Container, Unit


class MoveEnds(NamedTuple):
    """Where a moved row stood and stands, for the links between the two places."""

    old_anchor: str
    old_title: str
    new_anchor: str
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
        ordered = _without_breaking_lists(rows, targets)
        elements = [element for row in ordered for element in _row_elements(row, targets, moves or {})]
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
        for unit in row.old:
            yield Element(_gone(_placed(unit.path, targets)), _whole(unit, Op.DELETE, moves.get(row.moved)))
    elif not row.old:
        for unit in row.new:
            yield Element(unit.path, _whole(unit, Op.INSERT, moves.get(row.moved)))
    else:
        yield from _both_sides(row)


def _without_breaking_lists(rows: Sequence[Row], targets: Mapping[int, Container]) -> Iterator[Row]:
    """Yield rows so that what was added to an open list or table comes before what was removed behind it."""
    path: tuple[Container, ...] = ()
    waiting: list[Row] = []
    for row in rows:
        if not row.new and path and not _shares(_placed(row.old[0].path, targets), path):
            waiting.append(row)
            continue
        if waiting and not (not row.old and _shares(row.new[0].path, path)):
            yield from waiting
            waiting = []
        yield row
        path = row.new[-1].path if row.new else path
    yield from waiting


def _shares(path: tuple[Container, ...], other: tuple[Container, ...]) -> bool:
    return bool(path and other) and path[0].ordinal == other[0].ordinal


def _placed(path: tuple[Container, ...], targets: Mapping[int, Container]) -> tuple[Container, ...]:
    """Put a removed unit into the containers of the new side, as far as they carry on its own."""
    placed: list[Container] = []
    for container in path:
        target = targets.get(container.ordinal)
        if target is None or len(placed) < path.index(container):
            break
        placed.append(target)
    return (*placed, *path[len(placed) :])


def _gone(path: tuple[Container, ...]) -> tuple[Container, ...]:
    """Tell a note that the new version has not from the one that may have its label now."""
    if path and path[0].kind == "footnote":
        return (path[0]._replace(kind=GONE), *path[1:])
    return path


def _whole(unit: Unit, op: Op, ends: MoveEnds | None) -> str:
    """Return a unit that is new or gone as a whole: one mark round all of it, inside its block."""
    label, attributes = "", ' class="whole added"' if op is Op.INSERT else ' class="whole removed"'
    if ends:
        label, attributes = _moved(ends, op)
    if unit.kind == "tr":
        cells = [
            atoms_html(row_atoms((Span(op, start, end, start, end),), unit.words, unit.words))
            for start, end in pairwise((0, *unit.cells))
        ]
        return row_html(unit, [label + cells[0], *cells[1:]], attributes=attributes)
    length = len(unit.words)
    inner = atoms_html(row_atoms((Span(op, 0, length, 0, length),), unit.words, unit.words))
    if unit.kind == "hr":
        inner = atoms_html([Atom(op, "", note="a dividing line")])
        return f"<p{attributes}>{inner}</p>"
    return element_html(unit, label + inner, attributes=attributes)


def _moved(ends: MoveEnds, op: Op) -> tuple[str, str]:
    """Return the link to the other end of a move, and the attributes of this end."""
    here, there, title = ends.new_anchor, ends.old_anchor, ends.old_title
    if op is Op.DELETE:
        here, there, title = ends.old_anchor, ends.new_anchor, ends.new_title
    if ends.old_title == ends.new_title:
        told = "Moved within this clause"
    else:
        told = f"Moved here from {title}" if op is Op.INSERT else f"Moved to {title}"
    kind, state = ("moved-from", "moved") if op is Op.INSERT else ("moved-to", "moved-away")
    link = f'<a class="{kind}" href="#{escape(there)}">{escape(told, quote=False)}</a> '
    return link, f' class="whole {state}" id="{escape(here)}"'


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
    atoms = row_atoms(row.spans, old_words, new_words, dict(old_starts), set(boundaries))
    pieces = split_atoms(atoms)
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
        cells.append(
            cell_html(tag, atoms_html(tidy(row_atoms(inner, old.words, new.words))), f"{align} {state}".strip())
        )
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
        cells.append(atoms_html(tidy(row_atoms(inner, old_words, new.words, starts))))
    remark = form_remark(row.old[0], new)
    cells[-1] += f'<span class="form"> ({escape(remark, quote=False)})</span>'
    return row_html(new, cells)
