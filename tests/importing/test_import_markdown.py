"""Markdown of others: what it means to them is in the draft."""

from __future__ import annotations

import pytest

from smallprint.importing.source import read_any


def test_the_words_of_a_footnote_stay() -> None:
    """Its signs become text, so that a person sees them and writes the note anew."""
    source = read_any(b"# Privacy\n\nWe keep it.[^1]\n\n[^1]: Forever.\n\n`[^2]:` code\n", "page.md", "page.md")

    assert source.missing == ()
    assert [piece.text for piece in source.draft.pieces] == [
        "Privacy",
        "We keep it.[^1]",
        "[^1]: Forever.",
        "[^2]: code",
    ]


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


def test_raised_text_stays_apart() -> None:
    text = b"# Privacy\n\nIn 30<sup>1</sup> days, H<sub>2</sub>O, a 1<sup>st</sup> <sup>new</sup>word, fo<b>o</b>.\n"
    source = read_any(text, "page.md", "page.md")

    assert source.missing == ()
    assert source.draft.pieces[1].text == "In 30¹ days, H₂O, a 1st new word, foo."


def test_markdown_in_a_text_file_is_markdown() -> None:
    marked = b"# Privacy\n\n**1\\. Data**\n\nWe keep [it](https://a.example/b) here.\n"

    assert read_any(marked, "page.txt", "page.txt").kind == "markdown"
    assert read_any(b"# 1\n\n* We keep it.\n\n- We do.\n---\n", "page.txt", "page.txt").kind == "text"
