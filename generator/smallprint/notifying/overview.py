"""A ledger → how a notice stands, in numbers: safe to ask for while someone sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.ledger_file import explained, open_to_read
from smallprint.notifying.lock import is_sending
from smallprint.notifying.recovery import RUN
from smallprint.notifying.state import State
from smallprint.notifying.tally import meta, tallied

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.plan import Plan

PURGED: Final = "purged"
"""In `meta` once personal data are gone: the seconds since 1970 at which."""
_BEGUN: Final = (State.SENDING, State.ACCEPTED, State.DEFERRED, State.FAILED, State.UNKNOWN)
_ON_THE_WAY: Final = (State.PLANNED, State.CLAIMED, State.SENDING, State.DEFERRED)


@dataclass(frozen=True, slots=True)
class Overview:
    """How a notice stands."""

    states: Mapping[State, int]
    """Every state, also those nobody is in."""
    next_due: int | None
    """When the next deferred recipient is to be tried again, in seconds since 1970."""
    is_sending: bool
    has_run: bool
    """Whether anyone has begun to send, be it that nothing came of it."""
    is_purged: bool
    tests: int
    """How many samples were accepted."""

    @property
    def total(self) -> int:
        """How many stand in the ledger."""
        return sum(self.states.values())

    @property
    def begun(self) -> int:
        """How many somebody has at least tried to send to."""
        return sum(self.states[state] for state in _BEGUN)

    @property
    def left(self) -> int:
        """How many are still to be sent to."""
        return sum(self.states[state] for state in _ON_THE_WAY)


@dataclass(frozen=True, slots=True)
class Listed:
    """One recipient, as a person asked to see him."""

    line: int
    """His line in the recipients file."""
    address: str
    """Empty once personal data are gone."""
    code: str
    """Why he is in his state."""


def look(folder: NoticeFolder, plan: Plan) -> Overview:
    """Return how a notice stands.

    Raises:
        NoticeError: The ledger cannot be read, or is not that of the plan.
    """
    with explained(folder.ledger):
        db = open_to_read(folder.ledger)
        try:
            # One transaction, so that no recipient is seen on the way from one state to the other.
            db.execute("BEGIN")
            known = meta(db)
            _check_plan(known, plan, folder)
            found = tallied(db)
            due = db.execute("SELECT min(due) FROM recipient WHERE state = 'deferred'").fetchone()[0]
            tests = db.execute("SELECT count(*) FROM test WHERE outcome = 'accepted'").fetchone()[0]
        finally:
            db.close()
    states = {state: found.get(state, 0) for state in State}
    overview = Overview(states, due, is_sending(folder.lock), RUN in known, PURGED in known, tests)
    if overview.total != plan.recipients.total:
        raise NoticeError(
            f"The ledger {folder.ledger} has {overview.total} recipients, and the plan {plan.recipients.total}. It was "
            "tampered with or damaged; nothing may be sent from it."
        )
    return overview


def list_state(folder: NoticeFolder, state: State) -> Iterator[Listed]:
    """Yield those in a state, in the order of the recipients file."""
    with explained(folder.ledger):
        db = open_to_read(folder.ledger)
        try:
            rows = db.execute("SELECT line, address, code FROM recipient WHERE state = ? ORDER BY id", (state,))
            for line, address, code in rows:
                yield Listed(line, address or "", code)
        finally:
            db.close()


def _check_plan(known: Mapping[str, str], plan: Plan, folder: NoticeFolder) -> None:
    if known.get("plan") != plan.sha256:
        raise NoticeError(
            f"The ledger {folder.ledger} belongs to another plan than {folder.plan}. Take both back as they were "
            "written together, or plan the notice again."
        )


def accepted_between(db: sqlite3.Connection) -> tuple[int, int] | None:
    """Return when the first and the last message were accepted, in seconds since 1970; none if none was."""
    first, last = db.execute("SELECT min(at), max(at) FROM recipient WHERE state = 'accepted'").fetchone()
    return None if first is None else (first, last)
