"""Markdown of others: what it means to them is in the draft."""

from __future__ import annotations

import pytest

from smallprint.importing.source import read_any


@pytest.mark.parametrize("bar", ["|", ""])
def test_rows_with_more_cells_than_their_table_has_columns_lose_none(bar: str) -> None:
    rows = ("Data | Use", "--- | ---", "Name | Parcels | and bills \\| letters", "Mail")
    table = "\n".join(f"{bar} {row} {bar}".strip() for row in rows)
    source = read_any(f"# Privacy\n\nWe keep your data.\n\n{table}\n".encode(), "page.md", "page.md")

    assert source.missing == ()
    assert [piece.text.split("\t") for piece in source.draft.pieces if piece.cells] == [
        ["Data", "Use", ""],
        ["Name", "Parcels", "and bills | letters"],
        ["Mail", "", ""],
    ]
