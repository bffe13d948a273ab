"""A page's text → its elements, as a browser would read them, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from smallprint.errors import ContentError
from smallprint.importing.html_text import clean
from smallprint.reading.codes import make_fault

MAX_DEPTH: Final = 256
"""How deep elements may stand in each other; the deepest pages we know have 60 levels."""
MAX_ELEMENTS: Final = 100_000
"""How many elements a page may have; the largest policies we know have 10,000."""

INLINE: Final = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "math", "mi", "mo", "mn", "mrow", "msup"]
)
"""Elements that do not begin a new line; all others do."""
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_GONE: Final = frozenset({"script", "style", "param", "source", "track", "col", "colgroup"})
"""Elements that no reader ever sees anything of."""


@dataclass(slots=True, eq=False)
class Text:
    """Characters between two tags."""

    text: str
    line: int


@dataclass(slots=True, eq=False)
class Element:
    """An element, with what stands in it."""

    tag: str
    """Its name in lower case, without a prefix."""
    attributes: Mapping[str, str]
    line: int
    parent: Element | None = None
    children: list[Element | Text] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute's value, empty where it has none."""
        return self.attributes.get(name, "")

    @property
    def elements(self) -> Iterator[Element]:
        """The elements that stand in it, without those in them."""
        return (child for child in self.children if isinstance(child, Element))

    @property
    def ancestors(self) -> Iterator[Element]:
        """The elements it stands in, from the nearest one on."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def place(self) -> str:
        """What people call it: `nav#top.menu`."""
        name = f"#{self.get('id').split()[0]}" if self.get("id").strip() else ""
        classes = self.get("class").split()
        return f"{self.tag}{name}" + (f".{classes[0]}" if classes and not name else "")

    def walk(self) -> Iterator[Element]:
        """Give it and every element in it, in the order of the source."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(list(element.elements)))

    def find(self, *tags: str) -> Iterator[Element]:
        """Give the elements in it that have one of the names."""
        return (element for element in self.walk() if element.tag in tags)


def parse(text: str, shown: str) -> Element:
    """Read a page.

    Args:
        text: The page.
        shown: What faults call it.

    Returns:
        Its `html` element. Scripts, styles and comments are not in it.

    Raises:
        ContentError: It is nested too deeply, or has too many elements.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace") or b"<html>", parser)
    for error in parser.error_log:
        if "depth" in error.message.lower():
            raise _too_deep(shown, error.line)
    if root is None:
        return Element("html", {}, 1)
    return _convert(root, shown)


def _convert(root: Any, shown: str) -> Element:
    top = Element("html", {}, 1)
    stack: list[tuple[Any, Element, int]] = [(root, top, 0)]
    count = 0
    while stack:
        source, parent, depth = stack.pop()
        if isinstance(source, Text):
            parent.children.append(source)
            continue
        count += 1
        line = int(source.sourceline or 0)
        if depth > MAX_DEPTH:
            raise _too_deep(shown, line)
        if count > MAX_ELEMENTS:
            what = f"The page has more than {MAX_ELEMENTS} elements, which no policy has."
            remedy = "Save the part that holds the policy as a page of its own."
            raise ContentError([make_fault("SP604", shown, what, remedy)])
        tag = _name(source.tag)
        element = Element(tag, {_name(key): value for key, value in source.attrib.items()}, line, parent)
        if source is root and tag == "html":
            element = top
            top.attributes = {_name(key): value for key, value in source.attrib.items()}
        else:
            parent.children.append(element)
        inner: list[tuple[Any, Element, int]] = []
        if source.text and tag not in _GONE:
            inner.append((Text(clean(source.text), line), element, depth))
        for child in source:
            if isinstance(child.tag, str) and _name(child.tag) not in _GONE:
                inner.append((child, element, depth + 1))
            if child.tail:
                inner.append((Text(clean(child.tail), int(child.sourceline or line)), element, depth))
        stack.extend(reversed(inner))
    return top


def _name(name: Any) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2].lower()


def _too_deep(shown: str, line: int) -> ContentError:
    what = f"Elements are nested more than {MAX_DEPTH} levels deep here, which no policy needs."
    remedy = "Save the part that holds the policy as a page of its own, or its text as a text file."
    return ContentError([make_fault("SP604", shown, what, remedy, line=line)])


def heading_level(element: Element) -> int:
    """Return 1 to 6 for a heading, 0 for what is none."""
    if level := _HEADINGS.get(element.tag, 0):
        return 0 if element.get("role") in {"presentation", "none"} else level
    if element.get("role").lower() != "heading":
        return 0
    told = element.get("aria-level").strip()
    return min(int(told), 6) if told in set("123456789") else 2
