"""One side of a comparison of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.model import Unit, Word


@dataclass(frozen=True, slots=True)
class Side:
    """A run of words with what they are compared by."""

    words: Sequence[Word]
    chars: str
    """One character for each word, equal where words are the same (`smallprint.words.encode`)."""

    @classmethod
    def of(cls, unit: Unit) -> Side:
        """Return a unit as a side."""
        return cls(unit.words, unit.chars)

    def part(self, start: int, end: int) -> Side:
        """Return the words from `start` up to `end`."""
        return Side(self.words[start:end], self.chars[start:end])
