"""Which list a text of a page stands in, and its number there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind, Piece, Run
from smallprint.importing.html_ordinals import ordinal, style_of_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smallprint.importing.html_css import Sheet
    from smallprint.importing.html_tree import Element

_LABEL: Final = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[.)]\s*\S")
"""A number that an item has in its text: the one of its list is not shown then."""
_LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})


@dataclass(slots=True)
class _List:
    element: Element
    number: int = 0
    """The number of the item that is read; 0 in a list with bullets."""
    following: int = 1
    """The number of the item after it."""
    step: int = 1
    label: str = ""
    """What is shown before the item instead of a number: `b.`."""
    in_item: bool = False
    is_new: bool = False
    """Whether the item's first text is still to come."""
    is_layout: bool = False
    """Whether it holds headings, and so is a text with numbers rather than a list."""


class Lists:
    """The lists that are open while a page is read."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the styles of the page."""
        self._sheet = sheet
        self._open: list[_List] = []

    def enter(self, element: Element) -> None:
        """Begin a list or an item, if it is one."""
        if element.tag in _LISTS:
            self._open.append(_begin(element))
        elif element.tag == "li":
            if not self._open:
                self._open.append(_List(element))
            self._begin_item(element)

    def exit(self, element: Element) -> None:
        """End what the element began."""
        if self._open and element is self._open[-1].element:
            self._open.pop()
        elif element.tag == "li" and self._open:
            self._open[-1].in_item = False

    def _begin_item(self, element: Element) -> None:
        around = self._open[-1]
        around.in_item = around.is_new = True
        style = style_of_items(element, around.element, self._sheet)
        value = _whole(element.get("value"))
        number = around.following if value is None else value
        around.following = number + around.step
        around.number = number if style == "decimal" else 0
        around.label = f"{ordinal(number, style)}." if style and (style != "decimal" or number < 1) else ""

    def give_way(self) -> tuple[int, str]:
        """Tell that a heading stands in an item: the lists round it are no lists.

        Returns:
            The heading's number, and what is shown before it where that is no number.
        """
        number, label = 0, ""
        for around in self._open:
            if around.in_item:
                number, label = (around.number, around.label) if around.is_new else (0, "")
                around.is_new = False
                around.is_layout = True
        return number, label

    def item_in(self, around: Element) -> tuple[bool, str]:
        """Tell whether a paragraph in a cell, whose lists are text, begins an item; and what is shown before it."""
        within = [one for one in self._open if one.in_item and around in one.element.ancestors]
        if not within or not within[-1].is_new:
            return False, ""
        within[-1].is_new = False
        return True, within[-1].label or (f"{within[-1].number}." if within[-1].number else "")

    def place(self, piece: Piece, *, is_bullet: bool = False) -> Piece:
        """Return a paragraph as what it is in the lists that are open."""
        within = [around for around in self._open if around.in_item and not around.is_layout]
        if not within:
            return replace(piece, kind=Kind.ITEM, depth=1) if is_bullet else piece
        around = within[-1]
        is_new, around.is_new = around.is_new, False
        depth = len(within)
        if is_bullet and not is_new:
            return replace(piece, kind=Kind.ITEM, depth=depth + 1)
        shows = is_new and not _LABEL.match(piece.text)
        number = around.number if shows else 0
        if shows and around.label:
            piece = replace(piece, runs=(Run(f"{around.label} "), *piece.runs))
        return replace(piece, kind=Kind.ITEM, depth=depth, number=number, is_first=is_new)


def nest(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give pieces whose items stand at most one level below the item before them, and go on only where one began."""
    depth = 0
    for piece in pieces:
        if piece.kind is not Kind.ITEM:
            depth = 0
            yield piece
        elif not piece.is_first and not depth:
            yield replace(piece, kind=Kind.PARAGRAPH, depth=0, is_first=True)
        else:
            depth = min(piece.depth, depth + piece.is_first)
            yield piece if piece.depth == depth else replace(piece, depth=depth)


def _begin(element: Element) -> _List:
    if element.tag != "ol":
        return _List(element)
    start = _whole(element.get("start"))
    if "reversed" not in element.attributes:
        return _List(element, following=1 if start is None else start)
    items = sum(inner.tag == "li" for inner in element.elements)
    return _List(element, following=items if start is None else start, step=-1)


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) <= len("-999999") else None
