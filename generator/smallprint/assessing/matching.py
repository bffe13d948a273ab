"""Rules and what became of a sentence → which rules speak, and how loudly."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from smallprint.assessing.quantities import longest_period, lowest_age

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from smallprint.assessing.differences import Both, Difference, Step
    from smallprint.assessing.rule import Rule, When
    from smallprint.assessing.statements import Statement
    from smallprint.assessing.vocabulary import Term

_PRACTICES: Final = frozenset({"collect", "use", "share", "sell", "retain", "transfer", "train"})
_GRANTED_ELSEWHERE: Final = 0.4
"""What is left of a right lost or gained in one place, where the other version grants it in another."""
_REFUSED_ELSEWHERE: Final = 0.2
_REFUSED: Final = 0.8
_POINTED: Final = 0.4
"""What is left where the sentence only leads to where more is said."""
_LONGER: Final = 1.05
"""One year is no longer than twelve months, nor a month than thirty days."""
_MAY: Final = re.compile(r"\b(?:may|might|could|can)\b", re.IGNORECASE)
_WILL: Final = re.compile(r"\b(?:will|shall|must|always|do)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """One rule that speaks of one sentence."""

    rule: Rule
    strength: float
    """0 to 1: how much of what it looks for is new to, or gone from, the other version."""
    terms: tuple[Term, ...] = ()
    """What was gained or lost, the weightiest first; none where the rule goes by words."""
    is_gain: bool = True
    """Whether it goes by what the new sentence has; else by what the old one had."""
    start: int = 0
    """Where in that sentence the words are that it goes by, in characters."""
    end: int = 0


def matches(
    rules: Sequence[Rule], step: Step, found: Sequence[Difference], around: Sequence[Statement], both: Both
) -> Iterator[Match]:
    """Yield the rules that speak of a sentence.

    Args:
        rules: the rules that hold.
        step: what became of the sentence.
        found: the terms it gained and lost.
        around: the titles above it and the table row it stands in.
        both: the two versions.
    """
    told = {is_gain: _Told.of(found, is_gain=is_gain) for is_gain in (True, False)}
    for rule in rules:
        when = rule.when
        if (when.sentence and step.kind not in when.sentence) or step.own < when.own:
            continue
        if when.turns:
            match = None if step.kind != "changed" else _turned(rule, step, around)
        else:
            match = max(_sides(rule, step, told, around, both), key=lambda match: match.strength, default=None)
        if match and match.strength > 0:
            yield replace(match, strength=match.strength * _POINTED) if step.said.is_pointer else match


class _Told(NamedTuple):
    """What one side of a sentence says that the other does not."""

    differences: tuple[Difference, ...]
    names: frozenset[str]
    """The terms and facets of them."""

    @classmethod
    def of(cls, found: Sequence[Difference], *, is_gain: bool) -> Self:
        differences = tuple(difference for difference in found if difference.is_gain == is_gain)
        terms = [difference.hit.term for difference in differences]
        return cls(differences, frozenset(name for term in terms for name in (term.key, term.facet)))


def _turned(rule: Rule, step: Step, around: Sequence[Statement]) -> Match | None:
    """Return a match where a sentence that stands on both sides turned in the way a rule looks for."""
    old, new = step.old, step.new
    if not (old and new and step.pair.old and step.pair.new) or not _fits(rule.when, new, around):
        return None
    if rule.when.turns == "refusal-into-practice":
        if old.is_refusal and not new.is_refusal and old.actions:
            return Match(rule, 1.0, (), is_gain=False)
        return None
    if rule.when.turns == "will-into-may":
        is_weaker = _WILL.search(step.pair.old.changed_text) and _MAY.search(step.pair.new.changed_text)
        return Match(rule, 1.0) if is_weaker else None
    what, way = rule.when.turns.rsplit("-", 1)
    measure = longest_period if what == "period" else lowest_age
    before, after = measure(old.text), measure(new.text)
    is_turned = before and after and (after > before * _LONGER if way == "up" else after * _LONGER < before)
    return Match(rule, 1.0) if is_turned else None


def _sides(
    rule: Rule, step: Step, told: Mapping[bool, _Told], around: Sequence[Statement], both: Both
) -> Iterator[Match]:
    when = rule.when
    for is_gain in (True, False):
        terms, pattern = (when.gained, when.gained_words) if is_gain else (when.lost, when.lost_words)
        if terms and terms.isdisjoint(told[is_gain].names):
            continue
        own, other = (step.new, step.old) if is_gain else (step.old, step.new)
        sentence = step.pair.new if is_gain else step.pair.old
        if not (terms or pattern) or own is None or sentence is None or not _fits(when, own, around):
            continue
        start = end = 0
        if pattern:
            held = [
                match
                for match in pattern.finditer(own.text)
                if step.kind != "changed" or sentence.is_changed_at(match.start(), match.end())
            ]
            if not held or (other and pattern.search(other.text)):
                continue
            start, end = held[0].span()
        if terms:
            yield from _by_terms(rule, terms, step, own, told[is_gain].differences, both)
        else:
            yield Match(rule, step.own, (), is_gain, start, end)


def _by_terms(  # noqa: PLR0913, PLR0917 - as `matches`, for one side
    rule: Rule, terms: Collection[str], step: Step, own: Statement, found: Sequence[Difference], both: Both
) -> Iterator[Match]:
    held = [d for d in found if _is_among(terms, d.hit.term) and d.novelty >= rule.when.novelty]
    if not held:
        return
    held.sort(key=lambda d: (-_strength(rule, d, step, own, both), -d.hit.term.weight, d.hit.start))
    best = held[0]
    # What else counts as much is named beside it.
    named = [d for d in held if d.novelty >= best.novelty - 0.25]
    yield Match(
        rule,
        _strength(rule, best, step, own, both),
        tuple(dict.fromkeys(d.hit.term for d in named)),
        best.is_gain,
        best.hit.start,
        best.hit.end,
    )


def _strength(rule: Rule, difference: Difference, step: Step, own: Statement, both: Both) -> float:
    strength = difference.novelty * step.own
    there = both.other(is_gain=difference.is_gain)
    if difference.hit.term.facet == "right" and there.grants(difference.hit.term.key, own):
        strength *= _GRANTED_ELSEWHERE
    actions = own.actions & _PRACTICES
    if rule.when.stance == "refusal" and actions:
        refused = sum(there.refuses(action, key) for action in actions for key in own.objects)
        left = 1 - (1 - _REFUSED_ELSEWHERE) * refused / (len(actions) * len(own.objects))
        strength = max(strength, _REFUSED) * left
    return strength


def _fits(when: When, own: Statement, around: Sequence[Statement]) -> bool:
    if when.stance and own.stance != when.stance:
        return False
    if when.saying and not _says(when.saying, own):
        return False
    if when.not_saying and _says(when.not_saying, own):
        return False
    return not when.around or any(_says(when.around, statement) for statement in (own, *around))


def _says(keys: Collection[str], statement: Statement) -> bool:
    return any(key in statement.terms or key in statement.facets for key in keys)


def _is_among(keys: Collection[str], term: Term) -> bool:
    return term.key in keys or term.facet in keys
