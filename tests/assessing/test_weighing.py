"""What the rules that speak come to."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech import Policy, compared, edited, policies

from smallprint.assessing.assess import hear
from smallprint.assessing.matching import Match
from smallprint.assessing.rule import Rule, When
from smallprint.assessing.rules import load_rules
from smallprint.assessing.weighing import Head, Loudest, Weights, load_weights, weigh
from smallprint.judgement import Direction

RULE = Rule("made-up", Direction.REDUCES, 0.8, (), "{said}", "Because.", "Somewhere", When())
NO = Head(-30.0, {})
NOTHING_LEARNED = Weights(NO, NO, NO, [], 0.5, 0.5, 0.5, 0.5)


def test_a_rule_that_nothing_was_learned_of_counts_by_its_weight() -> None:
    chances = weigh({}, [Match(RULE, 1.0)], NOTHING_LEARNED)

    assert chances.material == pytest.approx(0.8)
    assert chances.reduces == pytest.approx(0.8)
    assert chances.expands == pytest.approx(0)


def test_a_light_rule_still_reduces() -> None:
    chances = weigh({}, [Match(replace(RULE, weight=0.1), 1.0)], NOTHING_LEARNED)

    assert (chances.material, chances.reduces) == pytest.approx((0.1, 0.75))


def test_a_rule_that_expands_speaks_for_readers_only() -> None:
    chances = weigh({}, [Match(replace(RULE, direction=Direction.EXPANDS), 0.5)], NOTHING_LEARNED)

    assert (chances.material, chances.reduces, chances.expands) == pytest.approx((0, 0, 0.4))


def test_rules_that_nothing_was_learned_of_add_up() -> None:
    one, two = (weigh({}, [Match(RULE, 0.5)] * count, NOTHING_LEARNED).material for count in (1, 2))

    assert pytest.approx(one) == 0.4
    assert two == pytest.approx(1 - 0.6**2)


def test_a_rule_that_was_learned_of_counts_by_what_was_learned() -> None:
    weights = Weights(Head(0.0, {"rule made-up": 2.0}), NO, NO, ["made-up"], 0.5, 0.5, 0.5, 0.5)

    assert weigh({}, [Match(RULE, 1.0)], weights).material == 0.5
    assert weigh({"rule made-up": 1.0}, [Match(RULE, 1.0)], weights).material == pytest.approx(1 / (1 + math.exp(-2)))


def test_the_order_of_features_does_not_matter() -> None:
    """Not even in the last digit."""
    values = {f"feature {number}": random.Random(number).uniform(-1, 1) for number in range(50)}  # noqa: S311
    head = Head(0.1, {name: value / 7 for name, value in values.items()})
    backwards = dict(reversed(values.items()))

    assert head.chance(values) == head.chance(backwards)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_chance_is_between_0_and_1(bias: float, value: float) -> None:
    assert 0 <= Head(bias, {"a": value}).chance({"a": 3.0}) <= 1


@given(policies(), st.data())
def test_features_are_finite_and_named(policy: Policy, data: st.DataObject) -> None:
    for heard in hear(compared(policy, data.draw(edited(policy))), load_rules()):
        assert heard.matched
        for name, value in heard.features.items():
            assert name.strip()
            assert math.isfinite(value)
            assert 0 < value <= 3
        for match in heard.matched:
            assert 0 < match.strength <= 1
            assert f"rule {match.rule.id}" in heard.features


def test_the_loudest_is_kept() -> None:
    loudest = Loudest()
    for strength in (0.3, 0.9, 0.5):
        loudest.note([Match(RULE, strength)])

    assert loudest == {"made-up": 0.9}


def test_the_weights_belong_to_the_rules() -> None:
    """Nothing was learned of rules that are no more, and no number is out of bounds."""
    weights = load_weights()

    assert set(weights.known) <= {rule.id for rule in load_rules()}
    for head in (weights.material, weights.reduces, weights.expands):
        assert all(math.isfinite(value) for value in (head.bias, *head.weights.values()))
    for share in (weights.material_from, weights.reduces_from, weights.expands_from, weights.unclear_from):
        assert 0 < share < 1
