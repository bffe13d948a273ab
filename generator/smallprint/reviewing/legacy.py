"""The hashes that were written before structure counted, kept to the letter.

Reviews, `published.json` and plans that hold them are in the repositories of others, so they have to be found again
for ever. Nothing new is bound by them:

- `legacy_words_digest` sees the words of each paragraph or table row and the targets of its links. It does not see
  cells, columns, lists, their levels and numbers, quotations, headings, formatting or the titles of links. So it says
  that a change may be the one that was decided on, and never that it is.
- `legacy_fingerprint` sees all that but for where one list, quotation or table ends and the next begins. It also takes
  italics in bold and bold in italics for two things.
"""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import msgspec

from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.model import Change, Clause, Version
    from smallprint.text import Block, Mark, Unit, Word

_LEGACY: Final = re.compile(r"[0-9a-f]+")
_blocks: dict[Block, bytes] = {}
"""Block → its hash, for the life of the process."""


def is_legacy(words: str) -> bool:
    """Tell whether a hash, in a review, in `published.json` or in a plan, is of this form.

    >>> is_legacy("257ec8c7498a9c0218c94a766d845bec"), is_legacy("2:57ec8c7498a9c0218c94a766d845be")
    (True, False)
    """
    return bool(_LEGACY.fullmatch(words))


def legacy_words_digest(change: Change) -> str:
    """Return the 32 hex digits by which a review called a change."""
    own = hashlib.sha256()
    for clauses in (change.old, change.new):
        own.update(_side(clauses).encode("utf-8", "surrogatepass") + b"\0")
    return own.hexdigest()[:32]


def _side(clauses: tuple[Clause, ...]) -> str:
    lines = []
    for clause in clauses:
        for unit in clause.units:
            targets = dict.fromkeys(mark.target for word in unit.words for mark in _written(word) if mark.target)
            lines.append("\t".join((plain_text(unit.words), *targets)))
        if clause.promise:
            lines.append(f"promise {clause.promise.days or ''} {clause.promise.by}")
    return "\n".join(lines)


def legacy_fingerprint(blocks: Iterable[Block]) -> str:
    """Return the 64 hex digits by which `published.json` called blocks."""
    own = hashlib.sha256()
    for block in blocks:
        own.update(_blocks.get(block) or _remember(block))
    return own.hexdigest()


def legacy_fingerprint_of(version: Version) -> str:
    """Return the same of all that readers see of a version's text."""
    return legacy_fingerprint(block for clause in version.clauses for block in clause.blocks)


def _remember(block: Block) -> bytes:
    data = msgspec.json.encode([_unit(unit) for unit in block.units])
    digest = _blocks[block] = hashlib.sha256(data).digest()
    return digest


def _unit(unit: Unit) -> list[Any]:
    path = [[container.kind, container.number, *filter(None, [container.label])] for container in unit.path]
    cells = [unit.words[start:end] for start, end in pairwise((0, *unit.cells))] if unit.cells else [unit.words]
    return [unit.kind, path, unit.new_items, list(unit.aligns), unit.info, [_runs(cell) for cell in cells]]


def _runs(words: tuple[Word, ...]) -> list[list[Any]]:
    runs: list[tuple[tuple[Mark, ...], list[str]]] = []
    before = "\n"
    for word in words:
        marks = _written(word)
        if not runs or runs[-1][0] != marks:
            runs.append((marks, []))
        runs[-1][1].append(f" {word.text}" if _is_after_space(before, word) else word.text)
        before = word.text
    return [["".join(texts), [list(mark) for mark in marks]] for marks, texts in runs]


def _written(word: Word) -> tuple[Mark, ...]:
    return word.written or word.marks


def _is_after_space(before: str, word: Word) -> bool:
    """Tell whether a space is seen before a word: none is at the beginning or the end of a line."""
    return word.space and "\n" not in (before, word.text)
