"""Two runs of words → the spans that are kept, deleted and inserted.

Sentences pair before words do, so that an inserted sentence does not smear over its neighbours; inside paired sentences
RapidFuzz finds a longest common subsequence of words, exact and without any limit of time; `smallprint.comparing.
cleanup` then makes the marks read as a person would set them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.comparing.cleanup import clean_up
from smallprint.comparing.pairing import pair_texts
from smallprint.comparing.runs import Run, word_runs
from smallprint.comparing.titles import label_length
from smallprint.model import Op, Span
from smallprint.text import is_reference
from smallprint.words import plain_chars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.comparing.side import Side
    from smallprint.text import Unit, Word

_SENTENCE_ENDS: Final = frozenset(".!?。！？؟۔।\n")  # noqa: RUF001 - full stops of several scripts
_NO_WORDS: Final = {"hr": "\x02", "tr": "\x03"}
LONG_RUN: Final = 8
"""So many equal words in a row are no chance: they are kept, or they moved."""
_SENTENCES_FROM: Final = 24
"""Shorter runs are compared word by word at once."""
_sentences: dict[Unit, list[str]] = {}
"""Unit → its sentences, for the life of the process: versions share most of their units."""
_bare: dict[Unit, str] = {}
"""The same for what it is paired by."""
_plain: dict[Unit, str] = {}
"""The same for what it says."""


def forget_sentences() -> None:
    """Forget the sentences of units, and the units with them."""
    _sentences.clear()


def redline_words(old: Side, new: Side) -> tuple[Span, ...]:
    """Return the spans that lead from one run of words to the other, in order and without gaps."""
    old_chars, new_chars = old.chars, new.chars
    if old_chars == new_chars:
        return (Span(Op.KEEP, 0, len(old_chars), 0, len(new_chars)),) if old_chars else ()
    if not old_chars or not new_chars:
        return (Span(Op.DELETE if old_chars else Op.INSERT, 0, len(old_chars), 0, len(new_chars)),)
    if min(len(old_chars), len(new_chars)) < _SENTENCES_FROM:
        return join_spans(list(_long_runs_kept(_words(old, new, 0, 0), old, new)))
    spans: list[Span] = []
    old_starts, new_starts = sentence_starts(old.words), sentence_starts(new.words)
    for pairing in pair_texts(cut(plain_chars(old_chars), old_starts), cut(plain_chars(new_chars), new_starts)):
        i, j = old_starts[pairing.old_start], new_starts[pairing.new_start]
        old_part = old.part(i, old_starts[pairing.old_end])
        spans.extend(_words(old_part, new.part(j, new_starts[pairing.new_end]), i, j))
    return join_spans(list(_long_runs_kept(join_spans(spans), old, new)))


def _long_runs_kept(spans: Iterable[Span], old: Side, new: Side) -> Iterator[Span]:
    """Yield spans with long runs of words kept that are in order in what was replaced.

    Sentences that have too little in common to be paired may share such a run all the same.
    """
    removed: Span | None = None
    for span in (*spans, None):
        if removed and span and span.op is Op.INSERT:
            yield from _gap(removed, span, old, new)
            removed = None
            continue
        if removed:
            yield removed
            removed = None
        if span and span.op is Op.DELETE:
            removed = span
        elif span:
            yield span


def _gap(removed: Span, added: Span, old: Side, new: Side) -> Iterator[Span]:
    """Yield the spans of a deletion and the insertion that follows it, with long runs kept."""
    i, j = removed.old_start, added.new_start
    end = Run(removed.old_end - i, added.new_end - j, 0)
    runs = [end]
    if min(end.old, end.new) >= LONG_RUN:
        found = word_runs(old.chars[i : removed.old_end], new.chars[j : added.new_end])
        runs = [*(run for run in found if run.length >= LONG_RUN), end]
    yield from _spans_of(runs, i, j)


def sentence_starts(words: Sequence[Word]) -> list[int]:
    """Return where each sentence begins, and, last, the number of words."""
    if not words:
        return [0]
    starts = [0]
    last = ""
    for at, word in enumerate(words):
        # A reference to a footnote belongs to the sentence before it.
        if word.marks and is_reference(word):
            continue
        if last in _SENTENCE_ENDS and (word.space or last not in ".!?"):
            starts.append(at)
        last = word.text
    starts.append(len(words))
    return starts


def unit_label(unit: Unit) -> int:
    """Return how many words of a unit are its typed label; code and rows of tables have none."""
    return label_length(unit.words) if unit.kind not in {"pre", "tr"} else 0


def bare_text(unit: Unit) -> str:
    """Return the characters a unit is paired by: what it says, without its typed label, formatting and capitals.

    A unit without words has one character that says what it is.
    """
    text = _bare.get(unit)
    if text is None:
        text = _bare[unit] = plain_chars(unit.chars[unit_label(unit) :]) or _NO_WORDS.get(unit.kind, "\x04")
    return text


def plain_unit(unit: Unit) -> str:
    """Return all characters of a unit, formatting and capitals left aside."""
    text = _plain.get(unit)
    if text is None:
        text = _plain[unit] = plain_chars(unit.chars)
    return text


def unit_sentences(unit: Unit) -> list[str]:
    """Return the sentences of a unit as it is paired by (`bare_text`), one character a word."""
    sentences = _sentences.get(unit)
    if sentences is None:
        start = unit_label(unit)
        starts = sentence_starts(unit.words[start:] if start else unit.words)
        sentences = cut(bare_text(unit), starts) if len(unit.chars) > start else [bare_text(unit)]
        _sentences[unit] = sentences
    return sentences


def join_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join neighbours of the same kind; between two kept spans deletions stand before insertions."""
    joined: list[Span] = []
    gap: list[Span] = []
    for span in (*spans, None):
        if span is not None and span.op is not Op.KEEP:
            gap.append(span)
            continue
        if gap:
            start, end = gap[0], gap[-1]
            if end.old_end > start.old_start:
                joined.append(Span(Op.DELETE, start.old_start, end.old_end, start.new_start, start.new_start))
            if end.new_end > start.new_start:
                joined.append(Span(Op.INSERT, end.old_end, end.old_end, start.new_start, end.new_end))
            gap = []
        if span is None:
            break
        if joined and joined[-1].op is Op.KEEP:
            last = joined.pop()
            span = Span(Op.KEEP, last.old_start, span.old_end, last.new_start, span.new_end)  # noqa: PLW2901
        joined.append(span)
    return tuple(joined)


def cut(chars: str, starts: list[int]) -> list[str]:
    """Return the pieces of `chars` that begin at `starts`, whose last entry is the end."""
    return [chars[start:end] for start, end in pairwise(starts)]


def _words(old: Side, new: Side, i: int, j: int) -> Iterator[Span]:
    """Yield the spans between two runs of words that begin at `i` and `j`."""
    if not old.chars or not new.chars:
        kept = []
    elif old.chars == new.chars:
        kept = [Run(0, 0, len(old.chars))]
    else:
        kept = clean_up(old, new, word_runs(old.chars, new.chars))
    yield from _spans_of([*kept, Run(len(old.chars), len(new.chars), 0)], i, j)


def _spans_of(runs: Iterable[Run], i: int, j: int) -> Iterator[Span]:
    """Yield the spans round runs that are kept, the last of which is empty and says where both sides end."""
    at = new_at = 0
    for run in runs:
        if run.old > at:
            yield Span(Op.DELETE, i + at, i + run.old, j + new_at, j + new_at)
        if run.new > new_at:
            yield Span(Op.INSERT, i + run.old, i + run.old, j + new_at, j + run.new)
        at, new_at = run.old + run.length, run.new + run.length
        if run.length:
            yield Span(Op.KEEP, i + run.old, i + at, j + run.new, j + new_at)
