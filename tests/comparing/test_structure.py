"""Structure counts: what readers see but no word says is compared, shown and never ends the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laws import check_comparison
from plain import version
from smallprint.comparing import compare
from smallprint.model import ChangeKind, Op
from smallprint.presenting.canonical import change_edits
from smallprint.presenting.html import block_html
from structures import same_words, versions

if TYPE_CHECKING:
    from smallprint.model import Clause


def _html(clauses: tuple[Clause, ...]) -> list[str]:
    return ["".join(map(block_html, clause.blocks)) for clause in clauses]


@given(versions())
@settings(max_examples=150)
def test_every_law_holds_whatever_becomes_of_blocks_and_clauses(sides: tuple[str, str]) -> None:
    """Text that is split, joined and moved into other blocks, over the borders of clauses, is compared exactly."""
    old, new = sides

    check_comparison(compare(version(old), version(new)))


@given(st.one_of(same_words(), versions()))
@settings(max_examples=150)
def test_the_html_is_the_same_exactly_when_nothing_is_found(sides: tuple[str, str]) -> None:
    """Two clauses look the same exactly if their change is “unchanged”, and a change of form is in the edits."""
    comparison = compare(*map(version, sides))
    for change in comparison.changes:
        if not (change.old and change.new) or ChangeKind.MOVED in {change.kind, *change.also}:
            continue
        is_same = _html(change.old) == _html(change.new)
        if len(change.old) == len(change.new) == 1:
            assert change.is_unchanged == is_same
        if not is_same:
            assert any(op is not Op.KEEP for op, _ in change_edits(change))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("- a\n\n  b", "- a\n- b", id="a part of an item becomes an item"),
        pytest.param("- a\n\n* b", "- a\n- b", id="two lists become one"),
        pytest.param("> a\n\n\n> b", "> a\n>\n> b", id="two quotations become one"),
        pytest.param("- a\n- b", "- a\n  - b", id="an item goes one level down"),
        pytest.param("1. a\n2. b", "2. a\n3. b", id="a list starts at another number"),
        pytest.param("| a | |\n| - | - |\n| b | |", "| a | |\n| - | - |\n| | b |", id="a word moves to another cell"),
        pytest.param("| a |\n| - |\n\n| b |\n| - |", "| a |\n| - |\n| b |", id="two tables become one"),
        pytest.param("###### a", "##### a", id="a heading of the lowest level"),
    ],
)
def test_a_change_of_structure_is_a_change(old: str, new: str) -> None:
    """What differs in structure alone is found, and is in the edits."""
    change = compare(version(f"# T {{#t}}\n\nx\n\n{old}"), version(f"# T {{#t}}\n\nx\n\n{new}")).changes[-1]

    assert not change.is_unchanged
    assert any(op is not Op.KEEP for op, _ in change_edits(change))
    check_comparison(compare(version(f"# T\n\nx\n\n{old}"), version(f"# T\n\nx\n\n{new}")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We ***never*** sell.", "We **_never_** sell."),
        ("See **[the terms](/t)**.", "See [**the terms**](/t)."),
        ("- a\n- b", "* a\n* b"),
        ("1. a\n2. b", "1) a\n1) b"),
    ],
)
def test_another_way_to_write_the_same_is_no_change(old: str, new: str) -> None:
    """The order in which formats are nested, and the signs of Markdown, are not seen by readers."""
    assert compare(version(f"# T\n\n{old}"), version(f"# T\n\n{new}")).differing == ()
