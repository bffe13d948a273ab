"""What was frozen in a plan → the values that messages and previews are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.notifying.announcement import NoticeText, Sender

if TYPE_CHECKING:
    from smallprint.notifying.plan import PlannedSender, PlannedText


def text_of(text: PlannedText) -> NoticeText:
    """Return a text as it was frozen."""
    return NoticeText(
        language=text.language,
        direction=text.direction,
        subject=text.subject,
        text=text.text,
        html=text.html,
        greeting_named=text.greeting_named,
        greeting_unnamed=text.greeting_unnamed,
        banner=text.banner,
    )


def sender_of(sender: PlannedSender) -> Sender:
    """Return a sender as it was frozen. What readers can do is in the texts by then."""
    return Sender(sender.name, sender.address, sender.reply_to, sender.bounces, sender.contact)
