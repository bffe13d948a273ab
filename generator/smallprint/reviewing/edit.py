"""An entry of a review file with other values, its other lines and its comments kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.reviewing.entry import RULES
from smallprint.reviewing.layout import Piece, is_comment
from smallprint.reviewing.scalars import value_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.reviewing.entry import RawEntry
    from smallprint.reviewing.file import Entry

_COMMENT: Final = re.compile(r"(?:^|.*? )(#.*)")
_STEP: Final = 2
"""How much further in than its key a value stands."""


def with_values(entry: Entry, values: Mapping[str, str], rules: Sequence[str] | None = None) -> Piece:
    """Return the lines of an entry with other values.

    Args:
        entry: the entry.
        values: the keys to write anew, with their texts.
        rules: the findings to write anew; none leaves those that are there.
    """
    margin = entry.raw.keys[0][1] - 1
    space = " " * margin
    new = {key: value_lines(f"{space}{key}:", text, margin + _STEP) for key, text in values.items()}
    if rules is not None:
        new[RULES] = rules_lines(rules, margin)
    lines = list(entry.piece.lines)
    spans = _spans(entry.raw, entry.piece)
    for key in reversed(spans):
        if key in new:
            start, end = spans[key]
            kept = _comments(lines[start:end], key, margin, is_empty=key != RULES and not entry.raw.text(key))
            first, *others = new.pop(key)
            lines[start:end] = [lines[start][:margin] + first[margin:], *others, *kept]
    if RULES in new and "verdict" in spans:
        at = spans["verdict"][0]
        lines[at:at] = new.pop(RULES)
    for more in new.values():
        lines += more
    return Piece(entry.piece.lead, tuple(lines), entry.piece.first_line)


def rules_lines(rules: Sequence[str], margin: int) -> list[str]:
    """Return the lines of the list of findings."""
    space = " " * margin
    items = [line for rule in rules for line in value_lines(f"{space}-", rule, margin + _STEP)]
    return [f"{space}{RULES}:", *items]


def indented(piece: Piece, by: int) -> Piece:
    """Return an entry with its lines moved to the right, or to the left where `by` is below 0."""
    if by >= 0:
        lead, lines = (tuple(" " * by + line if line else line for line in part) for part in (piece.lead, piece.lines))
    else:
        lead, lines = (tuple(_cut(line, -by) for line in part) for part in (piece.lead, piece.lines))
    return Piece(lead, lines, piece.first_line)


def has_comments(entry: Entry) -> bool:
    """Tell whether someone wrote a comment above an entry or between its lines."""
    return bool(entry.piece.lead) or any(is_comment(line) for line in entry.piece.lines)


def _cut(line: str, count: int) -> str:
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, count) :]


def _spans(raw: RawEntry, piece: Piece) -> dict[str, tuple[int, int]]:
    """Return the lines that each key and its value take up, in the order of the file."""
    starts = [line - piece.first_line for line, _, _ in raw.keys]
    ends = [*starts[1:], len(piece.lines)]
    return {key: (start, end) for (_, _, key), start, end in zip(raw.keys, starts, ends, strict=True)}


def _comments(lines: Sequence[str], key: str, margin: int, *, is_empty: bool) -> list[str]:
    """Return the comments that stand by a value and outlive it.

    Where there is a value, lines further in that look like a comment may be part of it.
    """
    first, *others = lines
    if not is_empty:
        count = len(others)
        while count and (not others[count - 1].strip(" ") or _is_outside(others[count - 1], margin)):
            count -= 1
        return [line for line in others[count:] if line.strip(" ")]
    comment = _COMMENT.fullmatch(first.partition(f"{key}:")[2])
    behind = [f"{' ' * margin}{comment[1]}"] if comment else []
    return behind + [line for line in others if is_comment(line)]


def _is_outside(line: str, margin: int) -> bool:
    return is_comment(line) and len(line) - len(line.lstrip(" ")) <= margin
