"""Decisions, and rules that find what a test wants found, for whatever shows how changes are judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smallprint.comparing import compare, lineage_between
from smallprint.judgement import Direction, Finding, Practice, Review, Right
from smallprint.reading.tree import read_tree
from smallprint.reviewing import words_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from smallprint.model import Change, Comparison, VersionId

SECRET = "A rule’s own words, which the public must not read"  # noqa: S105 - no password
"""Stands in the reason of every finding made here."""
RULE = "made-up-rule"


def finding(direction: Direction = Direction.REDUCES, **changes: object) -> Finding:
    """Return what a rule says."""
    values: dict[str, object] = {
        "rule": RULE,
        "direction": direction,
        "material": direction.is_down,
        "rights": (Right.CONSENT,),
        "reason": f"{SECRET}.",
        "source": "Article 7",
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def review(direction: Direction = Direction.REDUCES, **changes: object) -> Review:
    """Return what a person decided."""
    values: dict[str, object] = {
        "direction": direction,
        "material": direction.is_down,
        "rights": () if direction is Direction.NEUTRAL else (Right.CONSENT, Right.SALE),
        "reason": "Consent <is> no longer asked.",
        "by": "Ann & Bob",
        "on": dt.date(2021, 12, 24),
        "for_readers": "We now <sell> more.",
        "practice": Practice.CHANGED,
    }
    return Review(**{**values, **changes})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Decided:
    """Decisions by the title of the first clause of a change."""

    reviews: Mapping[str, Review] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Differs whenever a decision does."""
        return repr(sorted(self.reviews.items(), key=lambda item: item[0])) if self.reviews else ""

    def decision(self, new: VersionId, change: Change) -> Review | None:
        """Return the decision on a change."""
        del new
        return self.reviews.get(title(change))


@dataclass(frozen=True)
class Rules:
    """Rules that find something in changes, by the title of the first clause."""

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def __call__(self, comparison: Comparison) -> dict[int, tuple[Finding, ...]]:
        """Return what is found."""
        found = {change.number: self.findings.get(title(change), ()) for change in comparison.differing}
        return {number: findings for number, findings in found.items() if findings}


def find_everywhere(comparison: Comparison, rules: object = None) -> dict[int, tuple[Finding, ...]]:
    """Find a loss in every change."""
    del rules
    return {change.number: (finding(),) for change in comparison.differing}


def title(change: Change) -> str:
    """Return what a change goes by here."""
    return (change.new or change.old)[0].title


def write_reviews(content: Path, slug: str, verdicts: Iterable[str], *pairs: tuple[str, str]) -> None:
    """Write reviews that decide every change between some versions of a policy, with verdicts in turn.

    Args:
        content: the content folder.
        slug: the policy.
        verdicts: as in a review file, as many as are wanted: what is left is not decided.
        pairs: old and new versions by name.
    """
    policy = next(policy for policy in read_tree(content).policies if policy.slug == slug)
    names = [version.version_id for version in policy.versions]
    turns = iter(verdicts)
    folder = content / slug / "reviews"
    folder.mkdir(exist_ok=True)
    for old, new in pairs:
        first, last = names.index(old), names.index(new)  # type: ignore[arg-type] # names, read from a file
        spanned = policy.versions[first : last + 1]
        entries = [
            _entry(change, old, verdict)
            for change, verdict in zip(compare(spanned[0], spanned[-1], lineage_between(spanned)).differing, turns)  # noqa: B905 - the shorter of the two counts
        ]
        text = f"version: {new}\nchanges:\n" + "".join(entries)
        (folder / f"{new}.yml").write_text(text, encoding="utf-8")


def _entry(change: Change, old: str, verdict: str) -> str:
    is_down = verdict in {"reduces", "mixed"}
    clauses = ", ".join(str(clause.anchor) for clause in change.new or change.old)
    return (
        f"- clauses: {clauses}\n  since: {old}\n  words: {words_digest(change)}\n  verdict: {verdict}\n"
        f"  material: {'yes' if is_down else 'no'}\n  rights: {'' if verdict == 'neutral' else 'consent, deletion'}\n"
        f"  reason: Decided for the reason that {verdict} is what it does.\n"
        f"  for-readers: {'' if verdict == 'neutral' else 'We now do otherwise than before with what you tell us.'}\n"
        f"  practice: changed\n  by: Ann Other, counsel\n  on: 2021-12-24\n"
    )
