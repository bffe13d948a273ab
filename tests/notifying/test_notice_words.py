"""The words of notices: whole in every language, and a file that is not is explained."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from babel import Locale

from smallprint.errors import NoticeError
from smallprint.judgement import Direction, Right
from smallprint.notifying.texts import known_languages
from smallprint.notifying.theme import NoticeTheme
from smallprint.notifying.words import read_words
from smallprint.presenting.dates import date_in_words
from smallprint.presenting.judging_wording import ENGLISH_JUDGING

FOLDER = Path(__file__).resolve().parents[2] / "themes" / "notice" / "words"
ENGLISH = (FOLDER / "en.yml").read_text("utf-8")


def test_languages_that_come_along() -> None:
    assert known_languages() == ("ar", "de", "en", "es", "fr")


@pytest.mark.parametrize("language", known_languages())
def test_every_language_has_all_words_and_plural_forms(language: str) -> None:
    """Reading checks that every key is there; every number has a form that names it, or says it in words."""
    words = NoticeTheme().words(language)
    locale = Locale.parse(language)
    for count in (1, 2, 3, 11, 13, 100, 101, 1_000_000):
        for key in ("others", "meaning.reduces", "meaning.mixed"):
            said = words.say_of(key, count, rights="§")

            assert "{" not in said
            assert locale.plural_form(count) in words.counted[key]
            assert any(char.isdigit() for char in said) or (language == "ar" and count <= 2)


def test_english_words_are_those_of_the_site() -> None:
    words = NoticeTheme().words("en")

    assert {right: words.say(f"rights.{right}") for right in Right} == dict(ENGLISH_JUDGING.rights)
    for direction in (Direction.REDUCES, Direction.MIXED):
        assert words.say(f"directions.{direction}") == ENGLISH_JUDGING.directions[direction].label


@pytest.mark.parametrize("language", known_languages())
def test_no_two_rights_have_the_same_name(language: str) -> None:
    words = NoticeTheme().words(language)

    assert len({words.say(f"rights.{right}") for right in Right}) == len(Right)


def test_arabic_has_six_forms() -> None:
    words = NoticeTheme().words("ar")
    said = [words.say_of("others", count) for count in (0, 1, 2, 5, 13, 100)]

    assert len(set(words.counted["others"].values())) == 6
    assert said == list(dict.fromkeys(said))


@pytest.mark.parametrize(
    ("language", "first", "tenth"),
    [
        ("en", "1 February 2020", "10 February 2020"),
        ("fr", "1er février 2020", "10 février 2020"),
        ("de", "1. Februar 2020", "10. Februar 2020"),
        ("es", "1 de febrero de 2020", "10 de febrero de 2020"),
        ("ar", "1 فبراير 2020", "10 فبراير 2020"),
    ],
)
def test_dates_are_those_of_the_language(language: str, first: str, tenth: str) -> None:
    assert [date_in_words(dt.date(2020, 2, day), language) for day in (1, 10)] == [first, tenth]
    assert date_in_words(dt.date(2020, 2, 21), "fr") == "21 février 2020"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  can-do: What you can do\n", "", "`headings.can-do` is missing"),
        ("  security: security\n", "  security: security\n  luck: luck\n", "`rights.luck` is not known"),
        ("  account: your account\n", "  account:\n", "`rights.account` has no text"),
        ('"Changes to the {policy} that', '"Changes that', "`subject` lacks the gap {policy}"),
        ('"Changes to the {policy}', '"{greeting}: the {policy}', "`subject` has the unknown gap {greeting}"),
        ('"Changes to the {policy}', '"Changes { to the {policy}', "`subject` has a brace without its other half"),
        ('"Changes to the {policy}', '"Changes\\nto the {policy}', "`subject` has a line end"),
        ('"Changes to the {policy}', '"Changes \\uE000 the {policy}', "`subject` has a character for private use"),
        ('  other: "And {count}', '  few: "And {count}', "`others.few` is not known"),
        ("headings:\n", "headings:\n  since: twice\n", "`since` is given twice"),
        ("subject:", "- subject:", ""),
    ],
)
def test_a_file_that_is_not_right_is_explained(old: str, new: str, said: str) -> None:
    assert old in ENGLISH

    with pytest.raises(NoticeError) as caught:
        read_words(ENGLISH.replace(old, new, 1), "en", "words/en.yml")
    assert said in str(caught.value)
    assert str(caught.value).startswith("words/en.yml")


@pytest.mark.parametrize("source", ["", "text", "- a\n", "subject: [a]\n", "subject:\n  deep: x\n"])
def test_a_file_of_another_kind_is_explained(source: str) -> None:
    with pytest.raises(NoticeError, match="is missing"):
        read_words(source, "en", "en.yml")


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(NoticeError) as caught:
        read_words(ENGLISH.replace("  sale: sale of data\n", "").replace("subject:", "object:"), "en", "en.yml")
    assert all(said in str(caught.value) for said in ("`rights.sale`", "`subject` is missing", "`object` is not known"))


def test_a_file_named_after_no_language_is_refused() -> None:
    with pytest.raises(NoticeError, match="not known, `tlh-xx`"):
        read_words(ENGLISH, "tlh-xx", "tlh-xx.yml")


def test_what_looks_like_a_gap_in_a_value_stays() -> None:
    words = NoticeTheme().words("en")

    assert words.say("banner.past", policy="{date}", date="today").startswith("The {date} changed on today.")
