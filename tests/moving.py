"""Comparisons in which single words are said to have moved, whatever comparing itself finds."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from smallprint.comparing.side import BOUNDARY, row_words
from smallprint.model import Op

if TYPE_CHECKING:
    from smallprint.model import Comparison, Row, Span

_Place = tuple[int, int, int]
"""Positions of a change, of a row in it, and of a span in that."""


def with_moves(comparison: Comparison, least: int = 4) -> Comparison:
    """Number what was removed in one place and added in another, where `least` words are the same at both."""
    spans = {
        (c, r, s): span
        for c, change in enumerate(comparison.changes)
        for r, row in enumerate(change.rows)
        for s, span in enumerate(row.spans)
        if span.op is not Op.KEEP and not span.moved
    }
    cuts: dict[_Place, list[Span]] = {}
    number = max((span.moved for change in comparison.changes for row in change.rows for span in row.spans), default=0)
    for gone in [place for place, span in spans.items() if span.op is Op.DELETE]:
        for come in [place for place, span in spans.items() if span.op is Op.INSERT and place not in cuts]:
            olds, news = _words(comparison, gone, spans[gone]), _words(comparison, come, spans[come])
            blocks = SequenceMatcher(None, olds, news, autojunk=False).get_matching_blocks()
            if sum(block.size for block in blocks) >= least:
                number += 1
                cuts[gone] = _cut(spans[gone], [(block.a, block.a + block.size) for block in blocks], number)
                cuts[come] = _cut(spans[come], [(block.b, block.b + block.size) for block in blocks], number)
                break
    changes = list(comparison.changes)
    for c, change in enumerate(changes):
        rows = [
            replace(row, spans=tuple(part for s, span in enumerate(row.spans) for part in cuts.get((c, r, s), [span])))
            for r, row in enumerate(change.rows)
        ]
        changes[c] = replace(change, rows=tuple(rows))
    return replace(comparison, changes=tuple(changes))


def _words(comparison: Comparison, place: _Place, span: Span) -> list[object]:
    row: Row = comparison.changes[place[0]].rows[place[1]]
    if span.op is Op.DELETE:
        words = row_words(row.old)[span.old_start : span.old_end]
    else:
        words = row_words(row.new)[span.new_start : span.new_end]
    # The end of a paragraph moves nowhere.
    return [(place, at) if word is BOUNDARY else (word.text, word.marks) for at, word in enumerate(words)]


def _cut(span: Span, matches: list[tuple[int, int]], number: int) -> list[Span]:
    """Return the parts of a span, those that match with a number."""
    parts: list[Span] = []
    at = 0
    length = max(span.old_end - span.old_start, span.new_end - span.new_start)
    for start, end in [*matches, (length, length)]:
        parts += [_part(span, at, start)] if start > at else []
        parts += [_part(span, start, end)._replace(moved=number)] if end > start else []
        at = end
    return parts


def _part(span: Span, start: int, end: int) -> Span:
    if span.op is Op.DELETE:
        return span._replace(old_start=span.old_start + start, old_end=span.old_start + end)
    return span._replace(new_start=span.new_start + start, new_end=span.new_start + end)
