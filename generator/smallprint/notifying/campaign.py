"""A plan with its ledger → mail on its way, after everything that forbids it was asked."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from smallprint.errors import NoticeError
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.letters import Letters
from smallprint.notifying.lock import SenderLock
from smallprint.notifying.numbers import counted
from smallprint.notifying.overview import look
from smallprint.notifying.sending import Sending
from smallprint.notifying.suppression import read_suppression
from smallprint.notifying.workers import Workers
from smallprint.reviewing.fingerprint import fingerprint_with_promises
from smallprint.reviewing.legacy import is_legacy, legacy_fingerprint_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from smallprint.model import Policy, Version
    from smallprint.notifying.delivery import Transport
    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.limits import Limits
    from smallprint.notifying.overview import Overview
    from smallprint.notifying.plan import Plan


def check_plan(plan: Plan, policy: Policy, day: dt.date) -> None:
    """See that a plan may still be carried out.

    Args:
        plan: the plan.
        policy: its policy as it stands now.
        day: today.

    Raises:
        NoticeError: The words have changed since, or the promised time is over.
    """
    versions = {str(version.version_id): version for version in policy.versions}
    for name, words in plan.words.items():
        if name not in versions or not _is_as_planned(versions[name], words):
            raise NoticeError(
                f"The words of {name} are no longer those the notice was planned from, or a clause of it is marked to "
                "promise something else, so what the notice says of them may be false. Nothing was sent. Put them "
                "back, or plan the notice again."
            )
    if plan.made <= plan.effective < day:
        raise NoticeError(
            f"The texts say that {plan.version} is still to take effect, and it took effect on {plan.effective}. "
            "Nothing was sent. Plan the notice again, so that they say what is so."
        )
    if day > plan.duty.latest and not plan.duty.late:
        raise NoticeError(
            f"The last day to tell people as promised was {plan.duty.latest}, and today is {day}. Nothing was sent. "
            "Let the version take effect later, or plan again with --late and the reason, which is recorded."
        )


def _is_as_planned(version: Version, words: str) -> bool:
    if is_legacy(words):
        # A plan made before the hash had its present form. That form saw all but the borders between lists, and some of
        # the recipients may have been written to already: refused, the others would never be.
        return legacy_fingerprint_of(version) == words
    return fingerprint_with_promises(version) == words


def check_recipients(plan: Plan) -> None:
    """See that the file of recipients is the one that was planned from; one that is gone was frozen whole.

    Raises:
        NoticeError: It was changed since.
    """
    path = Path(plan.recipients.file)
    if path.is_file():
        with path.open("rb") as file:
            is_same = hashlib.file_digest(file, "sha256").hexdigest() == plan.recipients.sha256
        if not is_same:
            raise NoticeError(
                f"{path} was changed since the notice was planned, and the plan does not know of it. Nothing was sent. "
                "Plan the notice again; or take the file back or move it away, to send to those who were planned."
            )


def check_overview(overview: Overview, *, is_resumed: bool, is_untested: bool) -> None:
    """See that a notice may be sent, or gone on with.

    Raises:
        NoticeError: It may not; says what to do.
    """
    begun = overview.begun
    if overview.is_purged:
        raise NoticeError("Addresses and names were taken out of the ledger, so nobody can be sent to any more.")
    if begun and not is_resumed:
        raise NoticeError(
            f"Sending has begun: {counted(begun, 'recipient is', 'recipients are')} past `planned`. Go on with "
            "`smallprint notice resume`, which sends to nobody twice."
        )
    if is_resumed and not (begun or overview.has_run):
        raise NoticeError("Sending has not begun. Begin it with `smallprint notice send`, which asks for the number.")
    if not overview.tests and not is_untested:
        raise NoticeError(
            "No sample of this notice was accepted by a server yet. Send one to yourself with `smallprint notice "
            "test`, and read it; or say --untested."
        )


@contextmanager
def sending(  # noqa: PLR0913 - the last two go by name
    folder: NoticeFolder,
    plan: Plan,
    transport: Transport,
    limits: Limits,
    *,
    resend_unknown: bool = False,
    processes: int = 1,
) -> Iterator[Sending | Workers]:
    """Make a run of the sender, with the ledger locked and in order; it is closed in the end.

    Args:
        folder: the notice's folder.
        plan: its plan.
        transport: where letters go.
        limits: how hard to send.
        resend_unknown: a person has said that those who may have the message are to be sent to again.
        processes: by how many processes; no more than connections.

    Raises:
        NoticeError: Someone is sending already, or the ledger cannot be used.
        ContentError: The list of those who are not to be written to cannot be read.
    """
    letters = Letters(plan)
    with SenderLock(folder.lock):
        look(folder, plan)
        ledger = Ledger(folder.ledger)
        try:
            now, workers = int(time.time()), min(processes, limits.connections)
            ledger.recover(now=now, resend_unknown=resend_unknown, workers=workers if workers > 1 else 0)
            ledger.suppress(_suppressed(plan), now=now)
            if workers == 1:
                yield Sending(ledger, transport, letters.compose, limits)
        finally:
            ledger.close()
        if workers > 1:
            yield Workers(folder.ledger, transport, letters.compose, limits, workers)


def _suppressed(plan: Plan) -> Iterator[str]:
    """Yield the list as it is now: whoever came onto it since the plan is not written to either."""
    if plan.suppression:
        path = Path(plan.suppression.file)
        yield from read_suppression(path, path.as_posix())
