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
from smallprint.reading.codes import make_fault
from smallprint.reviewing.assessed import assessed_of
from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.gate import GATE_CODES, gate
from smallprint.reviewing.proofs import FOLDER as NOTICES
from smallprint.reviewing.proofs import check_proofs, read_proofs
from smallprint.reviewing.published import Published, check_published, read_published
from smallprint.reviewing.remarks import remarks
from smallprint.reviewing.reviews import FOLDER as REVIEWS
from smallprint.reviewing.reviews import read_reviews
from smallprint.reviewing.settled import settled_versions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    notes: tuple[Fault, ...] = ()
    """What `smallprint check` says besides; builds do not, as nothing is wrong with the site."""


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

    @property
    def notes(self) -> tuple[Fault, ...]:
        """Those of all policies."""
        return tuple(note for inspection in self.policies.values() for note in inspection.notes)


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
    published, broken = read_published(folder, shown)
    settled = partial(settled_versions, policy, published, day)
    reviews, faults = read_reviews(folder / REVIEWS, f"{shown}/{REVIEWS}", policy, settled)
    found = list(faults)
    # A decision that cannot be read may be the one that is missing, and a rule the one that would speak.
    if find and not any(fault.severity is Severity.ERROR for fault in faults):
        found += _gate(policy, reviews, day, find)
    found += broken or check_published(policy, published, day)
    proofs, faults = read_proofs(folder / NOTICES, f"{shown}/{NOTICES}", policy)
    found += [*faults, *check_proofs(policy, proofs)]
    older = _older_notes(policy, reviews, f"{shown}/{REVIEWS}", settled)
    notes = (*older, *_as_named(remarks(policy), shown))
    return Inspection(reviews, published, proofs, tuple(sorted(_as_named(found, shown))), notes)


def _older_notes(
    policy: Policy, reviews: Reviews, shown: str, settled: Callable[[], Collection[VersionId]]
) -> Iterator[Fault]:
    """Yield what there is to do about decisions that are bound by the older form of the hash.

    Those that hold are told of once; those that do not, once in each review.
    """
    older = reviews.older()
    if not older:
        return
    holding = settled()
    unproven = "which does not see cells, lists and formatting"
    if held := [version for version in older if version in holding]:
        count = sum(len(older[version]) for version in held)
        binds = "1 decision of this policy is" if count == 1 else f"{count} decisions of this policy are"
        what = f"{binds} bound by an older form of `words`, {unproven}."
        remedy = f"Run `smallprint review {policy.slug} --all`, which binds them anew, and commit the reviews."
        yield _older_note(reviews, shown, held[0], older[held[0]][0], what, remedy)
    for version in older:
        if version not in holding:
            what = f"This decision is bound by an older form of `words`, {unproven}: it may be on another text."
            remedy = (
                f"Look at the change as it is now; where the decision is right for it, run `smallprint review "
                f"{policy.slug} {version} --rebind`."
            )
            yield _older_note(reviews, shown, version, older[version][0], what, remedy)


def _older_note(  # noqa: PLR0913, PLR0917 - a fault has as many parts
    reviews: Reviews, shown: str, version: VersionId, words: str, what: str, remedy: str
) -> Fault:
    text = reviews.texts[version]
    before = text.partition(words)[0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    path = f"{shown}/{version}.yml"
    return make_fault("SP517", path, what, remedy, line=line, column=column, width=len(words), text=text)


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
