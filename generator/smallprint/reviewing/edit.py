"""An entry of a review file with other values, its other lines and its comments kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.reviewing.entry import RULES
from smallprint.reviewing.layout import Piece, is_comment
from smallprint.reviewing.scalars import value_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.reviewing.file import Entry

_COMMENT: Final = re.compile(r"(?:^|.*? )(#.*)")


def with_values(entry: Entry, values: Mapping[str, str | Sequence[str]]) -> Piece:
    """Return the lines of an entry with other values.

    Args:
        entry: the entry.
        values: the keys to write anew, with their texts; the findings for `rules`.
    """
    piece, nodes = entry.piece, entry.node.fields
    margin = entry.node.column - 1
    lines = list(piece.lines)
    starts = {key: node.key_line - piece.first_line for key, node in nodes.items()}
    ends = dict(zip(starts, [*starts.values(), len(lines)][1:], strict=True))
    new = {key: key_lines(key, value, margin) for key, value in values.items()}
    for key in reversed([key for key in starts if key in new]):
        start, end = starts[key], ends[key]
        kept = _comments(lines[start:end], key, margin, is_empty=key != RULES and not entry.node.text(key))
        first, *others = new.pop(key)
        lines[start:end] = [lines[start][:margin] + first[margin:], *others, *kept]
    if RULES in new and "verdict" in starts:
        at = starts["verdict"]
        lines[at:at] = new.pop(RULES)
    for more in new.values():
        lines += more
    return Piece(piece.lead, tuple(lines), piece.first_line)


def key_lines(key: str, value: str | Sequence[str], margin: int) -> list[str]:
    """Return the lines that hold a key with its text, or with a list of texts."""
    space, indent = " " * margin, margin + 2
    if isinstance(value, str):
        return value_lines(f"{space}{key}:", value, indent)
    return [f"{space}{key}:", *(line for text in value for line in value_lines(f"{space}-", text, indent))]


def has_comments(entry: Entry) -> bool:
    """Tell whether someone wrote a comment above an entry or between its lines."""
    return bool(entry.piece.lead) or any(is_comment(line) for line in entry.piece.lines)


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
