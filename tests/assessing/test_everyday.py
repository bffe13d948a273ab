"""Everyday changes of one sentence each: `everyday.yml` says what they are, and where the rules see it otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from frame import framed

from plain import version
from smallprint.assessing import assess
from smallprint.comparing import compare
from smallprint.judgement import Direction

_CHANGES = yaml.safe_load(Path(__file__).with_name("everyday.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("change", _CHANGES, ids=lambda change: (change["new"] or change["old"])[:60])
def test_an_everyday_change_is_what_it_is(change: dict[str, str]) -> None:
    assert _found(change["old"], change["new"]) == change.get("found", change["is"])


def test_most_are_seen_as_they_are() -> None:
    """Of the material reductions four in five are called so, and of the others nine in ten are not."""
    losses = [change for change in _CHANGES if change["is"] == "material"]
    others = [change for change in _CHANGES if change["is"] != "material"]
    assert sum(change.get("found", "material") == "material" for change in losses) >= 0.8 * len(losses)
    assert sum(change.get("found") != "material" for change in others) >= 0.9 * len(others)


def _found(old: str, new: str) -> str:
    comparison = compare(version(framed(old), "2020-01-01"), version(framed(new), "2021-01-01"))
    findings = [finding for found in assess(comparison).values() for finding in found]
    if any(finding.material for finding in findings):
        return "material"
    directions = {finding.direction for finding in findings}
    for direction in (Direction.REDUCES, Direction.MIXED, Direction.EXPANDS, Direction.UNCLEAR):
        if direction in directions:
            return "reduces" if direction is Direction.MIXED else str(direction)
    return "neutral"
