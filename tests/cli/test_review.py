"""The command `smallprint review`: the file, the questions over a pipe and on a terminal, and what is told."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from smallprint.cli.main import main
from smallprint.cli.review import review
from smallprint.comparing import compare
from smallprint.judgement import Direction, Finding, Right
from smallprint.reading.tree import read_tree
from smallprint.reviewing.legacy import legacy_words_digest
from smallprint.reviewing.published import Published, release, write_published

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.testing import Result

    from smallprint.model import Comparison

REVIEW = "content/privacy/reviews/2024-01-01.yml"
DRIVER = """\
import sys
import smallprint.assessing
sys.path.insert(0, {tests!r})
from test_review import find
smallprint.assessing.assess = find
from smallprint.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def find(comparison: Comparison, _: object = None) -> Mapping[int, tuple[Finding, ...]]:
    """Find something in the clauses on cookies and on sharing."""
    found = {}
    for change in comparison.differing:
        if {clause.clause_id for clause in change.new} & {"collection.cookies", "sharing"}:
            old = "for 30 days" if change.old else None
            direction = Direction.REDUCES if old else Direction.UNCLEAR
            reason = "Cookies are kept longer: “for 30 days” became “for 90 days”."
            rights = (Right.RETENTION,)
            found[change.number] = (Finding("kept-longer", direction, bool(old), rights, reason, "GDPR Art. 5", old),)
    return found


@pytest.fixture(autouse=True)
def _at_the_desk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a small project, with rules of our own, as Mary Smith."""
    monkeypatch.chdir(project)
    monkeypatch.setattr("smallprint.assessing.assess", find)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Mary Smith")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1704153600")


def answer(*lines: str, options: tuple[str, ...] = ()) -> Result:
    """Run the walk over a pipe."""
    return CliRunner().invoke(review, ["privacy", "-i", *options], input="".join(f"{line}\n" for line in lines))


def test_the_file_is_written_and_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "privacy"]) == 0
    assert capsys.readouterr().out == (
        f"{REVIEW}\n"
        "  2 changes are open:\n"
        "    collection.cookies (since 2022-01-01): reduces · material · retention\n"
        "    sharing (since 2022-01-01): unclear · retention\n"
        "Fill in the open ones there, or answer questions: smallprint review privacy 2024-01-01 --interactive\n"
    )
    first = Path(REVIEW).read_bytes()
    assert main(["review", "privacy", "2024-01-01"]) == 0
    assert Path(REVIEW).read_bytes() == first
    assert main(["check"]) == 0


def test_check_writes_nothing_and_fails_while_anything_is_open() -> None:
    assert main(["review", "privacy", "--check"]) == 1
    assert not Path(REVIEW).exists()
    assert answer("n", "The same.", "", "", "", "n", "The same.", "", "").exit_code == 0
    assert main(["review", "privacy", "--check"]) == 0


def test_the_walk_takes_a_decision() -> None:
    result = answer("?", "x", "r", "perhaps", "y", "", "", "We now keep cookies for 90 days.", "c", "", "q")

    assert result.exit_code == 0, result.output
    for shown in (
        "1/2 Reworded: Cookies  collection.cookies",
        "We use cookies for [-30-]{+90+} days.",
        "reduces · material · retention  kept-longer",
        "before: “for 30 days”",
        "rests on: GDPR Art. 5",
        "r  reduces: the publisher may do more, or promises less",
        "“x” is none of the answers.",
        "“perhaps” is none of the answers.",
        "Suggested reason: Cookies are kept longer",
        "Saved.",
        "1 still open.",
    ):
        assert shown in result.output
    assert (
        "  verdict: reduces\n"
        "  material: yes\n"
        "  rights: retention\n"
        "  reason: >-\n"
        "    Cookies are kept longer: “for 30 days” became “for 90 days”.\n"
        "  for-readers: We now keep cookies for 90 days.\n"
        "  practice: changed\n"
        "  by: Mary Smith\n"
        "  on: 2024-01-02\n"
    ) in Path(REVIEW).read_text().replace('"Cookies', ">-\n    Cookies").replace('days”."', "days”.")


def test_the_name_is_asked_once_and_the_day_can_be_given() -> None:
    result = answer(
        *("e", "", "Better so.", "", "", "Anne Jones"),
        *("m", "n", "notice", "Both.", "", ""),
        options=("--on", "2024-03-01"),
    )
    text = Path(REVIEW).read_text()

    assert result.exit_code == 0, result.output
    assert "Nothing is open any more." in result.output
    assert text.count("by: Anne Jones") == text.count("on: 2024-03-01") == 2
    assert "verdict: mixed\n  material: no\n  rights: notice\n" in text
    assert main(["check"]) == 0


def test_what_cannot_stand_in_a_file_is_asked_again() -> None:
    result = answer("n", "a\u202eb", "", "Fine.", "", "d", "", "q")

    assert "U+202E RIGHT-TO-LEFT OVERRIDE changes the order" in result.output
    assert "reason: Fine.\n" in Path(REVIEW).read_text()


def test_one_goes_back_to_the_change_before_and_decides_anew() -> None:
    result = answer(
        *("n", "Fine.", "", "", "Mary"),
        *("b", "e", "", "Better.", "", ""),
        *("n", "The same.", "", "", "y"),
    )
    text = Path(REVIEW).read_text()

    assert result.exit_code == 0, result.output
    assert result.output.count("1/2 Reworded: Cookies") == 2
    assert "You decided:\n  neutral\n  reason: Fine.\n" in result.output
    assert "reason: Better." in text
    assert "Fine." not in text
    assert result.output.count("Saved.") == 2


def test_going_back_keeps_a_decision_for_enter_and_ends_at_the_first_change() -> None:
    result = answer(*("n", "Fine.", "", "", "Mary"), "b", "b", "", *("n", "The same.", "", "", ""))

    assert "This is the first change." in result.output
    assert Path(REVIEW).read_text().count("reason: Fine.") == 1


def test_one_goes_back_within_a_decision() -> None:
    """From each question to the one before, and from the first to the verdict."""
    result = answer("r", "<", "m", "y", "", "<", "<", "n", "", "Both.", "", "", "Mary", "q", "y")
    text = Path(REVIEW).read_text()

    assert result.exit_code == 0, result.output
    assert "verdict: mixed\n  material: no\n" in text
    assert "reason: Both." in text


def test_all_decisions_are_shown_before_they_are_saved() -> None:
    result = answer(
        *("r", "y", "", "Kept longer.", "We keep it longer.", "c", "Mary"),
        *("n", "The same.", "", ""),
        *("9", "1", "m", "n", "", "Both.", "", "", "y"),
    )
    text = Path(REVIEW).read_text()
    shown = result.output.partition("Your decisions")[2]

    assert "  1  Cookies (since 2022-01-01)\n     reduces · material · retention\n     reason: Kept longer.\n" in shown
    assert "     for readers: We keep it longer.\n     practice: changed\n" in shown
    assert "“9” is none of the answers." in shown
    assert "mixed · not material" in shown.partition("Your decisions")[2]
    assert "Saved." not in result.output.partition("Your decisions")[0]
    assert "reason: Both." in text
    assert "Kept longer." not in text


def test_decisions_can_be_discarded() -> None:
    result = answer(*("n", "Fine.", "", "", "Mary"), "q", "d")

    assert "Nothing was saved." in result.output
    assert "2 still open." in result.output
    assert "Fine." not in Path(REVIEW).read_text()


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_lines_are_broken_between_words(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    reason = "It is a reason of many words, so that it goes over several lines wherever it stands. " * 3
    result = answer("?", "n", reason, "", "", "Mary", "q", "y")
    lines = result.output.splitlines()

    assert (
        max(len(line) for line in lines if "Reason" not in line and "2 of" not in line[:200] and "reviews/" not in line)
        <= columns
    )
    for words in ("the publisher may do more, or promises less", "so that it goes over several lines"):
        assert words in " ".join(" ".join(lines).split())


def test_skipping_and_the_end_of_the_input_leave_the_rest_open() -> None:
    result = answer("s", "n", "Fine.")

    assert result.exit_code == 0
    assert "2 still open." in result.output
    assert "by: Mary" not in Path(REVIEW).read_text()


def test_ctrl_c_loses_nothing_that_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["n", "Fine.", "", "", "Mary"])

    def prompt(*_: object, **__: object) -> str:
        if (given := next(answers, None)) is None:
            raise KeyboardInterrupt
        return given

    monkeypatch.setattr("click.prompt", prompt)
    assert main(["review", "privacy", "-i"]) == 130
    assert Path(REVIEW).read_text().count("verdict: neutral") == 1
    assert Path(REVIEW).read_text().count("by: Mary\n") == 1


def test_what_someone_writes_meanwhile_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["n", "Fine.", "", "", "Mary"])

    def prompt(*_: object, **__: object) -> str:
        given = next(answers)
        if given == "Mary":
            path = Path(REVIEW)
            path.write_text(path.read_text().replace("- clauses: sharing", "# Ask Anne.\n- clauses: sharing"))
            monkeypatch.setattr("click.prompt", lambda *_, **__: "q")
        return given

    monkeypatch.setattr("click.prompt", prompt)
    assert main(["review", "privacy", "-i"]) == 0
    assert "# Ask Anne.\n- clauses: sharing" in Path(REVIEW).read_text()
    assert "by: Mary\n" in Path(REVIEW).read_text()


def test_a_broken_review_is_refused_and_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "privacy"]) == 0
    path = Path(REVIEW)
    path.write_text(path.read_text().replace("verdict:\n", "verdict: yes\n", 1))
    before = path.read_bytes()

    assert main(["review", "privacy"]) == 1
    assert f"{REVIEW}:24:12: SP513 `verdict: yes` is none of the words known here." in capsys.readouterr().err
    assert path.read_bytes() == before
    assert main(["check"]) == 1
    assert f"{REVIEW}:24:12: SP513" in capsys.readouterr().out


def test_an_edit_reopens_and_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer("r", "y", "", "Kept longer.", "", "", "", "q")
    version = project / "content" / "privacy" / "2024-01-01.md"
    version.write_text(version.read_text().replace("90 days", "91 days"))

    assert main(["review", "privacy", "--check"]) == 1
    assert "changes-before" not in Path(REVIEW).read_text()
    assert main(["review", "privacy"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("1 decision no longer holds, as the words were edited; kept under `changes-before`:\n") == 2
    assert "    collection.cookies: reduces (Mary Smith, 2024-01-02)\n" in shown
    version.write_text(version.read_text().replace("91 days", "90 days"))
    assert main(["review", "privacy"]) == 0
    assert "1 decision holds again, as the words stand again:" in capsys.readouterr().out


def test_a_clause_can_be_added(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "privacy", "--add", "collection"]) == 0
    assert "    collection (since 2022-01-01): the rules found nothing\n" in capsys.readouterr().out
    assert main(["review", "privacy", "--add", "policy"]) == 2
    assert "The clause “policy” stands unchanged in 2024-01-01" in capsys.readouterr().err
    assert main(["review", "privacy", "--add", "nothing"]) == 2
    assert "There is no clause “nothing” in 2024-01-01" in capsys.readouterr().err


def test_all_versions(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "content" / "privacy"
    text = (folder / "2024-01-01.md").read_text()
    (folder / "2025-01-01.md").write_text(
        text.replace("2024-01-01", "2025-01-01").replace("2023-12-01", "2024-12-01").replace("90 days", "120 days")
    )
    assert main(["review", "privacy", "--all"]) == 0
    shown = capsys.readouterr().out

    assert sorted(path.name for path in (folder / "reviews").iterdir()) == ["2024-01-01.yml", "2025-01-01.yml"]
    assert "collection.cookies (since 2024-01-01)" in shown
    assert "collection.cookies (since 2022-01-01)" in shown
    assert shown.count("of them: what has changed since 2022-01-01, as none has `notified` since then.") == 1
    assert main(["review", "privacy", "--all", "2024-01-01"]) == 2
    result = CliRunner().invoke(review, ["privacy", "--all", "-i"], input="n\nSame.\n\n\n\n" * 5)
    assert result.output.count("Nothing is open any more.") == 2
    # What was decided for 2024 holds for the way from the first version to 2025, too.
    assert result.output.count("Saved.") == 4


def test_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "terms"]) == 2
    assert "There is no policy “terms”" in capsys.readouterr().err
    assert main(["review", "privacy", "2023-01-01"]) == 2
    assert "privacy has no version “2023-01-01”" in capsys.readouterr().err
    assert main(["review", "privacy", "-i", "--check"]) == 2
    assert main(["review", "privacy", "-i", "--on", "yesterday"]) == 2
    assert main(["review", "privacy", "2022-01-01"]) == 0
    assert "2022-01-01 is the first version" in capsys.readouterr().out


def test_without_findings_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("smallprint.assessing.assess", lambda *_: {})

    assert main(["review", "privacy"]) == 0
    assert capsys.readouterr().out == "2024-01-01: the rules found nothing that a person has to decide.\n"
    assert not Path(REVIEW).parent.exists()


def test_other_policies_are_not_read(project: Path) -> None:
    other = project / "content" / "terms"
    other.mkdir()
    (other / "policy.yml").write_text("title: Terms\n")
    (other / "2024-01-01.md").write_text("# Terms {#Terms}\n")

    assert main(["check"]) == 1
    assert main(["review", "privacy"]) == 0


def test_the_walk_on_a_terminal(project: Path) -> None:
    """On a terminal of its own, keys are typed as a person would, up to Ctrl-C."""
    driver = project / "driver.py"
    driver.write_text(DRIVER.format(tests=str(Path(__file__).parent)))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, driver, "review", "privacy", "-i"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=lambda: os.login_tty(0),  # noqa: PLW1509 - so that Ctrl-C reaches it
    )
    os.close(theirs)
    screen = Screen(ours)
    try:
        for until, keys in (
            ("for help", "n\r"),
            ("Reason, in a sentence:", "The same, at length.\r"),
            ("Enter for none", "\r"),
            ("leaves it open", "\r"),
            ("Enter for Mary Smith", "\r"),
            ("2/2", ""),
            ("for help", "\x03"),
            ("Interrupted.", ""),
        ):
            screen.wait_for(until)
            # A prompt is shown a moment before anyone listens for Ctrl-C.
            time.sleep(0.5 if keys == "\x03" else 0)
            os.write(ours, keys.encode())
        assert process.wait(timeout=60) == 130
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "\x1b[31m" in screen.seen
    text = Path(REVIEW).read_text()
    assert "verdict: neutral\n" in text
    assert "reason: The same, at length.\n" in text
    assert "by: Mary Smith\n" in text


class Screen:
    """What a terminal has shown so far."""

    def __init__(self, terminal: int) -> None:
        self.seen = ""
        self._terminal = terminal
        self._at = 0

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Read on until a text has come, behind the one waited for before."""
        end = time.monotonic() + seconds
        while (at := self.seen.find(text, self._at)) < 0:
            ready, _, _ = select.select([self._terminal], [], [], max(end - time.monotonic(), 0))
            assert ready, f"{text!r} did not come; seen: {self.seen[self._at :]}"
            self.seen += os.read(self._terminal, 4096).decode(errors="replace")
        self._at = at + len(text)


TABLE = "# Data {{#data}}\n\n| Data | Shared | Sold |\n|---|---|---|\n| Place | {} | {} |\n"


def find_data(comparison: Comparison, rules: object = None) -> Mapping[int, tuple[Finding, ...]]:
    """Find something in every change."""
    del rules
    finding = Finding("limit-added", Direction.EXPANDS, False, (Right.SHARING,), "A limit is here now.", "GDPR Art. 5")
    return {change.number: (finding,) for change in comparison.differing}


@pytest.fixture
def pending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A version to come with a table, and a decision on it that is bound by the older form of the hash."""
    folder = tmp_path / "of-tables" / "content" / "privacy"
    (folder / "reviews").mkdir(parents=True)
    monkeypatch.chdir(folder.parents[1])
    monkeypatch.setenv("SMALLPRINT_AS_OF", "2026-12-01")
    monkeypatch.setattr("smallprint.assessing.assess", find_data)
    monkeypatch.setattr("smallprint.reviewing.folder.assess", find_data)
    (folder / "policy.yml").write_text("title: Privacy\n")
    (folder / "2024-01-01.md").write_text(TABLE.format("no", "no"))
    (folder / "2027-01-01.md").write_text(TABLE.format("only with banks", ""))
    (change,) = compare(*read_tree(folder.parent).policies[0].versions).differing
    (folder / "reviews" / "2027-01-01.yml").write_text(
        f"version: 2027-01-01\nchanges:\n- clauses: data\n  since: 2024-01-01\n"
        f"  words: {legacy_words_digest(change)}\n  rules:\n  verdict: neutral\n  reason: As before.\n"
        "  by: Mary Smith\n  on: 2026-11-02\n"
    )
    return folder


def codes(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """Return the codes of the faults that `check` finds."""
    capsys.readouterr()
    main(["check", "--format", "json", *options])
    return [fault["code"] for fault in json.loads(capsys.readouterr().out)["faults"]]


def test_a_decision_does_not_outlive_a_move_to_another_column(
    pending: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "privacy", "--rebind"]) == 0
    assert codes(capsys) == []
    text = pending / "2027-01-01.md"
    text.write_text(
        text.read_text().replace("| only with banks |", "|  |").replace("|  |  |", "|  | only with banks |")
    )

    assert codes(capsys) == ["SP520"]
    assert main(["review", "privacy", "--check"]) == 1
    assert "1 decision no longer holds" in capsys.readouterr().out


def test_an_older_hash_does_not_hold_for_a_version_to_come(pending: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review_file = pending / "reviews" / "2027-01-01.yml"
    before = review_file.read_text()

    assert sorted(codes(capsys)) == ["SP517", "SP520"]
    for options in ([], ["--check"]):
        assert main(["review", "privacy", *options]) == len(options)
        assert capsys.readouterr().out == (
            "content/privacy/reviews/2027-01-01.yml\n"
            "  1 change is open:\n"
            "    data (since 2024-01-01): expands · sharing\n"
            "  1 of them has a decision that is bound by an older form of `words`, which sees no cells, lists or "
            "formatting.\n"
            "  So nothing says whether the text is still the one that was decided on. Look at it as it is now; then\n"
            "  keep what is right for it: smallprint review privacy 2027-01-01 --rebind\n"
            "  or first delete the entry of what is not, and run: smallprint review privacy 2027-01-01\n"
        )
        assert review_file.read_text() == before
    assert CliRunner().invoke(review, ["privacy", "-i"]).exit_code == 0
    assert review_file.read_text() == before


def test_an_older_hash_holds_for_a_version_in_force_and_is_told_of_once(
    pending: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLPRINT_AS_OF", "2027-01-01")
    review_file = pending / "reviews" / "2027-01-01.yml"
    before = review_file.read_text()

    assert main(["check"]) == 0
    told = capsys.readouterr().out
    assert "2027-01-01.yml:5:10: SP517 warning: 1 decision of this policy is bound by an older form of" in told
    assert "Run `smallprint review privacy --all`" in told
    assert main(["review", "privacy", "--check"]) == 0
    assert "To write the new form: smallprint review privacy 2027-01-01" in capsys.readouterr().out
    assert review_file.read_text() == before
    assert main(["review", "privacy", "--all"]) == 0
    assert "1 decision was bound by an older form of `words`, and holds" in capsys.readouterr().out
    assert codes(capsys) == []
    assert review_file.read_text() != before
    assert main(["check", "--as-of", "2026-12-01"]) == 0


def test_an_older_hash_holds_for_what_is_as_it_was_released(pending: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = read_tree(pending.parent).policies[0]
    write_published(pending, release(Published(), policy.versions))

    assert codes(capsys) == ["SP517"]
    text = pending / "2027-01-01.md"
    text.write_text(
        text.read_text().replace("| only with banks |", "|  |").replace("|  |  |", "|  | only with banks |")
    )
    assert set(codes(capsys)) >= {"SP520", "SP530"}


def test_nothing_is_bound_anew_by_a_command_that_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "privacy", "--check", "--rebind"]) == 2
    assert "--check writes nothing, so it cannot --rebind." in capsys.readouterr().err
