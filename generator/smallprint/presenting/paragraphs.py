"""The edits of a change, a paragraph at a time: what the terminal and pull-request comments show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.model import Op
from smallprint.presenting.canonical import change_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.model import Change
    from smallprint.presenting.canonical import Piece

_ENDS: Final = re.compile(r"(\n+)")


def changed_paragraphs(change: Change) -> Iterator[list[Piece] | None]:
    """Yield the paragraphs of a change in which anything differs, and None for each run of others."""
    is_gap = False
    for paragraph in _paragraphs(change):
        if any(op is not Op.KEEP for op, _ in paragraph):
            yield paragraph
            is_gap = False
        elif not is_gap:
            yield None
            is_gap = True


def _paragraphs(change: Change) -> Iterator[list[Piece]]:
    paragraph: list[Piece] = []
    for op, text in change_edits(change):
        for part in _ENDS.split(text):
            if not part:
                continue
            if part.isspace() and "\n" in part:
                if op is not Op.KEEP and paragraph and any(other is not op for other, _ in paragraph):
                    # A paragraph was joined or divided here: nothing else would show it.
                    paragraph.append((op, "¶"))
                if paragraph and (op is Op.KEEP or all(other is op for other, _ in paragraph)):
                    yield paragraph
                    paragraph = []
            else:
                paragraph.append((op, part))
    if paragraph:
        yield paragraph
