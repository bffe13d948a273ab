"""The ledger of one notice: who stands where, written down so that a crash at any instant loses nothing.

It is used by the threads of one process. What they write gathers in one transaction; whoever has to know that his part
is on disk commits all of it, so that many connections share the cost of one write.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from smallprint.errors import NoticeError
from smallprint.notifying import points
from smallprint.notifying.claims import take_up
from smallprint.notifying.ledger_file import explained, open_to_write
from smallprint.notifying.recovery import NEXT_RUN, RUN, WORKERS, check, log_path, settle_all, worker_logs
from smallprint.notifying.state import WAYS, State
from smallprint.notifying.tally import count, meta
from smallprint.notifying.wire_log import WireLog, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from smallprint.notifying.claims import Claim, Settled


class Ledger:
    """The ledger while it is written to by the one sender that holds its lock."""

    def __init__(self, path: Path) -> None:
        """Open a ledger.

        Raises:
            NoticeError: It is not there or cannot be used.
        """
        self._path = path
        self._db = open_to_write(path)
        self._turn = threading.Lock()
        """Held by whoever talks to SQLite."""
        self._gate = threading.Lock()
        """Held for an instant, to add to what waits."""
        self._begun: list[_Ticket] = []
        self._settled: list[tuple[Settled, int]] = []
        self._broken: NoticeError | None = None
        self._cursor = 0
        """The number of the last planned recipient who was taken up."""
        self._log: WireLog | None = None

    def close(self) -> None:
        """Write down what waits, and let go."""
        try:
            if self._broken is None:
                self.flush()
        finally:
            if self._log is not None:
                self._log.close()
            self._db.close()

    def recover(self, *, now: int, resend_unknown: bool = False, workers: int = 0) -> Counter[State]:
        """Bring the ledger into order after whatever happened to the sender before, and begin a run; commits.

        Who was only claimed is planned again. Who was being sent to is as the log of the wire says, where it lost
        nothing; otherwise such a one may have the message and is unknown.

        Args:
            now: seconds since 1970.
            resend_unknown: a person has said that all who are unknown are to be sent to again.
            workers: how many other processes are going to `join` the run.

        Returns:
            In which states those ended who were `claimed` or `sending`, and with `resend_unknown` `unknown`.

        Raises:
            NoticeError: The file is damaged, the states do not add up, or it is not the ledger of the last run.
        """
        with explained(self._path):
            check(self._db, self._path)
        token = secrets.token_hex(16)
        with self._transaction():
            found = settle_all(self._db, self._path, now=now, resend_unknown=resend_unknown)
            if log := read_head(log_path(self._path)):
                # One that was begun and never taken: it is the last one now, or the next begun would disown it.
                self._note(RUN, log.token)
            self._note(NEXT_RUN, token)
        # Ledger and logs get a new name that all have: announced first, then written, then taken.
        with explained(self._path):
            for old in worker_logs(self._path):
                old.unlink()
            self._log = WireLog(log_path(self._path), token)
            for worker in range(1, workers + 1):
                WireLog(log_path(self._path, worker), token).close()
        with self._transaction():
            self._note(RUN, token)
            self._note(WORKERS, str(workers))
        self._cursor = 0
        return found

    def _note(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def join(self, worker: int) -> None:
        """Take part in the run that another process has begun, as one of its workers, with a log of one's own.

        Args:
            worker: which one, from 1.
        """
        with explained(self._path):
            self._log = WireLog(log_path(self._path, worker), meta(self._db)[RUN])

    def suppress(self, addresses: Iterable[str], *, now: int) -> int:
        """Suppress recipients who are still to be sent to and have come onto the list since; commits.

        Args:
            addresses: the list, folded (`suppression.fold`).
            now: seconds since 1970.

        Returns:
            How many they were.
        """
        number = 0
        with self._transaction():
            for address in addresses:
                rows = self._db.execute(
                    "SELECT id, state FROM recipient WHERE lower(address) = ? AND state IN ('planned', 'deferred')",
                    (address,),
                ).fetchall()
                for own, state in rows:
                    self._db.execute(
                        "UPDATE recipient SET state = 'suppressed', due = NULL, at = ? WHERE id = ?", (now, own)
                    )
                    count(self._db, State(state), State.SUPPRESSED, 1)
                    number += 1
        return number

    def claim(self, number: int, *, now: int) -> list[Claim]:
        """Take up recipients: those whose time to be tried again has come, then planned ones in the file's order."""
        # At once on disk, so that other processes claim others.
        with self._transaction():
            claims, self._cursor = take_up(self._db, number, behind=self._cursor, now=now)
        points.reached("claimed")
        return claims

    def next_due(self) -> int | None:
        """Return when the next deferred recipient is due, in seconds since 1970; none if there is none."""
        with explained(self._path), self._turn:
            row = self._db.execute("SELECT min(due) FROM recipient WHERE state = 'deferred'").fetchone()
        return None if row is None else row[0]

    def begin(self, numbers: Sequence[int]) -> None:
        """Write down that claimed recipients are being sent to; returns when that is on disk.

        Raises:
            NoticeError: It could not be written down; nothing may be sent.
        """
        ticket = _Ticket(tuple(numbers))
        with self._gate:
            self._begun.append(ticket)
        with self._turn:
            if not ticket.is_written:
                self._write()
        points.reached("sending-committed")

    def note_begun(self, number: int) -> None:
        """Note in the log that a message begins; the recipient is `sending` on disk.

        Raises:
            NoticeError: It could not be noted; nothing may be sent.
        """
        if self._log is not None:
            with explained(self._path):
                self._log.begun(number)

    def note_broken(self, number: int) -> None:
        """Note in the log that the message certainly did not get through, and is tried again."""
        if self._log is not None:
            with explained(self._path):
                self._log.answered(number, State.PLANNED, "")

    def settle(self, settled: Settled, *, now: int) -> None:
        """Write down what became of a claim: with the next `begin` of anyone, or at `flush`.

        Args:
            settled: what became of it.
            now: seconds since 1970.

        Raises:
            NoticeError: It could not be noted in the log.
        """
        if settled.after not in WAYS[settled.before]:
            raise AssertionError(f"no way leads from {settled.before} to {settled.after}")
        try:
            if self._log is not None and settled.before is State.SENDING:
                with explained(self._path):
                    self._log.answered(settled.number, settled.after, settled.code)
        finally:
            # Where the log cannot be written, perhaps the ledger can.
            with self._gate:
                self._settled.append((settled, now))

    def flush(self) -> None:
        """Put all that waits on disk.

        Raises:
            NoticeError: It could not be written.
        """
        with self._turn:
            if self._begun or self._settled:
                self._write()
        points.reached("outcome-committed")

    def note_test(self, language: str, outcome: str, code: str, *, now: int) -> None:
        """Write down that a sample was sent, and what came of it; the address is not kept."""
        with explained(self._path):
            self._db.execute("INSERT INTO test VALUES (?, ?, ?, ?)", (now, language, outcome, code))

    def _write(self) -> None:
        """Write and commit all that waits; the turn is held.

        Raises:
            NoticeError: It could not be written, now or earlier.
        """
        with self._gate:
            begun, self._begun = self._begun, []
            settled, self._settled = self._settled, []
        with self._committed():
            self._write_settled(settled)
            if begun:
                numbers = [(number,) for ticket in begun for number in ticket.numbers]
                self._move("UPDATE recipient SET state = 'sending' WHERE id = ? AND state = 'claimed'", numbers)
                count(self._db, State.CLAIMED, State.SENDING, len(numbers))
        for ticket in begun:
            ticket.is_written = True

    def _write_settled(self, settled: list[tuple[Settled, int]]) -> None:
        if not settled:
            return
        self._move(
            "UPDATE recipient SET state = ?, code = ?, tries = ?, first_try = ?, due = ?, at = ? "
            "WHERE id = ? AND state = ?",
            [
                (one.after, one.code, one.tries, one.first_try, one.due, now, one.number, one.before)
                for one, now in settled
            ],
        )
        for (before, after), number in Counter((one.before, one.after) for one, _ in settled).items():
            count(self._db, before, after, number)

    def _move(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        changed = self._db.executemany(statement, rows).rowcount
        if changed != len(rows):
            raise NoticeError(
                f"The ledger {self._path} is not as this sender left it: {len(rows) - changed} recipients are in "
                "another state. Nothing more is sent. Has someone else written to it?"
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Wait for the turn, and write what is written inside as a whole or not at all."""
        with self._turn, self._committed():
            yield

    @contextmanager
    def _committed(self) -> Iterator[None]:
        """Write what is written inside as a whole or not at all; the turn is held.

        Raises:
            NoticeError: It could not be written, now or earlier: then nobody may go on, for what is on disk is not what
                was meant to be.
        """
        if self._broken is not None:
            raise self._broken
        try:
            with explained(self._path):
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self._db.execute("COMMIT")
                finally:
                    if self._db.in_transaction:
                        self._db.execute("ROLLBACK")
        except NoticeError as error:
            self._broken = error
            raise


class _Ticket:
    """A wish to have one `begin` on disk."""

    __slots__ = ("is_written", "numbers")

    def __init__(self, numbers: tuple[int, ...]) -> None:
        self.numbers = numbers
        self.is_written = False
