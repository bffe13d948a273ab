"""Short quotes that show a change in a line: the changed words with a few words round them, on either side.

Only words that the redline marks are marked here too; text that moved is no change of words. Of a table row the cells
that differ are quoted, each with the title of its column.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.model import Op
from smallprint.presenting.characters import note_look_alikes
from smallprint.presenting.forms import change_remarks
from smallprint.text import Word, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from smallprint.model import CellPair, Change, Clause, Row, Span
    from smallprint.presenting.wording import Wording
    from smallprint.text import Unit

# In words. A quote of changed words with their context fits on a line or two.
_CONTEXT: Final = 6
_CHANGED: Final = 16
_WHOLE: Final = 20
# Changed words with so few kept words between them read as one place.
_GAP: Final = 3
_CELLS: Final = 4
"""How many cells of a row are quoted."""
_BOUNDARY: Final = Word("", (), space=True)
_CELL: Final = " | "
"""Between two cells of a table row."""


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
    is_moved_only: bool = False
    """Text moved, and no word differs."""
    letters: str = ""
    """A remark on letters that look alike, where the quotes look the same."""


class Spot(NamedTuple):
    """A place that differs: spans of a row that lie close together."""

    row: Row
    spans: tuple[Span, ...]
    """Those that differ; none that moved."""

    @property
    def old_start(self) -> int:
        """Where it begins among the old words."""
        return self.spans[0].old_start

    @property
    def old_end(self) -> int:
        """Where it ends among the old words."""
        return self.spans[-1].old_end

    @property
    def new_start(self) -> int:
        """Where it begins among the new words."""
        return self.spans[0].new_start

    @property
    def new_end(self) -> int:
        """Where it ends among the new words."""
        return self.spans[-1].new_end

    @property
    def size(self) -> int:
        """How many words differ."""
        return sum((span.old_end - span.old_start) + (span.new_end - span.new_start) for span in self.spans)

    def changed(self, *, is_old: bool) -> frozenset[int]:
        """Return the positions of the words of a side that differ."""
        return changed_words(self.spans, is_old=is_old)

    @property
    def is_form_only(self) -> bool:
        """Whether the same words are removed and added, in another formatting."""
        old, new = (
            [side[at].text for at in sorted(self.changed(is_old=is_old))]
            for side, is_old in ((side_words(self.row.old), True), (side_words(self.row.new), False))
        )
        return old == new


def quote_change(change: Change, wording: Wording) -> Quotes:
    """Return quotes of the place where most words differ."""
    if not change.old or not change.new:
        sides = change.new or change.old
        whole = _whole_quote(tuple(unit for clause in sides for unit in clause.units), sides[0].title, wording)
        return Quotes(before=None, now=whole) if change.new else Quotes(before=whole)
    places = [place for row in change.rows for place in spots_of(row)]
    if not places:
        if any(span.moved for row in change.rows for span in row.spans):
            return Quotes(is_moved_only=True)
        return Quotes(is_form_only=any(change_remarks(change)) or any(map(_has_other_form, change.rows)))
    best = max(places, key=lambda place: (not place.is_form_only, place.size))
    others = [place for place in places if not place.row.old] if not best.row.new else []
    others += [place for place in places if not place.row.new] if not best.row.old else []
    if others:
        # A paragraph went and another came: shown side by side, as a reader would.
        pair = sorted((best, max(others, key=lambda place: place.size)), key=lambda place: bool(place.row.new))
        before, now = (_sides(change, place, wording)[index] for index, place in enumerate(pair))
        return Quotes(before, now, len(places) - 2)
    before, now = _sides(change, best, wording)
    if before and now and before.plain == now.plain:
        old_targets, new_targets = _link_targets(best)
        if old_targets == new_targets:
            return Quotes(more=len(places) - 1, is_form_only=True)
        before, now = _with_target(before, old_targets, wording), _with_target(now, new_targets, wording)
    letters = note_look_alikes(before.changed, now.changed) if before and now else ""
    return Quotes(before, now, len(places) - 1, letters=letters)


def _sides(change: Change, place: Spot, wording: Wording) -> tuple[Quote | None, Quote | None]:
    """Quote a place on both sides."""
    row = place.row
    if any(unit.kind == "tr" for unit in (*row.old, *row.new)) and (row.cells or not (row.old and row.new)):
        return (
            _cells_quote(place, change.old, wording, is_old=True),
            _cells_quote(place, change.new, wording, is_old=False),
        )
    old, new = side_words(row.old), side_words(row.new)
    return (
        _quote(old, (place.old_start, place.old_end), place.changed(is_old=True), wording, cell_starts(row.old)),
        _quote(new, (place.new_start, place.new_end), place.changed(is_old=False), wording, cell_starts(row.new)),
    )


def _has_other_form(row: Row) -> bool:
    return [unit.form for unit in row.old] != [unit.form for unit in row.new]


def spots_of(row: Row) -> list[Spot]:
    """Gather the spans of a row that differ into places; what differs in a table row is one place."""
    places: list[Spot] = []
    kept = 0
    for span in row.spans:
        if span.op is Op.KEEP or span.moved:
            kept += max(span.old_end - span.old_start, span.new_end - span.new_start)
            continue
        if places and (kept <= _GAP or row.cells):
            places[-1] = places[-1]._replace(spans=(*places[-1].spans, span))
        else:
            places.append(Spot(row, (span,)))
        kept = 0
    return places


def changed_words(spans: Iterable[Span], *, is_old: bool) -> frozenset[int]:
    """Return the positions of the words of a side that are marked as removed or added."""
    changed: set[int] = set()
    for span in spans:
        if span.op is not Op.KEEP and not span.moved:
            changed.update(range(span.old_start, span.old_end) if is_old else range(span.new_start, span.new_end))
    return frozenset(changed)


def side_words(units: tuple[Unit, ...]) -> tuple[Word, ...]:
    """Return the words of one side of a row, one more for each boundary between units."""
    words: list[Word] = []
    for number, unit in enumerate(units):
        words += [_BOUNDARY] if number else []
        words += unit.words
    return tuple(words)


def cell_starts(units: tuple[Unit, ...]) -> frozenset[int]:
    """Return the positions among the words of a side at which a table cell begins that is not the first of its row."""
    starts: set[int] = set()
    base = 0
    for unit in units:
        starts.update(base + end for end in unit.cells[:-1] if 0 < end < len(unit.words))
        base += len(unit.words) + 1
    return frozenset(starts)


def marked_pieces(
    words: Sequence[Word], at: Iterable[int], changed: AbstractSet[int], cells: AbstractSet[int] = frozenset()
) -> list[Piece]:
    """Return the words at the positions `at` as pieces, each with the space before it; a sign between table cells.

    Args:
        words: the words of a side.
        at: the positions of those to show, in order.
        changed: the positions of those that differ.
        cells: the positions at which a table cell begins.
    """
    pieces: list[Piece] = []
    for number, position in enumerate(at):
        word, is_changed = words[position], position in changed
        if number and position in cells:
            _append(pieces, _CELL, is_changed=False)
        elif number and word.space:
            _append(pieces, " ", is_changed=is_changed)
        _append(pieces, " " if word.text == "\n" else word.text, is_changed=is_changed)
    return pieces


def _append(pieces: list[Piece], text: str, *, is_changed: bool) -> None:
    """Add text to pieces; two spaces are one."""
    if text == " " and pieces and pieces[-1].text.endswith(" "):
        return
    if text and pieces and pieces[-1].is_changed == is_changed:
        pieces[-1] = Piece(pieces[-1].text + text, is_changed)
    elif text:
        pieces.append(Piece(text, is_changed))


def _tight(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Put the spaces round marked words outside of the marks, and none at either end."""
    tight: list[Piece] = []
    for text, is_changed in pieces:
        bare = text.strip(" ") if is_changed else text
        if is_changed and text.startswith(" "):
            _append(tight, " ", is_changed=False)
        _append(tight, bare, is_changed=is_changed)
        if is_changed and bare and text.endswith(" "):
            _append(tight, " ", is_changed=False)
    if tight:
        tight[0] = Piece(tight[0].text.lstrip(" "), tight[0].is_changed)
        tight[-1] = Piece(tight[-1].text.rstrip(" "), tight[-1].is_changed)
    return tuple(piece for piece in tight if piece.text)


def _quote(
    words: tuple[Word, ...],
    place: tuple[int, int],
    changed: AbstractSet[int],
    wording: Wording,
    cells: AbstractSet[int] = frozenset(),
) -> Quote | None:
    """Quote the words of a place with context; nothing where the side has no words."""
    if not words:
        return None
    start, end = place
    first, last = max(0, start - _CONTEXT), min(len(words), end + _CONTEXT)
    pieces = [Piece(f"{wording.clipped} ", is_changed=False)] if first else []
    if end - start > _CHANGED:
        pieces += marked_pieces(words, range(first, start + _CHANGED - 5), changed, cells)
        pieces.append(Piece(f" {wording.clipped} ", is_changed=False))
        pieces += marked_pieces(words, range(end - 4, last), changed, cells)
    else:
        pieces += marked_pieces(words, range(first, last), changed, cells)
    pieces += [Piece(f" {wording.clipped}", is_changed=False)] if last < len(words) else []
    return Quote(_tight(pieces))


def _cells_quote(place: Spot, clauses: Sequence[Clause], wording: Wording, *, is_old: bool) -> Quote | None:
    """Quote the cells of a table row that differ, each with its column's title, and the first to know the row by."""
    unit = next(iter(place.row.old if is_old else place.row.new), None)
    if unit is None:
        return None
    changed = place.changed(is_old=is_old)
    bounds = list(pairwise((0, *unit.cells)))
    shown = sorted(_differing_cells(place, bounds, is_old=is_old))[:_CELLS]
    titles = _titles(clauses, unit)
    pieces: list[Piece] = []
    last = -1
    for cell in dict.fromkeys((0, *shown)):
        start, end = bounds[cell]
        if last >= 0:
            pieces.append(Piece(_CELL if cell == last + 1 else f" {wording.clipped} ", is_changed=False))
        if cell in shown and titles and titles[cell]:
            pieces.append(Piece(f"{titles[cell]}{wording.colon}", is_changed=False))
        own = [at for at in range(start, end) if at in changed]
        clipped = _quote(unit.words[start:end], _reach(own, start, end), {at - start for at in own}, wording)
        pieces += clipped.pieces if clipped else [Piece(wording.empty_quote, is_changed=False)]
        last = cell
    if last < len(bounds) - 1:
        pieces.append(Piece(f" {wording.clipped}", is_changed=False))
    return Quote(tuple(pieces))


def _reach(changed: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return from where to where words of a cell differ, counted from its first; the beginning where none does."""
    return (changed[0] - start, changed[-1] + 1 - start) if changed else (0, min(end - start, _CONTEXT))


def _differing_cells(place: Spot, bounds: Sequence[tuple[int, int]], *, is_old: bool) -> Iterator[int]:
    """Yield which cells of a side differ from those beside them."""
    row = place.row
    if not row.cells:
        yield from (cell for cell, (start, end) in enumerate(bounds) if start < end)
        return
    sides = []
    for units, side in ((row.old, True), (row.new, False)):
        changed = place.changed(is_old=side)
        ranges = pairwise((0, *units[0].cells))
        sides.append([any(at in changed for at in range(start, end)) for start, end in ranges])
    for pair in row.cells:
        own = pair.old if is_old else pair.new
        if own >= 0 and _differs(pair, sides[0], sides[1]):
            yield own


def _differs(pair: CellPair, old: Sequence[bool], new: Sequence[bool]) -> bool:
    return (pair.old >= 0 and old[pair.old]) or (pair.new >= 0 and new[pair.new])


def _titles(clauses: Sequence[Clause], unit: Unit) -> list[str]:
    """Return the titles of the columns of a table row; none for the row of the titles itself."""
    table = next((container.ordinal for container in unit.path if container.kind == "table"), 0)
    for other in (other for clause in clauses for other in clause.units if other.kind == "tr"):
        kinds = {container.kind: container.ordinal for container in other.path}
        if kinds.get("table") == table and "thead" in kinds and other is not unit:
            titles = [plain_text(other.words[start:end]).strip() for start, end in pairwise((0, *other.cells))]
            return titles if len(titles) == len(unit.cells) else []
    return []


def _whole_quote(units: tuple[Unit, ...], title: str, wording: Wording) -> Quote:
    """Quote the beginning of a clause, without the title that stands beside it anyway."""
    words = side_words(units)
    pieces = marked_pieces(words, range(len(words)), frozenset(), cell_starts(units))
    text = "".join(piece.text for piece in pieces).strip()
    if text.startswith(title) and text != title:
        skipped = len(title)
        text = text[skipped:].lstrip(" .:–—-")
    parts = text.split(" ")
    if len(parts) > _WHOLE:
        text = f"{' '.join(parts[:_WHOLE])} {wording.clipped}"
    return Quote((Piece(text, is_changed=False),))


def _with_target(quote: Quote, targets: tuple[str, ...], wording: Wording) -> Quote:
    """Name what the words link to, where nothing else tells the sides apart."""
    last = max((at for at, piece in enumerate(quote.pieces) if piece.is_changed), default=-1)
    if not targets or last < 0:
        return quote
    text = quote.pieces[last].text
    before, _, after = wording.link_to.format(text="\0", target=wording.listed(targets)).partition("\0")
    named = [Piece(before, is_changed=False), Piece(text, is_changed=True), Piece(after, is_changed=False)]
    return Quote((*quote.pieces[:last], *filter(lambda piece: piece.text, named), *quote.pieces[last + 1 :]))


def _link_targets(place: Spot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return where the words of a place link to, on either side."""
    old_words, new_words = side_words(place.row.old), side_words(place.row.new)
    sides = old_words[place.old_start : place.old_end], new_words[place.new_start : place.new_end]
    old, new = (dict.fromkeys(mark.target for word in side for mark in word.marks if mark.target) for side in sides)
    return tuple(old), tuple(new)
