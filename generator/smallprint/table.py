"""The tables among units: a row is a unit, its cells are runs of the unit's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.text import Unit, Word

_WORDS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, eq=False)
class TableRow:
    """One row of a table."""

    at: int
    """Its position among the units that the table was found in."""
    unit: Unit

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The characters of each cell, one a word (`smallprint.words.encode`)."""
        return tuple(self.unit.chars[start:end] for start, end in pairwise((0, *self.unit.cells)))

    def words(self, column: int) -> tuple[Word, ...]:
        """Return the words of a cell; none where the row has no such cell."""
        ends = (0, *self.unit.cells)
        return self.unit.words[ends[column] : ends[column + 1]] if 0 <= column < len(ends) - 1 else ()

    def plain(self, column: int) -> str:
        """Return the text of a cell."""
        return plain_text(self.words(column)).replace("\n", " ")

    def name(self, column: int) -> str:
        """Return the text of a cell as what the row may be known by: no formatting, no capitals, no signs."""
        return slug(self.plain(column)) or self.plain(column).casefold()


@dataclass(frozen=True, eq=False)
class Table:
    """A table, or some rows of it."""

    header: TableRow | None
    rows: tuple[TableRow, ...]
    """The rows below the header."""

    @property
    def all_rows(self) -> tuple[TableRow, ...]:
        """The header, if there is one, and the rows."""
        return (self.header, *self.rows) if self.header else self.rows

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(row.unit.cells) for row in self.all_rows), default=0)

    def title(self, column: int) -> str:
        """Return the characters of a column's title, one a word; none where it has no title."""
        cells = self.header.cells if self.header else ()
        return cells[column] if column < len(cells) else ""

    def title_name(self, column: int) -> str:
        """Return a column's title as an attribute names it: lower case, words joined by `-`."""
        return slug(self.header.plain(column)) if self.header else ""

    def only(self, rows: Sequence[TableRow]) -> Table:
        """Return the table with some of its rows."""
        return replace(self, rows=tuple(rows))


def slug(text: str) -> str:
    """Return text in lower case with its words joined by `-`.

    >>> slug("Name of  the Company")
    'name-of-the-company'
    """
    return "-".join(_WORDS.findall(text.casefold()))


def tables_of(units: Sequence[Unit]) -> Iterator[Table]:
    """Yield the tables among units, in reading order."""
    header: TableRow | None = None
    rows: list[TableRow] = []
    last = 0
    for at, unit in enumerate(units):
        place = _place(unit)
        if place < 0:
            continue
        ordinal = unit.path[place].ordinal
        # The units of two tables with the same source may be the same, so the beginning of a table counts too.
        if ordinal != last or len(unit.path) - unit.opens <= place:
            if header or rows:
                yield Table(header, tuple(rows))
            header, rows, last = None, [], ordinal
        if not rows and header is None and any(container.kind == "thead" for container in unit.path[place:]):
            header = TableRow(at, unit)
        else:
            rows.append(TableRow(at, unit))
    if header or rows:
        yield Table(header, tuple(rows))


def _place(unit: Unit) -> int:
    """Return where the table of a row is among its containers; -1 for any other unit."""
    if unit.kind != "tr":
        return -1
    return next((n for n in reversed(range(len(unit.path))) if unit.path[n].kind == "table"), -1)
