"""Labelled sentences → the weights of the assessment's linear model.

Logistic regression with a normal prior around what the rules' own weights say: where labels are many they decide, where
a rule met none or few, the rule's author does. Plain Python and a fixed order of everything, so that the same labels
give the same weights on any machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallprint.assessing.weighing import Head
from smallprint.judgement import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from labelled import Said

    from smallprint.assessing.rule import Rule

TIGHTNESS = 6.0
"""How tightly weights are held to the prior."""
FROM_RULES = 6.0
"""What a rule of full weight starts from, in log-odds."""
_NOTHING_BELOW = 0.35
"""A rule of this weight or less starts from nothing."""
_FROM_HISTORIES = 0.7
"""Their labels are one reader's; those of the cases are two readers'."""
_STEPS = 400
_ROUNDED = 3


@dataclass(frozen=True)
class Question:
    """What a head is asked of a sentence."""

    name: str
    is_yes: Callable[[Said], bool]
    favours: Direction


MATERIAL = Question("material", lambda said: any(label.is_loss for label in said.near), Direction.REDUCES)
REDUCES = Question("reduces", lambda said: any(label.direction.is_down for label in said.near), Direction.REDUCES)
EXPANDS = Question(
    "expands",
    lambda said: any(label.direction in {Direction.EXPANDS, Direction.MIXED} for label in said.near),
    Direction.EXPANDS,
)


def learn(said: Sequence[Said], rules: Sequence[Rule], question: Question) -> Head:
    """Return the head that answers a question best on labelled sentences.

    Args:
        said: the sentences; those that no rule of the question's direction speaks of teach nothing and are left out.
        rules: the rules that spoke.
        question: what is asked.
    """
    said = [one for one in said if any(match.rule.direction is question.favours for match in one.matched)]
    # Rules that none of these sentences met keep what their authors gave them.
    names = sorted({name for one in said for name in one.features} | {f"rule {rule.id}" for rule in rules})
    index = {name: number for number, name in enumerate(names)}
    rows = [[(index[name], value) for name, value in one.features.items()] for one in said]
    signs = [1.0 if question.is_yes(one) else -1.0 for one in said]
    shares = [1.0 if one.is_case else _FROM_HISTORIES for one in said]
    prior = _prior(names, rules, question)
    weights = _minimise(rows, signs, shares, prior)
    kept = {name: round(weight, _ROUNDED) for name, weight in zip(names, weights, strict=False)}
    return Head(round(weights[-1], _ROUNDED), {name: weight for name, weight in kept.items() if weight})


def _prior(names: Sequence[str], rules: Sequence[Rule], question: Question) -> list[float]:
    start = {
        f"rule {rule.id}": FROM_RULES
        * max(0.0, rule.weight - _NOTHING_BELOW)
        * (1 if rule.direction is question.favours else -1)
        for rule in rules
        if rule.direction in {Direction.REDUCES, Direction.EXPANDS}
    }
    return [start.get(name, 0.0) for name in names]


def _minimise(
    rows: Sequence[Sequence[tuple[int, float]]],
    signs: Sequence[float],
    shares: Sequence[float],
    prior: Sequence[float],
) -> list[float]:
    """Return the weights, the bias last, by Nesterov's accelerated descent; the loss is convex, so there is one end."""
    size = len(prior)
    # The largest curvature there can be, by the largest row: steps no longer than its inverse never diverge.
    curve = TIGHTNESS + 0.25 * _largest(rows, shares, size)
    now = [*prior, -2.0]
    ahead = list(now)
    momentum = 1.0
    for _ in range(_STEPS):
        slope = [TIGHTNESS * (a - p) for a, p in zip(ahead, prior, strict=False)] + [0.0]
        bias = ahead[size]
        for row, sign, share in zip(rows, signs, shares, strict=True):
            margin = sign * (bias + sum(ahead[at] * value for at, value in row))
            pull = -sign * share / (1 + math.exp(min(margin, 60.0)))
            slope[size] += pull
            for at, value in row:
                slope[at] += pull * value
        then = [a - s / curve for a, s in zip(ahead, slope, strict=True)]
        following = (1 + math.sqrt(1 + 4 * momentum * momentum)) / 2
        push = (momentum - 1) / following
        ahead = [t + push * (t - n) for t, n in zip(then, now, strict=True)]
        now, momentum = then, following
    return now


def _largest(rows: Sequence[Sequence[tuple[int, float]]], shares: Sequence[float], size: int) -> float:
    """Return the largest eigenvalue of the rows' weighted square, by repeated application."""
    vector = [1.0] * (size + 1)
    value = 1.0
    for _ in range(30):
        image = [0.0] * (size + 1)
        for row, share in zip(rows, shares, strict=True):
            along = share * (vector[size] + sum(vector[at] * part for at, part in row))
            image[size] += along
            for at, part in row:
                image[at] += along * part
        value = math.sqrt(sum(part * part for part in image)) or 1.0
        vector = [part / value for part in image]
    return value
