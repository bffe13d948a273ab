"""Changes → edit scripts over the text of `clause_text.py`: what records, the terminal and pull-request comments show.

Without its insertions an edit script is the old text, without its deletions the new one. What joins words (spaces,
bars of tables, backticks) stays outside of the marks where both sides have it. What no word shows is in notes.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.model import Op
from smallprint.presenting.characters import note_look_alikes
from smallprint.presenting.clause_text import Side, clause_gaps, clause_text, units_text
from smallprint.presenting.forms import change_remarks, wordless_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smallprint.model import Change, Row, Span
    from smallprint.text import Unit, Word

_JOINTS: Final = re.compile(r" \| |\*\*|\*|`|!?\[|\]\(.*?\)(?=[\s*`|\[\]!]|$)|#+ |\d+\. |[^\w\s] |.", re.DOTALL)
"""The parts of what joins words."""


class Edit(NamedTuple):
    """A run of text that both sides have, or one side only."""

    op: Op
    text: str
    moved: int = 0
    """Not 0: the words are elsewhere on the other side too, in the edits of the other kind that have this number."""
    note: str = ""
    """What is to be said behind it: how a unit that ends here, or the letters of its words, were otherwise before."""


class _Token(NamedTuple):
    """A word, or what joins words, or a note."""

    op: Op
    text: str
    is_glue: bool = True
    moved: int = 0
    note: str = ""


def change_edits(change: Change) -> list[tuple[Op, str]]:
    """Return the edit script of a change: without its insertions the old clauses' text, without its deletions the new.

    Within a row deletions stand before insertions.
    """
    pieces: list[tuple[Op, str]] = []
    for edit in noted_edits(change):
        if pieces and pieces[-1][0] is edit.op:
            pieces[-1] = edit.op, pieces[-1][1] + edit.text
        else:
            pieces.append((edit.op, edit.text))
    return pieces


def noted_edits(change: Change) -> list[Edit]:
    """Return the edit script of a change, with what moved and with notes on what the text alone does not show."""
    if not change.rows:
        return [Edit(Op.KEEP, "".join(map(clause_text, change.new)))]
    edits: list[Edit] = []
    before: Word | None = None
    gaps = tuple([gap for clause in side for gap in clause_gaps(clause)] for side in (change.old, change.new))
    i = j = 0
    for index, (row, remarks) in enumerate(zip(change.rows, change_remarks(change), strict=True)):
        following = next((other for other in change.rows[index + 1 :] if other.old), None)
        goes_on = bool(row.old and following and following.continues)
        i -= row.continues
        own = gaps[0][i : i + len(row.old)], gaps[1][j : j + len(row.new)]
        i, j = i + len(row.old), j + len(row.new)
        _join(edits, _row_tokens(row, own, remarks, before if row.continues else None, goes_on=goes_on))
        if row.old and row.old[-1].words:
            before = row.old[-1].words[-1]
    return edits


def _join(edits: list[Edit], tokens: Iterable[_Token]) -> None:
    """Add the tokens of a row to the edits: neighbours of the same kind as one, deletions before insertions."""
    deleted: list[_Token] = []
    inserted: list[_Token] = []
    for token in (*tokens, _Token(Op.KEEP, "")):
        if token.op is Op.DELETE:
            deleted += [token] if token.text else []
        elif token.op is Op.INSERT:
            inserted += [token] if token.text else []
        else:
            if deleted or inserted:
                _add_marked(edits, deleted, inserted)
                deleted, inserted = [], []
            _add(edits, token)
            if token.note and edits:
                last = edits[-1]
                edits[-1] = last._replace(note=f"{last.note}, {token.note}" if last.note else token.note)


def _add(edits: list[Edit], token: _Token) -> None:
    last = edits[-1] if edits else None
    if token.text and last and (last.op, last.moved, last.note) == (token.op, token.moved, ""):
        edits[-1] = last._replace(text=last.text + token.text)
    elif token.text:
        edits.append(Edit(token.op, token.text, token.moved))


def _add_marked(edits: list[Edit], deleted: list[_Token], inserted: list[_Token]) -> None:
    """Add what was removed and added between kept words, with what joins words on both sides outside of the marks."""
    start = end = 0
    if deleted and inserted:
        deleted, inserted = _parts(deleted), _parts(inserted)
        start, end = _alike(deleted, inserted)
    olds, news = deleted[start : len(deleted) - end], inserted[start : len(inserted) - end]
    for token in deleted[:start]:
        _add(edits, token._replace(op=Op.KEEP))
    for token in (*olds, *news):
        _add(edits, token)
    old, new = ("".join([token.text for token in side if not token.moved]) for side in (olds, news))
    note = note_look_alikes(old, new) if old and new else ""
    if note and edits[-1].op is Op.INSERT:
        edits[-1] = edits[-1]._replace(note=note)
    for token in deleted[len(deleted) - end :]:
        _add(edits, token._replace(op=Op.KEEP))


def _parts(tokens: Iterable[_Token]) -> list[_Token]:
    """Return tokens with those that join words taken apart."""
    parts: list[_Token] = []
    for token in tokens:
        if token.is_glue and not token.moved and len(token.text) > 1:
            parts += [token._replace(text=text) for text in _JOINTS.findall(token.text)]
        else:
            parts.append(token)
    return parts


def _alike(deleted: Sequence[_Token], inserted: Sequence[_Token]) -> tuple[int, int]:
    """Return how many tokens that join words both sides begin with, and how many they end with.

    Formatting that begins on one side of the marks and ends on the other would not read well: rather all of it is
    marked.
    """
    heads = _common(deleted, inserted)
    tails = _common(deleted[heads:][::-1], inserted[heads:][::-1])
    bare_heads = next((at for at in range(heads) if _is_format(deleted[at].text)), heads)
    bare_tails = next((at for at in range(tails) if _is_format(deleted[-1 - at].text)), tails)
    for start, end in ((heads, tails), (bare_heads, tails), (heads, bare_tails)):
        if all(_is_whole(side[start : len(side) - end]) for side in (deleted, inserted)):
            return start, end
    return bare_heads, bare_tails


def _common(one: Sequence[_Token], other: Sequence[_Token]) -> int:
    at = 0
    for mine, yours in zip(one, other, strict=False):
        if mine.text != yours.text or not (mine.is_glue and yours.is_glue) or mine.moved or yours.moved:
            break
        at += 1
    return at


def _is_format(text: str) -> bool:
    return text in {"*", "**", "`", "[", "!["} or text.startswith("](")


def _is_whole(tokens: Iterable[_Token]) -> bool:
    """Return whether all formatting that begins in tokens ends in them too, and the other way round."""
    is_open: set[str] = set()
    links = 0
    for token in tokens:
        if not token.is_glue or not _is_format(token.text):
            continue
        if token.text in {"[", "!["}:
            links += 1
        elif token.text.startswith("]("):
            links -= 1
            if links < 0:
                return False
        else:
            is_open ^= {token.text}
    return not is_open and not links


_Gaps = tuple["Sequence[str]", "Sequence[str]"]
"""What is before each unit of the old side of a row, and of the new side."""


def _row_tokens(
    row: Row, gaps: _Gaps, remarks: Mapping[int, str], before: Word | None, *, goes_on: bool
) -> Iterator[_Token]:
    is_whole = before is None and not goes_on
    if is_whole and not (row.old and row.new) and len(row.spans) <= 1:
        op, units, own = (Op.INSERT, row.new, gaps[1]) if row.new else (Op.DELETE, row.old, gaps[0])
        text, name = units_text(units, own), wordless_name(units[0])
        bare = text.rstrip("\n") if len(units) == 1 and name else text
        yield _Token(op, bare, is_glue=False, moved=row.moved)
        if bare != text:
            yield _Token(Op.KEEP, "", note=name)
            yield _Token(op, text[len(bare) :], is_glue=False, moved=row.moved)
        return
    if is_whole and len(row.old) == len(row.new) == 1 and row.old[0] is row.new[0] and gaps[0] == gaps[1]:
        yield _Token(Op.KEEP, units_text(row.new, gaps[1]))
        return
    old, new = Side(row.old, gaps[0], before=before, goes_on=goes_on), Side(row.new, gaps[1])
    last = len(row.new) - 1
    if len(old.text) != _length(row.old) or len(new.text) != _length(row.new):
        # A unit without words is laid out as one piece.
        yield from _either(old.slice(0, len(old.text)) + old.closing, new.slice(0, len(new.text)) + new.closing)
        if remarks:
            yield _Token(Op.KEEP, "", note=", ".join(remarks.values()))
        yield from _either(old.ending, new.ending)
        return
    ends = dict(enumerate(accumulate(len(unit.words) + 1 for unit in row.new)))
    notes = {ends[position] - 1: remark for position, remark in remarks.items() if position != last}
    last_span: Span | None = None
    for span in _cut_out(row.spans, notes):
        tokens = _span_tokens(span, old, new, notes.get(span.new_start, ""))
        if span.moved and last_span and (last_span.op, last_span.moved) == (span.op, 0):
            # What ends the formatting of the words before stays with them.
            yield next(tokens)._replace(moved=0)
        yield from tokens
        last_span = span
    moved = row.spans[-1].moved if row.spans and not (row.old and row.new) else 0
    yield from _either(old.closing, new.closing, moved)
    if last in remarks:
        yield _Token(Op.KEEP, "", note=remarks[last])
    yield from _either(old.ending, new.ending, moved)


def _length(units: Sequence[Unit]) -> int:
    return sum(len(unit.words) for unit in units) + max(len(units) - 1, 0)


def _cut_out(spans: Iterable[Span], positions: Iterable[int]) -> Iterator[Span]:
    """Yield spans with each of the new words at `positions` in one of its own."""
    cuts = sorted(positions)
    for span in spans:
        rest = span
        for cut in cuts:
            for at in (cut, cut + 1):
                if rest.new_start < at < rest.new_end:
                    old_at = rest.old_start + (at - rest.new_start if rest.op is Op.KEEP else 0)
                    yield rest._replace(old_end=old_at, new_end=at)
                    rest = rest._replace(old_start=old_at, new_start=at)
        yield rest


def _span_tokens(span: Span, old: Side, new: Side, note: str) -> Iterator[_Token]:
    """Yield the tokens of a span; a `note` is on the unit that ends with its one word, which is a boundary."""
    if span.op is not Op.KEEP:
        side, at, end = (old, span.old_start, span.old_end)
        if span.op is Op.INSERT:
            side, at, end = (new, span.new_start, span.new_end)
        yield _Token(span.op, side.glue[at], moved=span.moved)
        if note and span.op is Op.INSERT:
            yield _Token(Op.KEEP, "", note=note)
        text = side.text[at]
        for position in range(at + 1, end):
            if side.glue[position] not in {"", " "}:
                yield _Token(span.op, text, is_glue=False, moved=span.moved)
                yield _Token(span.op, side.glue[position], moved=span.moved)
                text = ""
            text += side.glue[position] * (text != "") + side.text[position]
        yield _Token(span.op, text, is_glue=False, moved=span.moved)
        return
    i, j = span.old_start, span.new_start
    old_rest, new_rest = old.slice(i + 1, span.old_end), new.slice(j + 1, span.new_end)
    if old_rest == new_rest:
        # As a rule only what joins the first word to the text before can differ.
        yield from _kept_tokens(old, i, new, j, note)
        yield _Token(Op.KEEP, new_rest)
        return
    for i, j in zip(range(span.old_start, span.old_end), range(span.new_start, span.new_end), strict=True):
        yield from _kept_tokens(old, i, new, j, note)


def _kept_tokens(old: Side, i: int, new: Side, j: int, note: str) -> Iterator[_Token]:
    """Yield the tokens of one kept word, and of what joins it to the text before."""
    yield from _either(old.glue[i], new.glue[j])
    if note:
        yield _Token(Op.KEEP, "", note=note)
    yield from _either(old.text[i], new.text[j])


def _either(old: str, new: str, moved: int = 0) -> Iterator[_Token]:
    if old == new:
        yield _Token(Op.KEEP, new)
    else:
        yield _Token(Op.DELETE, old, moved=moved)
        yield _Token(Op.INSERT, new, moved=moved)
