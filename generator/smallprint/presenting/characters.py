"""Characters that readers cannot see, or cannot tell from others: shown by name instead of raw.

Those that a script, an emoji or a number needs are shown as they are, unless they alone are what was changed.

Sources: Unicode Standard Annex 9 and Technical Standard 39 (bidirectional controls, confusable letters) and
CVE-2021-42574.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Final

import regex

from smallprint.joiners import is_needed
from smallprint.model import Op
from smallprint.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_SPACES: Final = {
    "\u00a0": "no-break space",
    "\u2007": "figure space",
    "\u2009": "thin space",
    "\u202f": "narrow no-break space",
    "\u3000": "ideographic space",
}
_MARKS: Final = frozenset("\u200e\u200f\u061c")
_LATIN: Final = 0x24F
_INVISIBLE: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u2800]")
_UNSEEN: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u2800 \u00a0\u2007\u2009\u202f\u3000]")
"""What leaves nothing to be seen but a gap."""
_PIECE: Final = re.compile(r"[^ \n]+")
_NONE: Final[AbstractSet[int]] = frozenset()


def show(text: str, *, is_marked: bool = False, beside: str = "") -> str:
    """Return the HTML of words, with characters that cannot be seen named in a box and line breaks as `<br>`.

    Args:
        text: the words with the spaces between them.
        is_marked: whether it stands in an insertion or deletion, where a special space is named too.
        beside: what was inserted where this was deleted, or the other way round.
    """
    if _is_visible(text if is_marked else text.replace("\u00a0", "")):
        return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text
    return "".join(
        "<br>" if char == "\n" else escape(char, quote=False) if named == char else f'<span class="cp">{named}</span>'
        for char, named in zip(text, _named(text, beside, is_marked=is_marked), strict=True)
    )


def name_unseen(text: str, *, is_marked: bool = False, beside: str = "") -> str:
    """Return plain text in which characters that cannot be seen, or could steer a terminal, are named in brackets.

    Args:
        text: any text.
        is_marked: whether it stands in an insertion or deletion, where a special space is named too.
        beside: what was inserted where this was deleted, or the other way round.
    """
    if _is_visible(text):
        return text
    return "".join(_named(text, beside, is_marked=is_marked))


def texts_beside(pieces: Sequence[tuple[Op, str]]) -> list[str]:
    """Return for each piece of an edit script the text that it replaces, or that replaces it.

    >>> texts_beside([(Op.KEEP, "for "), (Op.DELETE, "30"), (Op.INSERT, "90"), (Op.KEEP, " days")])
    ['', '90', '30', '']
    """
    beside: list[str] = []
    start = 0
    for end in range(len(pieces) + 1):
        if end == len(pieces) or pieces[end][0] is Op.KEEP:
            run = pieces[start:end]
            sides = {side: "".join([text for op, text in run if op is side]) for side in (Op.DELETE, Op.INSERT)}
            beside += [sides[Op.INSERT if op is Op.DELETE else Op.DELETE] for op, _ in run]
            beside += [""] if end < len(pieces) else []
            start = end + 1
    return beside


def note_look_alikes(old: str, new: str) -> str:
    """Return a remark where two texts, or words of them, look the same but have different letters, else nothing.

    >>> note_look_alikes("data", "d\u0430ta")
    'looks the same, different letters: U+0061 LATIN SMALL LETTER A, U+0430 CYRILLIC SMALL LETTER A'
    """
    if found := _different_letters(old, new):
        return f"looks the same, different letters: {', '.join(sorted(map(name, found)))}"
    if old.isascii() and new.isascii():
        return ""
    removed, added = ({word.text for word in split_words(text)} for text in (old, new))
    shapes = {_shape(word): word for word in sorted(removed - added)}
    for word in sorted(added - removed):
        like = shapes.get(_shape(word), word)
        if found := _different_letters(like, word):
            letters = ", ".join(sorted(map(name, found)))
            return f"“{name_unseen(word)}” looks the same as “{name_unseen(like)}”, different letters: {letters}"
    return ""


def name(character: str) -> str:
    """Return the code point and name of a character.

    >>> name("¶")
    'U+00B6 PILCROW SIGN'
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, 'UNNAMED CHARACTER')}"


def _different_letters(old: str, new: str) -> set[str]:
    """Return the letters in which two texts differ that look the same; none if they do not."""
    if old == new or _shape(old) != _shape(new):
        return set()
    old, new = unicodedata.normalize("NFD", old), unicodedata.normalize("NFD", new)
    pairs = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    # Readers of another alphabet tell its own letters apart, as sigma and omicron, though both are like a Latin one.
    if any(_alphabet(one) == _alphabet(other) != "LATIN" for one, other in pairs):
        return set()
    return {letter for pair in pairs for letter in pair}


def _shape(text: str) -> str:
    """Return what a text looks like, accents apart from their letters: these look alike in all alphabets."""
    return unicodedata.normalize("NFD", text).translate(_look_alikes())


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


@cache
def _look_alikes() -> Mapping[int, str]:
    """Return the letters drawn like those of the Latin alphabet, each with the one it looks like."""
    data = resources.files("smallprint.presenting").joinpath("look_alikes.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in data.splitlines() if not line.startswith("#"))
    return {ord(other): letter for letter, _, others in lines for other in others}


def _is_visible(text: str) -> bool:
    return text.isprintable() and (text.isascii() or not _INVISIBLE.search(text))


def _named(text: str, beside: str, *, is_marked: bool) -> Iterator[str]:
    """Yield each character, or its name in brackets."""
    differing = _differing(text, beside) if is_marked and beside else _NONE
    has_letters = any(ord(other) > _LATIN and other.isprintable() for other in text)
    for at, char in enumerate(text):
        if char in "\t\n" or (char.isprintable() and not _INVISIBLE.match(char)):
            yield char
        elif char in _SPACES:
            is_plain = not is_marked or (at not in differing and _is_between_digits(text, at))
            yield char if is_plain else f"[{_SPACES[char]}]"
        elif char in _MARKS:
            yield char if has_letters and not is_marked else f"[{name(char)}]"
        else:
            yield char if at not in differing and is_needed(text, at) else f"[{name(char)}]"


def _is_between_digits(text: str, at: int) -> bool:
    return text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal()


def _differing(text: str, beside: str) -> set[int]:
    """Return which places of a text are in words that look like one of the other text, but are none of it."""
    same, looks = _others(beside)
    return {
        at
        for (start, end), word in _words(text).items()
        if word not in same and _UNSEEN.sub("", word) in looks
        for at in range(start, end)
    }


@lru_cache(maxsize=16)
def _others(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a text, and what is seen of them."""
    words = frozenset(_words(text).values())
    return words, frozenset(_UNSEEN.sub("", word) for word in words)


def _words(text: str) -> dict[tuple[int, int], str]:
    """Return the words of a text by where they are: what white space parts, what we take for a word, and the whole."""
    words = {match.span(): match.group() for match in _PIECE.finditer(text)}
    at = 0
    for word in split_words(text):
        found = text.find(word.text, at)
        if found >= 0:
            at = found + len(word.text)
            words[found, at] = word.text
    words[0, len(text)] = text
    return words
