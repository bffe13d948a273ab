"""What a version is judged against: the version before it, and the one that users were last told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.comparing import compare, join_lineages, lineage_between, step_lineage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from smallprint.comparing import Lineage
    from smallprint.model import Comparison, Policy, Version


def baseline_of(policy: Policy, version: Version, day: dt.date | None = None) -> Version | None:
    """Return the version users were last told of before `version`; the first one where they never were.

    Args:
        policy: the policy.
        version: one of its versions.
        day: leave out notices after this day, which are only planned.

    Returns:
        The baseline; none for the first version, which has nothing before it.
    """
    position = next(n for n, other in enumerate(policy.versions) if other.version_id == version.version_id)
    earlier = policy.versions[:position]
    told = (old for old in reversed(earlier) if old.notified and (day is None or old.notified <= day))
    return next(told, earlier[0] if earlier else None)


class ReviewComparisons:
    """The comparisons that a review of a version covers, each made when it is asked for.

    Going through the versions in order, the way from a baseline is made longer by a step at a time, so that a review
    of all versions takes time in proportion to their number.
    """

    def __init__(self, policy: Policy) -> None:
        """Begin with nothing compared."""
        self._versions = policy.versions
        self._positions = {version.version_id: position for position, version in enumerate(policy.versions)}
        self._baselines: list[int] = []
        """The position of the baseline of each version."""
        told = 0
        for position, version in enumerate(policy.versions):
            self._baselines.append(told)
            told = position if version.notified else told
        self._known: tuple[int, int, Lineage] | None = None

    def of(self, version: Version) -> Iterator[Comparison]:
        """Yield the step from the version before and, where that is another one, the way from the baseline."""
        last = self._positions[version.version_id]
        first = self._baselines[last]
        if last == 0:
            return
        yield compare(self._versions[last - 1], version)
        if first < last - 1:
            yield compare(self._versions[first], version, self._lineage(first, last))

    def _lineage(self, first: int, last: int) -> Lineage | None:
        versions = self._versions
        if self._known and self._known[:2] == (first, last - 1):
            lineage: Lineage | None = join_lineages(self._known[2], step_lineage(versions[last - 1], versions[last]))
        else:
            lineage = lineage_between(versions[first : last + 1])
        if lineage is not None:
            self._known = first, last, lineage
        return lineage
