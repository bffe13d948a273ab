"""The edits of a change, a paragraph at a time: what the terminal and pull-request comments show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.model import Op
from smallprint.presenting.canonical import Edit, noted_edits
from smallprint.presenting.move_ends import moved_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.model import Change
    from smallprint.presenting.move_ends import MoveEnds

_ENDS: Final = re.compile(r"(\n+)")


def changed_paragraphs(change: Change) -> Iterator[list[Edit] | None]:
    """Yield the paragraphs of a change in which anything differs, and None for each run of others."""
    is_gap = False
    for paragraph in _paragraphs(change):
        if any(edit.op is not Op.KEEP or edit.note for edit in paragraph):
            yield paragraph
            is_gap = False
        elif not is_gap:
            yield None
            is_gap = True


def has_moved_text(change: Change) -> bool:
    """Return whether any text of a change moved to or from another place."""
    return any(span.moved for row in change.rows for span in row.spans)


def moves_said(paragraph: Sequence[Edit], moves: Mapping[int, MoveEnds]) -> list[str]:
    """Say of each end of moved text in a paragraph where the other end is; of a whole paragraph that it is the same."""
    ends = dict.fromkeys((edit.op, edit.moved) for edit in paragraph if edit.op is not Op.KEEP and edit.moved)
    is_whole = len(ends) == 1 and all(edit.moved or edit.text.isspace() for edit in paragraph)
    said = []
    for op, number in ends:
        known = moves.get(number)
        if known:
            said.append(moved_said(op, known, is_whole=is_whole))
            said += [known.remark] if known.remark and op is Op.INSERT else []
    return said


def _paragraphs(change: Change) -> Iterator[list[Edit]]:
    paragraph: list[Edit] = []
    edits = noted_edits(change)
    for number, edit in enumerate(edits):
        op = edit.op
        parts = [part for part in _ENDS.split(edit.text) if part]
        for at, part in enumerate(parts):
            note = edit.note if at == len(parts) - 1 else ""
            if part.isspace() and "\n" in part:
                is_other = op is not Op.KEEP and any(other.op is not op for other in paragraph)
                if is_other and not (at == len(parts) - 1 and _ends_anyway(edits[number + 1 :])):
                    # A paragraph was joined or divided here: nothing else would show it.
                    paragraph.append(Edit(op, "¶", edit.moved))
                if paragraph and note:
                    paragraph[-1] = paragraph[-1]._replace(note=note)
                if paragraph and (op is Op.KEEP or all(other.op is op for other in paragraph)):
                    yield paragraph
                    paragraph = []
            else:
                paragraph.append(Edit(op, part, edit.moved, note))
    if paragraph:
        yield paragraph


def _ends_anyway(edits: Sequence[Edit]) -> bool:
    """Return whether the paragraph ends on both sides, where the edits go on: only in another form."""
    for edit in edits:
        if edit.op is Op.KEEP:
            return edit.text.startswith("\n")
        if "\n" in edit.text:
            return False
    return False
