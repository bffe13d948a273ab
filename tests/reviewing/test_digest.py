"""What a decision is bound to, beside the words themselves: what they promise."""

from __future__ import annotations

from plain import version
from smallprint.comparing import compare
from smallprint.reviewing import words_digest
from smallprint.reviewing.fingerprint import fingerprint_of

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


def test_how_text_is_cut_into_words_does_not_count() -> None:
    """Decisions hold and public versions stay as they were, whatever a later smallprint takes for one word."""
    old, new = (
        version(
            f"# Fees {{#fees}}\n\nWe ask £{pounds}.5m, CHF 1'500.–, 10 000\n000 €, 1,000元 or 5-й, **from** 10:30am"
            " (v2.0.1), می\u200cفروشیم 30\u202f000.\n"
        )
        for pounds in (1, 2)
    )
    (change,) = compare(old, new).differing

    assert words_digest(change) == "ce252889ed9f21c6a12aa52aa8cfdb12"
    assert fingerprint_of(new) == "f5a65993872c131256049751dd7a1263a1eb51287f7179b14283eb712e7c9930"
