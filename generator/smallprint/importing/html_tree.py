"""A page's text → its elements, as a browser would read them, within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from smallprint.errors import ContentError
from smallprint.importing.html_text import Flow, clean, flow_of
from smallprint.importing.visible import crowded_tag
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_DEPTH: Final = 256
"""How deep elements may stand in each other; the deepest pages we know have 60 levels."""
MAX_ELEMENTS: Final = 100_000
"""How many elements a page may have; the largest policies we know have 10,000."""

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_TITLE_IN_PARAGRAPH: Final = re.compile(r"(<h[1-6]\b[^<>]*>\s*)<p\b", re.IGNORECASE)
"""The parser ends a heading at a paragraph in it, which browsers do not."""
_BOLD_PARAGRAPH: Final = re.compile(r"(<(?:b|strong|i|em)\b[^<>]*>)(\s*)(<p\b[^<>]*>)", re.IGNORECASE)
"""So it does with bold letters, which go on in browsers."""
_NOSCRIPT: Final = re.compile(r"<noscript\b[^<>]*>(?:(?!</?noscript\b).)*", re.IGNORECASE | re.DOTALL)
_RAW: Final = re.compile(r"<(iframe|noembed|noframes|textarea|title|style|xmp)\b([^<>]*)>", re.IGNORECASE)
"""Elements whose text the parser takes up to their end tag, also beyond the end of the `noscript` they are in."""
_PREFIX: Final = re.compile(r"\A(?!svg|math|mml|m:)([a-z][\w.-]*):", re.IGNORECASE)
"""What Word writes before the names of its own elements: `o:p` is no paragraph."""
_NAMES: Final = frozenset({"id", "class", "style", "role"})
_LONG_NAME: Final = 1_000
"""So much of these is looked at; browsers have no bound, but no one writes more."""
_REMEDY: Final = "Save the part that holds the policy as a page of its own, or its text as a text file."
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
    flow: Flow = Flow.BLOCK

    def become(self, tag: str) -> None:
        """Change what it is."""
        self.tag = tag
        self.flow = flow_of(tag)

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
    if (start := crowded_tag(text)) >= 0:
        what = "A tag here has more than 1000 attributes, which no page needs."
        fault = make_fault("SP604", shown, what, _REMEDY, line=text.count("\n", 0, start) + 1)
        raise ContentError([fault])
    text = _NOSCRIPT.sub(_closed, text)
    text = _TITLE_IN_PARAGRAPH.sub(r"\1<span", text.replace("\0", ""))
    text = _BOLD_PARAGRAPH.sub(r"\3\2\1", text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace") or b"<html>", parser)
    for error in parser.error_log:
        if "depth" in error.message.lower():
            raise _too_deep(shown, error.line)
    if root is None:
        return Element("html", {}, 1)
    return _convert(root, shown)


def _closed(noscript: re.Match[str]) -> str:
    """Return the content of a `noscript` with all of its raw elements closed within it."""
    inner = noscript[0]
    parts: list[str] = []
    at = 0
    without_end: set[str] = set()
    while found := _RAW.search(inner, at):
        name = found[1].lower()
        end = None
        if name not in without_end and not found[2].endswith("/"):
            end = re.compile(f"</{name}", re.IGNORECASE).search(inner, found.end())
        if end is None:
            parts += [inner[at : found.end()], f"</{name}>"]
            without_end.update([name] if not found[2].endswith("/") else [])
        else:
            parts.append(inner[at : end.start()])
        at = found.end() if end is None else end.start()
    return "".join([*parts, inner[at:]])


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
            raise ContentError([make_fault("SP604", shown, what, _REMEDY)])
        tag = _tag(source.tag)
        element = Element(tag, dict(_attributes(source)), line, parent, flow=flow_of(tag))
        if source is root and tag == "html":
            element = top
            top.attributes = dict(_attributes(source))
        else:
            parent.children.append(element)
        inner: list[tuple[Any, Element, int]] = []
        if source.text and tag not in _GONE:
            inner.append((Text(clean(source.text), line), element, depth))
        for child in source:
            if isinstance(child.tag, str) and _tag(child.tag) not in _GONE:
                inner.append((child, element, depth + 1))
            if child.tail:
                inner.append((Text(clean(child.tail), int(child.sourceline or line)), element, depth))
        stack.extend(reversed(inner))
    return top


def _attributes(source: Any) -> Iterator[tuple[str, str]]:
    for key, value in source.attrib.items():
        name = _name(key)
        yield name, value[:_LONG_NAME] if name in _NAMES else value


def _tag(name: Any) -> str:
    found = _PREFIX.match(str(name))
    return f"{found[1]}-{str(name)[found.end() :]}".lower() if found else _name(name)


def _name(name: Any) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2].lower()


def _too_deep(shown: str, line: int) -> ContentError:
    what = f"Elements are nested more than {MAX_DEPTH} levels deep here, which no policy needs."
    return ContentError([make_fault("SP604", shown, what, _REMEDY, line=line)])


def heading_level(element: Element) -> int:
    """Return 1 to 6 for a heading, 0 for what is none."""
    if level := _HEADINGS.get(element.tag, 0):
        return 0 if element.get("role") in {"presentation", "none"} else level
    if element.get("role").lower() != "heading":
        return 0
    told = element.get("aria-level").strip()
    return min(int(told), 6) if told in set("123456789") else 2
