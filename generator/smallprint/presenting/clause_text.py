"""Units → text in the manner of Markdown: what records and pull-request comments show, formatting included.

One form for each meaning (`*` for emphasis, `-` for bullets, one line a paragraph), so that texts differ where readers
would see a difference and nowhere else. The text of a version is the run of its units' texts, nothing between them.
What becomes of it in a change is in `canonical.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.text import is_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.model import Clause
    from smallprint.text import Mark, Unit, Word

_SPECIAL: Final = re.compile(r"[\\*`\[\]]")
_MARKERS: Final = {"em": "*", "strong": "**", "code": "`"}
_REFERENCE: Final = "fn"
_END: Final = "\n\n"

_texts: dict[Unit, str] = {}
"""Unit → text, for the life of the process: versions share most of their units."""
_escapes: dict[Word, str] = {}
"""Word → its text with a backslash before what would be formatting."""


class Side:
    """One side of a row as text: before each word what joins it to the text before, and after the last one the end."""

    __slots__ = ("closing", "ending", "glue", "text")

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
                self.text.append(_empty_cells(units[index - 1]) + _suffix(units[index - 1]))
            if is_new:
                last = None
            self._add_words(unit, start, last)
            last = unit.words[-1] if unit.words else None
        is_ended = bool(units) and not goes_on
        self.closing = _close(last, ()) + _empty_cells(units[-1]) if is_ended else ""
        """What ends the formatting of the last word, and the empty cells behind it."""
        self.ending = _suffix(units[-1]) if is_ended else ""
        """What ends the last unit."""
        self.glue.append(self.closing + self.ending)

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
    return units_text(clause.units, clause_gaps(clause))


def units_text(units: Iterable[Unit], gaps: Iterable[str]) -> str:
    """Return the text of units, one after the other, each with what is between it and the one before it."""
    return "".join([gap + (_texts.get(unit) or _remember(unit)) for unit, gap in zip(units, gaps, strict=True)])


def clause_gaps(clause: Clause) -> Iterator[str]:
    """Yield what is between each unit of a clause and the one before it."""
    yield from map(_gap, (None, *clause.units), clause.units)


def _gap(before: Unit | None, unit: Unit) -> str:
    """Return what tells two lists, quotations or tables that follow each other from one: one more line between them."""
    if before is None or not 0 < unit.opens <= len(unit.path):
        return ""
    first = len(unit.path) - unit.opens
    if first >= len(before.path) or unit.path[first].kind in {"li", "tbody", "footnote"}:
        return ""
    is_alike = [container.kind for container in before.path[: first + 1]] == [
        container.kind for container in unit.path[: first + 1]
    ]
    return "\n" if is_alike else ""


def _remember(unit: Unit) -> str:
    side = Side((unit,), ("",))
    text = _texts[unit] = side.slice(0, len(side.text)) + side.glue[-1]
    return text


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
        if mark.tag == _REFERENCE:
            continue
        title = f' "{mark.title}"' if mark.title else ""
        closing.append(_MARKERS.get(mark.tag) or f"]({mark.target}{title})")
    return "".join(closing)


def _open(word: Word, shared: tuple[Mark, ...]) -> str:
    return "".join(
        [
            _MARKERS.get(mark.tag) or ("![" if mark.tag == "img" else "[")
            for mark in word.marks[len(shared) :]
            if mark.tag != _REFERENCE
        ]
    )


def _escaped(word: Word) -> str:
    if any(mark.tag == "code" for mark in word.marks):
        text = word.text
    elif is_reference(word):
        text = f"[^{word.marks[-1].target}]"
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
        elif container.kind == "footnote":
            parts.append(f"[^{container.label}]: " if container.number else "    ")
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


def _empty_cells(unit: Unit) -> str:
    """Return the bars before the empty cells that a table row ends with."""
    if unit.kind != "tr":
        return ""
    return " | " * (unit.cells[:-1].count(len(unit.words)) if unit.words else len(unit.cells) - 1)


def _suffix(unit: Unit) -> str:
    if unit.kind == "tr":
        rule = ""
        if any(unit.aligns) and any(container.kind == "thead" for container in unit.path):
            rule = "| " + " | ".join(_COLUMN.get(align, "---") for align in unit.aligns) + " |\n"
        return f" |\n{rule}"
    if unit.kind == "pre":
        return f"\n```{_END}"
    return _END


_COLUMN: Final = {"left": ":--", "center": ":-:", "right": "--:"}
