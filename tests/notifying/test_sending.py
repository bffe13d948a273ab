"""What the sender makes of answers: who is tried again, who is not, and when everything stops."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from typing import TYPE_CHECKING

import pytest
from ledgers import NOW, filled, people, states

from smallprint.errors import NoticeError
from smallprint.notifying.courier import Courier
from smallprint.notifying.delivery import Answer, Letter, Outcome, RefusedError, UnreachableError
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.limits import Limits
from smallprint.notifying.pace import Domains, Rate, Retrying, Trouble
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.sending import Sending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from smallprint.notifying.claims import Claim

YES = Answer(Outcome.ACCEPTED, "250")
LATER = Answer(Outcome.DEFERRED, "450 4.2.1")
NEVER = Answer(Outcome.FAILED, "550 5.1.1")
NOBODY_KNOWS = Answer(Outcome.UNKNOWN, "timed out", is_alive=False)
BROKEN = Answer(Outcome.AGAIN, "connection lost", is_alive=False)
REFUSED = Answer(Outcome.STOP, "550 5.7.1", "You are not welcome.")

MAYBE_US = Answer(Outcome.STOP, "554 5.7.1", "Access denied.", is_doubtful=True)

FAST = Limits(per_second=0, first_wait=0.01, patience=0.2, rest=0.01, longest_rest=0.02)


class Post:
    """A post office that answers as it is told, and notes what it was handed."""

    described = "a post office of the tests"

    def __init__(self, answers: Callable[[str], Answer], connects: Iterable[Exception | None] = ()) -> None:
        self._answers, self._connects = answers, deque(connects)
        self.connections = 0
        self.handed: Counter[str] = Counter()
        """By address, how often a letter was begun."""

    def connect(self) -> Post:
        error = self._connects.popleft() if self._connects else None
        if error is not None:
            raise error
        self.connections += 1
        return self

    def deliver(self, letter: Letter, ready: Callable[[], None]) -> Answer:
        answer = self._answers(letter.recipient)
        if answer.outcome in {Outcome.ACCEPTED, Outcome.UNKNOWN} or answer is BROKEN:
            ready()
            self.handed[letter.recipient] += 1
        return answer

    def close(self) -> None:
        pass


def letter(claim: Claim) -> Letter:
    return Letter("from@example.org", claim.recipient.address, b"Subject: x\r\n\r\nx\r\n")


def send(
    path: Path,
    post: Post,
    limits: Limits = FAST,
    compose: Callable[[Claim], Letter] = letter,
    clock: Callable[[], float] = time.time,
) -> Sending:
    ledger = Ledger(path)
    ledger.recover(now=int(clock()))
    sending = Sending(ledger, post, compose, limits, clock)
    try:
        sending.run(every=0.01)
    finally:
        ledger.close()
    return sending


def turns(*answers: Answer, then: Answer = YES) -> Callable[[str], Answer]:
    left = deque(answers)
    return lambda _: left.popleft() if left else then


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.mark.parametrize("connections", [1, 4])
def test_everyone_is_sent_to_once(path: Path, connections: int) -> None:
    filled(path, 1050)
    post = Post(lambda _: YES)

    sending = send(path, post, Limits(connections=connections, per_second=0))

    assert Counter(states(path).values()) == {"accepted": 1050}
    assert set(post.handed.values()) == {1}
    assert (sending.reason, post.connections) == ("", connections)


def test_each_answer_has_its_state(path: Path) -> None:
    filled(path, 4)

    send(path, Post(turns(YES, LATER, NEVER, NOBODY_KNOWS)))

    assert list(states(path).values()) == ["accepted", "deferred", "failed", "unknown"]


def test_a_letter_whose_connection_breaks_is_tried_on_another_and_then_deferred(path: Path) -> None:
    filled(path, 2)
    post = Post(turns(BROKEN, YES, BROKEN, BROKEN, BROKEN))

    send(path, post)

    assert list(states(path).values()) == ["accepted", "deferred"]
    assert post.connections == 4


def test_one_who_is_refused_as_if_it_were_us_does_not_stand_before_all_others(path: Path) -> None:
    """The next run comes to those behind; whoever was refused comes when the others have had their turn."""
    filled(path, 10)
    post = Post(lambda address: REFUSED if address.startswith("p4@") else YES)

    assert "refuses us" in send(path, post).reason
    assert send(path, post).reason == ""

    assert Counter(states(path).values()) == {"accepted": 9, "deferred": 1}


def test_a_server_that_refuses_us_stops_everything_and_the_rest_stay_planned(path: Path) -> None:
    filled(path, 500)

    sending = send(path, Post(turns(YES, REFUSED)))

    assert Counter(states(path).values()) == {"accepted": 1, "deferred": 1, "planned": 498}
    assert "550 5.7.1 You are not welcome." in sending.reason


def test_a_refusal_that_may_be_about_one_recipient_puts_off_that_one_only(path: Path) -> None:
    filled(path, 10)

    sending = send(path, Post(turns(YES, MAYBE_US, YES, MAYBE_US, MAYBE_US)))

    assert sending.reason == ""
    assert Counter(states(path).values()) == {"accepted": 7, "deferred": 3}


@pytest.mark.parametrize(("domains", "refused"), [(1, 5), (2, 5), (3, 3), (100, 3)])
def test_refusals_in_a_row_that_may_be_about_anyone_are_about_us(path: Path, domains: int, refused: int) -> None:
    filled(path, [Recipient(n, f"p{n}@example{n % domains}.org", "en", "") for n in range(1, 101)])

    sending = send(path, Post(turns(YES, then=MAYBE_US)))

    assert Counter(states(path).values()) == {"accepted": 1, "deferred": refused, "planned": 99 - refused}
    assert "554 5.7.1 Access denied." in sending.reason


def test_many_refusals_that_may_be_about_anyone_stop_it_though_others_are_accepted(path: Path) -> None:
    filled(path, 1000)

    sending = send(path, Post(lambda address: MAYBE_US if int(address[1:].partition("@")[0]) % 10 == 0 else YES))

    assert "more than 5% of the last letters failed" in sending.reason


def test_a_server_that_never_says_what_became_of_a_message_stops_everything(path: Path) -> None:
    filled(path, 50)

    sending = send(path, Post(lambda _: NOBODY_KNOWS))

    assert Counter(states(path).values()) == {"unknown": 3, "planned": 47}
    assert "nobody can tell" in sending.reason


def test_a_list_of_which_too_much_fails_stops_everything(path: Path) -> None:
    filled(path, 1000)
    post = Post(lambda address: NEVER if int(address[1:].partition("@")[0]) % 10 == 0 else YES)

    sending = send(path, post)

    assert 100 <= sum(state != "planned" for state in states(path).values()) < 150
    assert "more than 5% of the last letters failed" in sending.reason


def test_a_server_that_puts_everything_off_is_left_in_peace(path: Path) -> None:
    filled(path, 500)

    sending = send(path, Post(lambda _: LATER))

    assert Counter(states(path).values()) == {"deferred": 140, "planned": 360}
    assert "puts everything off" in sending.reason


def test_who_is_deferred_is_tried_again_while_somebody_stays(path: Path) -> None:
    filled(path, 3)
    soon = Limits(per_second=0, stay=30, retrying=Retrying(first_pause=1))

    send(path, Post(turns(LATER, LATER)), soon)

    assert set(states(path).values()) == {"accepted"}


def test_who_was_deferred_for_too_long_has_failed(path: Path) -> None:
    filled(path, 1)

    send(path, Post(lambda _: LATER), Limits(per_second=0, retrying=Retrying(give_up_after=0)))

    assert list(states(path).values()) == ["failed"]


@pytest.mark.parametrize(
    ("first", "tried"), [(REFUSED, 0), (Answer(Outcome.DEFERRED, "421 4.7.0", is_about_domain=True), 1)]
)
def test_who_only_waited_is_not_given_up_at_the_first_try(path: Path, first: Answer, tried: int) -> None:
    """Nobody was put off for an own reason; days later a greylist puts all of them off for the first time."""
    filled(path, 3)
    six_days = 6 * 24 * 3600
    send(path, Post(turns(first)), clock=lambda: NOW)

    send(path, Post(lambda _: LATER), clock=lambda: NOW + six_days)

    assert set([*states(path).values()][tried:]) == {"deferred"}


def test_who_is_sent_to_again_by_the_word_of_a_person_has_all_days_of_trying_before_him(path: Path) -> None:
    filled(path, 1)
    send(path, Post(lambda _: NOBODY_KNOWS), clock=lambda: NOW)
    six_days_later = NOW + 6 * 24 * 3600
    ledger = Ledger(path)
    ledger.recover(now=six_days_later, resend_unknown=True)
    ledger.close()

    send(path, Post(lambda _: LATER), clock=lambda: six_days_later)

    assert list(states(path).values()) == ["deferred"]


def test_a_domain_that_asks_us_to_wait_is_left_alone_and_others_are_not(path: Path) -> None:
    filled(path, [*people(20, "slow.example"), *people(20, "quick.example")])
    slow = Answer(Outcome.DEFERRED, "421 4.7.0", is_about_domain=True)
    asked: Counter[str] = Counter()

    def answer(address: str) -> Answer:
        domain = address.partition("@")[2]
        asked[domain] += 1
        return slow if domain == "slow.example" else YES

    send(path, Post(answer))

    assert asked == {"slow.example": 1, "quick.example": 20}
    assert Counter(states(path).values()) == {"deferred": 20, "accepted": 20}


def test_who_is_put_off_after_being_written_down_is_written_down_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the message would go out while the ledger says that nothing was sent, and go out again later."""
    monkeypatch.setattr(Courier, "_at_once", lambda _: 32)
    filled(path, 4)
    slow = Answer(Outcome.DEFERRED, "421 4.7.0", is_about_domain=True)
    post = Post(turns(YES, slow))

    send(path, post, Limits(per_second=0, stay=30, retrying=Retrying(first_pause=1)))

    assert set(states(path).values()) == {"accepted"}
    assert set(post.handed.values()) == {1}


def test_a_connection_that_comes_late_is_waited_for(path: Path) -> None:
    filled(path, 1)
    post = Post(lambda _: YES, [UnreachableError("nobody there"), UnreachableError("nobody there")])

    send(path, post)

    assert list(states(path).values()) == ["accepted"]


@pytest.mark.parametrize("error", [UnreachableError("nobody there"), RefusedError("wrong password")])
def test_without_a_connection_everyone_stays_planned_and_the_reason_is_told(path: Path, error: Exception) -> None:
    filled(path, 10)

    sending = send(path, Post(lambda _: YES, [error] * 1000), Limits(connections=2, patience=0.05, first_wait=0.01))

    assert set(states(path).values()) == {"planned"}
    assert str(error) in sending.reason


def test_a_letter_that_cannot_be_written_stops_everything(path: Path) -> None:
    filled(path, 10)

    def compose(claim: Claim) -> Letter:
        if claim.number == 3:
            raise NoticeError("This is not what was meant.")
        return letter(claim)

    with pytest.raises(NoticeError, match="not what was meant"):
        send(path, Post(lambda _: YES), compose=compose)

    assert Counter(states(path).values())["accepted"] == 2


def test_whoever_interrupts_lets_letters_come_to_their_end(path: Path) -> None:
    filled(path, 300)
    ledger = Ledger(path)
    post = Post(lambda _: YES)
    sending = Sending(ledger, post, letter, Limits(connections=2, per_second=200))
    threading.Timer(0.3, sending.stop, ["interrupted"]).start()

    sending.run(every=0.01)
    ledger.close()

    found = Counter(states(path).values())
    assert found.keys() == {"accepted", "planned"}
    assert found["accepted"] == len(post.handed)
    assert sending.reason == "interrupted"


def test_no_more_than_so_many_go_in_a_second() -> None:
    time_now = 100.0
    rate = Rate(10, lambda: time_now)

    waits = [rate.turn() for _ in range(5)]
    time_now = 200.0

    assert waits == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])
    assert rate.turn() == 0
    assert rate.turn() == pytest.approx(0.1), "what was not used is not caught up on"


def test_pauses_grow_and_end() -> None:
    retrying = Retrying()
    waits = [retrying.due(tries, 0, 0, 7) for tries in range(1, 12)]

    assert waits == sorted(waits)
    assert 300 <= waits[0] < 360
    assert waits[-1] <= 4 * 3600 * 1.2
    assert retrying.due(1, 0, 5 * 24 * 3600, 7) is None


def test_a_domain_rests_longer_each_time_and_is_forgiven() -> None:
    domains = Domains(Retrying())
    domains.pause("d.example", 1000)
    first = domains.paused_until("d.example", 1000)
    assert first is not None
    domains.pause("d.example", 1001)
    assert domains.paused_until("d.example", 1001) == first, "a pause that runs is not made longer"

    domains.pause("d.example", first)
    second = domains.paused_until("d.example", first)
    assert second is not None
    assert second - first > first - 1000
    domains.accepted("d.example")
    assert domains.paused_until("d.example", first) is None


def test_a_few_failures_are_no_trouble() -> None:
    trouble = Trouble()

    assert not any(trouble.is_too_much(failed=n % 25 == 0) for n in range(5000))
