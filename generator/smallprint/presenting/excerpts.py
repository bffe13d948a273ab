"""What a rule quotes of a change → short quotes with the changed words marked, for the line that tells of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from smallprint.judgement import Direction
from smallprint.presenting.quotes import (
    Piece,
    Quote,
    Quotes,
    cell_starts,
    changed_words,
    marked_pieces,
    side_words,
    spots_of,
)
from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from smallprint.judgement import Finding, Judgement
    from smallprint.model import Change, Row
    from smallprint.presenting.wording import Wording
    from smallprint.text import Unit, Word

_LONGEST = 40
"""In words. A sentence that is longer is clipped round what the rule names of it."""
_NAMED = re.compile("“(.+?)”")


class _Found(NamedTuple):
    """Where a quote stands: words of one side of a row."""

    row: Row
    words: tuple[Word, ...]
    start: int
    end: int
    is_old: bool


def quote_finding(change: Change, judgement: Judgement, wording: Wording) -> Quotes | None:
    """Return the words that the verdict is about; none where no rule has pointed at any."""
    finding = _telling(judgement)
    if finding is None:
        return None
    before = _find(change, finding.old_quote, is_old=True)
    now = _find(change, finding.new_quote, is_old=False)
    if before is None and now is None:
        return None
    marks = bool(change.old and change.new)
    return Quotes(
        before=_quote(before, finding, wording, marks=marks) if before else None,
        now=_quote(now, finding, wording, marks=marks) if now else None,
        more=_others(change, [found for found in (before, now) if found]) if marks else 0,
    )


def _telling(judgement: Judgement) -> Finding | None:
    """Return the weightiest finding; under a person's verdict the weightiest that says the same, best of those rights.

    What a rule quotes to say something else would be no example of what the person decided.
    """
    review = judgement.review
    if review is None:
        return next(iter(judgement.findings), None)
    same = {review.direction} - {Direction.NEUTRAL}
    if review.direction is Direction.MIXED:
        same |= {Direction.REDUCES, Direction.EXPANDS}
    agreeing = [finding for finding in judgement.findings if finding.direction in same]
    named = [finding for finding in agreeing if set(finding.rights) & set(review.rights)]
    return next(iter([*named, *agreeing]), None)


def _find(change: Change, quote: str | None, *, is_old: bool) -> _Found | None:
    """Return where words stand in a change; none where they stand in another."""
    for row in change.rows if quote else ():
        units = row.old if is_old else row.new
        base = 0
        for unit in units:
            span = _within(unit, quote or "")
            if span:
                return _Found(row, side_words(units), base + span[0], base + span[1], is_old)
            base += len(unit.words) + 1  # One more for the boundary to the next unit.
    return None


def _within(unit: Unit, quote: str) -> tuple[int, int] | None:
    """Return which words of a unit a quote consists of."""
    at = plain_text(unit.words).find(quote)
    if at < 0:
        return None
    return _spanned(unit.words, at, at + len(quote))


def _spanned(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """Return which words the characters `[start:end]` of their plain text belong to."""
    inside, position = [], 0
    for number, word in enumerate(words):
        position += word.space and number > 0
        if position < end and position + len(word.text) > start:
            inside.append(number)
        position += len(word.text)
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _quote(found: _Found, finding: Finding, wording: Wording, *, marks: bool) -> Quote:
    """Return the words with marks, clipped round what the rule names where they are many."""
    start, end = found.start, found.end
    changed = changed_words(found.row.spans, is_old=found.is_old) if marks else frozenset[int]()
    if end - start > _LONGEST:
        first, last = _focus(found, finding, changed)
        start = max(found.start, min((first + last - _LONGEST) // 2, found.end - _LONGEST))
        end = start + _LONGEST
    units = found.row.old if found.is_old else found.row.new
    pieces = marked_pieces(found.words, range(start, end), changed, cell_starts(units))
    before = [Piece(f"{wording.clipped} ", is_changed=False)] if start > found.start else []
    after = [Piece(f" {wording.clipped}", is_changed=False)] if end < found.end else []
    return Quote((*before, *pieces, *after))


def _focus(found: _Found, finding: Finding, changed: AbstractSet[int]) -> tuple[int, int]:
    """Return the words that the reason repeats; else the first that differ; else the first."""
    words = found.words[found.start : found.end]
    text = plain_text(tuple(words))
    for named in reversed(_NAMED.findall(finding.reason)):
        at = text.find(named)
        if at >= 0:
            first, last = _spanned(words, at, at + len(named))
            return found.start + first, found.start + last
    first = next((number for number in range(found.start, found.end) if number in changed), found.start)
    return first, first + 1


def _others(change: Change, shown: Sequence[_Found]) -> int:
    """Count the places that differ and are not shown."""
    places = [place for row in change.rows for place in spots_of(row)]
    return sum(
        not any(
            place.row is found.row
            and (
                place.old_start < found.end and place.old_end > found.start
                if found.is_old
                else place.new_start < found.end and place.new_end > found.start
            )
            for found in shown
        )
        for place in places
    )
