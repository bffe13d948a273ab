"""The clauses of two versions → which carry on which: first by id and `was=`, then by text.

Clauses that ids do not settle are matched by what is surest first: equal text or title in order, equal text anywhere,
the same title under the same heading, the same title, the titles of both pages, nearly the same text below the title,
most words shared, and last the same counter where a title is nothing else. The result is a set of links between
positions; clauses that hang together by links make one change.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from smallprint.comparing.alike import alike_texts
from smallprint.comparing.chains import equal_pairs, heaviest_pairs
from smallprint.comparing.likeness import body_of, chars_of, shared_anywhere, words_covered
from smallprint.comparing.titles import bare_title

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from smallprint.comparing.lineage import Lineage
    from smallprint.model import Clause

Links = set[tuple[int, int]]
"""Pairs of positions, old and new."""

_ALIKE: Final = 0.5
"""Share of the longer clause's words that two clauses without a common id or title must share, in order."""
_WENT_ON: Final = 0.7
"""With this share in common, in order, the text below two titles is the same text, whatever the titles say."""
_FEWEST_WORDS: Final = 5
"""Shorter texts below a title say nothing of where they came from."""
_TITLED: Final = 0.5
"""How much a word of two clauses with the same title counts, beside one of two with the same text."""
_INSIDE: Final = 0.5
"""Share of an added or removed clause's words that are in one clause of the other side: a split or a merger."""


def align_clauses(old: Sequence[Clause], new: Sequence[Clause], lineage: Lineage) -> Links:
    """Return the links between the clauses of two versions."""
    links = _by_id(old, new, lineage)
    old_left = [i for i in range(len(old)) if i not in {link[0] for link in links}]
    new_left = [j for j in range(len(new)) if j not in {link[1] for link in links}]
    steps: tuple[Callable[[list[int], list[int]], Iterable[tuple[int, int]]], ...] = (
        lambda i, j: _in_order(old, new, i, j),
        lambda i, j: _same(i, j, lambda n: old[n].key, lambda n: new[n].key),
        lambda i, j: _same(i, j, lambda n: _titled(old[n], with_path=True), lambda n: _titled(new[n], with_path=True)),
        lambda i, j: _same(
            i, j, lambda n: _titled(old[n], with_path=False), lambda n: _titled(new[n], with_path=False)
        ),
        lambda i, j: _lead(old, new, i, j),
        lambda i, j: _alike({n: body_of(old[n]) for n in i}, {n: body_of(new[n]) for n in j}, _WENT_ON),
        lambda i, j: _alike({n: chars_of(old[n]) for n in i}, {n: chars_of(new[n]) for n in j}, _ALIKE),
        lambda i, j: _same(i, j, lambda n: _counter(old[n]), lambda n: _counter(new[n])),
    )
    for step in steps:
        if not old_left or not new_left:
            break
        found = set(step(old_left, new_left))
        links |= found
        old_left = [i for i in old_left if i not in {link[0] for link in found}]
        new_left = [j for j in new_left if j not in {link[1] for link in found}]
    if old_left or new_left:
        links |= _contained(old, new, links, old_left, new_left)
    return links


def _by_id(old: Sequence[Clause], new: Sequence[Clause], lineage: Lineage) -> Links:
    positions = {clause.clause_id: i for i, clause in enumerate(old) if clause.clause_id}
    return {
        (positions[carried], j)
        for j, clause in enumerate(new)
        if clause.clause_id
        for carried in lineage.get(clause.clause_id, ())
        if carried in positions
    }


def _in_order(
    old: Sequence[Clause], new: Sequence[Clause], old_left: list[int], new_left: list[int]
) -> Iterable[tuple[int, int]]:
    """Match clauses of equal text or title that are in the same order: the heaviest chain of them, by words."""
    weights: dict[tuple[int, int], float] = {}
    titles = (
        [_titled(old[i], with_path=False) for i in old_left],
        [_titled(new[j], with_path=False) for j in new_left],
    )
    for i, j in equal_pairs(*titles):
        weights[i, j] = 1 + _TITLED * min(len(chars_of(old[old_left[i]])), len(chars_of(new[new_left[j]])))
    for i, j in equal_pairs([old[i].key for i in old_left], [new[j].key for j in new_left]):
        weights[i, j] = 2 + len(chars_of(new[new_left[j]]))
    for i, j in heaviest_pairs([(i, j, weight) for (i, j), weight in weights.items()]):
        yield old_left[i], new_left[j]


def _same(
    old_left: list[int],
    new_left: list[int],
    old_key: Callable[[int], Hashable],
    new_key: Callable[[int], Hashable],
) -> Iterable[tuple[int, int]]:
    """Match what has the same key, first with first where several have; a key of None matches nothing."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for i in reversed(old_left):
        waiting[old_key(i)].append(i)
    for j in new_left:
        key = new_key(j)
        if key is not None and waiting.get(key):
            yield waiting[key].pop(), j


def _titled(clause: Clause, *, with_path: bool) -> Hashable:
    """Return what a clause is called, its counter left out; None for one that has no other title."""
    title = bare_title(clause.title) if clause.has_heading else ""
    if not title:
        return None
    return (title, *map(bare_title, clause.path[-1:])) if with_path else title


def _counter(clause: Clause) -> Hashable:
    """Return the title of a clause that is called by a counter alone."""
    return clause.title.strip().casefold() if clause.has_heading and not bare_title(clause.title) else None


def _lead(
    old: Sequence[Clause], new: Sequence[Clause], old_left: list[int], new_left: list[int]
) -> Iterable[tuple[int, int]]:
    """Match the title of both pages, what is before the first heading of both, and two texts without any headings."""
    if old_left[0] != 0 or new_left[0] != 0:
        return
    if old[0].clause_id or new[0].clause_id:
        return
    has_no_heading = not (old[0].has_heading or new[0].has_heading)
    if has_no_heading or all(len(side) > 1 and is_page_title(side) for side in (old, new)):
        yield 0, 0


def is_page_title(clauses: Sequence[Clause]) -> bool:
    """Tell whether the first clause is headed by the title of the whole text: no other heading is as high."""
    first, *others = clauses
    return first.has_heading and first.level == 1 and not any(clause.level == 1 for clause in others)


def _alike(old_texts: Mapping[int, str], new_texts: Mapping[int, str], least: float) -> Iterable[tuple[int, int]]:
    """Match clauses that share at least the share `least` of their words, most alike first.

    Args:
        old_texts: by the position of the clause, its text as one character a word.
        new_texts: the same of the new side.
        least: from 0 to 1.
    """
    olds = [(i, text) for i, text in old_texts.items() if len(text) >= _FEWEST_WORDS]
    news = [(j, text) for j, text in new_texts.items() if len(text) >= _FEWEST_WORDS]
    found = alike_texts([text for _, text in olds], [text for _, text in news], least)
    scored = ((-share, abs(olds[i][0] - news[j][0]), olds[i][0], news[j][0]) for i, j, share in found)
    taken_old, taken_new = set(), set()
    for _, _, i, j in sorted(scored):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            yield i, j


def _contained(
    old: Sequence[Clause], new: Sequence[Clause], links: Links, old_left: list[int], new_left: list[int]
) -> Links:
    """Link a clause left over to the one of the other side that holds most of its words: split off, or merged in.

    Only clauses that differ are looked at, sentence by sentence, wherever these went.
    """
    same_old = {i for i, j in links if old[i].key == new[j].key}
    same_new = {j for i, j in links if old[i].key == new[j].key}
    old_open = [i for i in range(len(old)) if i not in same_old]
    new_open = [j for j in range(len(new)) if j not in same_new]
    shared: dict[tuple[int, int], float] = {
        (old_open[i], new_open[j]): count
        for (i, j), count in shared_anywhere([old[i] for i in old_open], [new[j] for j in new_open]).items()
    }
    best = _Best(shared)
    # Where sentences are of no help, such as lines cut out of a page, runs of words are.
    for olds, news in ((old_open, new_left), (old_left, new_open)):
        covered = words_covered([body_of(old[i]) for i in olds], [body_of(new[j]) for j in news])
        best.add({(olds[i], news[j]): count for (i, j), count in covered.items()})
    found = {(best.new[i][1], i) for i in new_left if best.holds_most(new[i], i, is_old=False)}
    return found | {(i, best.old[i][1]) for i in old_left if best.holds_most(old[i], i, is_old=True)}


class _Best:
    """For each clause the one of the other side that it shares the most words with."""

    def __init__(self, shared: Mapping[tuple[int, int], float]) -> None:
        self.old: dict[int, tuple[float, int]] = {}
        """Of an old clause: how many words, and the new clause."""
        self.new: dict[int, tuple[float, int]] = {}
        self.add(shared)

    def add(self, shared: Mapping[tuple[int, int], float]) -> None:
        """Take up how many words pairs of clauses share; of equal ones the first counts."""
        for (i, j), words in shared.items():
            if (words, -j) > (self.old[i][0], -self.old[i][1]) if i in self.old else True:
                self.old[i] = words, j
            if (words, -i) > (self.new[j][0], -self.new[j][1]) if j in self.new else True:
                self.new[j] = words, i

    def holds_most(self, clause: Clause, at: int, *, is_old: bool) -> bool:
        """Tell whether most words of a clause are in one of the other side."""
        words, _ = (self.old if is_old else self.new).get(at, (0.0, 0))
        return words > 0 and words >= _INSIDE * len(body_of(clause))
