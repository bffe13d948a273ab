"""The values of one line of a recipients file → a recipient, or what is wrong with them."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.notifying.address import AddressError, check_address
from smallprint.notifying.recipient import Recipient
from smallprint.reading.characters import character_name, refused_characters
from smallprint.reading.fields import read_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

COLUMNS: Final = ("email", "language", "name", "since")
"""What we know the meaning of; all else is for templates."""
MAX_NAME: Final = 200

_COLUMN: Final = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE: Final = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
)
_USUAL_NAME: Final = re.compile("[A-Za-z\xc0-\u024f ,'\u2019-]{0,200}")
_LINK: Final = re.compile(r"://|@|\b(?i:www)\.|[^\W_]\.(?:[a-z]{2,}|[A-Z]{2,})\b")
"""What mail programs make a link of. Whoever signs up with the address of another may choose what greets them."""
_UNSEEN: Final = re.compile("[\t\n\r\u200e\u200f\u061c]")
"""What may stand in a policy, and has no place in a value of one line."""
_LOOKS_ENCODED: Final = "=?"
_MEANT: Final = {
    **dict.fromkeys(("e-mail", "e_mail", "mail", "email_address", "e-mail_address", "address"), "email"),
    **dict.fromkeys(("lang", "locale"), "language"),
}
"""What others call our columns, where the letters do not tell."""
_ALIKE: Final = 0.8


class BadValueError(Exception):
    """A value that makes its line a bad one. Does not repeat the value."""

    def __init__(self, what: str, remedy: str, *, key: str = "", column: int = 0) -> None:
        """Take what is wrong, the remedy, and the key of the value or the column where it stands."""
        super().__init__(what)
        self.what, self.remedy = what, remedy
        self.key, self.column = key, column


class NameNote(NamedTuple):
    """A name that is left out, so that its owner is told without being addressed by it."""

    line: int
    what: str


def make_recipient(
    line: int, known: tuple[str, str, str, str], columns: Mapping[str, str], notes: list[NameNote]
) -> Recipient:
    """Return the recipient that the values of a line make.

    Args:
        line: The number of the line.
        known: The values of `COLUMNS`, in that order; empty where there is none.
        columns: All others by their names.
        notes: To this a name that is left out is added.

    Raises:
        BadValueError: One of the values is no good.
    """
    email, language, name, since = known
    try:
        address = check_address(email)
    except AddressError as error:
        raise BadValueError(f"`email`: {error.what}", error.remedy, key="email") from None
    if name:
        name = name.strip(" ")
        if not _USUAL_NAME.fullmatch(name) and (what := _bad_name(name)):
            notes.append(NameNote(line, what))
            name = ""
    day = _day(since) if since else None
    for key, value in columns.items():
        if not (value.isascii() and value.isprintable()) and (char := unseen_character(value)):
            what = f"`{key}`: {char} stands in it, which readers would not see as it is meant."
            raise BadValueError(what, "Delete the character.", key=key)
    return Recipient(line, address, _language(language) if language else "", name, day, columns)


def column_faults(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return what is wrong with the names of columns, each with the remedy."""
    faults: dict[str, str] = {}
    met = set(names)
    missing = [known for known in COLUMNS if known not in met]
    for name, count in Counter(names).items():
        if "@" in name:
            what = "What stands where the names of columns should is an address."
            faults[what] = "Name the columns on the first line, one of them `email`."
        elif near := _near(name, missing):
            faults[f"`{_visible(name)}` is no column known here."] = f"Did you mean `{near}`?"
        elif not _COLUMN.fullmatch(name):
            what = f"“{_visible(name)}” cannot be the name of a column." if name else "A column has no name."
            faults[what] = "A name has lower-case letters, digits and “_”, a letter first, such as `plan_name`."
        elif count > 1:
            faults[f"The column `{name}` stands {count} times."] = "Keep the one that is right."
    if "email" in missing and not faults:
        faults["There is no column `email`."] = "Name the column that holds the addresses `email`."
    return list(faults.items())


def unseen_character(text: str) -> str:
    """Return the name of a character that has no place in a value of one line; empty where there is none."""
    if match := _UNSEEN.search(text):
        return character_name(match.group())
    return next((name for _, _, name in refused_characters(text)), "")


def _bad_name(name: str) -> str:
    if len(name) > MAX_NAME:
        return f"It has {len(name)} characters, more than {MAX_NAME}."
    if _LOOKS_ENCODED in name:
        return f"“{_LOOKS_ENCODED}” stands in it, which mail software reads as an encoded word."
    if _LINK.search(name):
        return "What stands in it is an address, of which mail programs make a link."
    char = unseen_character(name)
    return f"{char} stands in it." if char else ""


def _day(text: str) -> dt.date | None:
    day = _read_day(text)
    if day is None and text.strip(" "):
        raise BadValueError("`since` is no day.", "Write it as year-month-day, such as 2020-02-10.", key="since")
    return day


@lru_cache(maxsize=16_384)
def _read_day(text: str) -> dt.date | None:
    return read_date(text.strip(" "))


@lru_cache(maxsize=1_024)
def _language(text: str) -> str:
    """Return a language tag with its letters in the usual case."""
    text = text.strip(" ")
    if not text:
        return ""
    if not _LANGUAGE.fullmatch(text):
        remedy = "Write a tag such as `en`, `de` or `pt-BR`."
        raise BadValueError("`language` is no language tag.", remedy, key="language")
    first, *others = text.split("-")
    return "-".join([first.lower(), *map(_usual_case, others)])


def _usual_case(part: str) -> str:
    sizes = {2: part.upper(), 4: part.title()}
    return sizes.get(len(part), part.lower()) if part.isalpha() else part.lower()


def _near(name: str, missing: list[str]) -> str:
    """Return the column that a name was probably meant for; only what is not there already can have been meant."""
    folded = name.strip().lower().replace(" ", "_")[:MAX_NAME]
    if (meant := _MEANT.get(folded, "")) in missing:
        return meant
    return next(iter(difflib.get_close_matches(folded, missing, 1, _ALIKE)), "")


def _visible(name: str) -> str:
    """Return a name as it may be shown."""
    shown = name if len(name) <= 40 else f"{name[:40]}…"  # noqa: PLR2004 - as much as names anything
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in shown)
