"""Two versions → all that differs between them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from smallprint.comparing.align import align_clauses, bare_title
from smallprint.comparing.lineage import step_lineage
from smallprint.comparing.moves import number_moves
from smallprint.comparing.rows import make_rows
from smallprint.model import Change, ChangeKind, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.comparing.align import Links
    from smallprint.comparing.lineage import Lineage
    from smallprint.model import Clause, Row, Version


def compare(old: Version, new: Version, lineage: Lineage | None = None) -> Comparison:
    """Return all that differs between two versions.

    Every clause of both sides is in exactly one change; changes stand in the reading order of the new version, removed
    clauses after what stood before them in the old one.

    Args:
        old: the earlier version.
        new: the later version.
        lineage: which old ids each new clause carries on, where the two do not follow each other directly; without it,
            clause ids and `was=` are taken as between neighbours.
    """
    links = align_clauses(old.clauses, new.clauses, lineage if lineage is not None else step_lineage(old, new))
    moved = _moved(old.clauses, new.clauses, links)
    groups = _groups(len(old.clauses), len(new.clauses), links)
    changes = [
        _change(number, [old.clauses[i] for i in i_s], [new.clauses[j] for j in j_s], is_moved=bool(moved & set(j_s)))
        for number, (i_s, j_s) in enumerate(_in_reading_order(groups, len(old.clauses)), 1)
    ]
    return Comparison(old, new, number_moves(changes))


def _groups(old_count: int, new_count: int, links: Links) -> list[tuple[list[int], list[int]]]:
    """Return the positions that hang together by links, each group with its old and its new ones in order."""
    leader = list(range(old_count + new_count))

    def find(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for i, j in links:
        leader[find(i)] = find(old_count + j)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for node in range(old_count + new_count):
        group = groups.setdefault(find(node), ([], []))
        if node < old_count:
            group[0].append(node)
        else:
            group[1].append(node - old_count)
    return list(groups.values())


def _in_reading_order(
    groups: list[tuple[list[int], list[int]]], old_count: int
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield groups by their first new clause; those without one after the group that holds the clause before them."""
    place: dict[int, tuple[int, int]] = {}
    for i_s, j_s in groups:
        if j_s:
            place.update((i, (j_s[0], 0)) for i in i_s)
    last = (-1, 0)
    for i in range(old_count):
        if i in place:
            last = place[i]
        else:
            last = place[i] = (last[0], last[1] + 1)
    yield from sorted(groups, key=lambda group: (group[1][0], 0) if group[1] else place[group[0][0]])


def _moved(old: Sequence[Clause], new: Sequence[Clause], links: Links) -> set[int]:
    """Return the new positions of clauses that stand elsewhere than before.

    A clause moved if it left the longest run of clauses that kept their order (longest by words, so that the shorter
    of two swapped clauses is the one that moved), or if the clause it stands in still exists but is another one.
    """
    degree_old, degree_new = _count(i for i, _ in links), _count(j for _, j in links)
    pairs = sorted((j, i) for i, j in links if degree_old[i] == 1 and degree_new[j] == 1)
    weights = [_weight(old[i], new[j]) for j, i in pairs]
    steady = _heaviest_increasing([i for _, i in pairs], weights)
    counterparts: dict[int, set[int]] = {}
    for i, j in links:
        counterparts.setdefault(i, set()).add(j)
    moved = {j for position, (j, _) in enumerate(pairs) if position not in steady}
    for j, i in pairs:
        old_parent, new_parent = old[i].parent, new[j].parent
        if old_parent in counterparts and new_parent not in counterparts[old_parent]:
            moved.add(j)
    return moved


def _weight(old: Clause, new: Clause) -> int:
    """Return how many words would count as moved with this clause, reworded ones less."""
    words = min(sum(len(unit.words) for unit in clause.units) for clause in (old, new))
    return 1 + (words if old.key == new.key else words // 3)


def _count(positions: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for position in positions:
        counts[position] = counts.get(position, 0) + 1
    return counts


def _heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Return the indexes of an increasing subsequence of greatest total weight."""
    # `tails` keeps, by value, the best chains that end there: greater values with greater weights only.
    tails: list[tuple[int, int, int]] = []
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


def _change(number: int, old: list[Clause], new: list[Clause], *, is_moved: bool) -> Change:
    kind, also = _kinds(old, new, is_moved=is_moved)
    rows: tuple[Row, ...] = ()
    if kind is not ChangeKind.UNCHANGED:
        starts = list(accumulate(len(clause.units) for clause in new))
        old_units = [unit for clause in old for unit in clause.units]
        rows = tuple(make_rows(old_units, [unit for clause in new for unit in clause.units], starts))
    return Change(number, kind, also, tuple(old), tuple(new), rows)


def _kinds(old: list[Clause], new: list[Clause], *, is_moved: bool) -> tuple[ChangeKind, tuple[ChangeKind, ...]]:
    """Return what happened, and what else happened: where text went comes before how it was reworded."""
    if not old:
        return ChangeKind.ADDED, ()
    if not new:
        return ChangeKind.REMOVED, ()
    if len(old) == len(new) == 1:
        wording = _wording(old[0], new[0])
        if not is_moved:
            return wording, ()
        return ChangeKind.MOVED, () if wording is ChangeKind.UNCHANGED else (wording,)
    kind, other = ChangeKind.SPLIT, ChangeKind.MERGED
    if len(old) > len(new):
        kind, other = other, kind
    also = (other,) if len(old) > 1 and len(new) > 1 else ()
    is_same = "\n".join(clause.key for clause in old) == "\n".join(clause.key for clause in new)
    return kind, also if is_same else (*also, ChangeKind.REWORDED)


def _wording(old: Clause, new: Clause) -> ChangeKind:
    if old.key == new.key:
        return ChangeKind.UNCHANGED
    if old.has_heading and new.has_heading and old.body_key == new.body_key and old.level == new.level:
        if bare_title(old.title) == bare_title(new.title) and old.title != new.title:
            return ChangeKind.RENUMBERED
        return ChangeKind.RETITLED
    return ChangeKind.REWORDED
