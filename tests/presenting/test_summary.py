"""What a comparison comes to, in words."""

from __future__ import annotations

import pytest
from policies import policy

from plain import version
from smallprint.comparing import compare
from smallprint.presenting.summary import Summary, summarise
from smallprint.presenting.wording import ENGLISH


def told(old: str, new: str) -> Summary:
    return summarise(compare(version(old, "2020-01-01"), version(new, "2021-01-01")))


A, B, C = "## A {#a}\n\nOne two three.\n\n", "## B {#b}\n\nFour five six.\n\n", "## C {#c}\n\nSeven eight nine.\n\n"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (A, A, "No clause was changed; the only one stands as it was."),
        (A + B, A + B, "No clause was changed; all 2 stand as they were."),
        (A, A + B, "1 clause was added; 1 stands unchanged."),
        (A + B + C, A, "2 clauses were removed; 1 stands unchanged."),
        (A + B, A.replace("two", "2") + C, "1 clause was reworded, 1 added and 1 removed."),
        (A + B, A.replace("two", "2") + B.replace("five", "5") + C, "2 clauses were reworded and 1 added."),
        (A, A.replace("## A", "## Z"), "1 clause was retitled."),
        (A.replace("## A", "## 1. A"), A.replace("## A", "## 2. A"), "1 clause was renumbered."),
        (A + B + C, C.replace("eight", "8") + A + B, "1 clause was moved (reworded too); 2 stand unchanged."),
    ],
)
def test_sentence_counts_every_clause(old: str, new: str, sentence: str) -> None:
    assert told(old, new).sentence == sentence


def test_lines_quote_the_changed_words() -> None:
    (line,) = told(A, A.replace("two", "and two")).lines

    assert line.before
    assert line.now
    assert (line.before.plain, line.now.plain) == ("One two three.", "One and two three.")
    assert line.now.changed.strip() == "and"


def test_lines_clip_what_is_long() -> None:
    words = " ".join(f"word{n}" for n in range(200))
    added, reworded = told(A, A.replace("two", words) + f"## D {{#d}}\n\n{words}\n").lines[::-1]

    for line in (added, reworded):
        assert line.now
        assert len(line.now.plain) < 250
        assert "…" in line.now.plain


def test_a_changed_link_is_seen_in_its_line() -> None:
    """Words that look the same are told apart by where they lead."""
    text = "## A {#a}\n\nAll that we do not say in this place is said [here](https://a.example)."
    (line,) = told(text, text.replace("a.example", "b.example")).lines

    assert line.before
    assert line.now
    assert "https://a.example" in line.before.plain
    assert "https://b.example" in line.now.plain


def test_a_changed_level_is_said_in_words() -> None:
    (line,) = told("## A {#a}\n\nOne two three.", "### A {#a}\n\nOne two three.").lines

    assert line.note == ENGLISH.same_words
    assert line.before is line.now is None


def test_mergers_and_moves_say_where_from() -> None:
    old, new, _ = policy().versions
    places = [line.place for line in summarise(compare(old, new)).lines if line.place]

    assert "Made of “Collection” and “Surveys”." in places


def test_a_paragraph_that_came_for_another_stands_beside_it() -> None:
    (line,) = told(A + "Gone are these few words.\n", A + "Quite other things came instead.\n").lines

    assert line.before
    assert line.now
    assert (line.before.plain, line.now.plain) == ("Gone are these few words.", "Quite other things came instead.")


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Added: Files", "Added: Files."),
        ("Added: Files.", "Added: Files."),
        ("Added: We have made this statement ….", "Added: We have made this statement …"),
        ("Reworded: Who are we?.", "Reworded: Who are we?"),
        ("Now: “We keep it.”.", "Now: “We keep it.”"),
        ("Now: “we keep …”", "Now: “we keep …”"),
        ("Made of “A” and “B”.", "Made of “A” and “B”."),
        ("Added: Acme Inc.", "Added: Acme Inc."),
    ],
)
def test_no_sentence_ends_twice(text: str, ended: str) -> None:
    assert ENGLISH.ended(text) == ended


def test_the_title_of_the_page_is_no_place_to_come_from() -> None:
    """What stands in no other clause stands under the title of the whole, as everything does."""
    title, moving = "# Policy {#policy}\n\n", "{#m}\nWe move about from one place to the next.\n\n"
    old = title + B + moving.replace("{#m}", "### M {#m}") + C
    top = title + "## M {#m}\n\nWe move about from one place to the next.\n\n" + B + C

    (down,) = (line for line in told(top, old).lines if line.title == "M")
    (up,) = (line for line in told(old, top).lines if line.title == "M")

    assert down.place == "Is now under “B”."
    assert up.place == "Is no longer under “B”."


def test_a_line_reads_as_a_sentence() -> None:
    (line,) = told(A, A.replace("two", "2")).lines

    assert line.as_text(ENGLISH) == "Reworded: A. Before: “One two three.” Now: “One 2 three.”"
