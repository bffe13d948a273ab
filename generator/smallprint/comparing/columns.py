"""Two tables → which column of the one carries on which of the other.

By title first; what titles leave open is paired by the words that the columns have in common.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.comparing.chains import heaviest_pairs
from smallprint.model import CellPair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.comparing.chains import Link
    from smallprint.table import Table

_ALIKE: Final = 0.4
"""Columns with different titles belong together if they have this share of the longer one's words in common."""
_SURE: Final = 0.6
_SURE_WORDS: Final = 12
"""Columns with one title and no cell in common do not belong together if one of them has so many words, and this share
of them, in common with a column of another title."""
_MANY: Final = 10_000
"""Where there are more pairs of columns than this, their words are not counted."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of two tables belong together."""

    same: tuple[Link, ...]
    """All that do, by new position, also if their order changed."""
    beside: tuple[CellPair, ...]
    """How a redline shows them beside each other: in order, each column of both sides once."""

    def fit(self, old_width: int, new_width: int) -> bool:
        """Return whether rows with so many cells have exactly these columns."""
        olds, news = sum(pair.old >= 0 for pair in self.beside), sum(pair.new >= 0 for pair in self.beside)
        return (olds, news) == (old_width, new_width)


def pair_columns(old: Table, new: Table) -> Columns:
    """Return which columns of two tables belong together."""
    same = _by_title(old, new)
    steady = same if _is_in_order(same) else heaviest_pairs((i, j, 1 + _common(old, new, i, j)) for i, j in same)
    moved_old, moved_new = ({link[side] for link in same if link not in steady} for side in (0, 1))
    links: list[Link] = []
    beside: list[CellPair] = []
    ends = [(-1, -1), *steady, (old.width, new.width)]
    for (i, j), (i_end, j_end) in pairwise(ends):
        olds = [n for n in range(i + 1, i_end) if n not in moved_old]
        news = [n for n in range(j + 1, j_end) if n not in moved_new]
        between = _between(old, new, olds, news)
        links += between
        at, new_at = i + 1, j + 1
        for i_next, j_next in (*between, (i_end, j_end)):
            beside += [CellPair(n, -1) for n in range(at, i_next)]
            beside += [CellPair(-1, n) for n in range(new_at, j_next)]
            if i_next < old.width and j_next < new.width:
                beside.append(CellPair(i_next, j_next))
            at, new_at = i_next + 1, j_next + 1
    return Columns(tuple(sorted({*same, *links}, key=lambda link: link[::-1])), tuple(beside))


def _is_in_order(links: Sequence[Link]) -> bool:
    return all(before[1] < after[1] for before, after in pairwise(links))


def _by_title(old: Table, new: Table) -> list[Link]:
    """Return the columns whose title is the only one of its kind on both sides: as it is, else without formatting."""
    links: list[Link] = []
    for title in (type(old).title, type(old).title_name):
        olds = [n for n in range(old.width) if n not in {i for i, _ in links}]
        news = [n for n in range(new.width) if n not in {j for _, j in links}]
        links += unique_links([title(old, n) for n in olds], [title(new, n) for n in news], olds, news)
    return [link for link in sorted(links) if link not in _misnamed(old, new, links)]


def _misnamed(old: Table, new: Table, links: Sequence[Link]) -> set[Link]:
    """Return the columns with one title whose cells say that the title went to another column."""
    if len(links) == min(old.width, new.width) and _is_in_order(sorted(links)):
        return set()
    if old.width * new.width > _MANY:
        return set()
    olds, news = ([_column_words(table, n) for n in range(table.width)] for table in (old, new))

    def is_one(i: int, j: int) -> bool:
        shared = (olds[i] & news[j]).total()
        return shared >= max(_SURE_WORDS, _SURE * max(olds[i].total(), news[j].total()))

    return {
        (i, j)
        for i, j in links
        if not _cells(old, i) & _cells(new, j)
        and (any(is_one(i, n) for n in range(new.width)) or any(is_one(n, j) for n in range(old.width)))
    }


def unique_links(olds: Sequence[str], news: Sequence[str], old_at: Sequence[int], new_at: Sequence[int]) -> list[Link]:
    """Return the positions of names that both sides have exactly once; empty names name nothing."""
    old_counts, new_counts = Counter(olds), Counter(news)
    places = {name: at for name, at in zip(news, new_at, strict=True) if new_counts[name] == 1}
    return [
        (at, places[name])
        for name, at in zip(olds, old_at, strict=True)
        if name and old_counts[name] == 1 and name in places
    ]


def _between(old: Table, new: Table, olds: Sequence[int], news: Sequence[int]) -> list[Link]:
    """Pair columns that titles do not settle."""
    titles = [old.title(n) for n in olds], [new.title(n) for n in news]
    if not olds or not news or titles[0] == titles[1]:
        # Titles that several columns have, or none at all, mean what they meant before in the same order.
        return list(zip(olds, news, strict=False)) if titles[0] == titles[1] else []
    if len(olds) * len(news) > _MANY:
        return []
    return heaviest_pairs(_alike(old, new, olds, news))


def _alike(old: Table, new: Table, olds: Sequence[int], news: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    old_words, new_words = [_column_words(old, n) for n in olds], [_column_words(new, n) for n in news]
    old_titles, new_titles = [_title_words(old, n) for n in olds], [_title_words(new, n) for n in news]
    for i, old_column, old_title in zip(olds, old_words, old_titles, strict=True):
        for j, new_column, new_title in zip(news, new_words, new_titles, strict=True):
            common, in_title = (old_column & new_column).total(), (old_title & new_title).total()
            is_named_alike = in_title >= max(old_title.total(), new_title.total(), 1) / 2
            if is_named_alike or common >= max(_ALIKE * max(old_column.total(), new_column.total()), 1):
                yield i, j, 1 + common + in_title


def _common(old: Table, new: Table, i: int, j: int) -> int:
    """Return how many words two columns have in common, in whatever order."""
    return (_column_words(old, i) & _column_words(new, j)).total()


def _cells(table: Table, column: int) -> set[str]:
    return {cell for row in table.rows if column < len(row.cells) and (cell := row.cells[column])}


def _column_words(table: Table, column: int) -> Counter[str]:
    """Return how often each word is in a column, below its title, whatever its formatting."""
    return Counter(word.text.casefold() for row in table.rows for word in row.words(column))


def _title_words(table: Table, column: int) -> Counter[str]:
    return Counter(word.text.casefold() for word in (table.header.words(column) if table.header else ()))
