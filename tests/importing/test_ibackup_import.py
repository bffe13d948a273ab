"""The measure of the ids: those of IBackup's policy were made by hand, and an import has to find them by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from smallprint.importing.carry import Heritage
from smallprint.importing.importing import import_draft
from smallprint.importing.source import read_any
from smallprint.reading.front_matter import split_front_matter
from smallprint.reading.tree import read_tree
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    from smallprint.importing.report import Imported
    from smallprint.model import Version

CONTENT = Path(__file__).parents[2] / "content"
SLUG = "ibackup-privacy"
VERSIONS = ("2006-06-18", "2008-06-22", "2012-01-09", "2020-02-10")
LEAST = 0.9
RENAMED = {"collection.cookies": "cookies"}
"""Ids that named a position; the version of 2012 keeps them, since an id that was published stays."""


@pytest.fixture(scope="module")
def by_hand() -> dict[str, Version]:
    others = {folder.name for folder in CONTENT.iterdir() if folder.name != SLUG}
    (policy,) = read_tree(CONTENT, skip=others).policies
    return {version.version_id: version for version in policy.versions}


def unmarked(version_id: str) -> str:
    """Return the text of a version as if nobody had put ids into it."""
    head, _ = split_front_matter((CONTENT / SLUG / f"{version_id}.md").read_text(encoding="utf-8"), "")
    without_lines = re.sub(r"^\{#[^}\n]*\}\n", "", head.body, flags=re.MULTILINE)
    bare = re.sub(r"[ ]*\{#[^}\n]*\}$", "", without_lines, flags=re.MULTILINE)
    assert "{#" not in bare
    return bare


def imported(version_id: str, by_hand: dict[str, Version]) -> tuple[Imported, Version]:
    """Import a version like the one before it, as that was marked by hand."""
    before = [version for day, version in by_hand.items() if day < version_id]
    like = before[-1] if before else None
    now = {clause.clause_id for clause in like.clauses} if like else set()
    retired = frozenset(
        clause.clause_id
        for version in before
        for clause in version.clauses
        if clause.clause_id and clause.clause_id not in now
    )
    source = read_any(unmarked(version_id).encode(), f"{version_id}.md", f"{version_id}.md")
    assert source.missing == ()
    done = import_draft(source.draft, version_id=version_id, heritage=Heritage(like, retired=retired))
    version, faults = parse_version(done.markdown, path=f"{version_id}.md", version_id=version_id)
    assert faults == []
    return done, version


def said(version: Version) -> dict[str, str]:
    """Return the words of each clause by its id."""
    return {named(clause.clause_id): " ".join(unit.plain for unit in clause.units) for clause in version.clauses}


def named(clause_id: str | None) -> str:
    """Return an id as a person would give it today."""
    return RENAMED.get(str(clause_id), str(clause_id))


def were(version: Version) -> set[tuple[str, str]]:
    """Return each clause with what it was, leaving aside what was only given another id."""
    pairs = {(named(clause.clause_id), named(old)) for clause in version.clauses for old in clause.was}
    return {(now, old) for now, old in pairs if now != old}


def test_all_versions_are_measured(by_hand: dict[str, Version]) -> None:
    assert tuple(by_hand) == VERSIONS


@pytest.mark.parametrize("version_id", VERSIONS)
def test_the_ids_are_those_made_by_hand(version_id: str, by_hand: dict[str, Version]) -> None:
    """An id counts where the clause it stands on has the same words."""
    _, version = imported(version_id, by_hand)
    wanted, got = set(said(by_hand[version_id]).items()), set(said(version).items())
    misses = f"missed: {sorted(wanted - got)}\nnot by hand: {sorted(got - wanted)}"

    assert len(wanted & got) / len(wanted) >= LEAST, misses
    assert len(wanted & got) / len(got) >= LEAST, misses


@pytest.mark.parametrize("version_id", VERSIONS)
def test_what_clauses_were_is_that_told_by_hand(version_id: str, by_hand: dict[str, Version]) -> None:
    _, version = imported(version_id, by_hand)
    wanted, got = were(by_hand[version_id]), were(version)
    misses = f"missed: {sorted(map(str, wanted - got))}\nnot by hand: {sorted(map(str, got - wanted))}"

    assert len(wanted & got) >= LEAST * len(wanted), misses
    assert len(wanted & got) >= LEAST * len(got), misses


@pytest.mark.parametrize("version_id", VERSIONS)
def test_the_words_are_the_same(version_id: str, by_hand: dict[str, Version]) -> None:
    done, version = imported(version_id, by_hand)

    def words(of: Version) -> list[str]:
        return " ".join(unit.plain for clause in of.clauses for unit in clause.units).split()

    assert words(version) == words(by_hand[version_id])
    assert done.report.unexplained == ()
