"""A change whose clause says that the rows of its table are a set (`Clause.rows_key`) → which came, went or differ."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from smallprint.comparing.columns import pair_columns
from smallprint.comparing.table_rows import links_by_key
from smallprint.model import CellChange, ChangeKind, Op, RowChange, TableChange
from smallprint.table import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.comparing.chains import Link
    from smallprint.model import Change, Clause
    from smallprint.table import Table, TableRow


class _Set(NamedTuple):
    """A table and the column that names its rows."""

    table: Table
    key: int


def table_change(change: Change) -> TableChange | None:
    """Return how the rows of a change's table differ, whatever their order; none if they are no set.

    A clause that is new or gone as a whole has no rows that came or went: it did.
    """
    if change.is_unchanged or not any(clause.rows_key for clause in (*change.old, *change.new)):
        return None
    old, new = _set_of(change.old, change.new), _set_of(change.new, change.old)
    if old is None or new is None:
        return None
    columns = pair_columns(old.table, new.table)
    same = [link for link in columns.same if link[0] != old.key and link[1] != new.key]
    links = _links(old, new)
    kept_old, kept_new = {i for i, _ in links}, {j for _, j in links}
    added = [_whole(row, new, ChangeKind.ADDED) for j, row in enumerate(new.table.rows) if j not in kept_new]
    removed = [_whole(row, old, ChangeKind.REMOVED) for i, row in enumerate(old.table.rows) if i not in kept_old]
    differing = (
        RowChange(ChangeKind.REWORDED, new.table.rows[j].plain(new.key), cells)
        for i, j in links
        if (cells := tuple(_differing(old.table, new.table, (i, j), same)))
    )
    return TableChange(
        rows=(*added, *differing, *removed),
        added_columns=_titles(new, {j for _, j in same}),
        removed_columns=_titles(old, {i for i, _ in same}),
        is_sorted=any(before[0] > after[0] for before, after in pairwise(links)),
    )


def differs_elsewhere(change: Change) -> bool:
    """Return whether anything but rows of tables differs in a change."""
    return any(
        unit.kind != "tr"
        for row in change.rows
        if not (row.old and row.new) or any(span.op is not Op.KEEP for span in row.spans)
        for unit in (*row.old, *row.new)
    )


def _set_of(clauses: Sequence[Clause], others: Sequence[Clause]) -> _Set | None:
    """Return the table whose rows are a set, by the mark of its own clause, else by that of the other side's."""
    marked = sorted(clauses, key=lambda clause: not clause.rows_key)
    name = next((clause.rows_key for clause in (*marked, *others) if clause.rows_key), "")
    for clause in marked:
        for table in tables_of(clause.units):
            for column in range(table.width):
                if table.title_name(column) == name:
                    return _Set(table, column)
    return None


def _links(old: _Set, new: _Set) -> list[Link]:
    """Return the rows with the same name, in the new order; several that have one name, in theirs."""
    links = links_by_key(old.table.rows, new.table.rows, (old.key, new.key))
    known_old, known_new = {i for i, _ in links}, {j for _, j in links}
    places: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(old.table.rows):
        if i not in known_old:
            places[row.name(old.key)].append(i)
    for j, row in enumerate(new.table.rows):
        if j not in known_new and places[row.name(new.key)]:
            links.append((places[row.name(new.key)].pop(0), j))
    return sorted(links, key=lambda link: link[1])


def _whole(row: TableRow, of: _Set, kind: ChangeKind) -> RowChange:
    is_new = kind is ChangeKind.ADDED
    cells = (
        CellChange(_title(of.table, column), "" if is_new else text, text if is_new else "")
        for column in range(of.table.width)
        if column != of.key and (text := row.plain(column))
    )
    return RowChange(kind, row.plain(of.key), tuple(cells))


def _differing(old: Table, new: Table, link: Link, columns: Sequence[Link]) -> Iterator[CellChange]:
    old_row, new_row = old.rows[link[0]], new.rows[link[1]]
    for i, j in columns:
        before, now = old_row.plain(i), new_row.plain(j)
        if before != now:
            yield CellChange(_title(new, j), before, now)


def _titles(of: _Set, paired: set[int]) -> tuple[str, ...]:
    """Return the titles of the columns that only this side has."""
    return tuple(_title(of.table, column) for column in range(of.table.width) if column not in {*paired, of.key})


def _title(table: Table, column: int) -> str:
    return table.header.plain(column) if table.header else ""
