"""Several processes over one ledger: what one of them is told holds for all."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from ledgers import NOW, filled, states

from smallprint.errors import NoticeError
from smallprint.notifying.delivery import Answer, Letter, Outcome
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.limits import Limits
from smallprint.notifying.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from smallprint.notifying.claims import Claim

EVERYONE = 4000
TAKEN = Answer(Outcome.ACCEPTED, "250")
REFUSED = Answer(Outcome.STOP, "550 5.7.1", "You are not welcome.")


class Post:
    """Takes letters slowly; on the connection that is made last something else may happen."""

    described = "a post office of the tests"

    def __init__(self, path: Path, last: Callable[[], Answer]) -> None:
        self._path, self._last, self._is_last = path, last, False

    def connect(self) -> Post:
        # A process each, since each has one connection: the second to come finds the file of the first.
        try:
            self._path.touch(exist_ok=False)
        except FileExistsError:
            self._is_last = True
        return self

    def deliver(self, letter: Letter, ready: Callable[[], None]) -> Answer:
        del letter
        time.sleep(0.005)
        answer = self._last() if self._is_last else TAKEN
        if answer is TAKEN:
            ready()
        return answer

    def close(self) -> None:
        pass


def letter(claim: Claim) -> Letter:
    return Letter("from@example.org", claim.recipient.address, b"Subject: x\r\n\r\nx\r\n")


def die() -> Answer:
    os.kill(os.getpid(), signal.SIGKILL)
    return TAKEN


def workers_of(path: Path, last: Callable[[], Answer]) -> Workers:
    filled(path, EVERYONE)
    with closing(Ledger(path)) as ledger:
        ledger.recover(now=NOW, workers=2)
    post = Post(path.with_name("first"), last)
    return Workers(path, post, letter, Limits(connections=2, per_second=0), 2)


@pytest.mark.parametrize("turn", range(3))
def test_a_server_that_refuses_one_stops_all(tmp_path: Path, turn: int) -> None:
    """Whichever of them it is: the first one is not waited for."""
    path = tmp_path / f"{turn}.db"
    workers = workers_of(path, lambda: REFUSED)

    workers.run(every=0.01)

    assert "You are not welcome" in workers.reason
    assert Counter(states(path).values())["accepted"] < EVERYONE // 4


@pytest.mark.parametrize("turn", range(3))
def test_one_that_is_killed_stops_all_and_is_told_of(tmp_path: Path, turn: int) -> None:
    path = tmp_path / f"{turn}.db"
    workers = workers_of(path, die)

    with pytest.raises(NoticeError, match="ended from outside"):
        workers.run(every=0.01)

    assert Counter(states(path).values())["accepted"] < EVERYONE // 4


def test_whoever_interrupts_before_all_have_begun_stops_all(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    workers = workers_of(path, lambda: TAKEN)
    workers.stop("interrupted")

    workers.run(every=0.01)

    assert workers.reason == "interrupted"
    assert Counter(states(path).values())["accepted"] < EVERYONE // 4
