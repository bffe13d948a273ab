"""Dates in words, and which way a language is written."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

if TYPE_CHECKING:
    from datetime import date

# World English writes 10 February 2020, which no reader takes for another day.
_WORLD_ENGLISH = "en_001"


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    if language.lower() == "en":
        return Locale.parse(_WORLD_ENGLISH)
    for name in (language.replace("-", "_"), language.partition("-")[0], _WORLD_ENGLISH):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_WORLD_ENGLISH)


@lru_cache(maxsize=4096)
def date_in_words(day: date, language: str) -> str:
    """Return a date as a sentence of the language would give it: `10 February 2020`."""
    locale = _locale(language)
    words = format_date(day, "long", locale=locale)
    # French alone says “the first” and “the two”; CLDR gives the pattern without.
    return words.replace("1 ", "1er ", 1) if locale.language == "fr" and day.day == 1 else words


def language_in_words(language: str, reader: str) -> str:
    """Return the name of a language as a sentence of the reader's would give it; its tag where it has none.

    >>> language_in_words("en", "de"), language_in_words("x-odd", "de")
    ('Englisch', 'x-odd')
    """
    names = _locale(reader).languages
    found = names.get(language.replace("-", "_")) or names.get(language.partition("-")[0].lower())
    return str(found or language)


def text_direction(language: str) -> str:
    """Return `rtl` for languages written from right to left, else `ltr`."""
    return _locale(language).text_direction
