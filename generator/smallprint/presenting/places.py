"""Where a moved clause stood and where it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from smallprint.model import Change, Clause, Comparison, Version


class Place(NamedTuple):
    """A place among the clauses of a version, as people would name it."""

    is_under: bool
    """Named by the clause it stands in; else by the clause it stands after."""
    clause: Clause | None
    """None: under no heading, or at the beginning."""


def moved_places(change: Change, comparison: Comparison) -> tuple[Place, Place]:
    """Return the old and the new place of the first clause of a change, named in the way in which they differ."""
    old_under, old_after = _above(change.old[0], comparison.old)
    new_under, new_after = _above(change.new[0], comparison.new)
    if _is_same(old_under, new_under, comparison):
        return Place(is_under=False, clause=old_after), Place(is_under=False, clause=new_after)
    old, new = comparison.old, comparison.new
    return _named(old_under, old_after, old), _named(new_under, new_after, new)


def _named(under: Clause | None, after: Clause | None, version: Version) -> Place:
    """Return a place by the clause it is in; what stands under the title of the page is in no clause of it."""
    if after is not None and under is _page_title(version):
        return Place(is_under=False, clause=after)
    return Place(is_under=True, clause=under)


def _page_title(version: Version) -> Clause | None:
    """Return the clause that is headed by the title of the whole text: its first, where no other is as high."""
    first, *others = version.clauses
    is_title = first.has_heading and first.level == 1 and not any(clause.level == 1 for clause in others)
    return first if is_title else None


def _is_same(old: Clause | None, new: Clause | None, comparison: Comparison) -> bool:
    """Return whether a new clause carries on an old one."""
    if old is None or new is None:
        return old is new
    anchors = {clause.anchor for change in comparison.changes if old in change.old for clause in change.new}
    return new.anchor in anchors


def _above(clause: Clause, version: Version) -> tuple[Clause | None, Clause | None]:
    """Return the clause that this one stands in, and the one it stands after."""
    position = next(i for i, other in enumerate(version.clauses) if other.anchor == clause.anchor)
    under = version.clauses[clause.parent] if clause.parent >= 0 else None
    return under, version.clauses[position - 1] if position else None
