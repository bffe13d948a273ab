"""A unit → its sentences: what a right is given or taken by.

Full stops within names (“Corp.”, “U.S.”) end no sentence; cells of a table and the bullets within them do.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.comparing.redline import sentence_starts
from smallprint.text import plain_text

if TYPE_CHECKING:
    from smallprint.text import Unit, Word

# fmt: off
_NO_END: Final = frozenset((
    "corp", "inc", "ltd", "llc", "co", "no", "nos", "sec", "art", "para", "eg", "ie", "etc",
    "vs", "mr", "ms", "dr", "st", "approx", "dept", "ave",
))
# fmt: on
# fmt: off
_BEGINS: Final = frozenset((
    "we", "our", "you", "your", "this", "these", "if", "for", "the", "in", "to", "by", "it", "they", "when",
    "where", "however",
))
# fmt: on
"""After “the E.U.”, these begin a sentence where they have a capital letter."""
_BULLETS: Final = frozenset("•\n")
_LETTER: Final = re.compile(r"[^\W\d_]")
_bounds: dict[Unit, list[tuple[int, int]]] = {}


def sentence_bounds(unit: Unit) -> list[tuple[int, int]]:
    """Return where each sentence of a unit begins and ends, in words."""
    known = _bounds.get(unit)
    if known is None:
        words = unit.words
        starts = [at for at in sentence_starts(words)[:-1] if not at or not _goes_on(words, at)]
        cuts = {*starts, *unit.cells, len(words)} | _items(unit)
        ordered = sorted(cuts)
        known = [
            _trimmed(words, a, b) for a, b in pairwise(ordered) if _has_letters(words[a:b]) and not _is_break(words, a)
        ]
        _bounds[unit] = known
    return known


@cache
def unit_sentences(unit: Unit) -> tuple[str, ...]:
    """Return the sentences of a unit as readers see them."""
    return tuple(plain_text(unit.words[a:b]).strip() for a, b in sentence_bounds(unit))


def _trimmed(words: tuple[Word, ...], start: int, end: int) -> tuple[int, int]:
    while words[start].text == "\n":
        start += 1
    while words[end - 1].text == "\n":
        end -= 1
    return start, end


def _has_letters(words: tuple[Word, ...]) -> bool:
    return any(_LETTER.search(word.text) for word in words)


def _goes_on(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether what begins at a word goes on from the sentence before."""
    if words[at - 1].text != ".":
        return words[at - 1].text == "\n" and words[at].text[:1].islower()
    if words[at].text[:1].islower():
        return True
    if words[at].text.lower() in _BEGINS:
        return False
    before = words[at - 2].text.lower() if at > 1 else ""
    # “e.g.”, “U.S.”, “B.V.”: single letters with a full stop each.
    is_initial = len(before) == 1 and words[at - 3].text == "." and not words[at - 2].space
    return before in _NO_END or (is_initial and at > 3)  # noqa: PLR2004


def _items(unit: Unit) -> set[int]:
    """Return where the lines of a table cell begin: `* Usage Data<br>* Voice Data`."""
    if unit.kind != "tr":
        return set()
    words = unit.words
    breaks = [at for at in range(len(words)) if _is_break(words, at)]
    return {at for at, word in enumerate(words) if word.text in _BULLETS} | {*breaks, *(at + 3 for at in breaks)}


def _is_break(words: tuple[Word, ...], at: int) -> bool:
    return "".join(word.text.lower() for word in words[at : at + 3]) == "<br>"
