"""Changes → HTML with the changes in place.

Without its insertions a redline is the old text, without its deletions the new one. What no word can show, such as the
level of a heading or the number of a list item, is said in a short remark of class `form`.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from smallprint.comparing.side import row_words
from smallprint.model import Op, Span
from smallprint.presenting.forms import change_remarks, wordless_name
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
from smallprint.presenting.move_ends import moved_said
from smallprint.presenting.nest import Element, nest
from smallprint.presenting.notes import GONE
from smallprint.presenting.row_atoms import row_atoms, split_atoms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smallprint.model import Change, Clause, Row
    from smallprint.presenting.move_ends import MoveEnds
    from smallprint.text import Container, Unit


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What a change shows in one place: at a new clause, or where a removed clause stood."""

    clause: Clause
    side: str
    """`new`, or `old` where the clause was removed."""
    html: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is said of the rows of a change beside their words."""

    moves: Mapping[int, MoveEnds]
    remarks: Mapping[int, Mapping[int, str]]
    """By the `id()` of a row, the remarks on its new units."""

    def remark(self, row: Row, position: int) -> str:
        """Return the remark on a new unit as HTML to stand behind its words."""
        return _remark_html(self.remarks[id(row)].get(position, ""))


def change_html(change: Change, moves: Mapping[int, MoveEnds] | None = None) -> tuple[ChangePart, ...]:
    """Return the parts of a change: one for each new clause, or one for each clause that was removed."""
    if change.is_unchanged:
        return tuple(ChangePart(clause, "new", clause_html(clause)) for clause in change.new)
    clauses, side = (change.new, "new") if change.new else (change.old, "old")
    targets = _targets(change.rows)
    remarks = {id(row): remarks for row, remarks in zip(change.rows, change_remarks(change), strict=True)}
    shown = _Shown(moves or {}, remarks)
    parts = []
    for clause, rows in zip(clauses, _rows_by_clause(change, clauses), strict=True):
        ordered = _without_breaking_lists(rows, targets)
        elements = [element for row in ordered for element in _row_elements(row, targets, shown)]
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


def _row_elements(row: Row, targets: Mapping[int, Container], shown: _Shown) -> Iterator[Element]:
    if row.old and row.new:
        yield from _both_sides(row, shown)
        return
    starts = accumulate((len(unit.words) + 1 for unit in row.old or row.new), initial=0)
    seen: set[tuple[Op, int]] = set()
    for unit, start in zip(row.old or row.new, starts, strict=False):
        path = unit.path if row.new else _gone(_placed(unit.path, targets))
        yield Element(path, _whole(unit, row, start, shown, seen))


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


def _whole(unit: Unit, row: Row, start: int, shown: _Shown, seen: set[tuple[Op, int]]) -> str:
    """Return a unit that is new or gone as a whole: one mark round all of it, inside its block.

    Args:
        unit: a unit of `row`, which is on one side only.
        row: the row.
        start: where the words of the unit begin among those of the row.
        shown: what is said beside the words.
        seen: the ends of moves that the row has shown, to which this one adds its own.
    """
    op = Op.INSERT if row.new else Op.DELETE
    label, remark, attributes = "", "", ' class="whole added"' if op is Op.INSERT else ' class="whole removed"'
    if row.moved:
        label, remark, attributes = _moved(row, op, shown.moves.get(row.moved), seen)

    def inner(first: int, last: int) -> str:
        spans = _cut(row.spans, start + first, start + last, is_old=op is Op.DELETE)
        words = unit.words[first:last]
        return atoms_html(_with_ends(row_atoms(spans, words, words), row, shown, seen))

    named = atoms_html([Atom(op, "", note=wordless_name(unit))])
    if unit.kind == "tr":
        cells = [inner(*cell) for cell in pairwise((0, *unit.cells))]
        cells[0] = label + (cells[0] if unit.words else named)
        cells[-1] += remark
        return row_html(unit, cells, attributes=attributes)
    if unit.kind == "hr":
        return f"<p{attributes}>{named}</p>"
    words = inner(0, len(unit.words)) if unit.words else named
    return element_html(unit, label + words + remark, attributes=attributes)


def _cut(spans: Iterable[Span], start: int, end: int, *, is_old: bool) -> Iterator[Span]:
    """Yield what spans of one side have of the words `[start:end]`, counted from there."""
    for span in spans:
        first, last = (span.old_start, span.old_end) if is_old else (span.new_start, span.new_end)
        first, last = max(first, start) - start, min(last, end) - start
        if first < last:
            yield Span(span.op, first, last, first, last, span.moved)


def _moved(row: Row, op: Op, ends: MoveEnds | None, seen: set[tuple[Op, int]]) -> tuple[str, str, str]:
    """Return what is said at an end of a move as a whole: the link to the other end, a remark, and its attributes."""
    kind, state = ("moved-from", "moved") if op is Op.INSERT else ("moved-to", "moved-away")
    attributes = f' class="whole {state}"'
    if ends is None or (op, row.moved) in seen or not ends.has_place(row, op):
        return "", "", attributes
    seen.add((op, row.moved))
    here, there, title = ends.new_anchor, ends.old_anchor, ends.old_title
    if op is Op.DELETE:
        here, there, title = ends.old_anchor, ends.new_anchor, ends.new_title
    if ends.is_within:
        told = "Moved within this clause"
    else:
        told = f"Moved here from {title}" if op is Op.INSERT else f"Moved to {title}"
    link = f'<a class="{kind}" href="#{escape(there)}">{escape(told, quote=False)}</a> '
    remark = _remark_html(ends.remark if op is Op.INSERT else "")
    return link, remark, f'{attributes} id="{escape(here)}"'


def _with_ends(atoms: Iterable[Atom], row: Row, shown: _Shown, seen: set[tuple[Op, int]]) -> list[Atom]:
    """Give each end of a move that begins in `atoms` its `id`, and a link to the other end behind its last words."""
    done = list(atoms)
    own: dict[tuple[Op, int], MoveEnds] = {}
    for at, atom in enumerate(done):
        end = atom.op, atom.moved
        ends = shown.moves.get(atom.moved)
        if ends and row.moved != atom.moved and end not in seen and ends.has_place(row, atom.op):
            seen.add(end)
            own[end] = ends
            done[at] = atom._replace(anchor=ends.old_anchor if atom.op is Op.DELETE else ends.new_anchor)
    for (op, moved), ends in own.items():
        last = max(at for at, atom in enumerate(done) if (atom.op, atom.moved) == (op, moved))
        kind, there = ("moved-to", ends.new_anchor) if op is Op.DELETE else ("moved-from", ends.old_anchor)
        said = escape(moved_said(op, ends), quote=False)
        done.insert(last + 1, Atom(Op.KEEP, "", link=f'<a class="{kind}" href="#{escape(there)}"> ({said})</a>'))
    return done


def _remark_html(remark: str) -> str:
    return f'<span class="form"> ({escape(remark, quote=False)})</span>' if remark else ""


def _both_sides(row: Row, shown: _Shown) -> Iterator[Element]:
    """Yield the new units of a row, each with what was removed and added in it."""
    first = row.new[0]
    is_one = len(row.old) == len(row.new) == 1 and not shown.remarks[id(row)]
    if is_one and row.old[0].words == first.words and row.old[0].form == first.form:
        yield Element(first.path, unit_html(first))
        return
    if first.kind == "tr":
        yield Element(first.path, _table_row(row, shown) if row.cells else _row_of_text(row, shown))
        return
    old_words, new_words = row_words(row.old), row_words(row.new)
    old_starts = _starts(row.old)
    boundaries = list(_starts(row.new))[1:]
    atoms = row_atoms(row.spans, old_words, new_words, dict(old_starts), set(boundaries))
    pieces = split_atoms(atoms)
    seen: set[tuple[Op, int]] = set()
    for index, (unit, piece) in enumerate(zip(row.new, pieces, strict=True)):
        if len(pieces) > 1 and all(atom.op is Op.INSERT for atom in piece):
            words = [atom for atom in piece if not atom.is_sign]
            state = "moved" if words and all(atom.moved for atom in words) else "added"
            inner = atoms_html(_with_ends(words, row, shown, seen)) + shown.remark(row, index)
            yield Element(unit.path, element_html(unit, inner, attributes=f' class="whole {state}"'))
            continue
        inner = atoms_html(_with_ends(tidy(piece), row, shown, seen)) + shown.remark(row, index)
        yield Element(unit.path, element_html(unit, inner))


def _starts(units: Sequence[Unit]) -> dict[int, Unit]:
    """Return each unit by the position of the boundary before it; the first one by -1."""
    starts: dict[int, Unit] = {}
    at = -1
    for unit in units:
        starts[at] = unit
        at += len(unit.words) + 1
    return starts


def _table_row(row: Row, shown: _Shown) -> str:
    """Return a table row, with cells that only one side has marked as a whole."""
    old, new = row.old[0], row.new[0]
    olds, news = list(pairwise((0, *old.cells))), list(pairwise((0, *new.cells)))
    tag = cell_tag(new)
    spans = list(row.spans)
    cells = []
    seen: set[tuple[Op, int]] = set()
    old_end = new_end = 0
    for pair in row.cells:
        old_end = olds[pair.old][1] if pair.old >= 0 else old_end
        new_end = news[pair.new][1] if pair.new >= 0 else new_end
        inner = []
        while spans and spans[0].old_end <= old_end and spans[0].new_end <= new_end:
            inner.append(spans.pop(0))
        state = "" if min(pair) >= 0 else "whole added" if pair.old < 0 else "whole removed"
        align = new.aligns[pair.new] if pair.new >= 0 else old.aligns[pair.old]
        atoms = _with_ends(tidy(row_atoms(inner, old.words, new.words)), row, shown, seen)
        cells.append(cell_html(tag, atoms_html(atoms), f"{align} {state}".strip()))
    cells[-1] = cells[-1].removesuffix(f"</{tag}>") + shown.remark(row, 0) + f"</{tag}>"
    return f"<tr>{''.join(cells)}</tr>"


def _row_of_text(row: Row, shown: _Shown) -> str:
    """Return a table row that was made of text outside a table."""
    old_words, new = row_words(row.old), row.new[0]
    starts = _starts(row.old)
    spans = list(row.spans)
    cells = []
    seen: set[tuple[Op, int]] = set()
    for end in new.cells:
        inner: list[Span] = []
        while spans and spans[0].new_start <= end:
            span = spans.pop(0)
            if span.new_end > end:
                kept = end - span.new_start
                old_cut = span.old_start + kept if span.op is Op.KEEP else span.old_end
                spans.insert(0, span._replace(old_start=old_cut, new_start=end))
                if kept:
                    inner.append(span._replace(old_end=old_cut, new_end=end))
                break
            inner.append(span)
        atoms = _with_ends(tidy(row_atoms(inner, old_words, new.words, starts)), row, shown, seen)
        cells.append(atoms_html(atoms))
    cells[-1] += shown.remark(row, 0)
    return row_html(new, cells)
