"""A comparison → the sentences that differ, each beside the one that carries it on.

A redline goes by clauses and paragraphs; a right is given or taken by a sentence. So each row of a change is cut into
sentences, and these are paired by the words they keep.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.assessing.sentences import sentence_bounds
from smallprint.assessing.statements import statement
from smallprint.model import Op
from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import Change, Comparison, Row
    from smallprint.text import Unit, Word

_SAME_SENTENCE: Final = 0.35
"""Two sentences that share less than this part of the shorter one's words say different things."""
_REWRITTEN: Final = 0.5
"""So many of the words of substance of both does a sentence share with the one that it was rewritten into."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one side, or one cell of a table."""

    text: str
    """Exactly as readers see it."""
    changed: tuple[tuple[int, int], ...]
    """The runs of characters that the other side has not, from and up to."""

    @property
    def changed_text(self) -> str:
        """The changed runs alone, put together."""
        return " … ".join(self.text[start:end].strip() for start, end in self.changed)

    def is_changed_at(self, start: int, end: int) -> bool:
        """Tell whether a run of characters holds a changed one."""
        return any(a < end and start < b for a, b in self.changed)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and what became of it; one side is none where it was added or removed."""

    old: Sentence | None
    new: Sentence | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of a change: a paragraph, list item or table row with what became of it."""

    change: Change
    old_text: str
    new_text: str
    pairs: tuple[Pair, ...]
    """The sentences that differ, in reading order."""
    is_title: bool
    """Whether it is a heading, or an entry of a table of contents."""
    is_row: bool
    """Whether it is the row of a table, whose other cells say what it is about."""


def passages(comparison: Comparison) -> Iterator[Passage]:
    """Yield every row that differs, in reading order; rows that merely moved do not."""
    for change in comparison.differing:
        for row in change.rows:
            if not row.moved and any(span.op is not Op.KEEP for span in row.spans):
                yield _passage(change, row)


def _passage(change: Change, row: Row) -> Passage:
    old, new = _Side(row.old), _Side(row.new)
    for span in row.spans:
        if span.op is Op.KEEP:
            old.keep(span.old_start, span.old_end)
            new.keep(span.new_start, span.new_end)
    pairs = tuple(_pairs(old, new, row))
    is_row = any(unit.kind == "tr" for unit in (*row.old, *row.new))
    return Passage(change, old.plain, new.plain, pairs, _is_title(row), is_row)


def _pairs(old: _Side, new: _Side, row: Row) -> Iterator[Pair]:
    """Yield the sentences that differ: pairs where the old one stands, added ones where the new side has them."""
    carried = _carried(old, new, row)
    taken = set(carried.values())
    at = 0
    for i in range(len(old.bounds)):
        j = carried.get(i)
        before = old.sentence(i)
        if j is None:
            yield Pair(before, None)
            continue
        yield from (Pair(None, new.sentence(other)) for other in range(at, j) if other not in taken)
        at = max(at, j + 1)
        after = new.sentence(j)
        if before.changed or after.changed:
            yield Pair(before, after)
    yield from (Pair(None, new.sentence(other)) for other in range(at, len(new.bounds)) if other not in taken)


def _carried(old: _Side, new: _Side, row: Row) -> dict[int, int]:
    """Return which new sentence carries an old one on: the one that keeps most of its words."""
    kept: Counter[tuple[int, int]] = Counter()
    for span in row.spans:
        if span.op is Op.KEEP:
            kept.update(
                zip(
                    old.sentence_of[span.old_start : span.old_end],
                    new.sentence_of[span.new_start : span.new_end],
                    strict=True,
                )
            )
    carried: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), shared in sorted(kept.items(), key=lambda item: (-item[1], item[0])):
        if i in carried or j in taken or min(i, j) < 0:
            continue
        if shared >= _SAME_SENTENCE * min(old.length(i), new.length(j)):
            carried[i] = j
            taken.add(j)
    _pair_rewritten(old, new, carried)
    return carried


def _pair_rewritten(old: _Side, new: _Side, carried: dict[int, int]) -> None:
    """Pair what is left where two sentences of one paragraph share most of their words of substance.

    A redline shows a rewritten sentence as removed and added; here it matters what became of it.
    """
    taken = set(carried.values())
    gone = [i for i in range(len(old.bounds)) if i not in carried]
    come = {j: statement(new.sentence(j).text).stems for j in range(len(new.bounds)) if j not in taken}
    where: dict[str, list[int]] = {}
    for j, after in come.items():
        for stem in after:
            where.setdefault(stem, []).append(j)
    likeness = {}
    for i in gone:
        before = statement(old.sentence(i).text).stems
        shared = Counter(j for stem in before for j in where.get(stem, ()))
        for j, common in shared.items():
            share = 2 * common / (len(before) + len(come[j]))
            if share >= _REWRITTEN:
                likeness[i, j] = share
    for (i, j), _ in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        if i not in carried and j not in taken:
            carried[i] = j
            taken.add(j)


class _Side:
    """One side of a row: its words, counted through, and its sentences."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.words: list[Word | None] = []
        self.bounds: list[tuple[int, int]] = []
        for index, unit in enumerate(units):
            if index:
                self.words.append(None)
            base = len(self.words)
            self.words.extend(unit.words)
            self.bounds += [(base + a, base + b) for a, b in sentence_bounds(unit)]
        self.kept = [False] * len(self.words)
        self.sentence_of = [-1] * len(self.words)
        for number, (start, end) in enumerate(self.bounds):
            for at in range(start, end):
                self.sentence_of[at] = number
        self.plain = "\n".join(cell for unit in units for cell in _cells(unit))

    def keep(self, start: int, end: int) -> None:
        """Note words that the other side has too."""
        self.kept[start:end] = [True] * (end - start)

    def length(self, number: int) -> int:
        """Return how many words a sentence has."""
        start, end = self.bounds[number]
        return end - start

    def sentence(self, number: int) -> Sentence:
        """Return a sentence with the runs of characters that differ."""
        start, end = self.bounds[number]
        words = tuple(word for word in self.words[start:end] if word is not None)
        runs: list[tuple[int, int]] = []
        at = 0
        for offset, word in enumerate(words):
            begin = at + (1 if word.space and offset else 0)
            at = begin + len(word.text)
            if not self.kept[start + offset] and word.text.strip():
                if runs and runs[-1][1] + 1 >= begin:
                    runs[-1] = (runs[-1][0], at)
                else:
                    runs.append((begin, at))
        text = plain_text(words)
        bare = text.lstrip()  # a sentence may begin with a space that does not break
        shift = len(text) - len(bare)
        return Sentence(bare.rstrip(), tuple((begin - shift, end - shift) for begin, end in runs))


def _cells(unit: Unit) -> Iterator[str]:
    """Yield the cells of a table row, which no space divides, or all of another unit."""
    at = 0
    for end in (*unit.cells, len(unit.words)):
        if end > at:
            yield plain_text(unit.words[at:end])
        at = end


def _is_title(row: Row) -> bool:
    units = (*row.old, *row.new)
    return all(unit.kind[0] == "h" or _is_link_list_item(unit) for unit in units)


def _is_link_list_item(unit: Unit) -> bool:
    """Tell an entry of a table of contents: a list item that is one link and nothing else."""
    return (
        bool(unit.words)
        and bool(unit.path)
        and all(any(mark.tag == "a" for mark in word.marks) for word in unit.words if word.text.isalnum())
    )
