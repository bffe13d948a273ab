"""After a purge no address is left, wherever a plan or a crash has put it."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from ledgers import NOW

from noticed import DAY, POLICY, VERSION, project
from smallprint.cli.main import main
from smallprint.errors import NoticeError
from smallprint.notifying import purge as purging
from smallprint.notifying.folder import NoticeFolder, notice_folder
from smallprint.notifying.ledger_file import open_to_read, open_to_write
from smallprint.notifying.plan import Plan, read_plan
from smallprint.notifying.purge import purge

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

ADDRESS = b"people.example"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NoticeFolder:
    """Return the folder of a notice that was planned, in the current one."""
    monkeypatch.chdir(project(tmp_path))
    assert main(["notice", "plan", POLICY, VERSION, "--recipients", "people.csv", "--as-of", DAY]) == 0
    return notice_folder(tmp_path / "notices", POLICY, VERSION)


@pytest.fixture
def plan(folder: NoticeFolder) -> Plan:
    return read_plan(folder.plan)


def left_in(folder: NoticeFolder) -> list[str]:
    """Return the files at and beside a notice in which an address stands."""
    return [path.name for path in folder.path.parent.rglob("*") if path.is_file() and ADDRESS in path.read_bytes()]


@pytest.mark.parametrize("kind", ["part", "old"])
def test_what_a_crash_left_of_another_plan_goes_too(folder: NoticeFolder, plan: Plan, kind: str) -> None:
    shutil.copytree(folder.path, folder.path.with_name(f".{VERSION}.{kind}"))

    assert purge(folder, plan, now=NOW, unfinished=True) == 3

    assert left_in(folder) == []


def test_a_purge_that_somebody_who_reads_keeps_from_its_end_says_so(
    folder: NoticeFolder, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(path: Path) -> sqlite3.Connection:
        db = open_to_write(path)
        db.execute("PRAGMA busy_timeout = 10")
        return db

    monkeypatch.setattr(purging, "open_to_write", impatient)
    open_to_write(folder.ledger).close()
    with closing(open_to_read(folder.ledger)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM recipient").fetchone()
        with pytest.raises(NoticeError, match="Someone is reading"):
            purge(folder, plan, now=NOW, unfinished=True)
        assert left_in(folder) != []

    purge(folder, plan, now=NOW, unfinished=True)

    assert left_in(folder) == []
