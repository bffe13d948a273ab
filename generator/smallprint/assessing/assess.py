"""A comparison → what the rules find in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.assessing.differences import Both, differences, steps
from smallprint.assessing.elsewhere import whole
from smallprint.assessing.languages import unclear_changes, unread_language
from smallprint.assessing.matching import Match, matches
from smallprint.assessing.passages import passages
from smallprint.assessing.plugged_in import plugged_in_findings
from smallprint.assessing.promise import promise_findings
from smallprint.assessing.reasons import finding
from smallprint.assessing.rules import load_rules
from smallprint.assessing.statements import statement
from smallprint.assessing.weighing import Loudest, Surroundings, features_of, load_weights, weigh
from smallprint.judgement import Direction, Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.assessing.differences import Step
    from smallprint.assessing.passages import Passage
    from smallprint.assessing.rule import Rule
    from smallprint.assessing.statements import Statement
    from smallprint.judgement import Finding
    from smallprint.model import Comparison

_IN_A_PARAGRAPH: Final = 4
"""A paragraph gets at most so many findings, each of another rule; more would say the same of the same loss."""


@dataclass(frozen=True)
class Heard:
    """A sentence with the rules that speak of it."""

    passage: Passage
    step: Step
    matched: tuple[Match, ...]
    features: Mapping[str, float]


def assess(comparison: Comparison, rules: Sequence[Rule] | None = None) -> Mapping[int, tuple[Finding, ...]]:
    """Return what the rules find, by the number of the change, changes without findings left out.

    The findings of a change stand with the weightiest first: what is material before what is not, losses before gains.

    Args:
        comparison: two versions compared.
        rules: the rules that hold; those that come with smallprint by default.

    Raises:
        UsageError: An analyser that was plugged in does not give what it must.
    """
    found: dict[int, list[Finding]] = {}
    if strange := unread_language(comparison):
        found = {number: [claim] for number, claim in unclear_changes(comparison, strange)}
    else:
        for number, claim in _claims(comparison, load_rules() if rules is None else rules):
            found.setdefault(number, []).append(claim)
    for number, claims in promise_findings(comparison).items():
        told = found.get(number, [])
        found[number] = [*(claim for claim in claims if not any(_says_as_much(one, claim) for one in told)), *told]
    for number, claims in plugged_in_findings(comparison).items():
        found.setdefault(number, []).extend(claims)
    return MappingProxyType({number: tuple(sorted(claims, key=_by_weight)) for number, claims in sorted(found.items())})


def _says_as_much(one: Finding, promise: Finding) -> bool:
    """Tell whether a finding of the rules on notice leaves nothing to say to the one that goes by the marks."""
    is_same = one.direction.is_down if promise.direction.is_down else one.direction is promise.direction
    return is_same and Right.NOTICE in one.rights and one.material >= promise.material


def _by_weight(claim: Finding) -> tuple[bool, int]:
    return not claim.material, tuple(Direction).index(claim.direction)


def _claims(comparison: Comparison, rules: Sequence[Rule]) -> Iterator[tuple[int, Finding]]:
    """Yield the findings of each paragraph, the likeliest of each rule, with the number of their change."""
    weights = load_weights()
    for passage, group in groupby(hear(comparison, rules), key=lambda heard: heard.passage):
        best: dict[str, tuple[float, int, Finding]] = {}
        for place, heard in enumerate(group):
            chances = weigh(heard.features, heard.matched, weights)
            claim = finding(heard.step, heard.matched, chances, weights)
            if claim:
                chance = chances.expands if claim.direction is Direction.EXPANDS else chances.material
                known = best.get(claim.rule)
                if known is None or (claim.material, chance) > (known[2].material, known[0]):
                    best[claim.rule] = chance, place, claim
        likeliest = sorted(best.values(), key=lambda entry: (not entry[2].material, -entry[0], entry[1]))
        for _, _, claim in sorted(likeliest[:_IN_A_PARAGRAPH], key=lambda entry: entry[1]):
            yield passage.change.number, claim


def hear(comparison: Comparison, rules: Sequence[Rule]) -> Iterator[Heard]:
    """Yield each sentence that any rule speaks of, in reading order."""
    both = Both(whole(comparison.old), whole(comparison.new))
    told = (passage for passage in passages(comparison) if not passage.is_title)
    for _, group in groupby(told, key=lambda passage: passage.change.number):
        yield from _hear_change(list(group), rules, both)


def _hear_change(of_change: Sequence[Passage], rules: Sequence[Rule], both: Both) -> Iterator[Heard]:
    in_change = Loudest()
    spoken = []
    for passage in of_change:
        around = _around(passage)
        in_paragraph = Loudest()
        for step in steps(both, passage):
            found = differences(both, step)
            matched = tuple(matches(rules, step, found, around, both))
            in_paragraph.note(matched)
            in_change.note(matched)
            spoken.append((passage, step, matched, found, Surroundings(around, in_paragraph, in_change)))
    for passage, step, matched, found, surroundings in spoken:
        if matched:
            yield Heard(passage, step, matched, features_of(step, matched, found, surroundings, both))


def _around(passage: Passage) -> list[Statement]:
    clause = (passage.change.new or passage.change.old)[0]
    around = [statement(" / ".join((*clause.path, clause.title)))]
    if passage.is_row:
        around.append(statement(passage.new_text or passage.old_text))
    return around
