"""`smallprint release`: what is public is written down once and never again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pending import DAY, NEW, OLD, decide, use_rules, write_pending
from smallprint.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMALLPRINT_AS_OF", DAY)
    use_rules(monkeypatch)
    return write_pending(tmp_path / "content")


def released(folder: Path) -> list[str]:
    return list(json.loads((folder / "published.json").read_text(encoding="utf-8"))["versions"])


def test_what_is_public_is_released(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release"]) == 0
    assert capsys.readouterr().out == f"privacy: released {OLD}; commit content/privacy/published.json.\n"
    assert released(folder) == [OLD]
    before = (folder / "published.json").read_bytes()

    assert main(["release", "privacy"]) == 0
    assert capsys.readouterr().out == "privacy: nothing new to release.\n"
    assert (folder / "published.json").read_bytes() == before
    assert main(["check"]) == 1


def test_released_on_a_later_day(folder: Path) -> None:
    assert main(["release", "--as-of", NEW]) == 0
    assert released(folder) == [OLD, NEW]


def test_what_may_not_be_published_is_not_released(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "privacy", NEW]) == 1
    error = capsys.readouterr().err
    assert "content/privacy/2026-03-01.md:7: SP520 Nobody has decided" in error
    assert not (folder / "published.json").exists()

    decide(folder, "neutral")
    assert main(["release", "privacy", NEW]) == 0
    assert released(folder) == [NEW]


def test_what_was_released_is_never_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["release"])
    before = (folder / "published.json").read_bytes()
    text = folder / f"{OLD}.md"
    text.write_text(text.read_text().replace("your name", "your names"))

    assert main(["release", "privacy", OLD]) == 1
    assert "SP530 The text of this version was changed after it was released" in capsys.readouterr().err
    assert (folder / "published.json").read_bytes() == before


def test_one_policy_in_the_way_keeps_all_from_being_written(folder: Path) -> None:
    other = write_pending(folder.parent, "terms")
    (other / "published.json").write_text("{")

    assert main(["release"]) == 1
    assert not (folder / "published.json").exists()
    assert main(["release", "privacy"]) == 0
    assert released(folder) == [OLD]


def test_what_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.exists()
    assert main(["release", "cookies"]) == 2
    assert "There is no policy “cookies” in content. There is: privacy." in capsys.readouterr().err
    assert main(["release", "privacy", "2021-01-01"]) == 2
    assert f"privacy has no version “2021-01-01”. It has: {OLD}, {NEW}." in capsys.readouterr().err
    assert main(["release", "--content", "nowhere"]) == 2
