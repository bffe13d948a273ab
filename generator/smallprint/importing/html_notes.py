"""Raised text of a page and its footnotes: what refers to a note, and the note itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from smallprint.importing.html_text import Flow, count_words, squeeze
from smallprint.importing.html_tree import Element, Text, heading_level
from smallprint.importing.raised import raised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.importing.html_css import Sheet

NOTE: Final = "#note"
"""The name of an element that is a footnote; no page has it."""
REFERENCE: Final = "#reference"

_MARK: Final = re.compile(r"[\[(]?(\d{1,3}|[a-z]|[ivx]{2,5}|\*{1,3}|[†‡§])[\])]?\.?", re.IGNORECASE)
_NAMES: Final = re.compile(r"foot-?note|end-?note|fn-?ref|note-?ref|noteref|\bfn\b|reference", re.IGNORECASE)
_HOLDERS: Final = frozenset({"li", "p", "div", "dd", "aside", "section", "blockquote"})
_WRAPPERS: Final = frozenset({"sup", "a", "span", "small", "b", "strong", "i", "em", "font", "u"})
_LONGEST: Final = 400
"""A text of more words is no note."""
_FEWEST: Final = 2


def read_notes(root: Element, sheet: Sheet) -> None:
    """Mark the footnotes of a page and what refers to them, and write other raised text so that it stays apart.

    Args:
        root: The page; it is changed.
        sheet: Its styles.
    """
    raising = [element for element in root.walk() if _is_raised(element, sheet)]
    if raising or any(True for _ in root.find("a")):
        _Notes(root, raising).read()
    _write_raised(root, sheet)


def _is_raised(element: Element, sheet: Sheet) -> bool:
    return element.tag == "sup" or (
        element.flow is not Flow.BLOCK and sheet.value(element, "vertical-align") == "super"
    )


class _Notes:
    """The footnotes of one page."""

    def __init__(self, root: Element, raising: list[Element]) -> None:
        self._root = root
        self._raising = raising
        self._order = {element: number for number, element in enumerate(root.walk())}
        self._ids = {element.get("id"): element for element in reversed(self._order) if element.get("id")}
        self._ids |= {element.get("name"): element for element in root.find("a") if element.get("name")}
        self._blocks: dict[str, Element] = {}
        self._of: dict[Element, str] = {}
        self._fit: dict[Element, bool] = {}

    def read(self) -> None:
        """Mark them."""
        raised_ones = set(self._raising)
        references: list[tuple[Element, str]] = []
        for link in list(self._root.find("a")):
            if (label := self._label(link, raised_ones)) and (block := self._note_of(link)):
                self._take(references, link, label, block)
        taken = {inner for link, _ in references for inner in (link, *link.ancestors, *link.walk())}
        self._read_unlinked(references, [one for one in self._raising if one not in taken])
        for reference, label in references:
            _become_reference(_outermost(reference), label)
        for block, label in self._of.items():
            _become_note(block, label)

    def _take(self, references: list[tuple[Element, str]], mark: Element, label: str, block: Element) -> None:
        if self._blocks.setdefault(label, block) is block and self._of.setdefault(block, label) == label:
            references.append((mark, label))

    def _label(self, link: Element, raising: set[Element]) -> str:
        """Return the label of the note that a link refers to, empty for a link to something else."""
        href = link.get("href")
        found = _MARK.fullmatch(_text(link)) if href.startswith("#") and len(href) > 1 else None
        if found is None:
            return ""
        is_marked = (
            link in raising
            or (link.parent in raising)
            or any(inner in raising for inner in link.walk())
            or "noteref" in link.get("role")
            or bool(_NAMES.search(f"{link.get('class')} {link.get('id')} {href}"))
            or found[0].startswith("[")
        )
        return found[1] if is_marked else ""

    def _note_of(self, link: Element) -> Element | None:
        target = self._ids.get(unquote(link.get("href")[1:]))
        if target is None or self._order[target] < self._order[link]:
            return None
        block: Element | None = target
        while block is not None and block.tag not in _HOLDERS:
            block = block.parent
        if block is None or self._order[block] < self._order[link]:
            return None
        around = block.parent
        if block.tag == "p" and around is not None and around.tag == "li" and next(around.elements, None) is block:
            block = around
        if block not in self._fit:
            self._fit[block] = _can_be_note(block)
        return block if self._fit[block] else None

    def _read_unlinked(self, references: list[tuple[Element, str]], marks: list[Element]) -> None:
        """Find notes that begin with the raised mark by which the text refers to them."""
        leading: dict[str, list[tuple[Element, Element]]] = {}
        inside: dict[str, list[Element]] = {}
        for mark in marks:
            found = _MARK.fullmatch(_text(mark))
            if found is None or any(above in self._of for above in mark.ancestors):
                continue
            if (block := _led_block(mark)) is not None:
                leading.setdefault(found[1], []).append((mark, block))
            else:
                inside.setdefault(found[1], []).append(mark)
        for label, blocks in leading.items():
            mark, block = blocks[0]
            referring = [one for one in inside.get(label, ()) if self._order[one] < self._order[block]]
            if len(blocks) == 1 and referring and label not in self._blocks and _can_be_note(block):
                for one in referring:
                    self._take(references, one, label, block)


def _can_be_note(block: Element) -> bool:
    words = count_words(_text(block))
    return _FEWEST <= words <= _LONGEST and not any(heading_level(inner) for inner in block.walk())


def _led_block(mark: Element) -> Element | None:
    """Return the block that begins with a mark, if there is more in it."""
    inner: Element = mark
    while inner.parent is not None:
        around = inner.parent
        for child in around.children:
            if child is inner:
                break
            if _text(child):
                return None
        if around.tag in _HOLDERS:
            return around if around.tag != "section" and count_words(_text(around)) > _FEWEST else None
        inner = around
    return None


def _outermost(mark: Element) -> Element:
    """Return the outermost of the elements that hold nothing but a mark."""
    text = _text(mark)
    while mark.parent is not None and mark.parent.tag in _WRAPPERS and _text(mark.parent) == text:
        mark = mark.parent
    return mark


def _become_reference(element: Element, label: str) -> None:
    element.tag, element.attributes, element.children = REFERENCE, {"label": label}, []
    element.flow = Flow.INLINE


def _become_note(block: Element, label: str) -> None:
    """Make a note of a block, without the mark it begins with and the links back to the text."""
    for link in list(block.find("a")):
        text = _text(link)
        found = _MARK.fullmatch(text)
        if link.get("href").startswith("#") and (
            not any(map(str.isalnum, text)) or (found is not None and found[1] == label)
        ):
            link.children = []
    start = re.compile(rf"\s*[\[(]?{re.escape(label)}[\])]?[.:)]?(?=\s|$)\s*")
    first = next((pair for pair in _placed_texts(block) if pair[1].text.strip()), None)
    if first is not None:
        around, opening = first
        is_raised = any(above.tag == "sup" for above in (around, *around.ancestors))
        bare = opening.text.strip().removeprefix(label)
        opening.text = bare if is_raised else start.sub("", opening.text, 1)
    block.tag, block.attributes = NOTE, {**block.attributes, "label": label}
    block.flow = Flow.BLOCK


def _write_raised(root: Element, sheet: Sheet) -> None:
    """Write raised and lowered text in characters that are so by themselves, or part it from what is beside it."""
    last = ""
    stack: list[Element | Text] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            last = node.text[-1:] or last
            continue
        if node.flow is Flow.BLOCK:
            last = ""
        is_low = node.tag == "sub" or sheet.value(node, "vertical-align") == "sub"
        if node.flow is Flow.INLINE and (is_low or _is_raised(node, sheet)):
            _write_one(node, last, is_low=is_low)
        stack.extend(reversed(node.children))


def _write_one(element: Element, before: str, *, is_low: bool) -> None:
    inner = [(around, node) for around in element.walk() for node in around.children if isinstance(node, Text)]
    text = "".join(node.text for _, node in inner)
    shown = raised(squeeze(text), before, is_low=is_low)
    if shown is None or (shown != squeeze(text) and len([node for _, node in inner if node.text.strip()]) > 1):
        element.flow = Flow.APART
    elif shown != squeeze(text):
        node = next(node for _, node in inner if node.text.strip())
        node.text = node.text.replace(squeeze(text), shown)


def _placed_texts(element: Element) -> Iterator[tuple[Element, Text]]:
    """Give the texts in an element in the order of the page, each with the element that holds it."""
    stack: list[tuple[Element, Element | Text]] = [(element, child) for child in reversed(element.children)]
    while stack:
        around, node = stack.pop()
        if isinstance(node, Text):
            yield around, node
        else:
            stack.extend((node, child) for child in reversed(node.children))


def _text(node: Element | Text) -> str:
    return squeeze("".join(_texts(node)))


def _texts(node: Element | Text) -> Iterator[str]:
    if isinstance(node, Text):
        yield node.text
        return
    stack: list[Element | Text] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Text):
            yield top.text
        else:
            stack.extend(reversed(top.children))
