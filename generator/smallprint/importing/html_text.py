"""The characters of a page → those a reader sees: white space as one space, the letters that old numbers meant."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

SPACES: Final = re.compile(r"[ \t\n\r\f\xa0\u2000-\u200a\u202f\u205f\u3000]+")
"""What a reader sees as a gap between words. A wide gap is a gap all the same."""
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "link",
        "listing",
        "main",
        "menu",
        "meta",
        "nav",
        "noembed",
        "noframes",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "script",
        "search",
        "section",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "xmp",
        "br",
    ]
)
"""Elements that begin a new line. All others do not, as in browsers: what they do not know is inline."""
APART: Final = frozenset(
    [
        "img",
        "svg",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
        "map",
        "area",
        "input",
        "select",
        "textarea",
        "datalist",
        "output",
        "meter",
        "progress",
    ]
)
"""Elements that are in the line and part the words on both sides of them."""


class Flow(StrEnum):
    """How an element is in the text around it."""

    BLOCK = "block"
    """It begins a new line."""
    APART = "apart"
    """It is in the line, and parts words."""
    INLINE = "inline"


def flow_of(tag: str) -> Flow:
    """Return how elements of a name are in the text, where no style says otherwise."""
    return Flow.BLOCK if tag in BLOCKS else Flow.APART if tag in APART else Flow.INLINE


_OLD: Final = {code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)} | {
    0: None,
    1: 2,
}
"""`&#150;` was always meant as Windows-1252, and browsers read it so; the signs that we put between words
ourselves are those of no page."""
_IDEOGRAPHS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1780-\u17ff]")


def clean(text: str) -> str:
    """Return the text as a browser would have it, without zero bytes; spaces and line ends stay as they are."""
    return text if text.isascii() and "\0" not in text else text.translate(_OLD)


def squeeze(text: str) -> str:
    r"""Return the text with each run of white space as one space, and none at its ends.

    >>> squeeze("  We collect\n\xa0data. ")
    'We collect data.'
    """
    return SPACES.sub(" ", text).strip(" ")


def count_words(text: str) -> int:
    """Return about how many words a text has, also where they have no spaces between them."""
    words = len(text.split())
    return words if text.isascii() else words + len(_IDEOGRAPHS.findall(text)) // 2
