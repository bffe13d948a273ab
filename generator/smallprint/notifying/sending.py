"""Sends what a ledger has planned, over several connections at once, and writes down what becomes of it.

For one recipient the order is always: claimed; connected; the recipient named to the server and not refused; `sending`
on disk; the message, whose beginning is logged; the server's answer, logged; the outcome, on disk with the next
`sending` of anyone. So after a crash whoever is not `sending` cannot have the message by this run. Of those who are,
the log tells who has it, and leaves one in doubt for each connection; after a crash of the machine, which may lose the
log, all of them are in doubt.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from typing import TYPE_CHECKING, Final

from smallprint.notifying import points
from smallprint.notifying.claims import Settled
from smallprint.notifying.courier import Courier
from smallprint.notifying.delivery import Outcome
from smallprint.notifying.pace import Domains, Rate, Trouble
from smallprint.notifying.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from smallprint.notifying.claims import Claim
    from smallprint.notifying.delivery import Answer, Letter, Transport
    from smallprint.notifying.ledger import Ledger
    from smallprint.notifying.limits import Limits

_CLAIMED_AT_ONCE: Final = 100
"""For each connection."""
_LONGEST_NAP: Final = 1.0
"""Seconds between looks at whether a deferred recipient is due."""
_SHORT_WAIT: Final = 0.02
"""Seconds that an outcome may stay unwritten while a courier waits for its turn."""
_AFTER: Final = {
    Outcome.ACCEPTED: State.ACCEPTED,
    Outcome.DEFERRED: State.DEFERRED,
    Outcome.FAILED: State.FAILED,
    Outcome.UNKNOWN: State.UNKNOWN,
    Outcome.STOP: State.DEFERRED,
}


class Sending:
    """One run of the sender: what its couriers share."""

    def __init__(
        self,
        ledger: Ledger,
        transport: Transport,
        compose: Callable[[Claim], Letter],
        limits: Limits,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Make ready.

        Args:
            ledger: in order (`Ledger.recover`).
            transport: where letters go.
            compose: makes the letter for a recipient; whatever it raises stops the sending.
            limits: how hard to send.
            clock: seconds since 1970.
        """
        self.ledger, self.transport, self.compose, self.limits = ledger, transport, compose, limits
        self.counts: Counter[Outcome] = Counter()
        """What came of the letters of this run."""
        self.reason = ""
        """Why it stopped before its end; empty where it did not."""
        self.waiting = ""
        """Why there is no connection at the moment; empty where there is one."""
        self.rate = Rate(limits.per_second)
        self._clock = clock
        self._began = clock()
        self._domains = Domains(limits.retrying)
        self._trouble = Trouble(share=limits.failed_share)
        self._queue: deque[Claim] = deque()
        self._taking = threading.Lock()
        self._judging = threading.Lock()
        self._stopped = threading.Event()
        self._error: BaseException | None = None
        self._unknown = self._deferred = self._rests = 0
        """How many in a row."""
        self._doubtful: list[str] = []
        """The domains of those refused since the last letter was accepted, where nothing said on whose account."""
        self._rest_until = 0.0
        """By the monotonic clock."""

    def run(self, tell: Callable[[], None] = lambda: None, every: float = 1.0) -> None:
        """Send until everyone is settled or deferred, or something stops it.

        Args:
            tell: called now and then from this thread.
            every: how many seconds apart.

        Raises:
            NoticeError: The ledger could not be written; nothing more was sent.
        """
        couriers = [Courier(self) for _ in range(self.limits.connections)]
        threads = [threading.Thread(target=courier.work) for courier in couriers]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(every)
                    tell()
        except BaseException:
            # Whatever this thread dies of, letters on their way are brought to an end first.
            self.stop("interrupted")
            for thread in threads:
                thread.join()
            raise
        if self._error is not None:
            raise self._error
        while self._queue:
            self._return(self._queue.popleft(), State.CLAIMED)
        self.ledger.flush()
        points.reached("all-done")

    @property
    def is_stopped(self) -> bool:
        """Whether couriers are to end."""
        return self._stopped.is_set()

    def stop(self, reason: str) -> None:
        """Let each courier bring its letter to an end, and end then."""
        # No lock: a signal may come while this very thread holds it.
        self.reason = self.reason or reason
        self._stopped.set()

    def fail(self, error: BaseException) -> None:
        """Stop because of an error that `run` is to raise."""
        self._error = self._error or error
        self.stop("an error")

    def wait(self, seconds: float) -> bool:
        """Wait, unless stopped; return whether to go on. What was settled is not left waiting with us."""
        if seconds > _SHORT_WAIT:
            self.ledger.flush()
        return not self._stopped.wait(seconds)

    def now(self) -> int:
        """Return the seconds since 1970."""
        return int(self._clock())

    def take(self) -> Claim | None:
        """Return the next recipient to send to; none where there is none left for this run."""
        while not self.is_stopped:
            with self._taking:
                if not self._queue:
                    self._queue.extend(self.ledger.claim(_CLAIMED_AT_ONCE * self.limits.connections, now=self.now()))
                claim = self._queue.popleft() if self._queue else None
            if claim is None:
                if not self._stay():
                    return None
            elif not self.put_off_if_resting(claim, begun=False):
                return claim
        return None

    def take_more(self, number: int) -> list[Claim]:
        """Return up to so many more recipients who are at hand."""
        if number <= 0 or self.is_stopped:
            return []
        with self._taking:
            return [self._queue.popleft() for _ in range(min(number, len(self._queue)))]

    def put_off_if_resting(self, claim: Claim, *, begun: bool) -> bool:
        """Put a recipient off whose domain asked us to wait; return whether that is so."""
        now = self.now()
        until = self._domains.paused_until(domain_of(claim), now)
        if until is not None:
            before = State.SENDING if begun else State.CLAIMED
            # That is no try: whoever was never tried is not given up for having waited.
            self.ledger.settle(
                Settled(claim.number, before, State.DEFERRED, "the domain rests", claim.tries, claim.first_try, until),
                now=now,
            )
        return until is not None

    def _stay(self) -> bool:
        """Wait a little for deferred recipients where there are any worth staying for."""
        self.ledger.flush()
        due = self.ledger.next_due()
        if due is None or due > self._began + self.limits.stay:
            return False
        return self.wait(min(_LONGEST_NAP, max(0.01, due - self._clock())))

    def give_back(self, claim: Claim, *, begun: bool) -> None:
        """Let a recipient to whom certainly nothing went be planned again."""
        self._return(claim, State.SENDING if begun else State.CLAIMED)

    def _return(self, claim: Claim, before: State) -> None:
        self.ledger.settle(
            Settled(claim.number, before, State.PLANNED, "", claim.tries, claim.first_try), now=self.now()
        )

    def try_again(self, claim: Claim) -> None:
        """Note that a connection broke before a letter was out, and that the letter is tried once more at once."""
        self.ledger.note_broken(claim.number)
        with self._judging:
            self.counts[Outcome.AGAIN] += 1

    def settle(self, claim: Claim, answer: Answer, *, begun: bool) -> None:
        """Write down what came of a letter, and draw conclusions for all others."""
        now = self.now()
        before = State.SENDING if begun else State.CLAIMED
        after, code, due = _AFTER[answer.outcome], answer.code, None
        tries, began = claim.tries + 1, claim.first_try or now
        first: int | None = began
        if answer.outcome is Outcome.STOP and not answer.is_doubtful:
            # No try of theirs. They come after the others, so that a refusal which is about one person after all does
            # not stand before everyone else each time.
            tries, first, due = claim.tries, claim.first_try, now + self.limits.retrying.first_pause
        elif after is State.DEFERRED:
            due = self.limits.retrying.due(tries, began, now, claim.number)
            if due is None:
                after, code = State.FAILED, f"given up after {tries} tries: {code}"
        self.ledger.settle(Settled(claim.number, before, after, code, tries, first, due), now=now)
        if answer.outcome is Outcome.ACCEPTED:
            self._domains.accepted(domain_of(claim))
        elif answer.is_about_domain:
            self._domains.pause(domain_of(claim), now)
        self._judge(answer, domain_of(claim), failed=after is State.FAILED or answer.is_doubtful)

    def _judge(self, answer: Answer, domain: str, *, failed: bool) -> None:
        """Stop or rest where what came of the last letters is no fault of single recipients."""
        outcome, limits = answer.outcome, self.limits
        said = f"{answer.code} {answer.said}".strip()
        with self._judging:
            self.counts[outcome] += 1
            self._unknown = self._unknown + 1 if outcome is Outcome.UNKNOWN else 0
            self._deferred = self._deferred + 1 if outcome is Outcome.DEFERRED else 0
            self._rests = 0 if outcome is Outcome.ACCEPTED else self._rests
            if outcome is Outcome.ACCEPTED:
                self._doubtful.clear()
            elif answer.is_doubtful:
                self._doubtful.append(domain)
            doubtful, domains = len(self._doubtful), len(set(self._doubtful))
            is_rest = self._deferred >= limits.deferred_in_a_row
            if is_rest:
                self._deferred = 0
                self._rests += 1
                rest = min(limits.rest * 2 ** (self._rests - 1), limits.longest_rest)
                self._rest_until = time.monotonic() + rest
        if outcome is Outcome.STOP and not answer.is_doubtful:
            self.stop(f"the server refuses us, whoever the recipient is: {said}")
        elif domains >= limits.doubtful_domains or doubtful >= limits.doubtful_in_a_row:
            self.stop(f"{doubtful} recipients in a row were refused, so that it seems to be about us: {said}")
        elif self._unknown >= limits.unknown_in_a_row:
            self.stop(
                f"the server broke off {self._unknown} times in a row after it had a message, so that nobody can tell "
                f"whether it took them ({said})"
            )
        elif is_rest and self._rests > limits.rests:
            self.stop(f"the server puts everything off, the last one with: {said}")
        elif self._trouble.is_too_much(failed=failed):
            self.stop(
                f"more than {limits.failed_share:.0%} of the last letters failed, the last one with: {said}. "
                "See whether the list is what you think it is"
            )

    def rest(self) -> bool:
        """Rest where all couriers have to; return whether to go on."""
        left = self._rest_until - time.monotonic()
        return self.wait(left) if left > 0 else not self.is_stopped


def domain_of(claim: Claim) -> str:
    """Return the domain of a recipient."""
    return claim.recipient.address.rpartition("@")[2]
