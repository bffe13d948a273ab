"""XML of Word files → elements, with short names for what we know; nothing is expanded, fetched or guessed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from lxml import etree

from smallprint.errors import ContentError
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""

MAX_DEPTH: Final = 256
"""How deep elements may stand in each other; what lxml allows too."""

_OFFICE: Final = "http://schemas.openxmlformats.org"
_STRICT: Final = "http://purl.oclc.org/ooxml"
_PREFIXES: Final = {
    f"{_OFFICE}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_OFFICE}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OFFICE}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_OFFICE}/drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}/drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}/drawingml/2006/diagram": "dgm",
    f"{_STRICT}/drawingml/diagram": "dgm",
    f"{_OFFICE}/drawingml/2006/chart": "c",
    f"{_STRICT}/drawingml/chart": "c",
    f"{_OFFICE}/markup-compatibility/2006": "mc",
    f"{_OFFICE}/package/2006/relationships": "rel",
    f"{_OFFICE}/package/2006/content-types": "ct",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Namespaces → the prefixes we know them by; those of both kinds of Office Open XML are one."""
_URIS: Final = {prefix: [uri for uri, other in _PREFIXES.items() if other == prefix] for prefix in _PREFIXES.values()}

_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"})
_HEAD: Final = 200
"""In how many bytes an XML declaration stands."""


def parse(data: bytes, shown: str, part: str) -> Element:
    """Parse one part of a Word file.

    Args:
        data: Its bytes.
        shown: What faults call the file.
        part: The name of the part.

    Raises:
        ContentError: It declares a document type or entities, or is no well-formed XML.
    """
    plain = data.decode("utf-16", errors="replace") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or "<!DOCTYPE" in plain or "<!ENTITY" in plain:
        raise _declares(shown, part)
    declared = _DECLARED.search(data[:_HEAD])
    encoding = declared[1].decode("ascii").lower() if declared else ""
    if encoding and encoding not in _ENCODINGS:
        raise broken(shown, part, f"it is encoded as {encoding}, and only UTF-8 and UTF-16 may stand in a Word file")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(shown, part, str(error).split(" (<string>")[0]) from error
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise _declares(shown, part)
    return root


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    prefix = _PREFIXES.get(uri)
    return f"{prefix}:{local}" if prefix else f"?:{local}"


def name(element: Element) -> str:
    """Return an element's name with our prefix, `w:p`; `?:x` in a namespace unknown to us, nothing for no element."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _tags(short: str) -> tuple[str, ...]:
    prefix, _, local = short.partition(":")
    return tuple(f"{{{uri}}}{local}" for uri in _URIS[prefix])


def child(element: Element | None, *path: str) -> Element | None:
    """Return what stands below an element by a path of names, the first of each; none where there is none."""
    for step in path:
        if element is None:
            return None
        element = next(element.iterchildren(*_tags(step)), None)
    return element


def children(element: Element | None, short: str) -> Iterator[Element]:
    """Yield the children of a name."""
    if element is not None:
        yield from element.iterchildren(*_tags(short))


def below(element: Element, *shorts: str) -> Iterator[Element]:
    """Yield an element and all below it that have one of the names, in order."""
    yield from element.iter(*(tag for short in shorts for tag in _tags(short)))


def value(element: Element | None, attribute: str = "w:val") -> str:
    """Return an attribute; empty where there is none, or no element."""
    if element is None:
        return ""
    for tag in _tags(attribute):
        found = element.get(tag)
        if found is not None:
            return str(found)
    return str(element.get(attribute.partition(":")[2], ""))


def number(element: Element | None, attribute: str = "w:val") -> int | None:
    """Return an attribute that is a whole number of bearable size."""
    text = value(element, attribute).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def is_on(element: Element | None) -> bool | None:
    """Return whether a switch such as `<w:b/>` is on; none where it is not there."""
    return None if element is None else value(element).lower() not in {"0", "false", "off", "none"}


def make(short: str, **attributes: str) -> Element:
    """Make an element of one of our names, with attributes of its own namespace."""
    uri = _URIS[short.partition(":")[0]][0]
    element = etree.Element(_tags(short)[0])
    for key, text in attributes.items():
        element.set(f"{{{uri}}}{key}", text)
    return element


def broken(shown: str, part: str, why: str) -> ContentError:
    """Return the error of a part that is no good XML."""
    what = f"The part {part} of this Word file cannot be read: {why}."
    remedy = "Open the file in Word, let it repair what it can, and save it anew."
    return ContentError([make_fault("SP643", shown, what, remedy)])


def _declares(shown: str, part: str) -> ContentError:
    what = f"The part {part} of this Word file declares a document type or entities, which no Word file does."
    remedy = "Do not trust this file; ask whoever sent it for one saved by Word."
    return ContentError([make_fault("SP639", shown, what, remedy)])
