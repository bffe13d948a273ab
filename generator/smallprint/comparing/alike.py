"""Texts of two sides → those that are alike, wherever they are.

Texts are strings of one character a word (`smallprint.words.encode`). Order does not count here. Texts that may be
alike are found by the neighbouring words they share, so the cost grows with what is shared and not with the product of
both sides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.comparing.runs import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE: Final = 0.6
"""Sentences that share less of their words say something else."""
_TRIED: Final = 6
"""How many texts, those that share the most neighbours first, are looked at more closely."""
_COMMON: Final = 60
"""Neighbouring words that more texts have, such as “of the”, say nothing of where a text came from."""


def alike_texts(old: Sequence[str], new: Sequence[str], least: float = ALIKE) -> Iterator[tuple[int, int, float]]:
    """Yield the positions of texts that share at least the share `least` of the longer one's words, with that share.

    >>> list(alike_texts(["abcdef", "uvwxyz"], ["uvwxyq", "a"]))
    [(1, 0, 0.8333333333333334)]
    """
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, text in enumerate(old):
        for pair in set(pairwise(text)):
            holders[pair].append(i)
    for j, text in enumerate(new):
        votes: Counter[int] = Counter()
        for pair in set(pairwise(text)):
            found = holders.get(pair, ())
            if len(found) <= _COMMON:
                votes.update(found)
        # Ties go to the text that is nearest, so that the result depends on the texts alone.
        for i, _ in sorted(votes.items(), key=lambda vote: (-vote[1], abs(vote[0] - j), vote[0]))[:_TRIED]:
            share = likeness(old[i], text, least)
            if share:
                yield i, j, share
