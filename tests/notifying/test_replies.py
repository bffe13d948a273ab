"""What replies of mail servers mean."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from smallprint.notifying.delivery import Outcome
from smallprint.notifying.replies import MALFORMED, Phase, classify

ACCEPTED, DEFERRED, FAILED, UNKNOWN, AGAIN, STOP = (
    Outcome.ACCEPTED,
    Outcome.DEFERRED,
    Outcome.FAILED,
    Outcome.UNKNOWN,
    Outcome.AGAIN,
    Outcome.STOP,
)
BEFORE = [phase for phase in Phase if phase is not Phase.DOT]
FIVE = [Phase.RCPT, Phase.DATA, Phase.DOT]

CASES = [
    # Phases, reply, what came of it, the code shown.
    ("dot", "250 2.0.0 queued", ACCEPTED, "250 2.0.0"),
    ("dot", "250 ok", ACCEPTED, "250"),
    ("dot", "354 more", UNKNOWN, "354"),
    ("data", "250 ok", AGAIN, "250"),
    ("rcpt data", "421 4.3.2 shutting down", DEFERRED, "421 4.3.2"),
    ("mail", "421 4.4.2 too long on this line", AGAIN, "421 4.4.2"),
    ("mail", "421 4.7.0 slow down", DEFERRED, "421 4.7.0"),
    ("dot", "421 4.3.2 shutting down", UNKNOWN, "421 4.3.2"),
    ("mail rcpt data dot", "450 4.2.0 greylisted", DEFERRED, "450 4.2.0"),
    ("mail rcpt data dot", "451 local error", DEFERRED, "451"),
    ("mail rcpt data dot", "452 4.2.2 mailbox full", DEFERRED, "452 4.2.2"),
    ("rcpt data dot", "552 5.2.2 mailbox full", DEFERRED, "552 5.2.2"),
    ("rcpt dot", "552 exceeded storage allocation", DEFERRED, "552"),
    ("rcpt", "552 no", DEFERRED, "552"),
    ("rcpt", "550 user is over quota", DEFERRED, "550"),
    ("rcpt data dot", "552 5.3.4 too big", STOP, "552 5.3.4"),
    ("dot", "552-5.2.3 exceeds our size limits", STOP, "552 5.2.3"),
    ("dot", "552 message size exceeds fixed limit", STOP, "552"),
    ("rcpt data dot", "550 5.1.1 no such user", FAILED, "550 5.1.1"),
    ("rcpt", "550 sorry, no mailbox here by that name. (#5.1.1)", FAILED, "550 5.1.1"),
    ("rcpt dot", "554 5.1.2 bad domain", FAILED, "554 5.1.2"),
    ("rcpt dot", "550 5.2.1 disabled", FAILED, "550 5.2.1"),
    ("rcpt dot", "553 5.6.7 needs SMTPUTF8", FAILED, "553 5.6.7"),
    ("rcpt", "501 5.1.3 bad address", FAILED, "501 5.1.3"),
    ("rcpt", "550 no such user here", FAILED, "550"),
    ("rcpt", "550 5.5.0 mailbox unavailable", FAILED, "550 5.5.0"),
    ("rcpt", "551 user not local", FAILED, "551"),
    ("rcpt", "553 mailbox name not allowed", FAILED, "553"),
    ("rcpt", "501 syntax error in parameters", FAILED, "501"),
    ("rcpt", "556 domain takes no mail", FAILED, "556"),
    ("rcpt", "550 5.4.1 access denied", FAILED, "550 5.4.1"),
    ("data dot", "550 no", STOP, "550"),
    ("data dot", "554 5.6.0 no", STOP, "554 5.6.0"),
    ("rcpt data dot", "550 5.7.1 not today", STOP, "550 5.7.1"),
    ("rcpt data dot", "550 5.7.26 unauthenticated", STOP, "550 5.7.26"),
    ("rcpt", "550 relay not permitted", STOP, "550"),
    ("rcpt", "550 Relaying denied", STOP, "550"),
    ("rcpt", "550 5.0.0 blocked by the blacklist", STOP, "550 5.0.0"),
    ("rcpt", "553 sorry, that is not in my list. (#5.7.1)", STOP, "553 5.7.1"),
    ("rcpt", "550 Sender verify failed", STOP, "550"),
    ("rcpt", "550 5.1.8 domain of the sender not found", STOP, "550 5.1.8"),
    ("banner hello auth mail rcpt data dot", "530 5.7.0 log in first", STOP, "530 5.7.0"),
    ("banner hello auth mail rcpt data dot", "535 wrong", STOP, "535"),
    ("banner hello mail rcpt data dot", "554 go away", STOP, "554"),
    ("mail", "550 5.1.1 no such user", STOP, "550 5.1.1"),
    ("mail", "552 5.3.4 too big", STOP, "552 5.3.4"),
    ("mail rcpt data dot", "500 what", STOP, "500"),
    ("mail rcpt data dot", "502 no", STOP, "502"),
    ("mail rcpt data dot", "503 out of order", STOP, "503"),
    ("mail rcpt data dot", "504 no", STOP, "504"),
    ("mail rcpt data dot", "555 no", STOP, "555"),
    ("banner hello auth", "454 4.3.0 later", DEFERRED, "454 4.3.0"),
]


@pytest.mark.parametrize(
    ("phase", "reply", "outcome", "code"),
    [(phase, *rest) for phases, *rest in CASES for phase in phases.split()],
)
def test_what_a_reply_comes_to(phase: str, reply: str, outcome: Outcome, code: str) -> None:
    answer = classify(Phase(phase), int(reply[:3]), reply[4:])

    assert (answer.outcome, answer.code) == (outcome, code)


@pytest.mark.parametrize(
    ("reply", "is_about_domain"),
    [
        ("421 closing", True),
        ("450 4.7.1 too much mail from you", True),
        ("450 4.3.2 system busy", True),
        ("450 rate limit exceeded", True),
        ("451 4.1.8 sender's domain not found", True),
        ("450 4.2.1 user receives mail too quickly", False),
        ("452 4.2.2 mailbox full", False),
        ("450 mailbox busy", False),
        ("451 local error, separate from generated ones", False),
        ("450 4.7.1 greylisted, try in 300 seconds", False),
        ("451 Greylisting in action", False),
    ],
)
def test_others_of_the_domain_wait_where_it_is_about_them_too(reply: str, is_about_domain: bool) -> None:
    assert classify(Phase.RCPT, int(reply[:3]), reply[4:]).is_about_domain is is_about_domain


@pytest.mark.parametrize("code", [-1, 0, 99, 600, 1000])
def test_a_reply_that_is_none_says_nothing(code: int) -> None:
    assert {classify(phase, code, "").outcome for phase in BEFORE} == {AGAIN}
    assert classify(Phase.DOT, code, "").outcome is UNKNOWN
    assert not classify(Phase.RCPT, code, "").is_alive
    assert classify(Phase.RCPT, code, "").code == MALFORMED


def test_a_server_that_closes_is_gone() -> None:
    assert not any(classify(phase, 421, "").is_alive for phase in Phase)
    assert all(classify(phase, 450, "").is_alive for phase in (Phase.MAIL, *FIVE))


@hypothesis.given(st.sampled_from(Phase), st.integers(-1, 1000), st.text())
def test_laws_of_every_reply(phase: Phase, code: int, text: str) -> None:
    answer = classify(phase, code, text)

    assert (answer.outcome is ACCEPTED) == (phase is Phase.DOT and 200 <= code < 300)
    assert phase is Phase.DOT or answer.outcome is not UNKNOWN
    assert answer.outcome is not FAILED or (500 <= code < 600 and phase in FIVE)
    assert answer.outcome is not STOP or 500 <= code < 600
    assert len(answer.said) <= 200
    assert answer.said.isprintable()
    assert len(answer.code) <= 20


SAID = Path(__file__).parent.parent / "fixtures" / "notices" / "replies.txt"
MEANING = {
    # 5xx outcome, whether doubtful.
    "recipient": (FAILED, False),
    "full": (DEFERRED, False),
    "us": (STOP, False),
    "doubtful": (STOP, True),
}


def said() -> list[tuple[str, str, str]]:
    lines = SAID.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" ", 2)) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def test_there_are_replies_of_many_servers() -> None:
    assert len(said()) > 200


@pytest.mark.parametrize(("about", "phase", "reply"), said())
def test_whom_a_refusal_is_about(about: str, phase: str, reply: str) -> None:
    """What mail servers really say."""
    text = "\n".join(line[4:] for line in split_reply(reply))
    answer = classify(Phase(phase), int(reply[:3]), text, "nx@example.org")

    if reply.startswith("4"):
        assert answer.outcome is DEFERRED
        assert answer.is_about_domain is (about == "us")
    else:
        assert (answer.outcome, answer.is_doubtful) == MEANING[about]


def split_reply(reply: str) -> list[str]:
    """Return the lines of a reply in the fixture: each begins with the code."""
    return reply.replace(f"/{reply[:3]}", f"\n{reply[:3]}").split("\n")
