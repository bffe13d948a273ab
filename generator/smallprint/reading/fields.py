"""What the values of front matter and policy.yml may say: known keys, real dates, web addresses, languages."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smallprint.errors import Fault
    from smallprint.reading.mapping import Scalar

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_MEANT: Final = {
    "date": "effective",
    "valid_from": "effective",
    "updated": "effective",
    "url": "source",
    "link": "source",
    "name": "title",
    "company": "publisher",
    "description": "about",
    "lang": "language",
    "locale": "language",
}
"""Keys that others use for what ours are for, too far from ours to be found by their letters."""


class Fields:
    """The values of one mapping while they are checked; gathers the faults on the way."""

    def __init__(self, values: Mapping[str, Scalar], shown: str, text: str) -> None:
        """Take the values, what faults call their file, and the whole text of that file."""
        self.values = values
        self.faults: list[Fault] = []
        self._shown = shown
        self._text = text

    def check_keys(self, known: tuple[str, ...], hints: Mapping[str, str]) -> None:
        """Note each key that is not known; `hints` are remedies for keys that people put here by mistake."""
        for key, scalar in self.values.items():
            if key in known:
                if not scalar.text.strip():
                    remedy = "Write a value behind it, or delete the line."
                    self._fault("SP212", f"`{key}` has no value.", remedy, scalar, of_key=key)
                continue
            near = near_miss(key, known)
            remedy = f"Did you mean `{near}`?" if near else f"The keys known here are {enumerate_words(known)}."
            self._fault("SP206", f"`{key}` is no known key.", hints.get(key, remedy), scalar, of_key=key)

    def has(self, key: str) -> bool:
        """Tell whether a key is there, be it with a slip in its name."""
        return key in self.values or any(near_miss(other, (key,)) for other in self.values)

    def text(self, key: str) -> str:
        """Return a value as text, empty where there is none."""
        scalar = self.values.get(key)
        return " ".join(scalar.text.split()) if scalar else ""

    def prose(self, key: str) -> str:
        """Return a value as text on one line, its no-break spaces kept, which French puts before a colon."""
        scalar = self.values.get(key)
        return " ".join(re.split(r"[ \t\n]+", scalar.text.strip())) if scalar else ""

    def date(self, key: str) -> dt.date | None:
        """Return a value as a day, noting one that is none."""
        text = self.text(key)
        if not text:
            return None
        day = read_date(text)
        if day is None:
            self.fault_at(key, "SP208", *_no_date(key, text))
        return day

    def address(self, key: str) -> str:
        """Return a value as a web address, noting one that is none."""
        text = self.text(key)
        if text and not is_address(text):
            what = f"`{key}: {text}` is no web address."
            self.fault_at(key, "SP211", what, "Write the whole address, beginning with https:// or http://.")
        return text

    def choice(self, key: str, known: tuple[str, ...]) -> str:
        """Return a value that is one of a few words, noting one that is none of them; empty where there is none."""
        text = self.text(key)
        if not text or text in known:
            return text
        near = near_miss(text, known)
        remedy = f"Did you mean `{near}`?" if near else f"What may stand here: {enumerate_words(known)}."
        self.fault_at(key, "SP214", f"`{key}: {text}` is none of the words known here.", remedy)
        return ""

    def language(self, key: str, default: str) -> str:
        """Return a value as a language tag, noting one that is none."""
        text = self.text(key)
        if not text:
            return default
        if not _LANGUAGE.fullmatch(text):
            what = f"`{key}: {text}` is no language tag."
            self.fault_at(key, "SP213", what, "Write a tag such as `en`, `de` or `pt-BR`.")
            return default
        return text

    def fault_at(self, key: str, code: str, what: str, remedy: str) -> None:
        """Note a fault of the value of a key, or of the whole file where the key is not there."""
        self._fault(code, what, remedy, self.values.get(key))

    def fault_at_key(self, key: str, code: str, what: str, remedy: str) -> None:
        """Note a fault of a key itself."""
        self._fault(code, what, remedy, self.values[key], of_key=key)

    def _fault(self, code: str, what: str, remedy: str, scalar: Scalar | None, *, of_key: str = "") -> None:
        line, column, width = 1, 0, 1
        if scalar is not None and of_key:
            line, column, width = scalar.key_line, scalar.key_column, len(of_key)
        elif scalar is not None:
            line, column, width = scalar.line, scalar.column, len(scalar.text.partition("\n")[0])
        self.faults.append(
            make_fault(
                code,
                self._shown,
                what,
                remedy,
                line=line,
                column=column,
                width=width,
                text=self._text if column else "",
            )
        )


def read_date(text: str) -> dt.date | None:
    """Return the day that `YYYY-MM-DD` names; nothing for anything else.

    >>> read_date("2020-02-10")
    datetime.date(2020, 2, 10)
    >>> read_date("2026-02-30")
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def _no_date(key: str, text: str) -> tuple[str, str]:
    """Say why a text is no day, and what to write in its place."""
    if _DATE.fullmatch(text):
        return f"`{key}: {text}` is no day of the calendar.", "Write a day that exists, year-month-day."
    return f"`{key}: {text}` is no date.", "Write it as year-month-day with all zeros, for example 2020-02-10."


def is_address(text: str) -> bool:
    """Tell whether a text is a web address."""
    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def near_miss(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, empty where none is near.

    >>> near_miss("Efective", ["title", "effective"])
    'effective'
    """
    known = tuple(known)
    folded = word.strip().lower().replace(" ", "_")
    if (meant := _MEANT.get(folded.replace("-", "_"), "")) in known:
        return meant
    return next(iter(difflib.get_close_matches(folded, known, 1)), "")


def enumerate_words(words: Iterable[str]) -> str:
    """Return words in code quotes, the last one after “and”.

    >>> enumerate_words(["title", "source"])
    '`title` and `source`'
    """
    *first, last = [f"`{word}`" for word in words]
    return f"{', '.join(first)} and {last}" if first else last
