"""Words removed in one place and added in another: text that moved, not text that went.

After a comparison no run of eight or more equal words is both removed and added: such runs are found over the whole of
it, longest first, and both ends get a number in common. Formatting is left aside: words that turned bold are the same
words. Paragraphs come before runs: one that is reworded while it moves is shown as moved, and only its other words as
removed and added. A whole paragraph counts from five words on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.comparing.alike import alike_texts
from smallprint.comparing.redline import LONG_RUN, redline_words, sentence_starts
from smallprint.comparing.runs import word_runs
from smallprint.comparing.side import Side, is_boundary, row_chars, row_words
from smallprint.comparing.titles import label_length
from smallprint.model import Op
from smallprint.words import plain_chars, unformatted_chars

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.model import Change, Row, Span
    from smallprint.text import Unit, Word

_MOVED_UNIT: Final = 5
"""A whole paragraph of so many words is not; shorter ones are: “Contact us”, “Yes”."""
_ALIKE_UNITS: Final = 0.4
"""Share of the longer one's words that a paragraph must share with one that took its place elsewhere."""
_ALIKE_SENTENCES: Final = 0.6
"""The same for sentences, which have fewer words to go by."""
_TRIED: Final = 8
"""How many places of the same eight words are tried in one round; what they leave is found in the next."""

_STEPS: Final = 50
"""How much is tried in one round for each word, so that a text that repeats itself without end is read in good time."""


def number_moves(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give the spans of each run of words that moved a number in common, from 1 in the order of the new version."""
    old, new = _stream(changes, Op.DELETE), _stream(changes, Op.INSERT)
    if len(old.chars) == 0 or len(new.chars) == 0:
        return tuple(changes)
    reformatted = list(_take_reformatted(old, new))
    moves = [
        *_equal_units(old, new),
        *_alike(old, new, (old.units, new.units), _ALIKE_UNITS),
        *_alike(old, new, (old.sentences, new.sentences), _ALIKE_SENTENCES),
        *((piece,) for run in _equal_runs(old, new) for piece in _cut(run, old, new)),
    ]
    if not (moves or reformatted):
        return tuple(changes)
    cuts: dict[tuple[int, int], list[_Cut]] = defaultdict(list)
    ordered = sorted(moves, key=lambda move: move[0].new)
    for number, move in (*((0, (run,)) for run in reformatted), *enumerate(ordered, 1)):
        for run in move:
            for place, at in ((old.places[run.old], False), (new.places[run.new], True)):
                cuts[place.change, place.row].append(_Cut(place.word, place.word + run.length, number, is_new=at))
    return tuple(
        replace(
            change,
            rows=tuple(
                replace(row, spans=tuple(_numbered(row.spans, cuts[at, n]))) if (at, n) in cuts else row
                for n, row in enumerate(change.rows)
            ),
        )
        if any((at, n) in cuts for n in range(len(change.rows)))
        else change
        for at, change in enumerate(changes)
    )


class _Place(NamedTuple):
    """Where a word is."""

    change: int
    row: int
    gap: int
    """How many words of the row are kept before it."""
    word: int
    """Its position on its side of the row."""


class _Run(NamedTuple):
    """Equal words: where they begin in both streams."""

    old: int
    new: int
    length: int


_Move = tuple[_Run, ...]
"""Runs that have one number."""


class _Stretch(NamedTuple):
    """Words that belong together, and where they begin in the stream."""

    words: Sequence[Word]
    chars: str
    """One character a word, formatting left aside."""
    start: int

    @property
    def text(self) -> str:
        """What it is likened by: a typed label and capitals are left aside too."""
        return plain_chars(self.chars[label_length(self.words) :])


class _Cut(NamedTuple):
    """Words of one side of a row that moved, or got another formatting."""

    start: int
    end: int
    number: int
    """0: another formatting in the same place."""
    is_new: bool


@dataclass(slots=True)
class _Stream:
    """All words of one side that differ, in reading order."""

    chars: list[str] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)
    joins: list[bool] = field(default_factory=list)
    """Whether a word follows the one before it with no kept word between them."""
    starts: list[bool] = field(default_factory=list)
    """Whether a word is the first of a span or of a unit in it."""
    units: list[_Stretch] = field(default_factory=list)
    """The units that are a row of their own, on this side only."""
    sentences: list[_Stretch] = field(default_factory=list)
    """The sentences that differ in all their words."""
    is_taken: list[bool] = field(default_factory=list)


def _stream(changes: Sequence[Change], op: Op) -> _Stream:
    stream = _Stream()
    for at, change in enumerate(changes):
        joined = False
        for number, row in enumerate(change.rows):
            joined = _add_row(stream, row, (at, number), op, joined=joined)
    stream.is_taken = [False] * len(stream.chars)
    return stream


def _add_row(stream: _Stream, row: Row, at: tuple[int, int], op: Op, *, joined: bool) -> bool:
    """Add the words of a row; return whether the next words follow them with nothing kept between."""
    units = row.old if op is Op.DELETE else row.new
    if not units:
        return joined
    chars = unformatted_chars(row_chars(units))
    reached: dict[int, int] = {}
    """Word of the row → its place in the stream."""
    kept = 0
    for span in row.spans:
        if span.op is Op.KEEP:
            kept += span.old_end - span.old_start
            joined = False
            continue
        if span.op is not op:
            continue
        start, end = (span.old_start, span.old_end) if op is Op.DELETE else (span.new_start, span.new_end)
        is_start = True
        for word in range(start, end):
            if is_boundary(chars[word]):
                is_start = True
                continue
            reached[word] = len(stream.chars)
            stream.chars.append(chars[word])
            stream.places.append(_Place(*at, kept, word))
            stream.joins.append(joined)
            stream.starts.append(is_start)
            joined, is_start = True, False
    _add_stretches(stream, row, units, reached)
    return joined


def _add_stretches(stream: _Stream, row: Row, units: Sequence[Unit], reached: Mapping[int, int]) -> None:
    """Add the unit and the sentences of one side of a row that differ in all their words."""
    words, chars = row_words(units), unformatted_chars(row_chars(units))
    if len(units) == 1 and not (row.old and row.new) and len(reached) == len(chars) >= _MOVED_UNIT:
        stream.units.append(_Stretch(words, chars, reached[0]))
    for start, end in pairwise(sentence_starts(words)) if reached else ():
        if end - start >= LONG_RUN and all(word in reached for word in range(start, end)):
            stream.sentences.append(_Stretch(words[start:end], chars[start:end], reached[start]))


def _take_reformatted(old: _Stream, new: _Stream) -> Iterator[_Run]:
    """Yield the words that have another formatting in the same place: they did not move."""
    gaps: dict[tuple[int, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, stream in enumerate((old, new)):
        for at, place in enumerate(stream.places):
            gaps[place[:3]][side].append(at)
    for olds, news in gaps.values():
        if min(len(olds), len(news)) >= LONG_RUN:
            texts = ("".join(stream.chars[at] for at in side) for stream, side in ((old, olds), (new, news)))
            for run in word_runs(*texts):
                if run.length >= LONG_RUN:
                    whole = _Run(olds[run.old], news[run.new], run.length)
                    _take(whole, old, new)
                    yield from _cut(whole, old, new)


def _equal_runs(old: _Stream, new: _Stream) -> Iterator[_Run]:
    """Yield runs of equal words, the longest first, until no run that is long enough is left on both sides."""
    while True:
        heap = [(-run.length, run.new, run.old) for run in _candidates(old, new)]
        heapify(heap)
        if not heap:
            return
        while heap:
            length, j, i = heappop(heap)
            run = _Run(i, j, -length)
            if any(old.is_taken[i : i + run.length]) or any(new.is_taken[j : j + run.length]):
                for part in _free_parts(run, old, new):
                    heappush(heap, (-part.length, part.new, part.old))
                continue
            _take(run, old, new)
            yield run


def _candidates(old: _Stream, new: _Stream) -> Iterator[_Run]:
    """Yield the runs that neither side has longer, of words that are free."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, gram in _grams(old):
        if len(places[gram]) < _TRIED:
            places[gram].append(i)
    steps = _STEPS * (len(old.chars) + len(new.chars))
    seen: dict[int, int] = {}
    """For each distance between both places, the word of the new side up to which a run was found."""
    for j, gram in _grams(new):
        for i in places.get(gram, ()):
            if seen.get(j - i, -1) >= j:
                continue
            length = LONG_RUN
            while (
                i + length < len(old.chars)
                and j + length < len(new.chars)
                and old.chars[i + length] == new.chars[j + length]
                and old.joins[i + length]
                and new.joins[j + length]
                and not (old.is_taken[i + length] or new.is_taken[j + length])
            ):
                length += 1
            seen[j - i] = j + length - LONG_RUN
            yield _Run(i, j, length)
            steps -= length
            if steps < 0:
                return


def _grams(stream: _Stream) -> Iterator[tuple[int, str]]:
    """Yield each run of so many free words with nothing kept between, and where it begins."""
    length = 0
    for at in range(len(stream.chars)):
        if stream.is_taken[at]:
            length = 0
            continue
        length = length + 1 if stream.joins[at] else 1
        if length >= LONG_RUN:
            start = at - LONG_RUN + 1
            yield start, "".join(stream.chars[start : at + 1])


def _free_parts(run: _Run, old: _Stream, new: _Stream) -> Iterator[_Run]:
    start = 0
    for step in range(run.length + 1):
        if step == run.length or old.is_taken[run.old + step] or new.is_taken[run.new + step]:
            if step - start >= LONG_RUN:
                yield _Run(run.old + start, run.new + start, step - start)
            start = step + 1


def _take(run: _Run, old: _Stream, new: _Stream) -> None:
    old.is_taken[run.old : run.old + run.length] = [True] * run.length
    new.is_taken[run.new : run.new + run.length] = [True] * run.length


def _equal_units(old: _Stream, new: _Stream) -> Iterator[_Move]:
    """Yield whole paragraphs with the same words, first with first."""
    gone: dict[str, list[_Stretch]] = defaultdict(list)
    for unit in old.units:
        gone[unit.chars].append(unit)
    for unit in new.units:
        waiting = gone.get(unit.chars)
        if waiting:
            run = _Run(waiting.pop(0).start, unit.start, len(unit.chars))
            _take(run, old, new)
            yield (run,)


def _alike(
    old: _Stream, new: _Stream, stretches: tuple[Sequence[_Stretch], Sequence[_Stretch]], least: float
) -> Iterator[_Move]:
    """Yield paragraphs or sentences that were reworded on the way, the most alike first: the words that they kept.

    Args:
        old: all words that were removed.
        new: all words that were added.
        stretches: what is looked at, on both sides.
        least: the share of the longer one's words that both must have in common.
    """
    olds, news = (
        [stretch for stretch in side if not any(stream.is_taken[stretch.start : stretch.start + len(stretch.chars)])]
        for side, stream in zip(stretches, (old, new), strict=True)
    )
    found = alike_texts([stretch.text for stretch in olds], [stretch.text for stretch in news], least)
    taken: set[int] = set()
    new_taken: set[int] = set()
    for _, _, at, to in sorted((-share, abs(at - to), at, to) for at, to, share in found):
        if at in taken or to in new_taken:
            continue
        before, now = olds[at], news[to]
        runs = [
            _Run(before.start + span.old_start, now.start + span.new_start, span.old_end - span.old_start)
            for span in redline_words(Side(before.words, before.chars), Side(now.words, now.chars))
            if span.op is Op.KEEP
        ]
        if sum(run.length for run in runs) < _MOVED_UNIT:
            continue
        taken.add(at)
        new_taken.add(to)
        for run in runs:
            _take(run, old, new)
        yield tuple(piece for run in runs for piece in _cut(run, old, new))


def _cut(run: _Run, old: _Stream, new: _Stream) -> Iterator[_Run]:
    """Cut a run where a paragraph begins on either side, so that each part is within one paragraph on both."""
    start = 0
    for step in range(1, run.length + 1):
        if step == run.length or old.starts[run.old + step] or new.starts[run.new + step]:
            yield _Run(run.old + start, run.new + start, step - start)
            start = step


def _numbered(spans: Sequence[Span], cuts: Sequence[_Cut]) -> Iterator[Span]:
    """Cut spans at the words that moved, and number these."""
    for span in spans:
        is_new = span.op is Op.INSERT
        start, end = (span.new_start, span.new_end) if is_new else (span.old_start, span.old_end)
        own = sorted(cut for cut in cuts if cut.is_new is is_new and start <= cut.start < end)
        if span.op is Op.KEEP or not own:
            yield span
            continue
        at = start
        for cut in (*own, None):
            stop = cut.start if cut else end
            if stop > at:
                yield _part(span, at, stop)
            if cut:
                yield _part(span, cut.start, cut.end)._replace(moved=cut.number, is_reformatted=not cut.number)
                at = cut.end


def _part(span: Span, start: int, end: int) -> Span:
    if span.op is Op.INSERT:
        return span._replace(new_start=start, new_end=end)
    return span._replace(old_start=start, old_end=end)
