"""Two tables → which row of the one carries on which of the other.

A row is known by its key, the cell that names it (“Email address”). Rows without one, or whose key changed, are paired
by the cells and words they share, between the same rows on both sides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.comparing.chains import heaviest_pairs
from smallprint.comparing.columns import unique_links
from smallprint.comparing.runs import common_runs, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.comparing.chains import Link
    from smallprint.comparing.columns import Columns
    from smallprint.table import Table, TableRow

_SAME: Final = 0.4
"""Rows with one key, or none, belong together if they share this much of the longer one …"""
_SAME_KEY: Final = 0.5
"""… rows with different keys if these are as much alike too …"""
_KEPT: Final = 0.7
"""… or one key goes on in a longer one …"""
_SURE_WORDS: Final = 4
_SURE: Final = 0.6
"""… or if so many words beside the keys, and this share of them, are the same."""
_LEADING: Final = 2
_LONG_KEY: Final = 8
"""A key of so many words is a sentence rather than a name, and may be put otherwise."""
_PART_WORDS: Final = 6
"""A row of so many words may go on in a much longer one."""
_FEW: Final = 1_024
"""So many pairs of rows are all looked at; of more only those that have a rare word or cell in common."""
_RARE: Final = 8
_NUMBER: Final = re.compile(r"[\d\s.,:()#№]+")
_CELL_END: Final = "\x05"


def pair_rows(old: Table, new: Table, columns: Columns) -> list[tuple[TableRow, TableRow]]:
    """Return the rows below the headers of two tables that belong together, in order on both sides.

    A row that changed places with those that keep their order is in no pair.
    """
    key = key_column(old, new, columns)
    links = links_by_key(old.rows, new.rows, key) if key else []
    links += _links_by_all(old, new, columns, links)
    steady = heaviest_pairs(
        (i, j, 1 + round(4 * shared_cell_words(old.rows[i], new.rows[j], columns))) for i, j in links
    )
    known_old, known_new = {i for i, _ in links}, {j for _, j in links}
    pairing = _Rest(old.rows, new.rows, columns, key)
    pairs: list[Link] = []
    for (i, j), (i_end, j_end) in pairwise([(-1, -1), *steady, (len(old.rows), len(new.rows))]):
        olds = [n for n in range(i + 1, i_end) if n not in known_old]
        news = [n for n in range(j + 1, j_end) if n not in known_new]
        pairs += pairing.links(olds, news)
        pairs.append((i_end, j_end))
    return [(old.rows[i], new.rows[j]) for i, j in pairs[:-1]]


def key_column(old: Table, new: Table, columns: Columns) -> Link | None:
    """Return the column whose cells name the rows: the first one whose cells mostly differ and are not all numbers.

    It is one of the first two columns of a side: further ones say something of what a row is about.
    """
    for link in columns.same:
        if min(link) < _LEADING and all(
            _names_rows(table, column) for table, column in zip((old, new), link, strict=True)
        ):
            return link
    return None


def links_by_key(old: Sequence[TableRow], new: Sequence[TableRow], key: Link) -> list[Link]:
    """Return the rows whose key is the only one of its kind on both sides: as it is, else without formatting."""
    links: list[Link] = []
    for name in (_chars, _name):
        olds = _without(range(len(old)), (i for i, _ in links))
        news = _without(range(len(new)), (j for _, j in links))
        links += unique_links([name(old[n], key[0]) for n in olds], [name(new[n], key[1]) for n in news], olds, news)
    return sorted(links)


def _names_rows(table: Table, column: int) -> bool:
    counts = Counter(_chars(row, column) for row in table.rows)
    once = sum(count == 1 and bool(name) for name, count in counts.items())
    if not once or once * 2 < len(table.rows):
        return False
    return any(not _NUMBER.fullmatch(row.plain(column)) for row in table.rows if row.words(column))


def _links_by_all(old: Table, new: Table, columns: Columns, known: Sequence[Link]) -> list[Link]:
    """Return the rows not yet known of which both sides have exactly one with the same cells."""
    olds = _without(range(len(old.rows)), (i for i, _ in known))
    news = _without(range(len(new.rows)), (j for _, j in known))
    texts = [_text(old.rows[n], columns, 0) for n in olds], [_text(new.rows[n], columns, 1) for n in news]
    return unique_links(*texts, olds, news)


@dataclass(frozen=True, slots=True)
class _Rest:
    """Pairs rows that nothing names."""

    old: Sequence[TableRow]
    new: Sequence[TableRow]
    columns: Columns
    key: Link | None

    def links(self, olds: Sequence[int], news: Sequence[int]) -> Iterator[Link]:
        """Yield links between rows whose neighbours are paired: between equal ones, then between those alike."""
        if not olds or not news or not self.columns.same:
            return
        texts = (
            [_text(self.old[n], self.columns, 0) for n in olds],
            [_text(self.new[n], self.columns, 1) for n in news],
        )
        equal = [(run.old + n, run.new + n) for run in common_runs(*texts) for n in range(run.length)]
        for (i, j), (i_end, j_end) in pairwise([(-1, -1), *equal, (len(olds), len(news))]):
            yield from heaviest_pairs(self._alike(olds[i + 1 : i_end], news[j + 1 : j_end]))
            if i_end < len(olds):
                yield olds[i_end], news[j_end]

    def _alike(self, olds: Sequence[int], news: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Yield rows that may belong together, with the words they share."""
        if len(olds) * len(news) <= _FEW:
            pairs = {(i, j) for i in olds for j in news}
        else:
            pairs = _with_something_rare([(i, self.old[i]) for i in olds], [(j, self.new[j]) for j in news])
        is_only = len(olds) == len(news) == 1
        for i, j in sorted(pairs):
            if is_only and self._are_nameless(self.old[i], self.new[j]):
                yield i, j, 1
                continue
            shared = self._shared(self.old[i], self.new[j])
            if shared:
                yield i, j, shared

    def _are_nameless(self, old: TableRow, new: TableRow) -> bool:
        """Return whether two rows have no key although others have."""
        return self.key is not None and not _chars(old, self.key[0]) and not _chars(new, self.key[1])

    def _shared(self, old: TableRow, new: TableRow) -> int:
        """Return a weight for two rows that belong together, 0 for any others."""
        shared = shared_cell_words(old, new, self.columns)
        shorter, longer = sorted((len(old.unit.chars), len(new.unit.chars)))
        is_same = shared >= _SAME * longer or (shared >= _SURE * shorter and shorter >= _PART_WORDS)
        left, right = (_chars(old, self.key[0]), _chars(new, self.key[1])) if self.key else ("", "")
        if min(len(left), len(right)) < _LONG_KEY and not _are_alike(left, right):
            rest = shared - _common_words(left, right)
            longer_rest = max(len(old.unit.chars) - len(left), len(new.unit.chars) - len(right))
            is_same = rest >= _SURE_WORDS and rest >= _SURE * longer_rest
        return 1 + round(4 * shared) if is_same else 0


def _are_alike(left: str, right: str) -> bool:
    """Return whether two keys may be one that changed; so may a cell without words be."""
    shared, shorter = _common_words(left, right), min(len(left), len(right))
    goes_on = shorter > 1 and shared >= _KEPT * shorter
    return not shorter or goes_on or shared >= _SAME_KEY * max(len(left), len(right))


def _with_something_rare(olds: Sequence[tuple[int, TableRow]], news: Sequence[tuple[int, TableRow]]) -> set[Link]:
    """Return the rows that share a word or a cell which few rows of either side have."""
    places: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side, rows in zip(places, (olds, news), strict=True):
        for at, row in rows:
            for text in {*row.unit.chars, *row.cells}:
                side[text].append(at)
    old_places, new_places = places
    return {
        (i, j)
        for text, left in old_places.items()
        if text and len(left) <= _RARE and 0 < len(new_places.get(text, ())) <= _RARE
        for i in left
        for j in new_places[text]
    }


def shared_cell_words(old: TableRow, new: TableRow, columns: Columns) -> float:
    """Return how many words two rows share in cells that go together."""
    return sum(_common_words(_chars(old, pair.old), _chars(new, pair.new)) for pair in columns.beside)


def _common_words(left: str, right: str) -> float:
    if left == right:
        return len(left)
    return likeness(left, right, 0) * max(len(left), len(right)) if left and right else 0


def _text(row: TableRow, columns: Columns, side: int) -> str:
    """Return what is in the columns of a row that both sides have."""
    return _CELL_END.join([_chars(row, link[side]) for link in columns.same])


def _chars(row: TableRow, column: int) -> str:
    return row.cells[column] if 0 <= column < len(row.cells) else ""


def _name(row: TableRow, column: int) -> str:
    return row.name(column)


def _without(positions: range, known: Iterator[int]) -> list[int]:
    taken = set(known)
    return [n for n in positions if n not in taken]
