"""Struck text: words with a line through them, which are no longer in force.

A source that strikes words out says that they do not hold any more, and yet shows them. Whether they are text of the
version is for a person to say, as it is with tracked changes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from smallprint.errors import ContentError
from smallprint.importing.draft import Why
from smallprint.importing.report import first_lines
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.importing.draft import LeftOut


class Struck(StrEnum):
    """What becomes of struck text."""

    DROP = "drop"
    """It is left out and listed."""
    KEEP = "keep"
    """It is text like any other."""


def struck_kept(texts: Iterable[str]) -> str:
    """Return what a person should know of struck text that was kept; empty if there is none."""
    shown = [f"“{' '.join(text.split())}”" for text in texts if text.strip()]
    return f"Struck text is kept as text in force: {', '.join(shown)}." if shown else ""


def refuse_struck(left_out: Iterable[LeftOut], shown: str) -> None:
    """Refuse a source with struck text that nobody decided on.

    Args:
        left_out: What was left out of the source.
        shown: What the fault calls the source.

    Raises:
        ContentError: Struck text was left out.
    """
    texts = [f"“{' '.join(left.text.split())}”" for left in left_out if left.why is Why.STRUCK]
    if texts:
        told = " ".join(first_lines(texts)[0])
        what = f"The source has text that is struck out, and nobody said what becomes of it: {told}"
        remedy = "Say `--struck drop` to leave it out, or `--struck keep` if it is in force."
        raise ContentError([make_fault("SP621", shown, what, remedy)])
