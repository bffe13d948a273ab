"""Titles and paragraphs without the counters before them: “2. Data”, “Article 2 – Data” and “(c) Data” are “Data”.

A counter says where a text is in a row of others, and an insertion before it changes it. So counters are compared and
shown, but they do not decide which text carries on which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.text import Word

KINDS: Final = (
    # English, French, German, Spanish, Italian, Portuguese, Dutch, Nordic, Polish, Czech, Russian and others.
    "article|art|section|sec|clause|cl|paragraph|para|part|chapter|ch|annex|appendix|schedule|exhibit|rule|item|point|"
    "title|addendum|attachment|partie|chapitre|annexe|alinéa|titre|artikel|abschnitt|teil|kapitel|anhang|anlage|absatz|"
    "abs|ziffer|ziff|nummer|artículo|articulo|sección|seccion|cláusula|clausula|capítulo|capitulo|anexo|apartado|"
    "párrafo|articolo|sezione|clausola|capitolo|allegato|parte|artigo|seção|secção|bijlage|hoofdstuk|deel|paragraaf|"
    "afsnit|avsnitt|paragraf|bilag|bilaga|vedlegg|del|luku|liite|kohta|artykuł|rozdział|załącznik|ustęp|punkt|článek|"
    "oddíl|příloha|kapitola|bod|článok|cikk|fejezet|melléklet|articolul|capitolul|anexa|secțiunea|член|раздел|статья|"
    "глава|часть|пункт|приложение|стаття|розділ|додаток|άρθρο|ενότητα|κεφάλαιο|παράρτημα|madde|bölüm|ek|المادة|مادة|"
    "القسم|قسم|الباب|ماده|بخش|điều|chương|mục|pasal|bab|bagian|lampiran"
)
"""Words before the number of a part of a text, as a pattern."""
_COUNT: Final = r"(?:\d+(?:[.\-]\d+)*[a-z]?|[ivxlcdm]{1,7}|[a-z])(?:\([a-z0-9]{1,3}\))*"
_ORDINALS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth"
_SEPARATOR: Final = r"(?:[.):\]،,]*\s*[–—:|\-]\s*|[.):\]]+\s*|\s+|$)"
_COUNTER: Final = re.compile(
    rf"""\s*(?:
        (?:{KINDS})\b\.?\s*(?:no\.?\s*|n[°º]\s*|№\s*)?(?:{_COUNT}|{_ORDINALS})(?![\w'’]){_SEPARATOR}
      | [§¶]+\s*\d+(?:[.\-]\d+)*[a-z]?(?!\w){_SEPARATOR}                                      # § 2
      | 第\s*[0-9〇零一二三四五六七八九十百千]+\s*[条條章节節款部分編编项項]\s*[.:：、，]?\s*       # 第二条
      | 제\s*\d+\s*[조장절항]\s*                                                               # 제2조
      | [〇零一二三四五六七八九十百]+\s*[、.．]\s*                                              # 二、
      | [(\[]\s*{_COUNT}\s*[)\]][.:]?\s*                                                      # (a)
      | {_COUNT}\s*[.):]+(?:\s+|$|(?=[^\W\d_]))                                               # 2. or iv)
      | \d+(?:\.\d+)*\s+                                                                      # 2 Data
      | \d+(?:\.\d+)*$
    )""",  # noqa: RUF001 - signs of several scripts
    re.IGNORECASE | re.VERBOSE,
)
_DIGITS: Final = re.compile(r"\d+(?:\.\d+)*|\b[IVXLC]{1,6}\b")
_LABEL: Final = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3}){1,4}\.?|\d{1,3}[.)]|[ivxlc]{1,6}[.)]|[a-z][.)]|[A-Z][.)])", re.IGNORECASE
)
_BRACKETED: Final = re.compile(r"\((?:\d{1,3}|[ivxlc]{1,6}|[a-z]{1,2})\)", re.IGNORECASE)
_MOST_LABEL_WORDS: Final = 4


def bare_title(title: str) -> str:
    """Return a title without its counter, for comparing; empty where it has nothing else.

    >>> bare_title("2. What information?"), bare_title("IV) Cookies"), bare_title("Article 2 – Data")
    ('what information?', 'cookies', 'data')
    >>> bare_title("Article 2"), bare_title("Annex B"), bare_title("第二条")
    ('', '', '')
    """
    match = _COUNTER.match(title)
    return title[match.end() if match else 0 :].strip().casefold()


def counter_of(title: str) -> str:
    """Return the number before a title or paragraph, without the words and signs round it; empty if it has none.

    >>> counter_of("Article 2 – Data"), counter_of("3.1 Cookies"), counter_of("IV. Data"), counter_of("Data")
    ('2', '3.1', 'IV', '')
    """
    match = _COUNTER.match(title)
    found = _DIGITS.findall(match.group()) if match else []
    return found[-1] if found else ""


def same_title(old: str, new: str) -> bool:
    """Return whether two titles say the same, whatever their counters; a title that is only a counter says nothing.

    >>> same_title("2. Data", "Article 3: Data"), same_title("Article 2", "Article 2")
    (True, False)
    """
    bare = bare_title(old)
    return bool(bare) and bare == bare_title(new)


def label_length(words: Sequence[Word]) -> int:
    """Return how many words at the beginning of a paragraph are a label that was typed: “2.1”, “(c)”, “iii.”.

    A label is followed by a space and by more text.
    """
    text = ""
    for count, word in enumerate(words[:_MOST_LABEL_WORDS], 1):
        if word.space and count > 1:
            return 0
        text += word.text
        ends = count < len(words) and words[count].space
        if ends and (_LABEL.fullmatch(text) or _BRACKETED.fullmatch(text)):
            return count
    return 0
