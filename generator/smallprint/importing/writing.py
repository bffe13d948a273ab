"""Sections with their ids → Markdown as one would have written it by hand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind, Run
from smallprint.importing.inline import write_cell, write_heading, write_text
from smallprint.importing.runs import tidy
from smallprint.importing.sentences import one_a_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smallprint.importing.draft import Piece
    from smallprint.importing.structure import Section

_PLAIN_VALUE: Final = re.compile(r"[^\W_](?:[^:#\n\"'\\{}\[\],&*!|>%@`]|:(?=[^\s])|,(?=\s)|[#](?<=[^\s]#))*(?<![:\s])")
_FENCE: Final = re.compile(r"^[ \t>*+\-0-9.)]*(?:```|~~~)", re.MULTILINE)
_MAX_NUMBER: Final = 999_999_999


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between the braces of a clause."""

    clause_id: str
    """Empty for text above the title, which has none."""
    was: tuple[str, ...] = ()
    promise: str = ""
    """`promise=notice days=30`, as it stood."""
    rows: str = ""
    """The column that names the rows of its table, as `rows=` says it."""

    def __str__(self) -> str:
        """Return it as it is written."""
        was = f' was="{" ".join(self.was)}"' if self.was else ""
        rows = f" rows={self.rows}" if self.rows else ""
        return f"{{#{self.clause_id}{was}{' ' + self.promise if self.promise else ''}{rows}}}"


def write_version(
    head: Mapping[str, str], sections: Sequence[Section], marks: Sequence[Mark], *, sentences: bool = False
) -> str:
    """Return a whole file.

    Args:
        head: keys and values of the front matter; empty values are left out.
        sections: what the text is made of.
        marks: the mark of each section.
        sentences: whether each sentence stands on a line of its own.
    """
    lines = [f"{key}: {_value(value)}" for key, value in head.items() if value]
    parts = ["\n".join(["---", *lines, "---"])] if lines else []
    writer = _Writer(sentences=sentences)
    for section, mark in zip(sections, marks, strict=True):
        blocks = list(writer.blocks(section.pieces))
        if not mark.clause_id:
            pass
        elif section.has_heading:
            blocks[0] = f"{'#' * section.level} {write_heading(section.pieces[0].runs)} {mark}"
        else:
            blocks[0] = f"{mark}\n{blocks[0]}"
        parts += blocks
    return "\n\n".join(parts) + "\n"


def write_notes(notes: Sequence[Piece], *, sentences: bool = False) -> str:
    """Return footnotes as they are defined at the end of a file; empty where there are none."""
    writer = _Writer(sentences=sentences)
    parts = []
    for label, group in groupby(notes, key=lambda piece: piece.note):
        blocks = "\n\n".join(writer.blocks([replace(piece, note="", level=0) for piece in group]))
        first, *rest = blocks.split("\n")
        parts.append("\n".join([f"[^{label}]: {first}", *(f"    {line}" if line else "" for line in rest)]))
    return "\n\n".join(parts)


def _value(value: str) -> str:
    value = " ".join(value.split())
    return value if _PLAIN_VALUE.fullmatch(value) else json.dumps(value, ensure_ascii=False)


class _Writer:
    def __init__(self, *, sentences: bool) -> None:
        self._sentences = sentences

    def blocks(self, pieces: Sequence[Piece]) -> Iterator[str]:
        """Yield the Markdown of each block."""
        shown = _without_outer_rules(pieces)
        for key, group in groupby(shown, key=_group_of):
            gathered = list(group)
            if key == "list":
                yield "\n".join(_List(self).lines(gathered)).lstrip("\n")
            elif key.startswith("table"):
                yield _table(gathered)
            elif key == "quote":
                texts = (self.text(piece.runs) for piece in gathered)
                yield "\n>\n".join("\n".join(f"> {line}" for line in text.split("\n")) for text in texts)
            else:
                yield from map(self.block, gathered)

    def block(self, piece: Piece) -> str:
        """Return the Markdown of one piece that is no item and no row."""
        if piece.kind is Kind.RULE:
            return "---"
        if piece.kind is Kind.PREFORMATTED:
            return self._preformatted(piece)
        if piece.kind is Kind.ROW:
            return _table([piece])
        if piece.kind is Kind.HEADING:
            return self.text([replace(run, strong=True) for run in piece.runs])
        return self.text(piece.runs)

    def text(self, runs: Sequence[Run]) -> str:
        """Return the Markdown of running text."""
        runs = tidy(runs)
        return write_text(one_a_line(runs) if self._sentences else runs)

    def _preformatted(self, piece: Piece) -> str:
        text = "".join(run.text for run in piece.runs).strip("\n")
        if _FENCE.search(text):
            return self.text([Run(text)])
        return f"```\n{text}\n```"


def _without_outer_rules(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out lines across the page at the edges of a section, where headings part the text as well."""
    kept = list(pieces)
    while kept and kept[-1].kind is Kind.RULE:
        kept.pop()
    return [
        piece
        for at, piece in enumerate(kept)
        if piece.kind is not Kind.RULE or (at and kept[at - 1].kind is not Kind.HEADING)
    ]


def _group_of(piece: Piece) -> str:
    if piece.depth and (piece.kind is not Kind.HEADING):
        return "list"
    if piece.kind is Kind.ITEM:
        return "list"
    if piece.kind is Kind.ROW:
        return f"table {piece.table}"
    return "quote" if piece.kind is Kind.QUOTE else "block"


def _table(rows: Sequence[Piece]) -> str:
    columns = max(len(row.cells) for row in rows)
    lines = []
    for row in rows:
        cells = [write_cell(cell) for cell in row.cells] + [""] * (columns - len(row.cells))
        lines.append("| " + " | ".join(cells) + " |")
    lines.insert(1, "| " + " | ".join(["---"] * columns) + " |")
    return "\n".join(lines)


@dataclass(slots=True)
class _Open:
    """A list that is open."""

    indent: int
    """Of its items."""
    sign: str
    """`-` or `*`, or what follows a number: `.` or `)`."""
    number: int
    """Of its last item; 0 in a list of bullets."""
    inner: int
    """The indent of what stands in its last item."""


class _List:
    """Writes the pieces of lists that stand one after another."""

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer
        self._open: list[_Open] = []

    def lines(self, pieces: Iterable[Piece]) -> Iterator[str]:
        """Yield lines."""
        is_loose = False
        table: list[Piece] = []
        for piece in pieces:
            if piece.kind is Kind.ROW:
                table.append(piece)
                continue
            if table:
                yield from self._block(_table(table))
                table, is_loose = [], True
            if piece.kind is Kind.RULE or not piece.text.strip():
                continue
            if piece.kind is Kind.ITEM and piece.is_first:
                yield from self._item(piece, is_loose=is_loose)
                is_loose = False
            else:
                del self._open[max(piece.depth, 1) :]
                quote = "> " if piece.kind is Kind.QUOTE else ""
                yield from self._block("\n".join(quote + line for line in self._writer.block(piece).split("\n")))
                is_loose = True
        if table:
            yield from self._block(_table(table))

    def _item(self, piece: Piece, *, is_loose: bool) -> Iterator[str]:
        depth = min(max(piece.depth, 1), len(self._open) + 1)
        number = piece.number if 0 < piece.number <= _MAX_NUMBER else 0
        before = self._open[depth - 1] if len(self._open) >= depth else None
        is_nested = len(self._open) == depth - 1 and depth > 1
        del self._open[depth - 1 :]
        indent = self._open[-1].inner if self._open else 0
        sign = "." if number else "-"
        is_same = before is not None and bool(before.number) == bool(number)
        if before is not None and is_same:
            goes_on = not number or number == before.number + 1
            sign = before.sign if goes_on else ")" if before.sign == "." else "."
        marker = f"{number}{sign}" if number else sign
        now = _Open(indent, sign, number, indent + len(marker) + 1)
        self._open.append(now)
        text = self._writer.text(piece.runs)
        if piece.number > _MAX_NUMBER:
            text = self._writer.text((Run(f"{piece.number}. "), *piece.runs))
        if is_loose or (is_nested and number > 1):
            yield ""
        first, *rest = text.split("\n")
        yield f"{' ' * indent}{marker} {first}"
        yield from (f"{' ' * now.inner}{line}" for line in rest)

    def _block(self, text: str) -> Iterator[str]:
        indent = self._open[-1].inner if self._open else 0
        yield ""
        yield from (" " * indent + line if line else "" for line in text.split("\n"))
