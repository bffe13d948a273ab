"""How many words each clause shares with each of the other side, sentence by sentence, wherever they went."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from smallprint.comparing.alike import alike_texts
from smallprint.comparing.redline import plain_unit, unit_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.model import Clause

_RUN_WORDS: Final = 6
_STEP: Final = 3
"""Every so many words a run is looked up."""
_FEWEST_WORDS: Final = 5
"""Shorter sentences say nothing of where they came from, unless they are equal."""


def chars_of(clause: Clause) -> str:
    """Return what a clause says as one character a word, formatting and capitals left aside."""
    return "".join(map(plain_unit, clause.units))


def body_of(clause: Clause) -> str:
    """Return the same of what is below a clause's title."""
    return "".join(plain_unit(unit) for block in clause.blocks if not block.is_title for unit in block.units)


def shared_anywhere(old: Sequence[Clause], new: Sequence[Clause]) -> Mapping[tuple[int, int], float]:
    """Return how many words each old clause shares with each new one, for those pairs that share any.

    Every sentence of the new side counts for the old one that it is most like, and that one only.
    """
    found: dict[tuple[int, int], float] = defaultdict(float)
    same = _same(old, new)
    for i, j in same:
        found[i, j] += len(chars_of(new[j]))
    old_open = _sentences(old, {i for i, _ in same})
    new_open = _sentences(new, {j for _, j in same})
    places: dict[str, list[int]] = defaultdict(list)
    for i, sentence in old_open:
        places[sentence].append(i)
    left: list[tuple[int, str]] = []
    for j, sentence in new_open:
        if places.get(sentence):
            found[places[sentence].pop(0), j] += len(sentence)
        elif len(sentence) >= _FEWEST_WORDS:
            left.append((j, sentence))
    rest = [(i, text) for text, owners in places.items() for i in owners if len(text) >= _FEWEST_WORDS]
    best: dict[int, tuple[float, int]] = {}
    for at, to, share in alike_texts([text for _, text in rest], [text for _, text in left]):
        best[to] = max(best.get(to, (0.0, 0)), (share, -rest[at][0]))
    for to, (share, i) in best.items():
        j, sentence = left[to]
        found[-i, j] += share * len(sentence)
    return found


def words_covered(old: Sequence[str], new: Sequence[str]) -> Mapping[tuple[int, int], int]:
    """Return how many words of each new text are in runs that an old text has too, for those pairs that have any.

    Where sentences are of no help, such as lines cut out of a page, this finds which text went where.
    """
    holders: dict[str, set[int]] = defaultdict(set)
    for i, text in enumerate(old):
        # Any longer run holds one of these.
        for start in range(0, len(text) - _RUN_WORDS + 1, _STEP):
            holders[text[start : start + _RUN_WORDS]].add(i)
    covered: dict[tuple[int, int], int] = defaultdict(int)
    for j, text in enumerate(new):
        reached: dict[int, int] = {}
        for start in range(len(text) - _RUN_WORDS + 1):
            end = start + _RUN_WORDS
            for i in holders.get(text[start:end], ()):
                covered[i, j] += end - max(start, reached.get(i, 0))
                reached[i] = end
    return covered


def _same(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[int, int]]:
    """Pair clauses of equal text, first with first."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for i in reversed(range(len(old))):
        waiting[old[i].key].append(i)
    return [(waiting[clause.key].pop(), j) for j, clause in enumerate(new) if waiting.get(clause.key)]


def _sentences(clauses: Sequence[Clause], settled: set[int]) -> list[tuple[int, str]]:
    """Return the sentences of the clauses that are open, each with its clause; titles are none."""
    return [
        (at, sentence)
        for at, clause in enumerate(clauses)
        if at not in settled
        for block in clause.blocks
        if not block.heading_level
        for unit in block.units
        for sentence in unit_sentences(unit)
    ]
