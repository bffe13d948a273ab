"""The words of a row → atoms: what is kept, removed and added, with signs where only one side has a boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.comparing.side import BOUNDARY
from smallprint.model import Op
from smallprint.presenting.inline import Atom, runs, shared_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from smallprint.model import Span
    from smallprint.text import Unit, Word

_PILCROW: Final = "¶"
_CELL: Final = " | "
"""Shown where the end of a table cell went."""
_BREAK: Final = Atom(Op.KEEP, "\0")
"""Stands between two new units while atoms are made."""


def row_atoms(
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
                atoms.extend(_run_atoms(span, words, atoms))
                if stop >= 0:
                    sign = _CELL if stop in old_cells else _PILCROW
                    atoms.append(Atom(Op.DELETE, sign, is_sign=True, moved=span.moved))
        elif span.op is Op.INSERT or (old_words == new_words and not old_cells):
            for stop, words in _cut_at(span.new_start, new_words, added):
                atoms.extend(_run_atoms(span, words, atoms))
                if stop >= 0:
                    atoms += [Atom(span.op, _PILCROW, is_sign=True, moved=span.moved)] * (span.op is Op.INSERT)
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


def _run_atoms(span: Span, words: Sequence[Word], before: Sequence[Atom]) -> Iterator[Atom]:
    """Yield words as atoms, each space that stands between two runs as an atom of its own."""
    marks = before[-1].marks if before else ()
    for run in runs(words):
        if run.space:
            yield Atom(span.op, " ", run.marks[: shared_marks(marks, run.marks)], moved=span.moved)
        yield Atom(span.op, run.text, run.marks, moved=span.moved)
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


def split_atoms(atoms: Iterable[Atom]) -> list[list[Atom]]:
    """Return the atoms of each new unit.

    A unit that keeps nothing is new as a whole: what was removed in its place goes on to the next one, so that half a
    sentence never ends up in a heading.
    """
    pieces: list[list[Atom]] = [[]]
    for atom in _with_beginnings(atoms):
        if atom is not _BREAK:
            pieces[-1].append(atom)
        elif any(other.op is Op.KEEP for other in pieces[-1]):
            pieces.append([])
        else:
            pieces.append([other for other in pieces[-1] if other.op is Op.DELETE])
            pieces[-2] = [other for other in pieces[-2] if other.op is Op.INSERT]
    return pieces


def _with_beginnings(atoms: Iterable[Atom]) -> Iterator[Atom]:
    """Yield atoms so that the removed beginning of an old unit is in the new unit that goes on with the rest of it."""
    gap: list[Atom] = []
    for atom in atoms:
        if atom.op is not Op.KEEP or (atom is _BREAK and gap and gap[-1].op is Op.INSERT):
            gap.append(atom)
            continue
        yield from _in_place(gap, atom)
        gap = []
        yield atom
    yield from gap


def _in_place(gap: list[Atom], following: Atom) -> list[Atom]:
    """Return what was removed and added between kept words, in the order in which it is shown."""
    removed = [atom for atom in gap if atom.op is Op.DELETE]
    added = [atom for atom in gap if atom.op is not Op.DELETE]
    old_end = max((at for at, atom in enumerate(removed, 1) if atom.is_sign and atom.text == _PILCROW), default=0)
    new_end = max((at for at, atom in enumerate(added, 1) if atom is _BREAK), default=0)
    is_apart = bool(removed) and removed[0].text == " "
    if not new_end or not (old_end or (is_apart and following is not _BREAK and following.text != " ")):
        # The end of one word stays with its beginning.
        return gap
    return [*removed[:old_end], *added[:new_end], *removed[old_end:], *added[new_end:]]
