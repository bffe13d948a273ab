"""Which sentence carries which on, and what in it differs."""

from __future__ import annotations

import pytest

from plain import version
from smallprint.assessing.passages import Passage, passages
from smallprint.comparing import compare

SAFE = "We keep letters safe."


def all_passages(old: str, new: str) -> list[Passage]:
    return list(passages(compare(version(old), version(new))))


def pairs(old: str, new: str) -> list[tuple[str | None, str | None]]:
    return [
        (pair.old and pair.old.text, pair.new and pair.new.text)
        for passage in all_passages(old, new)
        for pair in passage.pairs
    ]


def test_only_sentences_that_differ_are_told() -> None:
    old = f"We collect your name. {SAFE} We share it with carriers."
    new = f"We collect your name and age. {SAFE} We share it with carriers."

    assert pairs(old, new) == [("We collect your name.", "We collect your name and age.")]


def test_a_sentence_that_comes_or_goes_has_one_side() -> None:
    assert pairs(SAFE, f"{SAFE} We sell stamps.") == [(None, "We sell stamps.")]
    assert pairs(f"We sell stamps. {SAFE}", SAFE) == [("We sell stamps.", None)]


def test_pairs_stand_in_reading_order() -> None:
    old = f"One is gone from here. {SAFE} Three will be changed a little."
    new = f"{SAFE} Two has come to stay. Three will be changed a lot."

    assert pairs(old, new) == [
        ("One is gone from here.", None),
        (None, "Two has come to stay."),
        ("Three will be changed a little.", "Three will be changed a lot."),
    ]


def test_sentences_that_share_too_little_are_no_pair() -> None:
    old = f"{SAFE} Cookies help us to count visitors."
    new = f"{SAFE} Our offices are closed on Sundays."

    assert pairs(old, new) == [
        ("Cookies help us to count visitors.", None),
        (None, "Our offices are closed on Sundays."),
    ]


def test_a_paragraph_that_moved_is_not_told() -> None:
    old = "# A\n\nWe never share your name with anyone.\n\n# B\n\nHello there."
    new = "# A\n\nGood morning.\n\n# B\n\nHello there.\n\nWe never share your name with anyone."

    assert pairs(old, new) == [(None, "Good morning.")]


def test_the_runs_that_differ_are_known() -> None:
    (passage,) = all_passages("We may share your name.", "We will share your full name.")
    (pair,) = passage.pairs

    assert pair.old is not None
    assert pair.new is not None
    assert (pair.old.changed_text, pair.new.changed_text) == ("may", "will … full")
    assert pair.new.is_changed_at(3, 7)
    assert pair.new.is_changed_at(0, 4)
    assert not pair.new.is_changed_at(0, 3)
    assert not pair.new.is_changed_at(8, 13)


@pytest.mark.parametrize("lead", ["&nbsp;", "&#133; &nbsp;", "Hello. &nbsp; &nbsp;"])
def test_odd_spaces_before_a_sentence_do_not_shift_what_differs(lead: str) -> None:
    found = all_passages(f"{lead}We may share it with carriers.", f"{lead}We will share it with carriers.")
    (pair,) = found[0].pairs

    assert pair.new is not None
    assert pair.new.changed_text == "will"


def test_titles_are_told_apart() -> None:
    (title,) = all_passages("# Sharing {#a}\n\nHello.", "# Selling {#a}\n\nHello.")
    (entry,) = all_passages("Hello.", "* [Selling *your* data](#a)\n\nHello.")
    (text,) = all_passages("Hello.", "* Selling [your data](#a)\n\nHello.")

    assert (title.is_title, entry.is_title, text.is_title) == (True, True, False)


def test_rows_of_tables_keep_their_other_cells() -> None:
    table = "| Use | Data |\n| --- | --- |\n| Advertising | Your name |"
    (passage,) = all_passages(table, table.replace("Your name", "Your name and age"))

    assert passage.is_row
    assert passage.new_text == "Advertising\nYour name and age"
    assert [pair.new and pair.new.text for pair in passage.pairs] == ["Your name and age"]
