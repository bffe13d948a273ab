"""Building the messages of a notice, and checking each, against composing the same by `EmailMessage`."""

from __future__ import annotations

import email.policy
import sys
import time
from email.message import EmailMessage
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from report import Goal, print_table, times

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from announced import NOTICE_ID, SENDER, WHEN, texts
from smallprint.notifying.checking import check_message
from smallprint.notifying.message import MessageForm
from smallprint.notifying.recipient import Recipient

_OURS, _PEERS = 20_000, 100
_AIM = 100


def measure_messages(rounds: int) -> list[Goal]:
    """Measure both in turns, print the rates, and return the goal."""
    form = MessageForm(texts("en")[0], SENDER, NOTICE_ID)
    people = [Recipient(line, f"user{line}@example.org", "en", f"Ada Lovelace {line}") for line in range(_OURS)]
    built, checked, composed = [], [], []
    for _ in range(rounds):
        built.append(_seconds(lambda person: form.build(person, WHEN), people))
        checked.append(
            _seconds(lambda person: check_message(form.build(person, WHEN), form.meant(person, WHEN)), people)
        )
        composed.append(_seconds(lambda person: _compose(form, person), people[:_PEERS]))
    ratios = [peer / ours for peer, ours in zip(composed, built, strict=True)]
    rows = [
        (
            name,
            f"{1 / median(seconds):,.0f}",
            times(median(peer / one for peer, one in zip(composed, seconds, strict=True))),
        )
        for name, seconds in (("built", built), ("built and checked", checked), ("EmailMessage.as_bytes", composed))
    ]
    print_table("Messages of a notice", ("", "a second", "to EmailMessage"), rows)
    return [Goal("building messages / EmailMessage", f">= {_AIM}", times(median(ratios)), median(ratios) >= _AIM)]


def _seconds(build: Callable[[Recipient], object], people: list[Recipient]) -> float:
    begin = time.process_time()
    for person in people:
        build(person)
    return (time.process_time() - begin) / len(people)


def _compose(form: MessageForm, recipient: Recipient) -> bytes:
    plain, html = form.parts(recipient)
    message = EmailMessage(policy=email.policy.SMTP)
    for name, value in form.headers(recipient, WHEN):
        if name not in {"MIME-Version", "Content-Type"}:
            message[name] = value
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


if __name__ == "__main__":
    measure_messages(3)
