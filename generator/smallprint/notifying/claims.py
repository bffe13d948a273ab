"""A recipient taken up by a sender, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.notifying.recipient import Recipient
from smallprint.notifying.state import State
from smallprint.notifying.tally import count

if TYPE_CHECKING:
    import sqlite3

_COLUMNS: Final = "id, line, address, language, name, columns, tries, first_try"
_DEFERRED: Final = f"SELECT {_COLUMNS} FROM recipient WHERE state = 'deferred' AND due <= ? ORDER BY due LIMIT ?"  # noqa: S608
_PLANNED: Final = f"SELECT {_COLUMNS} FROM recipient WHERE id > ? AND state = 'planned' ORDER BY id LIMIT ?"  # noqa: S608
_BEHIND_ALL: Final = 2**63 - 1


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


def take_up(db: sqlite3.Connection, number: int, *, behind: int, now: int) -> tuple[list[Claim], int]:
    """Take up recipients within a transaction of the caller: those who are due again, then planned ones in order.

    Args:
        db: the ledger.
        number: how many at most.
        behind: the number of the last planned one who was taken up; those given back since are for the next run.
        now: seconds since 1970.

    Returns:
        Those taken up, and what `behind` is from now on.
    """
    due = db.execute(_DEFERRED, (now, number)).fetchall()
    planned = db.execute(_PLANNED, (behind, number - len(due))).fetchall()
    db.executemany("UPDATE recipient SET state = 'claimed' WHERE id = ?", [(row[0],) for row in (*due, *planned)])
    count(db, State.DEFERRED, State.CLAIMED, len(due))
    count(db, State.PLANNED, State.CLAIMED, len(planned))
    if len(planned) < number - len(due):
        # Not looked for again: each time all that follow would be gone through, with everyone else waiting.
        behind = _BEHIND_ALL
    elif planned:
        behind = planned[-1][0]
    return [_claim_of(row) for row in (*due, *planned)], behind


def _claim_of(row: tuple[object, ...]) -> Claim:
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
