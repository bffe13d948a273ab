"""The longest common subsequence of two sequences, as runs: the one place that knows RapidFuzz's answers."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

_MATRIX_LIMIT: Final = 400_000_000
"""RapidFuzz needs a bit for each pair of words: 50 MB at the limit. Beyond it only rare words are compared."""
_RARE: Final = (8, 4, 2, 1)
"""How often a rare word may stand on either side; the first that keeps below the limit is taken."""


class Run(NamedTuple):
    """Items that both sides have, one after the other."""

    old: int
    """Where the run starts in the old sequence."""
    new: int
    length: int


def common_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return a longest common subsequence, in order; exact, whatever the time it takes.

    Which of several equally long ones it is depends on nothing but the two sequences.

    >>> common_runs("abxcd", "abycd")
    [Run(old=0, new=0, length=2), Run(old=3, new=3, length=2)]
    """
    return [
        Run(code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in LCSseq.opcodes(old, new)
        if code.tag == "equal"
    ]


def word_runs(old: str, new: str) -> list[Run]:
    """Return the common runs of two texts of one character a word.

    A longest common subsequence where one can be had in bounded memory; else the runs round words that are rare on
    both sides, as people compare long texts; none where there are no such words.
    """
    if len(old) * len(new) <= _MATRIX_LIMIT:
        return common_runs(old, new)
    old_counts, new_counts = Counter(old), Counter(new)
    for most in _RARE:
        rare = {char for char, count in old_counts.items() if count <= most and 0 < new_counts[char] <= most}
        old_at = [at for at, char in enumerate(old) if char in rare]
        new_at = [at for at, char in enumerate(new) if char in rare]
        if len(old_at) * len(new_at) <= _MATRIX_LIMIT:
            runs = common_runs([old[at] for at in old_at], [new[at] for at in new_at])
            points = [(old_at[run.old + n], new_at[run.new + n]) for run in runs for n in range(run.length)]
            return list(_grown(old, new, points))
    return []


def likeness(old: str, new: str, least: float) -> float:
    """Return the share of the longer text that two texts have in common, in order; 0 where it is less than `least`."""
    return LCSseq.normalized_similarity(old, new, score_cutoff=least)


def _grown(old: str, new: str, points: list[tuple[int, int]]) -> Iterator[Run]:
    """Yield the runs that begin at points at which both sides have the same rare word."""
    for (at, new_at), (next_at, next_new_at) in pairwise([*points, (len(old), len(new))]):
        length = 1
        while at + length < next_at and new_at + length < next_new_at and old[at + length] == new[new_at + length]:
            length += 1
        yield Run(at, new_at, length)
