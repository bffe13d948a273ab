"""Pairs of small texts with the redline a reader should get, as readable files.

`make accept` (or `SMALLPRINT_ACCEPT=1 pytest tests/comparing/test_samples.py`) writes what comes out today; read the
difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from laws import check_comparison
from plain import version
from smallprint.comparing import compare
from smallprint.presenting.move_ends import move_ends
from smallprint.presenting.redline_html import change_html
from smallprint.presenting.terminal import comparison_in_terminal

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
CASES = sorted(folder.name for folder in SAMPLES.iterdir())


def test_there_are_samples() -> None:
    """The folder was found."""
    assert len(CASES) > 20


@pytest.mark.parametrize("case", CASES)
def test_sample_reads_as_expected(case: str) -> None:
    """The redline of a sample, in words and in HTML, is the expected one, and holds every law."""
    old, new = ((SAMPLES / case / f"{side}.md").read_text(encoding="utf-8") for side in ("old", "new"))
    comparison = compare(version(old, "old"), version(new, "new"))
    check_comparison(comparison)
    lines = [click.unstyle(line) for line in comparison_in_terminal(comparison)]
    moves = move_ends(comparison)
    html = [part.html for change in comparison.differing for part in change_html(change, moves)]
    found = "\n".join([*lines, "", *html]) + "\n"

    expected = SAMPLES / case / "expected.txt"
    if os.environ.get("SMALLPRINT_ACCEPT"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
