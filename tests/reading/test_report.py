import json

import pytest

from smallprint.errors import Fault, Severity
from smallprint.reading.report import format_fault, format_report, format_total, visible

ERROR = Fault("a,b:c/2020.md", 2, 7, "SP208", "`x: 100%\n` is\r no date.", "Write it.", excerpt="notif: x", width=3)
WARNING = Fault("content/privacy", 0, 0, "SP223", "Left out.", "Leave it.", Severity.WARNING)


def test_a_fault_about_a_line_as_a_whole_has_no_mark() -> None:
    fault = Fault("a.md", 12, 0, "SP208", "What.", "Remedy.", excerpt="The line")

    assert format_fault(fault) == "a.md:12: SP208 What.\n  12 | The line\n  help: Remedy."


def test_a_warning_says_that_it_is_one() -> None:
    assert format_fault(WARNING) == "content/privacy: SP223 warning: Left out.\n  help: Leave it."


@pytest.mark.parametrize("column", [1, 5, 60, 119, 120, 121, 500])
def test_the_mark_stands_in_a_line_that_fits(column: int) -> None:
    fault = Fault("a.md", 1, column, "SP208", "What.", "Remedy.", excerpt="x" * 120, width=200)

    _, quote, mark, _ = format_fault(fault).split("\n")

    assert len(quote) <= len("  1 | ") + 100
    assert len(mark) <= len("  1 | ") + 101
    assert "^" in mark


def test_nothing_a_terminal_would_obey_is_printed() -> None:
    fault = Fault("a\x1b[2J.md", 1, 1, "SP208", "`\u202ex` \x07", "\u200b", excerpt="\x1b]0;x\x07 \u2066")

    text = format_fault(fault)

    assert text.isprintable() or set(text) & set("\x1b\x07\u202e\u200b\u2066") == set()
    assert "a<U+001B>[2J.md" in text


def test_visible_leaves_good_text_alone() -> None:
    assert visible("“Été” – 日本語 שלום 🙂") == "“Été” – 日本語 שלום 🙂"
    assert visible("a\tb\u00ad\ud800\U000e0041") == "a b<U+00AD><U+D800><U+E0041>"


def test_annotations_for_github_are_escaped() -> None:
    error, warning, total = format_report([ERROR, WARNING], "github").split("\n")

    assert error == (
        "::error file=a%2Cb%3Ac/2020.md,line=2,col=7,endColumn=10,title=SP208::`x: 100%25%0A` is%0D no date. Write it."
    )
    assert warning == "::warning file=content/privacy,title=SP223::Left out. Leave it."
    assert total == "1 error and 1 warning in 2 files."


def test_json_holds_everything() -> None:
    record = json.loads(format_report([ERROR, WARNING], "json"))

    assert (record["schema"], record["errors"], record["warnings"]) == ("smallprint/faults/1", 1, 1)
    assert record["faults"][0] == {
        "path": "a,b:c/2020.md",
        "line": 2,
        "column": 7,
        "code": "SP208",
        "what": "`x: 100%\n` is\r no date.",
        "remedy": "Write it.",
        "severity": "error",
        "excerpt": "notif: x",
        "width": 3,
    }


def test_text_ends_with_the_total() -> None:
    assert format_report([], "text") == "No faults."
    assert format_report([WARNING]).endswith(
        "1 warning in 1 file. `smallprint explain SP223` says more about the first."
    )


def test_totals() -> None:
    assert format_total([ERROR, ERROR]) == "2 errors in 1 file"
    assert format_total([]) == "No faults"
