"""Lines of a terminal are broken between words."""

from __future__ import annotations

import click
from hypothesis import given
from hypothesis import strategies as st

from smallprint.presenting.wrapping import columns, wrapped

_WORDS = st.lists(st.text("abc漢é", min_size=1, max_size=12), max_size=30).map(" ".join)


@given(_WORDS, st.integers(0, 8), st.integers(30, 100))
def test_no_word_is_lost_or_broken(text: str, indent: int, width: int) -> None:
    lines = wrapped(" " * indent + text, width)

    assert " ".join(line.strip() for line in lines).split() == text.split()
    assert all(columns(line) <= width for line in lines)
    assert all(line.startswith(" " * indent) for line in lines if text)


def test_colours_take_no_room() -> None:
    coloured = click.style("four", fg="red") + " " + click.style("more", bold=True)

    assert wrapped(coloured, 9) == [coloured]
    assert len(wrapped(f"{coloured} {coloured} {coloured} {coloured}", 20)) == 2


def test_a_word_that_is_too_long_stays_whole() -> None:
    assert wrapped("see https://example.org/" + "x" * 50, 30) == ["see", "https://example.org/" + "x" * 50]
