"""What was decided on a version, and a file of recipients → a plan and a ledger, whole or not at all."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallprint.errors import ContentError, NoticeError
from smallprint.notifying import points
from smallprint.notifying.announcing import announce
from smallprint.notifying.audience import Audience
from smallprint.notifying.decided import decided
from smallprint.notifying.drafting import Draft
from smallprint.notifying.filling import fill_ledger
from smallprint.notifying.folder import begin_folder, kept_from_sending, put_in_place, refuse_if_begun
from smallprint.notifying.ledger_file import bind
from smallprint.notifying.letters import Letters
from smallprint.notifying.linked_pages import check_linked_pages
from smallprint.notifying.plan import seal, write_plan
from smallprint.notifying.suppression import read_suppression
from smallprint.reviewing.fingerprint import fingerprint_with_promises

if TYPE_CHECKING:
    from smallprint.errors import Fault
    from smallprint.notifying.announcement import Announcement
    from smallprint.notifying.announcing import Duty
    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.plan import Plan
    from smallprint.notifying.recipient_values import NameNote
    from smallprint.notifying.wish import Wish
    from smallprint.reviewing.assessed import Assessed
    from smallprint.reviewing.folder import Inspected


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that was written, and what the person who asked for it should see."""

    plan: Plan
    faults: tuple[Fault, ...]
    """The lines that were left out as they cannot be read: the first of them, and how many more there are."""
    nameless: tuple[NameNote, ...]
    """The first of the lines whose name is not used."""
    is_kept_by_email: bool
    """Whether what the policy promises is kept by an email."""


def plan_notice(wish: Wish, inspected: Inspected) -> Planned:
    """Freeze a notice: what is announced, in which words, to whom.

    Args:
        wish: what is asked for.
        inspected: what stands beside the versions of the policy.

    Raises:
        ContentError: Somebody has still to decide on a change, or a file has faults.
        NoticeError: It may not be planned. As with a `ContentError` nothing was written, and an earlier plan stands.
    """
    with kept_from_sending(wish.folder):
        refuse_if_begun(wish.folder)
        return _plan(wish, inspected)


def _plan(wish: Wish, inspected: Inspected) -> Planned:
    _refuse_proven(wish, inspected)
    assessed = decided(wish.policy, wish.version, inspected)
    announcement, duty = announce(wish.policy, wish.version, assessed, wish.site_url)
    _refuse_late(wish, duty)
    for each in assessed:
        check_linked_pages(wish.site, wish.policy.slug, each.comparison.old, wish.version)
    part = begin_folder(wish.folder)
    try:
        planned = _freeze(wish, announcement, duty, assessed, part)
    except BaseException:
        shutil.rmtree(part.path, ignore_errors=True)
        raise
    put_in_place(part, wish.folder)
    points.reached("plan-written")
    return planned


def _freeze(
    wish: Wish, announcement: Announcement, duty: Duty, assessed: list[Assessed], part: NoticeFolder
) -> Planned:
    """Write ledger and plan into a folder of their own."""
    draft = Draft(wish, announcement)
    audience = Audience(
        wish.recipients,
        wish.recipients.as_posix(),
        published=wish.version.published or wish.day,
        columns=draft.columns,
        language_for=draft.language_for,
    )
    listed = read_suppression(wish.suppression, wish.suppression.as_posix()) if wish.suppression else ()
    points.reached("ledger-begun")
    filled = fill_ledger(part.ledger, audience, listed, draft.language_for)
    points.reached("ledger-whole")
    if audience.faults and not wish.skip_bad:
        raise ContentError(audience.all_faults)
    if not filled.planned:
        raise NoticeError(
            "Nobody is left to be told: everyone in the file joined since, is on the list of those who are not to be "
            "written to, or stands on a line that cannot be read."
        )
    versions = (assessed[-1].comparison.old, wish.version)
    words = {str(version.version_id): fingerprint_with_promises(version) for version in versions}
    plan = seal(draft.plan(duty, audience, filled, words))
    # Whatever cannot be built is found now.
    Letters(plan)
    bind(part.ledger, plan.sha256)
    write_plan(part.plan, plan)
    return Planned(plan, audience.all_faults, audience.file.name_notes, duty.is_kept_by_email)


def _refuse_proven(wish: Wish, inspected: Inspected) -> None:
    slug, version = wish.policy.slug, wish.version.version_id
    if version in inspected.policies[slug].proofs:
        raise NoticeError(
            f"Users were notified of {version}: the proof stands in {wish.shown}/{slug}/notices/{version}.yml. A "
            "second notice would be one too many; a correction of the text is a new version."
        )


def _refuse_late(wish: Wish, duty: Duty) -> None:
    if wish.day <= duty.latest or wish.late:
        return
    days = f", and {duty.owed.days_of} promises notice {duty.owed.days} days before" if duty.owed.days else ""
    verb = "takes" if wish.version.effective and wish.version.effective >= wish.day else "took"
    way = "Let the version take effect later; or say" if verb == "takes" else "Say"
    raise NoticeError(
        f"{wish.version.version_id} {verb} effect on {wish.version.effective}{days}: the last day to tell people was "
        f"{duty.latest}, and today is {wish.day}. {way} --late with the reason, "
        "which is recorded and shown with the proof."
    )
