"""What else stands in a version."""

from __future__ import annotations

import math

import pytest

from plain import version
from smallprint.assessing.elsewhere import Whole, whole
from smallprint.assessing.statements import statement

TEXT = """\
# Policy

We share your home address with the carrier. We never sell your messages to anyone. We share the rest.

You have the right to access your data. We use cookies for advertising.

| Data | Use |
| --- | --- |
| Fingerprints | Research |
"""


@pytest.fixture
def policy() -> Whole:
    return Whole(version(TEXT))


def test_a_sentence_stands_in_it_word_for_word(policy: Whole) -> None:
    assert policy.has("We use cookies for advertising.")
    assert not policy.has("We use cookies.")
    assert policy.counterpart(statement("We use cookies for advertising.")).likeness == 1


def test_the_nearest_sentence_is_found(policy: Whole) -> None:
    near = policy.counterpart(statement("Your home address is shared with any carrier."))

    assert near.statement is statement("We share your home address with the carrier.")
    assert near.likeness == pytest.approx(1)


def test_what_shares_more_is_nearer(policy: Whole) -> None:
    close, far = (
        policy.counterpart(statement(text))
        for text in ("We share your home address with shops.", "Your home is your castle, and we admire it greatly.")
    )

    assert close.likeness > far.likeness


def test_nothing_comes_near_what_is_not_spoken_of(policy: Whole) -> None:
    assert policy.counterpart(statement("Bananas ripen quickly.")) == (None, 0.0)
    assert policy.counterpart(statement("It is not.")) == (None, 0.0)
    assert Whole(version("")).counterpart(statement("We sell it.")) == (None, 0.0)


def test_of_two_that_are_as_near_the_first_counts() -> None:
    both = Whole(version("Green apples ripen.\n\nRed apples ripen.\n\nWe sell red and green paint."))

    for _ in range(2):
        assert both.counterpart(statement("Apples ripen.")).statement is statement("Green apples ripen.")


def test_common_words_alone_make_no_counterpart() -> None:
    """The sentence with the rare word is found among hundreds that have the common one."""
    text = "\n\n".join(f"We share item{n} with partner{n}." for n in range(300))
    near = Whole(version(text)).counterpart(statement("We share item77 gladly."))

    assert near.statement is statement("We share item77 with partner77.")


def test_likeness_is_what_a_plain_count_says(policy: Whole) -> None:
    """Looking only at sentences that can come near changes nothing."""
    for text in ("We share messages.", "Anyone may access your home address and data.", "Cookies and fingerprints"):
        said = statement(text)
        best = max(
            (2 * weight(policy, said.stems & other.stems)) / (weight(policy, said.stems) + weight(policy, other.stems))
            for other in policy.statements
            if weight(policy, said.stems & other.stems) >= 0.2 * weight(policy, said.stems)
        )
        assert policy.counterpart(said).likeness == pytest.approx(best)


def weight(policy: Whole, stems: frozenset[str]) -> float:
    return math.fsum(policy.weight(stem) for stem in stems)


def test_rare_words_weigh_more(policy: Whole) -> None:
    assert policy.weight("unheard") > policy.weight("shar") > 0


def test_terms_are_said_together_within_a_sentence(policy: Whole) -> None:
    assert policy.together("data.tracking", "purpose.advertising")
    assert not policy.together("data.tracking", "data.messages")
    assert not policy.together("data.tracking", "data.health")


def test_refusals_and_grants_are_looked_up(policy: Whole) -> None:
    assert policy.refuses("sell")
    assert policy.refuses("sell", "data.messages")
    assert not policy.refuses("sell", "data.tracking")
    assert not policy.refuses("share")
    assert policy.grants("right.access", statement("You can access it."))
    assert not policy.grants("right.deletion", statement("You can delete it."))


def test_a_term_is_said_in_its_form(policy: Whole) -> None:
    assert policy.says("fingerprint")
    assert not policy.says("retina")


def test_a_version_is_read_once() -> None:
    one = version(TEXT)

    assert whole(one) is whole(one)
