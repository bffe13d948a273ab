"""What became of the rows of a set, in a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from plain import version
from smallprint.comparing import compare
from smallprint.presenting.pull_request import comparison_in_markdown
from smallprint.presenting.record import comparison_record
from smallprint.presenting.row_changes import rows_sentence
from smallprint.presenting.summary import summarise
from smallprint.presenting.terminal import comparison_in_terminal
from smallprint.presenting.wording import ENGLISH

if TYPE_CHECKING:
    from smallprint.model import Comparison

HEAD = "| Name | What for | Where |\n| --- | --- | --- |\n"
OLD = f"{HEAD}| Foo | printing | Spain |\n| Acme Cloud | storage | Germany |"
NEW = f"{HEAD}| Acme Cloud | storage | United States |\n| AdTrack | advertising | United States |"
SAID = "AdTrack added (advertising, United States); Acme Cloud: Germany → United States; Foo removed."


def _compared(old: str, new: str, mark: str = " rows=name") -> Comparison:
    return compare(*(version(f"# Sub {{#sub{mark}}}\n\n{side}") for side in (old, new)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (OLD, NEW, SAID),
        (OLD, OLD.replace("Spain", ""), "Foo: Spain → nothing."),
        (OLD, OLD.replace("printing | Spain", "mail | Peru"), "Foo: What for printing → mail, Where Spain → Peru."),
        (OLD, f"{OLD}\n| Kite | | |", "Kite added."),
        (
            "| Name |\n| --- |\n| B |\n| A |",
            "| Name |\n| --- |\n| A |\n| B |",
            "The rows are in another order; none was added or removed.",
        ),
        (
            "| Name |\n| --- |\n| A |",
            "| Name | Why |\n| --- | --- |\n| A | mail |",
            "Column “Why” added.",
        ),
        (
            HEAD + "| A | | |",
            HEAD + "| A | | |" + "".join(f"\n| N{n} | | |" for n in range(14)),
            "; ".join(f"N{n} added" for n in range(12)) + "; 2 more rows.",
        ),
        (OLD, OLD.replace("Foo", "**Foo**"), ""),
    ],
)
def test_sentence(old: str, new: str, said: str) -> None:
    """Rows are named by their key; a mere order tells of nobody."""
    assert rows_sentence(_compared(old, new).changes[0], ENGLISH) == said


def test_every_form_says_it() -> None:
    """The terminal, comments, feeds and records tell of the rows."""
    comparison = _compared(OLD, NEW)
    (change,) = json.loads(comparison_record(comparison))["changes"]

    assert f"    {SAID}" in list(comparison_in_terminal(comparison))
    assert "AdTrack added \\(advertising, United States\\)" in comparison_in_markdown(comparison)
    assert summarise(comparison).lines[0].as_text(ENGLISH) == f"Reworded: Sub. {SAID}"
    assert [(row["kind"], row["name"]) for row in change["rows"]] == [
        ("added", "AdTrack"),
        ("reworded", "Acme Cloud"),
        ("removed", "Foo"),
    ]
    assert change["rows"][1]["cells"] == [{"column": "Where", "old": "Germany", "new": "United States"}]


def test_other_tables_are_told_as_before() -> None:
    """Without the mark nothing is said of rows, nor has the record a field for them."""
    comparison = _compared(OLD, NEW, "")
    (change,) = json.loads(comparison_record(comparison))["changes"]

    assert "rows" not in change
    assert "added (" not in summarise(comparison).lines[0].as_text(ENGLISH)


def test_quotes_stay_where_more_differs() -> None:
    """What the rows do not say is quoted."""
    line = summarise(_compared(f"Those we sell to:\n\n{OLD}", f"Those we give to:\n\n{NEW}")).lines[0]

    assert line.rows == SAID
    assert line.before is not None
