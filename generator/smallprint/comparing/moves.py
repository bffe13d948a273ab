"""Words removed in one place and added in another: text that moved, not text that went.

After a comparison no run of eight or more equal words is both removed and added: such runs are found over the whole of
it, longest first, and both ends get a number in common. Formatting is left aside: words that turned bold are the same
words. Paragraphs come before runs: one that is reworded while it moves is shown as moved, and only its other words as
removed and added. A whole paragraph counts from five words on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.comparing.alike import alike_texts
from smallprint.comparing.redline import LONG_RUN, redline_words, sentence_starts
from smallprint.comparing.runs import word_runs
from smallprint.comparing.side import Side, row_chars, row_words, split_at_boundaries
from smallprint.comparing.titles import label_length
from smallprint.model import Op
from smallprint.words import plain_chars, unformatted_chars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import Change, Row, Span
    from smallprint.text import Unit, Word

_MOVED_UNIT: Final = 5
"""A whole paragraph of so many words is not; shorter ones are: “Contact us”, “Yes”."""
_ALIKE_UNITS: Final = 0.4
"""Share of the longer one's words that a paragraph must share with one that took its place elsewhere."""
_ALIKE_SENTENCES: Final = 0.6
"""The same for sentences, which have fewer words to go by."""
_BESIDE: Final = 3
"""How many places of the same eight words are tried on either side of the one whose turn it is, in one round."""
_STEPS: Final = 50
"""How much is tried in one round for each word, so that a text that repeats itself without end is read in good time."""


def number_moves(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give the spans of each run of words that moved a number in common, from 1 in the order of the new version."""
    old = _stream(changes, Op.DELETE)
    new = _stream(changes, Op.INSERT) if old.text else old
    if not old.text or not new.text:
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
            for segment, at, is_new in ((old.segment(run.old), run.old, False), (new.segment(run.new), run.new, True)):
                word = segment.word + at - segment.start
                cuts[segment.change, segment.row].append(_Cut(word, word + run.length, number, is_new=is_new))
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


class _Segment(NamedTuple):
    """Words of one span that no boundary between units divides."""

    start: int
    """Where they begin in the stream."""
    length: int
    change: int
    row: int
    gap: int
    """How many words of the row are kept before them."""
    word: int
    """The position of the first one on its side of the row."""


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

    text: str = ""
    """One character a word, formatting left aside."""
    segments: list[_Segment] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """Where each segment begins."""
    runs: list[tuple[int, int]] = field(default_factory=list)
    """Where words that nothing kept divides begin and end."""
    units: list[_Stretch] = field(default_factory=list)
    """The units that are a row of their own, on this side only."""
    sentences: list[_Stretch] = field(default_factory=list)
    """The sentences that differ in all their words."""
    taken: bytearray = field(default_factory=bytearray)
    """For each word 1 if it belongs to a move."""

    def segment(self, at: int) -> _Segment:
        """Return the segment that a word of the stream is in."""
        return self.segments[bisect_right(self.starts, at) - 1]

    def is_free(self, start: int, length: int) -> bool:
        """Tell whether none of some words belongs to a move."""
        return self.taken.find(1, start, start + length) < 0

    def take(self, start: int, length: int) -> None:
        """Let words belong to a move."""
        self.taken[start : start + length] = b"\1" * length


def _stream(changes: Sequence[Change], op: Op) -> _Stream:
    stream = _Stream()
    parts: list[str] = []
    for at, change in enumerate(changes):
        joined = False
        for number, row in enumerate(change.rows):
            joined = _add_row(stream, parts, row, (at, number), op, joined=joined)
    stream.text = "".join(parts)
    stream.starts = [segment.start for segment in stream.segments]
    stream.taken = bytearray(len(stream.text))
    return stream


def _add_row(  # noqa: PLR0913 - what is gathered, and where it comes from
    stream: _Stream, parts: list[str], row: Row, at: tuple[int, int], op: Op, *, joined: bool
) -> bool:
    """Add the words of a row; return whether the next words follow them with nothing kept between."""
    units = row.old if op is Op.DELETE else row.new
    if not units or not row.spans:
        return joined
    if all(span.op is Op.KEEP for span in row.spans):
        return False
    chars = unformatted_chars(row_chars(units))
    first, kept = len(stream.segments), 0
    reached = stream.segments[-1].start + stream.segments[-1].length if stream.segments else 0
    for span in row.spans:
        if span.op is Op.KEEP:
            kept += span.old_end - span.old_start
            joined = False
        if span.op is not op:
            continue
        word, end = (span.old_start, span.old_end) if op is Op.DELETE else (span.new_start, span.new_end)
        for piece in split_at_boundaries(chars[word:end]):
            if piece:
                stream.segments.append(_Segment(reached, len(piece), *at, kept, word))
                parts.append(piece)
                start = stream.runs.pop()[0] if joined else reached
                reached += len(piece)
                stream.runs.append((start, reached))
                joined = True
            word += len(piece) + 1
    _add_stretches(stream, row, units, chars, first)
    return joined


def _add_stretches(stream: _Stream, row: Row, units: Sequence[Unit], chars: str, first: int) -> None:
    """Add the unit and the sentences of one side of a row that differ in all their words.

    Args:
        stream: what they are added to.
        row: the row.
        units: its units on that side.
        chars: their words, one character each.
        first: the number of the first segment of the row.
    """
    segments = stream.segments[first:]
    longest = max((segment.length for segment in segments), default=0)
    is_alone = len(units) == 1 and not (row.old and row.new) and longest == len(chars) >= _MOVED_UNIT
    if not is_alone and longest < LONG_RUN:
        return
    words = row_words(units)
    if is_alone:
        stream.units.append(_Stretch(words, chars, segments[0].start))
    bounds = list(pairwise(sentence_starts(words))) if longest >= LONG_RUN else []
    for segment in segments:
        stream.sentences.extend(
            _Stretch(words[start:end], chars[start:end], segment.start + start - segment.word)
            for start, end in bounds
            if end - start >= LONG_RUN and segment.word <= start and end <= segment.word + segment.length
        )


def _take_reformatted(old: _Stream, new: _Stream) -> Iterator[_Run]:
    """Yield the words that have another formatting in the same place: they did not move."""
    gaps: dict[tuple[int, ...], tuple[int, int]] = {}
    for segment in old.segments:
        start, length = gaps.get(segment[2:5], (segment.start, 0))
        gaps[segment[2:5]] = start, length + segment.length
    new_gaps: dict[tuple[int, ...], tuple[int, int]] = {}
    for segment in new.segments:
        if segment[2:5] in gaps:
            start, length = new_gaps.get(segment[2:5], (segment.start, 0))
            new_gaps[segment[2:5]] = start, length + segment.length
    for gap, (new_start, new_length) in new_gaps.items():
        start, length = gaps[gap]
        if min(length, new_length) < LONG_RUN:
            continue
        for run in word_runs(old.text[start : start + length], new.text[new_start : new_start + new_length]):
            if run.length >= LONG_RUN:
                whole = _Run(start + run.old, new_start + run.new, run.length)
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
            if old.is_free(i, run.length) and new.is_free(j, run.length):
                _take(run, old, new)
                yield run
                continue
            for part in _free_parts(run, old, new):
                heappush(heap, (-part.length, part.new, part.old))


def _candidates(old: _Stream, new: _Stream) -> Iterator[_Run]:
    """Yield the runs that neither side has longer, of words that are free."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for gram, i, end in _grams(old):
        places[gram].append((i, end))
    steps = _STEPS * (len(old.text) + len(new.text))
    seen: dict[int, int] = {}
    """For each distance between both places, the word of the new side up to which a run was found."""
    met: dict[str, int] = defaultdict(int)
    for gram, j, new_end in _grams(new):
        known = places.get(gram)
        if known is None:
            continue
        # Of words that are in many places the first goes with the first, and so on.
        at = min(met[gram], len(known) - 1)
        met[gram] += 1
        for i, end in known[max(at - _BESIDE, 0) : at + _BESIDE + 1]:
            if seen.get(j - i, -1) >= j:
                continue
            most = min(end - i, new_end - j)
            length = LONG_RUN
            while (
                length < most
                and old.text[i + length] == new.text[j + length]
                and not (old.taken[i + length] or new.taken[j + length])
            ):
                length += 1
            seen[j - i] = j + length - LONG_RUN
            yield _Run(i, j, length)
            steps -= length
            if steps < 0:
                return


def _grams(stream: _Stream) -> Iterator[tuple[str, int, int]]:
    """Yield each run of so many free words with nothing kept between, where it begins, and where such words end."""
    for start, end in stream.runs:
        for at in range(start, end - LONG_RUN + 1):
            if stream.is_free(at, LONG_RUN):
                yield stream.text[at : at + LONG_RUN], at, end


def _free_parts(run: _Run, old: _Stream, new: _Stream) -> Iterator[_Run]:
    start = 0
    for step in range(run.length + 1):
        if step == run.length or old.taken[run.old + step] or new.taken[run.new + step]:
            if step - start >= LONG_RUN:
                yield _Run(run.old + start, run.new + start, step - start)
            start = step + 1


def _take(run: _Run, old: _Stream, new: _Stream) -> None:
    old.take(run.old, run.length)
    new.take(run.new, run.length)


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
        [stretch for stretch in side if stream.is_free(stretch.start, len(stretch.chars))]
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
    """Cut a run where a segment begins on either side, so that each part is within one span on both."""
    start = 0
    while start < run.length:
        segment, new_segment = old.segment(run.old + start), new.segment(run.new + start)
        left = segment.start + segment.length - run.old - start
        new_left = new_segment.start + new_segment.length - run.new - start
        length = min(run.length - start, left, new_left)
        yield _Run(run.old + start, run.new + start, length)
        start += length


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
