"""The ledger of one notice: who stands where, written down so that a crash at any instant loses nothing.

It is used by the threads of one process. What they write gathers in one transaction; whoever has to know that his part
is on disk commits all of it, so that many connections share the cost of one write.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying import points
from smallprint.notifying.ledger_file import explained, open_to_write
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.state import WAYS, State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_ROW: Final = "id, line, address, language, name, columns, tries, first_try"


@dataclass(frozen=True, slots=True)
class Claim:
    """A recipient whom this process has taken up."""

    number: int
    """The recipient's number in the ledger."""
    recipient: Recipient
    language: str
    """That of the text to be sent."""
    tries: int
    """How often it was tried before."""
    first_try: int | None
    """When it was first tried, in seconds since 1970; none if never."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claim."""

    number: int
    before: State
    """`claimed` or `sending`."""
    after: State
    code: str = ""
    tries: int = 0
    first_try: int | None = None
    due: int | None = None
    """For `deferred`: when to try again, in seconds since 1970."""


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
        self._is_open = False

    def close(self) -> None:
        """Write down what waits, and let go."""
        try:
            if self._broken is None:
                self.flush()
        finally:
            self._db.close()

    def recover(self, *, now: int, resend_unknown: bool = False) -> Counter[State]:
        """Bring the ledger into order after whatever happened to the sender before; commits.

        Who was only claimed is planned again. Who was being sent to may have the message: unknown.

        Args:
            now: seconds since 1970.
            resend_unknown: a person has said that all who are unknown are to be sent to again.

        Returns:
            How many were brought from `claimed` and from `sending`, and with `resend_unknown` from `unknown`.

        Raises:
            NoticeError: The file is damaged, or the states do not add up.
        """
        found: Counter[State] = Counter()
        with explained(self._path), self._turn:
            self._check()
            self._begin()
            moves = [(State.CLAIMED, State.PLANNED, ""), (State.SENDING, State.UNKNOWN, "the sender ended")]
            if resend_unknown:
                moves.append((State.UNKNOWN, State.PLANNED, ""))
            for before, after, code in moves:
                found[before] = self._db.execute(
                    "UPDATE recipient SET state = ?, code = ?, at = ? WHERE state = ?", (after, code, now, before)
                ).rowcount
                self._count(before, after, found[before])
            self._commit()
        return found

    def suppress(self, addresses: Iterable[str], *, now: int) -> int:
        """Suppress recipients who are still to be sent to and have come onto the list since; commits.

        Args:
            addresses: the list, folded (`suppression.fold`).
            now: seconds since 1970.

        Returns:
            How many they were.
        """
        number = 0
        with explained(self._path), self._turn:
            self._begin()
            for address in addresses:
                rows = self._db.execute(
                    "SELECT id, state FROM recipient WHERE lower(address) = ? AND state IN ('planned', 'deferred')",
                    (address,),
                ).fetchall()
                for own, state in rows:
                    self._db.execute(
                        "UPDATE recipient SET state = 'suppressed', due = NULL, at = ? WHERE id = ?", (now, own)
                    )
                    self._count(State(state), State.SUPPRESSED, 1)
                    number += 1
            self._commit()
        return number

    def claim(self, number: int, *, now: int) -> list[Claim]:
        """Take up recipients: those whose time to be tried again has come, then planned ones in the file's order.

        Being claimed need not be on disk: a crash leaves them planned, and nothing was sent.
        """
        with explained(self._path), self._turn:
            self._begin()
            due = self._db.execute(
                f"SELECT {_ROW} FROM recipient WHERE state = 'deferred' AND due <= ? ORDER BY due LIMIT ?",  # noqa: S608
                (now, number),
            ).fetchall()
            planned = self._planned(number - len(due))
            self._db.executemany(
                "UPDATE recipient SET state = 'claimed' WHERE id = ?", [(row[0],) for row in (*due, *planned)]
            )
            self._count(State.DEFERRED, State.CLAIMED, len(due))
            self._count(State.PLANNED, State.CLAIMED, len(planned))
        points.reached("claimed")
        return [_claim(row) for row in (*due, *planned)]

    def _planned(self, number: int) -> list[tuple[object, ...]]:
        """Return planned rows behind the last one that was taken; those given back since are for the next run."""
        rows = self._db.execute(
            f"SELECT {_ROW} FROM recipient WHERE id > ? AND state = 'planned' ORDER BY id LIMIT ?",  # noqa: S608
            (self._cursor, number),
        ).fetchall()
        if rows:
            self._cursor = rows[-1][0]
        return rows

    def next_due(self) -> int | None:
        """Return when the next deferred recipient is due, in seconds since 1970; none if there is none."""
        with explained(self._path), self._turn:
            row = self._db.execute("SELECT min(due) FROM recipient WHERE state = 'deferred'").fetchone()
        return None if row is None else row[0]

    def begin(self, number: int) -> None:
        """Write down that a claimed recipient is being sent to; returns when that is on disk.

        Raises:
            NoticeError: It could not be written down; nothing may be sent.
        """
        ticket = _Ticket(number)
        with self._gate:
            self._begun.append(ticket)
        with self._turn:
            if not ticket.is_written:
                self._write()
        points.reached("sending-committed")

    def settle(self, settled: Settled, *, now: int) -> None:
        """Write down what became of a claim: with the next `begin` of anyone, or at `flush`.

        Args:
            settled: what became of it.
            now: seconds since 1970.
        """
        if settled.after not in WAYS[settled.before]:
            raise AssertionError(f"no way leads from {settled.before} to {settled.after}")
        with self._gate:
            self._settled.append((settled, now))

    def flush(self) -> None:
        """Put all that waits on disk.

        Raises:
            NoticeError: It could not be written.
        """
        with self._turn:
            if self._begun or self._settled or self._is_open:
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
        if self._broken is not None:
            raise self._broken
        with self._gate:
            begun, self._begun = self._begun, []
            settled, self._settled = self._settled, []
        try:
            with explained(self._path):
                self._begin()
                self._write_settled(settled)
                if begun:
                    self._move(
                        "UPDATE recipient SET state = 'sending' WHERE id = ? AND state = 'claimed'",
                        [(ticket.number,) for ticket in begun],
                    )
                    self._count(State.CLAIMED, State.SENDING, len(begun))
                self._commit()
        except NoticeError as error:
            # Nobody may go on: what is on disk is no longer what was meant to be.
            self._broken = error
            raise
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
            self._count(before, after, number)

    def _move(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        changed = self._db.executemany(statement, rows).rowcount
        if changed != len(rows):
            raise NoticeError(
                f"The ledger {self._path} is not as this sender left it: {len(rows) - changed} recipients are in "
                "another state. Nothing more is sent. Has someone else written to it?"
            )

    def _count(self, before: State, after: State, number: int) -> None:
        if number:
            self._db.executemany(
                "INSERT INTO tally VALUES (?, ?) ON CONFLICT (state) DO UPDATE SET number = number + excluded.number",
                [(before, -number), (after, number)],
            )

    def _begin(self) -> None:
        if not self._is_open:
            self._db.execute("BEGIN IMMEDIATE")
            self._is_open = True

    def _commit(self) -> None:
        self._is_open = False
        self._db.execute("COMMIT")

    def _check(self) -> None:
        damage = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if damage is None or damage[0] != "ok":
            raise NoticeError(
                f"The ledger {self._path} is damaged ({damage[0] if damage else 'unreadable'}). Nothing is sent: put "
                "back a copy only if nothing was sent since it was made."
            )
        if counted(self._db) != tallied(self._db):
            raise NoticeError(
                f"The states in the ledger {self._path} do not add up, so it was tampered with or damaged."
            )


class _Ticket:
    """A wish to have one `begin` on disk."""

    __slots__ = ("is_written", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.is_written = False


def _claim(row: tuple[object, ...]) -> Claim:
    number, line, address, language, name, columns, tries, first_try = row
    recipient = Recipient(
        line=int(str(line)),
        address=str(address),
        language=str(language),
        name=str(name or ""),
        columns=json.loads(str(columns)) if columns else {},
    )
    return Claim(
        int(str(number)), recipient, str(language), int(str(tries)), None if first_try is None else int(str(first_try))
    )


def tallied(db: sqlite3.Connection) -> dict[State, int]:
    """Return how many recipients are in each state, as counted on the way; states without any are left out."""
    rows = db.execute("SELECT state, number FROM tally WHERE number != 0").fetchall()
    return {State(state): number for state, number in rows}


def counted(db: sqlite3.Connection) -> dict[State, int]:
    """Return the same by counting every recipient."""
    rows = db.execute("SELECT state, count(*) FROM recipient GROUP BY state").fetchall()
    return {State(state): number for state, number in rows}


def meta(db: sqlite3.Connection) -> Mapping[str, str]:
    """Return what is known of the ledger as a whole."""
    return dict(db.execute("SELECT key, value FROM meta").fetchall())
