"""A passage → what its sentences say now that they did not, and what they no longer say.

A difference is one term gained or lost: a kind of data, a recipient, a limit. How much it tells depends on the whole
other version: what was said there already is no gain, what still stands there is no loss.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from smallprint.assessing.statements import Statement, spelled, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.assessing.elsewhere import Whole
    from smallprint.assessing.passages import Pair, Passage, Sentence
    from smallprint.assessing.vocabulary import Hit

_STANDS: Final = 0.86
"""A sentence that is this like one of the other version stands there."""
_TELLING: Final = frozenset({"action", "data", "purpose", "recipient", "condition", "right", "changes", "children"})
"""What tells most of what a sentence is about."""
_THINGS: Final = frozenset({"data", "place", "purpose", "recipient", "remedy", "right"})
_OF_THE_SENTENCE: Final = frozenset({"condition", "weakener"})
"""What qualifies one sentence: an “only” in another does not make up for one that is gone from here."""
_HERE: Final = 0.85
_RENAMED: Final = 0.4
_LISTED: Final = frozenset({"data", "place"})
"""Here each word for a term is a thing of its own: “Malaysia” beside “Singapore”."""
_NEAR: Final = 0.42
"""A sentence less like any of the other version says something of its own."""


@dataclass(frozen=True)
class Step:
    """What became of one sentence."""

    pair: Pair
    old: Statement | None
    """The old sentence, or the one of the old version that comes near an added one; none where there is none near."""
    new: Statement | None
    kind: str
    """`added`, `removed` or `changed`."""
    own: float
    """0 to 1: how little of an added or removed sentence the other version has; 1 for a changed one."""

    @cached_property
    def said(self) -> Statement:
        """The sentence itself: the new one, where there is one."""
        sentence = self.pair.new or self.pair.old
        return statement(sentence.text if sentence else "")


@dataclass(frozen=True)
class Difference:
    """One term that a sentence gained or lost."""

    step: Step
    hit: Hit
    text: str
    """How it is said, in small letters."""
    is_gain: bool
    novelty: float
    """0 to 1: how little the other version says of it."""


@dataclass(frozen=True)
class Both:
    """The two versions as wholes."""

    old: Whole
    new: Whole

    def other(self, *, is_gain: bool) -> Whole:
        """Return the version that may say what a gain brings, or still say what a loss takes."""
        return self.old if is_gain else self.new


def steps(both: Both, passage: Passage) -> Iterator[Step]:
    """Yield what became of each sentence of a passage.

    Sentences that stand elsewhere, and those whose words of substance are the same in another spelling, are left out.
    """
    for pair in passage.pairs:
        old = statement(pair.old.text) if pair.old else None
        new = statement(pair.new.text) if pair.new else None
        if old and new:
            if not _is_spelling(old, new):
                yield from _changed(both, pair, old, new)
        elif new:
            near, own = _nearest(both.old, new)
            if own:
                yield Step(pair, near, new, "added", own)
        elif old:
            near, own = _nearest(both.new, old)
            if own:
                yield Step(pair, old, near, "removed", own)


def differences(both: Both, step: Step) -> tuple[Difference, ...]:
    """Return the terms that a sentence gained, then those it lost."""
    found: list[Difference] = []
    if step.kind != "removed" and step.new:
        found += _side(step, step.new, step.old, step.pair.new, both.old, is_gain=True)
    if step.kind != "added" and step.old:
        found += _side(step, step.old, step.new, step.pair.old, both.new, is_gain=False)
    return tuple(found)


def _nearest(there: Whole, said: Statement) -> tuple[Statement | None, float]:
    """Return what comes near a sentence in the other version, and how little of it is there, 0 to 1."""
    near, likeness = there.counterpart(said)
    if near is None or likeness < _STANDS:
        return near if likeness > _NEAR else None, 1 - likeness
    # Alike in nearly every word, it may still say the opposite, or something that is said nowhere else.
    things = {key for key, term in said.terms.items() if term.facet in _THINGS}
    is_same = said.is_refusal == near.is_refusal and things <= there.terms.keys()
    return near, 0.0 if is_same else 1.0


def _changed(both: Both, pair: Pair, old: Statement, new: Statement) -> Iterator[Step]:
    """Yield what became of a sentence where another stands in its place now; either may stand elsewhere too."""
    still, before = both.new.has(old.text), both.old.has(new.text)
    if not still and not before:
        yield Step(pair, old, new, "changed", 1.0)
    elif not before:
        yield Step(replace(pair, old=None), old, new, "added", 1.0)
    elif not still:
        yield Step(replace(pair, new=None), old, new, "removed", 1.0)


def _is_spelling(old: Statement, new: Statement) -> bool:
    return old.stems == new.stems and old.terms.keys() == new.terms.keys() and old.hinges == new.hinges


def _side(  # noqa: PLR0913 - both sides of a sentence, and where to look
    step: Step, own: Statement, other: Statement | None, sentence: Sentence | None, there: Whole, *, is_gain: bool
) -> Iterator[Difference]:
    said = {_form(other.text[hit.start : hit.end]) for hit in other.hits} if other else set()
    held = {_form(own.text[hit.start : hit.end]) for hit in own.hits}
    # A term that the other side says in a form of its own was renamed, not gained.
    renamed = (
        {hit.term.key for hit in other.hits if _form(other.text[hit.start : hit.end]) not in held} if other else set()
    )
    seen: set[tuple[str, str]] = set()
    for hit in own.hits:
        text = own.text[hit.start : hit.end].lower()
        form = _form(text)
        if form in said or (hit.term.key, form) in seen:
            continue
        if other and hit.term.key in other.terms and hit.term.facet not in _LISTED:
            continue
        if step.kind == "changed" and sentence and not sentence.is_changed_at(hit.start, hit.end):
            continue
        seen.add((hit.term.key, form))
        novelty = _novelty(own, hit, form, there, other)
        if step.kind == "changed" and hit.term.facet in _OF_THE_SENTENCE:
            novelty = max(novelty, _HERE)
        if hit.term.key in renamed and hit.term.facet == "data":
            novelty *= _RENAMED
        yield Difference(step, hit, text, is_gain, novelty)


def _novelty(own: Statement, hit: Hit, form: str, there: Whole, other: Statement | None) -> float:
    key = hit.term.key
    if key not in there.terms:
        return 1.0
    others = [k for k, term in own.terms.items() if k != key and term.facet in _TELLING]
    apart = sum(not there.together(key, k) for k in others) / len(others) if others else 0.0
    said = there.says(form)
    if other is not None and key in other.terms:
        unsaid = _HERE if hit.term.facet == "place" else 0.6
        return max(0.0 if said else unsaid, 0.2 + 0.5 * apart)
    return max(0.4 if said else 0.8, 0.3 + 0.6 * apart)


def _form(text: str) -> str:
    return spelled(text.lower()).rstrip("s")
