"""A version not yet in force with all that is known of its changes → what keeps it from being published.

Three things are asked: has a person decided on every change that may touch rights; are users told of what reduces them
materially; and is the promise kept that the policy has made about telling them.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from smallprint.assessing.promise import mark_is_weaker
from smallprint.judgement import Direction
from smallprint.model import ChangeKind
from smallprint.reviewing.digest import words_digest
from smallprint.reviewing.owed import material_reductions, owed
from smallprint.reviewing.places import fault_at_clause, fault_at_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.errors import Fault
    from smallprint.judgement import Judgement
    from smallprint.model import Change, Comparison, Policy, Version
    from smallprint.reviewing.assessed import Assessed
    from smallprint.reviewing.owed import Owed

GATE_CODES: Final = frozenset({"SP520", "SP521", "SP522", "SP523", "SP524", "SP525"})
"""Faults that keep a version from being published, and not from being looked at before."""
_NOTICE_KEYS: Final = ("notified", "effective")
_DAY_KEYS: Final = ("effective",)
_CLAUSES_NAMED: Final = 3


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
    faults = [*undecided(policy, version, assessed), *weaker_marks(version, assessed)]
    if reductions := material_reductions(assessed):
        faults += _notice(version, version.effective, owed(policy, version, assessed), reductions, day)
    return tuple(sorted(faults))


def undecided(policy: Policy, version: Version, assessed: Sequence[Assessed]) -> Iterator[Fault]:
    """Yield each change that may touch rights and that nobody has decided on, those with the same words once.

    This and `weaker_marks` may be asked of a version in force too. Both yield in the order of the comparisons.
    """
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


def weaker_marks(version: Version, assessed: Sequence[Assessed]) -> Iterator[Fault]:
    """Yield each mark of a promise that says less than before while the words of its clause are the same."""
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


def _notice(
    version: Version, effective: dt.date, owes: Owed, reductions: list[Change], day: dt.date
) -> Iterator[Fault]:
    """Yield what is wrong with the notice of a version that reduces rights materially."""
    why = _reduces(reductions)
    latest = _shifted(effective, -owes.days)
    if version.notified is None:
        yield _not_told(version, effective, owes, why, day)
        return
    lead = (effective - version.notified).days
    if lead < owes.days:
        told = f"{_days(lead)} before" if lead >= 0 else f"{_days(-lead)} after"
        promised = f"; {owes.days_of} promises {_days(owes.days)}" if owes.days else ""
        what = f"{why}, and users are told {told} it takes effect on {effective}{promised}."
        later = f"the version take effect on {_shifted(version.notified, owes.days)} or later."
        remedy = f"Tell them by {latest}, or let {later}" if latest >= day else f"Let {later}"
        yield fault_at_key(version, _NOTICE_KEYS, "SP522", what, remedy)
    if owes.ways and version.notified_by not in owes.ways:
        said = f"`notified-by` says `{version.notified_by}`" if version.notified_by else "there is no `notified-by`"
        what = f"{why}; {owes.ways_of} promises notice {owes.by}, and {said}."
        remedy = f"Tell users {owes.by}, and write `notified-by: {owes.ways[0]}`."
        yield fault_at_key(version, ("notified-by", *_NOTICE_KEYS), "SP523", what, remedy)


def _not_told(version: Version, effective: dt.date, owes: Owed, why: str, day: dt.date) -> Fault:
    latest = _shifted(effective, -owes.days)
    tell = f"Tell users {owes.by}".rstrip()
    write = "write `notified: ` with the day, which may be a plan" + (
        f", and `notified-by: {owes.ways[0]}`." if owes.ways else "."
    )
    if latest >= day:
        what = f"{why}, and no `notified` says that users are told before it takes effect on {effective}."
        return fault_at_key(version, _NOTICE_KEYS, "SP521", what, f"{tell} by {latest}, and {write}")
    left = (effective - day).days
    what = f"{why}; {owes.days_of} promises {_days(owes.days)} of notice, nobody was told, and {_days(left)} are left."
    earliest = _shifted(day, owes.days)
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
