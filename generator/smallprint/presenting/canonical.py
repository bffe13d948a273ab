"""Units → text in the manner of Markdown: what records and pull-request comments show, formatting included.

One form for each meaning (`*` for emphasis, `-` for bullets, one line a paragraph), so that texts differ where readers
would see a difference and nowhere else. The text of a version is the run of its units' texts, nothing between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from smallprint.model import Op

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smallprint.model import Change, Clause, Row, Span
    from smallprint.text import Mark, Unit, Word

_SPECIAL: Final = re.compile(r"[\\*`\[\]]")
_MARKERS: Final = {"em": "*", "strong": "**", "code": "`"}
_END: Final = "\n\n"
_ROW_END: Final = " |\n"

_texts: dict[Unit, str] = {}
"""Unit → text, for the life of the process: versions share most of their units."""
_escapes: dict[Word, str] = {}
"""Word → its text with a backslash before what would be formatting."""

Piece = tuple[Op, str]
"""A piece of an edit script."""


class Side:
    """One side of a row as text: before each word what joins it to the text before, and after the last one the end."""

    __slots__ = ("glue", "text")

    def __init__(
        self, units: Sequence[Unit], gaps: Sequence[str], *, before: Word | None = None, goes_on: bool = False
    ) -> None:
        """Lay out `units`.

        Args:
            units: the units of the side.
            gaps: what is between each unit and the one before it.
            before: the word before the first one, where the first unit goes on from an earlier row.
            goes_on: whether the last unit goes on in a later row.
        """
        self.glue: list[str] = []
        self.text: list[str] = []
        last = before
        for index, unit in enumerate(units):
            is_new = index > 0 or before is None
            start = gaps[index] + _prefix(unit) if is_new else ""
            if index:
                # The boundary between two units is a word of its own in a row's spans; it is all glue.
                self.glue.append(_close(last, ()))
                self.text.append(_suffix(units[index - 1]))
            if is_new:
                last = None
            self._add_words(unit, start, last)
            last = unit.words[-1] if unit.words else None
        self.glue.append("" if goes_on else _close(last, ()) + _suffix(units[-1]) if units else "")

    def _add_words(self, unit: Unit, start: str, last: Word | None) -> None:
        cell_ends = set(unit.cells[:-1])
        for at, word in enumerate(unit.words):
            if last is None or at in cell_ends:
                gap = _close(last, ()) + (start if at == 0 and last is None else "")
                gap += " | " * unit.cells[:-1].count(at)
                self.glue.append(gap + _open(word, ()))
            elif last.marks is word.marks or last.marks == word.marks:
                self.glue.append(" " if word.space else "")
            else:
                shared = _shared(last.marks, word.marks)
                self.glue.append(_close(last, shared) + (" " if word.space else "") + _open(word, shared))
            self.text.append(_escapes.get(word) or _escaped(word))
            last = word
        if not unit.words and start:
            self.glue.append("")
            self.text.append(start)

    def slice(self, start: int, end: int) -> str:
        """Return the text of the words from `start` up to `end`, each with what joins it to the text before."""
        return "".join([part for pair in zip(self.glue[start:end], self.text[start:end], strict=True) for part in pair])


def clause_text(clause: Clause) -> str:
    """Return the text of a clause."""
    return _units_text(clause.units, _gaps(clause))


def _units_text(units: Iterable[Unit], gaps: Iterable[str]) -> str:
    """Return the text of units, one after the other, each with what is between it and the one before it."""
    return "".join([gap + (_texts.get(unit) or _remember(unit)) for unit, gap in zip(units, gaps, strict=True)])


def _gaps(clause: Clause) -> Iterator[str]:
    """Yield what is between each unit of a clause and the one before it."""
    yield from map(_gap, (None, *clause.units), clause.units)


def _gap(before: Unit | None, unit: Unit) -> str:
    """Return what tells two lists, quotations or tables that follow each other from one: one more line between them."""
    if before is None or not 0 < unit.opens <= len(unit.path):
        return ""
    first = len(unit.path) - unit.opens
    if first >= len(before.path) or unit.path[first].kind in {"li", "tbody"}:
        return ""
    is_alike = [container.kind for container in before.path[: first + 1]] == [
        container.kind for container in unit.path[: first + 1]
    ]
    return "\n" if is_alike else ""


def _remember(unit: Unit) -> str:
    side = Side((unit,), ("",))
    text = _texts[unit] = side.slice(0, len(side.text)) + side.glue[-1]
    return text


def change_edits(change: Change) -> list[Piece]:
    """Return the edit script of a change: without its insertions the old clauses' text, without its deletions the new.

    Within a row deletions stand before insertions.
    """
    if not change.rows:
        return [(Op.KEEP, "".join(map(clause_text, change.new)))]
    pieces: list[Piece] = []
    before: Word | None = None
    gaps = tuple([gap for clause in side for gap in _gaps(clause)] for side in (change.old, change.new))
    i = j = 0
    for index, row in enumerate(change.rows):
        following = next((other for other in change.rows[index + 1 :] if other.old), None)
        goes_on = bool(row.old and following and following.continues)
        i -= row.continues
        own = gaps[0][i : i + len(row.old)], gaps[1][j : j + len(row.new)]
        i, j = i + len(row.old), j + len(row.new)
        for piece in join_pieces(_row_edits(row, own, before if row.continues else None, goes_on=goes_on)):
            _append(pieces, *piece)
        if row.old and row.old[-1].words:
            before = row.old[-1].words[-1]
    return pieces


def join_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbours of the same kind, deletions before insertions; white space and bars both begin with are kept."""
    joined: list[Piece] = []
    deleted = inserted = ""
    for op, text in (*pieces, (Op.KEEP, "")):
        if op is Op.DELETE:
            deleted += text
        elif op is Op.INSERT:
            inserted += text
        elif text or (deleted or inserted):
            head = _common_space(deleted, inserted)
            _append(joined, Op.KEEP, head)
            _append(joined, Op.DELETE, deleted[len(head) :])
            _append(joined, Op.INSERT, inserted[len(head) :])
            deleted = inserted = ""
            _append(joined, Op.KEEP, text)
    return joined


def _append(pieces: list[Piece], op: Op, text: str) -> None:
    if text and pieces and pieces[-1][0] is op:
        pieces[-1] = (op, pieces[-1][1] + text)
    elif text:
        pieces.append((op, text))


def _common_space(deleted: str, inserted: str) -> str:
    end = 0
    while end < min(len(deleted), len(inserted)) and deleted[end] == inserted[end] and _is_between(deleted[end]):
        end += 1
    return deleted[:end]


def _is_between(character: str) -> bool:
    return character.isspace() or character == "|"


_Gaps = tuple[Sequence[str], Sequence[str]]
"""What is before each unit of the old side of a row, and of the new side."""


def _row_edits(row: Row, gaps: _Gaps, before: Word | None, *, goes_on: bool) -> Iterable[Piece]:
    is_whole = before is None and not goes_on
    if is_whole and not (row.old and row.new):
        yield (Op.INSERT, _units_text(row.new, gaps[1])) if row.new else (Op.DELETE, _units_text(row.old, gaps[0]))
        return
    if is_whole and len(row.old) == len(row.new) == 1 and row.old[0] is row.new[0] and gaps[0] == gaps[1]:
        yield Op.KEEP, _units_text(row.new, gaps[1])
        return
    old, new = Side(row.old, gaps[0], before=before, goes_on=goes_on), Side(row.new, gaps[1])
    if not old.glue[:-1] or not new.glue[:-1] or len(old.text) != _length(row.old) or len(new.text) != _length(row.new):
        # A unit without words is laid out as one piece.
        yield from _end_edits(old.slice(0, len(old.text)) + old.glue[-1], new.slice(0, len(new.text)) + new.glue[-1])
        return
    for span in row.spans:
        yield from _span_edits(span, old, new)
    yield from _end_edits(old.glue[-1], new.glue[-1])


def _length(units: Sequence[Unit]) -> int:
    return sum(len(unit.words) for unit in units) + len(units) - 1


def _span_edits(span: Span, old: Side, new: Side) -> Iterable[Piece]:
    if span.op is Op.DELETE:
        yield Op.DELETE, old.slice(span.old_start, span.old_end)
    elif span.op is Op.INSERT:
        yield Op.INSERT, new.slice(span.new_start, span.new_end)
    else:
        i, j = span.old_start, span.new_start
        old_rest, new_rest = old.slice(i + 1, span.old_end), new.slice(j + 1, span.new_end)
        if old_rest == new_rest:
            # As a rule only what joins the first word to the text before can differ.
            yield from _glue_edits(old.glue[i], new.glue[j])
            yield from _glue_edits(old.text[i], new.text[j])
            yield Op.KEEP, new_rest
            return
        for i, j in zip(range(span.old_start, span.old_end), range(span.new_start, span.new_end), strict=True):
            yield from _glue_edits(old.glue[i], new.glue[j])
            yield from _glue_edits(old.text[i], new.text[j])


def _glue_edits(old: str, new: str) -> Iterable[Piece]:
    if old == new:
        yield Op.KEEP, new
    else:
        yield Op.DELETE, old
        yield Op.INSERT, new


def _end_edits(old: str, new: str) -> Iterable[Piece]:
    """Yield the edits of a row up to its end; of two table rows the end is kept, whatever cells are empty before it."""
    end = _ROW_END if old.endswith(_ROW_END) and new.endswith(_ROW_END) else ""
    yield from _glue_edits(old.removesuffix(end), new.removesuffix(end))
    yield Op.KEEP, end


def _shared(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> tuple[Mark, ...]:
    end = 0
    while end < min(len(left), len(right)) and left[end] == right[end]:
        end += 1
    return left[:end]


def _close(word: Word | None, shared: tuple[Mark, ...]) -> str:
    if word is None:
        return ""
    closing = []
    for mark in reversed(word.marks[len(shared) :]):
        title = f' "{mark.title}"' if mark.title else ""
        closing.append(_MARKERS.get(mark.tag) or f"]({mark.target}{title})")
    return "".join(closing)


def _open(word: Word, shared: tuple[Mark, ...]) -> str:
    return "".join(
        [_MARKERS.get(mark.tag) or ("![" if mark.tag == "img" else "[") for mark in word.marks[len(shared) :]]
    )


def _escaped(word: Word) -> str:
    if any(mark.tag == "code" for mark in word.marks):
        text = word.text
    elif word.text == "\n":
        text = "\\\n"
    else:
        text = _SPECIAL.sub(r"\\\g<0>", word.text)
    _escapes[word] = text
    return text


def _prefix(unit: Unit) -> str:
    """Return what stands before a unit's words: quotation marks, bullet or number, heading marks, table bars."""
    items = [container for container in unit.path if container.kind == "li"]
    first_new = len(items) - unit.new_items
    parts, seen = [], 0
    for container in unit.path:
        if container.kind == "blockquote":
            parts.append("> ")
        elif container.kind == "li":
            marker = f"{container.number}. " if container.number else "- "
            parts.append(marker if seen >= first_new else " " * len(marker))
            seen += 1
    if unit.kind == "tr":
        parts.append("| ")
    elif unit.kind == "hr":
        parts.append("---")
    elif unit.kind == "pre":
        parts.append(f"```{unit.info}\n")
    elif unit.kind[0] == "h":
        parts.append("#" * int(unit.kind[1]) + " ")
    return "".join(parts)


def _suffix(unit: Unit) -> str:
    if unit.kind == "tr":
        trailing = unit.cells[:-1].count(len(unit.words)) if unit.words else len(unit.cells) - 1
        rule = ""
        if any(unit.aligns) and any(container.kind == "thead" for container in unit.path):
            rule = "| " + " | ".join(_COLUMN.get(align, "---") for align in unit.aligns) + " |\n"
        return " | " * trailing + f" |\n{rule}"
    if unit.kind == "pre":
        return f"\n```{_END}"
    return _END


_COLUMN: Final = {"left": ":--", "center": ":-:", "right": "--:"}
