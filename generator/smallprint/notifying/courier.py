"""One connection's work: takes recipients up one after the other and carries their letters."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from smallprint.notifying import points
from smallprint.notifying.delivery import Answer, Outcome, RefusedError, UnreachableError

if TYPE_CHECKING:
    from smallprint.notifying.delivery import Connection
    from smallprint.notifying.ledger import Claim
    from smallprint.notifying.sending import Sending

_LONGEST_WAIT: Final = 60.0
"""Seconds between tries to get a connection."""


class Courier:
    """Works in a thread of its own."""

    def __init__(self, sending: Sending) -> None:
        """Begin without a connection."""
        self._sending = sending
        self._connection: Connection | None = None
        self._claim: Claim | None = None
        """The recipient in hand."""
        self._is_begun = False
        """Whether the ledger says of that one that it is being sent to."""

    def work(self) -> None:
        """Carry letters until there are none left, or the sending is stopped. Errors go to the sending."""
        try:
            while claim := self._sending.take():
                self._claim = claim
                self._carry(claim)
        except BaseException as error:  # noqa: BLE001 - a thread has nobody else to tell
            self._sending.fail(error)
        finally:
            self._let_go()

    def _carry(self, claim: Claim) -> None:
        """Try a letter until something came of it; give the recipient back where the sending is stopped before."""
        sending = self._sending
        tries_left = sending.limits.tries_at_once
        while True:
            self._is_begun = False
            if not (sending.rest() and sending.wait(sending.rate.turn()) and self._connect()):
                sending.give_back(claim, begun=False)
                return
            answer = self._deliver(claim)
            if not answer.is_alive:
                self._let_go()
            tries_left -= 1
            if answer.outcome is Outcome.AGAIN and tries_left:
                sending.try_again(claim, begun=self._is_begun)
                continue
            if answer.outcome is Outcome.AGAIN:
                answer = Answer(Outcome.DEFERRED, answer.code, answer.said)
            sending.settle(claim, answer, begun=self._is_begun)
            return

    def _deliver(self, claim: Claim) -> Answer:
        letter = self._sending.compose(claim)
        connection = self._connection
        assert connection is not None  # noqa: S101 - `_connect` said that there is one
        return connection.deliver(letter, self._begin)

    def _begin(self) -> None:
        """Have on disk that the recipient in hand is being sent to."""
        assert self._claim is not None  # noqa: S101 - a letter is being carried
        self._sending.ledger.begin(self._claim.number)
        self._is_begun = True

    def _connect(self) -> bool:
        """See that there is a connection, however long that takes within the limits; return whether there is one."""
        limits = self._sending.limits
        pause, until = limits.first_wait, time.monotonic() + limits.patience
        while self._connection is None:
            try:
                self._connection = self._sending.transport.connect()
                points.reached("connected")
            except RefusedError as error:
                self._sending.stop(f"there is no connection, and trying again will not help: {error}")
                return False
            except UnreachableError as error:
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
