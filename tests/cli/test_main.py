"""The command line as a whole: help, exit codes, and what people are told."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import click
import pytest

from smallprint.cli import main as command_line
from smallprint.cli import notice
from smallprint.cli.main import main
from smallprint.errors import SmallprintError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def put_in(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make `smallprint build` raise an error."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("smallprint.site.run.build_site", fail)


def test_help_lists_every_command_as_its_own_help_puts_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out

    for name, summary in command_line.COMMANDS.items():
        command = command_line.cli.get_command(click.Context(command_line.cli), name)
        assert command is not None
        assert command.get_short_help_str(200) == summary
        assert f"{name} " in shown


def test_help_of_a_group_lists_its_commands_as_their_own_help_puts_it() -> None:
    for name, (_, summary) in notice.COMMANDS.items():
        command = notice.notice.get_command(click.Context(notice.notice), name)
        assert command is not None
        assert command.get_short_help_str(200) == summary


def test_every_option_of_every_command_has_help() -> None:
    groups = (command_line.cli, notice.notice)
    named = [(group, name) for group in groups for name in group.list_commands(click.Context(group))]
    for group, name in named:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_help_is_quick() -> None:
    code = (
        "import sys; from smallprint.cli.main import main; main(['--help']);"
        "heavy = {'mkdocs', 'markdown_it', 'jinja2', 'rapidfuzz', 'yaml', 'rich'} & sys.modules.keys();"
        "sys.exit(f'imports {heavy}' if heavy else 0)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - start < 2


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("smallprint, version ")


@pytest.mark.parametrize("words", [["nonsense"], ["build", "--nonsense"], ["build", "--config", "/nowhere"], []])
def test_calling_it_wrongly_gives_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "Usage: smallprint" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [(SmallprintError("It broke."), 1), (UsageError("It broke."), 2)])
def test_what_we_can_explain_is_told_without_a_traceback(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: SmallprintError,
    code: int,
) -> None:
    put_in(monkeypatch, error)

    assert main(["build", "--config", str(project / "mkdocs.yml")]) == code
    assert capsys.readouterr() == ("", "Error: It broke.\n")


def test_faults_in_the_content_are_told_with_their_places(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    version = project / "content" / "privacy" / "2024-01-01.md"
    version.write_text(version.read_text().replace("{#sharing}", "{#collection}"))

    assert main(["build", "--config", str(project / "mkdocs.yml")]) == 1
    told = capsys.readouterr().err
    assert "privacy/2024-01-01.md:" in told
    assert "Nothing was written." in told
    assert "Traceback" not in told


def test_a_bug_is_called_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(monkeypatch, RuntimeError("boom"))
    words = ["build", "--config", str(project / "mkdocs.yml")]

    assert main(words) == 3
    told = capsys.readouterr().err
    assert told.startswith("This is a bug in smallprint: RuntimeError: boom\n")
    assert "SMALLPRINT_DEBUG=1" in told
    assert "Traceback" not in told

    monkeypatch.setenv("SMALLPRINT_DEBUG", "1")
    assert main(words) == 3
    assert "Traceback" in capsys.readouterr().err


def test_interrupting_is_no_bug(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(monkeypatch, KeyboardInterrupt())

    assert main(["build", "--config", str(project / "mkdocs.yml")]) == 130
    assert capsys.readouterr().err.strip() == "Interrupted."


def test_a_reader_who_leaves_early_is_no_bug() -> None:
    command = f"{sys.executable} -m smallprint explain | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)

    assert done.stderr == ""


def test_build_says_what_was_built_and_where_to_look(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)

    assert main(["build"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Built 1 policy, 2 versions, 1 redline as of 2024-06-01 in ")
    assert "Look at site/index.html, to be published at https://acme.example/legal/" in out
    assert err == ""

    (project / "site" / "theirs.txt").touch()
    main(["build"])
    assert "Kept 1 file that smallprint did not write." in capsys.readouterr().out


def test_build_can_be_quiet(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(project)

    assert main(["build", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
