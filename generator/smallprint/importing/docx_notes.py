"""Footnotes and endnotes of a Word file → blocks that belong to a note, under the label that refers to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smallprint.importing.docx_body import Body, texts_of
from smallprint.importing.docx_book import NOTES
from smallprint.importing.docx_lists import settle_lists
from smallprint.importing.docx_revisions import has_text
from smallprint.importing.docx_xml import children, value
from smallprint.importing.draft import Kind, Why
from smallprint.importing.runs import cut, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.importing.docx_book import Book
    from smallprint.importing.draft import Piece


def read_notes(book: Book) -> Iterator[Piece]:
    """Yield the blocks of the notes that the text refers to; notes it does not refer to are left out."""
    parts = [(kind, part) for kind in NOTES for part in book.parts(f"{kind}s")]
    notes = {
        (kind, value(note, "w:id")): (part, note)
        for kind, part in parts
        for note in children(book.story(part), f"w:{kind}")
    }
    done = 0
    while done < len(book.note_labels):  # a note may refer to another one
        key, label = list(book.note_labels.items())[done]
        done += 1
        if key in notes:
            part, note = notes.pop(key)
            yield from _blocks(list(settle_lists(Body(book, part).read(note))), label)
    for part, note in notes.values():
        if has_text(note):
            text = " ".join(texts_of(Body(book, part).read(note)))
            book.leave_out(text, Why.FOOTNOTE, f"{part}: a note that the text does not refer to")


def _blocks(pieces: list[Piece], label: str) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        runs = piece.runs
        text = piece.text.lstrip()
        if not place and not any(char.isalnum() for char in label) and text.startswith(label):
            # The mark of one's own that begins the note, which is its label now.
            runs = tidy(cut(runs, piece.text.index(label) + len(label))[1])
        kind = Kind.PARAGRAPH if piece.kind is Kind.HEADING else piece.kind
        yield replace(piece, kind=kind, runs=runs, level=0, note=label)
