"""A line for a terminal → lines that are no wider than it, broken between words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
_LEAST: Final = 20
"""Columns of text that are left beside an indent, however narrow the terminal is."""


def wrapped(line: str, width: int) -> list[str]:
    r"""Return a line as lines of at most so many columns, each with the indent of the first.

    A word that is wider stays whole. Colours take no room.

    Args:
        line: one or more lines.
        width: how many columns there are.

    >>> wrapped("  before: “for 30 days or more”", 24)
    ['  before: “for 30 days', '  or more”']
    """
    return [part for each in line.split("\n") for part in _wrapped(each, width)]


def _wrapped(line: str, width: int) -> list[str]:
    if columns(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))]
    room = max(width - len(indent), _LEAST)
    lines: list[str] = []
    now, used = "", 0
    for piece in re.findall(r" *[^ ]+", line.strip(" ")):
        size = columns(piece)
        if now and used + size > room:
            lines.append(indent + now)
            now, used = piece.lstrip(" "), columns(piece.lstrip(" "))
        else:
            now, used = now + piece, used + size
    return [*lines, indent + now]


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(map(_columns, _COLOUR.sub("", text)))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
