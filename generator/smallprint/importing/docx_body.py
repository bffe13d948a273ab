"""The blocks of a Word file → pieces: paragraphs, headings, items of lists, rows of tables."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.importing.docx_drawing import alternative
from smallprint.importing.docx_inline import Inline, Line
from smallprint.importing.docx_revisions import has_text, text_below
from smallprint.importing.docx_styles import Style, outline_level
from smallprint.importing.docx_tables import flat_row, is_data, read_rows, row_runs
from smallprint.importing.docx_xml import Element, child, is_on, name, number, value
from smallprint.importing.draft import Kind, Piece, Run, Why
from smallprint.importing.runs import join, tidy, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.importing.docx_book import Book
    from smallprint.importing.docx_numbering import Mark

_MAX_HEADING: Final = 40
"""A paragraph of more words is no heading, whatever its style says: some number whole clauses by heading styles."""
_MAX_HEADS: Final = 2
"""How many lines a table of contents has above its entries."""
_CONTENTS: Final = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis|sübersicht)?|table des matières|sommaire|índice|"
    r"(?:tabla de )?contenidos?|tabela de conteúdo|sumário|indice|sommario|inhoud(?:sopgave)?|"
    r"innehåll(?:sförteckning)?|indhold(?:sfortegnelse)?|innhold(?:sfortegnelse)?|sisällys(?:luettelo)?|"
    r"spis treści|obsah|оглавление|содержание|目录|目次|차례|목차|المحتويات",
    re.IGNORECASE,
)
"""What stands above tables of contents."""
_CONTINUED: Final = frozenset({"list continue", "list continue 2", "list continue 3", "list continue 4"})


class Found(NamedTuple):
    """A piece, and what Word puts before it."""

    piece: Piece
    mark: Mark | None = None
    is_continued: bool = False
    """Whether it goes on an item of a list by its style."""
    is_title: bool = False
    """Whether it is the title of the whole document."""


class Body:
    """Reads the blocks of one part."""

    def __init__(self, book: Book, part: str) -> None:
        self.found: list[Found] = []
        self._book = book
        self._part = part
        self._inline = Inline(book, part)
        self._tables = count(1)

    def read(self, root: Element) -> list[Found]:
        """Read all blocks below an element, and end what has begun."""
        self.blocks(root)
        self._inline.finish()
        return self.found

    def blocks(self, element: Element | None) -> None:
        """Read the blocks in an element."""
        for each in () if element is None else element:
            match name(each):
                case "w:p":
                    self._paragraph(each)
                case "w:tbl":
                    self._table(each)
                case "w:altChunk":
                    self._chunk(each)
                case "mc:AlternateContent":
                    self.blocks(alternative(each, self._book, self._part))
                case "w:sdt":
                    self._content_control(each)
                case "w:sdtPr" | "w:sectPr" | "w:tcPr" | "w:tblPr" | "w:trPr" | "w:customXmlPr" | "":
                    pass
                case _:
                    self.blocks(each)

    def _content_control(self, element: Element) -> None:
        content = child(element, "w:sdtContent")
        if is_on(child(element, "w:sdtPr", "w:showingPlcHdr")) and content is not None:
            where = f"{self._part}: an entry that is not filled in"
            self._book.leave_out(text_below(content), Why.FORM, where)
        elif value(child(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")) == "Table of Contents":
            self._contents(content)
        else:
            self.blocks(content)

    def _contents(self, content: Element | None) -> None:
        """Leave out what Word made as a table of contents, with the words above it."""
        inside = self._cell(content)
        is_head = len(inside) <= _MAX_HEADS
        for each in inside if is_head else ():
            self._book.leave_out(each.piece.text, Why.REPEATED, f"{self._part}: table of contents")
        self.found += [] if is_head else inside

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "w:pPr")
        style = self._book.styles.of_paragraph(properties)
        if is_initial(paragraph):
            # A large first letter is a paragraph of its own, before the one it begins.
            for box in self._inline.begin(paragraph, style).boxes:
                self.blocks(box)
            return
        line = self._inline.read(paragraph, style)
        if line.is_contents:
            self._leave_out_head()
        mark = None if line.is_hidden else self._mark(properties, style)
        if line.runs:
            self.found.append(self._made(line, style, outline_level(properties, style), mark))
        if line.has_rule:
            self.found.append(Found(Piece(Kind.RULE)))
        for box in line.boxes:
            self.blocks(box)

    def _made(self, line: Line, style: Style, level: int, mark: Mark | None) -> Found:
        words = sum(len(run.text.split()) for run in line.runs)
        if style.is_title and words <= _MAX_HEADING:
            return Found(Piece(Kind.HEADING, _plain(line.runs), 1), is_title=True)
        if level and words <= _MAX_HEADING:
            return Found(Piece(Kind.HEADING, _plain(with_mark(line.runs, mark)), level))
        if mark:
            return Found(Piece(Kind.ITEM, line.runs, number=mark.number), mark)
        kind = Kind.QUOTE if style.is_quote else Kind.PARAGRAPH
        return Found(Piece(kind, line.runs), is_continued=style.is_one_of(_CONTINUED))

    def _mark(self, properties: Element, style: Style) -> Mark | None:
        """Count the paragraph in its list, if it is in one."""
        direct = child(properties, "w:numPr")
        list_id, level = value(child(direct, "w:numId")), number(child(direct, "w:ilvl"))
        if not list_id:
            list_id, by_style = style.numbering
            if list_id and level is None:
                level = by_style
                if level is None:
                    level = self._book.numbering.level_of_style(list_id, style.style_id)
        if not list_id or list_id == "0":
            return None
        return self._book.numbering.count(list_id, level or 0, self._language(properties, style))

    def _language(self, properties: Element, style: Style) -> str:
        """Return the language of a paragraph's number: that of its end, of its style, or of the document."""
        own = value(child(properties, "w:rPr", "w:lang"))
        return own or style.language or self._book.language

    def _leave_out_head(self) -> None:
        """Leave out the words above a table of contents that is left out: they head nothing."""
        last = self.found[-1] if self.found else None
        if last and last.piece.kind in {Kind.PARAGRAPH, Kind.HEADING} and _CONTENTS.fullmatch(last.piece.text.strip()):
            self.found.pop()
            self._book.leave_out(last.piece.text, Why.REPEATED, f"{self._part}: table of contents")

    def _table(self, table: Element) -> None:
        """Read a table: as rows where it holds data, else as the blocks in its cells, one after the other."""
        rows = read_rows(table, self._book, self._part)
        read: dict[Element, list[Found]] = {}
        for row in rows:
            # A cell that reaches over several places is read, and its lists are counted, once.
            read |= {cell: self._cell(cell) for at in sorted(row.fresh) if (cell := row.cells[at]) is not None}
        cells = [
            [read[cell] if cell is not None and at in row.fresh else [] for at, cell in enumerate(row.cells)]
            for row in rows
        ]
        has_header = any(row.is_header for row in rows)
        if not is_data([[[found.piece for found in cell] for cell in row] for row in cells], has_header=has_header):
            self.found += [found for row in cells for cell in row for found in cell]
            return
        table_number = next(self._tables)
        is_first = True
        for row in rows:
            texts = tuple(row_runs(_lines_of(read.get(cell, []))) for cell in row.cells)
            if any(texts):
                is_bold = is_first and all(run.strong for text in texts for run in text if run.text.strip())
                piece = Piece(Kind.ROW, cells=texts, is_header=row.is_header or is_bold, table=table_number)
                self.found.append(Found(piece))
                is_first = False

    def _cell(self, cell: Element | None) -> list[Found]:
        kept, self.found = self.found, []
        self.blocks(cell)
        inside, self.found = self.found, kept
        return inside

    def _chunk(self, element: Element) -> None:
        """List a document within the document."""
        relation = self._book.package.relations(self._part).get(value(element, "r:id"))
        target = relation.target if relation else ""
        data = self._book.package.read(target) if target else b""
        text = data.decode("utf-8", errors="replace") if data[:2] != b"PK" else ""
        self._book.leave_out(text or f"A document: {target}", Why.EMBEDDED, target or self._part, is_sure=False)


def with_mark(runs: tuple[Run, ...], mark: Mark | None) -> tuple[Run, ...]:
    """Put the number before a text, as it shows."""
    if mark is None or not runs:
        return runs
    is_joined = mark.is_tight and not (mark.text[-1:].isalnum() and runs[0].text[:1].isalnum())
    text = (mark.text or "•") + ("" if is_joined else " ")
    return tidy([replace(runs[0], text=text, target="", code=False, note=""), *runs])


def _lines_of(cell: list[Found]) -> list[tuple[Run, ...]]:
    """Return what is in a cell, a line for each piece; rows of a table in it end with a semicolon."""
    lines = []
    for found, after in zip_longest(cell, cell[1:]):
        if found.piece.kind is not Kind.ROW:
            lines.append(with_mark(found.piece.runs, found.mark))
        else:
            end = Run(";") if after and after.piece.kind is Kind.ROW else Run("")
            lines.append(join([*flat_row(found.piece.cells), end]))
    return lines


def is_initial(paragraph: Element) -> bool:
    """Tell whether a paragraph is a large first letter and the next one, beside it, goes on with its word."""
    frame = child(paragraph, "w:pPr", "w:framePr")
    if value(frame, "w:dropCap") not in {"drop", "margin"}:
        return False
    after = next((each for each in paragraph.itersiblings() if name(each) in {"w:p", "w:tbl", "w:sdt"}), None)
    if after is not None and name(after) == "w:sdt" and not is_on(child(after, "w:sdtPr", "w:showingPlcHdr")):
        content = child(after, "w:sdtContent")
        after = None if content is None else next(content.iterchildren(), None)
    return after is not None and name(after) == "w:p" and has_text(after)


def _plain(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the text of a heading without what makes headings look like headings."""
    is_slanted = all(run.emphasis for run in runs if run.text.strip())
    return without(runs, strong=True, emphasis=is_slanted)


def texts_of(found: list[Found]) -> Iterator[str]:
    """Yield the text of each piece, with the number before it."""
    for each in found:
        mark = f"{each.mark.text} " if each.mark and each.mark.text else ""
        yield mark + each.piece.text
