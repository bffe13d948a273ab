"""The whole of a version, to look up what else stands in it.

A sentence that is gone from its place may stand in another, in other words; a kind of data new in a sentence may have
been named in the next clause all along. So nothing is judged before the whole other version was asked.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from smallprint.assessing.sentences import unit_sentences
from smallprint.assessing.statements import spelled, statement

if TYPE_CHECKING:
    from smallprint.assessing.statements import Statement
    from smallprint.model import Version


class Counterpart(NamedTuple):
    """The sentence of the other version that comes nearest."""

    statement: Statement | None
    likeness: float
    """0 to 1: the share of weighted words of substance that both have."""
    coverage: float
    """0 to 1: the share of the sentence's weighted words of substance that the other has."""


class Whole:
    """All sentences of one version."""

    def __init__(self, version: Version) -> None:
        texts = [text for clause in version.clauses for unit in clause.units for text in unit_sentences(unit)]
        self.statements = [statement(text) for text in dict.fromkeys(texts)]
        self.counts: Counter[str] = Counter(stem for said in self.statements for stem in said.stems)
        self._where: dict[str, list[int]] = {}
        for number, said in enumerate(self.statements):
            for stem in said.stems:
                self._where.setdefault(stem, []).append(number)
        self.terms = Counter(key for said in self.statements for key in said.terms)
        self._together = {
            (one, other) for said in self.statements for one in said.terms for other in said.terms if one != other
        }
        self._grants = {
            (key, thing) for said in self.statements if said.is_grant for key in said.terms for thing in said.objects
        }
        self._refusals = {
            (action, key)
            for said in self.statements
            if said.is_refusal
            for action in said.actions
            for key in ("", *said.terms)
        }
        self._said = {said.text for said in self.statements}
        self._forms = {
            spelled(said.text[hit.start : hit.end].lower()).rstrip("s") for said in self.statements for hit in said.hits
        }

    def weight(self, stem: str) -> float:
        """Return how much a word tells: rare ones more."""
        return 1.0 + math.log((1 + len(self.statements)) / (1 + self.counts.get(stem, 0)))

    def together(self, one: str, other: str) -> bool:
        """Tell whether any one sentence says both of two terms."""
        return (one, other) in self._together

    def grants(self, key: str, own: Statement) -> bool:
        """Tell whether a right is granted in any sentence that speaks of one of the things that `own` speaks of."""
        return any((key, thing) in self._grants for thing in own.objects)

    def refuses(self, action: str, key: str = "") -> bool:
        """Tell whether any sentence says that something is not done, or not done with one kind of thing."""
        return (action, key) in self._refusals

    def says(self, form: str) -> bool:
        """Tell whether a term is said anywhere in the same form."""
        return form in self._forms

    def has(self, text: str) -> bool:
        """Tell whether a sentence stands in it word for word."""
        return text in self._said

    def counterpart(self, said: Statement) -> Counterpart:
        """Return the sentence that comes nearest to one of another version."""
        if self.has(said.text):
            return Counterpart(statement(said.text), 1.0, 1.0)
        weights = {stem: self.weight(stem) for stem in said.stems}
        total = sum(weights.values())
        if not total:
            return Counterpart(None, 0.0, 0.0)
        shared: dict[int, float] = {}
        for stem, weight in weights.items():
            for number in self._where.get(stem, ()):
                shared[number] = shared.get(number, 0.0) + weight
        best, best_score, best_coverage = None, 0.0, 0.0
        for number, common in shared.items():
            if common < total * 0.2:
                continue
            other = self.statements[number]
            size = sum(self.weight(stem) for stem in other.stems)
            score = 2 * common / (total + size)
            if score > best_score:
                best, best_score, best_coverage = other, score, common / total
        return Counterpart(best, best_score, best_coverage)
