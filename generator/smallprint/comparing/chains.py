"""Links between two sides → those that keep their order: the heaviest chain of them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Link = tuple[int, int]
"""An old position and a new one."""


def heaviest_chain(links: Iterable[tuple[int, int, int]]) -> list[Link]:
    """Return the links of greatest total weight that run in order on both sides, each position in one at most.

    Args:
        links: an old position, a new position and a weight of 1 at least, each.

    >>> heaviest_chain([(0, 1, 1), (1, 2, 1), (2, 0, 5)])
    [(2, 0)]
    """
    # Of links with the same old position the later new one comes first, so that no chain has two of them.
    ordered = sorted(links, key=lambda link: (link[0], -link[1]))
    # `tails` has, by new position, the best chains that end there: later positions with greater weights only.
    tails: list[tuple[int, int, int]] = []
    before = [-1] * len(ordered)
    for index, (_, new, weight) in enumerate(ordered):
        at = bisect_left(tails, (new,))
        total = weight + (tails[at - 1][1] if at else 0)
        before[index] = tails[at - 1][2] if at else -1
        end = at
        while end < len(tails) and tails[end][1] <= total:
            end += 1
        if end > at or at == len(tails) or tails[at][0] > new:
            tails[at:end] = [(new, total, index)]
    chain: list[Link] = []
    index = tails[-1][2] if tails else -1
    while index >= 0:
        chain.append(ordered[index][:2])
        index = before[index]
    return chain[::-1]
