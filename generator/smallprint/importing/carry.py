"""Ids carried over from another version of the policy: by text first, by title next, by what a clause is about last.

A clause that says what one of an earlier version said gets the id of that one back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from smallprint.comparing.align import align_clauses
from smallprint.comparing.likeness import body_of, chars_of, shared_anywhere
from smallprint.comparing.runs import likeness
from smallprint.comparing.titles import bare_title, same_title
from smallprint.importing.ids import first_free, naming_order, propose_ids, stands_within, ways
from smallprint.importing.retired import Retired
from smallprint.importing.structure import Begins
from smallprint.importing.vocabulary import load_topics, topic_of
from smallprint.reading.succession import is_same_clause, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from smallprint.importing.retired import RetiredClause
    from smallprint.importing.structure import Section
    from smallprint.model import Clause, Version

_PART: Final = 0.4
"""A clause that has this share of another's words, or gives it this share of its own, is linked to it."""
_FEWEST_WORDS: Final = 8
_GIVEN: Final = 0.15
_GIVEN_WORDS: Final = 15
"""A clause that is new and has so many words, or that share of its own, from an old one carries some of it on."""
_MERGED: Final = 0.25
_MERGED_WORDS: Final = 20
"""A clause that carries on another one has so much of this one too if that is to be said."""
_BY_TOPIC: Final = 0.5
_BY_SUCCESSION: Final = 0.45
_BY_TITLE: Final = 0.7
_SAME: Final = 0.999
_ALIKE: Final = 0.5
"""A clause with another title and less in common than this, in order, is not the same one: it gets an id of its own."""
_ALIKE_THOUGH: Final = 0.7
"""The same, where its title says in known words that it is about something else. With so much, text goes first."""
_FEWEST_BODY_WORDS: Final = 5
"""Shorter texts below a title say nothing of where they came from."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one clause."""

    clause_id: str
    was: tuple[str, ...]
    confidence: float
    why: str
    heir_of: int = -1
    """The position of the old clause whose id it has, -1 where it is new."""
    guessed: tuple[str, ...] = ()
    """Old ids that it may carry on, by what its title is about alone: no text of theirs is in it, so `was` does not
    name them."""


@dataclass(frozen=True, slots=True)
class Heritage:
    """What of other versions of the policy the ids of one that is imported go by."""

    like: Version | None = None
    """The version whose ids are carried over."""
    is_next: bool = True
    """Whether the one imported follows right after it, so that `was=` may speak of it."""
    retired: Collection[str] = frozenset()
    """Ids that earlier versions had and `like` has no more. No clause may get one; if they are `Retired`, with the
    words they stood for, the clause that says those again gets its id back."""


NO_HERITAGE: Final = Heritage()


def carry_ids(
    old: Sequence[Clause],
    new: Sequence[Clause],
    sections: Sequence[Section],
    *,
    retired: Collection[str] = frozenset(),
) -> tuple[Carried, ...]:
    """Return the id of each new clause.

    Args:
        old: the clauses of the other version, with their ids.
        new: the clauses of this version; ids they may have are not looked at.
        sections: what each of them was made of.
        retired: ids that earlier versions had and `old` has no more, as in `Heritage`.
    """
    return _Carrying(old, new, sections, retired).result()


class _Carrying:
    def __init__(
        self,
        old: Sequence[Clause],
        new: Sequence[Clause],
        sections: Sequence[Section],
        retired: Collection[str],
    ) -> None:
        self._old_ids = [str(clause.clause_id or "") for clause in old]
        self._old = [replace(clause, clause_id=None, was=()) for clause in old]
        self._new = [replace(clause, clause_id=None, was=()) for clause in new]
        self._sections = sections
        self._own = [proposal.clause_id for proposal in propose_ids(sections)]
        self._retired = retired
        self._shared = shared_anywhere(self._old, self._new)
        self._scores: dict[tuple[int, int], float] = {}
        self._link()
        old_keys = {clause.key for clause in self._old}
        changed = [j for j, clause in enumerate(self._new) if clause.key not in old_keys]
        self._returns = _Returns(self._new, self._sections, self._own, retired, old_ids=self._old_ids, changed=changed)
        self._heirs = self._choose_heirs()
        self._back = self._returns.all_but(self._heirs.values())

    def _link(self) -> None:
        """Find which clauses belong together, each pair with how sure that is."""
        for i, j in align_clauses(self._old, self._new, {}):
            self._scores[i, j] = self._score(i, j)
        for (i, j), words in self._shared.items():
            least = _PART * min(len(chars_of(self._old[i])), len(chars_of(self._new[j])))
            if (words >= max(least, _FEWEST_WORDS) or self._went_on(i, j)) and (i, j) not in self._scores:
                self._scores[i, j] = self._score(i, j)
        by_title = {
            title: i for i, clause in reversed(list(enumerate(self._old))) if (title := bare_title(clause.title))
        }
        by_id = {name: i for i, name in enumerate(self._old_ids) if name}
        for j, clause in enumerate(self._new):
            names = (self._own[j], self._sections[j].topic)
            by_topic = next((by_id[name] for name in names if name in by_id), -1)
            for i, score in ((by_title.get(bare_title(clause.title), -1), _BY_TITLE), (by_topic, _BY_TOPIC)):
                if i >= 0 and self._is_free(i, j):
                    sure = self._score(i, j) if self._sections[j].begins is Begins.TITLE else score
                    self._scores[i, j] = max(sure, self._scores.get((i, j), 0.0))
        self._link_successors(by_id)

    def _link_successors(self, by_id: Mapping[str, int]) -> None:
        """Link a clause to one on what its topic took the place of: Privacy Shield to Safe Harbor."""
        topics = load_topics()
        for j in range(len(self._new)):
            topic = topics.get(self._own[j].rpartition(".")[2])
            i = by_id.get(topic.after, -1) if topic else -1
            if i >= 0 and self._is_free(i, j) and not any(a == i for a, _ in self._scores):
                self._scores[i, j] = _BY_SUCCESSION

    def _is_free(self, i: int, j: int) -> bool:
        """Tell whether no text of an old clause is elsewhere, or it is here too."""
        return (i, j) in self._scores or not any(
            (a == i or b == j) and score >= _SAME for (a, b), score in self._scores.items()
        )

    def _score(self, i: int, j: int) -> float:
        """Return how sure it is that a new clause carries on an old one."""
        old, new = self._old[i], self._new[j]
        if old.key == new.key:
            return 1.0
        if self._sections[j].begins is Begins.TITLE and old.level == new.level == 1:
            return 0.95
        alike = self._alike(i, j)
        is_titled = same_title(old.title, new.title)
        words = self._shared.get((i, j), 0.0) / max(1, min(len(chars_of(old)), len(chars_of(new))))
        return min(0.99, (0.7 if is_titled else 0.35) + 0.3 * max(alike, min(1.0, words)) + 0.3 * alike)

    def _is_same(self, i: int, j: int) -> bool:
        """Tell whether a new clause is an old one, and not another one that has taken over text of it."""
        old, new = self._old[i], self._new[j]
        if old.key == new.key or self._own[j] == self._old_ids[i] or self._sections[j].topic == self._old_ids[i]:
            return True
        if same_title(old.title, new.title):
            return True
        topic, other = topic_of(new.title), topic_of(old.title)
        least = _ALIKE_THOUGH if topic and topic is not other and self._sections[j].title else _ALIKE
        return self._alike(i, j) >= least

    def _is_back(self, i: int, j: int) -> bool:
        """Tell whether a new clause says word for word what a retired one did, and little of what the old one says."""
        return j in self._returns.equal and self._alike(i, j) < _ALIKE

    def _alike(self, i: int, j: int) -> float:
        """Return how much two clauses have in common, or their texts below their titles, if that is more."""
        return max(likeness(chars_of(self._old[i]), chars_of(self._new[j]), 0.0), self._bodies_alike(i, j))

    def _bodies_alike(self, i: int, j: int) -> float:
        old, new = body_of(self._old[i]), body_of(self._new[j])
        return likeness(old, new, 0.0) if max(len(old), len(new)) >= _FEWEST_BODY_WORDS else 0.0

    def _went_on(self, i: int, j: int) -> int:
        """Return whether the text of an old clause went on in a new one, whatever their titles: 2 as it was, 1 changed.

        Of a clause that was split, the part that kept the title has gone on too, however small it is.
        """
        alike = self._bodies_alike(i, j)
        if alike >= _SAME:
            return 2
        old, new = self._old[i], self._new[j]
        least = _ALIKE_THOUGH * min(len(body_of(old)), len(body_of(new)))
        is_part = 0 < least <= self._shared.get((i, j), 0.0) and same_title(old.title, new.title)
        return 1 if alike >= _ALIKE_THOUGH or is_part else 0

    def _choose_heirs(self) -> dict[int, int]:
        """Return for each old clause the new one that keeps its id, no new one for two of them."""
        wishes = sorted(
            (
                (
                    *(score >= _SAME, self._went_on(i, j), self._own[j] == self._old_ids[i]),
                    *(score, -abs(i - j), -i, -j),
                )
                for (i, j), score in self._scores.items()
                if self._old_ids[i] and self._is_same(i, j) and not self._is_back(i, j)
            ),
            reverse=True,
        )
        heirs: dict[int, int] = {}
        taken: set[int] = set()
        for *_, i, j in wishes:
            if -i not in heirs and -j not in taken and self._sections[-j].begins is not Begins.LEAD:
                heirs[-i] = -j
                taken.add(-j)
        return heirs

    def result(self) -> tuple[Carried, ...]:
        """Return the ids."""
        heir_of = {j: i for i, j in self._heirs.items()}
        used = {self._old_ids[i] for i in self._heirs}
        origins: dict[int, list[int]] = defaultdict(list)
        for i, j in sorted({*self._scores, *self._given()}):
            if self._old_ids[i]:
                origins[j].append(i)
        ids: dict[int, Carried] = {}
        for j in naming_order(self._sections):
            section = self._sections[j]
            around = ids[section.parent].clause_id if stands_within(section, self._sections) else ""
            i = heir_of.get(j, -1)
            if i >= 0:
                carried = self._inherited(i, j)
            elif j in self._back:
                carried = Carried(self._back[j].clause_id, (), self._back[j].confidence, self._back[j].why)
            else:
                carried = self._fresh(j, around, used)
            # A clause of equal text has taken nothing over from others.
            is_named = section.begins is not Begins.LEAD and (i < 0 or self._scores[i, j] < _SAME)
            was = [self._old_ids[origin] for origin in origins[j] if is_named and self._is_told(origin, j, carried)]
            guessed = [
                self._old_ids[origin] for origin in origins[j] if is_named and self._is_guessed(origin, j, carried)
            ]
            carried = replace(carried, was=tuple(dict.fromkeys([*carried.was, *was])), guessed=tuple(guessed))
            used.add(carried.clause_id)
            ids[j] = carried
        return tuple(ids[j] for j in range(len(self._new)))

    def _given(self) -> set[tuple[int, int]]:
        """Return which old clauses gave some of their text to clauses that are new."""
        fresh = set(range(len(self._new))) - set(self._heirs.values())
        return {
            (i, j)
            for (i, j), words in self._shared.items()
            if j in fresh and words >= max(_GIVEN_WORDS, _GIVEN * len(chars_of(self._new[j])))
        }

    def _is_told(self, i: int, j: int, carried: Carried) -> bool:
        """Tell whether `was` has to name an old clause: some of its text went here, and its id does not say so."""
        if self._old_ids[i] == carried.clause_id:
            return False
        if carried.heir_of == i:
            return True
        words = self._shared.get((i, j), 0.0)
        if i in self._heirs and carried.heir_of >= 0:
            # Both are there still; that a sentence went from one to the other makes them no merger.
            return words >= max(_MERGED_WORDS, _MERGED * len(chars_of(self._old[i])))
        return words >= _FEWEST_WORDS or (carried.heir_of < 0 and self._scores.get((i, j), 1.0) <= _BY_SUCCESSION)

    def _is_guessed(self, i: int, j: int, carried: Carried) -> bool:
        """Tell whether nothing but their topic says that a new clause carries on an old one."""
        if carried.heir_of >= 0 or self._old_ids[i] in carried.was or self._old_ids[i] == carried.clause_id:
            return False
        is_told = self._is_told(i, j, carried)
        return not is_told and _BY_SUCCESSION < self._scores.get((i, j), 1.0) <= _BY_TOPIC

    def _inherited(self, i: int, j: int) -> Carried:
        """Return the id of a clause that carries one on: the same, wherever it is now."""
        name = self._old_ids[i]
        score = self._scores[i, j]
        if score >= _SAME:
            return Carried(name, (), score, "same text", i)
        is_titled = same_title(self._old[i].title, self._new[j].title)
        why = "same title" if is_titled else "similar text" if self._shared.get((i, j)) else "same topic"
        return Carried(name, (), score, why, i)

    def _fresh(self, j: int, around: str, used: set[str]) -> Carried:
        """Return a new id, none that stands for another clause now or did before."""
        taken = {*used, *self._retired, *self._old_ids, *(one.clause_id for one in self._back.values())} - {""}
        proposal = first_free(ways(self._sections[j], around), taken)
        return Carried(proposal.clause_id, (), proposal.confidence, proposal.why)


@dataclass(frozen=True, slots=True)
class _Return:
    """A retired id that a clause gets back."""

    clause_id: str
    confidence: float
    why: str


class _Returns:
    """Which new clauses are retired ones that have come back."""

    def __init__(  # noqa: PLR0913 - what is known of both sides
        self,
        new: Sequence[Clause],
        sections: Sequence[Section],
        own: Sequence[str],
        retired: Collection[str],
        *,
        old_ids: Collection[str],
        changed: Sequence[int],
    ) -> None:
        self._new = new
        self._sections = sections
        self._own = own
        self._retired = retired if isinstance(retired, Retired) else None
        self._old_ids = set(old_ids)
        self._near: dict[int, list[tuple[float, RetiredClause]]] = {}
        self.equal = frozenset(j for j in changed if any(share >= 1 for share, _ in self._candidates(j)))
        """The positions of those that say it word for word."""

    def all_but(self, settled: Collection[int]) -> dict[int, _Return]:
        """Return by position the clauses that get an id back, no id twice; those that have one already do not."""
        wishes = sorted(
            (-share, j, one.clause_id, one)
            for j in range(len(self._new))
            if j not in settled
            for share, one in self._candidates(j)
        )
        found: dict[int, _Return] = {}
        taken: set[str] = set()
        for share, j, clause_id, one in wishes:
            if j not in found and clause_id not in taken:
                why = "came back with the same text" if share <= -1 else "came back with similar text"
                is_titled = same_title(one.title, self._new[j].title)
                sure = 1.0 if share <= -1 else min(0.99, (0.7 if is_titled else 0.35) - 0.6 * share)
                found[j] = _Return(clause_id, sure, why)
                taken.add(clause_id)
        return found

    def _candidates(self, j: int) -> list[tuple[float, RetiredClause]]:
        """Return the retired clauses that a new one is, each with how much they have in common."""
        if j not in self._near:
            is_named = self._sections[j].begins is not Begins.LEAD
            near = self._retired.near(self._new[j]) if self._retired and is_named else ()
            self._near[j] = [(share, one) for one in near if (share := self._share(one, j))]
        return self._near[j]

    def _share(self, old: RetiredClause, j: int) -> float:
        """Return how much a retired clause and a new one have in common, 0 if they are two."""
        new = self._new[j]
        if old.clause_id in self._old_ids or not is_same_clause(old.words, words_of(new)):
            return 0.0
        if old.chars == chars_of(new):
            return 1.0
        alike = likeness(old.chars, chars_of(new), 0.0)
        if max(len(old.body), len(body_of(new))) >= _FEWEST_BODY_WORDS:
            alike = max(alike, likeness(old.body_chars, body_of(new), 0.0))
        alike = min(alike, _SAME)
        if same_title(old.title, new.title) or self._own[j] == old.clause_id:
            return max(alike, 0.001)
        topic, other = topic_of(new.title), topic_of(old.title)
        least = _ALIKE_THOUGH if topic and topic is not other and self._sections[j].title else _ALIKE
        return alike if alike >= least else 0.0
