"""A version with all that is known of its changes → of which of them users have to be told, and how.

How they have to be told is what the policy itself has promised; no law is looked up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallprint.assessing.promise import by_words
from smallprint.model import DIRECT_CHANNELS
from smallprint.reviewing.digest import words_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.model import Change, Policy, Version, VersionId
    from smallprint.reviewing.assessed import Assessed


@dataclass(frozen=True, slots=True)
class Owed:
    """How users have to be told, by all promises that readers can rely on."""

    days: int = 0
    days_of: VersionId | None = None
    """The version that promises the days; none where no promise was made."""
    ways: tuple[str, ...] = ()
    """Any of these channels will do; empty where none was promised."""
    ways_of: VersionId | None = None

    @property
    def by(self) -> str:
        """The channels in words, as the end of a sentence; empty where none was promised."""
        return " or ".join(map(by_words, self.ways))


def owed(policy: Policy, version: Version, assessed: Sequence[Assessed]) -> Owed:
    """Return what is owed by the version users were last told of and by those that came since, the strictest of them.

    Whoever reads the policy in force relies on it, told of it or not; and nobody loses a promise by a version he was
    not told of.

    Args:
        policy: the policy, with all its versions.
        version: one of them.
        assessed: the comparisons that lead to it (`assessed_of`), one at least.
    """
    names = [other.version_id for other in policy.versions]
    first = min(names.index(each.comparison.old.version_id) for each in assessed)
    held = [
        (old.version_id, clause.promise)
        for old in policy.versions[first : names.index(version.version_id)]
        if (clause := old.promising) and clause.promise
    ]
    if not held:
        return Owed()
    days_of, longest = max(held, key=lambda promised: promised[1].days or 0)
    named = [(name, promise.by) for name, promise in held if promise.by]
    named = [(name, by) for name, by in named if by in DIRECT_CHANNELS] or named
    ways = tuple(dict.fromkeys(by for _, by in named))
    return Owed(longest.days or 0, days_of, ways, named[-1][0] if named else None)


def material_reductions(assessed: Sequence[Assessed]) -> list[Change]:
    """Return the changes that people decided to be material reductions, those with the same words once."""
    found: dict[str, Change] = {}
    for each in assessed:
        for change in each.comparison.differing:
            review = each.assessment.of(change).review
            if review and review.material and review.direction.is_down:
                found.setdefault(words_digest(change), change)
    return list(found.values())
