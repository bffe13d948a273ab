"""What sentences say now that they did not, and what they no longer say, the other version asked as a whole."""

from __future__ import annotations

import pytest
from speech import sides

from plain import version
from smallprint.assessing import assess
from smallprint.assessing.differences import Both, Difference, Step, differences, steps
from smallprint.assessing.elsewhere import Whole
from smallprint.assessing.passages import passages
from smallprint.comparing import compare

ONLY = "We collect your name only with your consent."
PLAIN = "We collect your name."


def all_steps(old: str, new: str) -> list[Step]:
    return [step for step, _ in judged(old, new)]


def judged(old: str, new: str) -> list[tuple[Step, tuple[Difference, ...]]]:
    comparison = compare(version(old), version(new))
    both = Both(Whole(comparison.old), Whole(comparison.new))
    found = (step for passage in passages(comparison) for step in steps(both, passage))
    return [(step, differences(both, step)) for step in found]


def terms(old: str, new: str, *, is_gain: bool) -> dict[str, float]:
    """Return the terms gained or lost, with how new they are."""
    found = [each for _, told in judged(old, new) for each in told if each.is_gain == is_gain]
    return {each.hit.term.key: each.novelty for each in found}


# Steps


def test_a_sentence_is_changed_added_or_removed() -> None:
    old = "We collect your name. We keep letters safe in a locked room.\n\nThe end."
    new = "We collect your name and your age. Ask us anything about cookies.\n\nThe end."

    assert [step.kind for step in all_steps(old, new)] == ["changed", "removed", "added"]
    assert [step.own for step in all_steps(old, new)] == [1.0, 1.0, 1.0]


def test_another_spelling_is_no_change() -> None:
    assert all_steps("We analyse off-site behaviour.", "We analyze offsite behavior!") == []


@pytest.mark.parametrize("turn", ["never", "may", "only"])
def test_a_small_word_that_turns_the_meaning_is_a_change(turn: str) -> None:
    assert len(all_steps("We ask for your name.", f"We {turn} ask for your name.")) == 1


def test_what_comes_near_an_added_sentence_is_held_beside_it() -> None:
    old = "We share your home address with the carrier who brings the parcel.\n\nHello."
    new = f"{old}\n\nWe share your home address with the shop that packs and sends the parcel."
    (step,) = all_steps(old, new)

    assert step.kind == "added"
    assert step.old is not None
    assert step.old.text == old.partition("\n")[0]
    assert 0 < step.own < 0.6


LONG_LIST = "We share your name, home address, birthday, language, interests and past orders with the shops you visit."


@pytest.mark.parametrize(
    ("stands", "comes"),
    [
        ("We will share your home address with carriers.", "We will not share your home address with carriers."),
        (LONG_LIST, LONG_LIST.replace("past orders", "past orders and fingerprints")),
    ],
    ids=["the opposite", "one thing more"],
)
@pytest.mark.parametrize("is_gain", [True, False])
def test_a_sentence_does_not_stand_where_nearly_the_same_does(stands: str, comes: str, is_gain: bool) -> None:
    """A single word may turn it round, or name what no other sentence does."""
    without, with_it = f"{stands}\n\nHello.", f"{stands}\n\nHello.\n\n{comes}"
    (step,) = all_steps(without, with_it) if is_gain else all_steps(with_it, without)

    assert (step.kind, step.own) == ("added" if is_gain else "removed", 1.0)
    assert step.said.text == comes


def test_a_sentence_that_moved_and_was_touched_up_stands_where_it_is_now() -> None:
    moved = "We share your home address, your age and your order history with the carrier who brings the parcel."
    touched = moved.replace("who brings", "that brings")

    assert all_steps(f"{moved}\n\nHello there.", f"Hello there.\n\nThe end.\n\n{touched}") == all_steps(
        "Hello there.", "Hello there.\n\nThe end."
    )


def test_sentences_that_change_places_are_neither_lost_nor_gained() -> None:
    """What became of its place is another sentence, but it stands in the next clause, and that one's here."""
    assert assess(sides([ONLY, PLAIN], [PLAIN, ONLY])) == {}


def test_a_sentence_that_still_stands_elsewhere_is_not_lost_to_the_one_in_its_place() -> None:
    """A weaker repetition in one place takes nothing back that is said in another."""
    (claims,) = assess(sides([ONLY, "Hello."], [f"{PLAIN} We sell it to anyone.", f"Hello. {ONLY}"])).values()

    assert all(claim.old_quote is None for claim in claims)


def test_a_sentence_that_stood_elsewhere_is_not_gained_by_the_one_it_replaces() -> None:
    found = assess(sides([PLAIN, f"Hello. {ONLY}"], [ONLY, "Hello."]))

    assert not any(claim.new_quote == ONLY for claims in found.values() for claim in claims)


# Differences


def test_a_kind_of_data_that_was_never_named_is_all_new() -> None:
    gained = terms("We collect your name.", "We collect your name and your fingerprints.", is_gain=True)

    assert gained == {"data.biometric": 1.0}


def test_what_is_said_in_another_sentence_is_less_new() -> None:
    old = "We collect your name.\n\nWe keep fingerprints safe."
    gained = terms(old, old.replace("name", "name and your fingerprints"), is_gain=True)

    assert 0 < gained["data.biometric"] < 0.9


def test_a_limit_that_is_gone_is_lost() -> None:
    lost = terms("We use your name only to greet you.", "We use your name to greet you.", is_gain=False)

    assert lost["condition.only"] == 1.0


def test_a_term_in_another_form_is_neither_gained_nor_lost() -> None:
    assert terms("We ask for your consent.", "We ask for your permission.", is_gain=True) == {}
    assert terms("We ask for your consent.", "We ask for your permission.", is_gain=False) == {}


def test_of_data_each_form_is_a_thing_of_its_own() -> None:
    """A selfie is not a passport, though both are identity documents."""
    old, new = "You send us your passport.", "You send us your passport and selfies."

    assert 0 < terms(old, new, is_gain=True)["data.identity-document"] < 1


def test_data_that_is_called_otherwise_is_hardly_new() -> None:
    """Where the old name went as the new one came, a thing was renamed rather than gained."""
    added = terms("We scan a passport.", "We scan a passport and selfies.", is_gain=True)
    renamed = terms("We scan a passport.", "We scan selfies.", is_gain=True)

    assert 0 < renamed["data.identity-document"] < added["data.identity-document"]


def test_a_plural_is_the_same_form() -> None:
    assert terms("We use a cookie here.", "We use cookies here, too.", is_gain=True) == {}
