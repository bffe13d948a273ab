"""One side of a comparison of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.text import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.text import Unit


BOUNDARY: Final = Word("¶")
"""Stands between two units of a row, so that the end of a paragraph can itself be kept, added or removed."""
_BOUNDARY_CHAR: Final = "\x01"


def row_words(units: Sequence[Unit]) -> tuple[Word, ...]:
    """Return the words of one side of a row, with a boundary between each two units."""
    words: list[Word] = []
    for index, unit in enumerate(units):
        if index:
            words.append(BOUNDARY)
        words.extend(unit.words)
    return tuple(words)


def row_chars(units: Sequence[Unit]) -> str:
    """Return the same as one character for each word."""
    return _BOUNDARY_CHAR.join(unit.chars for unit in units)


def split_at_boundaries(chars: str) -> list[str]:
    """Return the words between boundaries, one character each."""
    return chars.split(_BOUNDARY_CHAR)


@dataclass(frozen=True, slots=True)
class Side:
    """A run of words with what they are compared by."""

    words: Sequence[Word]
    chars: str
    """One character for each word, equal where words are the same (`smallprint.words.encode`)."""

    @classmethod
    def of(cls, *units: Unit) -> Side:
        """Return units as a side, with a boundary between each two."""
        return cls(row_words(units), row_chars(units))

    def part(self, start: int, end: int) -> Side:
        """Return the words from `start` up to `end`."""
        return Side(self.words[start:end], self.chars[start:end])
