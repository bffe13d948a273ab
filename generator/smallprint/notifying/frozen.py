"""What was frozen in a plan → the values that messages and previews are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.notifying.announcement import Sender

if TYPE_CHECKING:
    from smallprint.notifying.plan import PlannedSender


def sender_of(sender: PlannedSender) -> Sender:
    """Return a sender as it was frozen. What readers can do is in the texts by then."""
    return Sender(sender.name, sender.address, sender.reply_to, sender.bounces, sender.contact)
