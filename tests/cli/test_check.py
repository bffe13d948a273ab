import json
from pathlib import Path

import pytest

from smallprint.cli.main import main

GOOD, BAD, DOUBTFUL = "# Privacy\n", "text\u202e\n", "# Privacy\n\n<b>x</b>\n"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "content" / "privacy"
    folder.mkdir(parents=True)
    (folder / "policy.yml").write_text("title: Privacy\n")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [(GOOD, [], 0), (GOOD, ["--strict"], 0), (DOUBTFUL, [], 0), (DOUBTFUL, ["--strict"], 1), (BAD, [], 1)],
)
def test_exit_codes(content: Path, text: str, options: list[str], expected: int) -> None:
    (content / "2020-02-10.md").write_text(text)

    assert main(["check", *options]) == expected


def test_text(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "2020-02-10.md").write_text("# Privacy\n\ntext\u202e\n")

    assert main(["check", "content"]) == 1
    assert capsys.readouterr().out.startswith("content/privacy/2020-02-10.md:3:5: SP110 U+202E RIGHT-TO-LEFT OVERRIDE")


def test_json(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "2020-02-10.md").write_text(DOUBTFUL)

    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == 2


def test_github(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "2020-02-10.md").write_text(DOUBTFUL)

    main(["check", "--format", "github"])
    assert capsys.readouterr().out.startswith("::warning file=content/privacy/2020-02-10.md,line=3,col=1,endColumn=4,")


def test_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere"]) == 2
    assert "The content folder nowhere does not exist." in capsys.readouterr().err
    assert main(["check", "--format", "xml"]) == 2


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "sp110"]) == 0
    assert capsys.readouterr().out.startswith("SP110 (error): a character that turns the order of letters\n")
    assert main(["explain"]) == 0
    assert "SP402  nested too deeply" in capsys.readouterr().out


def test_explain_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "SP1100"]) == 2
    error = capsys.readouterr().err
    assert "Did you mean SP110" in error
    assert "SP402  nested too deeply" in error
