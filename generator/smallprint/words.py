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

from smallprint.model import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.model import Mark

_ASCII: Final = re.compile(
    r"""[ \t\n]*(?:
        [$]?[0-9]+(?:[-.,:/][0-9]+)*%?(?![0-9A-Za-z_])   # a number, date, time or amount
      | [0-9A-Za-z_]+(?:'[A-Za-z]+)*                      # a word
      | [^ \t\n]                                          # any other sign
    )""",
    re.VERBOSE,
)
_UNICODE: Final = regex.compile(
    r"""[ \t\n]*+(?:
        \p{Sc}?+\p{Nd}++(?:[-–.,:/]\p{Nd}++)*+[%‰]?(?:\p{Sc}(?!\p{Nd}))?(?![\p{L}\p{M}\p{N}_])
      | [\p{Han}\p{Hiragana}\p{Katakana}][\p{M}\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*+
      | [[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&[\p{L}]]\p{M}*+
      | (?:[[\p{L}\p{N}_]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]\p{M}*+[\u200c\u200d]?)++
        (?:['’·](?:[[\p{L}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]\p{M}*+)++)*+
      | \X
    )""",
    regex.VERBOSE | regex.VERSION1,
)
_SPACES: Final = " \t\n"

_FIRST_CHAR: Final = 0x100
"""Code points below are left to separators that the comparing stage needs."""
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST_CHAR: Final = 0x10FFFF

_chars: dict[tuple[str, tuple[Mark, ...]], str] = {}
"""Word with formatting → the character that stands for it; a memo for the life of the process, whose values never
reach any output."""


def split_words(text: str, marks: tuple[Mark, ...] = (), *, space: bool = False) -> Iterator[Word]:
    """Yield the words of `text`, all with the formatting `marks`; `space` says whether white space stood before it.

    >>> [word.text for word in split_words("Keep it 30 days, or 1,000.50 €.")]
    ['Keep', 'it', '30', 'days', ',', 'or', '1,000.50', '€', '.']
    >>> [word.text for word in split_words("数据 protection")]
    ['数', '据', 'protection']
    """
    pattern = _ASCII if text.isascii() else _UNICODE
    for match in pattern.finditer(text):
        piece = match.group()
        bare = piece.lstrip(_SPACES)
        if bare:
            yield Word(bare, marks, space or len(bare) != len(piece))
            space = False


def split_verbatim(text: str, marks: tuple[Mark, ...] = ()) -> Iterator[Word]:
    """Yield the words of code, where every space and line break counts and is a word of its own."""
    for piece in re.split(r"([ \t]+|\n)", text):
        if piece.strip(_SPACES):
            yield from split_words(piece, marks)
        elif piece:
            yield Word(piece, marks)


def encode(words: tuple[Word, ...] | list[Word]) -> str:
    """Return one character for each word; two words have the same character if text and formatting are the same."""
    return "".join([_chars.get((word.text, word.marks)) or _next_char(word) for word in words])


def _next_char(word: Word) -> str:
    """Give the word a character of its own, passing over surrogates, which are no characters."""
    code = _FIRST_CHAR + len(_chars)
    if code >= _SURROGATES.start:
        code += len(_SURROGATES)
    if code > _LAST_CHAR:
        message = "more than a million different words in one run"
        raise OverflowError(message)
    return _chars.setdefault((word.text, word.marks), chr(code))
