"""The rules that speak of a sentence → one finding, in words that stand in the text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallprint.assessing.differences import Step
from smallprint.assessing.matching import Match
from smallprint.assessing.passages import Pair, Sentence
from smallprint.assessing.reasons import finding
from smallprint.assessing.rule import Rule, When
from smallprint.assessing.statements import statement
from smallprint.assessing.vocabulary import vocabulary
from smallprint.assessing.weighing import Chances, Head, Weights
from smallprint.judgement import Direction, Finding, Right

HEAD = Head(0.0, {})
WEIGHTS = Weights(HEAD, HEAD, HEAD, [], 0.5, 0.5, 0.5, 0.3)
DOWN = Rule("loss", Direction.REDUCES, 0.8, (Right.CONSENT,), "It is gone: {said}.", "Because.", "A source", When())
UP = replace(DOWN, id="gain", direction=Direction.EXPANDS, rights=(Right.ACCESS,))
OPEN = replace(DOWN, id="open", direction=Direction.UNCLEAR)
TEXT = "We share your name, your email address and, if you are in a hurry, your location with carriers (and others)."
CERTAIN, LIKELY, HARDLY, NO = 0.9, 0.6, 0.4, 0.1


def step_of(text: str, *changed: tuple[int, int], old: bool = False) -> Step:
    sentence = Sentence(text, changed or ((0, len(text)),))
    pair = Pair(sentence, None) if old else Pair(None, sentence)
    said = statement(text)
    return Step(pair, said if old else None, None if old else said, "removed" if old else "added", 1.0)


def told(matched: list[Match], material: float, reduces: float, expands: float) -> Finding | None:
    return finding(step_of(TEXT), matched, Chances(material, reduces, expands), WEIGHTS)


def quoted(text: str, match: Match, *changed: tuple[int, int], old: bool = False) -> str:
    """Return the words in quotation marks in the reason."""
    claim = finding(step_of(text, *changed, old=old), [match], Chances(CERTAIN, CERTAIN, NO), WEIGHTS)
    assert claim is not None
    found = re.fullmatch(r"It is gone: “(.*)”\.", claim.reason)
    assert found is not None, claim.reason
    return found[1]


# What it comes to


@pytest.mark.parametrize(
    ("matched", "chances", "direction", "material"),
    [
        ([DOWN], (CERTAIN, CERTAIN, NO), Direction.REDUCES, True),
        ([DOWN], (NO, LIKELY, NO), Direction.REDUCES, False),
        ([DOWN], (NO, HARDLY, NO), Direction.UNCLEAR, False),
        ([DOWN], (NO, NO, NO), None, False),
        ([UP], (NO, NO, LIKELY), Direction.EXPANDS, False),
        ([UP], (CERTAIN, CERTAIN, NO), None, False),
        ([DOWN], (NO, NO, CERTAIN), None, False),
        ([DOWN, UP], (LIKELY, LIKELY, LIKELY), Direction.MIXED, True),
        ([DOWN, UP], (NO, LIKELY, LIKELY), Direction.MIXED, False),
        ([DOWN, UP], (CERTAIN, CERTAIN, LIKELY), Direction.REDUCES, True),
        ([DOWN, UP], (NO, LIKELY, CERTAIN), Direction.EXPANDS, False),
        ([DOWN, UP], (LIKELY, LIKELY, CERTAIN), Direction.MIXED, True),
        ([OPEN], (CERTAIN, CERTAIN, NO), Direction.UNCLEAR, False),
    ],
)
def test_direction(
    matched: list[Rule], chances: tuple[float, float, float], direction: Direction | None, material: bool
) -> None:
    claim = told([Match(rule, 1.0) for rule in matched], *chances)

    if direction is None:
        assert claim is None
    else:
        assert claim is not None
        assert (claim.direction, claim.material) == (direction, material)


def test_the_rule_that_says_most_gives_the_reason() -> None:
    quiet = replace(DOWN, id="quiet", weight=0.2, message="Quietly: {said}.", source="Another source")
    claim = told([Match(quiet, 1.0), Match(DOWN, 0.9)], CERTAIN, CERTAIN, NO)

    assert claim is not None
    assert (claim.rule, claim.source) == ("loss", "A source")


def test_of_rules_as_loud_as_each_other_one_is_taken_whatever_the_order() -> None:
    """Where 0.6 of 0.7 and 0.7 of 0.6 differ in the last digit, too."""
    one = Match(replace(DOWN, id="one", weight=0.1 + 0.2), 1.0)
    two = Match(replace(DOWN, id="two", weight=0.3), 1.0)
    claims = [told(matched, CERTAIN, CERTAIN, NO) for matched in ([one, two], [two, one])]

    assert [claim and claim.rule for claim in claims] == ["two", "two"]


def test_rights_are_those_of_what_speaks_three_at_most() -> None:
    rules = [replace(DOWN, id=right, rights=(right,), weight=0.5) for right in list(Right)[:5]]
    claim = told([Match(rule, 1.0) for rule in rules], CERTAIN, CERTAIN, NO)

    assert claim is not None
    assert len(claim.rights) == 3


def test_terms_bring_their_rights() -> None:
    brokers = vocabulary().terms["recipient.brokers"]
    claim = told([Match(DOWN, 1.0, (brokers,))], CERTAIN, CERTAIN, NO)

    assert claim is not None
    assert claim.rights == (Right.CONSENT, Right.SHARING, Right.SALE)


def test_where_no_right_is_named_it_is_another() -> None:
    claim = told([Match(replace(DOWN, rights=()), 1.0)], CERTAIN, CERTAIN, NO)

    assert claim is not None
    assert claim.rights == (Right.OTHER,)


# The words


def test_the_whole_sentence_is_the_quote() -> None:
    claim = told([Match(DOWN, 1.0)], CERTAIN, CERTAIN, NO)

    assert claim is not None
    assert (claim.old_quote, claim.new_quote) == (None, TEXT)


def test_a_short_change_is_told_as_it_is() -> None:
    assert quoted(TEXT, Match(DOWN, 1.0, start=25, end=30), (20, 38)) == "your email address"


def test_of_a_long_change_the_part_is_told_that_it_is_about() -> None:
    at = TEXT.index("location")

    assert quoted(TEXT, Match(DOWN, 1.0, start=at, end=at + 8)) == "your location with carriers"


def test_a_long_part_is_cut_on_both_sides() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    at = text.index("word30")

    assert quoted(text, Match(DOWN, 1.0, start=at, end=at + 6)) == " ".join(f"word{n}" for n in range(24, 37))


def test_a_rule_about_old_words_quotes_the_old_sentence() -> None:
    assert quoted("We ask you first.", Match(DOWN, 1.0, is_gain=False, start=3, end=6), old=True) == "We ask you first"


def test_the_change_of_a_lone_sign_is_told_with_its_sentence() -> None:
    """A rule that goes by the whole sentence has no place in it."""
    assert quoted("• We may share it.", Match(DOWN, 1.0), (0, 1)) == "We may share it"


def test_terms_are_named() -> None:
    terms = tuple(vocabulary().terms[key] for key in ("data.health", "data.biometric", "data.location"))
    rule = replace(DOWN, message="{things} are new: {said}.")
    claim = told([Match(rule, 1.0, terms, start=14, end=18)], CERTAIN, CERTAIN, NO)

    assert claim is not None
    assert claim.reason.startswith("Health data, biometric data and location are new: “")


@given(st.data())
def test_the_words_quoted_stand_in_the_sentence(data: st.DataObject) -> None:
    """Whatever the place and the changed runs; white space counts as one space, and what is cut off has a mark."""
    text = data.draw(st.text(st.sampled_from("abc ,;().\u00a0–"), min_size=3, max_size=200)).strip() + "end"
    points = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4, unique=True)))
    word = data.draw(st.sampled_from(list(re.finditer(r"\w+", text))))
    said = quoted(text, Match(DOWN, 1.0, start=word.start(), end=word.end()), tuple(points[:2]), tuple(points[2:]))

    assert said
    assert said.removesuffix("…").strip() in " ".join(text.split())
    assert len(said.split()) <= 15
