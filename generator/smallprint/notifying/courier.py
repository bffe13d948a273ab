"""One connection's work: takes recipients up one after the other and carries their letters."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

from smallprint.notifying import points
from smallprint.notifying.delivery import Answer, Outcome, RefusedError, UnreachableError

if TYPE_CHECKING:
    from smallprint.notifying.claims import Claim
    from smallprint.notifying.delivery import Connection
    from smallprint.notifying.sending import Sending

_LONGEST_WAIT: Final = 60.0
"""Seconds between tries to get a connection."""
_MOST_BEGUN: Final = 32
"""How many recipients are written down as being sent to at once, at most."""
_SHARE: Final = 0.1
"""What share of the time for letters the writing may take before more of them are written down at once."""
_MEMORY: Final = 0.8
"""How much of the past stays in what is known of times, from one letter to the next."""


class Courier:
    """Works in a thread of its own.

    The recipient in hand and the next few are written down as being sent to in one go, as few as the disk allows: one,
    where letters take long beside a write. A crash of the machine leaves so many unknown.
    """

    def __init__(self, sending: Sending) -> None:
        """Begin without a connection."""
        self._sending = sending
        self._connection: Connection | None = None
        self._in_hand: Claim | None = None
        self._next: deque[Claim] = deque()
        """Taken up, to come next."""
        self._begun: set[int] = set()
        """Those of whom the ledger says that they are being sent to."""
        self._writing = self._carrying = 0.0
        """How long a write takes, and a letter, in seconds."""

    def work(self) -> None:
        """Carry letters until there are none left, or the sending is stopped. Errors go to the sending."""
        try:
            while claim := self._take():
                self._in_hand = claim
                self._carry(claim)
                self._in_hand = None
        except BaseException as error:  # noqa: BLE001 - a thread has nobody else to tell
            self._sending.fail(error)
        finally:
            # Not the one in hand: where its letter ended in an error, nobody knows how far it came.
            while self._next:
                self._give_back(self._next.popleft())
            self._let_go()

    def _take(self) -> Claim | None:
        while self._next:
            claim = self._next.popleft()
            if self._sending.is_stopped:
                self._give_back(claim)
            elif not self._sending.put_off_if_resting(claim, begun=claim.number in self._begun):
                return claim
            # Put off: taken up once more, the recipient has to be written down once more.
            self._begun.discard(claim.number)
        return self._sending.take()

    def _carry(self, claim: Claim) -> None:
        """Try a letter until something came of it; give the recipient back where the sending is stopped before."""
        sending = self._sending
        tries_left = sending.limits.tries_at_once
        while True:
            if not (sending.rest() and sending.wait(sending.rate.turn()) and self._connect()):
                self._give_back(claim)
                return
            answer = self._deliver(claim)
            if not answer.is_alive:
                self._let_go()
            tries_left -= 1
            if answer.outcome is Outcome.AGAIN and tries_left:
                sending.try_again(claim)
                continue
            if answer.outcome is Outcome.AGAIN:
                answer = Answer(Outcome.DEFERRED, answer.code, answer.said)
            sending.settle(claim, answer, begun=self._was_begun(claim))
            return

    def _deliver(self, claim: Claim) -> Answer:
        letter = self._sending.compose(claim)
        connection = self._connection
        assert connection is not None  # noqa: S101 - `_connect` said that there is one
        start, written = time.perf_counter(), self._writing
        answer = connection.deliver(letter, self._begin)
        spent = time.perf_counter() - start
        is_written = self._writing != written
        self._carrying = _blend(self._carrying, max(0.0, spent - (self._writing if is_written else 0.0)))
        return answer

    def _begin(self) -> None:
        """Have on disk that the recipient in hand is being sent to, and note that the letter begins."""
        claim = self._in_hand
        assert claim is not None  # noqa: S101 - a letter is being carried
        if claim.number not in self._begun:
            self._next.extend(self._sending.take_more(self._at_once() - 1 - len(self._next)))
            numbers = [claim.number, *(one.number for one in self._next if one.number not in self._begun)]
            start = time.perf_counter()
            self._sending.ledger.begin(numbers)
            self._writing = _blend(self._writing, time.perf_counter() - start)
            self._begun.update(numbers)
        self._sending.ledger.note_begun(claim.number)

    def _at_once(self) -> int:
        """Return for how many letters one write is worth its time."""
        if not self._carrying:
            return 1
        return max(1, min(_MOST_BEGUN, round(self._writing / (_SHARE * self._carrying))))

    def _was_begun(self, claim: Claim) -> bool:
        """Tell what the ledger says of a recipient who goes out of our hands."""
        was_begun = claim.number in self._begun
        self._begun.discard(claim.number)
        return was_begun

    def _give_back(self, claim: Claim) -> None:
        self._sending.give_back(claim, begun=self._was_begun(claim))

    def _connect(self) -> bool:
        """See that there is a connection, however long that takes within the limits; return whether there is one."""
        limits = self._sending.limits
        pause, until = limits.first_wait, time.monotonic() + limits.patience
        while self._connection is None:
            try:
                self._connection = self._sending.transport.connect()
                self._sending.waiting = ""
                points.reached("connected")
            except RefusedError as error:
                self._sending.stop(f"there is no connection, and trying again will not help: {error}")
                return False
            except UnreachableError as error:
                self._sending.waiting = str(error)
                if time.monotonic() + pause > until:
                    self._sending.stop(f"there is no connection: {error}")
                    return False
                if not self._sending.wait(pause):
                    return False
                pause = min(2 * pause, _LONGEST_WAIT)
        return True

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _blend(before: float, now: float) -> float:
    return now if not before else _MEMORY * before + (1 - _MEMORY) * now
