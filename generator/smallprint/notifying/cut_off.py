"""The texts of a plan → the messages of which mail programs would show only the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.notifying.frozen import sender_of
from smallprint.notifying.message import MessageForm
from smallprint.notifying.recipient import Recipient

if TYPE_CHECKING:
    from smallprint.notifying.plan import Plan

MOST_SHOWN: Final = 102_000
"""Bytes of the HTML part. Gmail hides what comes after 102 KB behind a link, “View entire message”; no other program
that is widely used shows less."""
_NAME: Final = "x" * 60
"""A long name: what a message to some person may have more than the one to another."""


def cut_off(plan: Plan) -> list[str]:
    """Return a warning for each language whose message is too long to be shown as a whole; none if all are short.

    Args:
        plan: what was planned.
    """
    someone = Recipient(0, "sample@example.org", "", _NAME, columns=dict.fromkeys(plan.columns, _NAME))
    warnings = []
    for text in plan.texts:
        html = MessageForm(text, sender_of(plan.sender), plan.notice).parts(someone)[1]
        size = len(html.encode("utf-8"))
        if size > MOST_SHOWN:
            warnings.append(
                f"The message in {text.language} has {size / 1000:,.0f} KB of HTML. Gmail shows the first 102 KB and "
                "hides the rest behind a link, “View entire message”. Shorten the sentences for readers "
                "(`for-readers` in the review), or the template."
            )
    return warnings
