"""A row that reaches over the beginning of a clause → a row for each clause."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from smallprint.comparing.redline import sentence_starts
from smallprint.comparing.side import row_words
from smallprint.model import Op, Row, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.text import Unit


def cut_row(row: Row, starts: Sequence[int]) -> Iterator[Row]:
    """Cut a row before the new units at the positions `starts`, so that no part reaches over a clause's beginning.

    An old unit that goes on in the next part is cut with it, which the next part says (`Row.continues`).
    """
    ends = list(accumulate(len(unit.words) + 1 for unit in row.new))
    old_ends = list(accumulate(len(unit.words) + 1 for unit in row.old))
    at = old_word = new_word = old_unit = 0
    continues = False
    spans = list(row.spans)
    sentences = sentence_starts(row_words(row.old))
    for start in (*starts, len(row.new)):
        boundary = ends[start - 1] - 1
        inner, spans, old_stop, is_kept = _cut_spans(spans, boundary)
        if not is_kept and start < len(row.new):
            old_stop = _give_sentence(inner, spans, old_stop, sentences)
        last_unit = bisect_right(old_ends, old_stop) if start < len(row.new) else len(row.old) - 1
        pieces = []
        for index in range(old_unit, min(last_unit + 1, len(row.old))):
            unit_start = old_ends[index] - len(row.old[index].words) - 1
            pieces.append(_slice(row.old[index], max(old_word - unit_start, 0), old_stop - unit_start))
        moved = tuple(
            Span(s.op, s.old_start - old_word, s.old_end - old_word, s.new_start - new_word, s.new_end - new_word)
            for s in inner
        )
        yield Row(tuple(pieces), row.new[at:start], moved, continues=continues)
        old_word, new_word = old_stop + is_kept, boundary + 1
        old_unit, continues = (last_unit + 1, False) if is_kept else (last_unit, True)
        at = start


def _cut_spans(spans: list[Span], boundary: int) -> tuple[list[Span], list[Span], int, bool]:
    """Cut spans at the new word `boundary`, which itself is left out.

    Returns:
        The spans before; those after; the old word at which the old side is cut; whether the boundary is kept, so that
        the old word there is a boundary too.
    """
    before: list[Span] = []
    for index, span in enumerate(spans):
        if not span.new_start <= boundary < span.new_end:
            before.append(span)
            continue
        head, tail = boundary - span.new_start, span.new_end - boundary - 1
        is_kept = span.op is Op.KEEP
        old_stop = span.old_start + head if is_kept else span.old_start
        if head:
            before.append(Span(span.op, span.old_start, old_stop, span.new_start, boundary))
        after = spans[index + 1 :]
        if tail:
            after.insert(0, Span(span.op, old_stop + is_kept, span.old_end, boundary + 1, span.new_end))
        return before, after, old_stop, is_kept
    return before, [], before[-1].old_end if before else 0, False


def _give_sentence(inner: list[Span], after: list[Span], old_stop: int, sentences: Sequence[int]) -> int:
    """Move a sentence that begins in the words removed last before a cut, and goes on behind it, behind it as a whole.

    Returns:
        The old word at which the old side is cut now.
    """
    at = next((n for n in (len(inner) - 1, len(inner) - 2) if n >= 0 and inner[n].op is Op.DELETE), -1)
    if at < 0 or old_stop in sentences:
        return old_stop
    removed = inner[at]
    start = max((n for n in sentences if removed.old_start <= n < removed.old_end), default=-1)
    if start < 0:
        return old_stop
    inner[at : at + 1] = [removed._replace(old_end=start)] if start > removed.old_start else []
    inner[at:] = [s if s.op is Op.DELETE else s._replace(old_start=start, old_end=start) for s in inner[at:]]
    new_word = after[0].new_start if after else removed.new_end
    after.insert(0, Span(Op.DELETE, start, old_stop, new_word, new_word))
    return start


def _slice(unit: Unit, start: int, end: int) -> Unit:
    """Return a unit with only some of its words."""
    if start <= 0 and end >= len(unit.words):
        return unit
    first = max(start, 0)
    cells = tuple(cell - first for cell in unit.cells)
    return replace(unit, words=unit.words[first:end], chars=unit.chars[first:end], cells=cells)
