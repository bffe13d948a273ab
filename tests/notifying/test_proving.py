"""The proof of a notice says what is known, and not more."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from ledgers import NOW

from noticed import DAY, POLICY, VERSION, project
from smallprint.cli.main import main
from smallprint.notifying.claims import Settled
from smallprint.notifying.folder import notice_folder
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.plan import read_plan
from smallprint.notifying.proving import prove
from smallprint.notifying.state import State

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_whom_a_sender_left_in_the_midst_may_have_the_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nobody has resumed since: they are not told as people who still wait for it."""
    monkeypatch.chdir(project(tmp_path))
    assert main(["notice", "plan", POLICY, VERSION, "--recipients", "people.csv", "--as-of", DAY]) == 0
    folder = notice_folder(tmp_path / "notices", POLICY, VERSION)
    with closing(Ledger(folder.ledger)) as ledger:
        one, two = ledger.claim(2, now=NOW)
        ledger.begin([one.number, two.number])
        ledger.settle(Settled(one.number, State.SENDING, State.ACCEPTED, "250", 1, NOW), now=NOW)

    proof = prove(folder, read_plan(folder.plan))

    assert (proof.accepted, proof.unknown, proof.waiting) == (1, 1, 1)
