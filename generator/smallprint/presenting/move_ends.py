"""Text that moved: where it was and where it is now, for what is said at both ends and for the links between them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from smallprint.model import Op
from smallprint.presenting.forms import form_remark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.model import Change, Clause, Comparison, Row
    from smallprint.text import Unit


class MoveEnds(NamedTuple):
    """Where moved text was and is."""

    old_anchor: str
    old_title: str
    new_anchor: str
    new_title: str
    old_row: Row | None = None
    """The row that shows the beginning of the old end, which has the `id`; None for whichever shows it first."""
    new_row: Row | None = None
    is_within: bool = False
    """Whether the text stayed in its clause."""
    remark: str = ""
    """What differs beside the words of a unit that moved as a whole."""

    def has_place(self, row: Row, op: Op) -> bool:
        """Return whether `row` is the one that has the `id` of an end."""
        holder = self.old_row if op is Op.DELETE else self.new_row
        return holder is None or holder is row


class _End(NamedTuple):
    change: Change
    row: Row
    title: str


def move_ends(comparison: Comparison) -> Mapping[int, MoveEnds]:
    """Return both ends of all moved text, by the number that its spans share."""
    old: dict[int, _End] = {}
    new: dict[int, _End] = {}
    for change in comparison.differing:
        i = j = 0
        for row in change.rows:
            i -= row.continues
            for span in row.spans:
                if span.moved and span.op is Op.DELETE and span.moved not in old:
                    title = _title(change.old, i + _unit_at(row.old, span.old_start))
                    old[span.moved] = _End(change, row, title)
                elif span.moved and span.op is Op.INSERT and span.moved not in new:
                    title = _title(change.new, j + _unit_at(row.new, span.new_start))
                    new[span.moved] = _End(change, row, title)
            i, j = i + len(row.old), j + len(row.new)
    return {number: _ends(number, old[number], new[number]) for number in sorted(old.keys() & new.keys())}


def _ends(number: int, old: _End, new: _End) -> MoveEnds:
    is_one = len(old.change.old) == len(old.change.new) == 1
    return MoveEnds(
        f"_moved-{number}_from",
        old.title,
        f"_moved-{number}_to",
        new.title,
        old.row,
        new.row,
        is_within=old.change is new.change and (is_one or old.title == new.title),
        remark=form_remark(old.row.old[0], new.row.new[0], follows=False) if old.row.moved and new.row.moved else "",
    )


def _unit_at(units: Sequence[Unit], position: int) -> int:
    """Return which of the units of a row has the word at `position`."""
    ends = list(accumulate(len(unit.words) + 1 for unit in units))
    return bisect_right(ends, position)


def _title(clauses: Sequence[Clause], position: int) -> str:
    """Return the title of the clause that has the unit at `position` among all their units."""
    ends = list(accumulate(len(clause.units) for clause in clauses))
    return clauses[min(bisect_right(ends, position), len(clauses) - 1)].title


def moved_said(op: Op, ends: MoveEnds, *, is_whole: bool = False) -> str:
    """Say at one end of moved text where the other end is.

    Args:
        op: a deletion or an insertion.
        ends: both ends.
        is_whole: whether nothing else of its paragraph differs, which is said too.
    """
    if ends.is_within:
        said = "moved within this clause"
    elif op is Op.INSERT:
        said = f"moved here from “{ends.old_title}”"
    else:
        said = f"moved to “{ends.new_title}”"
    if not is_whole:
        return said
    return f"{said}, no word changed" if ends.remark else f"{said}, not changed"
