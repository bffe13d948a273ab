"""Units of the old side and of the new side → rows: which stands beside which, and the words that differ."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Final

from smallprint.comparing.chains import heaviest_pairs
from smallprint.comparing.cuts import cut_row
from smallprint.comparing.pairing import Pairing, group_links, pair_texts, run_words, shared_words, weigh_pairs
from smallprint.comparing.redline import bare_text, redline_words, unit_sentences
from smallprint.comparing.side import Side, row_words
from smallprint.comparing.tables import pair_table_rows
from smallprint.model import CellPair, Op, Row, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.comparing.tables import TableRows
    from smallprint.text import Unit

Columns = dict[tuple[int, int, int, int], tuple[CellPair, ...]]
"""By the two tables of a row and their numbers of columns: which column stands by which."""
_LONE: Final = 0.3
"""Share of the longer one's words, in runs, that two paragraphs share which are alone between others."""
_LINKING_WORDS: Final = 4
"""Units that have a sentence of so many words in common belong together."""


def make_rows(old: Sequence[Unit], new: Sequence[Unit], new_starts: Sequence[int] = ()) -> Iterator[Row]:
    """Yield the rows of a change, in reading order; every unit of both sides is in one.

    Args:
        old: the units of the old clauses.
        new: the units of the new clauses.
        new_starts: the positions in `new` at which a clause begins; no row reaches over them.
    """
    at = 0
    columns: Columns = {}
    if old and new and _is_heading(old[0]) and _is_heading(new[0]):
        # The title of a clause is beside the title it takes the place of, however little they share.
        yield from _paired(tuple(old[:1]), tuple(new[:1]), columns)
        at = 1
    tables = pair_table_rows(old, new)
    new_at = at
    for i, j in (*_steady_rows(old, new, tables), (len(old), len(new))):
        starts = [n - new_at for n in new_starts]
        yield from _rows_of_text(old[at:i], new[new_at:j], starts, tables, columns)
        if i < len(old):
            yield _row_of_cells(old[i], new[j], tables.cells.get((i, j)), columns)
        at, new_at = i + 1, j + 1


def _steady_rows(old: Sequence[Unit], new: Sequence[Unit], tables: TableRows) -> Iterator[tuple[int, int]]:
    """Yield the pairs of table rows that kept their order, by words, beside the other units of both sides."""
    if not tables.pairs:
        return
    texts = (["" if unit.kind == "tr" else bare_text(unit) for unit in side] for side in (old, new))
    others, _ = weigh_pairs(*texts)
    rows = [(i, j, 1.0 + min(len(old[i].chars), len(new[j].chars))) for i, j in tables.pairs]
    fixed = set(tables.pairs)
    yield from (pair for pair in heaviest_pairs([*rows, *others]) if pair in fixed)


def _rows_of_text(
    old: Sequence[Unit], new: Sequence[Unit], new_starts: Sequence[int], tables: TableRows, columns: Columns
) -> Iterator[Row]:
    """Yield the rows of units that find each other by the sentences they share."""

    def link(old_at: range, new_at: range, *_: Sequence[str]) -> list[Pairing]:
        return _linked_by_sentences(old, new, old_at, new_at, tables)

    texts = [bare_text(unit) for unit in old], [bare_text(unit) for unit in new]
    for pairing in _join_lone(list(pair_texts(*texts, link)), old, new):
        old_units = tuple(old[pairing.old_start : pairing.old_end])
        new_units = tuple(new[pairing.new_start : pairing.new_end])
        if not old_units or not new_units:
            yield _alone(old_units, new_units)
            continue
        if len(old_units) == len(new_units) == 1 and old_units[0].chars == new_units[0].chars:
            yield _same_words(old_units, new_units, columns)
            continue
        first = pairing.new_start
        for row in _paired(old_units, new_units, columns):
            starts = [n - first for n in new_starts if first < n < first + len(row.new)]
            yield from cut_row(row, starts) if starts else (row,)
            first += len(row.new)


def _join_lone(pairings: Sequence[Pairing], old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Pairing]:
    """Yield pairings with two units joined that are alone between others: one took the place of the other.

    Both are headings, or have a little in common.
    """
    stretch: list[Pairing] = []
    for pairing in (*pairings, None):
        if pairing and (pairing.old_start == pairing.old_end or pairing.new_start == pairing.new_end):
            stretch.append(pairing)
            continue
        gone = [lone for lone in stretch if lone.old_end > lone.old_start]
        come = [lone for lone in stretch if lone.new_end > lone.new_start]
        if len(gone) == len(come) == 1 and _took_place(old[gone[0].old_start], new[come[0].new_start]):
            yield Pairing(gone[0].old_start, gone[0].old_end, come[0].new_start, come[0].new_end)
        else:
            yield from stretch
        stretch = []
        if pairing:
            yield pairing


def _took_place(old: Unit, new: Unit) -> bool:
    if _is_heading(old) and _is_heading(new):
        return True
    texts = bare_text(old), bare_text(new)
    return old.kind == new.kind == "p" and run_words(*texts) >= _LONE * max(map(len, texts))


def _row_of_cells(old: Unit, new: Unit, pairs: tuple[CellPair, ...] | None, columns: Columns) -> Row:
    """Return the row of two table rows that go by their cells."""
    if pairs is None:
        pairs = _column_pairs(old, new, columns)
    return Row((old,), (new,), _cell_spans(old, new, pairs), cells=pairs)


def _linked_by_sentences(
    old: Sequence[Unit], new: Sequence[Unit], old_at: range, new_at: range, tables: TableRows
) -> list[Pairing]:
    """Link units that have sentences in common, or most of the words of a sentence."""
    old_sentences = [(i, text) for i in old_at for text in unit_sentences(old[i])]
    new_sentences = [(j, text) for j in new_at for text in unit_sentences(new[j])]
    links = [
        (i, j)
        for (i, j), words in sorted(shared_words(old_sentences, new_sentences).items())
        if words >= min(_LINKING_WORDS, len(old[i].chars), len(new[j].chars)) and tables.may_pair(old[i], new[j])
    ]
    return group_links(links)


def _alone(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> Row:
    """Return a row of units that have no counterpart."""
    words = row_words(old or new)
    if old:
        return Row(old, (), (Span(Op.DELETE, 0, len(words), 0, 0),))
    return Row((), new, (Span(Op.INSERT, 0, 0, 0, len(words)),))


def _same_words(old: tuple[Unit, ...], new: tuple[Unit, ...], columns: Columns) -> Row:
    """Return the row of two units that have the same words, whatever else differs."""
    length = len(new[0].words)
    spans: tuple[Span, ...] = (Span(Op.KEEP, 0, length, 0, length),) if length else ()
    if old[0].kind == new[0].kind == "tr" and old[0].cells == new[0].cells:
        return Row(old, new, spans, cells=tuple(CellPair(at, at) for at in range(len(new[0].cells))))
    if old[0].kind == new[0].kind == "tr":
        spans, cells = _cells(old[0], new[0], columns)
        return Row(old, new, spans, cells=cells)
    return Row(old, new, spans)


def _paired(old: tuple[Unit, ...], new: tuple[Unit, ...], columns: Columns) -> Iterator[Row]:
    """Yield the row or rows for units that share words."""
    if _can_join(old, new):
        yield Row(old, new, redline_words(Side.of(*old), Side.of(*new)))
        return
    # Table rows and code join with nothing else: they stand beside one of their own kind, or alone.
    for old_unit, new_unit in zip(old, new, strict=False):
        if old_unit.kind == new_unit.kind == "tr":
            spans, cells = _cells(old_unit, new_unit, columns)
            yield Row((old_unit,), (new_unit,), spans, cells=cells)
        elif old_unit.kind == new_unit.kind:
            yield Row((old_unit,), (new_unit,), redline_words(Side.of(old_unit), Side.of(new_unit)))
        else:
            yield _alone((old_unit,), ())
            yield _alone((), (new_unit,))
    for unit in old[len(new) :]:
        yield _alone((unit,), ())
    for unit in new[len(old) :]:
        yield _alone((), (unit,))


def _can_join(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> bool:
    """Return whether the units make one row: text with text, or one table row with the text it was made of."""
    old_kinds, new_kinds = {unit.kind for unit in old}, {unit.kind for unit in new}
    if (old_kinds | new_kinds) & {"pre", "hr"} or "tr" in old_kinds & new_kinds:
        return False
    return ("tr" not in old_kinds or len(old) == 1) and ("tr" not in new_kinds or len(new) == 1)


def _cells(old: Unit, new: Unit, columns: Columns) -> tuple[tuple[Span, ...], tuple[CellPair, ...]]:
    """Return the spans of a table row, none of which reaches over the end of a cell, and which cell stands by which."""
    pairs = _column_pairs(old, new, columns)
    return _cell_spans(old, new, pairs), pairs


def _cell_spans(old: Unit, new: Unit, pairs: Sequence[CellPair]) -> tuple[Span, ...]:
    """Return the spans of a table row whose cells stand beside each other in pairs."""
    olds, news = list(pairwise((0, *old.cells))), list(pairwise((0, *new.cells)))
    spans: list[Span] = []
    i_end = j_end = 0
    for pair in pairs:
        i, i_end = olds[pair.old] if pair.old >= 0 else (i_end, i_end)
        j, j_end = news[pair.new] if pair.new >= 0 else (j_end, j_end)
        if i == i_end and j == j_end:
            continue
        inner = redline_words(Side.of(old).part(i, i_end), Side.of(new).part(j, j_end))
        spans.extend(Span(s.op, s.old_start + i, s.old_end + i, s.new_start + j, s.new_end + j) for s in inner)
    return tuple(spans)


def _column_pairs(old: Unit, new: Unit, columns: Columns) -> tuple[CellPair, ...]:
    """Return which cell stands by which: as in the rows before, unless the row itself says otherwise."""
    if len(old.cells) == len(new.cells):
        return tuple(CellPair(at, at) for at in range(len(new.cells)))
    key = (_table(old), _table(new), len(old.cells), len(new.cells))
    olds, news = _cell_texts(old), _cell_texts(new)
    own = tuple(_cell_pairs(pair_texts(olds, news)))
    known = columns.get(key)
    if known is None or _equal_words(own, olds, news) > _equal_words(known, olds, news):
        known = columns[key] = own
    return known


def _equal_words(pairs: tuple[CellPair, ...], olds: list[str], news: list[str]) -> int:
    """Return how many words stand in cells that are the same on both sides."""
    return sum(len(news[pair.new]) for pair in pairs if min(pair) >= 0 and olds[pair.old] == news[pair.new])


def _table(unit: Unit) -> int:
    return next((container.ordinal for container in unit.path if container.kind == "table"), 0)


def _cell_texts(unit: Unit) -> list[str]:
    return [unit.chars[start:end] or "\x05" for start, end in pairwise((0, *unit.cells))]


def _cell_pairs(pairings: Iterable[Pairing]) -> Iterator[CellPair]:
    """Yield pairs of cells; where cells on both sides have no counterpart, they stand beside each other in order."""
    olds: list[int] = []
    news: list[int] = []
    for pairing in (*pairings, None):
        is_alone = pairing is not None and (
            pairing.old_start == pairing.old_end or pairing.new_start == pairing.new_end
        )
        if pairing is None or not is_alone:
            for old, new in zip_longest(olds, news, fillvalue=-1):
                yield CellPair(old, new)
            olds, news = [], []
        if pairing is not None and is_alone:
            olds.extend(range(pairing.old_start, pairing.old_end))
            news.extend(range(pairing.new_start, pairing.new_end))
        elif pairing is not None:
            both = range(pairing.old_start, pairing.old_end), range(pairing.new_start, pairing.new_end)
            for old, new in zip_longest(*both, fillvalue=-1):
                yield CellPair(old, new)


def _is_heading(unit: Unit) -> bool:
    return unit.kind[0] == "h" and unit.kind != "hr"
