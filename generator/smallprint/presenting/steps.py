"""The comparisons of a policy, each made when first asked for, few of them kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from smallprint.comparing import compare, join_lineages, step_lineage
from smallprint.model import ChangeKind
from smallprint.presenting.judging import Judging
from smallprint.presenting.rights import RightsSummary
from smallprint.presenting.summary import Summary, summarise

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from smallprint.comparing import Lineage
    from smallprint.model import Comparison, Version
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.keys import Keys
    from smallprint.presenting.standing import Standing

_KEPT = 4
"""The page and the record of a comparison are made one after the other; nothing asks for older ones."""


NEWEST = 50
"""How many of the newest steps the feeds tell line by line; their lines are kept until then."""


class Told(NamedTuple):
    """What is kept of a step from build to build."""

    sentence: str
    counts: dict[str, int]
    """How many changes of each kind it has."""
    rights: RightsSummary = RightsSummary()
    title: str = ""


class _Made(NamedTuple):
    comparison: Comparison
    judged: Judged
    summary: Summary


_JUDGING = Judging()


class Steps:
    """Comparisons and what they come to.

    Sentences are small and all kept, as the history needs them; comparisons are large and go when others come.
    """

    def __init__(
        self,
        standing: Standing,
        keys: Keys,
        told: MutableMapping[str, Told] | None = None,
        judging: Judging = _JUDGING,
    ) -> None:
        """Begin with what earlier builds found out, by the keys of the records of comparisons."""
        self._standing = standing
        self._keys = keys
        self._judging = judging
        self._known: MutableMapping[str, Told] = {} if told is None else told
        self._recent: dict[tuple[int, int], _Made] = {}
        self._listed: dict[tuple[int, int], tuple[Summary, Judged]] = {}
        self._told: dict[tuple[int, int], Summary] = {}
        self._lineage: tuple[int, int, Lineage] | None = None

    def comparison(self, old: Version, new: Version) -> Comparison:
        """Return what differs between two versions."""
        return self._made(old, new).comparison

    def judged(self, old: Version, new: Version) -> Judged:
        """Return what may be shown of how its changes are judged."""
        listed = self._listed.get(self._key(old, new))
        return listed[1] if listed else self._made(old, new).judged

    def summary(self, old: Version, new: Version) -> Summary:
        """Return what a comparison comes to."""
        listed = self._listed.get(self._key(old, new))
        return listed[0] if listed else self._made(old, new).summary

    def told(self, old: Version, new: Version) -> Summary:
        """Return what a comparison comes to, without a line for each change."""
        key = self._key(old, new)
        if key not in self._told:
            known = self._known.get(self._keys.file(old, new))
            if known:
                counts = {ChangeKind(kind): n for kind, n in known.counts.items()}
                self._told[key] = Summary(known.sentence, counts, (), known.rights, known.title)
            else:
                self._made(old, new)
        return self._told[key]

    def _key(self, old: Version, new: Version) -> tuple[int, int]:
        return self._standing.position(old), self._standing.position(new)

    def _made(self, old: Version, new: Version) -> _Made:
        key = self._key(old, new)
        made = self._recent.pop(key, None)
        if made is None:
            comparison = compare(old, new, self._lineage_between(*key))
            judged = self._judging.judged(comparison)
            summary = summarise(comparison, self._standing.policy.language, judged)
            made = _Made(comparison, judged, summary)
            self._told[key] = replace(summary, lines=())
            if key[1] - key[0] == 1:
                counts = {kind.value: count for kind, count in summary.counts.items()}
                self._known[self._keys.file(old, new)] = Told(summary.sentence, counts, summary.rights, summary.title)
                if key[1] >= len(self._standing.versions) - NEWEST:
                    self._listed[key] = summary, judged
        self._recent[key] = made
        while len(self._recent) > _KEPT:
            del self._recent[next(iter(self._recent))]
        return made

    def _lineage_between(self, first: int, last: int) -> Lineage | None:
        """Join the lineages of the steps between; comparisons with the version in force come one version apart."""
        if last - first == 1:
            return None
        versions = self._standing.versions
        known = self._lineage
        if known and known[0] - 1 == first and known[1] == last:
            lineage = join_lineages(step_lineage(versions[first], versions[first + 1]), known[2])
        elif known and known[0] == first and known[1] + 1 == last:
            lineage = join_lineages(known[2], step_lineage(versions[last - 1], versions[last]))
        else:
            lineage = step_lineage(versions[first], versions[first + 1])
            for position in range(first + 1, last):
                lineage = join_lineages(lineage, step_lineage(versions[position], versions[position + 1]))
        self._lineage = (first, last, lineage)
        return lineage
