"""The tables of a Word file: their rows and cells, and which of them hold data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_revisions import text_below
from smallprint.importing.docx_xml import Element, child, is_on, name, number, value
from smallprint.importing.draft import Kind, Piece, Run, Why
from smallprint.importing.runs import is_bold, join

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
_MAX_HEAD: Final = 6
"""How many words a cell of a header has that is one by its bold letters alone."""
_WRAPPERS: Final = frozenset({"w:sdt", "w:sdtContent", "w:customXml"})


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    cells: tuple[Element | None, ...]
    """A cell that reaches over several columns or rows is in each of its places; None for a place without a cell."""
    is_header: bool
    fresh: frozenset[int] = frozenset()
    """The places at which a cell begins; at the others one goes on from the row above or the column before."""


def read_rows(table: Element, book: Book, part: str) -> list[Row]:
    """Return the rows of a table, each with a place for every column.

    A cell that reaches over several rows is in each of them, and one that reaches over some of the columns in each of
    these, since a table in Markdown has no such cells and what it says holds for all of them. A cell as wide as the
    table is a line across it, and is there once; so is one in a header, where no two columns have the same name.
    """
    rows: list[Row] = []
    lines = [(row, list(_inside(row, "w:tc"))) for row in _inside(table, "w:tr")]
    width = max((_before(row) + sum(map(_span, cells)) for row, cells in lines), default=0)
    above: dict[int, Element] = {}
    for row, inside in lines:
        cells: list[Element | None] = [None] * _before(row)
        fresh: set[int] = set()
        is_header = bool(is_on(child(row, "w:trPr", "w:tblHeader")))
        for cell in inside:
            start, shown = len(cells), cell
            if _is_covered(cell, "w:vMerge"):
                book.leave_out(text_below(cell), Why.HIDDEN, f"{part}: below a cell that reaches over it")
                shown = above.get(start)
            elif _is_covered(cell, "w:hMerge"):
                book.leave_out(text_below(cell), Why.HIDDEN, f"{part}: beside a cell that reaches over it")
                shown = cells[-1] if cells else None
            else:
                fresh.add(start)
            span = _span(cell)
            is_once = span >= width or is_header or not rows
            cells += [shown, *([None if is_once else shown] * (span - 1))]
            is_high = child(cell, "w:tcPr", "w:vMerge") is not None
            above.update(dict.fromkeys(range(start, len(cells)), shown if is_high else None))
        rows.append(Row(tuple(cells), is_header, frozenset(fresh)))
    return rows


def is_data(rows: Sequence[Sequence[Sequence[Piece]]], *, has_header: bool = False) -> bool:
    """Tell whether a table of cells of pieces holds data, where another only places text on the page.

    Args:
        rows: The pieces in each cell, where a cell that reaches over others is in the first of its places only.
        has_header: Whether the document says of a row that it is the header.
    """
    filled = [row for row in rows if any(row)]
    cells = [cell for row in filled for cell in row if cell]
    width = max((len(row) for row in filled), default=0)
    if len(filled) < 2 or width < 2 or len(cells) <= len(filled):  # noqa: PLR2004 - less is no table
        return False
    if any(_is_section(cell) for cell in cells) or not _may_hold_tables(filled):
        return False
    if has_header or _is_bold_header(filled):
        return True
    words = sum(len(piece.text.split()) for cell in cells for piece in cell) / len(cells)
    if words > _MAX_CELL:
        return False
    has_marks = width == 2 and all(len(_letters(row[0])) <= _MAX_MARK for row in filled)  # noqa: PLR2004
    return not has_marks or words < _MIN_ITEM


def _is_section(cell: Sequence[Piece]) -> bool:
    """Tell whether a cell holds a part of a document: a heading with its text, or a line across."""
    kinds = [piece.kind for piece in cell]
    return Kind.RULE in kinds or (Kind.HEADING in kinds and any(kind is not Kind.HEADING for kind in kinds))


def _may_hold_tables(rows: Sequence[Sequence[Sequence[Piece]]]) -> bool:
    """Tell whether tables within cells are details of rows that say something else too."""
    for row in rows:
        held = [any(piece.kind is Kind.ROW for piece in cell) for cell in row if cell]
        if any(held) and (held[0] or all(held)):
            return False
    return True


def _is_bold_header(rows: Sequence[Sequence[Sequence[Piece]]]) -> bool:
    """Tell whether the first row is one of short texts in bold above others that are not."""
    first = [piece for cell in rows[0] for piece in cell]
    is_short = all(len(piece.text.split()) <= _MAX_HEAD for piece in first)
    below = (piece for row in rows[1:] for cell in row for piece in cell)
    return is_short and len(rows[0]) > 1 and all(map(_is_bold, first)) and not all(map(_is_bold, below))


def _is_bold(piece: Piece) -> bool:
    return piece.kind is Kind.HEADING or is_bold(piece.runs)


def _is_covered(cell: Element, kind: str) -> bool:
    merged = child(cell, "w:tcPr", kind)
    return merged is not None and value(merged) != "restart"


def _span(cell: Element) -> int:
    return max(1, min(number(child(cell, "w:tcPr", "w:gridSpan")) or 1, _MAX_SPAN))


def _before(row: Element) -> int:
    return max(0, min(number(child(row, "w:trPr", "w:gridBefore")) or 0, _MAX_SPAN))


def flat_row(cells: Sequence[Sequence[Run]]) -> tuple[Run, ...]:
    """Return a row of a table within a cell as one text: `Session – 30 days`."""
    runs: list[Run] = []
    for cell in cells:
        if cell:
            runs += [Run(" – "), *cell] if runs else cell
    return join(runs)


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
