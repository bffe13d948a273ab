"""The words by which parts of web pages are known; they stand in `html_signs.txt` beside this module."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def pattern(group: str) -> re.Pattern[str]:
    """Return an expression that finds any sign of a group.

    >>> bool(pattern("titles of policies").search("Our Privacy Policy"))
    True
    """
    return re.compile("|".join(f"(?:{line})" for line in _groups()[group]), re.IGNORECASE)


def words(group: str) -> frozenset[str]:
    """Return the words of a group."""
    return frozenset(word for line in _groups()[group] for word in line.split())


@cache
def _groups() -> Mapping[str, Sequence[str]]:
    groups: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (files(__package__) / "html_signs.txt").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\[([a-z ]+)\]", line):
            current = groups.setdefault(found[1], [])
        elif line and not line.startswith("# "):
            current.append(line)
    return groups
