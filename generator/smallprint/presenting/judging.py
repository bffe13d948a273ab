"""A comparison → what may be shown of its judgement: what people decided and, in a preview, what the rules propose."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from smallprint.assessing import assess
from smallprint.judgement import Assessment, Direction
from smallprint.presenting.rights import Tally
from smallprint.reviewing import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smallprint.judgement import Finding, Review
    from smallprint.model import Change, Comparison, VersionId


class Decisions(Protocol):
    """What people have decided on the changes of one policy."""

    @property
    def digest(self) -> str:
        """Differs whenever a decision does; empty where there is none."""

    def decision(self, new: VersionId, change: Change) -> Review | None:
        """Return the decision on a change that leads to version `new`."""


@dataclass(frozen=True)
class Judged:
    """What a page or record may say about the changes of one comparison."""

    assessment: Assessment = field(default_factory=Assessment)
    """The decided changes; in a preview the others too."""
    tally: Tally | None = None
    """Only once a person has decided all there was to decide."""
    open: int = 0
    """How many changes a person has still to decide."""
    is_preview: bool = False

    @property
    def notice_required(self) -> bool | None:
        """Whether people are to be told; none before all is decided."""
        return self.assessment.notice_required if self.tally else None


@dataclass(frozen=True)
class Judging:
    """How the changes of one policy are judged, and who may see it."""

    decisions: Decisions | None = None
    is_preview: bool = False
    """Whether what no person has decided is shown too."""
    find: Callable[[Comparison], Mapping[int, tuple[Finding, ...]]] = assess
    """What the rules find in a comparison."""

    @cached_property
    def key(self) -> str:
        """What pages depend on: equal keys and equal rules mean equal judgements; empty where nothing is shown."""
        digest = self.decisions.digest if self.decisions else ""
        if not (digest or self.is_preview):
            return ""
        return hashlib.sha256(f"{self.is_preview} {digest}".encode()).hexdigest()[:32]

    def judged(self, comparison: Comparison) -> Judged:
        """Return what may be shown of a comparison.

        The rules take their time, so the public's pages ask them only where a person has decided something.
        """
        if not self.key:
            return Judged()
        reviews = self._reviews(comparison)
        if not (reviews or self.is_preview):
            return Judged()
        whole = judge(comparison, self.find(comparison), lambda change: reviews.get(change.number))
        judged = judged_in_full(comparison, whole)
        return judged if self.is_preview else replace(judged, assessment=whole.decided(), is_preview=False)

    def _reviews(self, comparison: Comparison) -> dict[int, Review]:
        if self.decisions is None or not self.decisions.digest:
            return {}
        new = comparison.new.version_id
        found = {change.number: self.decisions.decision(new, change) for change in comparison.differing}
        return {number: review for number, review in found.items() if review}


def judged_in_full(comparison: Comparison, assessment: Assessment) -> Judged:
    """Return what those who prepare a policy may see: everything."""
    is_decided = not assessment.open and any(judgement.review for judgement in assessment.judgements.values())
    return Judged(
        assessment=assessment,
        tally=_tally(comparison, assessment) if is_decided else None,
        open=len(assessment.open),
        is_preview=True,
    )


def _tally(comparison: Comparison, assessment: Assessment) -> Tally:
    judgements = [assessment.of(change) for change in comparison.differing]
    directions = [judgement.direction for judgement in judgements]
    reduces, mixed, expands = map(directions.count, (Direction.REDUCES, Direction.MIXED, Direction.EXPANDS))
    return Tally(
        reduces=reduces,
        mixed=mixed,
        expands=expands,
        neither=len(directions) - reduces - mixed - expands,
        passed_over=sum(judgement.review is None for judgement in judgements),
    )
