"""Which rules speak of a sentence, and where → how likely a careful reader would call it a loss, a gain, material.

Rules know what they look for; what many of them together come to was learned from changes that people labelled. The
model is linear, three heads over the same features, so that each weight can be read: `weights.json`, written by
`tests/bench/train.py`. A rule the model has not met (one of a team's own) counts by its own `weight`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from smallprint.judgement import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.assessing.differences import Both, Difference, Step
    from smallprint.assessing.matching import Match
    from smallprint.assessing.statements import Statement

_FILE: Final = Path(__file__).with_name("weights.json")
_SPEAKING: Final = frozenset({"purpose", "recipient", "condition", "weakener", "right", "scope", "children"})
_MOST: Final = 3.0


class Head(msgspec.Struct, frozen=True):
    """One question put to a sentence."""

    bias: float
    weights: dict[str, float]
    """By the name of the feature."""

    def chance(self, features: Mapping[str, float]) -> float:
        """Return how likely the answer is yes, 0 to 1."""
        # Exact, so that features in another order come to the same in every digit.
        total = math.fsum((self.bias, *(self.weights.get(name, 0.0) * value for name, value in features.items())))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class Weights(msgspec.Struct, frozen=True):
    """The three heads, the rules they were learned with, and from where on an answer is taken for yes."""

    material: Head
    reduces: Head
    expands: Head
    known: list[str]
    """The ids of the rules they were learned with."""
    material_from: float
    reduces_from: float
    expands_from: float
    unclear_from: float


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely a careful reader would say so, each 0 to 1."""

    material: float
    reduces: float
    expands: float


@cache
def load_weights() -> Weights:
    """Return the weights that come with smallprint."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Weights)


def weigh(features: Mapping[str, float], matched: Sequence[Match], weights: Weights) -> Chances:
    """Return how likely each answer is; rules that the weights do not know count by their own weight."""
    extra = dict.fromkeys(("material", "reduces", "expands"), 1.0)
    known = frozenset(weights.known)
    chances = {
        "material": weights.material.chance(features),
        "reduces": weights.reduces.chance(features),
        "expands": weights.expands.chance(features),
    }
    for match in matched:
        if match.rule.id in known:
            continue
        said = match.rule.weight * match.strength
        if match.rule.direction is Direction.REDUCES:
            extra["material"] *= 1 - said
            extra["reduces"] *= 1 - max(said, 0.75 * match.strength)
        elif match.rule.direction is Direction.EXPANDS:
            extra["expands"] *= 1 - max(said, 0.75 * match.strength)
    return Chances(**{name: 1 - (1 - chance) * extra[name] for name, chance in chances.items()})


class Loudest(dict[str, float]):
    """The rules that speak of any of several sentences, by id, with the greatest strength of each."""

    def note(self, matched: Sequence[Match]) -> None:
        """Add the rules that speak of one more sentence."""
        for match in matched:
            self[match.rule.id] = max(self.get(match.rule.id, 0.0), match.strength)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a sentence stands."""

    around: Sequence[Statement]
    """The titles above it, then the table row it stands in, where it does."""
    in_paragraph: Loudest
    in_change: Loudest


def features_of(
    step: Step, matched: Sequence[Match], found: Sequence[Difference], surroundings: Surroundings, both: Both
) -> dict[str, float]:
    """Return what the model goes by, by name.

    Args:
        step: what became of the sentence.
        matched: the rules that speak of it.
        found: the terms it gained and lost.
        surroundings: where it stands, and what is heard there.
        both: the two versions.
    """
    titles, *rows = surroundings.around
    features: dict[str, float] = {f"under {action}": 0.5 for action in titles.actions}
    own = {match.rule.id for match in matched}
    for match in matched:
        features[f"rule {match.rule.id}"] = match.strength
    for place, heard in (("beside", surroundings.in_paragraph), ("near", surroundings.in_change)):
        for rule_id, strength in heard.items():
            if rule_id not in own:
                features[f"{place} {rule_id}"] = 0.5 * strength
    features[f"{step.kind} {step.said.stance}"] = 0.5 + 0.5 * step.own
    _add_novelty(features, step, both)
    _add_terms(features, step, found)
    for row in rows:
        features["row"] = 0.5
        for key, term in row.terms.items():
            if term.facet in {"purpose", "recipient"}:
                features[f"row {key}"] = 0.3
    return {name: min(value, _MOST) for name, value in features.items() if value}


def _add_terms(features: dict[str, float], step: Step, found: Sequence[Difference]) -> None:
    """Say what is gained and lost, and what the sentence speaks of."""
    for difference in found:
        sign = "gained" if difference.is_gain else "lost"
        term = difference.hit.term
        value = 0.5 * difference.novelty * step.own
        side = step.new if difference.is_gain else step.old
        name = f"{sign} {term.facet} {side.stance if side else ''}"
        features[name] = min(1.0, features.get(name, 0.0) + value * (term.weight or 1) / 2)
        features[f"{sign} {term.key}"] = max(features.get(f"{sign} {term.key}", 0.0), value)
    for key, term in step.said.terms.items():
        if term.facet in _SPEAKING or key == "data.aggregate":
            features[f"says {key}"] = 0.3


def _add_novelty(features: dict[str, float], step: Step, both: Both) -> None:
    """Say how many words of substance the other version has nowhere."""
    old = step.old.stems if step.old else frozenset()
    new = step.new.stems if step.new else frozenset()
    is_changed = step.kind == "changed"
    gained = new - old if is_changed else new if step.kind == "added" else frozenset()
    lost = old - new if is_changed else old if step.kind == "removed" else frozenset()
    unheard = [stem for stem in gained if stem not in both.old.counts]
    gone = [stem for stem in lost if stem not in both.new.counts]
    size = max(1, len(step.said.stems))
    features["words unheard"] = math.log1p(len(unheard)) / 2
    features["words gone"] = math.log1p(len(gone)) / 2
    features["share unheard"] = len(unheard) / size
    features["share gone"] = len(gone) / size
