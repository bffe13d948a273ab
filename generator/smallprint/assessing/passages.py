"""A comparison → the sentences that differ, each beside the one that carries it on.

A redline goes by clauses and paragraphs; a right is given or taken by a sentence. So each row of a change is cut into
sentences, and these are paired by the words they keep.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.assessing.sentences import sentence_bounds
from smallprint.assessing.statements import statement
from smallprint.model import Op
from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    differing = [
        _Sides.of(change, row)
        for change in comparison.differing
        for row in change.rows
        if any(span.op is not Op.KEEP for span in row.spans)
    ]
    travelled = _travelled(differing)
    for sides in differing:
        row = sides.row
        pairs = tuple(_pairs(sides, travelled))
        if pairs or not (row.moved or _is_settled(sides, travelled)):
            is_row = any(unit.kind == "tr" for unit in (*row.old, *row.new))
            yield Passage(sides.change, sides.old.plain, sides.new.plain, pairs, _is_title(row), is_row)


@dataclass(frozen=True, slots=True)
class _Sides:
    """A row that differs, cut into sentences."""

    change: Change
    row: Row
    old: _Side
    new: _Side
    kept: tuple[tuple[int, int], ...]
    """The words that both sides have, formatting apart, by their positions."""

    @classmethod
    def of(cls, change: Change, row: Row) -> _Sides:
        """Cut a row into sentences and note what both sides have."""
        old, new = _Side(row.old), _Side(row.new)
        kept = [
            pair
            for span in row.spans
            if span.op is Op.KEEP
            for pair in zip(range(span.old_start, span.old_end), range(span.new_start, span.new_end), strict=True)
        ]
        kept += zip(_reformatted(row, Op.DELETE), _reformatted(row, Op.INSERT), strict=True)
        for i, j in kept:
            old.kept[i] = new.kept[j] = True
        return cls(change, row, old, new, tuple(kept))


_Sentence = tuple[int, int]
"""A sentence by the number of its row among those that differ, and its own in the row."""


@dataclass(frozen=True, slots=True)
class _Travelled:
    """The sentences that went to another place, and came there reworded or not."""

    gone: Mapping[tuple[int, int], _Sentence]
    """By the identity of its row and its own number, an old sentence → the new one."""
    come: Mapping[tuple[int, int], Sentence]
    """By the same, a new sentence → what it was."""


def _travelled(differing: Sequence[_Sides]) -> _Travelled:
    """Return which sentences moved: those that share enough of their words with one elsewhere."""
    ends: dict[int, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = defaultdict(lambda: ([], []))
    for at, sides in enumerate(differing):
        for span in sides.row.spans:
            if span.moved:
                ends[span.moved][0].extend((at, word) for word in range(span.old_start, span.old_end))
                ends[span.moved][1].extend((at, word) for word in range(span.new_start, span.new_end))
    shared: dict[tuple[_Sentence, _Sentence], list[tuple[int, int]]] = defaultdict(list)
    for olds, news in ends.values():
        for (at, i), (to, j) in zip(olds, news, strict=True):
            before, after = differing[at].old.sentence_of[i], differing[to].new.sentence_of[j]
            if min(before, after) >= 0:
                shared[(at, before), (to, after)].append((i, j))
    gone: dict[tuple[int, int], _Sentence] = {}
    come: dict[tuple[int, int], Sentence] = {}
    for ((at, before), (to, after)), words in sorted(shared.items(), key=lambda item: (-len(item[1]), item[0])):
        old, new = differing[at], differing[to]
        keys = (id(old.row), before), (id(new.row), after)
        fewest = min(old.old.length(before), new.new.length(after))
        if keys[0] in gone or keys[1] in come or len(words) < _SAME_SENTENCE * fewest:
            continue
        for i, j in words:
            old.old.kept[i] = new.new.kept[j] = True
        gone[keys[0]] = to, after
        come[keys[1]] = old.old.sentence(before)
    return _Travelled(gone, come)


def _is_settled(sides: _Sides, travelled: _Travelled) -> bool:
    """Tell whether all sentences of a row on one side only went elsewhere, or came from there."""
    row = sides.row
    if row.old and row.new:
        return False
    known = travelled.gone if row.old else travelled.come
    count = len((sides.old if row.old else sides.new).bounds)
    return count > 0 and all((id(row), number) in known for number in range(count))


def _reformatted(row: Row, op: Op) -> list[int]:
    """Return the positions of the words of a row that have another formatting in the same place."""
    return [
        at
        for span in row.spans
        if span.is_reformatted and span.op is op
        for at in (range(span.old_start, span.old_end) if op is Op.DELETE else range(span.new_start, span.new_end))
    ]


def _pairs(sides: _Sides, travelled: _Travelled) -> Iterator[Pair]:
    """Yield the sentences that differ: pairs where the old one is, added ones where the new side has them.

    A sentence that travelled is where it came to, beside what it was.
    """
    old, new = sides.old, sides.new
    key = id(sides.row)
    carried = _carried(sides, travelled)

    def added(numbers: Iterable[int]) -> Iterator[Pair]:
        for number in numbers:
            if number not in taken:
                before, after = travelled.come.get((key, number)), new.sentence(number)
                if after.changed or (before and before.changed):
                    yield Pair(before, after)

    taken = set(carried.values())
    at = 0
    for i in range(len(old.bounds)):
        j = carried.get(i)
        before = old.sentence(i)
        if j is None:
            if (key, i) not in travelled.gone:
                yield Pair(before, None)
            continue
        yield from added(range(at, j))
        at = max(at, j + 1)
        after = new.sentence(j)
        if before.changed or after.changed:
            yield Pair(before, after)
    yield from added(range(at, len(new.bounds)))


def _carried(sides: _Sides, travelled: _Travelled) -> dict[int, int]:
    """Return which new sentence carries an old one on: the one that keeps most of its words."""
    old, new = sides.old, sides.new
    key = id(sides.row)
    kept = Counter((old.sentence_of[i], new.sentence_of[j]) for i, j in sides.kept)
    carried: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), shared in sorted(kept.items(), key=lambda item: (-item[1], item[0])):
        is_elsewhere = (key, i) in travelled.gone or (key, j) in travelled.come
        if i in carried or j in taken or min(i, j) < 0 or is_elsewhere:
            continue
        if shared >= _SAME_SENTENCE * min(old.length(i), new.length(j)):
            carried[i] = j
            taken.add(j)
    free = [
        number for number in range(len(old.bounds)) if number not in carried and (key, number) not in travelled.gone
    ]
    open_ = [number for number in range(len(new.bounds)) if number not in taken and (key, number) not in travelled.come]
    _pair_rewritten(old, new, carried, (free, open_))
    return carried


def _pair_rewritten(old: _Side, new: _Side, carried: dict[int, int], left: tuple[Sequence[int], Sequence[int]]) -> None:
    """Pair what is left where two sentences of one paragraph share most of their words of substance.

    A redline shows a rewritten sentence as removed and added; here it matters what became of it.
    """
    taken: set[int] = set()
    gone, open_ = left
    come = {j: statement(new.sentence(j).text).stems for j in open_}
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
