"""Where sentences begin and end."""

from __future__ import annotations

import pytest

from plain import version
from smallprint.assessing.sentences import unit_sentences


def sentences(markdown: str) -> list[str]:
    return [text for clause in version(markdown).clauses for unit in clause.units for text in unit_sentences(unit)]


@pytest.mark.parametrize(
    "text",
    [
        "We share it with Acme Corp. and Acme Ltd. in Oslo.",
        "We keep logs, e.g. Of visits, for a day.",
        "Some B.V. Clients hear of it.",
        "The U.S. Department of Commerce hears complaints.",
        "See sec. 4 and No. 12 of the terms.",
        "We ask Dr. Smith and others.",
        "Write to privacy@example.org or visit example.org today.",
    ],
)
def test_full_stops_within_names_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_sentences_end_where_readers_think_so() -> None:
    assert sentences("We do. Do we? Yes! It is so; and so on.") == ["We do.", "Do we?", "Yes!", "It is so; and so on."]


def test_after_a_name_with_a_full_stop_a_sentence_may_begin() -> None:
    assert sentences("We comply with the law of the E.U. We also ask you.") == [
        "We comply with the law of the E.U.",
        "We also ask you.",
    ]


def test_each_cell_of_a_table_is_a_sentence() -> None:
    assert sentences("| Data | Use |\n| --- | --- |\n| Your name. Your age | 17 |") == [
        "Data",
        "Use",
        "Your name.",
        "Your age",
    ]


def test_lines_within_a_cell_are_sentences_without_their_breaks() -> None:
    table = "| Data |\n| --- |\n| What you tell us: <br>* Usage data<BR>* Voice data<br><br>• Photos |"

    assert sentences(table) == ["Data", "What you tell us:", "* Usage data", "* Voice data", "• Photos"]


def test_a_line_break_divides_only_where_a_new_sentence_begins() -> None:
    assert sentences("Our address\\\nOslo") == ["Our address", "Oslo"]
    assert len(sentences("We share your name\\\nwith carriers.")) == 1


def test_items_of_a_list_are_sentences() -> None:
    assert sentences("* your name\n* your age. And more\n") == ["your name", "your age.", "And more"]


def test_what_has_no_letters_is_no_sentence() -> None:
    assert sentences("17. ¶ … ! 2020-02-10") == []
    assert sentences("| 1 | |\n| --- | --- |\n| — | a |") == ["a"]


def test_a_lone_full_stop_goes_on_with_nothing() -> None:
    assert sentences(". Etc means more. And Inc") == ["Etc means more.", "And Inc"]


def test_nothing_has_no_sentences() -> None:
    assert sentences("") == []
    assert sentences("---") == []
