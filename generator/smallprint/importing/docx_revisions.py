"""Tracked changes: a document as it was, as it will be, or with both to be seen.

What comes out is a tree without tracked changes, so that whoever reads it need not know of them.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_xml import Element, below, child, children, make, name
from smallprint.importing.draft import LeftOut, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class View(StrEnum):
    """As what a document with tracked changes is read."""

    ORIGINAL = "original"
    """As it was: all changes rejected."""
    FINAL = "final"
    """As it will be: all changes accepted."""
    MARKED = "marked"
    """With both, as `smallprint diff` shows them: `[-removed-]`, `{+added+}`; an added end of paragraph is `{+¶+}`."""


_ADDED: Final = ("w:ins", "w:moveTo")
_REMOVED: Final = ("w:del", "w:moveFrom")
_WRAPPERS: Final = (*_ADDED, *_REMOVED)
_CELLS: Final = {"w:cellIns": True, "w:cellDel": False}
_MARKS: Final = {True: ("{+", "+}"), False: ("[-", "-]")}
_UNSEEN: Final = ("bookmark", "proofErr", "comment", "perm", "moveFromRange", "moveToRange", "customXmlIns")
"""How the names of elements begin that nobody sees."""
_PROPERTIES: Final = frozenset({"w:rPr", "w:trPr", "w:numPr", "w:ctrlPr", "m:ctrlPr"})
"""Within these a change is one of a paragraph's end, a row or a number, not of the text in it."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """How many tracked changes there are."""

    added: int = 0
    removed: int = 0
    formatted: int = 0

    def __add__(self, other: Tracked) -> Tracked:
        """Count both together."""
        return Tracked(self.added + other.added, self.removed + other.removed, self.formatted + other.formatted)

    @property
    def is_of_text(self) -> bool:
        """Whether any change is more than one of formatting."""
        return bool(self.added or self.removed)


def count_changes(root: Element) -> Tracked:
    """Count the tracked changes below an element."""
    return Tracked(
        sum(1 for _ in below(root, *_ADDED, "w:cellIns")),
        sum(1 for _ in below(root, *_REMOVED, "w:cellDel")),
        sum(1 for _ in below(root, "w:pPrChange", "w:rPrChange")),
    )


def resolve(root: Element, view: View, part: str) -> tuple[Element, list[LeftOut]]:
    """Return a copy of a tree as one view shows it, and the text that this view leaves out.

    Args:
        root: A part's root element; it stays as it is.
        view: Which view.
        part: The name of the part, for people.
    """
    if not any(True for _ in below(root, *_WRAPPERS, *_CELLS, "w:pPrChange", "w:rPrChange")):
        return root, []
    resolver = _Resolver(copy.deepcopy(root), view, part)
    resolver.run()
    return resolver.root, resolver.left_out


def text_below(element: Element) -> str:
    """Return all text below an element as one line, whatever it is."""
    parts = [
        (part.text or "") if name(part).endswith(("t", "Text")) else " "
        for part in below(element, "w:t", "w:delText", "w:tab", "w:br", "w:cr", "w:p", "m:t", "a:t", "a:p")
    ]
    return " ".join("".join(parts).split())


def has_text(element: Element) -> bool:
    """Return whether there is any text below an element."""
    return any((part.text or "").strip() for part in below(element, "w:t", "w:delText", "m:t", "a:t"))


@dataclass
class _Resolver:
    root: Element
    view: View
    part: str
    left_out: list[LeftOut] = field(default_factory=list)
    _last: tuple[Element, Element] | None = None
    """Where text was taken out last: its parent, and what stands before it there."""

    def run(self) -> None:
        self._resolve_properties()
        for row in list(below(self.root, "w:tr")):
            self._resolve_row(row)
        for wrapper in list(below(self.root, *_WRAPPERS)):
            is_there = any(above is self.root for above in wrapper.iterancestors())
            if is_there and name(wrapper.getparent()) not in _PROPERTIES:
                self._resolve_wrapper(wrapper)
        paragraphs = list(below(self.root, "w:p"))
        if self.view is View.MARKED:
            for paragraph in paragraphs:
                self._show_ends(paragraph)
        else:
            _join({paragraph: None for paragraph in paragraphs if self._has_no_end(paragraph)})

    def _stays(self, *, is_added: bool) -> bool:
        return self.view is not (View.ORIGINAL if is_added else View.FINAL)

    def _resolve_properties(self) -> None:
        """Give paragraphs and runs the formatting that they have in the view."""
        for change in list(below(self.root, "w:pPrChange", "w:rPrChange")):
            now = change.getparent()
            now.remove(change)
            if self.view is not View.ORIGINAL:
                continue
            kept = {"w:rPr", "w:sectPr", *_WRAPPERS}
            for each in [each for each in now if name(each) not in kept]:
                now.remove(each)
            before = [each for properties in change for each in properties]
            for place, each in enumerate(before):
                now.insert(place, each)
        if self.view is View.ORIGINAL:
            for numbering in list(below(self.root, "w:numPr")):
                if child(numbering, "w:ins") is not None:
                    numbering.getparent().remove(numbering)

    def _resolve_row(self, row: Element) -> None:
        for cell in list(children(row, "w:tc")):
            for kind, is_added in _CELLS.items():
                if child(cell, "w:tcPr", kind) is not None:
                    self._resolve_block(cell, is_added=is_added)
        for kind, is_added in (("w:ins", True), ("w:del", False)):
            if row.getparent() is not None and child(row, "w:trPr", kind) is not None:
                self._resolve_block(row, is_added=is_added)

    def _resolve_block(self, block: Element, *, is_added: bool) -> None:
        """Take a row or cell out, or mark the paragraphs in it that are not marked by themselves."""
        if not self._stays(is_added=is_added):
            self._take_out(block, is_added=is_added)
        elif self.view is View.MARKED:
            for paragraph in below(block, "w:p"):
                if any(True for _ in below(paragraph, *_WRAPPERS)):
                    continue
                inside = [each for each in paragraph if name(each) != "w:pPr"]
                if inside:
                    inside[0].addprevious(_marker(is_added=is_added, at=0))
                    inside[-1].addnext(_marker(is_added=is_added, at=1))

    def _resolve_wrapper(self, wrapper: Element) -> None:
        """Take a stretch of text out, or let it stand as if it had always been there."""
        is_added = name(wrapper) in _ADDED
        if not self._stays(is_added=is_added):
            self._take_out(wrapper, is_added=is_added)
            return
        for short in ("w:delText", "w:delInstrText"):
            for text in list(below(wrapper, short)):
                text.tag = make("w:t" if short == "w:delText" else "w:instrText").tag
        inside = list(wrapper)
        if self.view is View.MARKED and text_below(wrapper):
            inside = [*self._opened(wrapper, is_added=is_added), *inside, _marker(is_added=is_added, at=1)]
        for each in inside:
            wrapper.addprevious(each)
        wrapper.getparent().remove(wrapper)

    def _has_no_end(self, paragraph: Element) -> bool:
        """Return whether a paragraph goes on in the next one in the view."""
        mark = child(paragraph, "w:pPr", "w:rPr")
        gone = _ADDED if self.view is View.ORIGINAL else _REMOVED
        return any(child(mark, short) is not None for short in gone)

    def _show_ends(self, paragraph: Element) -> None:
        mark = child(paragraph, "w:pPr", "w:rPr")
        for is_added, kinds in ((True, _ADDED), (False, _REMOVED)):
            if any(child(mark, short) is not None for short in kinds):
                self._show_end(paragraph, is_added=is_added)

    def _show_end(self, paragraph: Element, *, is_added: bool) -> None:
        end = make("w:r")
        paragraph.append(end)
        for each in self._opened(end, is_added=is_added):
            end.addprevious(each)
        end.append(_text("¶"))
        end.addnext(_marker(is_added=is_added, at=1))

    def _opened(self, element: Element, *, is_added: bool) -> list[Element]:
        """Return the mark that opens a change, unless the same kind of change just ended: then that goes on."""
        before = next(_seen(element.itersiblings(preceding=True)), None)
        if before is not None and before.get("marks") == _MARKS[is_added][1]:
            before.getparent().remove(before)
            return []
        return [_marker(is_added=is_added, at=0)]

    def _take_out(self, element: Element, *, is_added: bool) -> None:
        parent, before = element.getparent(), next(_seen(element.itersiblings(preceding=True)), None)
        text = text_below(element)
        parent.remove(element)
        if not text:
            return
        why = Why.INSERTED if is_added else Why.DELETED
        if self._last is not None and self._last[0] is parent and self._last[1] is before:
            last = self.left_out[-1]
            if last.why is why:
                self.left_out[-1] = LeftOut(f"{last.text} {text}", why, last.place)
                return
        self._last = parent, before
        self.left_out.append(LeftOut(text, why, self.part))


def _seen(elements: Iterable[Element]) -> Iterator[Element]:
    """Leave out what nobody sees and what stands between two changes only by accident."""
    return (each for each in elements if not name(each).partition(":")[2].startswith(_UNSEEN))


def _marker(*, is_added: bool, at: int) -> Element:
    run = make("w:r")
    run.set("marks", _MARKS[is_added][at])
    run.append(_text(_MARKS[is_added][at]))
    return run


def _text(text: str) -> Element:
    element = make("w:t")
    element.text = text
    return element


def _join(endless: dict[Element, None]) -> None:
    """Put the text of paragraphs that have no end before that of the next one, which keeps its own style."""
    while endless:
        first = next(iter(endless))
        chain = [first]
        while chain[-1] in endless:
            del endless[chain[-1]]
            following = next(_seen(chain[-1].itersiblings()), None)
            if following is None or name(following) != "w:p":
                break
            chain.append(following)
        last = chain.pop()
        inside = [each for paragraph in chain for each in paragraph if name(each) != "w:pPr"]
        properties = child(last, "w:pPr")
        place = 0 if properties is None else last.index(properties) + 1
        last[place:place] = inside
        for paragraph in chain if has_text(last) else [*chain, last]:
            paragraph.getparent().remove(paragraph)
