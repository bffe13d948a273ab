"""Which ids of an older version a clause carries on, over one step or many.

Within one step a clause carries on its own id, where the older version has it, and the ids its `was=` names. Over many
steps these chains are joined, so that 2020 can be compared with 2006 although `was=` names the version before only.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.model import ClauseId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.model import Version

_NEIGHBOURS: Final = 2

Lineage = Mapping[ClauseId, frozenset[ClauseId]]
"""Clause id of the new version → the ids of the old version that it carries on; ids that carry on nothing are left
out."""


def step_lineage(old: Version, new: Version) -> Lineage:
    """Return the lineage from a version to the one right after it."""
    known = {clause.clause_id for clause in old.clauses if clause.clause_id}
    lineage = {}
    for clause in new.clauses:
        if clause.clause_id:
            carried = known & {clause.clause_id, *clause.was}
            if carried:
                lineage[clause.clause_id] = frozenset(carried)
    return lineage


def join_lineages(earlier: Lineage, later: Lineage) -> Lineage:
    """Return the lineage over two steps that follow each other."""
    joined = {}
    for clause_id, carried in later.items():
        origins = frozenset[ClauseId]().union(*(earlier.get(middle, frozenset()) for middle in carried))
        if origins:
            joined[clause_id] = origins
    return joined


def lineage_between(versions: Sequence[Version]) -> Lineage | None:
    """Return the lineage from the first to the last of versions that follow each other; none for neighbours."""
    if len(versions) <= _NEIGHBOURS:
        return None
    lineage = step_lineage(versions[0], versions[1])
    for old, new in pairwise(versions[1:]):
        lineage = join_lineages(lineage, step_lineage(old, new))
    return lineage
