"""The whole of a version, to look up what else stands in it.

A sentence that is gone from its place may stand in another, in other words; a kind of data new in a sentence may have
been named in the next clause all along. So nothing is judged before the whole other version was asked.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.assessing.sentences import unit_sentences
from smallprint.assessing.statements import spelled, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.assessing.statements import Statement
    from smallprint.model import Version

_SHARED: Final = 0.2
"""A sentence that shares less than this part of the other's weighted words is no counterpart of it."""


class Counterpart(NamedTuple):
    """The sentence of the other version that comes nearest."""

    statement: Statement | None
    likeness: float
    """0 to 1: the share of weighted words of substance that both have."""


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
        self._weights = {stem: self._rarity(count) for stem, count in self.counts.items()}
        self._unheard = self._rarity(0)
        self._sizes: dict[int, float] = {}
        self._saying: dict[str, set[int]] = {}
        for number, said in enumerate(self.statements):
            for key in said.terms:
                self._saying.setdefault(key, set()).add(number)
        self.terms = Counter({key: len(numbers) for key, numbers in self._saying.items()})
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
        return self._weights.get(stem, self._unheard)

    def together(self, one: str, other: str) -> bool:
        """Tell whether any one sentence says both of two terms."""
        return not self._saying.get(one, _NOWHERE).isdisjoint(self._saying.get(other, _NOWHERE))

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
            return Counterpart(statement(said.text), 1.0)
        # Sorted, as sums of the same numbers in another order may differ, and sets have another order in each process.
        weighed = sorted(((self.weight(stem), stem) for stem in said.stems), key=lambda pair: (-pair[0], pair[1]))
        total = math.fsum(weight for weight, _ in weighed)
        if not total:
            return Counterpart(None, 0.0)
        best, best_score = None, 0.0
        for number, common in self._sharing(weighed, total).items():
            if common < total * _SHARED:
                continue
            score = 2 * common / (total + self._size(number))
            if score > best_score:
                best, best_score = self.statements[number], score
        return Counterpart(best, best_score)

    def _sharing(self, weighed: Sequence[tuple[float, str]], total: float) -> dict[int, float]:
        """Return the sentences that may share enough of some words, the rarest first, and how much they share."""
        shared: dict[int, float] = {}
        left = total
        for weight, stem in weighed:
            # Common words alone do not make a counterpart: who has none of the rare ones need not be counted.
            if left >= total * _SHARED * 0.999:
                for number in self._where.get(stem, ()):
                    shared[number] = shared.get(number, 0.0) + weight
            elif stem in self.counts:
                for number in shared:
                    if stem in self.statements[number].stems:
                        shared[number] += weight
            left -= weight
        return shared

    def _size(self, number: int) -> float:
        size = self._sizes.get(number)
        if size is None:
            size = self._sizes[number] = math.fsum(self._weights[stem] for stem in self.statements[number].stems)
        return size

    def _rarity(self, count: int) -> float:
        return 1.0 + math.log((1 + len(self.statements)) / (1 + count))


_NOWHERE: Final = frozenset[int]()


@lru_cache(maxsize=64)
def whole(version: Version) -> Whole:
    """Return the sentences of a version; where versions are compared with many others, they are read once."""
    return Whole(version)
