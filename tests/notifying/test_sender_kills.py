"""A sender that is killed loses nobody, and writes to nobody twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from killed import send, start, start_workers
from ledgers import filled, states

from scripted import ScriptedServer
from smallprint.notifying.ledger_file import open_to_read
from smallprint.notifying.lock import is_sending
from smallprint.notifying.points import POINTS
from smallprint.notifying.tally import counted, tallied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENDING = [point for point in POINTS if point not in {"ledger-begun", "ledger-whole", "plan-written"}]
BEFORE_DATA = {"claimed", "connected", "addressed", "sending-committed"}
"""Killed there, nobody can have the message, and nobody is in doubt."""
DOUBTFUL = {"data-begun", "half-sent", "dot-sent", "answered"}
MOST_BEGUN = 32
"""How many a connection writes down at once, at most: the doubt after a crash of the machine."""


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


def holds(path: Path, server: ScriptedServer, *, doubts: int) -> dict[str, str]:
    """Hold the laws, and return the states."""
    found = states(path)
    taken = Counter(message.recipient for message in server.messages if message.is_accepted)
    wrong = {
        address: (state, taken[address])
        for address, state in found.items()
        if taken[address] not in {"accepted": {1}, "unknown": {0, 1}}.get(state, {0})
    }
    db = open_to_read(path)
    assert wrong == {}
    assert counted(db) == tallied(db)
    db.close()
    assert Counter(found.values())["unknown"] <= doubts
    return found


@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize("times", [1, 5])
@pytest.mark.parametrize("point", SENDING)
def test_killed_at_any_point(tmp_path: Path, server: ScriptedServer, point: str, times: int, connections: int) -> None:
    """After a kill at a named point, `resume` brings everyone to an end, and each has the message at most once."""
    path = tmp_path / "ledger.db"
    filled(path, 40)
    process, _ = start(path, server.port, connections, point, times)
    process.join(30)

    sending = send(path, server.port, connections)

    found = holds(path, server, doubts=connections)
    assert sending.reason == ""
    assert set(found.values()) <= {"accepted", "unknown"}
    if point in BEFORE_DATA and connections == 1:
        assert "unknown" not in found.values()
    if point in DOUBTFUL and process.exitcode:
        assert "unknown" in found.values()
    send(path, server.port, connections, resend_unknown=True)
    assert set(states(path).values()) == {"accepted"}


def test_killed_by_a_crash_of_the_machine_those_on_the_way_are_in_doubt(tmp_path: Path, server: ScriptedServer) -> None:
    """Where the log of the wire may be lost, all who were written down as being sent to are unknown."""
    path = tmp_path / "ledger.db"
    filled(path, 200)
    process, _ = start(path, server.port, 2, "answered", 100)
    process.join(30)
    log = path.with_suffix(".log")
    token = log.read_text().split()[0]
    log.write_text(f"{token} another-boot\n")

    send(path, server.port, 2)

    found = holds(path, server, doubts=2 * MOST_BEGUN)
    assert "unknown" in found.values()


@pytest.mark.parametrize("pause", [0.0, 0.1, 0.3])
def test_workers_whose_first_process_is_killed_end_in_order(
    tmp_path: Path, server: ScriptedServer, pause: float
) -> None:
    """While a worker lives nobody else sends; each brings its letter to an end and ends, and nobody is in doubt."""
    path = tmp_path / "ledger.db"
    filled(path, 3000)
    process, pipe = start_workers(path, server.port, 4)
    pipe.recv()
    time.sleep(pause)
    process.kill()
    process.join(10)
    pipe.close()
    lock = path.with_suffix(".lock")
    until = time.monotonic() + 20
    while is_sending(lock) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_sending(lock)

    send(path, server.port, 4)

    found = holds(path, server, doubts=0)
    assert set(found.values()) == {"accepted"}


def test_workers_send_to_everyone_once(tmp_path: Path, server: ScriptedServer) -> None:
    path = tmp_path / "ledger.db"
    filled(path, 1500)
    process, pipe = start_workers(path, server.port, 4)
    pipe.recv()
    process.join(60)

    assert process.exitcode == 0
    assert set(holds(path, server, doubts=0).values()) == {"accepted"}
    assert server.connections == 4


def _killed_at_random(path: Path, server: ScriptedServer, kills: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    connections = 3
    filled(path, kills * 150)
    for _ in range(kills):
        process, pipe = start(path, server.port, connections)
        pipe.recv()
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.join(10)
        pipe.close()
    assert "planned" in states(path).values(), "the last ones were not killed amid their work"
    server.settle()
    send(path, server.port, connections)

    found = holds(path, server, doubts=kills * connections)
    assert set(found.values()) <= {"accepted", "unknown"}


def test_killed_at_random(tmp_path: Path, server: ScriptedServer) -> None:
    _killed_at_random(tmp_path / "ledger.db", server, 40, 1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_hundreds_of_times(tmp_path: Path, server: ScriptedServer, seed: int) -> None:
    _killed_at_random(tmp_path / "ledger.db", server, 300, seed)
