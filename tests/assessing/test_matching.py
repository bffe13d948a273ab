"""When a rule speaks of a sentence: each key of `when` on its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from plain import version
from smallprint.assessing.assess import hear
from smallprint.assessing.rule import Rule, When
from smallprint.comparing import compare
from smallprint.judgement import Direction

if TYPE_CHECKING:
    from smallprint.assessing.matching import Match

FRAME = "# Policy {#policy}\n\n## TITLE {#part}\n\nWe are open on weekdays.\n\nSENTENCE\n\nLetters are answered.\n"
RULE = Rule("made-up", Direction.REDUCES, 0.8, (), "Now: {said}.", "Because.", "Somewhere", When())


def heard(old: str, new: str, title: str = "Practice", **when: object) -> Match | None:
    """Return what a rule with such a `when` says to a sentence."""
    frame = FRAME.replace("TITLE", title)
    comparison = compare(version(frame.replace("SENTENCE", old)), version(frame.replace("SENTENCE", new)))
    rule = replace(RULE, when=When(**when))  # type: ignore[arg-type] # as a rule file gives them
    return next((match for said in hear(comparison, (rule,)) for match in said.matched), None)


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


BIOMETRIC = frozenset({"data.biometric"})
DATA = frozenset({"data"})


def test_gained_terms() -> None:
    match = heard("We collect your name.", "We collect your name and fingerprints.", gained=BIOMETRIC)

    assert match is not None
    assert [term.key for term in match.terms] == ["data.biometric"]
    assert (match.is_gain, match.strength) == (True, 1.0)
    assert heard("We collect your name and fingerprints.", "We collect your name.", gained=BIOMETRIC) is None


def test_a_facet_stands_for_all_its_terms() -> None:
    assert heard("We collect it.", "We collect it and fingerprints.", gained=DATA)


def test_lost_terms() -> None:
    match = heard("We collect your name and fingerprints.", "We collect your name.", lost=BIOMETRIC)

    assert match is not None
    assert not match.is_gain
    assert heard("We collect your name.", "We collect your name and fingerprints.", lost=BIOMETRIC) is None


def test_gained_words() -> None:
    when = {"gained_words": pattern("without asking")}
    match = heard("We open letters.", "We open letters without asking.", **when)

    assert match is not None
    assert (match.start, match.end) == (16, 30)
    assert heard("We open letters without asking.", "We open all letters without asking.", **when) is None


def test_lost_words() -> None:
    when = {"lost_words": pattern("after asking")}

    assert heard("We open letters after asking.", "We open letters.", **when)
    assert heard("We open letters.", "We open letters after asking.", **when) is None


def test_words_and_terms_must_both_hold() -> None:
    when = {"gained": BIOMETRIC, "gained_words": pattern("scan")}

    assert heard("We meet you.", "We meet you and scan fingerprints.", **when)
    assert heard("We meet you.", "We meet you and keep fingerprints.", **when) is None
    assert heard("We meet you.", "We meet you and scan hats.", **when) is None


@pytest.mark.parametrize(
    ("turns", "old", "new"),
    [
        ("refusal-into-practice", "We will not share your name.", "We will share your name."),
        ("will-into-may", "We will tell you of changes.", "We may tell you of changes."),
        ("period-up", "We keep your name for 30 days.", "We keep your name for 60 days."),
        ("period-down", "We keep your name for 2 months.", "We keep your name for 14 days."),
        ("age-up", "We do not collect data of children under 13.", "We do not collect data of children under 16."),
        ("age-down", "We do not collect data of children under 16.", "We do not collect data of children under 13."),
    ],
)
def test_turns(turns: str, old: str, new: str) -> None:
    assert heard(old, new, turns=turns)
    assert heard(new, old, turns=turns) is None
    assert heard("", new, turns=turns) is None


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        ("refusal", "We do not collect fingerprints."),
        ("grant", "You may see your fingerprints."),
        ("does", "We collect fingerprints."),
    ],
)
def test_stance(stance: str, text: str) -> None:
    for each in ("refusal", "grant", "does"):
        assert bool(heard("", text, gained=BIOMETRIC, stance=each)) == (each == stance)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("added", "", "We collect fingerprints."),
        ("removed", "We collect fingerprints.", ""),
        ("changed", "We collect names.", "We collect fingerprints and names."),
    ],
)
def test_sentence(kind: str, old: str, new: str) -> None:
    for each in ("added", "removed", "changed"):
        match = heard(old, new, gained=BIOMETRIC, lost=BIOMETRIC, sentence=frozenset({each}))
        assert bool(match) == (each == kind)


def test_saying_and_not_saying() -> None:
    sale = frozenset({"purpose.advertising"})

    for text, is_said in (("We use fingerprints for advertising.", True), ("We use fingerprints.", False)):
        assert bool(heard("", text, gained=BIOMETRIC, saying=sale)) == is_said
        assert bool(heard("", text, gained=BIOMETRIC, not_saying=sale)) != is_said


def test_around() -> None:
    """What the title says counts, and what the other cells of a row say."""
    sharing = frozenset({"action.share"})
    row = "| Use | What |\n| --- | --- |\n| Sharing | WHAT |"

    assert heard("", "Your fingerprints.", gained=BIOMETRIC, around=sharing) is None
    assert heard("", "Your fingerprints.", title="What we share", gained=BIOMETRIC, around=sharing)
    assert heard(row.replace("WHAT", "Name"), row.replace("WHAT", "Fingerprints"), gained=BIOMETRIC, around=sharing)


def test_novelty() -> None:
    """What stands in another sentence of the old version is less new."""
    old = "We like fingerprints.\n\nWe collect your name."
    new = "We like fingerprints.\n\nWe collect your name and fingerprints."

    assert heard(old, new, gained=BIOMETRIC, novelty=0.2)
    assert heard(old, new, gained=BIOMETRIC, novelty=0.95) is None


def test_own() -> None:
    """A sentence much like one of the other version has little of its own."""
    old = "We collect names and show them on a large board in the hall.\n\nGood day."
    new = f"{old}\n\nWe collect names and show them on a large board in the garden."
    words = pattern("garden")

    assert heard(old, new, gained_words=words)
    assert heard(old, new, gained_words=words, own=0.8) is None


def test_a_sentence_that_only_leads_on_counts_less() -> None:
    told = heard("", "We collect fingerprints.", gained=BIOMETRIC)
    pointed = heard("", "For more about fingerprints, read our help pages.", gained=BIOMETRIC)

    assert told is not None
    assert pointed is not None
    assert pointed.strength < told.strength


def test_a_right_that_is_granted_elsewhere_is_hardly_lost() -> None:
    right = frozenset({"right.portability"})
    old = "You can export your photos with one click."
    kept = "You have the right to portability of photos and letters."
    gone = heard(old, "Ask us.", lost=right)
    still = heard(f"{old}\n\n{kept}", kept, lost=right)

    assert gone is not None
    assert still is None or still.strength < gone.strength
