"""The tables of a Word file: their rows and cells, and which of them hold data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_revisions import text_below
from smallprint.importing.docx_xml import Element, child, is_on, name, number, value
from smallprint.importing.draft import Kind, Piece, Run, Why
from smallprint.importing.runs import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.importing.docx_book import Book

_MAX_SPAN: Final = 60
_MAX_CELL: Final = 120
"""How many words a cell may have on an average in a table that holds data."""
_MAX_MARK: Final = 3
"""A first column of no more letters in any row may hold bullets or numbers,"""
_MIN_ITEM: Final = 4
"""if the cells have so many words on an average."""
_WRAPPERS: Final = frozenset({"w:sdt", "w:sdtContent", "w:customXml"})


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    cells: tuple[Element | None, ...]
    """None for a place that a wider or higher cell reaches into."""
    is_header: bool


def read_rows(table: Element, book: Book, part: str) -> list[Row]:
    """Return the rows of a table, each with a place for every column."""
    rows = []
    for row in _inside(table, "w:tr"):
        before = min(number(child(row, "w:trPr", "w:gridBefore")) or 0, _MAX_SPAN)
        cells: list[Element | None] = [None] * max(before, 0)
        for cell in _inside(row, "w:tc"):
            merged = child(cell, "w:tcPr", "w:vMerge")
            is_covered = merged is not None and value(merged) != "restart"
            if is_covered:
                book.leave_out(text_below(cell), Why.HIDDEN, f"{part}: below a cell that reaches over it")
            cells.append(None if is_covered else cell)
            span = number(child(cell, "w:tcPr", "w:gridSpan")) or 1
            cells += [None] * (min(span, _MAX_SPAN) - 1)
        rows.append(Row(tuple(cells), bool(is_on(child(row, "w:trPr", "w:tblHeader")))))
    return rows


def is_data(rows: Sequence[Sequence[Sequence[Piece]]]) -> bool:
    """Tell whether a table of cells of pieces holds data, where another only places text on the page."""
    filled = [row for row in rows if any(row)]
    cells = [cell for row in filled for cell in row if cell]
    if len(filled) < 2 or max(len(row) for row in filled) < 2:  # noqa: PLR2004 - less is no table
        return False
    if any(piece.kind in {Kind.HEADING, Kind.ROW, Kind.RULE} for cell in cells for piece in cell):
        return False
    words = sum(len(piece.text.split()) for cell in cells for piece in cell) / len(cells)
    if len(cells) <= len(filled) or words > _MAX_CELL:
        return False
    has_marks = all(len(_letters(row[0])) <= _MAX_MARK for row in filled)
    return not has_marks or words < _MIN_ITEM


def row_runs(paragraphs: Sequence[Sequence[Run]]) -> tuple[Run, ...]:
    """Return the paragraphs of a cell as one text, a line for each."""
    runs: list[Run] = []
    for paragraph in paragraphs:
        runs += [Run("\n"), *paragraph] if runs else paragraph
    return join(runs)


def _letters(cell: Sequence[Piece]) -> str:
    return "".join(char for piece in cell for char in piece.text if char.isalnum())


def _inside(element: Element, short: str) -> Iterator[Element]:
    """Yield rows of a table or cells of a row, also those within content controls."""
    for each in element:
        if name(each) == short:
            yield each
        elif name(each) in _WRAPPERS:
            yield from _inside(each, short)
