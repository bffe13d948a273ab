"""A version → the changes of it that a person may be asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smallprint.judgement import Judgement
from smallprint.reviewing.digest import words_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from smallprint.judgement import Finding
    from smallprint.model import Change, Comparison, Version

    Assess = Callable[[Comparison], Mapping[int, tuple[Finding, ...]]]
    """Gives what the rules find in a comparison, by the number of the change."""


@dataclass(frozen=True, slots=True)
class Question:
    """One change as a review asks about it."""

    words: str
    """What a decision is bound to."""
    findings: tuple[Finding, ...]
    comparison: Comparison
    change: Change

    @property
    def is_needed(self) -> bool:
        """Whether the rules found something that a person has to decide."""
        return Judgement(self.findings).is_open

    @property
    def clauses(self) -> str:
        """The ids of its clauses for people: `collection.cookies`, or `security.cookies -> collection.cookies`."""
        old, new = (", ".join(clause.anchor for clause in side) for side in (self.change.old, self.change.new))
        return f"{old} -> {new}" if old and new and old != new else new or old


def anchors_of(version: Version) -> frozenset[str]:
    """Return what an entry of a review may call the clauses of a version: their ids, or their anchors without one."""
    return frozenset(clause.anchor for clause in version.clauses)


def ask_of(comparisons: Iterable[Comparison], assess: Assess) -> Mapping[str, Question]:
    """Return every change of some comparisons by the digest of its words, in reading order.

    The same words are asked about once, with all that was found on them.

    Args:
        comparisons: the step first, then the way from the baseline.
        assess: the rules.
    """
    questions: dict[str, Question] = {}
    for comparison in comparisons:
        findings = assess(comparison) if comparison.differing else {}
        for change in comparison.differing:
            words, found = words_digest(change), findings.get(change.number, ())
            known = questions.get(words)
            if known is None:
                questions[words] = Question(words, found, comparison, change)
            else:
                more = tuple(finding for finding in found if finding not in known.findings)
                questions[words] = replace(known, findings=known.findings + more)
    return questions
