"""What a decision is bound to, beside the words themselves: what they promise."""

from __future__ import annotations

from plain import version
from smallprint.comparing import compare
from smallprint.reviewing import words_digest

_BEFORE = "# Policy {#policy}\n\n## Changes {#changes}\n\nWe may tell you.\n"
_AFTER = "# Policy {{#policy}}\n\n## Changes {{#changes{mark}}}\n\nWe will tell you of changes.\n"


def _digest(mark: str) -> str:
    comparison = compare(version(_BEFORE), version(_AFTER.format(mark=mark)))
    return next(words_digest(change) for change in comparison.differing)


def test_a_weaker_mark_on_the_same_words_is_another_matter() -> None:
    marks = ["", " promise=notice", " promise=notice days=30", " promise=notice days=30 by=email"]
    assert len({_digest(mark) for mark in marks}) == len(marks)


def test_the_same_mark_is_the_same() -> None:
    assert _digest(" promise=notice days=30") == _digest("  promise=notice  days=30")
