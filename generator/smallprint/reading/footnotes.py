"""Footnotes → the clauses whose words they explain.

A note belongs to the clause that first refers to it, wherever its definition is written: a change of the note is a
change of that clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallprint.errors import Fault
from smallprint.text import is_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.text import Block


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as it is defined."""

    label: str
    block: Block
    line: int
    """From 0, within the body."""
    clause: int
    """The position of the clause in which it is defined."""


def share_notes(clauses: Sequence[Sequence[Block]], notes: Sequence[Note]) -> tuple[list[list[Block]], list[Note]]:
    """Hand out notes to clauses.

    Args:
        clauses: the blocks of each clause, without notes.
        notes: all notes, in the order of their definitions.

    Returns:
        The notes of each clause, in the order in which it refers to them. Those that nothing refers to, or whose label
        an earlier one has, stay in the clause in which they are defined, so that no word is lost; and these notes.
    """
    shares: list[list[Block]] = [[] for _ in clauses]
    waiting: dict[str, Note] = {}
    for note in notes:
        waiting.setdefault(note.label, note)
    again = [note for note in notes if waiting[note.label] is not note]
    for blocks, share in zip(clauses, shares, strict=True):
        to_read = list(blocks)
        for block in to_read:
            for label in _references(block):
                found = waiting.pop(label, None)
                if found:
                    share.append(found.block)
                    # A note may refer to another one.
                    to_read.append(found.block)
    left = [*waiting.values(), *again]
    for note in sorted(left, key=lambda note: note.line):
        shares[note.clause].append(note.block)
    return shares, left


def _references(block: Block) -> Iterator[str]:
    """Yield the labels that a block refers to."""
    for unit in block.units:
        for word in unit.words:
            if is_reference(word):
                yield word.marks[-1].target


def note_faults(
    notes: Sequence[Note], left: Sequence[Note], path: str, first_line: int, lines: list[str]
) -> Iterator[Fault]:
    """Yield what is wrong with notes.

    Args:
        notes: all of them.
        left: those that belong to no reference.
        path: the file's name, as faults show it.
        first_line: the number of the body's first line in its file.
        lines: the lines of the body.
    """
    firsts: dict[str, Note] = {}
    for note in notes:
        firsts.setdefault(note.label, note)
    for note in notes:
        if not any(unit.words for unit in note.block.units):
            what = f"The footnote [^{note.label}] has no words."
            remedy = "Write them behind the colon, or indented by four spaces below it."
            text = lines[note.line]
            column = max(text.find("[^"), 0)
            yield Fault(path, note.line + first_line, column + 1, "SP414", what, remedy, excerpt=text, width=len(text))
    for note in left:
        sign = f"[^{note.label}]"
        text = lines[note.line]
        if firsts[note.label] is note:
            code, what = "SP410", f"Nothing refers to the footnote {sign}."
            remedy = f"Write {sign} behind the words it explains, or make it a paragraph of the text."
        else:
            code = "SP411"
            what = f"The footnote {sign} is defined twice (first on line {firsts[note.label].line + first_line})."
            remedy = "Give one of the two notes another label, and use it where the text refers to that note."
        column = max(text.find(sign), 0)
        yield Fault(path, note.line + first_line, column + 1, code, what, remedy, excerpt=text, width=len(sign))
