"""Tables: which hold data and which only lay out a page, and the rows of the former."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind, Piece, Run
from smallprint.importing.html_text import squeeze
from smallprint.importing.html_tree import Element, Text, heading_level

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_SPAN: Final = 50
_MAX_CELL: Final = 120
"""How many words a cell of a table without header may have on an average, for the table to hold data."""


class Tables:
    """The data tables of a page while it is read."""

    def __init__(self) -> None:
        self._count = 0
        self._table: Element | None = None
        self._row: list[tuple[Run, ...]] | None = None
        self._cell: list[tuple[Run, ...]] | None = None
        self._below: dict[int, int] = {}
        self._headers = 0

    @property
    def in_cell(self) -> bool:
        """Whether text that comes now belongs to a cell."""
        return self._cell is not None

    def enter(self, element: Element) -> None:
        """Begin a data table, one of its rows or cells, if it is one."""
        if element.tag == "table" and self._table is None and is_data(element):
            self._count += 1
            self._table = element
            self._below = {}
        elif self._table is None:
            return
        elif element.tag == "tr":
            self._row = []
            self._headers = 0
        elif element.tag in {"td", "th"} and self._row is not None:
            self._skip_taken()
            self._cell = []

    def exit(self, element: Element) -> Piece | None:
        """End what the element began; return the row that is now whole."""
        if element is self._table:
            self._table = self._row = self._cell = None
        elif element.tag in {"td", "th"} and self._cell is not None and self._row is not None:
            self._end_cell(element, self._row, self._cell)
        elif element.tag == "tr" and self._row is not None:
            return self._end_row(element)
        return None

    def add(self, runs: tuple[Run, ...]) -> None:
        """Take a paragraph of the cell that is read."""
        if self._cell is not None:
            self._cell.append(runs)

    def _skip_taken(self) -> None:
        """Leave cells empty that one of a row above reaches into."""
        while self._row is not None and self._below.get(len(self._row), 0) > 0:
            self._below[len(self._row)] -= 1
            self._row.append(())

    def _end_cell(self, element: Element, row: list[tuple[Run, ...]], cell: list[tuple[Run, ...]]) -> None:
        runs: list[Run] = []
        for paragraph in cell:
            runs += [Run("\n"), *paragraph] if runs else paragraph
        column = len(row)
        row.append(tuple(runs))
        row += [()] * (_span(element, "colspan") - 1)
        for place in range(column, len(row)):
            self._below[place] = _span(element, "rowspan") - 1
        self._headers += element.tag == "th"
        self._cell = None

    def _end_row(self, element: Element) -> Piece | None:
        row, self._row = self._row or [], None
        while any(rows > 0 and column >= len(row) for column, rows in self._below.items()):
            self._below[len(row)] = max(self._below.get(len(row), 0) - 1, 0)
            row.append(())
        filled = [cell for cell in row if cell]
        if not filled:
            return None
        in_head = element.parent is not None and element.parent.tag == "thead"
        is_header = in_head or (self._headers >= len(filled) and len(filled) > 1)
        return Piece(Kind.ROW, cells=tuple(row), is_header=is_header, table=self._count, line=element.line)


def is_data(table: Element) -> bool:
    """Tell whether a table holds data, where a layout table would only place text on the page."""
    if table.get("role").lower() in {"presentation", "none"}:
        return False
    rows = list(_rows(table))
    widths = [len(row) for row in rows]
    if not rows or max(widths) < 2 or any(inner is not table for inner in table.find("table")):  # noqa: PLR2004
        return False
    cells = [cell for row in rows for cell in row]
    if any(heading_level(inner) for cell in cells for inner in cell.walk()):
        return False
    if any(cell.tag == "th" for cell in cells) or any(table.find("caption", "thead")):
        return True
    if len(rows) < 2 or any(True for _ in table.find("form", "nav", "ul")):  # noqa: PLR2004
        return False
    return _looks_like_data(rows, cells)


def _looks_like_data(rows: list[list[Element]], cells: list[Element]) -> bool:
    width = max(map(len, rows))
    full = sum(len(row) == width and all(_words(cell) for cell in row) for row in rows)
    mean = sum(map(_words, cells)) / len(cells)
    return full >= 0.7 * len(rows) and mean <= _MAX_CELL and not _is_list(rows)


def _is_list(rows: list[list[Element]]) -> bool:
    """Tell whether the first column only holds bullets or numbers."""
    return all(len("".join(char for char in _text(row[0]) if char.isalnum())) <= 3 for row in rows)  # noqa: PLR2004


def _rows(table: Element) -> Iterator[list[Element]]:
    for row in table.find("tr"):
        if cells := [cell for cell in row.elements if cell.tag in {"td", "th"}]:
            yield cells


def _text(element: Element) -> str:
    return squeeze(" ".join(node.text for inner in element.walk() for node in inner.children if isinstance(node, Text)))


def _words(element: Element) -> int:
    return len(_text(element).split())


def _span(element: Element, name: str) -> int:
    text = element.get(name).strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isdecimal() and len(text) < 5 else 1  # noqa: PLR2004
