"""A comparison → what the rules find in it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.assessing.differences import Both, differences, steps
from smallprint.assessing.elsewhere import Whole
from smallprint.assessing.matching import Match, matches
from smallprint.assessing.passages import passages
from smallprint.assessing.reasons import finding
from smallprint.assessing.rules import load_rules
from smallprint.assessing.statements import statement
from smallprint.assessing.weighing import Chances, features_of, load_weights, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.assessing.differences import Step
    from smallprint.assessing.passages import Passage
    from smallprint.assessing.rule import Rule
    from smallprint.assessing.statements import Statement
    from smallprint.assessing.weighing import Weights
    from smallprint.judgement import Finding
    from smallprint.model import Comparison

_SHOWN: Final = 4
"""How many findings a paragraph gets at most; the rest would say the same of the same loss."""


@dataclass(frozen=True)
class Heard:
    """A sentence with the rules that speak of it."""

    passage: Passage
    step: Step
    matched: tuple[Match, ...]
    features: Mapping[str, float]


def assess(comparison: Comparison, rules: Sequence[Rule] | None = None) -> Mapping[int, tuple[Finding, ...]]:
    """Return what the rules find, by the number of the change, changes without findings left out.

    Args:
        comparison: two versions compared.
        rules: the rules that hold; those that come with smallprint by default.
    """
    weights = load_weights()
    found: dict[int, list[Finding]] = {}
    for heard in hear(comparison, load_rules() if rules is None else rules):
        chances = weigh(heard.features, heard.matched, weights)
        claim = finding(heard.step, heard.matched, chances, weights)
        if claim:
            found.setdefault(heard.passage.change.number, []).append(claim)
    return MappingProxyType({number: tuple(claims) for number, claims in found.items()})


def hear(comparison: Comparison, rules: Sequence[Rule]) -> Iterator[Heard]:
    """Yield each sentence that any rule speaks of, in reading order."""
    both = Both(Whole(comparison.old), Whole(comparison.new))
    for passage in passages(comparison):
        if not passage.is_title:
            yield from _hear_passage(passage, rules, both)


def _hear_passage(passage: Passage, rules: Sequence[Rule], both: Both) -> Iterator[Heard]:
    around = _around(passage)
    spoken = []
    beside: dict[str, float] = {}
    for step in steps(both, passage):
        found = differences(both, step)
        matched = tuple(matches(rules, step, found, around, both))
        for match in matched:
            beside[match.rule.id] = max(beside.get(match.rule.id, 0.0), match.strength)
        spoken.append((step, found, matched))
    for step, found, matched in spoken:
        if matched:
            yield Heard(passage, step, matched, features_of(step, matched, beside, found, around, both))


def _around(passage: Passage) -> list[Statement]:
    clause = (passage.change.new or passage.change.old)[0]
    around = [statement(" / ".join((*clause.path, clause.title)))]
    if passage.is_row:
        around.append(statement(passage.new_text or passage.old_text))
    return around
