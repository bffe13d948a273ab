"""The heaviest of the chains that run in order on both sides."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

Link = tuple[int, int]
"""An old position and a new one."""
_FEW_PLACES: Final = 400
"""Of what is in more places than that, old times new, the first go with the first and the last with the last."""


def heaviest_increasing(values: Sequence[int], weights: Sequence[float]) -> set[int]:
    """Return the indexes of an increasing subsequence of greatest total weight.

    >>> sorted(heaviest_increasing([2, 0, 1], [5, 1, 1]))
    [0]
    """
    # `tails` keeps, by value, the best chains that end there: greater values with greater weights only.
    tails: list[tuple[int, float, int]] = []
    before = [-1] * len(values)
    for index, (value, weight) in enumerate(zip(values, weights, strict=True)):
        at = bisect_left(tails, (value,))
        total = weight + (tails[at - 1][1] if at else 0)
        before[index] = tails[at - 1][2] if at else -1
        end = at
        while end < len(tails) and tails[end][1] <= total:
            end += 1
        tails[at:end] = [(value, total, index)]
    chain = set()
    index = tails[-1][2] if tails else -1
    while index >= 0:
        chain.add(index)
        index = before[index]
    return chain


def heaviest_pairs(pairs: Iterable[tuple[int, int, float]]) -> list[Link]:
    """Return the pairs `(old, new, weight)` of greatest total weight that run in order on both sides, each place once.

    >>> heaviest_pairs([(0, 1, 5), (1, 0, 42), (2, 2, 3)])
    [(1, 0), (2, 2)]
    """
    # Pairs of one old place come with the last new place first, so that no chain takes two of them.
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    chain = heaviest_increasing([pair[1] for pair in ordered], [pair[2] for pair in ordered])
    return [ordered[index][:2] for index in sorted(chain)]


def equal_pairs(old: Sequence[Hashable | None], new: Sequence[Hashable | None]) -> Iterator[tuple[int, int]]:
    """Yield the positions of equal values, all of a value that is in few places; None is equal to nothing.

    >>> list(equal_pairs(["a", None, "b"], ["b", "a", None, "a"]))
    [(0, 1), (0, 3), (2, 0)]
    """
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j, value in enumerate(new):
        if value is not None:
            places[value].append(j)
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for i, value in enumerate(old):
        if value in places:
            holders[value].append(i)
    for value, olds in holders.items():
        news = places[value]
        if len(olds) * len(news) <= _FEW_PLACES:
            yield from ((i, j) for i in olds for j in news)
        else:
            yield from zip(olds, news, strict=False)
            yield from zip(reversed(olds), reversed(news), strict=False)
