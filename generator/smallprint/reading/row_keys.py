"""What the mark of a clause says of its table: `rows=name`, the column whose cells name the rows.

The rows of such a clause are a set: each has a name of its own, and their order says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.reading.fields import enumerate_words, near_miss
from smallprint.table import slug, tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from smallprint.errors import Fault
    from smallprint.reading.attributes import Attributes, Line
    from smallprint.table import Table, TableRow
    from smallprint.text import Unit

_CELL: Final = re.compile(r"(?:[^|\\]|\\.)*")


def read_rows(line: Line, attributes: Sequence[re.Match[str]], faults: list[Fault]) -> str:
    """Read the attribute `rows`, noting what is wrong with it.

    Args:
        line: The line it is on.
        attributes: Matches with the groups `key`, `quoted` and `bare`.
        faults: Takes what is found wrong.
    """
    for number, attribute in enumerate(attributes):
        what, remedy = "`rows` is given twice in this mark.", "Keep the one that is right."
        if not number and not slug(_value(attribute)):
            what, remedy = "`rows` names no column.", "Write the title of the column that names the rows: `rows=name`."
        elif not number:
            continue
        faults.append(line.fault(attribute.start() + 1, len(attribute.group()), "SP311", what, remedy))
    return slug(_value(attributes[0])) if attributes else ""


def _value(attribute: re.Match[str]) -> str:
    return attribute["bare"] or attribute["quoted"] or ""


def row_key_faults(
    attributes: Attributes, units: Sequence[Unit], line_of: Callable[[TableRow], Line | None]
) -> Iterator[Fault]:
    """Yield what is wrong with the table of a clause whose mark says `rows=…`.

    Args:
        attributes: what the mark says.
        units: the units of the clause.
        line_of: returns the line of the source that a row is on; none if that is not known.
    """
    key, tables = attributes.rows, list(tables_of(units))
    found = [(table, column) for table in tables for column in range(table.width) if table.title_name(column) == key]
    if len(found) != 1:
        yield _column_fault(attributes, tables, len(found))
        return
    table, column = found[0]
    seen: dict[str, TableRow] = {}
    for row in table.rows:
        name = row.plain(column).casefold()
        if not name:
            what = f"This row has nothing in the column “{key}”, by which the rows are known."
            yield _row_fault(attributes, line_of(row), column, what, "Write there what the row is about.")
        elif name in seen:
            first = line_of(seen[name])
            what = f"“{row.plain(column)}” names two rows{f' (first on line {first.number})' if first else ''}."
            yield _row_fault(attributes, line_of(row), column, what, "Give each row a name of its own, or join them.")
        else:
            seen[name] = row


def _column_fault(attributes: Attributes, tables: Sequence[Table], count: int) -> Fault:
    key = attributes.rows
    named = (table.title_name(column) for table in tables for column in range(table.width))
    titles = list(dict.fromkeys(filter(None, named)))
    if count:
        what = f"{count} columns of this clause have the title “{key}”."
        remedy = "Give each table a clause of its own, and each of its columns another title."
    elif not tables:
        what = f"This clause has no table, so no column “{key}”."
        remedy = "Take `rows=…` out, or put the mark on the clause that has the table."
    else:
        near = near_miss(key, titles)
        what = f"No column of this clause’s table has the title “{key}”."
        remedy = f"Did you mean `rows={near}`?" if near else "Name the column that has the names of the rows"
        remedy += "" if near else f": {enumerate_words(titles)}." if titles else "; this table has no titles."
    return _attribute_fault(attributes, "SP311", what, remedy)


def _attribute_fault(attributes: Attributes, code: str, what: str, remedy: str) -> Fault:
    text = attributes.line.text
    match = re.compile(r"\brows\s*=\s*(?:\"[^\"]*\"|[^\s\"}]+)").search(text, attributes.column)
    start, width = (match.start(), len(match.group())) if match else (attributes.column, len(attributes.clause_id))
    return attributes.line.fault(start + 1, width, code, what, remedy)


def _row_fault(attributes: Attributes, line: Line | None, column: int, what: str, remedy: str) -> Fault:
    if line is None:
        return _attribute_fault(attributes, "SP312", what.replace("This row", "A row"), remedy)
    start, width = _place(line.text, column)
    return line.fault(start + 1, width, "SP312", what, remedy)


def _place(text: str, column: int) -> tuple[int, int]:
    """Return where a cell begins in the line of a table, and how long it is."""
    at = len(text) - len(text.lstrip())
    if text[at : at + 1] == "|":
        at += 1
    for _ in range(column):
        match = _CELL.match(text, at)
        at = min(match.end() + 1 if match else at, len(text))
    match = _CELL.match(text, at)
    cell = match.group() if match else ""
    bare = cell.strip()
    return at + (len(cell) - len(cell.lstrip()) if bare else 0), max(len(bare), 1)
