import json
from pathlib import Path

import pytest

from pending import DAY, NEW, OLD, decide, use_rules, write_pending
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


@pytest.fixture
def pending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a policy with a version to come in which the rules find a loss."""
    monkeypatch.chdir(tmp_path)
    use_rules(monkeypatch)
    return write_pending(tmp_path / "content")


def codes(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """Return the codes of all that `check` finds."""
    main(["check", "--format", "json", "--as-of", DAY, *options])
    return [fault["code"] for fault in json.loads(capsys.readouterr().out)["faults"]]


def test_the_way_of_a_version_through_the_gate(pending: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Edit, decide, tell, release: each step is asked for in turn."""
    assert codes(capsys) == ["SP520"]

    decide(pending)
    assert codes(capsys) == ["SP521"]

    new = pending / f"{NEW}.md"
    new.write_text(new.read_text().replace("---\n\n#", "notified: 2026-02-20\n---\n\n#", 1))
    assert codes(capsys) == ["SP522", "SP523"]

    new.write_text(new.read_text().replace("notified: 2026-02-20", "notified: 2026-01-20\nnotified-by: email"))
    assert codes(capsys) == []

    assert main(["release", "--as-of", DAY]) == 0
    assert main(["release", "--as-of", DAY, "privacy", NEW]) == 0
    assert main(["check", "--strict", "--as-of", DAY]) == 0


def test_an_edit_opens_a_decision_again(pending: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(pending, "neutral")
    assert codes(capsys) == []

    new = pending / f"{NEW}.md"
    new.write_text(new.read_text().replace("for ads", "for all ads"))
    assert "SP520" in codes(capsys)


def test_the_gate_asks_nothing_once_a_version_is_in_force(pending: Path) -> None:
    assert pending.exists()
    assert main(["check", "--as-of", "2026-02-28"]) == 1
    assert main(["check", "--as-of", NEW]) == 0


def test_the_day_comes_from_the_environment_too(pending: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pending.exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768003200")  # 2026-01-10
    assert main(["check"]) == 1
    monkeypatch.setenv("SMALLPRINT_AS_OF", NEW)
    assert main(["check"]) == 0
    assert main(["check", "--as-of", DAY]) == 1
    assert main(["check", "--as-of", "soon"]) == 2


def test_the_gate_as_annotations(pending: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pending.exists()
    assert main(["check", "--format", "github", "--as-of", DAY]) == 1
    assert capsys.readouterr().out.startswith(
        "::error file=content/privacy/2026-03-01.md,line=7,title=SP520::Nobody has decided on the clause “use”"
    )


def test_an_absolute_folder_is_named_as_it_can_be_opened(pending: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(pending.parent), "--as-of", DAY])
    assert capsys.readouterr().out.startswith("content/privacy/2026-03-01.md:7: SP520 ")


def test_released_texts_stand(pending: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the day, a released version is as it was."""
    main(["release", "--as-of", DAY])
    decide(pending, "neutral")
    old = pending / f"{OLD}.md"
    text = old.read_text()
    capsys.readouterr()

    old.write_text(text.replace("We will tell you", "We may tell you"))
    assert "SP530" in codes(capsys)
    old.write_text(text.replace("title: Privacy", "title: Our Privacy").replace("\n\n", "\n\n\n"))
    assert codes(capsys) == ["SP532"]
    old.write_text(text)
    assert codes(capsys) == []
    assert main(["check", "--strict", "--as-of", NEW]) == 1
    assert "SP533 warning: This version is public since 2026-03-01" in capsys.readouterr().out
    (pending / "published.json").write_text("{}")
    assert codes(capsys) == ["SP534"]


OURS = """\
- id: faces-scanned
  direction: reduces
  weight: 0.9
  rights: [collection]
  message: "Faces are spoken of: {said}."
  why: A face cannot be changed.
  source: GDPR Art. 9
  when:
    gained-words: 'smile'
  material:
  - new: We use your smile.
  not-material:
  - old: We use your smile.
"""


@pytest.fixture
def smiling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a policy with a version to come that only a rule of the team finds something in."""
    monkeypatch.chdir(tmp_path)
    folder = write_pending(tmp_path / "content")
    old, new = folder / f"{OLD}.md", folder / f"{NEW}.md"
    new.write_text(old.read_text().replace("We use your name", "We ask for your smile, and use your name"))
    return folder


def test_the_rules_of_a_team_count(smiling: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(capsys) == []
    assert main(["release", "--as-of", DAY, "privacy", NEW]) == 0
    (smiling / "published.json").unlink()
    (smiling.parent / "rules").mkdir()
    (smiling.parent / "rules" / "ours.yml").write_text(OURS)
    capsys.readouterr()

    assert codes(capsys) == ["SP520"]
    assert main(["release", "--as-of", DAY, "privacy", NEW]) == 1
    assert "[faces-scanned, reduces]" in capsys.readouterr().err


def test_a_broken_rule_is_told_with_all_else(smiling: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (smiling.parent / "rules").mkdir()
    (smiling.parent / "rules" / "ours.yml").write_text(OURS.replace("GDPR", "#"))
    (smiling / "published.json").write_text("{")

    assert codes(capsys) == ["SP534", "SP501"]
    assert main(["release", "--as-of", DAY]) == 1
    assert "content/rules/ours.yml" in capsys.readouterr().err
    (smiling / f"{OLD}.md").write_text(BAD)
    assert codes(capsys) == ["SP110", "SP501"]
