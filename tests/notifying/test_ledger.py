"""The ledger: everybody in exactly one state, whatever happens and whenever it ends."""

from __future__ import annotations

import sqlite3
import stat
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from ledgers import NOW, filled, people, states

from smallprint.errors import NoticeError
from smallprint.notifying.claims import Claim, Settled
from smallprint.notifying.filling import fill_ledger
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.ledger_file import open_to_read
from smallprint.notifying.lock import SenderLock, is_sending
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.state import WAYS, State
from smallprint.notifying.tally import counted, tallied

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def test_a_new_ledger_has_everyone_planned_and_is_its_owners_alone(path: Path) -> None:
    found = filled(path, 7)

    assert set(states(path).values()) == {"planned"}
    assert found.planned == 7
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_address_that_is_there_twice_is_kept_once_and_one_that_is_alike_is_kept(path: Path) -> None:
    these = [
        Recipient(2, "ann@example.org", "fr", "Ann"),
        Recipient(3, "bob@example.org"),
        Recipient(4, "ann@example.org", "de"),
        Recipient(5, "Ann@example.org"),
        Recipient(6, "ann@example.org"),
    ]

    found = filled(path, these)

    assert (found.merged, found.alike, found.planned) == (2, 1, 3)
    assert states(path) == dict.fromkeys(["ann@example.org", "bob@example.org", "Ann@example.org"], "planned")
    assert found.languages == {"en": 2, "fr": 1}


def test_who_is_on_the_list_is_suppressed_however_it_is_written(path: Path) -> None:
    found = filled(
        path, [Recipient(1, "Ann@example.org"), Recipient(2, "bob@example.org")], ["ann@example.org", "x@y.z"]
    )

    assert found.suppressed == 1
    assert states(path) == {"Ann@example.org": "suppressed", "bob@example.org": "planned"}


def test_nobody_is_written_over(path: Path) -> None:
    filled(path, 1)

    with pytest.raises(NoticeError, match="exists"):
        fill_ledger(path, people(1), (), str)


def test_what_is_begun_is_on_disk_before_begin_returns(path: Path) -> None:
    filled(path, 3)
    ledger = Ledger(path)
    first, *_ = ledger.claim(2, now=NOW)
    assert list(states(path).values()) == ["claimed", "claimed", "planned"]

    ledger.begin([first.number])

    assert states(path) == {"p1@example.org": "sending", "p2@example.org": "claimed", "p3@example.org": "planned"}
    ledger.close()


def test_threads_share_commits_and_each_finds_his_own_on_disk(path: Path) -> None:
    filled(path, 400)
    ledger = Ledger(path)
    claims = ledger.claim(400, now=NOW)
    wrong: list[str] = []

    def work(own: list[Claim]) -> None:
        reader = open_to_read(path)
        for claim in own:
            ledger.begin([claim.number])
            state = reader.execute("SELECT state FROM recipient WHERE id = ?", (claim.number,)).fetchone()[0]
            if state != "sending":
                wrong.append(state)
            ledger.settle(Settled(claim.number, State.SENDING, State.ACCEPTED, "250", 1, NOW), now=NOW)
        reader.close()

    threads = [threading.Thread(target=work, args=(claims[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ledger.close()

    assert wrong == []
    assert set(states(path).values()) == {"accepted"}


def test_after_a_crash_the_claimed_are_planned_and_the_begun_unknown(path: Path) -> None:
    filled(path, 3)
    crashed = Ledger(path)
    one, _ = crashed.claim(2, now=NOW)
    crashed.begin([one.number])

    ledger = Ledger(path)
    found = ledger.recover(now=NOW)

    assert found == {State.PLANNED: 1, State.UNKNOWN: 1}
    assert list(states(path).values()) == ["unknown", "planned", "planned"]
    assert [claim.number for claim in ledger.claim(9, now=NOW)] == [2, 3], "nobody unknown is sent to again"
    ledger.close()


def test_a_run_that_is_killed_while_it_begins_disowns_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed twice in a row, after its log and before it, the ledger is still that of the last run."""
    filled(path, 1)
    begins = Ledger(path)
    begins.recover(now=NOW)
    begins.close()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    def noted(own: Ledger, key: str, value: str) -> None:
        if key == "workers":
            killed()
        note(own, key, value)

    note = Ledger._note  # noqa: SLF001
    for name, stand_in in (("Ledger._note", noted), ("WireLog", killed)):
        ledger = Ledger(path)
        with monkeypatch.context() as patched:
            patched.setattr(f"smallprint.notifying.ledger.{name}", stand_in)
            with pytest.raises(KeyboardInterrupt):
                ledger.recover(now=NOW)
        ledger.close()

    ledger = Ledger(path)
    ledger.recover(now=NOW)
    assert len(ledger.claim(1, now=NOW)) == 1
    ledger.close()


def test_an_old_copy_of_a_ledger_is_refused(path: Path) -> None:
    """What was sent since the copy was made is not in it."""
    filled(path, 2)
    ledger = Ledger(path)
    ledger.recover(now=NOW)
    ledger.close()
    copy = path.read_bytes()
    ledger = Ledger(path)
    ledger.recover(now=NOW)
    ledger.close()
    path.write_bytes(copy)

    for _ in range(2):
        ledger = Ledger(path)
        with pytest.raises(NoticeError, match="old copy"):
            ledger.recover(now=NOW)
        ledger.close()
        # Without its log nobody can tell either.
        path.with_suffix(".log").unlink(missing_ok=True)


def test_the_unknown_are_sent_to_again_only_by_the_word_of_a_person(path: Path) -> None:
    filled(path, 1)
    ledger = Ledger(path)
    (claim,) = ledger.claim(1, now=NOW)
    ledger.begin([claim.number])
    ledger.settle(Settled(claim.number, State.SENDING, State.UNKNOWN, "timed out", 1, NOW), now=NOW)
    ledger.close()

    ledger = Ledger(path)
    ledger.recover(now=NOW)
    assert ledger.claim(1, now=NOW) == []
    ledger.recover(now=NOW, resend_unknown=True)
    assert len(ledger.claim(1, now=NOW)) == 1
    ledger.close()


def test_who_becomes_unknown_only_now_is_not_sent_to_again_by_a_word_said_of_others(path: Path) -> None:
    filled(path, 2)
    crashed = Ledger(path)
    one, two = crashed.claim(2, now=NOW)
    crashed.begin([one.number, two.number])
    crashed.settle(Settled(one.number, State.SENDING, State.UNKNOWN, "timed out", 1, NOW), now=NOW)
    crashed.close()

    ledger = Ledger(path)
    ledger.recover(now=NOW, resend_unknown=True)
    ledger.close()

    assert list(states(path).values()) == ["planned", "unknown"]


def test_the_deferred_come_back_when_they_are_due_with_what_is_known_of_them(path: Path) -> None:
    filled(path, 1)
    ledger = Ledger(path)
    (claim,) = ledger.claim(1, now=NOW)
    later = Settled(claim.number, State.CLAIMED, State.DEFERRED, "450", 1, NOW, due=NOW + 300)
    ledger.settle(later, now=NOW)
    ledger.flush()

    assert ledger.next_due() == NOW + 300
    assert ledger.claim(1, now=NOW + 299) == []
    (again,) = ledger.claim(1, now=NOW + 300)
    assert (again.tries, again.first_try, again.recipient.name) == (1, NOW, "Person 1")
    ledger.close()


def test_where_nobody_is_planned_any_more_nobody_is_looked_for(path: Path) -> None:
    """Whoever stays for the deferred asks once a second, and millions may be settled."""
    filled(path, 3)
    ledger = Ledger(path)
    claims = ledger.claim(9, now=NOW)
    for claim in claims:
        ledger.settle(Settled(claim.number, State.CLAIMED, State.PLANNED), now=NOW)
    ledger.flush()

    assert (len(claims), ledger.claim(9, now=NOW)) == (3, []), "those given back are for the next run"
    ledger.recover(now=NOW)
    ledger.close()
    again = Ledger(path)
    assert len(again.claim(2, now=NOW)) == 2
    assert len(again.claim(1, now=NOW)) == 1
    again.close()


def test_who_comes_onto_the_list_later_is_not_written_to(path: Path) -> None:
    filled(path, 2)
    ledger = Ledger(path)

    assert ledger.suppress(["p2@example.org", "nobody@example.org"], now=NOW) == 1
    assert [claim.recipient.address for claim in ledger.claim(9, now=NOW)] == ["p1@example.org"]
    ledger.close()


def test_a_second_sender_is_refused_and_the_lock_of_a_dead_one_is_free(tmp_path: Path) -> None:
    lock = tmp_path / "ledger.lock"
    with SenderLock(lock):
        assert is_sending(lock)
        with pytest.raises(NoticeError, match="already"), SenderLock(lock):
            pass

    assert not is_sending(lock)
    with SenderLock(lock):
        pass


def test_whoever_waits_for_the_lock_of_a_plan_that_was_replaced_does_not_send_from_the_new_one(tmp_path: Path) -> None:
    """He would hold the lock of the old folder, and another sender that of the new one."""
    folder = tmp_path / "notice"
    folder.mkdir()

    def replace() -> None:
        folder.rename(tmp_path / "old")
        folder.mkdir()
        lock.__exit__(None, None, None)

    lock = SenderLock(folder / "ledger.lock")
    lock.__enter__()
    timer = threading.Timer(0.1, replace)
    timer.start()
    with pytest.raises(NoticeError, match="planned anew"), SenderLock(folder / "ledger.lock"):
        pass
    timer.join()


@pytest.mark.parametrize(
    ("place", "step"),
    [
        ("recovery", lambda ledger: ledger.recover(now=NOW)),
        ("ledger", lambda ledger: ledger.suppress(["p2@example.org"], now=NOW)),
    ],
)
def test_whoever_interrupts_a_run_at_its_beginning_leaves_the_ledger_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, place: str, step: Callable[[Ledger], object]
) -> None:
    """Ctrl-C comes in the midst of what has to be written together: here where states go and counts follow."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    filled(path, 3)
    crashed = Ledger(path)
    crashed.claim(1, now=NOW)
    crashed.close()
    ledger = Ledger(path)
    with monkeypatch.context() as patched:
        patched.setattr(f"smallprint.notifying.{place}.count", interrupted)
        with pytest.raises(KeyboardInterrupt):
            step(ledger)
        ledger.close()

    assert list(states(path).values()) == ["claimed", "planned", "planned"]
    again = Ledger(path)
    again.recover(now=NOW)
    again.close()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE tally SET number = number + 1",
        "UPDATE recipient SET state = 'accepted' WHERE id = 1",
        "DELETE FROM recipient WHERE id = 1",
    ],
)
def test_a_ledger_that_does_not_add_up_is_refused(path: Path, harm: str) -> None:
    filled(path, 2)
    with sqlite3.connect(path) as db:
        db.execute(harm)
    db.close()

    ledger = Ledger(path)
    with pytest.raises(NoticeError, match="do not add up"):
        ledger.recover(now=NOW)
    ledger.close()


def test_a_damaged_file_is_explained(path: Path) -> None:
    filled(path, 2000)
    data = bytearray(path.read_bytes())
    data[5000:20000] = b"\xff" * 15000
    path.write_bytes(data)

    with pytest.raises(NoticeError, match="ledger"):
        Ledger(path).recover(now=NOW)


def test_a_full_disk_stops_everything_before_anything_is_sent(path: Path) -> None:
    filled(path, 50)
    ledger = Ledger(path)
    claims = ledger.claim(50, now=NOW)
    full = "CREATE TEMP TRIGGER full BEFORE UPDATE ON recipient BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    ledger._db.execute(full)  # noqa: SLF001 - as SQLite tells of a disk that is full

    with pytest.raises(NoticeError, match="disk full"):
        ledger.begin([claims[0].number])
    with pytest.raises(NoticeError, match="disk full"):
        ledger.begin([claims[1].number])
    ledger.close()

    assert set(states(path).values()) == {"claimed"}


def die(ledger: Ledger) -> None:
    """Let go of all files as a process that dies does, with nothing written down before."""
    ledger._db.close()  # noqa: SLF001
    if ledger._log is not None:  # noqa: SLF001
        ledger._log.close()  # noqa: SLF001


class Histories(RuleBasedStateMachine):
    """Anything a sender may do, in any order, with crashes in between."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.db"
        self.total = 6
        filled(self.path, self.total)
        self.ledger = Ledger(self.path)
        self.now = NOW
        self.claimed: list[Claim] = []
        self.sending: list[Claim] = []
        self.accepted: set[int] = set()
        self.may_have: set[int] = set()

    @rule(number=st.integers(1, 3))
    def claim(self, number: int) -> None:
        claims = self.ledger.claim(number, now=self.now)
        assert not {claim.number for claim in claims} & self.may_have, "sent to twice"
        self.claimed += claims

    @precondition(lambda self: self.claimed)
    @rule()
    def start(self) -> None:
        claim = self.claimed.pop()
        self.ledger.begin([claim.number])
        self.sending.append(claim)
        self.may_have.add(claim.number)

    @precondition(lambda self: self.sending)
    @rule(after=st.sampled_from(sorted(WAYS[State.SENDING])))
    def end(self, after: State) -> None:
        claim = self.sending.pop()
        due = self.now + 5 if after is State.DEFERRED else None
        self.ledger.settle(Settled(claim.number, State.SENDING, after, "x", 1, self.now, due), now=self.now)
        if after not in {State.ACCEPTED, State.UNKNOWN}:
            self.may_have.discard(claim.number)
        if after is State.CLAIMED:
            self.claimed.append(claim)
        if after is State.ACCEPTED:
            self.accepted.add(claim.number)

    @rule(seconds=st.integers(1, 10))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds

    @rule()
    def flush(self) -> None:
        self.ledger.flush()

    @rule()
    def crash(self) -> None:
        """What was not committed is gone; whoever was being sent to may have it."""
        die(self.ledger)
        self.ledger = Ledger(self.path)
        self.ledger.recover(now=self.now)
        self.claimed, self.sending = [], []
        unknown = {n for n, state in self._rows() if state in {"unknown", "accepted", "failed"}}
        assert self.accepted <= unknown, "a message that was accepted is to be sent again"
        self.may_have = unknown

    @invariant()
    def adds_up(self) -> None:
        if hasattr(self, "ledger"):
            db = open_to_read(self.path)
            assert counted(db) == tallied(db)
            assert sum(counted(db).values()) == self.total
            db.close()

    def _rows(self) -> list[tuple[int, str]]:
        db = open_to_read(self.path)
        rows = db.execute("SELECT id, state FROM recipient").fetchall()
        db.close()
        return rows

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            die(self.ledger)
            self.folder.cleanup()


test_any_history = Histories.TestCase
