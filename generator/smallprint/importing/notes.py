"""Footnotes of a draft → the sections whose words refer to them."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from smallprint.importing.draft import Piece, Run
from smallprint.importing.runs import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.importing.structure import Section


def known_notes(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of the text itself, with references to no other notes than there are and that have words."""
    labels = frozenset(piece.note for piece in pieces if piece.note and piece.text.strip())
    return tuple(_known(piece, labels) for piece in pieces if not piece.note)


def with_notes(sections: Sequence[Section], notes: Sequence[Piece]) -> tuple[Section, ...]:
    """Return the sections, each with the notes that it is the first to refer to behind its other pieces.

    A note that nothing refers to is text of the last section, so that no word of it is lost.
    """
    labels = frozenset(note.note for note in notes)
    waiting = {
        label: [_known(piece, labels) for piece in group] for label, group in groupby(notes, lambda note: note.note)
    }
    done = []
    for section in sections:
        pieces = list(section.pieces)
        for piece in pieces:  # a note may refer to another one, and grows the list
            for label in _references(piece):
                pieces += waiting.pop(label, [])
        done.append(replace(section, pieces=tuple(pieces)))
    if done and waiting:
        rest = [piece for label, group in waiting.items() for piece in _as_text(label, group)]
        own = [piece for piece in done[-1].pieces if not piece.note]
        shared = [piece for piece in done[-1].pieces if piece.note]
        done[-1] = replace(done[-1], pieces=(*own, *rest, *shared))
    return tuple(done)


def _references(piece: Piece) -> Iterator[str]:
    """Yield the labels that a piece refers to."""
    return (run.note for runs in (piece.runs, *piece.cells) for run in runs if run.note)


def _known(piece: Piece, labels: frozenset[str]) -> Piece:
    if all(label in labels for label in _references(piece)):
        return piece
    cells = tuple(tuple(_with_known(cell, labels)) for cell in piece.cells)
    return replace(piece, runs=tuple(_with_known(piece.runs, labels)), cells=cells)


def _with_known(runs: Iterable[Run], labels: frozenset[str]) -> Iterator[Run]:
    return (run if run.note in labels else replace(run, note="") for run in runs)


def _as_text(label: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        runs = piece.runs if place or piece.cells else tidy([Run(f"[{label}] "), *piece.runs])
        yield replace(piece, runs=runs, note="")
