"""What a sentence does, and which words of it count."""

from __future__ import annotations

import pytest

from smallprint.assessing.statements import spelled, statement, stem
from smallprint.assessing.vocabulary import vocabulary


def said(text: str) -> dict[str, str]:
    """Return the terms of a sentence, with how each is said first."""
    return {hit.term.key: text[hit.start : hit.end] for hit in reversed(statement(text).hits)}


@pytest.mark.parametrize(
    "text",
    [
        "We do not sell your data.",
        "We will never share your messages.",
        "IBackup will not disclose your files to anyone.",
        "Your files are not shared with other companies.",
        "We don’t collect your location.",
        "Our partners may not use it, nor do they keep it.",
        "Selling your data is prohibited.",
    ],
)
def test_a_refusal_says_that_something_is_not_done(text: str) -> None:
    assert statement(text).stance == "refusal"


@pytest.mark.parametrize(
    "text",
    [
        "You may delete your account.",
        "You have the right to object.",
        "Users can export their files.",
        "The settings allow you to turn this off.",
    ],
)
def test_a_grant_says_what_readers_may_do(text: str) -> None:
    assert statement(text).stance == "grant"


@pytest.mark.parametrize(
    "text",
    [
        "We share your name with carriers.",
        "If you do not agree, do not use the website.",
        "This policy does not apply to other websites.",
        "We do not guarantee that a carrier is on time.",
        "You may provide your age.",
        "Hello.",
        "",
    ],
)
def test_all_else_merely_does(text: str) -> None:
    """Nor is it a refusal to us what readers do not do, or what is not promised."""
    assert statement(text).stance == "does"


def test_a_pointer_leads_to_where_more_is_said() -> None:
    assert statement("For more information about cookies, see our help pages.").is_pointer
    assert not statement("We share more information about cookies.").is_pointer


def test_terms_are_found_with_their_places() -> None:
    text = "We’ll share Face-Prints with ADVERTISERS only."

    assert said(text) == {
        "data.biometric": "Face-Prints",
        "action.share": "share",
        "purpose.advertising": "ADVERTISERS",
        "recipient.advertisers": "ADVERTISERS",
        "condition.only": "only",
    }


@pytest.mark.parametrize("text", ["off-site", "offsite", "off site", "OFF\u00a0SITE"])
def test_spaces_and_hyphens_may_be_left_out_where_the_vocabulary_says_so(text: str) -> None:
    assert said(text) == {"data.offsite": text}


def test_terms_are_whole_words() -> None:
    assert said("Shareholders are unused to renting.") == {"action.sell": "renting"}


def test_a_capital_letter_that_grows_when_made_small_moves_nothing() -> None:
    """İ becomes two characters in small letters."""
    assert said("İİ Cookies and don’t.")["data.tracking"] == "Cookies"
    assert said("İİ We don’t.")["condition.never"] == "don’t"


def test_low_lines_part_words() -> None:
    assert said("our_cookies_here")["data.tracking"] == "cookies"


def test_patterns_are_in_small_letters() -> None:
    """They are tried on text in small letters, with plain marks."""
    for term, pattern in vocabulary().patterns:
        for text in (pattern.pattern.replace(r"\W", "").replace(r"\S", ""),):
            assert text == text.lower(), term.key
            assert not set(text) & set("‘’_"), term.key


def test_every_term_can_be_named() -> None:
    for key, term in vocabulary().terms.items():
        assert key == f"{term.facet}.{term.name}"
        assert term.label
        assert 0 <= term.weight <= 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("organisation", "organization"), ("behaviour", "behavior"), ("off-site", "offsite"), ("programme", "program")],
)
def test_spellings_of_two_countries_are_one(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("policy", "policies"), ("share", "shared"), ("collects", "collecting")])
def test_a_word_is_the_same_with_another_ending(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("use", "user"), ("sell", "self"), ("share", "shape"), ("name", "names-x")])
def test_words_are_told_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_small_words_that_turn_a_meaning_are_hinges() -> None:
    assert statement("We may not share it, only keep it.").hinges == {"may", "not", "only"}
    assert statement("We may not share it, only keep it.").stems == {stem("share"), "keep", "only"}
