"""Texts of two sides → those that are alike, wherever they are.

Texts are strings of one character a word (`smallprint.words.encode`). Order does not count here. Texts that may be
alike are found by the rarest words they share, so the cost grows with what is shared and not with the product of both
sides.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from smallprint.comparing.runs import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE: Final = 0.6
"""Sentences that share less of their words say something else."""
_RAREST: Final = 16
"""How many words of a text are looked up: those that are in the fewest texts of the other side."""
_COMMON: Final = 60
"""A word that more texts have, such as “the”, says nothing of where a text came from."""
_TRIED: Final = 6
"""How many texts, those that share the most of these words first, are looked at more closely."""


def alike_texts(old: Sequence[str], new: Sequence[str], least: float = ALIKE) -> Iterator[tuple[int, int, float]]:
    """Yield the positions of texts that share at least the share `least` of the longer one's words, with that share.

    >>> list(alike_texts(["abcdef", "uvwxyz"], ["uvwxyq", "a"]))
    [(1, 0, 0.8333333333333334)]
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(old):
        for char in set(text):
            holders[char].append(i)
    for j, text in enumerate(new):
        found = sorted([(len(places), char) for char in set(text) if (places := holders.get(char))])[:_RAREST]
        votes: dict[int, int] = defaultdict(int)
        for count, char in found:
            if count <= _COMMON:
                for i in holders[char]:
                    votes[i] += 1
        # Ties go to the text that is nearest, so that the result depends on the texts alone.
        for i, _ in sorted(votes.items(), key=lambda vote: (-vote[1], abs(vote[0] - j), vote[0]))[:_TRIED]:
            share = likeness(old[i], text, least)
            if share:
                yield i, j, share
