"""Decisions bound by the older form of the hash → the changes that they hold for, by the hash of today.

That form sees less than readers do (`legacy.py`), so no change is looked up by it. Instead the comparisons that its
review covers are made again: where exactly one change of them has the old hash, and its text is past deciding on
(`settled.py`), the decision is on that change, and holds for whatever has the same hash of today.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.digest import words_digest
from smallprint.reviewing.legacy import legacy_words_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from smallprint.judgement import Review
    from smallprint.model import Change, Policy, VersionId


class OlderDecisions:
    """Decisions of one policy that are bound by the older form."""

    def __init__(
        self,
        policy: Policy,
        decisions: Mapping[VersionId, Mapping[str, Review]],
        settled: Collection[VersionId],
    ) -> None:
        """Begin with nothing compared.

        Args:
            policy: the policy.
            decisions: by the version whose review they are in, by their older hash; in the order of the versions.
            settled: the versions whose text is past deciding on.
        """
        self._policy = policy
        self._decisions = {version: decisions[version] for version in decisions if version in settled}
        self._hashes = {words for each in self._decisions.values() for words in each}
        self._comparisons = ReviewComparisons(policy)
        self._found: dict[VersionId, Mapping[str, Review]] = {}

    def decision(self, new: VersionId, change: Change) -> Review | None:
        """Return what was decided on a change.

        Args:
            new: the new version of the comparison; its review is looked into first, then the newest.
            change: a change of it.
        """
        if not self._hashes or legacy_words_digest(change) not in self._hashes:
            return None
        words = words_digest(change)
        order = ([new] if new in self._decisions else []) + [one for one in reversed(self._decisions) if one != new]
        found = (self.by_words(version) for version in order)
        return next((decisions[words] for decisions in found if words in decisions), None)

    def is_decided_elsewhere(self, version: VersionId, words: str) -> bool:
        """Tell whether the review of another version decides on the words with a hash of today."""
        return any(words in self.by_words(other) for other in self._decisions if other != version)

    def by_words(self, version: VersionId) -> Mapping[str, Review]:
        """Return the decisions in the review of a version, by the hash of today of the change that each is on."""
        if version not in self._found:
            decisions = self._decisions.get(version, {})
            reviewed = next(one for one in self._policy.versions if one.version_id == version)
            changes = (change for each in self._comparisons.of(reviewed) for change in each.differing)
            today = today_of(decisions, changes) if decisions else {}
            self._found[version] = {new: decisions[old] for old, new in today.items()}
        return self._found[version]


def today_of(hashes: Collection[str], changes: Iterable[Change]) -> dict[str, str]:
    """Return, by its older hash, the hash of today of each change that is the only one with that older hash.

    Args:
        hashes: the older hashes to look for.
        changes: all changes of a review.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for change in changes:
        if (old := legacy_words_digest(change)) in hashes:
            found[old].add(words_digest(change))
    return {old: new.pop() for old, new in found.items() if len(new) == 1}
