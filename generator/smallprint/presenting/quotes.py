"""Short quotes that show a change in a line: the changed words with a few words round them, on either side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from smallprint.model import Op
from smallprint.text import Word

if TYPE_CHECKING:
    from smallprint.model import Change, Row, Span
    from smallprint.presenting.wording import Wording
    from smallprint.text import Unit

# In words. A quote of changed words with their context fits on a line or two.
_CONTEXT = 6
_CHANGED = 16
_WHOLE = 20
# Changed words with so few kept words between them read as one place.
_GAP = 3
_BOUNDARY = Word("", (), space=True)


class Piece(NamedTuple):
    """Words of a quote that all differ, or all stand on both sides."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one side: those that differ, and what stands before, between and after them."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """The quote as one text."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def changed(self) -> str:
        """The words that differ."""
        return "".join(piece.text for piece in self.pieces if piece.is_changed)


class Quotes(NamedTuple):
    """What a line shows of a change."""

    before: Quote | None = None
    now: Quote | None = None
    more: int = 0
    """How many further places differ."""
    is_form_only: bool = False
    """Nothing differs but formatting, levels or numbers."""


class Spot(NamedTuple):
    """A place that differs: spans of a row that lie close together."""

    row: Row
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def size(self) -> int:
        """How many words differ."""
        return (self.old_end - self.old_start) + (self.new_end - self.new_start)


def quote_change(change: Change, wording: Wording) -> Quotes:
    """Return quotes of the place where most words differ."""
    if not change.old or not change.new:
        sides = change.new or change.old
        whole = _whole_quote(tuple(unit for clause in sides for unit in clause.units), sides[0].title, wording)
        return Quotes(before=None, now=whole) if change.new else Quotes(before=whole)
    places = [place for row in change.rows if not row.moved for place in spots_of(row)]
    if not places:
        return Quotes(is_form_only=any(_has_other_form(row) for row in change.rows))
    best = max(places, key=lambda place: place.size)
    others = [place for place in places if not place.row.old] if not best.row.new else []
    others += [place for place in places if not place.row.new] if not best.row.old else []
    if others:
        # A paragraph went and another came: shown side by side, as a reader would.
        pair = sorted((best, max(others, key=lambda place: place.size)), key=lambda place: bool(place.row.new))
        before, now = (_sides(place, wording)[index] for index, place in enumerate(pair))
        return Quotes(before, now, len(places) - 2)
    before, now = _sides(best, wording)
    if before and now and before.plain == now.plain:
        old_targets, new_targets = _link_targets(best)
        if old_targets == new_targets:
            return Quotes(more=len(places) - 1, is_form_only=True)
        before, now = _with_target(before, old_targets, wording), _with_target(now, new_targets, wording)
    return Quotes(before, now, len(places) - 1)


def _sides(place: Spot, wording: Wording) -> tuple[Quote | None, Quote | None]:
    """Quote a place on both sides."""
    return (
        _quote(side_words(place.row.old), place.old_start, place.old_end, wording),
        _quote(side_words(place.row.new), place.new_start, place.new_end, wording),
    )


def _has_other_form(row: Row) -> bool:
    return [unit.form for unit in row.old] != [unit.form for unit in row.new]


def spots_of(row: Row) -> list[Spot]:
    """Gather the spans of a row that differ into places."""
    places: list[Spot] = []
    kept = 0
    for span in row.spans:
        if span.op is Op.KEEP:
            kept = span.old_end - span.old_start
            continue
        if places and kept <= _GAP:
            last = places.pop()
            places.append(last._replace(old_end=span.old_end, new_end=span.new_end))
        else:
            places.append(_spot(row, span))
        kept = 0
    return places


def _spot(row: Row, span: Span) -> Spot:
    return Spot(row, span.old_start, span.old_end, span.new_start, span.new_end)


def side_words(units: tuple[Unit, ...]) -> tuple[Word, ...]:
    """Return the words of one side of a row, one more for each boundary between units."""
    words: list[Word] = []
    for number, unit in enumerate(units):
        words += [_BOUNDARY] if number else []
        # Cells of a table stand apart without any white space.
        if unit.cells:
            words += [word._replace(space=word.space or at in unit.cells) for at, word in enumerate(unit.words)]
        else:
            words += unit.words
    return tuple(words)


def _quote(words: tuple[Word, ...], start: int, end: int, wording: Wording) -> Quote | None:
    """Quote `words[start:end]` with context; nothing where the side has no words."""
    if not words:
        return None
    first, last = max(0, start - _CONTEXT), min(len(words), end + _CONTEXT)
    changed = words_text(words[start:end])
    if end - start > _CHANGED:
        head, last_words = words_text(words[start : start + _CHANGED - 5]), words_text(words[end - 4 : end]).lstrip()
        changed = f"{head} {wording.clipped} {last_words}"
    lead, tail = words_text(words[first:start]), words_text(words[end:last])
    gap = " " if lead and changed.startswith(" ") else ""
    return _three(
        (f"{wording.clipped} " if first else "") + lead.lstrip() + gap,
        changed.strip(),
        (" " if tail and changed.endswith(" ") else "")
        + tail.rstrip()
        + (f" {wording.clipped}" if last < len(words) else ""),
    )


def _three(lead: str, changed: str, tail: str) -> Quote:
    pieces = Piece(lead, is_changed=False), Piece(changed, is_changed=True), Piece(tail, is_changed=False)
    return Quote(tuple(piece for piece in pieces if piece.text))


def _whole_quote(units: tuple[Unit, ...], title: str, wording: Wording) -> Quote:
    """Quote the beginning of a clause, without the title that stands beside it anyway."""
    words = side_words(units)
    text = words_text(words).strip()
    if text.startswith(title) and text != title:
        skipped = len(title)
        text = text[skipped:].lstrip(" .:–—-")
    parts = text.split(" ")
    if len(parts) > _WHOLE:
        text = f"{' '.join(parts[:_WHOLE])} {wording.clipped}"
    return Quote((Piece(text, is_changed=False),))


def _with_target(quote: Quote, targets: tuple[str, ...], wording: Wording) -> Quote:
    """Name what the words link to, where nothing else tells the sides apart."""
    if not targets:
        return quote
    named = wording.link_to.format(text=quote.changed, target=wording.listed(targets))
    return Quote(tuple(piece._replace(text=named) if piece.is_changed else piece for piece in quote.pieces))


def _link_targets(place: Spot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return where the words of a place link to, on either side."""
    old_words, new_words = side_words(place.row.old), side_words(place.row.new)
    sides = old_words[place.old_start : place.old_end], new_words[place.new_start : place.new_end]
    old, new = (dict.fromkeys(mark.target for word in side for mark in word.marks if mark.target) for side in sides)
    return tuple(old), tuple(new)


def words_text(words: tuple[Word, ...]) -> str:
    """Join words, keeping the space before the first; line breaks become spaces."""
    text = "".join((" " if word.space else "") + (" " if word.text == "\n" else word.text) for word in words)
    return re.sub(" +", " ", text)
