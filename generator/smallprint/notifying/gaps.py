"""Gaps in the words of a notice, for what differs from recipient to recipient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from smallprint.errors import NoticeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from smallprint.notifying.recipient import Recipient

# Characters for private use mean nothing to anyone, so that no text has a use for them.
_OPEN: Final = "\ue000"
_CLOSE: Final = "\ue001"
GAP: Final = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
"""A gap; its group is the name of what belongs there."""
GREETING: Final = "greeting"
NAME: Final = "name"
EMAIL: Final = "email"
_OURS: Final = frozenset({GREETING, NAME, EMAIL})
_COLUMN: Final = re.compile(r"[\w-]+")


def gap(name: str) -> str:
    """Return what stands in a text where a value of the recipient belongs."""
    return f"{_OPEN}{name}{_CLOSE}"


def has_gap_marks(text: str) -> bool:
    """Return whether a text holds characters that would be taken for the marks of gaps."""
    return _OPEN in text or _CLOSE in text


def free_columns(*texts: str) -> frozenset[str]:
    """Return the names of all columns of the recipients file that texts have gaps for, less those we know."""
    return frozenset(name for text in texts for name in GAP.findall(text)) - _OURS


def fill(text: str, value: Callable[[str], str]) -> str:
    """Return a text with its gaps filled: `value` is asked by the name of each."""
    return GAP.sub(lambda match: value(match[1]), text)


def value_of(recipient: Recipient, name: str) -> str:
    """Return what belongs into a gap, on one line; empty where the file has nothing for it.

    Line ends and other control characters become spaces: they have no place in a value, and a message has to be made
    for everyone in the plan.
    """
    found = recipient.name if name == NAME else recipient.address if name == EMAIL else recipient.columns.get(name, "")
    if found.isprintable():
        return found
    return "".join(" " if _is_control(char) else char for char in found)


def _is_control(char: str) -> bool:
    return char < " " or "\x7f" <= char <= "\x9f" or char in "\u2028\u2029" or "\ud800" <= char <= "\udfff"


class _Gap:
    """Stands in a template for a value that is not known yet; all one can do with it is show it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __str__(self) -> str:
        return gap(self._name)

    def __html__(self) -> str:
        return gap(self._name)

    def _refuse(self, *_: object) -> NoReturn:
        raise NoticeError(
            f"A template asks what `recipient.{self._name}` is, but that differs from recipient to recipient, and "
            "templates are filled once for all. Show it with {{ … }}, without conditions, and decide on other words "
            "where the recipients file is made, in a column of their own."
        )

    __bool__ = __len__ = __iter__ = __eq__ = __lt__ = __add__ = __contains__ = _refuse
    __hash__ = object.__hash__


class RecipientGaps:
    """What templates know as `recipient`: a gap for each name they ask for."""

    def __getitem__(self, name: str) -> _Gap:
        """Return the gap for a column.

        Raises:
            NoticeError: It cannot be the name of one.
        """
        if not _COLUMN.fullmatch(name):
            raise NoticeError(
                f"A template shows `recipient[{name!r}]`, which cannot be a column. "
                "Names of columns have letters, digits, - and _ only."
            )
        return _Gap(name)
