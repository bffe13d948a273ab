"""The lines of one entry of a review file → its values, where they are written as `smallprint review` writes them.

YAML's parser is slow, and a policy may have thousands of reviews. This takes what it and YAML agree on beyond doubt,
and leaves everything else to YAML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.reading.mapping import Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

CHARS: Final = "[ -~\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufefe\uff00-\uffef\U00010000-\U0010fffd]"
"""Characters that mean nothing to YAML within a value."""
_START: Final = "[0-9A-Za-z(/.+$_\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufefe\uff00-\uffef]"
PLAIN: Final = re.compile(f"(?!.*(?::[ ]| #))(?=.*[^: ]$){_START}{CHARS}*")
"""Text that YAML takes for itself without quotes."""
QUOTED: Final = re.compile(f'"((?:(?!["\\\\]){CHARS})*)"')
_FOLDED: Final = ">-"
_KEY: Final = re.compile(r"( *)(- +)?([a-z][a-z-]*):(?:( +)(.*))?")
_ITEM: Final = re.compile(r"( *)- (.*)")
_FOLDED_LINE: Final = re.compile(f"( *)((?! ){CHARS}*(?<! ))")

Scanned = tuple[dict[str, Scalar], tuple[Scalar, ...], "tuple[int, int] | None"]


def scan_entry(lines: Sequence[str], first_line: int) -> Scanned | None:
    """Read an entry without YAML's parser; nothing where it is not that simple."""
    values: dict[str, Scalar] = {}
    rules: list[Scalar] = []
    rules_key: tuple[int, int] | None = None
    margin = -1
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line:
            at += 1
            continue
        match = _KEY.fullmatch(line)
        if match is None or (at == 0) != bool(match[2]):
            return None
        column = len(match[1]) + len(match[2] or "")
        margin = column if at == 0 else margin
        key, number = match[3], first_line + at
        if column != margin or key in values or (key == "rules" and rules_key):
            return None
        if key == "rules":
            rules_key = number, column + 1
            found = None if match[5] else _items(lines, at + 1, margin, first_line)
            if found is None:
                return None
            rules, at = found
            continue
        behind = column + len(key) + 1
        value = match[5] or ""
        text, at = _value(lines, at, value, margin)
        if text is None or (match[4] and not value):
            return None
        values[key] = Scalar(text, number, behind + len(match[4] or "") + 1, number, column + 1)
    return values, tuple(rules), rules_key


def _items(lines: Sequence[str], at: int, margin: int, first_line: int) -> tuple[list[Scalar], int] | None:
    """Read the list that begins at a line, as far as it goes."""
    rules: list[Scalar] = []
    indent = -1
    while at < len(lines) and (match := _ITEM.fullmatch(lines[at])):
        spaces = len(match[1])
        if spaces < margin or (indent >= 0 and spaces != indent) or not match[2]:
            return None
        indent = spaces
        place = first_line + at, spaces + 3
        text, at = _value(lines, at, match[2], indent)
        if text is None:
            return None
        rules.append(Scalar(text, *place, *place))
    return rules, at


def _value(lines: Sequence[str], at: int, value: str, margin: int) -> tuple[str | None, int]:
    """Return the text that a value at a line is written for, and the line behind it."""
    if value == _FOLDED:
        return _folded(lines, at + 1, margin)
    if not value or PLAIN.fullmatch(value):
        return value, at + 1
    quoted = QUOTED.fullmatch(value)
    return (quoted[1] if quoted else None), at + 1


def _folded(lines: Sequence[str], at: int, margin: int) -> tuple[str | None, int]:
    """Join the lines of a folded text, which stand further in than what they belong to."""
    parts: list[str] = []
    indent = -1
    while at < len(lines) and lines[at]:
        match = _FOLDED_LINE.fullmatch(lines[at])
        spaces = len(lines[at]) - len(lines[at].lstrip(" "))
        if spaces <= margin:
            break
        if match is None or (indent >= 0 and spaces != indent):
            return None, at
        indent = spaces
        parts.append(match[2])
        at += 1
    behind = next((line for line in lines[at:] if line), "")
    if len(behind) - len(behind.lstrip(" ")) > margin:
        # The text goes on below an empty line.
        return None, at
    return " ".join(parts), at
