"""A reply of a mail server → what it means for the letter it is about.

The rules are data, first match wins. Three things make a reply: the code (`550`), the enhanced code (`5.1.1`,
RFC 3463), whose second and third numbers are the detail, and words. Words count where the codes do not say whom a
refusal is about (`smallprint.notifying.reply_words`). Where nothing says it, the answer is doubtful: one of them is
about one recipient, and the next few of the same kind are about us.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from smallprint.notifying.delivery import Answer, Outcome
from smallprint.notifying.redacting import without_addresses
from smallprint.notifying.reply_words import About, whom_about


class Phase(StrEnum):
    """What a reply answers."""

    BANNER = "banner"
    """Our being there."""
    HELLO = "hello"
    """EHLO and STARTTLS."""
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    """The command, which asks whether the letter may come."""
    DOT = "dot"
    """The letter with its final dot."""


MALFORMED: Final = "malformed reply"
"""The code of an answer whose reply was none."""

_TAKEN: Final = range(200, 300)
_ANSWERED: Final = range(200, 600)
_LATER: Final = range(400, 500)
_NEVER: Final = range(500, 600)
_CLOSING: Final = 421
_GREETING: Final = frozenset({Phase.BANNER, Phase.HELLO, Phase.AUTH})
_ENHANCED: Final = re.compile(r"([245])\.(\d{1,3}\.\d{1,3})(?![\w.])|.*?\(#([245])\.(\d{1,3}\.\d{1,3})\b")
"""At the start of a line, where RFC 2034 has it, or as `(#5.1.1)`, where qmail has it."""
_SAYS_NOTHING: Final = ("", "0.0")

_WORDS: Final = (
    # What is said for now → the detail that says so.
    (r"(?:too large|too big|size limit|maximum (?:message )?size|(?:message|fixed).{0,20} (?:size|limit))", "3.4"),
    (r"relay(?:ing)?\b|authenticat\w+|auth(?:entication)? required|log ?in first", "7.1"),
    (r"spam|block.?list|black.?list|blocked|banned|dnsbl|\brbl\b|reputation|prohibit", "7.1"),
    (
        r"\bspf\b|\bdkim\b|\bdmarc\b|reverse dns|\bptr\b|\bhelo\b|sender.{0,20} (?:rejected|denied|refused|verif\w+)",
        "7.1",
    ),
    (r"\brate\b|too (?:many|fast|quickly|often)|throttl|slow down|concurren", "7.0"),
    (r"system storage|system (?:load|resources)|server (?:is )?busy|overloaded|shutting down", "3.0"),
)
_READ_AS: Final = tuple((re.compile(words, re.IGNORECASE), detail) for words, detail in _WORDS)
_PATIENCE: Final = re.compile(r"gr[ae]y.?list", re.IGNORECASE)
"""A greylist wants each letter offered twice; to spare the domain meanwhile would only put off the first offers."""

_DOUBT: Final = "doubt"
"""Stands in the table for a refusal of which nothing says whom it is about."""

_PERMANENT: Final = (
    # Phase, code, detail, whom the words are about → what came of it.
    ("banner|hello|auth|mail", ".*", ".*", ".*", Outcome.STOP),  # said before the recipient was heard of
    (".*", "530|535", ".*", ".*", Outcome.STOP),
    (".*", ".*", r"7\.(?:[38]|2\d|54|57|60|64|[567]\d\d)", ".*", Outcome.STOP),  # authentication, SPF, lists of hosts
    (".*", ".*", r"1\.[78]", ".*", Outcome.STOP),  # the sender's address
    (".*", ".*", r"2\.2", ".*", Outcome.DEFERRED),  # mailbox full
    (".*", ".*", r"1\.(?:[1-46]|10)|6\.7", ".*", Outcome.FAILED),  # no such address, needs SMTPUTF8
    (".*", ".*", r"7\.(?:12|1[2-3]\d|193|17|18)", ".*", Outcome.FAILED),  # closed groups, owners that changed
    (".*", ".*", ".*", About.US, Outcome.STOP),
    (".*", ".*", ".*", About.RECIPIENT, Outcome.FAILED),
    (".*", ".*", r"7\.2", ".*", Outcome.FAILED),  # a closed list
    (".*", ".*", ".*", About.FULL, Outcome.DEFERRED),
    (".*", ".*", ".*", About.EITHER, _DOUBT),
    (".*", ".*", r"3\.4", ".*", Outcome.STOP),  # too large
    (".*", ".*", r"7\..*|2\.3", ".*", _DOUBT),  # policy; too large, for one mailbox perhaps
    (".*", ".*", r"[12]\..*", ".*", Outcome.FAILED),  # address, mailbox
    (".*", "50[0234]|555", ".*", ".*", Outcome.STOP),  # we said something wrong
    ("rcpt", "552", ".*", ".*", Outcome.DEFERRED),
    ("rcpt", "501|55[0136]", ".*", ".*", Outcome.FAILED),  # 556: the domain takes no mail, RFC 7504
    ("rcpt", ".*", r"4\..*", ".*", Outcome.FAILED),  # no way to that domain
    (".*", ".*", ".*", ".*", _DOUBT),
)
_RULES: Final = tuple(
    (re.compile(phase), re.compile(code), re.compile(detail), re.compile(about), outcome)
    for phase, code, detail, about, outcome in _PERMANENT
)
_ABOUT_DOMAIN: Final = re.compile(r"[3457]\..*|1\.[78]")
"""Details of 4xx that are not about one mailbox: system, network, protocol, policy, the sender's address."""


def classify(phase: Phase, code: int, text: str, address: str = "") -> Answer:
    """Say what a reply means that is not the one hoped for, or the one to the final dot.

    Args:
        phase: what the reply answers.
        code: three digits; anything else stands for a reply that was none.
        text: what follows the code, one line each.
        address: that of the recipient, to be taken out of what is shown.

    Returns:
        `accepted` for nothing but a 2xx to the final dot.

    >>> answer = classify(Phase.RCPT, 550, "5.1.1 <jane@example.org> is unknown")
    >>> answer.outcome.value, answer.code, answer.said
    ('failed', '550 5.1.1', '5.1.1 … is unknown')
    """
    match = next(filter(None, map(_ENHANCED.match, text.splitlines()[:10])), None)
    enhanced = ".".join(filter(None, match.groups())) if match else ""
    shown = f"{code} {enhanced}".rstrip()
    is_dot = phase is Phase.DOT
    if is_dot and code in _TAKEN:
        # Nobody asks for what was said then, and to take addresses out takes longer than to send.
        return Answer(Outcome.ACCEPTED, shown)
    said = without_addresses(text, address)
    if code not in _LATER and code not in _NEVER:
        shown = shown if code in _ANSWERED else MALFORMED
        return Answer(Outcome.UNKNOWN if is_dot else Outcome.AGAIN, shown, said, is_alive=False)

    detail = enhanced.partition(".")[2]
    is_alive = phase not in _GREETING and code != _CLOSING
    about = whom_about(without_addresses(text, address, shown=None))
    if code in _LATER:
        if detail in _SAYS_NOTHING:
            detail = next((meant for words, meant in _READ_AS if words.search(said)), detail)
        outcome, is_about_domain = _put_off(phase, code, detail, about, said)
        return Answer(outcome, shown, said, is_alive=is_alive, is_about_domain=is_about_domain)
    came_of_it = next(
        outcome
        for phases, codes, details, abouts, outcome in _RULES
        if phases.fullmatch(phase)
        and codes.fullmatch(str(code))
        and details.fullmatch(detail)
        and abouts.fullmatch(about or "")
    )
    if came_of_it == _DOUBT:
        return Answer(Outcome.STOP, shown, said, is_alive=is_alive, is_doubtful=True)
    return Answer(Outcome(came_of_it), shown, said, is_alive=is_alive)


def _put_off(phase: Phase, code: int, detail: str, about: About | None, said: str) -> tuple[Outcome, bool]:
    """Say what a 4xx comes to, and whether it is about the domain or our rate."""
    if code == _CLOSING and phase is Phase.DOT:
        return Outcome.UNKNOWN, True
    if code == _CLOSING and phase is Phase.MAIL and not detail.startswith("7."):
        # It is time for another connection: no one was heard of yet, and nobody said to slow down.
        return Outcome.AGAIN, False
    if phase is Phase.MAIL or phase in _GREETING or code == _CLOSING:
        return Outcome.DEFERRED, True
    if about in {About.RECIPIENT, About.FULL}:
        return Outcome.DEFERRED, False
    return Outcome.DEFERRED, _ABOUT_DOMAIN.fullmatch(detail) is not None and not _PATIENCE.search(said)
