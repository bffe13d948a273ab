"""The changes of a table whose rows are a set, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.comparing.row_sets import table_change
from smallprint.model import ChangeKind

if TYPE_CHECKING:
    from smallprint.model import CellChange, Change, RowChange
    from smallprint.presenting.wording import Wording

_MOST: Final = 12
"""More rows than this are counted."""
_LONGEST: Final = 80
"""A cell with more characters is cut."""


def rows_sentence(change: Change, wording: Wording) -> str:
    """Say which rows were added, differ or were removed; nothing if the rows of the change are no set.

    “AdTrack added (advertising, United States); Acme Cloud: Germany → United States; Foo removed.”
    """
    table = table_change(change)
    if table is None:
        return ""
    said = [wording.column_added.format(title=wording.quoted(title)) for title in table.added_columns]
    said += [wording.column_removed.format(title=wording.quoted(title)) for title in table.removed_columns]
    said += [_row(row, wording) for row in table.rows[:_MOST]]
    if len(table.rows) > _MOST:
        said.append(wording.plural(wording.more_rows, len(table.rows) - _MOST))
    if not said:
        return wording.rows_sorted if table.is_sorted else ""
    sentence = wording.ended(wording.then.join(said))
    # A name is written as it is; a sentence that begins with a word of ours begins as sentences do.
    return sentence if not (table.added_columns or table.removed_columns) else sentence[:1].upper() + sentence[1:]


def _row(row: RowChange, wording: Wording) -> str:
    if row.kind is ChangeKind.REWORDED:
        cells = wording.comma.join(_cell(cell, wording, is_named=len(row.cells) > 1) for cell in row.cells)
        return f"{_clipped(row.key, wording)}{wording.colon}{cells}"
    if row.kind is ChangeKind.REMOVED:
        return wording.row_removed.format(row=_clipped(row.key, wording))
    added = wording.row_added.format(row=_clipped(row.key, wording))
    values = wording.comma.join(_clipped(cell.new, wording) for cell in row.cells)
    return f"{added} ({values})" if values else added


def _cell(cell: CellChange, wording: Wording, *, is_named: bool) -> str:
    old, new = (_clipped(text, wording) if text else wording.empty_cell for text in (cell.old, cell.new))
    said = wording.cell_changed.format(old=old, new=new)
    return f"{cell.title} {said}" if is_named and cell.title else said


def _clipped(text: str, wording: Wording) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} {wording.clipped}"
