"""Characters that readers cannot see, or cannot tell from others: shown by name instead of raw.

Sources: Unicode Standard Annex 9 and Technical Standard 39 (bidirectional controls, confusable letters) and
CVE-2021-42574.
"""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Final

_SPACES: Final = {"\u00a0": "no-break space", "\u202f": "narrow no-break space", "\u3000": "ideographic space"}
_JOINERS: Final = frozenset("\u200c\u200d\ufe0e\ufe0f")
_MARKS: Final = frozenset("\u200e\u200f\u061c")
_LATIN: Final = 0x24F
_LOOK_ALIKES: Final = str.maketrans(
    "аеіјорсухѕԁһӏԛԝАВЕЅІЈКМНОРСТУХοαιρυνκτϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeijopcyxsdhlqwABESIJKMHOPCTYXoaipuvktcABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters drawn like Latin ones."""


def show(text: str, *, is_marked: bool = False) -> str:
    """Return the HTML of words, with characters that cannot be seen named in a box and line breaks as `<br>`.

    Args:
        text: the words with the spaces between them.
        is_marked: whether it stands in an insertion or deletion, where a special space is named too.
    """
    if text.isprintable() or (not is_marked and text.replace("\u00a0", "").isprintable()):
        return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text
    return "".join(_show_character(character, text, is_marked=is_marked) for character in text)


def name_unseen(text: str, *, is_marked: bool = False) -> str:
    """Return plain text in which characters that cannot be seen, or could steer a terminal, are named in brackets.

    Args:
        text: any text.
        is_marked: whether it stands in an insertion or deletion, where a special space is named too.
    """
    if text.isprintable():
        return text
    return "".join(_named(character, text, is_marked=is_marked) for character in text)


def note_look_alikes(old: str, new: str) -> str:
    """Return a remark where two texts look the same but have different letters, else nothing."""
    if old == new or old.translate(_LOOK_ALIKES) != new.translate(_LOOK_ALIKES):
        return ""
    names = {name(b) for a, b in zip(old, new, strict=False) if a != b}
    names |= {name(a) for a, b in zip(old, new, strict=False) if a != b}
    return f"looks the same, different letters: {', '.join(sorted(names))}"


def name(character: str) -> str:
    """Return the code point and name of a character.

    >>> name("¶")
    'U+00B6 PILCROW SIGN'
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, 'UNNAMED CHARACTER')}"


def _show_character(character: str, text: str, *, is_marked: bool) -> str:
    if character == "\n":
        return "<br>"
    named = _named(character, text, is_marked=is_marked)
    return escape(named, quote=False) if named == character else f'<span class="cp">{named}</span>'


def _named(character: str, text: str, *, is_marked: bool) -> str:
    if character.isprintable() or character in "\t\n":
        return character
    if character in _SPACES:
        return f"[{_SPACES[character]}]" if is_marked else character
    is_joining = character in _MARKS or character in _JOINERS
    if is_joining and not is_marked and any(ord(other) > _LATIN and other.isprintable() for other in text):
        return character
    return f"[{name(character)}]"
