"""The tables of two sides → which table and which of its rows carries on which.

A table is no running text: its rows go by their keys and its columns by their titles. Tables find each other by the
cells they share; what one table leaves over goes on in another where it was divided or joined.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.comparing.chains import heaviest_pairs
from smallprint.comparing.columns import pair_columns
from smallprint.comparing.runs import common_runs
from smallprint.comparing.table_rows import pair_rows, shared_cell_words
from smallprint.table import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.comparing.chains import Link
    from smallprint.model import CellPair
    from smallprint.table import Table, TableRow
    from smallprint.text import Unit

_ALIKE: Final = 0.3
"""Tables belong together if they share cells with this share of the smaller one's words …"""
_TITLES: Final = 0.5
"""… or this share of their columns' titles …"""
_ALIKE_IN_PLACE: Final = 0.15
"""… and, with fewer titles in common, their rows this share of the words."""
_SHARED_WORDS: Final = 2
_CELL_END: Final = "\x05"
_ROW_END: Final = "\x06"
_COMMON: Final = 64
"""A cell that is in more tables than this says nothing about which of them belong together."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """Which table rows of two sides belong together."""

    pairs: tuple[Link, ...] = ()
    """By position among the units of each side, in order on both."""
    cells: Mapping[Link, tuple[CellPair, ...]] = field(default_factory=dict)
    """For pairs: which cell goes with which."""
    settled: frozenset[Unit] = frozenset()
    """The rows of tables that go on: one of them that is in no pair has no counterpart among rows."""

    def may_pair(self, old: Unit, new: Unit) -> bool:
        """Return whether two units that are in no pair may be taken for each other by their words."""
        return not (old.kind == new.kind == "tr") or not self.settled & {old, new}


def pair_table_rows(old: Sequence[Unit], new: Sequence[Unit]) -> TableRows:
    """Return which table rows among the old and the new units of a change belong together."""
    old_tables, new_tables = list(tables_of(old)), list(tables_of(new))
    if not old_tables or not new_tables:
        return TableRows()
    pairing = _Pairing(old_tables, new_tables)
    for i, j in _kin(old_tables, new_tables):
        pairing.add(i, j, old_tables[i], new_tables[j])
    for i, table in enumerate(old_tables):
        if i not in pairing.olds:
            pairing.add_part(i, table, is_old=True)
    for j, table in enumerate(new_tables):
        if j not in pairing.news:
            pairing.add_part(j, table, is_old=False)
    settled = [old_tables[i] for i in pairing.olds] + [new_tables[j] for j in pairing.news]
    units = frozenset(row.unit for table in settled for row in table.all_rows)
    return TableRows(tuple(pairing.pairs), pairing.cells, units)


class _Pairing:
    """The pairs of rows found so far, and the tables they are of."""

    def __init__(self, old_tables: Sequence[Table], new_tables: Sequence[Table]) -> None:
        self.old_tables, self.new_tables = old_tables, new_tables
        self.pairs: list[Link] = []
        self.cells: dict[Link, tuple[CellPair, ...]] = {}
        self.olds: set[int] = set()
        self.news: set[int] = set()

    def add(self, i: int, j: int, old: Table, new: Table, *, with_headers: bool = True) -> None:
        """Pair the rows of two tables, or of parts of them, which are between the same pairs on both sides."""
        columns = pair_columns(old, new)
        pairs = pair_rows(old, new, columns)
        shared = sum(shared_cell_words(old_row, new_row, columns) for old_row, new_row in pairs)
        fewer = min(sum(len(row.unit.chars) for row in table.rows) for table in (old, new))
        titles = _shared_titles(old, new)
        if titles < _TITLES and shared < _ALIKE_IN_PLACE * fewer and not (titles and shared):
            # If the same cells are in other columns, as where rows became columns, the table does not go on.
            return
        if old.header and new.header and with_headers:
            pairs.insert(0, (old.header, new.header))
        if not pairs:
            return
        links = [(old_row.at, new_row.at) for old_row, new_row in pairs]
        for link, (old_row, new_row) in zip(links, pairs, strict=True):
            if columns.fit(len(old_row.unit.cells), len(new_row.unit.cells)):
                self.cells[link] = columns.beside
        at = bisect_left(self.pairs, links[0])
        self.pairs[at:at] = links
        self.olds.add(i)
        self.news.add(j)

    def add_part(self, at: int, table: Table, *, is_old: bool) -> None:
        """Pair a table that has no counterpart with the rows that some other table leaves over: a split or a join."""
        side = 0 if is_old else 1
        others = self.new_tables if is_old else self.old_tables
        start, end = self._room(table, side)
        best: tuple[float, int, Table] | None = None
        for other_at in sorted(self.news if is_old else self.olds):
            rest = _between(others[other_at], start, end)
            likeness = _likeness(_cells(table.rows), _cells(rest.rows))
            if likeness >= _ALIKE and (best is None or likeness > best[0]):
                best = likeness, other_at, rest
        if best:
            _, other_at, rest = best
            is_whole = rest.header is not None and rest.header.at > start
            if is_old:
                self.add(at, other_at, table, rest, with_headers=is_whole)
            else:
                self.add(other_at, at, rest, table, with_headers=is_whole)

    def _room(self, table: Table, side: int) -> Link:
        """Return between which rows of the other side a table without pairs has its place; -1 for no row."""
        position = bisect_left([pair[side] for pair in self.pairs], table.all_rows[0].at)
        before = self.pairs[position - 1][1 - side] if position else -1
        after = self.pairs[position][1 - side] if position < len(self.pairs) else -1
        return before, after


def _between(table: Table, start: int, end: int) -> Table:
    """Return the rows of a table between two others; `end` is -1 if there is none after them."""
    return table.only([row for row in table.rows if start < row.at and (end < 0 or row.at < end)])


def _kin(olds: Sequence[Table], news: Sequence[Table]) -> Iterator[Link]:
    """Yield the tables that belong together, in order on both sides."""
    whole = [[_whole(table) for table in side] for side in (olds, news)]
    equal = [(run.old + n, run.new + n) for run in common_runs(*whole) for n in range(run.length)]
    for (i, j), (i_end, j_end) in pairwise([(-1, -1), *equal, (len(olds), len(news))]):
        yield from heaviest_pairs(_alike(olds, news, range(i + 1, i_end), range(j + 1, j_end)))
        if i_end < len(olds):
            yield i_end, j_end


def _alike(
    olds: Sequence[Table], news: Sequence[Table], old_at: range, new_at: range
) -> Iterator[tuple[int, int, int]]:
    """Yield tables that may belong together, with a weight; two that are alone in their place always may."""
    old_cells, new_cells = {i: _cells(olds[i].rows) for i in old_at}, {j: _cells(news[j].rows) for j in new_at}
    for i, j in sorted(_with_something_in_common(olds, news, old_cells, new_cells)):
        titles = _shared_titles(olds[i], news[j])
        is_named_alike = titles >= _TITLES or (titles and old_cells[i] & new_cells[j])
        is_only = len(old_at) == len(new_at) == 1
        if is_only or is_named_alike or _likeness(old_cells[i], new_cells[j]) >= _ALIKE:
            yield i, j, 1 + round(titles * 4) + 4 * _words(old_cells[i] & new_cells[j])


def _with_something_in_common(
    olds: Sequence[Table], news: Sequence[Table], old_cells: Mapping[int, set[str]], new_cells: Mapping[int, set[str]]
) -> set[Link]:
    if len(old_cells) * len(new_cells) <= _COMMON**2:
        return {(i, j) for i in old_cells for j in new_cells}
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, (tables, cells) in enumerate(((olds, old_cells), (news, new_cells))):
        for at, texts in cells.items():
            for text in texts | {_titles(tables[at])}:
                places[text][side].append(at)
    few = (sides for sides in places.values() if max(map(len, sides)) <= _COMMON)
    return {(i, j) for left, right in few for i in left for j in right}


def _cells(rows: Sequence[TableRow]) -> set[str]:
    """Return the cells that tell a table from others: those which it has once, unlike “Yes” and “No”."""
    counts = Counter(cell for row in rows for cell in row.cells)
    return {cell for cell, count in counts.items() if cell and count == 1}


def _likeness(old: set[str], new: set[str]) -> float:
    """Return how much of the cells that tell a table from others two tables share, counted in words."""
    shared = _words(old & new)
    return shared / min(_words(old), _words(new)) if shared >= _SHARED_WORDS else 0


def _words(cells: set[str]) -> int:
    return sum(map(len, cells))


def _shared_titles(old: Table, new: Table) -> float:
    """Return the share of their columns that have a title of both tables, whatever its formatting."""
    titles = [Counter(filter(None, map(table.title_name, range(table.width)))) for table in (old, new)]
    longer = max(old.width, new.width)
    return (titles[0] & titles[1]).total() / longer if longer else 0


def _titles(table: Table) -> str:
    return f"{_CELL_END}{_CELL_END.join(map(table.title, range(table.width)))}"


def _whole(table: Table) -> str:
    return _ROW_END.join(_CELL_END.join(row.cells) for row in table.all_rows)
