"""`smallprint import-history`: a repository becomes a policy, as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_histories import CHANGES, POLICY, TECHNICAL, Made, make_repository
from smallprint.cli.main import main
from smallprint.importing import history_folder

FORTY = POLICY.replace("30 days", "40 days")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = make_repository(tmp_path / "repository")
    made.commit("2020-01-01", CHANGES, {"p.md": POLICY})
    made.commit("2021-01-01", TECHNICAL, {"p.md": f"{POLICY}\n"})
    made.commit("2022-01-01", CHANGES, {"p.md": FORTY})
    return made.folder


def run(*more: str) -> int:
    return main(["import-history", "repository", "p.md", "--policy", "privacy", *more])


def test_a_history_becomes_a_policy(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert repository.is_dir()
    assert run() == 0

    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith(
        "Wrote content/privacy: 2 versions from 2020-01-01 to 2022-01-01, made of 3 commits.\n\nSkipped:\n  2021-01-01 "
    )
    assert f"“{TECHNICAL}”: a technical change of how the page was read, by its subject\n" in out
    told = Path("content/privacy/sources/history.txt").read_text(encoding="utf-8")
    assert told.startswith("2 versions from 2020-01-01 to 2022-01-01")
    assert "2020-01-01 " in told
    assert Path("content/privacy/policy.yml").read_text(encoding="utf-8") == 'title: "Privacy Policy"\n'
    assert Path("content/privacy/sources/2022-01-01.md").read_text(encoding="utf-8") == FORTY
    assert main(["check"]) == 0


def test_days_and_sentences(repository: Path) -> None:
    assert repository.is_dir()
    assert run("--since", "2021-06-01", "--until", "2023-01-01", "--sentences") == 0
    assert [path.name for path in Path("content/privacy").glob("2*.md")] == ["2022-01-01.md"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--since", "yesterday"], "--since: “yesterday” is no day."),
        (["--policy", "Our Policy"], "cannot be the name of a policy"),
        (["--until", "2000-01-01"], "none of them between the days you name"),
    ],
)
def test_called_wrongly(repository: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert repository.is_dir()
    assert run(*arguments) == 2
    assert told in capsys.readouterr().err
    assert not Path("content").exists()


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)

    assert run() == 2
    assert "There is no folder repository." in capsys.readouterr().err


def test_a_policy_that_is_there_is_not_touched(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert repository.is_dir()
    Path("content/privacy").mkdir(parents=True)
    Path("content/privacy/2019-01-01.md").write_text("# Mine\n", encoding="utf-8")

    assert run() == 2
    assert "content/privacy is there already, with 2019-01-01.md in it." in capsys.readouterr().err
    assert [path.name for path in Path("content/privacy").iterdir()] == ["2019-01-01.md"]


def test_a_policy_file_that_is_there_is_kept(repository: Path) -> None:
    assert repository.is_dir()
    Path("content/privacy").mkdir(parents=True)
    Path("content/privacy/policy.yml").write_text("title: Ours\npublisher: Acme\n", encoding="utf-8")

    assert run() == 0
    assert Path("content/privacy/policy.yml").read_text(encoding="utf-8") == "title: Ours\npublisher: Acme\n"
    assert Path("content/privacy/2022-01-01.md").is_file()


def test_nothing_is_written_that_a_build_would_refuse(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository.is_dir()
    write = history_folder._write  # noqa: SLF001 - the step before the check

    def spoil(history: history_folder.History, made: Path, policy: Path) -> None:
        write(history, made, policy)
        (made / "2022-01-01.md").write_text("# A {#a}\n\n# B {#a}\n", encoding="utf-8")

    monkeypatch.setattr(history_folder, "_write", spoil)

    assert run() == 1
    assert "content/privacy/2022-01-01.md:3:" in capsys.readouterr().err
    assert list(Path("content").iterdir()) == []


def test_nothing_is_left_of_an_import_that_fails(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repository.is_dir()
    Path("content/privacy").mkdir(parents=True)
    Path("content/privacy/policy.yml").write_text("title: Ours\n", encoding="utf-8")
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if target.name == "privacy" and self.parent.parent.name.startswith(".import-"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)

    assert run() == 2
    assert [path.as_posix() for path in Path("content").rglob("*")] == ["content/privacy", "content/privacy/policy.yml"]


def test_reverts_are_left_out_if_asked(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Made(repository)
    for number, text in enumerate([POLICY, FORTY], 3):
        made.commit(f"202{number}-01-01", CHANGES, {"p.md": text})

    assert run("--skip-reverts") == 0

    assert "it gives back the text of 2020-01-01" in capsys.readouterr().out
    assert sorted(path.stem for path in Path("content/privacy").glob("2*.md")) == ["2020-01-01", "2022-01-01"]


def test_a_version_in_another_language_is_a_warning_of_check(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository.is_dir()
    Path("content/privacy").mkdir(parents=True)
    Path("content/privacy/policy.yml").write_text("title: Datenschutz\nlanguage: de\n", encoding="utf-8")

    assert run() == 0
    assert "2 versions of 2 read as English, unlike the language of the policy" in capsys.readouterr().out
    assert main(["check"]) == 0
    assert "content/privacy/2022-01-01.md:1:" in (told := capsys.readouterr().out)
    assert "SP553 warning: The text reads as English, and the language of its policy is “de”." in told
