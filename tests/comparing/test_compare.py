"""How clauses of two versions are brought together."""

from __future__ import annotations

import random
import resource
from itertools import pairwise

import pytest

from plain import version
from smallprint.comparing import compare, join_lineages, lineage_between, step_lineage
from smallprint.model import ChangeKind, Op


def kinds(old: str, new: str) -> list[tuple[str, ...]]:
    """Return the kinds of all changes that are not “unchanged”."""
    return [(change.kind, *change.also) for change in compare(version(old), version(new)).differing]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("# A\n\nx y z", "# A\n\nx y z", []),
        ("# A\n\nx y z", "# A\n\nx q z", [("reworded",)]),
        ("# A {#a}\n\nx", "# B {#a}\n\nx", [("retitled",)]),
        ("## 1. A\n\nx", "## 2. A\n\nx", [("renumbered",)]),
        ("## (a) Data\n\nx", "## (b) Data\n\nx", [("renumbered",)]),
        ("# A\n\nx", "# A\n\nx\n\n# B\n\nnew words here", [("added",)]),
        ("# A\n\nx\n\n# B\n\nold words here", "# A\n\nx", [("removed",)]),
        ("# A {#a}\n\nOne two.", "# B {#b was=a}\n\nOne two.", [("retitled",)]),
        ("", "", []),
        ("", "# A", [("added",)]),
        ("# A", "", [("removed",)]),
    ],
)
def test_kinds(old: str, new: str, expected: list[tuple[str, ...]]) -> None:
    """A change is named by what happened."""
    assert kinds(old, new) == expected


def test_the_shorter_of_two_swapped_clauses_moved() -> None:
    """Where two clauses change places, as little text as possible counts as moved."""
    long, short = "# Long {#long}\n\n" + "many words " * 30, "# Short {#short}\n\nfew words"
    changes = compare(version(f"{long}\n\n{short}"), version(f"{short}\n\n{long}")).differing

    assert [(change.kind, change.new[0].clause_id) for change in changes] == [(ChangeKind.MOVED, "short")]


def test_ids_win_over_text() -> None:
    """A clause that keeps its id is the same clause, though another one now has its words."""
    old = "# A {#a}\n\nfirst words of all\n\n# B {#b}\n\nsecond words of all"
    new = "# A {#a}\n\nsecond words of all\n\n# B {#b}\n\nfirst words of all"
    pairs = [
        (change.old[0].clause_id, change.new[0].clause_id) for change in compare(version(old), version(new)).changes
    ]

    assert pairs == [("a", "a"), ("b", "b")]


def test_text_brings_together_what_ids_do_not() -> None:
    """A clause that got a new id without `was=` is still found by its words."""
    old, new = "# A {#a}\n\nthe very same words", "# A {#b}\n\nthe very same words"

    assert kinds(old, new) == []


def test_lineage_reaches_over_many_versions() -> None:
    """`was=` names the version before only; a comparison over three steps follows the chain."""
    texts = (
        "# S {#security}\n\nSafe.\n\n{#security.cookies}\nCookies identify sessions.",
        "# S {#security}\n\nSafe.\n\n# C {#cookies was=security.cookies}\n\nCookies identify sessions.",
        "# S {#security}\n\nSafe.\n\n# T {#tracking was=cookies}\n\nWe track devices in many new ways.",
    )
    versions = [version(text, f"202{n}-01-01") for n, text in enumerate(texts)]
    comparison = compare(versions[0], versions[-1], lineage_between(versions))
    tracked = next(change for change in comparison.changes if change.new and change.new[0].clause_id == "tracking")

    assert [clause.clause_id for clause in tracked.old] == ["security.cookies"]
    steps = [step_lineage(old, new) for old, new in pairwise(versions)]
    assert join_lineages(*steps)["tracking"] == {"security.cookies"}


def test_a_moved_paragraph_is_numbered_at_both_ends() -> None:
    """A paragraph that leaves one clause and stands in another is known as moved text."""
    old = "# A\n\nWe keep evaluation records for ever.\n\nName.\n\n# B\n\nNothing."
    new = "# A\n\nName.\n\n# B\n\nNothing.\n\nWe keep evaluation records for ever."
    rows = [row for change in compare(version(old), version(new)).changes for row in change.rows if row.moved]

    assert [(bool(row.old), bool(row.new), row.moved) for row in rows] == [(True, False, 1), (False, True, 1)]


def test_texts_too_large_for_an_exact_answer_still_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the limit of memory, rare words tell what belongs together; nothing is lost."""
    monkeypatch.setattr("smallprint.comparing.runs._MATRIX_LIMIT", 2000)
    old = "\n\n".join(f"Paragraph {n} speaks of thing{n} and of matter{n} too." for n in range(12))
    new = old.replace("speaks", "tells").replace("matter5", "nothing")
    comparison = compare(version(f"# A\n\n{old}"), version(f"# A\n\n{new}"))
    kept = sum(
        span.old_end - span.old_start
        for change in comparison.changes
        for row in change.rows
        for span in row.spans
        if span.op is Op.KEEP
    )

    assert kept > 60


@pytest.mark.parametrize("variety", [2, 30_000])
def test_a_paragraph_without_end_is_compared_in_bounded_memory(variety: int) -> None:
    """One sentence of 60,000 words, a tenth of them replaced, needs neither gigabytes nor minutes."""
    chance = random.Random(1)  # noqa: S311 - repeatable
    words = [f"word{chance.randrange(variety)}" for _ in range(60_000)]
    edited = [f"new{n}" if n % 10 == 0 else word for n, word in enumerate(words)]
    old, new = version(" ".join(words)), version(" ".join(edited))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    comparison = compare(old, new)

    assert comparison.differing
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
