"""Where a moved clause stood and where it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from smallprint.comparing.align import is_page_title
from smallprint.model import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from smallprint.model import Change, Clause, Comparison, Version


class Place(NamedTuple):
    """A place among the clauses of a version, as people would name it."""

    is_under: bool
    """Named by the clause it stands in; else by the clause it stands after."""
    clause: Clause | None
    """None: under no heading, or at the beginning."""


def moved_places(change: Change, comparison: Comparison) -> tuple[Place, Place]:
    """Return the old and the new place of the first clause of a change, named in the way in which they differ.

    Both are equal only where clauses of one title leave nothing to tell the places apart by.
    """
    old, new = comparison.old, comparison.new
    clause, now = change.old[0], change.new[0]
    old_under, new_under = _parent(clause, old), _parent(now, new)
    steady = {id(kept) for other in comparison.changes if _is_steady(other) for kept in (other.old[0], other.new[0])}
    places = _after(clause, old, steady), _after(now, new, steady)
    if not _is_same(old_under, new_under, comparison):
        under = _named(old_under, places[0], old), _named(new_under, places[1], new)
        if _title(under[0]) != _title(under[1]) or under[0].is_under is not under[1].is_under:
            return under
    return Place(is_under=False, clause=places[0]), Place(is_under=False, clause=places[1])


def is_further_down(change: Change, comparison: Comparison) -> bool:
    """Tell whether the first clause of a change has more clauses before it than it had, as a share of all."""
    old, new = comparison.old.clauses, comparison.new.clauses
    return _position(change.new[0], new) * len(old) >= _position(change.old[0], old) * len(new)


def _title(place: Place) -> str:
    return place.clause.title if place.clause else ""


def _named(under: Clause | None, after: Clause | None, version: Version) -> Place:
    """Return a place by the clause it is in; what stands under the title of the page is in no clause of it."""
    if after is not None and under is _page_title(version):
        return Place(is_under=False, clause=after)
    return Place(is_under=True, clause=under)


def _page_title(version: Version) -> Clause | None:
    """Return the clause that is headed by the title of the whole text."""
    return version.clauses[0] if is_page_title(version.clauses) else None


def _is_same(old: Clause | None, new: Clause | None, comparison: Comparison) -> bool:
    """Return whether a new clause carries on an old one."""
    if old is None or new is None:
        return old is new
    anchors = {clause.anchor for change in comparison.changes if old in change.old for clause in change.new}
    return new.anchor in anchors


def _is_steady(change: Change) -> bool:
    return len(change.old) == len(change.new) == 1 and ChangeKind.MOVED not in {change.kind, *change.also}


def _parent(clause: Clause, version: Version) -> Clause | None:
    return version.clauses[clause.parent] if clause.parent >= 0 else None


def _after(clause: Clause, version: Version, steady: AbstractSet[int]) -> Clause | None:
    """Return the nearest clause before it, within the same one, that did not move itself; else the one it is in.

    A clause that moved has passed one of those, so they differ on both sides.
    """
    before = reversed(version.clauses[: _position(clause, version.clauses)])
    nearest = next((other for other in before if other.parent == clause.parent and id(other) in steady), None)
    return nearest or _parent(clause, version)


def _position(clause: Clause, clauses: Sequence[Clause]) -> int:
    return next(position for position, other in enumerate(clauses) if other is clause)
