"""A plan and its ledger → the proof of a notice, without any address."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from smallprint.errors import NoticeError
from smallprint.model import VersionId
from smallprint.notifying.ledger_file import explained, open_to_read
from smallprint.notifying.overview import accepted_between, look
from smallprint.notifying.state import State
from smallprint.reviewing.proof import Proof

if TYPE_CHECKING:
    from smallprint.notifying.announcement import NoticeText
    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.plan import Plan


def prove(folder: NoticeFolder, plan: Plan) -> Proof:
    """Return what is known of a notice that was sent.

    Raises:
        NoticeError: Someone is sending, nothing was sent yet, or the ledger cannot be read.
    """
    overview = look(folder, plan)
    if overview.is_sending:
        raise NoticeError("Someone is sending now, so the numbers would be wrong in a moment. Wait for the end of it.")
    with explained(folder.ledger):
        db = open_to_read(folder.ledger)
        try:
            between = accepted_between(db)
        finally:
            db.close()
    if between is None:
        raise NoticeError("No mail server has accepted a message yet, so there is nothing to prove.")
    first, last = (dt.datetime.fromtimestamp(each, dt.UTC) for each in between)
    states, told = overview.states, plan.recipients
    texts = {text.language: text_digest(text) for text in plan.texts}
    return Proof(
        version=VersionId(plan.version),
        baseline=VersionId(plan.baseline),
        notice=plan.notice,
        by=plan.duty.channel,
        first=first,
        last=last,
        planned=overview.total,
        accepted=states[State.ACCEPTED],
        failed=states[State.FAILED],
        deferred=states[State.DEFERRED],
        # Where a sender has ended before its time, whoever it was sending to may have the message.
        unknown=states[State.UNKNOWN] + states[State.SENDING],
        suppressed=states[State.SUPPRESSED],
        waiting=states[State.PLANNED] + states[State.CLAIMED],
        joined_since=told.joined_since,
        languages=told.languages,
        texts=hashlib.sha256("".join(f"{name} {own}\n" for name, own in sorted(texts.items())).encode()).hexdigest(),
        text_of=texts,
        plan=plan.sha256,
        late=plan.duty.late,
    )


def text_digest(text: NoticeText) -> str:
    """Return the SHA-256 of all that stands in the messages of one language but what differs between people."""
    own = hashlib.sha256()
    for part in (text.language, text.subject, text.greeting_named, text.greeting_unnamed, text.text, text.html):
        data = part.encode()
        own.update(f"{len(data)}\n".encode() + data)
    return own.hexdigest()
