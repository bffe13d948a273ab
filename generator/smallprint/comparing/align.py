"""The clauses of two versions → which carry on which: first by id and `was=`, then by text.

Clauses that ids do not settle are matched by what is surest first: equal text in order, equal text anywhere, the same
title under the same heading, the same title, most words shared. The result is a set of links between positions; clauses
that hang together by links make one change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from smallprint.comparing.pairing import shared_words
from smallprint.comparing.redline import unit_sentences
from smallprint.comparing.runs import common_runs, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from smallprint.comparing.lineage import Lineage
    from smallprint.model import Clause

Links = set[tuple[int, int]]
"""Pairs of positions, old and new."""

_NUMBER: Final = re.compile(
    r"\s*(?:(?:§\s*|\()?(?:\d+(?:\.\d+)*|[ivxlc]{1,6}|[a-z])\s*[.):]+\s*|(?:§\s*)?\d+(?:\.\d+)*\s+)", re.IGNORECASE
)
_ALIKE: Final = 0.5
"""Share of the longer clause's words that two clauses without a common id or title must share, in order."""
_OVERLAP: Final = 0.4
"""Share of different words they must have in common to be looked at more closely."""
_INSIDE: Final = 0.5
"""Share of an added or removed clause's words that stand in one clause of the other side: a split or a merger."""


def bare_title(title: str) -> str:
    """Return a title without its visible number, for comparing.

    >>> bare_title("2. What information?"), bare_title("IV) Cookies")
    ('what information?', 'cookies')
    """
    return title[match.end() if (match := _NUMBER.match(title)) else 0 :].strip().casefold()


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
        lambda i, j: _alike(old, new, i, j),
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
    """Match clauses of equal text that stand in the same order."""
    numbers: dict[Hashable, int] = {}
    old_keys = [numbers.setdefault(old[i].key, len(numbers)) for i in old_left]
    new_keys = [numbers.setdefault(new[j].key, len(numbers)) for j in new_left]
    for run in common_runs(old_keys, new_keys):
        for step in range(run.length):
            yield old_left[run.old + step], new_left[run.new + step]


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
    if not clause.has_heading:
        return None
    title = bare_title(clause.title)
    return (title, *map(bare_title, clause.path[-1:])) if with_path and title else title or None


def _lead(
    old: Sequence[Clause], new: Sequence[Clause], old_left: list[int], new_left: list[int]
) -> Iterable[tuple[int, int]]:
    """Match what stands before the first heading of both sides, and two texts that have no headings at all."""
    if old_left[0] == new_left[0] == 0 and all(not c.has_heading and not c.clause_id for c in (old[0], new[0])):
        yield 0, 0


def _alike(
    old: Sequence[Clause], new: Sequence[Clause], old_left: list[int], new_left: list[int]
) -> Iterable[tuple[int, int]]:
    """Match clauses that share most of their words, most alike first."""
    old_chars = {i: _chars(old[i]) for i in old_left}
    new_chars = {j: _chars(new[j]) for j in new_left}
    new_sets = {j: set(chars) for j, chars in new_chars.items()}
    scored = []
    for i, chars in old_chars.items():
        words = set(chars)
        for j, new_words in new_sets.items():
            if len(words & new_words) < _OVERLAP * max(len(words), len(new_words)):
                continue
            score = likeness(chars, new_chars[j], _ALIKE)
            if score:
                scored.append((-score, abs(i - j), i, j))
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

    Only clauses that differ are looked at, sentence by sentence and in order.
    """
    same = {(i, j) for i, j in links if old[i].key == new[j].key}
    old_open = [i for i in range(len(old)) if i not in {i for i, _ in same}]
    new_open = [j for j in range(len(new)) if j not in {j for _, j in same}]
    votes = shared_words(_sentences(old, old_open), _sentences(new, new_open))
    found: Links = set()
    for j in new_left:
        best = max(((votes[i, j], -i) for i in old_open if (i, j) in votes), default=(0, 0))
        if best[0] >= _INSIDE * len(_chars(new[j])):
            found.add((-best[1], j))
    for i in old_left:
        best = max(((votes[i, j], -j) for j in new_open if (i, j) in votes), default=(0, 0))
        if best[0] >= _INSIDE * len(_chars(old[i])):
            found.add((i, -best[1]))
    return found


def _sentences(clauses: Sequence[Clause], positions: list[int]) -> list[tuple[int, str]]:
    """Return the sentences of the clauses at some positions, each with its clause's position."""
    return [(at, text) for at in positions for unit in clauses[at].units for text in unit_sentences(unit)]


def _chars(clause: Clause) -> str:
    return "".join([unit.chars for unit in clause.units])
