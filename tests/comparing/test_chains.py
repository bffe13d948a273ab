"""The heaviest chain of links that keeps their order."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from smallprint.comparing.chains import heaviest_pairs

links = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 9)), max_size=8)


@given(links)
def test_no_chain_in_order_is_heavier(weighted: list[tuple[int, int, int]]) -> None:
    """The chain runs in order on both sides, and none of those that do weighs more."""
    weights: dict[tuple[int, int], int] = {}
    for i, j, weight in weighted:
        weights[i, j] = max(weight, weights.get((i, j), 0))

    chain = heaviest_pairs(weighted)

    assert _is_in_order(chain)
    chains = (some for size in range(len(weights) + 1) for some in combinations(sorted(weights), size))
    assert sum(weights[link] for link in chain) == max(
        sum(weights[link] for link in some) for some in chains if _is_in_order(some)
    )


def _is_in_order(chain: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> bool:
    return all(before[0] < after[0] and before[1] < after[1] for before, after in pairwise(chain))
