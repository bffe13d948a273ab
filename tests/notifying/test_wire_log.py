"""The log of what went over the wire: what it cannot hold is not sent."""

from __future__ import annotations

import multiprocessing
import resource
from typing import TYPE_CHECKING

import pytest
from ledgers import NOW, filled, states

from smallprint.errors import NoticeError
from smallprint.notifying.ledger import Ledger, Settled
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
