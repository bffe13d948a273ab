"""Clause ids that earlier versions had and the one shown no longer has: where each last stood, and where it went."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smallprint.model import Clause, ClauseId, Version


@dataclass(frozen=True, slots=True)
class Dropped:
    """A clause id that no longer has a clause."""

    clause: Clause
    """As it last stood."""
    last: Version
    """The last version that had it."""
    following: Version
    """The version without it."""
    heirs: tuple[Clause, ...]
    """The clauses of the version shown that carry its text on; none where it was removed."""


def dropped_clauses(versions: tuple[Version, ...]) -> tuple[Dropped, ...]:
    """Return the ids that versions before the last had and the last has not, in the order of their last standing.

    What became of the text is taken from what people wrote down in `was`, step by step.
    """
    if not versions:
        return ()
    present = {clause.clause_id for clause in versions[-1].clauses}
    last_seen: dict[ClauseId, tuple[int, Clause]] = {}
    for position, version in enumerate(versions):
        for clause in version.clauses:
            if clause.clause_id and clause.clause_id not in present:
                last_seen[clause.clause_id] = (position, clause)
    heirs = _heirs(versions)
    found = []
    for position, clause in last_seen.values():
        carried = heirs[position].get(clause.clause_id, ()) if clause.clause_id else ()
        found.append(Dropped(clause, versions[position], versions[position + 1], carried))
    return tuple(found)


def _heirs(versions: tuple[Version, ...]) -> list[dict[ClauseId, tuple[Clause, ...]]]:
    """Return, for each version, the clauses of the last one that carry on the text of each of its clause ids."""
    carried: dict[ClauseId, tuple[Clause, ...]] = {
        clause.clause_id: (clause,) for clause in versions[-1].clauses if clause.clause_id
    }
    result = [carried]
    for old, new in reversed(tuple(pairwise(versions))):
        before: dict[ClauseId, dict[str, Clause]] = {}
        present = {clause.clause_id for clause in old.clauses}
        for clause in new.clauses:
            for source in _sources(clause, present):
                heirs = carried.get(clause.clause_id, ()) if clause.clause_id else ()
                before.setdefault(source, {}).update((heir.anchor, heir) for heir in heirs)
        carried = {source: tuple(heirs.values()) for source, heirs in before.items()}
        result.append(carried)
    return result[::-1]


def _sources(clause: Clause, present: set[ClauseId | None]) -> tuple[ClauseId, ...]:
    """Return the ids of the version before whose text a clause carries on."""
    if clause.clause_id and clause.clause_id in present:
        return (clause.clause_id, *clause.was)
    return clause.was
