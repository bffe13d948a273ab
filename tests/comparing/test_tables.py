"""Tables are compared by their cells."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from comparing.table_strategies import Grid, edited_grids, grids
from laws import check_comparison
from plain import version
from smallprint.comparing import compare
from smallprint.model import Op
from smallprint.text import plain_text
from smallprint.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.model import Change, Comparison


def _compared(old: str, new: str) -> Comparison:
    return compare(version(f"# Data {{#data}}\n\n{old}"), version(f"# Data {{#data}}\n\n{new}"))


def _marked_cells(change: Change) -> Iterator[tuple[str, str, int]]:
    """Yield, for each side, the cells of table rows that have a mark: the row's key, the cell, the words marked."""
    for row in change.rows:
        for side in ("old", "new"):
            for unit in getattr(row, side):
                for start, end in pairwise((0, *unit.cells)):
                    marked = sum(
                        max(0, min(end, getattr(span, f"{side}_end")) - max(start, getattr(span, f"{side}_start")))
                        for span in row.spans
                        if span.op is not Op.KEEP
                    )
                    if marked:
                        key = plain_text(unit.words[: unit.cells[0]])
                        yield key, plain_text(unit.words[start:end]), marked


def _marked(comparison: Comparison) -> list[tuple[str, str, int]]:
    return [cell for change in comparison.differing for cell in _marked_cells(change)]


def _words(markdown: str) -> int:
    return len(split_words(markdown.replace("**", "").replace("`", "").replace("*", "")))


def _places(old: Grid, new: Grid) -> tuple[list[str], list[str]]:
    """Return the keys and the titles that both tables have."""
    olds, news = {row[0] for row in old.rows}, [row[0] for row in new.rows]
    return [key for key in news if key in olds], [title for title in new.titles if title in old.titles]


def _is_in_order(old: Grid, new: Grid) -> bool:
    keys, titles = _places(old, new)
    return [row[0] for row in old.rows if row[0] in keys] == keys and [t for t in old.titles if t in titles] == titles


def _check_marks(old: Grid, new: Grid) -> None:
    """What has an equal under the same title and key is not marked."""
    keys, titles = _places(old, new)
    allowed = 0
    for grid in (old, new):
        # A title may have gone to another column if the cells below it did.
        allowed += sum(_words(title) for title in grid.titles if not old.column(title) & new.column(title))
        for row in grid.rows:
            for title, cell in zip(grid.titles, row, strict=True):
                is_same = row[0] in keys and title in titles and old.cell(row[0], title) == new.cell(row[0], title)
                allowed += 0 if is_same else _words(cell)

    assert sum(marked for _, _, marked in _marked(_compared(old.markdown, new.markdown))) <= allowed


@given(st.data())
def test_every_law_holds_for_edited_tables(data: st.DataObject) -> None:
    """Whatever is edited in tables, their redline is exact."""
    old = data.draw(st.lists(grids(), min_size=1, max_size=3), label="old")
    new = [data.draw(edited_grids(grid), label="new") for grid in old]
    order = data.draw(st.permutations(new))

    check_comparison(_compared(*("\n\nBelow.\n\n".join(grid.markdown for grid in side) for side in (old, order))))


@given(grids(), grids())
def test_every_law_holds_for_tables_that_have_little_in_common(old: Grid, new: Grid) -> None:
    """Two tables are compared as exactly as any."""
    check_comparison(_compared(old.markdown, new.markdown))


@given(st.data())
def test_a_cell_that_did_not_change_is_not_marked(data: st.DataObject) -> None:
    """The words marked are at most those of cells that differ, and of rows and columns that came or went."""
    old = data.draw(grids(), label="old")
    new = data.draw(edited_grids(old, in_order=True), label="new")

    if _places(old, new)[0] and _is_in_order(old, new):
        _check_marks(old, new)


@given(grids(), grids())
def test_a_cell_that_two_tables_have_in_one_place_is_not_marked(old: Grid, new: Grid) -> None:
    """The same holds for any two tables with a key in common whose rows and columns are in one order."""
    if _places(old, new)[0] and _is_in_order(old, new):
        _check_marks(old, new)


@given(st.data())
def test_rows_in_another_order_are_removed_and_added(data: st.DataObject) -> None:
    """Of rows that change places each is kept whole, or goes and comes whole."""
    old = data.draw(grids(), label="old")
    new = Grid(old.titles, tuple(data.draw(st.permutations(old.rows), label="rows")))

    for change in _compared(old.markdown, new.markdown).differing:
        for row in change.rows:
            assert not (row.old and row.new) or all(span.op is Op.KEEP for span in row.spans)


def _large(*, is_new: bool) -> str:
    """Return a table of 3,000 rows; the new one has another word in each tenth, and each hundredth another key."""
    lines = ["| Item | Why | Kept |", "| --- | --- | --- |"]
    for n in range(3_000):
        name = f"Other {n}" if is_new and n % 100 == 7 else f"Item {n}"
        lines.append(f"| {name} | for purpose {n % 40} of ours | {'90' if is_new and n % 10 == 0 else '30'} days |")
    return "\n".join(lines)


def test_large_tables_are_compared_by_their_cells_too() -> None:
    """However many rows there are, only what differs is marked."""
    (change,) = _compared(_large(is_new=False), _large(is_new=True)).differing

    assert all(row.old and row.new for row in change.rows)
    assert sum(marked for _, _, marked in _marked_cells(change)) == 2 * (300 + 30)
