"""Two versions → all that differs between them."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from smallprint.comparing.align import align_clauses
from smallprint.comparing.clause_moves import moved_clauses
from smallprint.comparing.lineage import step_lineage
from smallprint.comparing.moves import number_moves
from smallprint.comparing.redline import unit_label
from smallprint.comparing.rows import make_rows
from smallprint.comparing.titles import bare_title
from smallprint.model import Change, ChangeKind, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.comparing.align import Links
    from smallprint.comparing.lineage import Lineage
    from smallprint.model import Clause, Row, Version
    from smallprint.text import Unit

_FEWEST_LABELS = 2
"""Of so many paragraphs with typed labels the labels count as numbers."""


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
    moved = moved_clauses(old.clauses, new.clauses, links)
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
        is_renumbered = wording is ChangeKind.REWORDED and _has_other_counter(old[0], new[0])
        also = (ChangeKind.RENUMBERED,) if is_renumbered else ()
        if not is_moved:
            return wording, also
        return ChangeKind.MOVED, () if wording is ChangeKind.UNCHANGED else (wording, *also)
    kind, other = ChangeKind.SPLIT, ChangeKind.MERGED
    if len(old) > len(new):
        kind, other = other, kind
    also = (other,) if len(old) > 1 and len(new) > 1 else ()
    is_same = "\n".join(clause.key for clause in old) == "\n".join(clause.key for clause in new)
    return kind, also if is_same else (*also, ChangeKind.REWORDED)


def _wording(old: Clause, new: Clause) -> ChangeKind:
    if old.key == new.key:
        return ChangeKind.UNCHANGED
    if old.level == new.level and _is_renumbered(old, new):
        return ChangeKind.RENUMBERED
    if old.has_heading and new.has_heading and old.body_key == new.body_key and old.level == new.level:
        return ChangeKind.RETITLED
    return ChangeKind.REWORDED


def _is_renumbered(old: Clause, new: Clause) -> bool:
    """Tell whether nothing but the counter of the title differs, or labels typed before paragraphs."""
    if len(old.units) != len(new.units):
        return False
    units = list(zip(old.units, new.units, strict=True))
    if _has_other_counter(old, new) and old.body_key == new.body_key:
        return True
    if old.has_heading and new.has_heading and bare_title(old.title) == bare_title(new.title):
        units = units[1:]
    # A lone “2.1” is as likely an amount: “2.1 million users”.
    labelled = [unit_label(unit) > 0 for unit, _ in units]
    return labelled.count(True) >= _FEWEST_LABELS and all(_differ_in_label(*pair) for pair in units)


def _has_other_counter(old: Clause, new: Clause) -> bool:
    """Tell whether two titles differ in their counters alone."""
    is_titled = old.has_heading and new.has_heading
    return is_titled and old.title != new.title and bare_title(old.title) == bare_title(new.title)


def _differ_in_label(old: Unit, new: Unit) -> bool:
    """Tell whether two paragraphs are equal but for their labels, which both have or neither has."""
    at, new_at = unit_label(old), unit_label(new)
    if (at > 0) is not (new_at > 0) or (old.form, old.opens) != (new.form, new.opens):
        return False
    rest, new_rest = old.words[at:], new.words[new_at:]
    return old.chars[at:] == new.chars[new_at:] and [w.space for w in rest] == [w.space for w in new_rest]
