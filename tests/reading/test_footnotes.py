"""Footnotes: where they go, and what is said of those that go nowhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from laws import check_comparison
from plain import version
from smallprint.comparing import compare
from smallprint.model import ChangeKind
from smallprint.presenting.canonical import clause_text
from smallprint.reading.clauses import parse_clauses


def said(markdown: str) -> dict[str, list[str]]:
    """Return the texts of each clause by its title, those of notes with their labels."""
    return {
        clause.title.rstrip("."): [
            (f"{unit.path[0].label}: " if unit.path and unit.path[0].label else "") + unit.plain
            for unit in clause.units
        ]
        for clause in version(markdown).clauses
    }


def codes(markdown: str) -> list[str]:
    _, faults = parse_clauses(markdown, path="p.md")
    return [fault.code for fault in sorted(faults)]


def test_a_note_belongs_to_the_clause_that_first_refers_to_it() -> None:
    text = (
        "# Data {#data}\n\nWe keep it.[^1]\n\n# Sale {#sale}\n\nWe sell it.[^1] [^two]\n\n[^two]: No.\n[^1]: Forever."
    )

    assert said(text) == {
        "Data": ["Data", "We keep it.[1]", "1: Forever."],
        "Sale": ["Sale", "We sell it.[1] [two]", "two: No."],
    }
    assert codes(text) == []


def test_notes_of_notes_come_with_the_clause_that_begins_the_chain() -> None:
    text = "# A {#a}\n\nOne.[^1]\n\n# B {#b}\n\nTwo.[^2]\n\n[^1]: See [^2].\n\n[^2]: Last."

    assert said(text)["A"] == ["A", "One.[1]", "1: See [2].", "2: Last."]
    assert said(text)["B"] == ["B", "Two.[2]"]


def test_references_and_notes_find_each_other_over_ids_that_stand_alone() -> None:
    text = "# A {#a}\n\n[^n]: The note.\n\n{#b}\nWords.[^n]"

    assert said(text) == {"A": ["A"], "Words": ["Words.[n]", "n: The note."]}


def test_titles_have_no_labels() -> None:
    text = "# Data[^1] {#data}\n\n[^1]: Note.\n\n{#bold}\n**Cookies.**[^1] We use one."

    assert list(said(text)) == ["Data", "Cookies"]


def test_a_short_bold_line_with_a_reference_is_a_title() -> None:
    assert list(said("**Data**[^1]\n\nText.\n\n[^1]: Note.")) == ["Data"]


def test_a_note_may_have_paragraphs_and_lists() -> None:
    text = "Text.[^1]\n\n[^1]: One.\n\n    Two.\n\n    - three\n    - four\n\nGoes on."

    assert said(text)["Text"] == ["Text.[1]", "Goes on.", "1: One.", "1: Two.", "1: three", "1: four"]


def test_notes_within_lists_and_quotations_are_notes() -> None:
    text = "- Text.[^1]\n\n  [^1]: One.\n\n> Said.[^2]\n>\n> [^2]: Two.\n\n> [^3]: Three.\n\nLast.[^3]"

    assert [*said(text).values()] == [
        ["Text.[1]", "Said.[2]", "Last.[3]", "1: One.", "2: Two.", "3: Three."],
    ]


def test_a_note_that_nothing_refers_to_is_a_fault_and_stays_where_it_is() -> None:
    text = "# A {#a}\n\nText.\n\n[^1]: Lost.\n\n# B {#b}\n\nText."

    assert codes(text) == ["SP410"]
    assert said(text)["A"] == ["A", "Text.", "1: Lost."]
    assert codes("Only.\n\n[^1]: See [^2].\n\n[^2]: See [^1].") == ["SP410", "SP410"]
    assert codes("[^1]: Alone.") == ["SP410"]


def test_two_notes_with_one_label_are_a_fault_and_both_are_shown() -> None:
    text = "Text.[^1]\n\n[^1]: One.\n\n[^1]: Two."

    assert codes(text) == ["SP411"]
    assert said(text)["Text"] == ["Text.[1]", "1: One.", "1: Two."]


def test_a_reference_without_a_note_is_text() -> None:
    assert codes("Text.[^1] More.[^2]\n\n[^2]: Two.") == ["SP408"]
    assert said("Text.[^1] More.[^2]\n\n[^2]: Two.") == {"Text.[^1] More": ["Text.[^1] More.[2]", "2: Two."]}


def test_a_reference_within_the_words_of_a_link_is_told() -> None:
    """No link stands within a link, so the brackets of the outer one are text."""
    text = "See [the law[^1]](https://example.org/).\n\n[^1]: Ours."

    assert codes(text) == ["SP408"]
    assert [*said(text).values()] == [["See [the law[1]](https://example.org/).", "1: Ours."]]


def test_what_looks_like_a_note_in_code_is_code() -> None:
    text = "Text `[^1]`.\n\n    [^1]: code\n\n```\n[^1]: code\n```"

    assert codes(text) == []
    assert said(text)["Text [^1]"] == ["Text [^1].", "[^1]: code", "[^1]: code"]


def test_an_id_above_a_note_is_a_fault() -> None:
    assert codes("Text.[^1]\n\n{#note}\n[^1]: Note.") == ["SP305"]


def test_a_change_of_a_note_is_a_change_of_the_clause_it_explains() -> None:
    text = "# Data {#data}\n\nWe keep it.[^1]\n\n# Sale {#sale}\n\nWe sell nothing.\n\n[^1]: NOTE."
    comparison = compare(version(text.replace("NOTE", "Forever")), version(text.replace("NOTE", "A year")))

    assert [(change.new[0].title, change.kind) for change in comparison.differing] == [("Data", ChangeKind.REWORDED)]
    check_comparison(comparison)


def test_a_reference_belongs_to_the_sentence_before_it() -> None:
    from smallprint.assessing.sentences import unit_sentences  # noqa: PLC0415

    (clause,) = version("We keep it.[^1] We sell it.[^1][^2] Not all.\n\n[^1]: A.\n[^2]: B.").clauses

    assert unit_sentences(clause.units[0]) == ("We keep it.[1]", "We sell it.[1][2]", "Not all.")


def test_the_canonical_text_has_references_and_notes() -> None:
    (clause,) = version("Text *said*.[^a]\n\n[^a]: One.\n\n    Two.").clauses

    assert clause_text(clause) == "Text *said*.[^a]\n\n[^a]: One.\n\n    Two.\n\n"


NOTES = st.sampled_from(
    (
        *("[^1]: One kept note.", "[^1]: One other note.\n\n    More.", "[^2]: One kept note.", "[^2]: See [^1]."),
        *("[^3]:\n    - a\n    - b", "[^3]: *Bold* words[^2].", "> [^4]: Quoted."),
    )
)
TEXTS = st.sampled_from(
    (
        *("We keep it.[^1]", "We keep it.[^2] And more.", "**Bold**[^3] text[^4] [link[^1]](https://example.org/)."),
        *("- item[^1]\n- item[^2]", "| a[^1] | b |\n| --- | --- |\n| c | d[^3] |", "One kept note.", "## Head[^2]"),
        *("# Data {#data}", "# Sale[^1] {#sale}", "# More {#more}"),
    )
)
PIECES = st.lists(st.one_of(TEXTS, NOTES), max_size=9).map("\n\n".join)


@given(PIECES, PIECES)
def test_every_law_holds_with_footnotes(old: str, new: str) -> None:
    """Whatever refers to whatever, the redline shows both texts exactly."""
    check_comparison(compare(version(old), version(new)))
