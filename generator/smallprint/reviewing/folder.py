"""A policy's folder → what people have decided, and all that keeps its versions from being published.

Only versions that are not yet in force are compared and judged, so what this takes grows with what is pending and not
with the archive.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from smallprint.assessing.assess import assess
from smallprint.errors import Severity
from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.gate import GATE_CODES, Assessed, gate
from smallprint.reviewing.judging import judge
from smallprint.reviewing.published import Published, check_published, read_published
from smallprint.reviewing.reviews import FOLDER as REVIEWS
from smallprint.reviewing.reviews import read_reviews

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.judgement import Finding
    from smallprint.model import Comparison, Policy
    from smallprint.reviewing.reviews import Reviews

    Assess = Callable[[Comparison], Mapping[int, tuple[Finding, ...]]]


@dataclass(frozen=True)
class Inspection:
    """What stands in a policy's folder beside its versions, and what is wrong with it."""

    reviews: Reviews
    published: Published
    faults: tuple[Fault, ...]
    """In the order of their places."""


def inspect_policy(
    policy: Policy, folder: Path, shown: str, day: dt.date, *, rules: Assess | None = None
) -> Inspection:
    """Read reviews and published.json, and hold every version against them.

    Args:
        policy: the policy, read without errors.
        folder: its folder.
        shown: what faults call the folder.
        day: the day on which it is asked; versions in force by then are past deciding on.
        rules: what finds something in a comparison; those of the program if left out.
    """
    reviews, faults = read_reviews(folder / REVIEWS, f"{shown}/{REVIEWS}", policy)
    found = list(faults)
    # A decision that cannot be read may be the one that is missing.
    if not any(fault.severity is Severity.ERROR for fault in faults):
        found += _gate(policy, reviews, day, rules or assess)
    published, faults = read_published(folder, shown)
    found += faults or check_published(policy, published, day)
    return Inspection(reviews, published, tuple(sorted(_as_named(found, shown))))


def as_preview(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults as a build tells them.

    What keeps a version from being published is a warning there, so that the version can be looked at before.
    """
    return tuple(replace(fault, severity=Severity.WARNING) if fault.code in GATE_CODES else fault for fault in faults)


def _gate(policy: Policy, reviews: Reviews, day: dt.date, rules: Assess) -> Iterator[Fault]:
    comparisons = ReviewComparisons(policy)
    for version in policy.versions:
        if version.effective and version.effective > day:
            decision = partial(reviews.decision, version.version_id)
            assessed = [Assessed(each, judge(each, rules(each), decision)) for each in comparisons.of(version)]
            yield from gate(policy, version, assessed, day)


def _as_named(faults: Iterable[Fault], shown: str) -> Iterator[Fault]:
    """Name the files of versions, which carry the name of the content folder alone, as they can be opened from here."""
    for fault in faults:
        is_version = fault.path.endswith(".md")
        yield replace(fault, path=f"{shown}/{fault.path.rpartition('/')[2]}") if is_version else fault
