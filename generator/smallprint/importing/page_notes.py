"""Footnotes of a page: those that the text refers to, and what has to be said otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smallprint.importing.draft import Kind, Piece, Run
from smallprint.importing.raised import raised
from smallprint.importing.runs import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def settle_notes(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces in which each reference has its note and each note a reference; the others become text."""
    defined = {piece.note for piece in pieces if piece.note and piece.text.strip()}
    waiting = list(_references(piece for piece in pieces if not piece.note))
    used: set[str] = set()
    while waiting:
        label = waiting.pop()
        if label in defined and label not in used:
            used.add(label)
            waiting += _references(piece for piece in pieces if piece.note == label)
    if not defined and not waiting and not any(True for _ in _references(pieces)):
        return tuple(pieces)
    return tuple(_settled(pieces, used))


def without_note_titles(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return pieces without the titles and lines that are above nothing but notes, and these titles."""
    kept: list[Piece] = []
    dropped: list[Piece] = []
    for piece in pieces:
        if piece.note and not (kept and kept[-1].note):
            while kept and kept[-1].kind in {Kind.HEADING, Kind.RULE}:
                last = kept.pop()
                dropped += [last] if last.kind is Kind.HEADING else []
        kept.append(piece)
    return tuple(kept), tuple(dropped)


def _references(pieces: Iterator[Piece] | Sequence[Piece]) -> Iterator[str]:
    return (run.note for piece in pieces for runs in (piece.runs, *piece.cells) for run in runs if run.note)


def _settled(pieces: Sequence[Piece], used: set[str]) -> Iterator[Piece]:
    before = ""
    for piece in pieces:
        runs = _without_dead(piece.runs, used)
        cells = tuple(_without_dead(cell, used) for cell in piece.cells)
        is_used = piece.note in used
        if piece.note and not is_used and piece.note != before and piece.kind is not Kind.ROW:
            runs = tidy((Run(f"[{piece.note}] "), *runs))
        before = piece.note
        note = piece.note if is_used else ""
        is_same = runs is piece.runs and note == piece.note and not cells
        yield piece if is_same else replace(piece, runs=runs, cells=cells, note=note)


def _without_dead(runs: tuple[Run, ...], used: set[str]) -> tuple[Run, ...]:
    if not any(run.note and run.note not in used for run in runs):
        return runs
    return tuple(run if not run.note or run.note in used else _as_text(run) for run in runs)


def _as_text(run: Run) -> Run:
    return replace(run, text=raised(run.note, "") or run.text, note="")
