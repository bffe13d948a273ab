"""The log of what went over the wire: what it cannot hold is not sent."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from ledgers import NOW, filled, states

from smallprint.errors import NoticeError
from smallprint.notifying.claims import Settled
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.overview import accepted_between
from smallprint.notifying.state import State

if TYPE_CHECKING:
    from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")


def _send_until_the_disk_is_full(path: Path) -> None:
    """End as a process does that is killed, with a message on its way of which the log holds half a line."""
    ledger = Ledger(path)
    ledger.recover(now=NOW)
    one, two, three = ledger.claim(3, now=NOW)
    ledger.begin([one.number, two.number, three.number])
    ledger.note_begun(one.number)
    size = path.with_suffix(".log").stat().st_size
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 2, hard))
    with pytest.raises(NoticeError, match="Nothing more is sent"):
        ledger.note_begun(two.number)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    # Behind half a line nothing is written, not even where there is room again.
    with pytest.raises(NoticeError, match="Nothing more is sent"):
        ledger.note_begun(three.number)
    accepted = Settled(one.number, State.SENDING, State.ACCEPTED, "250", 1, NOW)
    with pytest.raises(NoticeError, match="Nothing more is sent"):
        ledger.settle(accepted, now=NOW)
    ledger.flush()


def test_a_message_of_which_the_log_holds_half_a_line_is_not_sent(tmp_path: Path) -> None:
    """Else it would count as never begun after a crash, and be sent once more."""
    path = tmp_path / "ledger.db"
    filled(path, 3)

    process = _CONTEXT.Process(target=_send_until_the_disk_is_full, args=(path,))
    process.start()
    process.join(30)
    ledger = Ledger(path)
    ledger.recover(now=NOW)
    ledger.close()

    assert process.exitcode == 0
    assert list(states(path).values()) == ["accepted", "planned", "planned"]


def test_who_was_accepted_before_a_crash_was_accepted_then_and_not_at_the_next_run(tmp_path: Path) -> None:
    """The proof tells the time, and people may owe each other for a day."""
    path, log = tmp_path / "ledger.db", tmp_path / "ledger.log"
    filled(path, 1)
    crashed = Ledger(path)
    crashed.recover(now=NOW)
    (claim,) = crashed.claim(1, now=NOW)
    crashed.begin([claim.number])
    crashed.note_begun(claim.number)
    crashed.settle(Settled(claim.number, State.SENDING, State.ACCEPTED, "250", 1, NOW), now=NOW)
    crashed._db.close()  # noqa: SLF001 - a process that dies does just this
    os.utime(log, (NOW + 5, NOW + 5))

    ledger = Ledger(path)
    ledger.recover(now=NOW + 7 * 24 * 3600)
    ledger.close()

    with closing(sqlite3.connect(path)) as db:
        assert accepted_between(db) == (NOW + 5, NOW + 5)


def test_a_copy_of_the_ledger_that_was_made_while_someone_sent_is_refused(tmp_path: Path) -> None:
    """It is of the same run, and does not know who has had the message since."""
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    filled(path, 3)
    ledger = Ledger(path)
    ledger.recover(now=NOW)
    one, two = ledger.claim(2, now=NOW)
    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(copy)) as then:
        now.backup(then)
    for claim in (one, two):
        ledger.begin([claim.number])
        ledger.note_begun(claim.number)
        ledger.settle(Settled(claim.number, State.SENDING, State.ACCEPTED, "250", 1, NOW), now=NOW)
    ledger.close()
    newest = path.read_bytes()

    copy.replace(path)
    ledger = Ledger(path)
    with pytest.raises(NoticeError, match="old copy"):
        ledger.recover(now=NOW)
    ledger.close()
    path.write_bytes(newest)
    ledger = Ledger(path)
    ledger.recover(now=NOW)
    ledger.close()

    assert list(states(path).values()) == ["accepted", "accepted", "planned"]
