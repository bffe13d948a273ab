"""Rows removed in one place and added in another with the same words: text that moved, not text that went."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.model import Change, Row

_MOVED_WORDS: Final = 5
"""Shorter units are the same by chance: “Contact us”, “Yes”."""


def number_moves(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give each removed row and the added row that has the same words a number in common."""
    gone: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, change in enumerate(changes):
        for index, row in enumerate(change.rows):
            if not row.new and _is_movable(row):
                gone[row.old[0].chars].append((at, index))
    numbers: dict[tuple[int, int], int] = {}
    if gone:
        for at, change in enumerate(changes):
            for index, row in enumerate(change.rows):
                if not row.old and len(row.new) == 1 and gone.get(row.new[0].chars):
                    numbers[gone[row.new[0].chars].pop(0)] = numbers[at, index] = len(numbers) // 2 + 1
    return tuple(
        replace(change, rows=tuple(_numbered(row, numbers.get((at, n), 0)) for n, row in enumerate(change.rows)))
        if any(at == position for position, _ in numbers)
        else change
        for at, change in enumerate(changes)
    )


def _numbered(row: Row, number: int) -> Row:
    return replace(row, spans=tuple(span._replace(moved=number) for span in row.spans)) if number else row


def _is_movable(row: Row) -> bool:
    return len(row.old) == 1 and len(row.old[0].words) >= _MOVED_WORDS
