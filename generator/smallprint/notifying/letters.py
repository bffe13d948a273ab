"""The texts of a plan → a letter to each recipient, checked before it goes anywhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from smallprint.notifying.checking import check_form, check_message
from smallprint.notifying.delivery import Letter
from smallprint.notifying.frozen import sender_of
from smallprint.notifying.message import MessageForm

if TYPE_CHECKING:
    from smallprint.notifying.claims import Claim
    from smallprint.notifying.plan import Plan
    from smallprint.notifying.recipient import Recipient


class Letters:
    """Writes the letters of one notice. May be shared by threads."""

    def __init__(self, plan: Plan, notice: str | None = None) -> None:
        """Make the forms of all languages ready.

        Args:
            plan: what was planned.
            notice: another name for the notice, from which other Message-IDs follow: for samples.

        Raises:
            NoticeError: Messages in some language would not be what is meant.
        """
        self._sender = sender_of(plan.sender)
        self._forms = {text.language: MessageForm(text, self._sender, notice or plan.notice) for text in plan.texts}
        for form in self._forms.values():
            check_form(form)

    def compose(self, claim: Claim) -> Letter:
        """Return the letter to a recipient who was claimed.

        Raises:
            NoticeError: It is not what was meant.
        """
        return self.letter(claim.recipient, claim.language)

    def letter(self, recipient: Recipient, language: str) -> Letter:
        """Return the letter to someone in a language of the plan.

        Args:
            recipient: whom it is for.
            language: one of the plan's texts.

        Raises:
            NoticeError: It is not what was meant.
        """
        form, when = self._forms[language], dt.datetime.now(dt.UTC)
        data = form.build(recipient, when)
        check_message(data, form.meant(recipient, when))
        return Letter(self._sender.envelope, recipient.address, data, is_checked=True)
