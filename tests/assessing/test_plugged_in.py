"""Analysers of others are heard, and held to what every finding must hold; promises join what the rules find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from judged import finding
from plain import version
from smallprint.assessing import assess, plugged_in
from smallprint.assessing.promise import STRENGTHENED, WEAKENED
from smallprint.comparing import compare
from smallprint.errors import UsageError
from smallprint.judgement import Direction, Finding, Right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from smallprint.model import Comparison

COMPARISON = compare(
    version("# Apples {#a}\n\nApples are green.\n\n# Pears {#b}\n\nPears are ripe."),
    version("# Apples {#a}\n\nApples are red.\n\n# Pears {#b}\n\nPears are ripe."),
)
"""The first change differs, the second does not; the rules have nothing to say of fruit."""
GOOD = finding(old_quote="Apples are green.", new_quote="Apples are red.")


@dataclass(frozen=True)
class Point:
    """Stands in for the entry point of a package."""

    name: str
    analyser: Callable[[Comparison], object] | Exception
    value: str = "fruit:analyse"
    dist: None = None

    def load(self) -> object:
        if isinstance(self.analyser, Exception):
            raise self.analyser
        return self.analyser


@pytest.fixture(autouse=True)
def _without_memory() -> Iterator[None]:
    """Analysers are looked for once a process."""
    plugged_in._analysers.cache_clear()  # noqa: SLF001 - the only way to
    yield
    plugged_in._analysers.cache_clear()  # noqa: SLF001


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def plug(*analysers: Callable[[Comparison], object] | Exception) -> None:
        points = [Point(f"fruit-{number}", analyser) for number, analyser in enumerate(analysers)]
        monkeypatch.setattr(plugged_in, "_points", lambda: points)

    return plug


def giving(*claims: object, number: object = 1) -> Callable[[Comparison], Mapping[object, object]]:
    return lambda _: {number: list(claims)}


def test_without_analysers_nothing_is_added() -> None:
    assert plugged_in.plugged_in() == ()
    assert assess(COMPARISON) == {}


def test_a_good_finding_is_heard(plug: Callable[..., None]) -> None:
    plug(giving(GOOD))

    assert assess(COMPARISON) == {1: (GOOD,)}
    assert plugged_in.plugged_in() == ("fruit-0 fruit:analyse ",)


def test_all_analysers_are_heard_the_weightiest_finding_first(plug: Callable[..., None]) -> None:
    gain = replace(GOOD, direction=Direction.EXPANDS, material=False)
    plug(giving(gain), giving(GOOD), giving())

    assert assess(COMPARISON) == {1: (GOOD, gain)}


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (replace(GOOD, rule=""), "no rule"),
        (replace(GOOD, reason=""), "no reason"),
        (replace(GOOD, source=""), "no source"),
        (replace(GOOD, old_quote=None, new_quote=None), "has no quote"),
        (replace(GOOD, old_quote="Apples are blue."), "quotes “Apples are blue.”"),
        (replace(GOOD, new_quote="Apples are green."), "quotes “Apples are green.”"),
        (replace(GOOD, old_quote="Pears are ripe."), "quotes “Pears are ripe.”"),
        (replace(GOOD, new_quote="Apples Apples are red."), "quotes “Apples Apples"),
        (replace(GOOD, new_quote=b"Apples"), "quotes “b'Apples'”"),  # type: ignore[arg-type]
        (replace(GOOD, direction="down"), "direction"),  # type: ignore[arg-type]
        (replace(GOOD, direction=Direction.EXPANDS), "material"),
        (replace(GOOD, material="yes"), "material"),  # type: ignore[arg-type]
        (replace(GOOD, rights=()), "rights"),
        (replace(GOOD, rights=tuple(Right)), "rights"),
        (replace(GOOD, rights=("fruit",)), "rights"),  # type: ignore[arg-type]
        ("It is worse.", "is no Finding"),
        (None, "is no Finding"),
    ],
)
def test_a_finding_that_does_not_hold_is_refused(plug: Callable[..., None], claim: object, told: str) -> None:
    plug(giving(GOOD), giving(claim))

    with pytest.raises(UsageError, match=r"The analyser “fruit-1” gives a finding that .*Ask its makers\.") as refused:
        assess(COMPARISON)
    assert told in str(refused.value)


@pytest.mark.parametrize("number", [0, 3, "1", None])
def test_a_finding_on_no_change_is_refused(plug: Callable[..., None], number: object) -> None:
    plug(giving(GOOD, number=number))

    with pytest.raises(UsageError, match=r"“fruit-0” .* about a change that is not there"):
        assess(COMPARISON)


def test_a_finding_on_what_did_not_change_is_refused(plug: Callable[..., None]) -> None:
    plug(giving(replace(GOOD, old_quote="Pears are ripe.", new_quote=None), number=2))

    with pytest.raises(UsageError, match=r"“fruit-0” .* nothing differs"):
        assess(COMPARISON)


def _fails(_: Comparison) -> object:
    raise ValueError("the fruit is rotten")


@pytest.mark.parametrize("analyser", [_fails, lambda _: None, lambda _: [GOOD], lambda _: {1: None}, dict])
def test_an_analyser_that_fails_is_named(plug: Callable[..., None], analyser: Callable[..., object]) -> None:
    plug(analyser)

    with pytest.raises(UsageError, match=r"The analyser “fruit-0” failed: .*Remove its package, or ask its makers"):
        assess(COMPARISON)


def test_an_analyser_that_cannot_be_loaded_is_named(plug: Callable[..., None]) -> None:
    plug(ImportError("No module named 'fruit'"))

    with pytest.raises(UsageError, match=r"“fruit-0” \(fruit:analyse\) cannot be loaded: No module named 'fruit'"):
        assess(COMPARISON)


# Promises

MODULE = import_module("smallprint.assessing.assess")

NOTICE = "We tell you {} days before we change this text, by email."


def promised(old: str, new: str, words: str = NOTICE) -> list[Finding]:
    """Return what is found where a clause with one mark became one with another, its days in the words."""
    before, after = (
        version(f"# Policy\n\n## Changes {{#changes promise=notice {mark}}}\n\n{words.format(mark[5:7])}")
        for mark in (old, new)
    )
    return [claim for claims in assess(compare(before, after)).values() for claim in claims]


def test_a_promise_that_says_less_is_a_material_loss_of_notice() -> None:
    claims = promised("days=30 by=email", "days=10 by=email")
    losses = [claim for claim in claims if claim.direction.is_down and Right.NOTICE in claim.rights]

    assert any(claim.material for claim in losses)
    assert all(claim.old_quote == NOTICE.format(30) for claim in losses)


def test_a_promise_that_says_more_expands() -> None:
    claims = promised("days=10 by=email", "days=30 by=email")

    assert not any(claim.direction.is_down for claim in claims)
    assert STRENGTHENED in {claim.rule for claim in claims}


def test_what_marks_say_counts_where_words_say_nothing_to_the_rules() -> None:
    (claim,) = promised("days=30 by=email", "days=10 by=email", "Apples: {}.")

    assert (claim.rule, claim.material) == (WEAKENED, True)
    assert claim.old_quote == "Apples: 30."


def test_one_loss_of_notice_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules find in the words is told; the mark only adds what they do not."""
    for rule_is_material, rules in ((True, ["rule"]), (False, [WEAKENED, "rule"])):
        claim = finding(rule="rule", rights=(Right.NOTICE,), material=rule_is_material, old_quote="x")
        monkeypatch.setattr(MODULE, "_claims", lambda *_, claim=claim: iter([(2, claim)]))

        assert [each.rule for each in promised("days=30 by=email", "days=10 by=email", "Apples: {}.")] == rules
