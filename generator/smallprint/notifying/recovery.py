"""A ledger whose sender ended, however it ended → everybody in a state from which a new run can begin."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.state import State
from smallprint.notifying.tally import count, counted, meta, tallied
from smallprint.notifying.wire_log import read_accepted, read_head, read_log

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from smallprint.notifying.wire_log import Seen

RUN: Final = "run"
"""In `meta`, the name of the run that writes, or wrote last; the log of the wire has it too."""
NEXT_RUN: Final = "next-run"
"""The name of a run whose log is being begun."""
WORKERS: Final = "workers"
"""How many processes took part in the run, each with a log of its own; 0 where it had one alone."""

_BATCH: Final = 500


def log_path(ledger: Path, worker: int = 0) -> Path:
    """Return where the log of the wire stands that belongs to a ledger, or to one of the workers of a run."""
    return ledger.with_suffix(f".{worker}.log" if worker else ".log")


def worker_logs(ledger: Path) -> list[Path]:
    """Return the logs of workers that stand beside a ledger."""
    return sorted(ledger.parent.glob(f"{ledger.stem}.*.log"))


def check(db: sqlite3.Connection, path: Path) -> None:
    """See that a ledger is whole and its states add up.

    Raises:
        NoticeError: It is not.
    """
    damage = db.execute("PRAGMA quick_check(1)").fetchone()
    if damage is None or damage[0] != "ok":
        raise NoticeError(
            f"The ledger {path} is damaged ({damage[0] if damage else 'unreadable'}). Nothing is sent: put back a copy "
            "only if nothing was sent since it was made."
        )
    if counted(db) != tallied(db):
        raise NoticeError(f"The states in the ledger {path} do not add up, so it was tampered with or damaged.")


def settle_all(db: sqlite3.Connection, path: Path, *, now: int, resend_unknown: bool) -> Counter[State]:
    """Settle everyone who was claimed or being sent to; within a transaction of the caller.

    Args:
        db: the ledger.
        path: its file; the log of the wire stands beside it.
        now: seconds since 1970.
        resend_unknown: a person has said that all who are unknown are to be sent to again; not those who become so
            only now.

    Returns:
        In which states they ended.

    Raises:
        NoticeError: It is not the ledger of the last run.
    """
    found: Counter[State] = Counter()
    if resend_unknown:
        # The word of a person is a new beginning: nobody is given up for the days that were spent on it.
        db.execute("UPDATE recipient SET tries = 0, first_try = NULL WHERE state = 'unknown'")
    # First, so that nobody is sent to again who becomes unknown only now, and whom nobody could have looked into.
    moves = [(State.UNKNOWN, State.PLANNED)] if resend_unknown else []
    for before, after in [*moves, (State.CLAIMED, State.PLANNED)]:
        number = db.execute(
            "UPDATE recipient SET state = ?, code = '', at = ? WHERE state = ?", (after, now, before)
        ).rowcount
        count(db, before, after, number)
        found[after] += number
    return found + _settle_sending(db, path, now)


def _settle_sending(db: sqlite3.Connection, path: Path, now: int) -> Counter[State]:
    numbers = {row[0] for row in db.execute("SELECT id FROM recipient WHERE state = 'sending'")}
    is_exact, seen = _seen(db, path, meta(db), numbers)
    # The proof tells when messages were accepted, and that was before the sender ended, not today.
    at = min(now, _last_written(path)) if is_exact else now
    found: Counter[State] = Counter()
    rows: list[tuple[object, ...]] = []
    for number in sorted(numbers):
        state, code = _from_log(seen.get(number), is_exact=is_exact)
        rows.append((state, code, at, number))
        found[state] += 1
    db.executemany("UPDATE recipient SET state = ?, code = ?, at = ? WHERE id = ?", rows)
    for state, number in found.items():
        count(db, State.SENDING, state, number)
    return found


def _seen(
    db: sqlite3.Connection, path: Path, known: Mapping[str, str], numbers: Collection[int]
) -> tuple[bool, Mapping[int, Seen]]:
    """Return whether the logs lost nothing, and what they say."""
    expected = [log_path(path, worker) for worker in range(int(known.get(WORKERS, 0)) + 1)]
    logs = {each: read_head(each) for each in {*expected, *worker_logs(path)}}
    if RUN in known and logs[log_path(path)] is None:
        raise _is_old(path, f"its log, {log_path(path).name}, is not beside it")
    for each, log in logs.items():
        if log and log.token not in {known.get(RUN), known.get(NEXT_RUN)}:
            raise _is_old(path, f"{each.name} beside it is of another run")
        if log and log.token == known.get(RUN) and not _knows_accepted(db, each):
            raise _is_old(path, f"{each.name} beside it tells of messages that were accepted since")
    found = [logs[each] for each in expected]
    is_exact = all(log is not None and log.is_exact and log.token == known.get(RUN) for log in found)
    seen: dict[int, Seen] = {}
    if numbers and is_exact:
        for each in expected:
            seen |= read_log(each, numbers)
    return is_exact, seen


def _last_written(path: Path) -> int:
    """Return when the last answer was written into the logs of a ledger, in seconds since 1970."""
    return max(int(log.stat().st_mtime) for log in (log_path(path), *worker_logs(path)))


def _knows_accepted(db: sqlite3.Connection, log: Path) -> bool:
    """Tell whether nobody is still to be sent to whose message was accepted, as the log of the last run tells it.

    A copy that was made while that run went on has its name too.
    """
    accepted = read_accepted(log)
    while numbers := list(islice(accepted, _BATCH)):
        marks = ", ".join("?" * len(numbers))
        waiting = f"SELECT 1 FROM recipient WHERE id IN ({marks}) AND state IN ('planned', 'claimed', 'deferred')"  # noqa: S608
        if db.execute(waiting, numbers).fetchone():
            return False
    return True


def _is_old(path: Path, why: str) -> NoticeError:
    return NoticeError(
        f"{path} is not the ledger that was written to last: {why}. It may be an old copy, which does not know who has "
        "the message already. Nothing is sent; put the newest ledger back."
    )


def _from_log(seen: Seen | None, *, is_exact: bool) -> tuple[State, str]:
    """Return the state of a recipient who was being sent to when the sender ended.

    Args:
        seen: what the log says; none where it says nothing of the recipient.
        is_exact: whether the log lost nothing, so that what it does not say did not happen.
    """
    if not is_exact:
        return State.UNKNOWN, "the sender ended"
    if seen is None:
        return State.PLANNED, ""
    if not seen.outcome:
        return State.UNKNOWN, "the sender ended before an answer"
    # Whatever was answered but acceptance and silence: certainly not taken.
    state = State(seen.outcome)
    return (state, seen.code) if state in {State.ACCEPTED, State.FAILED, State.UNKNOWN} else (State.PLANNED, "")
