"""A version of a policy → the comparisons that lead to it, with what the rules say and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.judging import judge

if TYPE_CHECKING:
    from smallprint.judgement import Assessment
    from smallprint.model import Comparison, Policy, Version
    from smallprint.reviewing.questions import Assess
    from smallprint.reviewing.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Assessed:
    """A comparison that leads to the version, with what is known of its changes."""

    comparison: Comparison
    assessment: Assessment


def assessed_of(
    policy: Policy, version: Version, reviews: Reviews, find: Assess, comparisons: ReviewComparisons | None = None
) -> list[Assessed]:
    """Return what all that is asked of a version goes by.

    Args:
        policy: the policy, with all its versions.
        version: one of them.
        reviews: what people decided.
        find: the rules.
        comparisons: those of the policy, where several versions are asked about one after the other.

    Returns:
        The step from the version before and, where that is another one, the way from the version users were last told
        of; nothing for the first version.
    """
    decision = partial(reviews.decision, version.version_id)
    made = comparisons or ReviewComparisons(policy)
    return [Assessed(each, judge(each, find(each), decision)) for each in made.of(version)]
