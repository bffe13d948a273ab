"""Text that moves, whole or reworded on the way, is found wherever it goes, and marked no more than it has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laws import check_comparison
from plain import version
from smallprint.comparing import compare
from smallprint.model import Comparison, Op

if TYPE_CHECKING:
    import random

_FOR_EACH_EDIT = 12
"""How many words may be marked for one word that was replaced: itself on both sides, and small words beside it."""


def marked(comparison: Comparison) -> int:
    """Return how many words are marked as removed or added, those that moved left out."""
    return sum(
        (span.old_end - span.old_start) + (span.new_end - span.new_start)
        for change in comparison.changes
        for row in change.rows
        for span in row.spans
        if span.op is not Op.KEEP and not span.moved
    )


def written(clauses: list[list[list[str]]]) -> str:
    """Return clauses of paragraphs of words as Markdown."""
    return "\n\n".join(
        "\n\n".join([f"## Title{n} {{#clause-{n}}}", *(" ".join(words) + "." for words in paragraphs)])
        for n, paragraphs in enumerate(clauses)
    )


@given(st.randoms(use_true_random=False), st.integers(2, 4), st.integers(0, 6), st.integers(0, 5))
@settings(max_examples=80)
def test_marks_stay_few_when_texts_move(chance: random.Random, count: int, moves: int, edits: int) -> None:
    """Paragraphs change places within and between clauses, and words in them change: only those words are marked."""
    clauses = [
        [[f"w{chance.randrange(5000)}" for _ in range(chance.randint(12, 40))] for _ in range(chance.randint(1, 4))]
        for _ in range(count)
    ]
    old = written(clauses)
    for _ in range(moves):
        source = chance.choice([paragraphs for paragraphs in clauses if paragraphs])
        target = chance.choice(clauses)
        target.insert(chance.randint(0, len(target)), source.pop(chance.randrange(len(source))))
    for _ in range(edits):
        words = chance.choice(chance.choice([paragraphs for paragraphs in clauses if paragraphs]))
        words[chance.randrange(len(words))] = f"new{chance.randrange(5000)}"
    comparison = compare(version(old), version(written(clauses)))

    assert marked(comparison) <= _FOR_EACH_EDIT * edits
    check_comparison(comparison)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "We keep records of your visits for thirty days.\n\nName.\n\n## B {#b}\n\nNothing.",
            "Name.\n\n## B {#b}\n\nNothing.\n\nWe keep records of your visits for ninety days.",
            id="reworded on the way",
        ),
        pytest.param(
            "Name. We keep the records of all your visits for thirty days. Age.\n\n## B {#b}\n\nNothing.",
            "Name. Age.\n\n## B {#b}\n\nNothing. We keep the records of all your visits for ninety days.",
            id="a sentence",
        ),
        pytest.param(
            "Name.\n\n2.1 We keep records of your visits for thirty days.\n\n## B {#b}\n\n1. Nothing.",
            "Name.\n\n## B {#b}\n\n1. Nothing.\n\n7.4 We keep records of your visits for thirty days.",
            id="with another label",
        ),
    ],
)
def test_what_moved_is_numbered_and_the_rest_is_marked(old: str, new: str) -> None:
    """Both ends of a text that moved have a number in common; what was changed in it is marked as such."""
    comparison = compare(version(f"## A {{#a}}\n\n{old}"), version(f"## A {{#a}}\n\n{new}"))
    numbers = {span.moved for change in comparison.changes for row in change.rows for span in row.spans}

    assert numbers == {0, 1}
    assert marked(comparison) == 2
    check_comparison(comparison)


def test_words_that_turned_bold_did_not_move() -> None:
    """A formatting that changed in its place is no move, however long the text is."""
    text = "We keep records of your visits for thirty days and longer."
    (change,) = compare(version(f"# A\n\n{text}\n\nx"), version(f"# A\n\n**{text}**\n\nx")).differing
    spans = [span for row in change.rows for span in row.spans if span.op is not Op.KEEP]

    assert [(span.op, span.moved, span.is_reformatted) for span in spans] == [
        (Op.DELETE, 0, True),
        (Op.INSERT, 0, True),
    ]
