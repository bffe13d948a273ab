"""Two runs of words → the spans that are kept, deleted and inserted.

Sentences pair before words do, so that an inserted sentence does not smear over its neighbours; inside paired sentences
RapidFuzz finds a longest common subsequence of words, exact and without any limit of time; `smallprint.comparing.
cleanup` then makes the marks read as a person would set them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import LCSseq

from smallprint.comparing.cleanup import clean_up
from smallprint.comparing.pairing import pair_texts
from smallprint.model import Op, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import Unit, Word

_SENTENCE_ENDS: Final = frozenset(".!?。！？؟۔।\n")
_NO_WORDS: Final = {"hr": "\x02", "tr": "\x03"}
_SENTENCES_FROM: Final = 24
"""Shorter runs are compared word by word at once."""
_sentences: dict[Unit, list[str]] = {}
"""Unit → its sentences, for the life of the process: versions share most of their units."""


def redline_words(old: Sequence[Word], new: Sequence[Word], old_chars: str, new_chars: str) -> tuple[Span, ...]:
    """Return the spans that lead from `old` to `new`, in order and without gaps.

    Args:
        old: words of the old side.
        new: words of the new side.
        old_chars: one character for each old word, equal where the words are the same (`smallprint.words.encode`).
        new_chars: the same for the new side.
    """
    if old_chars == new_chars:
        return (Span(Op.KEEP, 0, len(old_chars), 0, len(new_chars)),) if old_chars else ()
    if not old_chars or not new_chars:
        return (Span(Op.DELETE if old_chars else Op.INSERT, 0, len(old_chars), 0, len(new_chars)),)
    spans: list[Span] = []
    if min(len(old), len(new)) < _SENTENCES_FROM:
        spans.extend(_words(old, new, old_chars, new_chars, 0, 0))
    else:
        old_starts, new_starts = sentence_starts(old), sentence_starts(new)
        for pairing in pair_texts(cut(old_chars, old_starts), cut(new_chars, new_starts)):
            i, i_end = old_starts[pairing.old_start], old_starts[pairing.old_end]
            j, j_end = new_starts[pairing.new_start], new_starts[pairing.new_end]
            spans.extend(_words(old[i:i_end], new[j:j_end], old_chars[i:i_end], new_chars[j:j_end], i, j))
    return join_spans(spans)


def sentence_starts(words: Sequence[Word]) -> list[int]:
    """Return where each sentence or part of a list of parts begins, and, last, the number of words."""
    starts = [0]
    for at in range(1, len(words)):
        if words[at - 1].text in _SENTENCE_ENDS and (words[at].space or words[at - 1].text not in ".!?"):
            starts.append(at)
    if words:
        starts.append(len(words))
    return starts


def unit_text(unit: Unit) -> str:
    """Return the characters a unit is paired by; a unit without words has one that says what it is."""
    return unit.chars or _NO_WORDS.get(unit.kind, "\x04")


def unit_sentences(unit: Unit) -> list[str]:
    """Return the sentences of a unit, one character a word."""
    sentences = _sentences.get(unit)
    if sentences is None:
        sentences = cut(unit.chars, sentence_starts(unit.words)) if unit.chars else [unit_text(unit)]
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
    return [chars[start:end] for start, end in zip(starts, starts[1:], strict=False)]


def _words(
    old: Sequence[Word], new: Sequence[Word], old_chars: str, new_chars: str, i: int, j: int
) -> Iterator[Span]:
    """Yield the spans between two runs of words that begin at `i` and `j`."""
    if old_chars == new_chars:
        yield Span(Op.KEEP, i, i + len(old), j, j + len(new))
    elif not old or not new:
        if old:
            yield Span(Op.DELETE, i, i + len(old), j, j)
        if new:
            yield Span(Op.INSERT, i, i, j, j + len(new))
    else:
        matches = [
            (start, new_start, end - start)
            for tag, start, end, new_start, _ in LCSseq.opcodes(old_chars, new_chars)
            if tag == "equal"
        ]
        yield from _spans(clean_up(old, new, old_chars, new_chars, matches), len(old), len(new), i, j)


def _spans(matches: list[tuple[int, int, int]], old_length: int, new_length: int, i: int, j: int) -> Iterator[Span]:
    at = new_at = 0
    for start, new_start, length in (*matches, (old_length, new_length, 0)):
        if start > at:
            yield Span(Op.DELETE, i + at, i + start, j + new_at, j + new_at)
        if new_start > new_at:
            yield Span(Op.INSERT, i + start, i + start, j + new_at, j + new_start)
        if length:
            yield Span(Op.KEEP, i + start, i + start + length, j + new_start, j + new_start + length)
        at, new_at = start + length, new_start + length

