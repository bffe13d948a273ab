"""The longest common subsequence of two sequences, as runs: the one place that knows RapidFuzz's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


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
