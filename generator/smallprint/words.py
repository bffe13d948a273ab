"""Running text → words: what a redline marks as one piece.

Words follow the word boundaries of Unicode Standard Annex 29 as far as a policy needs them: letters with their marks,
numbers whole with all that is written together with them (`1,000.50`, `10 000`, `£1.5m`, `2020-02-10`, `30日`; see
docs/comparing.md), one word for each other ideograph in Han and kana, one for each grapheme cluster in Thai, Lao, Khmer
and Myanmar. Every other sign is a word of its own, and a grapheme cluster is never divided.
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

_REFERENCES: Final = (
    "section sections sec. clause clauses paragraph paragraphs para. article articles art. chapter page pages part rule"
    " item step table annex appendix schedule version no. nos. number § abschnitt artikel absatz abs. ziffer kapitel"
    " seite satz nr. n° alinéa artículo sección página articolo sezione artigo artykuł статья пункт раздел"
)
"""The number behind one of these names a place in a text, and the number after it is another one."""
_AFTER_REFERENCE: Final = "".join(
    rf"(?<!(?<!\w)(?i:{word})[\ \u00a0\u202f])" for word in map(re.escape, _REFERENCES.split())
)
# An ordinary space groups digits too, for that is how many authors write it. Where it should not have ("in groups of
# 4 500 people"), more is marked than was changed, which says nothing wrong; the other way round, a reader would see a
# fine of "[-10-]{+20+} 000 000 €".
_GROUPED: Final = rf"""
    (?=DIGIT{{1,3}}[\ THIN]DIGIT{{3}}) (?!0)
    (?:
        (?<!DIGIT[THIN]) DIGIT{{1,3}} (?:[THIN]DIGIT{{3}})++ (?![THIN]?DIGIT)
      | (?<!DIGIT[\ THIN]) (?:(?<![^\W\d_])|(?<=[A-Z]{{3}})) {_AFTER_REFERENCE}
        DIGIT{{1,3}} (?:[\ ]DIGIT{{3}})++ (?![\ THIN]?DIGIT)
    )"""
"""`10 000 000`: up to three digits, then groups of exactly three, and no other digits next to them.

So years (`in 2020 300 users`), telephone numbers and places in a text (`section 4 500 words`) are left apart.
"""
_NUMBER: Final = rf"""
    (?:(?<![^\s(\[{{"'“„‘«‚‹/<>=~])[-−+±%٪](?=(?:LETTER{{0,3}}+CURRENCY)?+DIGIT))?+  # a sign, where a word may begin
    (?:
        LETTER{{0,3}}+CURRENCY[-−]?+(?=DIGIT)                                        # $5, US$5
      | (?:Rs|Re|SFr|Fr|Kr|kr|Tk|Dhs?|Ksh|KSh|Sh)\.(?=DIGIT)                         # Rs.500
      | LETTER{{1,3}}+(?=DIGIT)                                                      # v2.0.1, EUR5
    )?+
    (?: {_GROUPED} | DIGIT++ )
    (?: [-‐‑–]{_GROUPED} | [-‐‑–.,:/·]DIGIT++ | T(?=DIGIT{{2}}:)DIGIT++ | ['’]DIGIT{{3}}(?!DIGIT) OTHERS )*+
    UNITS
    (?:
        (?: [.,:][–—-] | /[-=] ) (?![WORD–—-])                                       # 1'500.–, 500/-
      ORDINAL
      | (?: \.(?=[ºª]) )?+ SUFFIX (?:['’·]LETTERS)*+                                 # 1.º, £1.5m, 10:30am, 5th
        (?: [%‰٪％]NOMARK | °NOMARK (?:[CF](?![WORD]))?+ )?+
        (?: CURRENCY(?!DIGIT)NOMARK (?:[A-Z]{{2,3}}+(?![WORD]))?+ )?+                # 5€, 5$CA
    )"""  # noqa: RUF001 - minus signs, hyphens and quotation marks as they are written
"""An amount, date, time, range, ordinal or version, with the signs and letters written together with it.

What the two patterns say in other words is in capital letters.
"""
_UNSPACED: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
"""Scripts without spaces between words."""
_UNITS: Final = (
    "営業日|工作日|个工作日|小时|小時|時間|分钟|分鐘|か月|カ月|ヵ月|ヶ月|ケ月|个月|個月|箇月|週間|日間|年間|分間|ドル|ユーロ|ポンド"
    "|美元|欧元|歐元|日元|英镑|英鎊|元|円|圆|圓|日|年|月|号|號|時|时|分|秒|歳|岁|歲|天|週|周|倍|割|条|條|項|项|章|節|节|款|百|千"
    "|万|萬|億|亿|兆"
)
"""What is written behind digits in Chinese and Japanese: money, time, places in a text, powers of ten."""


def _number(words: dict[str, str]) -> str:
    """Return the pattern of a number with what `words` puts in the places of those in capitals."""
    pattern = _NUMBER
    for name, meaning in words.items():
        pattern = pattern.replace(name, meaning)
    return pattern


_SIMPLE_NUMBER: Final = _number({
    "THIN": r"\u00a0\u202f",
    "CURRENCY": "[$¢£¤¥€]",
    "LETTERS": "[A-Za-zªµºÀ-ÖØ-öø-ɏ]++",
    "LETTER": "[A-Za-zªµºÀ-ÖØ-öø-ɏ]",
    "DIGIT": "[0-9]",
    "OTHERS": "",
    "UNITS": "",
    "SUFFIX": r"\w*+",
    "NOMARK": "",
    "ORDINAL": "",
    "WORD": r"\w",
})  # fmt: skip
_SIMPLE: Final = re.compile(
    rf"""[ \t\n]*+(?:
        [A-Za-z]++(?=[ ,])              # nearly every word, fast
      | {_SIMPLE_NUMBER}
      | \w++(?:['’·][^\W\d_²³¹¼½¾]++)*+
      | [^ \t\n]                        # any other sign
    )""",
    re.VERBOSE,
)
_UNICODE_NUMBER: Final = _number({
    "THIN": r"\u00a0\u202f\u2009\u2007",
    "CURRENCY": r"\p{Sc}",
    "LETTERS": r"(?:(?!UNSPACED)\p{L}[\p{M}\u200c\u200d]*+)++",
    "LETTER": r"(?:(?!UNSPACED)\p{L})",
    "DIGIT": r"\p{Nd}",
    "OTHERS": r"| [٫٬⁄～〜]\p{Nd}++ | (?<=[０-９])[，．：／][０-９]++",  # noqa: RUF001 - of other scripts
    "UNITS": rf"(?: (?:{_UNITS})++(?![\p{{M}}\u200d]) (?:\p{{Nd}}++(?:[.,]\p{{Nd}}++)*+(?={_UNITS}))?+ )*+",
    "SUFFIX": r"[\p{M}\u200c\u200d]*+(?:(?!UNSPACED)[\p{L}\p{N}_][\p{M}\u200c\u200d]*+)*+",
    "NOMARK": r"(?![\p{M}\u200c\u200d])",
    "ORDINAL": r"| -\p{Cyrillic}{1,3}+(?![\p{L}\p{M}\p{N}_-])",
    "WORD": r"\p{L}\p{M}\p{N}_\u200c\u200d",
})  # fmt: skip
_UNICODE: Final = regex.compile(
    rf"""[ \t\n]*+(?:
        [\p{{L}}--UNSPACED]++(?=[ ,])
      | {_UNICODE_NUMBER}
      | [\p{{Han}}\p{{Hiragana}}\p{{Katakana}}][\p{{M}}\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*+
      | [[\p{{Thai}}\p{{Lao}}\p{{Khmer}}\p{{Myanmar}}]&&[\p{{L}}]]\p{{M}}*+
      | (?:(?!UNSPACED)[\p{{L}}\p{{N}}_]\p{{M}}*+[\u200c\u200d]?)++(?:['’·](?:(?!UNSPACED)\p{{L}}\p{{M}}*+)++)*+
      | \X
      | $
    )""".replace("UNSPACED", _UNSPACED),
    regex.VERBOSE | regex.VERSION1,
)
_RUN: Final = re.compile(r"[ \t\n]{2,}|[\t\n]")
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


def knows_words() -> bool:
    """Tell whether any word has a character yet."""
    return bool(_keys)


def forget_words(*, characters: bool = False) -> None:
    """Forget the words of texts that are no longer needed.

    Args:
        characters: Whether their characters are forgotten too, which gives other ones to the same words from now on.
            Only for a process that holds no encoded text any more.
    """
    _words.clear()
    _chars.clear()
    if characters:
        _keys.clear()
        _plain.clear()
        _unformatted.clear()


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
    if "  " in text or "\n" in text or "\t" in text:
        text = _RUN.sub(" ", text)
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
