"""A content folder with its policies read → what people have decided, and all that keeps versions from being published.

Only versions that are not yet in force are compared and judged, so what this takes grows with what is pending and not
with the archive.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from smallprint.assessing.assess import assess
from smallprint.assessing.rules import Rules, team_rules
from smallprint.errors import ContentError, Severity
from smallprint.reviewing.assessed import assessed_of
from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.gate import GATE_CODES, gate
from smallprint.reviewing.proofs import FOLDER as NOTICES
from smallprint.reviewing.proofs import check_proofs, read_proofs
from smallprint.reviewing.published import Published, check_published, read_published
from smallprint.reviewing.reviews import FOLDER as REVIEWS
from smallprint.reviewing.reviews import read_reviews

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Policy, VersionId
    from smallprint.reviewing.proofs import Proof
    from smallprint.reviewing.questions import Assess
    from smallprint.reviewing.reviews import Reviews


@dataclass(frozen=True)
class Inspection:
    """What stands in a policy's folder beside its versions, and what is wrong with it."""

    reviews: Reviews
    published: Published
    proofs: Mapping[VersionId, Proof]
    """Of notices that were sent, by the version users were told of."""
    faults: tuple[Fault, ...]
    """In the order of their places."""


@dataclass(frozen=True)
class Inspected:
    """What stands in a content folder beside the versions of its policies, and what is wrong with it."""

    rules: Rules
    """Those that hold in the folder; none where they are broken."""
    policies: Mapping[str, Inspection]
    """By the name of the policy's folder."""
    rule_faults: tuple[Fault, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Those of the rules and of all policies, in the order of their places."""
        found = (fault for inspection in self.policies.values() for fault in inspection.faults)
        return tuple(sorted([*self.rule_faults, *found]))


def inspect_content(policies: Iterable[Policy], content: Path, shown: str, day: dt.date) -> Inspected:
    """Read rules, reviews, published.json and proofs of notices, and hold every version against them.

    Args:
        policies: those to look at, read without errors.
        content: the content folder.
        shown: what faults call it.
        day: the day on which it is asked; versions in force by then are past deciding on.
    """
    rules, broken = _read_rules(content, shown)
    find = None if broken else partial(assess, rules=rules.rules)
    found = {
        policy.slug: _inspect(policy, content / policy.slug, f"{shown}/{policy.slug}", day, find) for policy in policies
    }
    return Inspected(rules, found, broken)


def rule_faults(content: Path, shown: str) -> tuple[Fault, ...]:
    """Return what is wrong with the rules of a content folder, whose policies may be broken too."""
    return _read_rules(content, shown)[1]


def _read_rules(content: Path, shown: str) -> tuple[Rules, tuple[Fault, ...]]:
    try:
        return team_rules(content, shown), ()
    except ContentError as error:
        return Rules(()), error.faults


def _inspect(policy: Policy, folder: Path, shown: str, day: dt.date, find: Assess | None) -> Inspection:
    reviews, faults = read_reviews(folder / REVIEWS, f"{shown}/{REVIEWS}", policy)
    found = list(faults)
    # A decision that cannot be read may be the one that is missing, and a rule the one that would speak.
    if find and not any(fault.severity is Severity.ERROR for fault in faults):
        found += _gate(policy, reviews, day, find)
    published, faults = read_published(folder, shown)
    found += faults or check_published(policy, published, day)
    proofs, faults = read_proofs(folder / NOTICES, f"{shown}/{NOTICES}", policy)
    found += [*faults, *check_proofs(policy, proofs)]
    return Inspection(reviews, published, proofs, tuple(sorted(_as_named(found, shown))))


def as_preview(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults as a build tells them.

    What keeps a version from being published is a warning there, so that the version can be looked at before.
    """
    return tuple(replace(fault, severity=Severity.WARNING) if fault.code in GATE_CODES else fault for fault in faults)


def _gate(policy: Policy, reviews: Reviews, day: dt.date, find: Assess) -> Iterator[Fault]:
    comparisons = ReviewComparisons(policy)
    for version in policy.versions:
        if version.effective and version.effective > day:
            yield from gate(policy, version, assessed_of(policy, version, reviews, find, comparisons), day)


def _as_named(faults: Iterable[Fault], shown: str) -> Iterator[Fault]:
    """Name the files of versions, which carry the name of the content folder alone, as they can be opened from here."""
    for fault in faults:
        is_version = fault.path.endswith(".md")
        yield replace(fault, path=f"{shown}/{fault.path.rpartition('/')[2]}") if is_version else fault
