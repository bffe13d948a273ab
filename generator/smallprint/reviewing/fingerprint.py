"""A text → a hash of all that readers see of it, the same for ever.

What counts is what a page shows: the words with their formatting, the targets of links, headings and lists. How the
lines of the source are broken and what a clause is called do not count; nor does how this program cuts text into words,
so that a later version of it finds the same hash.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.model import Version
    from smallprint.text import Block, Mark, Unit, Word

_blocks: dict[Block, bytes] = {}
"""Block → the hash of what readers see of it, for the life of the process: versions share most of their blocks."""


def fingerprint(blocks: Iterable[Block]) -> str:
    """Return 64 hex digits that differ wherever two runs of blocks look different."""
    own = hashlib.sha256()
    for block in blocks:
        own.update(_blocks.get(block) or _remember(block))
    return own.hexdigest()


def fingerprint_of(version: Version) -> str:
    """Return the same of all that readers see of a version's text."""
    return fingerprint(block for clause in version.clauses for block in clause.blocks)


def _remember(block: Block) -> bytes:
    data = msgspec.json.encode([_unit(unit) for unit in block.units])
    digest = _blocks[block] = hashlib.sha256(data).digest()
    return digest


def _unit(unit: Unit) -> list[Any]:
    path = [[container.kind, container.number, *filter(None, [container.label])] for container in unit.path]
    cells = [unit.words[start:end] for start, end in pairwise((0, *unit.cells))] if unit.cells else [unit.words]
    return [unit.kind, path, unit.new_items, list(unit.aligns), unit.info, [_runs(cell) for cell in cells]]


def _runs(words: tuple[Word, ...]) -> list[list[Any]]:
    """Return the stretches of text with equal formatting, each with that formatting."""
    runs: list[tuple[tuple[Mark, ...], list[str]]] = []
    before = "\n"
    for word in words:
        if not runs or runs[-1][0] != word.marks:
            runs.append((word.marks, []))
        runs[-1][1].append(f" {word.text}" if _is_after_space(before, word) else word.text)
        before = word.text
    return [["".join(texts), [list(mark) for mark in marks]] for marks, texts in runs]


def _is_after_space(before: str, word: Word) -> bool:
    """Tell whether a space is seen before a word: none is at the beginning or the end of a line."""
    return word.space and "\n" not in (before, word.text)
