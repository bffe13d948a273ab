"""The laws over real policies: the content of this repository, and real histories where a checkout has them at hand."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from laws import (
    check_comparison,
    check_edits,
    check_moves,
    check_nothing_is_removed_and_added,
    check_partition,
    check_rows,
)
from smallprint.comparing import compare, lineage_between
from smallprint.reading.tree import read_tree
from smallprint.reading.version import read_plain

if TYPE_CHECKING:
    from smallprint.model import Comparison, Version

ROOT = Path(__file__).resolve().parents[2]
HISTORIES = Path(os.environ.get("SMALLPRINT_HISTORIES", ROOT.parent / "shared" / "policies" / "histories"))
POLICIES = sorted(folder.name for folder in HISTORIES.iterdir()) if HISTORIES.is_dir() else []


def test_every_law_holds_for_our_own_content() -> None:
    """Every pair of versions of every policy in `content/` is compared by the laws."""
    policies = read_tree(ROOT / "content").policies

    assert policies
    for policy in policies:
        for first in range(len(policy.versions)):
            for last in range(first + 1, len(policy.versions)):
                versions = policy.versions[first : last + 1]
                check_comparison(compare(versions[0], versions[-1], lineage_between(versions)))


@pytest.mark.skipif(not POLICIES, reason="no real histories beside this checkout (set SMALLPRINT_HISTORIES)")
@pytest.mark.parametrize("policy", POLICIES or [""])
def test_every_law_holds_for_real_histories(policy: str) -> None:
    """Each version against itself, its successor and the last one: nothing is lost, nothing is made up."""
    versions = [read_plain(path) for path in sorted((HISTORIES / policy).glob("*.md"))]

    assert versions
    for version in versions:
        assert compare(version, version).differing == ()
    for old, new in pairwise(versions):
        _check(compare(old, new), old, new)
    check_comparison(compare(versions[0], versions[-1]))


def _check(comparison: Comparison, old: Version, new: Version) -> None:
    """Check the laws that need no HTML parser, which would take minutes over all of them."""
    check_partition(comparison)
    check_moves(comparison)
    check_nothing_is_removed_and_added(comparison)
    for change in comparison.changes:
        check_rows(change)
        check_edits(change)
    if [clause.key for clause in old.clauses] != [clause.key for clause in new.clauses]:
        assert comparison.differing
