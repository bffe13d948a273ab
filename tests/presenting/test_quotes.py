"""Quotes mark only what the redline marks, and keep the cells of a table apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bs4
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judged import finding
from moving import with_moves
from plain import version
from smallprint.comparing import compare
from smallprint.judgement import Judgement
from smallprint.presenting.excerpts import quote_finding
from smallprint.presenting.quotes import Quote, Quotes, quote_change
from smallprint.presenting.redline_html import change_html
from smallprint.presenting.summary import summarise
from smallprint.presenting.wording import ENGLISH
from strategies import clauses, edited

if TYPE_CHECKING:
    from smallprint.model import Change, Comparison


def compared(old: str, new: str) -> Comparison:
    return compare(version(f"# Data {{#data}}\n\n{old}"), version(f"# Data {{#data}}\n\n{new}"))


def quoted(comparison: Comparison) -> tuple[str, str, int]:
    """Return the quotes of the first change with the marked words in brackets, and how many more places differ."""
    quotes = quote_change(comparison.differing[0], ENGLISH)
    return marked(quotes.before), marked(quotes.now), quotes.more


def marked(quote: Quote | None) -> str:
    return "".join(f"[{text}]" if is_changed else text for text, is_changed in quote.pieces) if quote else ""


HEAD = "| Data | Sold | Shared | Kept | Where | Who |\n|---|---|---|---|---|---|\n"


@pytest.mark.parametrize(
    ("old", "new", "before", "now"),
    [
        (
            "| Your precise location | No | Yes | 30 days | in Ireland | our staff |",
            "| Your precise location | Yes | Yes | 30 days | in Ireland | our partners |",
            "Your precise location | Sold: [No] … Who: our [staff]",
            "Your precise location | Sold: [Yes] … Who: our [partners]",
        ),
        (
            "| Location | No | Yes | 30 days | in Ireland | us |",
            "| Place | No | Yes | 90 days | in Ireland | us |",
            "Data: [Location] … Kept: [30] days …",
            "Data: [Place] … Kept: [90] days …",
        ),
        (
            "| Location | No | Yes | 30 days | in Ireland | us |",
            "| Location | No | Yes | 30 days | in Ireland and Spain | us |",
            "Location … Where: in Ireland …",
            "Location … Where: in Ireland [and Spain] …",
        ),
        (
            "| Location | No | Yes | 30 days | in Ireland | us |",
            "| Location | No | Yes | | in Ireland | us |",
            "Location … Kept: [30 days] …",
            "Location … Kept: (empty) …",
        ),
    ],
)
def test_the_cells_that_differ_are_quoted_with_their_columns(old: str, new: str, before: str, now: str) -> None:
    assert quoted(compared(HEAD + old, HEAD + new)) == (before, now, 0)


def test_a_row_that_came_is_quoted_cell_by_cell() -> None:
    row = "| Name | No | Yes | 30 days | in Ireland | us |\n"
    _, now, _ = quoted(compared(HEAD + row, HEAD + row + "| Age | Yes | No | | here | you |"))

    assert now == "Data: [Age] | Sold: [Yes] | Shared: [No] … Where: [here] …"


def test_kept_words_between_changed_ones_are_not_marked() -> None:
    old, new = "We keep red and green files of the town.", "We keep blue and yellow files of the town."

    assert quoted(compared(old, new)) == (
        "We keep [red] and [green] files of the town.",
        "We keep [blue] and [yellow] files of the town.",
        0,
    )


def test_words_count_more_than_formatting() -> None:
    rest = "in this house of ours and in the next town of all the land."
    old = f"We keep the red and green files {rest}\n\nNobody else reads one of them."
    new = f"We keep **the red and green files** {rest}\n\nNobody else reads two of them."

    assert quoted(compared(old, new)) == ("Nobody else reads [one] of them.", "Nobody else reads [two] of them.", 1)


def test_what_moved_is_not_quoted_as_changed() -> None:
    moving = "We keep records of your visits for thirty days."
    comparison = compared(
        f"We keep your name as long as we exist.\n\n{moving}", f"{moving}\n\nWe keep your name as long as we exist."
    )

    assert quote_change(comparison.differing[0], ENGLISH) == Quotes(is_moved_only=True)
    assert summarise(comparison).lines[0].note == ENGLISH.only_moved


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- one thing\n- other thing\n* third thing", "- one thing\n- other thing\n- third thing"),
        ("We keep **all** of it.", "We keep *all* of it."),
        ("1. one thing", "2. one thing"),
    ],
)
def test_a_change_of_form_is_said_to_be_one(old: str, new: str) -> None:
    (line,) = summarise(compared(old, new)).lines

    assert (line.note, line.before, line.now) == (ENGLISH.same_words, None, None)


def test_letters_that_look_alike_are_named() -> None:
    (line,) = summarise(compared("Write to p\u0430ypal for support.", "Write to paypal for support.")).lines

    assert line.note.startswith("Looks the same, different letters: U+0061 LATIN SMALL LETTER A, U+0430")


@given(st.data(), st.booleans(), st.booleans())
def test_quotes_mark_only_what_the_redline_marks(data: st.DataObject, ids: bool, moved: bool) -> None:
    """The words marked in a quote are marked in the redline, on their side and in their order."""
    old = data.draw(clauses(ids=ids), label="old")
    new = data.draw(edited(old), label="new")
    comparison = compare(version("\n\n".join(old)), version("\n\n".join(new)))
    for change in (with_moves(comparison) if moved else comparison).differing:
        if change.old and change.new:
            quotes = quote_change(change, ENGLISH)
            check_marks(change, quotes.before, "del:not(.moved-away)")
            check_marks(change, quotes.now, "ins:not(.moved)")
            for row in change.rows:
                said = finding(
                    old_quote=row.old[0].plain if row.old else None, new_quote=row.new[-1].plain if row.new else None
                )
                excerpts = quote_finding(change, Judgement((said,)), ENGLISH) or Quotes()
                check_marks(change, excerpts.before, "del:not(.moved-away)")
                check_marks(change, excerpts.now, "ins:not(.moved)")


def check_marks(change: Change, quote: Quote | None, marks: str) -> None:
    html = bs4.BeautifulSoup("".join(part.html for part in change_html(change)), "html5lib")
    for ours in html.select(".vh, .form, .break"):
        ours.decompose()
    shown = "".join("".join(mark.get_text().split()) for mark in html.select(marks))
    for text, is_changed in quote.pieces if quote else ():
        assert not is_changed or "".join(text.split()) in shown
