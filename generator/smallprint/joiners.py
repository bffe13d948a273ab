"""Invisible characters that a script or a picture needs where they are, and those that nothing needs.

U+200C and U+200D shape letters in Persian, Urdu, Kurdish and the scripts of India, U+200D and U+FE0F make pictures
(Unicode Standard, chapters 9, 12 and 23; Technical Standard 51). Anywhere else they only hide: Technical Standard 39.
"""

from __future__ import annotations

from typing import Final

import regex

_JOINERS: Final = frozenset("\u200c\u200d")
_NON_JOINER: Final = "\u200c"
_MARKUP: Final = frozenset("*_~`")
"""Signs of Markdown between which a word goes on."""

_ARABIC: Final = regex.compile(
    r"[[\p{Arabic}\p{Syriac}\p{Nko}\p{Mandaic}\p{scx=Arabic}]&&[\p{L}\p{M}\p{Nd}]]", regex.V1
)
_INDIC: Final = regex.compile(
    r"[[\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}"
    r"\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}]&&[\p{L}\p{M}\p{Nd}]--\p{Default_Ignorable_Code_Point}]",
    regex.V1,
)
_HEH: Final = frozenset("\u0647\u06be\u06c1")
"""Letters that are written with U+200D where they abbreviate a word."""
_SORANI: Final = regex.compile(r"[ێۆڵڕڤ]")
"""Letters of Central Kurdish, which is often typed with U+0647 and U+200C for the vowel at a word's end."""
_SOLID: Final = regex.compile(r"[\p{L}\p{Nd}»”\)]")
_EMOJI: Final = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]")
_PICTURE: Final = regex.compile(r"\p{Extended_Pictographic}")
_SELECTOR: Final = regex.compile(r"[\uFE00-\uFE0F\U000E0100-\U000E01EF]")
_SELECTABLE: Final = regex.compile(r"[\p{Emoji}\p{S}\p{Ideographic}\p{Mongolian}\p{Myanmar}\p{Phags_Pa}\p{Manichaean}]")
_KEYS: Final = frozenset("0123456789#*")
_KEYCAP: Final = "\u20e3"
_MONGOLIAN_SELECTOR: Final = regex.compile(r"[\u180B-\u180F]")
_MONGOLIAN: Final = regex.compile(r"[\p{Mongolian}--[\u180B-\u180F]]", regex.V1)
_WORD: Final = 40
"""How far back a word is looked at."""


def is_needed(text: str, offset: int) -> bool:
    r"""Tell whether an invisible character does something to the visible ones round it.

    >>> is_needed("می\u200cروم", 2), is_needed("pay\u200cpal", 3)
    (True, False)
    """
    char = text[offset]
    if char in _JOINERS:
        return _joins(text, offset)
    before = text[offset - 1 : offset] if offset else ""
    if _SELECTOR.match(char):
        if before in _KEYS:
            return text[offset + 1 : offset + 2] == _KEYCAP
        return bool(_SELECTABLE.match(before))
    return bool(_MONGOLIAN_SELECTOR.match(char) and _MONGOLIAN.match(before))


def _joins(text: str, offset: int) -> bool:
    """Tell whether a joiner shapes the letters, or makes one picture of those, beside it."""
    char, before, after = text[offset], _neighbour(text, offset, -1), _neighbour(text, offset, 1)
    is_indic = bool(_INDIC.match(before))
    if is_indic and _INDIC.match(after):
        return True
    if char == _NON_JOINER:
        if _ARABIC.match(after):
            # "PDF" and «…» take endings behind this character too.
            return bool(_ARABIC.match(before) or _SOLID.match(before))
        return before == "\u0647" and bool(_SORANI.search(text[max(0, offset - _WORD) : offset].rpartition(" ")[2]))
    if _EMOJI.match(before):
        return bool(_PICTURE.match(after))
    if is_indic:
        # At the end of a word too: Malayalam's chillu, Bengali's khanda ta, “ശ്രീ‍”.
        return after not in _JOINERS
    return bool(_ARABIC.match(before)) and (before in _HEH or bool(_ARABIC.match(after))) and after not in _JOINERS


def _neighbour(text: str, offset: int, step: int) -> str:
    """Return the character beside a place, past the signs of Markdown; nothing at the edge of the text."""
    at = offset + step
    while 0 <= at < len(text) and text[at] in _MARKUP:
        at += step
    return text[at] if 0 <= at < len(text) else ""
