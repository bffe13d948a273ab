"""The clauses that moved: those that left their order or the clause they are in, what is in them not counted again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from smallprint.comparing.chains import heaviest_increasing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.comparing.align import Links
    from smallprint.model import Clause


def moved_clauses(old: Sequence[Clause], new: Sequence[Clause], links: Links) -> set[int]:
    """Return the new positions of the clauses that moved.

    A clause moved if the clause it is in still exists but is another one, or if it left the heaviest run of those that
    kept their order within the same clause. A clause weighs by its words and by those of all clauses in it, so that of
    two sections that changed places the shorter one moved; what is in a section moves with it.
    """
    degree_old, degree_new = _count(i for i, _ in links), _count(j for _, j in links)
    pairs = sorted((j, i) for i, j in links if degree_old[i] == 1 and degree_new[j] == 1)
    counterparts: dict[int, set[int]] = defaultdict(set)
    for i, j in links:
        counterparts[i].add(j)
    weights = _weights(old, new, pairs)
    moved: set[int] = set()
    scopes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for j, i in pairs:
        parent = old[i].parent
        if parent in counterparts and new[j].parent not in counterparts[parent]:
            moved.add(j)
        else:
            scopes[_scope(old, new, (i, j), counterparts)].append((j, i))
    for scope in scopes.values():
        steady = heaviest_increasing([i for _, i in scope], [weights[i] for _, i in scope])
        moved |= {j for position, (j, _) in enumerate(scope) if position not in steady}
    return moved


def _scope(
    old: Sequence[Clause], new: Sequence[Clause], pair: tuple[int, int], counterparts: dict[int, set[int]]
) -> int:
    """Return the old position of the nearest clause round both that still exists; -1 if there is none."""
    i, j = old[pair[0]].parent, new[pair[1]].parent
    held = {j}
    while j >= 0:
        j = new[j].parent
        held.add(j)
    while i >= 0 and not (counterparts.get(i, set()) & held):
        i = old[i].parent
    return i


def _weights(old: Sequence[Clause], new: Sequence[Clause], pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return how many words would count as moved with each old clause, reworded ones less."""
    weights: dict[int, int] = defaultdict(int)
    for j, i in pairs:
        weight = _weight(old[i], new[j])
        while i >= 0:
            weights[i] += weight
            i = old[i].parent  # noqa: PLW2901 - up to the outermost clause round it
    return weights


def _weight(old: Clause, new: Clause) -> int:
    words = min(sum(len(unit.words) for unit in clause.units) for clause in (old, new))
    return 1 + (words if old.key == new.key else words // 3)


def _count(positions: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for position in positions:
        counts[position] += 1
    return counts
