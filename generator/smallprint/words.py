"""Running text → words: what a redline marks as one piece.

Words follow the word boundaries of Unicode Standard Annex 29 as far as a policy needs them: letters with their marks,
numbers whole with their separators, currency and per cent signs (`1,000.50`, `$5`, `30%`, `2020-02-10`), one word for
each ideograph in Han and kana, one for each grapheme cluster in Thai, Lao, Khmer and Myanmar. Every other sign is a
word of its own, and a grapheme cluster is never divided.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import regex

from smallprint.text import Word, in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.text import Mark

_EUROPEAN: Final = re.compile(r"[\t\n -~\u00a0-\u024f\u2010-\u203a\u20ac\u2122]*")
"""Text in which the simpler pattern finds the same words."""
_SIMPLE: Final = re.compile(
    r"""[ \t\n]*(?:
        [$¢£¤¥€]?[0-9]+(?:[-–.,:/][0-9]+)*[%‰]?(?:[$¢£¤¥€](?![0-9]))?(?![^\W])   # a number, date, time or amount
      | \w+(?:['’·][^\W\d_]+)*                                            # a word
      | [^ \t\n]                                                         # any other sign
    )""",
    re.VERBOSE,
)
_UNICODE: Final = regex.compile(
    r"""[ \t\n]*+(?:
        \p{Sc}?+\p{Nd}++(?:[-–.,:/]\p{Nd}++)*+[%‰]?(?:\p{Sc}(?!\p{Nd}))?(?![\p{L}\p{M}\p{N}_])
      | [\p{Han}\p{Hiragana}\p{Katakana}][\p{M}\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*+
      | [[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&[\p{L}]]\p{M}*+
      | (?:(?!UNSPACED)[\p{L}\p{N}_]\p{M}*+[\u200c\u200d]?)++(?:['’·](?:(?!UNSPACED)\p{L}\p{M}*+)++)*+
      | \X
      | $
    )""".replace("UNSPACED", r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"),
    regex.VERBOSE | regex.VERSION1,
)
_SPACES: Final = " \t\n"

_FIRST_CHAR: Final = 0x100
"""Code points below are left to separators that the comparing stage needs."""
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST_CHAR: Final = 0x10FFFF

_chars: dict[Word, str] = {}
"""Word → the character that stands for its text and formatting; a memo for the life of the process, whose values never
reach any output."""
_keys: dict[tuple[str, tuple[Mark, ...]], str] = {}
"""Text and formatting → that character."""
_plain: dict[int, int] = {}
"""Code point of a word's character → that of the word in small letters without formatting, where they differ."""
_unformatted: dict[int, int] = {}
"""The same with its capitals."""
_words: dict[tuple[Mark, ...], dict[str, Word]] = {}
"""Formatting → piece of text with the space before it → word: each word of a text is made once."""


def split_words(text: str, marks: tuple[Mark, ...] = (), *, space: bool = False) -> list[Word]:
    """Return the words of `text`, all with the formatting `marks`; `space` says whether white space is before it.

    >>> [word.text for word in split_words("Keep it 30 days, or 1,000.50 €.")]
    ['Keep', 'it', '30', 'days', ',', 'or', '1,000.50', '€', '.']
    >>> [word.text for word in split_words("数据 protection")]
    ['数', '据', 'protection']
    """
    known = _words.get(marks)
    if known is None:
        known = _words[marks] = {}
    pattern = _SIMPLE if _EUROPEAN.fullmatch(text) else _UNICODE
    words = [known.get(piece) or _make_word(piece, marks, known) for piece in pattern.findall(text)]
    if words and not words[-1].text:
        words.pop()
    if words and space and not words[0].space:
        words[0] = _interned(words[0]._replace(space=True))
    return words


def split_verbatim(text: str, marks: tuple[Mark, ...] = ()) -> list[Word]:
    """Return the words of code, where every space and line break counts and is a word of its own."""
    words: list[Word] = []
    for piece in re.split(r"([ \t]+|\n)", text):
        if piece.strip(_SPACES):
            words.extend(split_words(piece, marks))
        elif piece:
            words.append(_interned(make_word(piece, marks)))
    return words


def make_word(text: str, marks: tuple[Mark, ...] = (), *, space: bool = False) -> Word:
    """Return one word in the formatting `marks`, given in the order of the source, outermost first."""
    ordered = in_order(marks)
    return Word(text, ordered, space, () if ordered == marks else marks)


def encode(words: Sequence[Word]) -> str:
    """Return one character for each word; two words have the same character if text and formatting are the same."""
    return "".join([_chars.get(word) or _interned_char(word) for word in words])


def plain_chars(chars: str) -> str:
    """Return encoded words as what they say: equal characters mean equal words, whatever their formatting or case.

    >>> encode(split_words("NEVER sell")) == encode(split_words("never sell"))
    False
    >>> plain_chars(encode(split_words("NEVER sell"))) == encode(split_words("never sell"))
    True
    """
    return chars.translate(_plain)


def unformatted_chars(chars: str) -> str:
    """Return encoded words without their formatting, capitals as they are."""
    return chars.translate(_unformatted)


def _make_word(piece: str, marks: tuple[Mark, ...], known: dict[str, Word]) -> Word:
    bare = piece.lstrip(_SPACES)
    word = known[piece] = _interned(make_word(bare, marks, space=len(bare) != len(piece)))
    return word


def _interned(word: Word) -> Word:
    _interned_char(word)
    return word


def _interned_char(word: Word) -> str:
    key = (word.text, word.marks)
    char = _chars[word] = _keys.get(key) or _next_char(key)
    return char


def _next_char(key: tuple[str, tuple[Mark, ...]]) -> str:
    """Give a word a character of its own, passing over surrogates, which are no characters."""
    code = _FIRST_CHAR + len(_keys)
    if code >= _SURROGATES.start:
        code += len(_SURROGATES)
    if code > _LAST_CHAR:
        message = "more than a million different words in one run"
        raise OverflowError(message)
    char = _keys.setdefault(key, chr(code))
    for same, table in (((key[0].casefold(), ()), _plain), ((key[0], ()), _unformatted)):
        if same != key:
            table[ord(char)] = ord(_keys.get(same) or _next_char(same))
    return char
