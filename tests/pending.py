"""A content folder with a version that is not yet in force, and rules that find a loss in it, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.comparing import compare
from smallprint.judgement import Direction, Finding, Right
from smallprint.reading.tree import read_tree
from smallprint.reviewing import words_digest

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from smallprint.model import Comparison

OLD, NEW, DAY = "2025-01-01", "2026-03-01", "2026-01-10"
_TEXT = """\
---
title: Privacy
---

# Privacy {{#policy}}

## Use {{#use}}

We use your name to bill you{use}.

## Changes {{#changes promise=notice days=30 by=email}}

We will tell you by email 30 days before a change that reduces your rights.
"""


def find(comparison: Comparison, rules: object = None) -> dict[int, tuple[Finding, ...]]:
    """Find a loss in each change, as a rule might."""
    del rules
    finding = Finding(
        "purpose-added", Direction.REDUCES, True, (Right.PURPOSE,), "Your name is now used for ads.", "none"
    )
    return {change.number: (finding,) for change in comparison.differing}


def use_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let these be the rules."""
    for module in ("reviewing.folder", "site.gather"):
        monkeypatch.setattr(f"smallprint.{module}.assess", find)


def write_pending(content: Path, slug: str = "privacy") -> Path:
    """Write a policy of two versions, the second with a loss; return its folder."""
    folder = content / slug
    folder.mkdir(parents=True)
    (folder / "policy.yml").write_text("title: Privacy\n")
    (folder / f"{OLD}.md").write_text(_TEXT.format(use=""))
    (folder / f"{NEW}.md").write_text(_TEXT.format(use=" and for ads"))
    return folder


def decide(folder: Path, verdict: str = "reduces") -> None:
    """Write the review that decides on the loss."""
    policy = next(policy for policy in read_tree(folder.parent).policies if policy.slug == folder.name)
    (change,) = compare(*policy.versions).differing
    (folder / "reviews").mkdir(exist_ok=True)
    (folder / "reviews" / f"{NEW}.yml").write_text(
        f"version: {NEW}\nchanges:\n- clauses: use\n  since: {OLD}\n  words: {words_digest(change)}\n"
        f"  verdict: {verdict}\n  material: {'yes' if verdict == 'reduces' else 'no'}\n  rights: purpose\n"
        "  reason: A new purpose.\n  by: Ann Other\n  on: 2026-01-02\n"
    )
