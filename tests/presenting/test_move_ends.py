"""Text that moved is shown as moved at both ends, in every output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import bs4
import click
import pytest

from laws import check_comparison
from moving import with_moves
from plain import version
from smallprint.comparing import compare
from smallprint.presenting.move_ends import move_ends
from smallprint.presenting.pull_request import comparison_in_markdown
from smallprint.presenting.record import comparison_record
from smallprint.presenting.redline_html import change_html
from smallprint.presenting.standalone import comparison_page
from smallprint.presenting.terminal import change_in_terminal, comparison_in_terminal

if TYPE_CHECKING:
    from smallprint.model import Comparison

SENTENCE = "We sell nothing to all in the land."
DATA = "# Data {#data}\n\nWe keep your name. "
SHARING = "# Sharing {#sharing}\n\nNobody else reads it."


def compared(old: str, new: str) -> Comparison:
    comparison = with_moves(compare(version(old, "2020-01-01"), version(new, "2021-01-01")))
    check_comparison(comparison)
    return comparison


@pytest.fixture(name="sentence")
def _sentence() -> Comparison:
    """A sentence that moves to another clause, with one word changed in its middle."""
    return compared(
        f"{DATA}{SENTENCE} It is ours.\n\n{SHARING}\n",
        f"{DATA}It is ours.\n\n{SHARING} {SENTENCE.replace('the', 'this')}\n",
    )


@pytest.fixture(name="paragraph")
def _paragraph() -> Comparison:
    """A paragraph that moves within its clause."""
    name, visits = "We keep your name as long as you are here with us.", "We keep records of visits for thirty days."
    return compared(f"# Data {{#data}}\n\n{name}\n\n{visits}\n", f"# Data {{#data}}\n\n{visits}\n\n{name}\n")


def terminal(comparison: Comparison) -> list[str]:
    return [click.unstyle(line).strip() for line in comparison_in_terminal(comparison)]


def test_a_sentence_in_the_terminal(sentence: Comparison) -> None:
    lines = terminal(sentence)

    assert (
        "We keep your name.[~ We sell nothing to all in~][- the -][~land.~] It is ours. (moved to “Sharing”)" in lines
    )
    assert "Nobody else reads it.{~ We sell nothing to all in~}{+ this +}{~land.~} (moved here from “Data”)" in lines
    assert lines.count("[~…~] moved from here, {~…~} moved here") == 1


def test_a_paragraph_in_the_terminal(paragraph: Comparison) -> None:
    lines = terminal(paragraph)

    assert "{~We keep records of visits for thirty days.~} (moved within this clause, not changed)" in lines
    assert "[~We keep records of visits for thirty days.~] (moved within this clause, not changed)" in lines


def test_a_single_change_has_the_legend_too(sentence: Comparison) -> None:
    lines = [click.unstyle(line) for line in change_in_terminal(sentence.differing[1], sentence, 2, 2)]

    assert "    [~…~] moved from here, {~…~} moved here" in lines


def test_in_a_comment(sentence: Comparison, paragraph: Comparison) -> None:
    words, whole = comparison_in_markdown(sentence), comparison_in_markdown(paragraph)

    assert "<del><em>We sell nothing to all in</em></del> <del>the</del> <del><em>land" in words
    assert "<em>(moved to “Sharing”)</em>" in words
    assert "<em>(moved here from “Data”)</em>" in words
    assert words.count("Text that moved is in italics") == 1
    assert whole.count("<em>(moved within this clause, not changed)</em>") == 2


def test_on_a_page(sentence: Comparison) -> None:
    page = bs4.BeautifulSoup(comparison_page(sentence), "html5lib")
    away, here = page.select("del.moved-away"), page.select("ins.moved")

    assert [mark.get_text() for mark in away] == [
        "[moved away:  We sell nothing to all in]",
        "[moved away:  land.]",
    ]
    assert [mark.get_text() for mark in here] == [
        "[moved here:  We sell nothing to all in]",
        "[moved here:  land.]",
    ]
    (link,) = page.select("a.moved-to")
    (back,) = page.select("a.moved-from")
    assert (str(link["href"]), str(back["href"])) == (f"#{here[0]['id']}", f"#{away[0]['id']}")
    assert (link.get_text().strip(), back.get_text().strip()) == ("(moved to “Sharing”)", "(moved here from “Data”)")


def test_in_the_record(sentence: Comparison) -> None:
    changes = json.loads(comparison_record(sentence))["changes"]
    edits = [edit for change in changes for edit in change["edits"] if edit["moved"]]

    assert [(edit["op"], edit["text"], edit["moved"]) for edit in edits] == [
        ("delete", " We sell nothing to all in", 1),
        ("delete", "land.", 1),
        ("insert", " We sell nothing to all in", 1),
        ("insert", "land.", 1),
    ]


def test_an_item_that_moved_says_its_number() -> None:
    items = ["We keep your name for a year.", "We keep your age for a day.", "We keep nothing else of all that."]
    old = "".join(f"{n}. {item}\n" for n, item in enumerate(items, 1))
    new = "".join(f"{n}. {item}\n" for n, item in enumerate([items[2], *items[:2]], 1))
    comparison = compared(f"# Data {{#data}}\n\n{old}", f"# Data {{#data}}\n\n{new}")
    html = "".join(part.html for part in change_html(comparison.differing[0], move_ends(comparison)))

    said = "(moved within this clause, no word changed; was number 3)"

    assert f"{{~1. We keep nothing else of all that.~}} {said}" in terminal(comparison)
    assert '<span class="form"> (was number 3)</span>' in html


def test_a_paragraph_that_goes_without_one_of_its_sentences() -> None:
    """Of a paragraph that is gone, a sentence may stay, elsewhere."""
    gone = "Nobody may smoke here!"
    comparison = compared(
        f"# Data {{#data}}\n\nWe keep it.\n\n{gone} {SENTENCE}\n\n{SHARING}\n",
        f"# Data {{#data}}\n\nWe keep it.\n\n{SHARING} {SENTENCE}\n",
    )

    assert f"[-{gone} -][~{SENTENCE}~] (moved to “Sharing”)" in terminal(comparison)
