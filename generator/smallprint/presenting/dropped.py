"""Clause ids that earlier versions had and the one shown no longer has: where each last stood, and where it went."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    gone: dict[int, list[Clause]] = defaultdict(list)
    for position, clause in last_seen.values():
        gone[position].append(clause)
    found: list[Dropped] = []
    for position, heirs in _heirs(versions):
        found += [
            Dropped(clause, versions[position], versions[position + 1], heirs.get(clause.clause_id or "", ()))
            for clause in reversed(gone[position])
        ]
    return tuple(reversed(found))


def _heirs(versions: tuple[Version, ...]) -> Iterator[tuple[int, dict[str, tuple[Clause, ...]]]]:
    """Yield, from the last version but one back, which clauses of the last carry on the text of each clause id."""
    heirs: dict[str, tuple[Clause, ...]] = {
        clause.clause_id: (clause,) for clause in versions[-1].clauses if clause.clause_id
    }
    for position in range(len(versions) - 2, -1, -1):
        before: dict[str, dict[str, Clause]] = {}
        present = {clause.clause_id for clause in versions[position].clauses}
        for clause in versions[position + 1].clauses:
            of_clause = heirs.get(clause.clause_id or "", ())
            for source in _sources(clause, present):
                before.setdefault(source, {}).update((heir.anchor, heir) for heir in of_clause)
        heirs = {source: tuple(clauses.values()) for source, clauses in before.items()}
        yield position, heirs


def _sources(clause: Clause, present: set[ClauseId | None]) -> tuple[ClauseId, ...]:
    """Return the ids of the version before whose text a clause carries on."""
    if clause.clause_id and clause.clause_id in present:
        return (clause.clause_id, *clause.was)
    return clause.was
