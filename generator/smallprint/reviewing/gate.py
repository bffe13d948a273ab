"""A version not yet in force with all that is known of its changes → what keeps it from being published.

Three things are asked: has a person decided on every change that may touch rights; are users told of what reduces them
materially; and is the promise kept that the policy has made about telling them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.assessing.promise import by_words, mark_is_weaker
from smallprint.judgement import Direction
from smallprint.model import DIRECT_CHANNELS, ChangeKind
from smallprint.reviewing.digest import words_digest
from smallprint.reviewing.places import fault_at_clause, fault_at_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.errors import Fault
    from smallprint.judgement import Assessment, Judgement
    from smallprint.model import Change, Comparison, Policy, Version, VersionId

GATE_CODES: Final = frozenset({"SP520", "SP521", "SP522", "SP523", "SP524", "SP525"})
"""Faults that keep a version from being published, and not from being looked at before."""
_NOTICE_KEYS: Final = ("notified", "effective")
_DAY_KEYS: Final = ("effective",)
_CLAUSES_NAMED: Final = 3


@dataclass(frozen=True)
class Assessed:
    """A comparison that leads to the version, with what is known of its changes."""

    comparison: Comparison
    assessment: Assessment


def gate(policy: Policy, version: Version, assessed: Sequence[Assessed], day: dt.date) -> tuple[Fault, ...]:
    """Return what keeps a version from being published, in the order of its lines.

    Args:
        policy: the policy, with all its versions.
        version: one of them; where it is in force on the day, nothing is asked of it.
        assessed: the step from the version before, and where that is another one, all that has changed since the
            version users were last told of.
        day: the day on which it is asked.
    """
    if version.effective is None or version.effective <= day or not assessed:
        return ()
    faults = [*_undecided(policy, version, assessed), *_weaker_marks(version, assessed)]
    if reductions := _material_reductions(assessed):
        faults += _notice(version, version.effective, _owed(policy, version, assessed), reductions, day)
    return tuple(sorted(faults))


def _undecided(policy: Policy, version: Version, assessed: Sequence[Assessed]) -> Iterator[Fault]:
    told: set[str] = set()
    for each in assessed:
        for change in each.comparison.differing:
            judgement = each.assessment.of(change)
            digest = words_digest(change) if judgement.is_open else ""
            if digest and digest not in told:
                told.add(digest)
                yield _open_fault(policy, version, each.comparison, change, judgement)


def _open_fault(
    policy: Policy, version: Version, comparison: Comparison, change: Change, judgement: Judgement
) -> Fault:
    findings = [finding for finding in judgement.findings if finding.direction is not Direction.NEUTRAL]
    more = f" ({len(findings) - 1} more found in it)" if len(findings) > 1 else ""
    what = (
        f"Nobody has decided on {_named(change)}, {change.kind} since {comparison.old.version_id}: "
        f"{findings[0].reason.rstrip('.')} [{findings[0].rule}, {findings[0].direction}]{more}."
    )
    remedy = f"Run `smallprint review {policy.slug} {version.version_id}`, and let counsel decide."
    return fault_at_clause(version, change.new[0] if change.new else None, "SP520", what, remedy)


def _named(change: Change) -> str:
    noun = "clause" if len(change.new or change.old) == 1 else "clauses"
    return f"the {noun} {_titles(change)}" + (" of the old version" if change.kind is ChangeKind.REMOVED else "")


def _titles(change: Change) -> str:
    *titles, last = [f"“{clause.clause_id or clause.title}”" for clause in change.new or change.old]
    return f"{', '.join(titles)} and {last}" if titles else last


def _weaker_marks(version: Version, assessed: Sequence[Assessed]) -> Iterator[Fault]:
    told: set[tuple[str, ...]] = set()
    for each in assessed:
        for change in each.comparison.changes:
            lost = mark_is_weaker(change, each.comparison)
            if not lost or tuple(lost) in told:
                continue
            told.add(tuple(lost))
            what = (
                f"The words of {_named(change)} are those of {each.comparison.old.version_id}, but its "
                f"mark no longer says what they promise: {' and '.join(lost)}."
            )
            remedy = "Put the mark back as it was; a promise is changed by changing its words."
            yield fault_at_clause(version, change.new[0], "SP525", what, remedy)


def _material_reductions(assessed: Sequence[Assessed]) -> list[Change]:
    """Return the changes that people decided to be material reductions, those with the same words once."""
    found: dict[str, Change] = {}
    for each in assessed:
        for change in each.comparison.differing:
            review = each.assessment.of(change).review
            if review and review.material and review.direction.is_down:
                found.setdefault(words_digest(change), change)
    return list(found.values())


@dataclass(frozen=True)
class _Owed:
    """How users have to be told, by all promises that readers can rely on."""

    days: int = 0
    days_of: VersionId | None = None
    """The version that promises the days; none where no promise was made."""
    ways: tuple[str, ...] = ()
    """Any of these channels will do; empty where none was promised."""
    ways_of: VersionId | None = None

    @property
    def by(self) -> str:
        return " or ".join(map(by_words, self.ways))


def _owed(policy: Policy, version: Version, assessed: Sequence[Assessed]) -> _Owed:
    """Return what is owed by the version users were last told of and by those that came since, the strictest of them.

    Whoever reads the policy in force relies on it, told of it or not; and nobody loses a promise by a version he was
    not told of.
    """
    names = [other.version_id for other in policy.versions]
    first = min(names.index(each.comparison.old.version_id) for each in assessed)
    held = [
        (old.version_id, clause.promise)
        for old in policy.versions[first : names.index(version.version_id)]
        if (clause := old.promising) and clause.promise
    ]
    if not held:
        return _Owed()
    days_of, longest = max(held, key=lambda promised: promised[1].days or 0)
    named = [(name, promise.by) for name, promise in held if promise.by]
    named = [(name, by) for name, by in named if by in DIRECT_CHANNELS] or named
    ways = tuple(dict.fromkeys(by for _, by in named))
    return _Owed(longest.days or 0, days_of, ways, named[-1][0] if named else None)


def _notice(
    version: Version, effective: dt.date, owed: _Owed, reductions: list[Change], day: dt.date
) -> Iterator[Fault]:
    """Yield what is wrong with the notice of a version that reduces rights materially."""
    why = _reduces(reductions)
    latest = _shifted(effective, -owed.days)
    if version.notified is None:
        yield _not_told(version, effective, owed, why, day)
        return
    lead = (effective - version.notified).days
    if lead < owed.days:
        told = f"{_days(lead)} before" if lead >= 0 else f"{_days(-lead)} after"
        promised = f"; {owed.days_of} promises {_days(owed.days)}" if owed.days else ""
        what = f"{why}, and users are told {told} it takes effect on {effective}{promised}."
        later = f"the version take effect on {_shifted(version.notified, owed.days)} or later."
        remedy = f"Tell them by {latest}, or let {later}" if latest >= day else f"Let {later}"
        yield fault_at_key(version, _NOTICE_KEYS, "SP522", what, remedy)
    if owed.ways and version.notified_by not in owed.ways:
        said = f"`notified-by` says `{version.notified_by}`" if version.notified_by else "there is no `notified-by`"
        what = f"{why}; {owed.ways_of} promises notice {owed.by}, and {said}."
        remedy = f"Tell users {owed.by}, and write `notified-by: {owed.ways[0]}`."
        yield fault_at_key(version, ("notified-by", *_NOTICE_KEYS), "SP523", what, remedy)


def _not_told(version: Version, effective: dt.date, owed: _Owed, why: str, day: dt.date) -> Fault:
    latest = _shifted(effective, -owed.days)
    tell = f"Tell users {owed.by}".rstrip()
    write = "write `notified: ` with the day, which may be a plan" + (
        f", and `notified-by: {owed.ways[0]}`." if owed.ways else "."
    )
    if latest >= day:
        what = f"{why}, and no `notified` says that users are told before it takes effect on {effective}."
        return fault_at_key(version, _NOTICE_KEYS, "SP521", what, f"{tell} by {latest}, and {write}")
    left = (effective - day).days
    what = f"{why}; {owed.days_of} promises {_days(owed.days)} of notice, nobody was told, and {_days(left)} are left."
    earliest = _shifted(day, owed.days)
    later = f"Let the version take effect on {earliest} or later"
    remedy = f"{later}: rename the file to {earliest}.md, and its review with it. {tell}, and {write}"
    return fault_at_key(version, _DAY_KEYS, "SP524", what, remedy)


def _reduces(changes: list[Change]) -> str:
    """Say how many changes reduce rights, and name the first of them."""
    named = [_titles(change) for change in changes[:_CLAUSES_NAMED]]
    rest = len(changes) - len(named)
    names = ", ".join(named) + (f" and {rest} more" if rest else "")
    subject = "A change reduces" if len(changes) == 1 else f"{len(changes)} changes reduce"
    return f"{subject} the rights of readers materially ({names})"


def _shifted(day: dt.date, days: int) -> dt.date:
    """Return the day so many days later, as far as the calendar reaches."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
