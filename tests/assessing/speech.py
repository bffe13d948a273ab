"""Policies that speak of data as policies do, edits to them, and what every finding must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from plain import version
from smallprint.assessing.plugged_in import is_quoted
from smallprint.comparing import compare
from smallprint.judgement import Direction, Right
from strategies import blocks, sentences, titles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.judgement import Finding
    from smallprint.model import Comparison

Policy = list[list[str]]
"""The clauses, each its heading and then its blocks."""

_WHO = ("We", "Our affiliates", "Third parties", "Our service providers", "You")
_MODAL = ("", "may", "will", "will never", "do not", "can", "no longer", "must")
_VERB = ("collect", "use", "share", "sell", "keep", "delete", "transfer to China", "encrypt", "access", "decrypt")
_WHAT = (
    *("your name", "your precise location", "biometric data", "messages", "your email address", "aggregate data"),
    *("cookies", "photos and videos", "it", "“personal data”, such as health data", "data about your children"),
)
_WHOM = ("", "with advertisers", "to researchers", "with anyone", "with our affiliates (and others)", "with the public")
_WHAT_FOR = ("", "for advertising", "to train AI models", "for any purpose", "to answer you", "to comply with the law")
_HOW = (
    *("", "only", "only with your express consent", "unless you opt out", "for 30 days", "indefinitely", "by default"),
    *("where required by law", "as long as needed", "at our sole discretion", "after we notify you by e-mail"),
)
_WHOLE = (
    "You have the right to access, correct and delete your data.",
    "By using the Service you agree to arbitration and waive class actions.",
    "We will notify you 30 days before we change this policy.",
    "We respond to requests within 45 days, free of charge.",
    "For more information, please see [this page](https://example.org/a).",
    "Our service is not directed to children under 13.",
    "We’ll remain liable for our contractors, e.g. Acme Corp. and others.",
    "Hello.",
)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part) + "."


spoken = st.one_of(
    st.builds(_joined, *map(st.sampled_from, (_WHO, _MODAL, _VERB, _WHAT, _WHOM, _WHAT_FOR, _HOW))),
    st.sampled_from(_WHOLE),
)
paragraphs = st.lists(st.one_of(spoken, spoken, spoken, sentences), min_size=1, max_size=4).map(" ".join)
lists = st.lists(paragraphs, min_size=1, max_size=3).map(lambda items: "\n".join(f"* {item}" for item in items))
tables = st.lists(st.tuples(spoken, st.sampled_from(_WHAT)), min_size=1, max_size=3).map(
    lambda rows: "| Use | Data |\n| --- | --- |\n" + "\n".join(f"| {one} | {other} |" for one, other in rows)
)
spoken_blocks = st.one_of(paragraphs, paragraphs, lists, tables)


@st.composite
def policies(draw: st.DrawFn, *, ids: bool | None = None) -> Policy:
    """Return a policy, with ids or without."""
    with_ids = draw(st.booleans()) if ids is None else ids
    return [
        [
            f"{'#' * draw(st.integers(1, 3))} {draw(titles)}{f' {{#clause-{letter}}}' if with_ids else ''}",
            *draw(st.lists(spoken_blocks, min_size=0, max_size=3)),
        ]
        for letter in "abcd"[: draw(st.integers(1, 4))]
    ]


@st.composite
def edited(draw: st.DrawFn, policy: Policy) -> Policy:
    """Return a policy after edits: sentences, blocks and clauses come, go and move."""
    policy = [list(clause) for clause in policy]
    for _ in range(draw(st.integers(1, 4))):
        clause = draw(st.sampled_from(policy))
        action = draw(st.sampled_from(("sentence", "sentence", "drop", "block", "odd", "move", "clause")))
        at = draw(st.integers(1, len(clause)))
        if action == "sentence" and at < len(clause):
            parts = clause[at].split(". ")
            parts[draw(st.integers(0, len(parts) - 1))] = draw(spoken).rstrip(".")
            clause[at] = ". ".join(parts)
        elif action == "drop" and at < len(clause):
            del clause[at]
        elif action in {"block", "odd"}:
            clause.insert(at, draw(spoken_blocks if action == "block" else blocks))
        elif action == "move":
            policy = draw(st.permutations(policy))
        elif action == "clause" and len(policy) > 1:
            policy.remove(clause)
    return policy


def compared(old: Policy, new: Policy) -> Comparison:
    return compare(version(written(old), "2020-01-01"), version(written(new), "2021-01-01"))


def written(policy: Policy) -> str:
    return "\n\n".join(block for clause in policy for block in clause)


def sides(old: Sequence[str], new: Sequence[str]) -> Comparison:
    """Compare two policies of one clause for each text."""
    return compared(*([[f"## Part {n} {{#part-{n}}}", text] for n, text in enumerate(side)] for side in (old, new)))


def check_findings(comparison: Comparison, found: Mapping[int, tuple[Finding, ...]]) -> None:
    """Assert what every finding must hold."""
    changes = {change.number: change for change in comparison.differing}
    for number, claims in found.items():
        assert claims
        change = changes[number]
        for claim in claims:
            assert claim.rule
            assert claim.reason
            assert claim.source
            assert claim.old_quote or claim.new_quote
            for quote, clauses, side in (
                (claim.old_quote, change.old, comparison.old),
                (claim.new_quote, change.new, comparison.new),
            ):
                # A sentence may have come from another clause; what it says now is in the change itself.
                own = side.clauses if side is comparison.old else clauses
                assert quote is None or is_quoted(quote, own), (quote, own)
                assert all(clause in side.clauses for clause in clauses)
            assert isinstance(claim.direction, Direction)
            assert claim.direction is not Direction.NEUTRAL
            assert claim.direction.is_down or not claim.material
            assert 1 <= len(claim.rights) <= 3
            assert len(set(claim.rights)) == len(claim.rights)
            assert all(isinstance(right, Right) for right in claim.rights)
            assert not any(gap in claim.reason for gap in ("{", "“”", "()", ": .")), claim.reason
        assert [claim.material for claim in claims] == sorted((claim.material for claim in claims), reverse=True)
