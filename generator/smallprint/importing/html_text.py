"""The characters of a page → those a reader sees: white space as one space, the letters that old numbers meant."""

from __future__ import annotations

import re
from typing import Final

SPACES: Final = re.compile(r"[ \t\n\r\f\xa0\u2000-\u200a\u202f\u205f\u3000]+")
"""What a reader sees as a gap between words. A wide gap is a gap all the same."""
INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "picture",
        "math",
        "mi",
        "mo",
        "mn",
        "mrow",
        "msup",
    ]
)
"""Elements that do not begin a new line; all others do."""
_OLD: Final = {code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)} | {0: None}
"""`&#150;` was always meant as Windows-1252, and browsers read it so."""
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
