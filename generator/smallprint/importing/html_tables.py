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


_PARTS: Final = frozenset({"tr", "td", "th"})
_SHORT_TITLE: Final = 8
_SHORT_ENTRY: Final = 5
_PARTING: Final = (*".:;,!?•·|/–—-",)
"""After these signs a paragraph of a cell needs no other to be told from the next."""


class Tables:
    """The data tables of a page while it is read."""

    def __init__(self) -> None:
        self._count = 0
        self._table: Element | None = None
        self._row: list[tuple[Run, ...]] | None = None
        self._cell: list[tuple[tuple[Run, ...], bool]] | None = None
        self._below: dict[int, int] = {}
        self._headers = 0

    @property
    def around(self) -> Element | None:
        """The table to one of whose cells text that comes now belongs."""
        return self._table if self._cell is not None else None

    def enter(self, element: Element) -> None:
        """Begin a data table, one of its rows or cells, if it is one."""
        if element.tag == "table" and self._table is None and is_data(element):
            self._count += 1
            self._table = element
            self._below = {}
        elif self._table is None or element.tag not in _PARTS or _table_of(element) is not self._table:
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
        elif self._table is None or element.tag not in _PARTS or _table_of(element) is not self._table:
            return None
        elif element.tag in {"td", "th"} and self._cell is not None and self._row is not None:
            self._end_cell(element, self._row, self._cell)
        elif element.tag == "tr" and self._row is not None:
            return self._end_row(element)
        return None

    def add(self, runs: tuple[Run, ...], *, is_item: bool = False) -> None:
        """Take a paragraph of the cell that is read, or an item of a list in it."""
        if self._cell is not None:
            self._cell.append((runs, is_item))

    def _skip_taken(self) -> None:
        """Leave cells empty that one of a row above reaches into."""
        while self._row is not None and self._below.get(len(self._row), 0) > 0:
            self._below[len(self._row)] -= 1
            self._row.append(())

    def _end_cell(self, element: Element, row: list[tuple[Run, ...]], cell: list[tuple[tuple[Run, ...], bool]]) -> None:
        runs: list[Run] = []
        was_item = False
        is_list = all(_is_entry(paragraph) and not is_item for paragraph, is_item in cell)
        for paragraph, is_item in cell:
            if runs:
                # Cells have one line only: an item is told from the one before it by a sign.
                needs_sign = (was_item or is_list) and not runs[-1].text.rstrip().endswith(_PARTING)
                runs.append(Run("; " if needs_sign else "\n"))
            runs += paragraph
            was_item = is_item
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


def _is_entry(paragraph: tuple[Run, ...]) -> bool:
    """Tell whether a paragraph of a cell is like an item of a list: a few words, and no sentence."""
    text = "".join(run.text for run in paragraph).strip()
    return len(text.split()) <= _SHORT_ENTRY and text[:1].isalnum() and not any(sign in text for sign in ".:;,!?")


def is_data(table: Element) -> bool:  # noqa: PLR0911 - one sign after the other
    """Tell whether a table holds data, where a layout table would only place text on the page."""
    if table.get("role").lower() in {"presentation", "none"}:
        return False
    rows = list(_rows(table))
    widths = [len(row) for row in rows]
    if not rows or max(widths) < 2:  # noqa: PLR2004 - less is no table
        return False
    cells = [cell for row in rows for cell in row]
    if any(inner is not table for inner in table.find("table")) and not _is_grid(rows):
        return False
    titled = [cell for cell in cells if any(heading_level(inner) for inner in cell.walk())]
    if titled and not (_is_titled(rows[0]) and all(cell in rows[0] for cell in titled) and _is_grid(rows)):
        return False
    if any(cell.tag == "th" for cell in cells) or any(table.find("caption", "thead")):
        return True
    if len(rows) < 2 or any(True for _ in table.find("form", "nav")):  # noqa: PLR2004
        return False
    if any(True for _ in table.find("ul", "ol", "dl")) and not _is_titled(rows[0]):
        return False
    return _looks_like_data(rows, cells)


def _is_titled(row: list[Element]) -> bool:
    """Tell whether the cells of a row look like the titles of columns."""
    return all(0 < _words(cell) <= _SHORT_TITLE and not any(cell.find("ul", "ol", "table")) for cell in row)


def _is_grid(rows: list[list[Element]]) -> bool:
    """Tell whether a table has titles of columns, and rows below them that are as wide."""
    if len(rows) < 2 or len(rows[0]) < 2 or not _is_titled(rows[0]):  # noqa: PLR2004
        return False
    is_marked = all(cell.tag == "th" or _is_bold(cell) or any(map(heading_level, cell.walk())) for cell in rows[0])
    width = sum(_span(cell, "colspan") for cell in rows[0])
    reached = any(_span(cell, "rowspan") > 1 for row in rows for cell in row)
    return is_marked and (reached or all(sum(_span(cell, "colspan") for cell in row) == width for row in rows[1:]))


def _is_bold(cell: Element) -> bool:
    text = "".join(_text(inner) for inner in cell.find("b", "strong"))
    return "".join(text.split()) == "".join(_text(cell).split())


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
        cells = [cell for cell in row.elements if cell.tag in {"td", "th"}]
        if cells and _table_of(row) is table:
            yield cells


def _table_of(element: Element) -> Element | None:
    return next((above for above in element.ancestors if above.tag == "table"), None)


def _text(element: Element) -> str:
    return squeeze(" ".join(node.text for inner in element.walk() for node in inner.children if isinstance(node, Text)))


def _words(element: Element) -> int:
    return len(_text(element).split())


def _span(element: Element, name: str) -> int:
    text = element.get(name).strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isdecimal() and len(text) < 5 else 1  # noqa: PLR2004
