"""The tables among the units of a text."""

from __future__ import annotations

from plain import version
from smallprint.table import slug, tables_of

TABLE = "| A | **B b** |\n| --- | --- |\n| 1 | x \\| y |\n| 2 | |"


def test_tables_are_told_apart_even_where_they_are_the_same() -> None:
    """Two tables with one source are two, whatever is between them."""
    (clause,) = version(f"{TABLE}\n\n{TABLE}\n\ntext\n\n- {TABLE.replace(chr(10), chr(10) + '  ')}").clauses

    tables = list(tables_of(clause.units))

    assert [[row.at for row in table.all_rows] for table in tables] == [[0, 1, 2], [3, 4, 5], [7, 8, 9]]
    assert all(table.header for table in tables)


def test_cells_and_titles() -> None:
    """Cells are read as text, titles as attributes name them."""
    (clause,) = version(TABLE).clauses
    (table,) = tables_of(clause.units)
    first, second = table.rows

    assert [table.title_name(column) for column in range(table.width)] == ["a", "b-b"]
    assert (first.plain(1), second.plain(1), first.plain(7)) == ("x | y", "", "")
    assert first.cells[0] != second.cells[0]


def test_slug() -> None:
    """Spaces and signs become `-`, capitals do not count; other scripts are kept."""
    assert [slug(text) for text in ("Name (of firm)", " 数据 ", "!")] == ["name-of-firm", "数据", ""]
