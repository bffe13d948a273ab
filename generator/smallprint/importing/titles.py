"""What a title looks like, whether or not the source marks it as one; and heads that run into their paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind
from smallprint.importing.runs import bold_until, is_bold, plain

if TYPE_CHECKING:
    from smallprint.importing.draft import Piece, Run

MAX_TITLE_WORDS: Final = 16
_MAX_PLAIN_WORDS: Final = 12
_MAX_TITLE: Final = 140
_MAX_HEAD_WORDS: Final = 14
_PROSE_WORDS: Final = 8
_DATED: Final = re.compile(
    r"\W*(?:this (?:policy|version|document)\b.{0,30}\b)?(?:(?:was )?(?:last|date|first|most recently)\b.{0,20}\b"
    r"(?:modified|updated?|revised|revision|changed?|reviewed|amended|published|posted|effective)|effective\b|"
    r"updated\b|version\b|date\b|revised\b|posted\b|published\b|in force\b|valid from\b|as of\b)",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"\d")
_NOT_IN_TITLE: Final = re.compile(r"@|https?://|www\.|\\n|[{}|]")
_BULLETS: Final = "•●▪■◦‣⁃∙·➢✓✔►"  # noqa: RUF001 - bullets of several sets
_LETTERS: Final = re.compile(r"[^\W\d_]")
NUMBERED: Final = re.compile(
    r"(?:§\s*|article\s+|section\s+|part\s+)?(\d+(?:\.(?:\d+|[a-z]{1,4}(?=[.)])))*)(?:[.):]\s*|\s*[–—-]\s+|\s+)(?=\S)",
    re.IGNORECASE,
)
"""A visible number before a title: `2.`, `3.1`, `§ 4`, `2.a.`."""
_LETTERED: Final = re.compile(r"\(?(?:[IVXLC]{1,6}|[A-Za-z]|[ivxlc]{1,5})[.)]\s+(?=\S)")
_TYPED_ITEM: Final = re.compile(r"(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)|[•·●▪■◦‣⁃∙*–—-])\s+(?=\S)")  # noqa: RUF001
"""What someone types before an item of a list."""
NAMES: Final = re.compile(r"\b(?:polic(?:y|ies)|privacy|statement|notice|terms|conditions|agreement)\b", re.IGNORECASE)
OF_ALL: Final = re.compile(r"\b(?:policy|statement|notice|terms|conditions|agreement)\b|^privacy$", re.IGNORECASE)
"""Words of the title of a whole text; “privacy” alone stands in others too."""

_NO_HEAD: Final = re.compile(
    r"\W*(?:please )?(?:note|important|attn|attention|e-?mail|phone|tel(?:ephone)?|fax|address|example|for example|"
    r"warning|tip|faq|q|a|last|effective|updated|date|version|by mail|by e-?mail|mail|online|website)\b\W*$",
    re.IGNORECASE,
)
_CAPITALS: Final = re.compile(r"([A-Z][A-Z0-9 '’&/,()-]{2,70}?)(:|\.|\s+[-–—])\s+(?=\S)")
_DASHED: Final = re.compile(r"(\S[^.!?:\n]{1,118}?)\s+[-–—]\s+(?=[A-Z“\"'‘(])")
_COLON: Final = re.compile(r"([A-Z][^.!?:\n]{1,58}?):\s+(?=[A-Z“\"'‘])")
_AFTER_HEAD: Final = re.compile(r"\s*[:.–—-]|\s+[A-Z“\"(]|\s*\n")
# fmt: off
_SMALL: Final = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "our", "the", "to", "us", "with", "your",
))
# fmt: on


def without_number(title: str) -> str:
    """Return a title without the visible numbers and letters before it.

    >>> without_number("2.a. Scope"), without_number("IV. Cookies"), without_number("7. A. Data")
    ('Scope', 'Cookies', 'Data')
    """
    for _ in range(3):
        bare = NUMBERED.sub("", title, count=1)
        title = _LETTERED.sub("", bare, count=1) if bare == title else bare
    return title


def is_labelled(text: str) -> bool:
    """Tell whether a line begins with a number or a letter as items of lists have."""
    return bool(NUMBERED.match(text) or _LETTERED.match(text))


def is_dated(text: str) -> bool:
    """Tell whether a line says of when the text is: `Last Modified: Jan 09, 2012`."""
    text = text.strip()
    return len(text.split()) <= MAX_TITLE_WORDS and bool(_DATED.match(text)) and bool(_NUMBERS.search(text))


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece is text that a title can stand above."""
    if piece.kind in {Kind.ITEM, Kind.ROW, Kind.QUOTE, Kind.PREFORMATTED}:
        return True
    text = piece.text
    if piece.kind is not Kind.PARAGRAPH or is_dated(text) or is_address(text):
        return False
    return len(text.split()) >= _PROSE_WORDS or text.rstrip().endswith((".", ":", "!", "?", ";"))


def is_address(text: str) -> bool:
    """Tell whether text is broken into short lines, as an address is."""
    lines = text.split("\n")
    return len(lines) > 1 and all(len(line.split()) <= _PROSE_WORDS for line in lines)


def is_bold_title(piece: Piece) -> bool:
    """Tell whether a paragraph is bold as a whole and reads like a title."""
    return piece.kind in {Kind.PARAGRAPH, Kind.ITEM} and is_bold(piece.runs) and _reads_like_title(piece.text)


def is_capital_title(piece: Piece) -> bool:
    """Tell whether a paragraph is in capitals and reads like a title."""
    text = piece.text
    letters = "".join(_LETTERS.findall(text))
    is_capital = len(letters) > 3 and letters.isupper() and letters.lower() != letters  # noqa: PLR2004
    return piece.kind in {Kind.PARAGRAPH, Kind.ITEM} and is_capital and _reads_like_title(text)


def is_plain_title(piece: Piece) -> bool:
    """Tell whether a paragraph without formatting reads like a title; it may as well be a short line."""
    text = piece.text.strip()
    if piece.kind is not Kind.PARAGRAPH or not _reads_like_title(text) or text.endswith((":", ",")):
        return False
    bare = NUMBERED.sub("", text, count=1)
    is_begun = bare[:1].isupper() or bare[:1] in "“\"'‘¿" or not bare[:1].isascii()
    return is_begun and len(text.split()) <= _MAX_PLAIN_WORDS and not any(run.target for run in piece.runs)


def is_typed_item(text: str) -> bool:
    """Tell whether a line begins as an item of a list that was typed by hand: `(a) `, `• `."""
    return bool(_TYPED_ITEM.match(text))


def is_entry(piece: Piece) -> bool:
    """Tell whether all of a piece is a link within the page: an entry of a table of contents."""
    shown = [run for run in piece.runs if run.text.strip()]
    return bool(shown) and all(run.target.startswith("#") for run in shown)


def _reads_like_title(text: str) -> bool:
    text = text.strip()
    is_short = 0 < len(text.split()) <= MAX_TITLE_WORDS and len(text) <= _MAX_TITLE
    is_ended = text.endswith((".", ";", "!", "…", "。")) and not NUMBERED.fullmatch(text + " x")
    if not is_short or is_ended or "\n" in text or text[0] in _BULLETS or not _LETTERS.search(text):
        return False
    return not _NOT_IN_TITLE.search(text) and not is_dated(text) and not _NO_HEAD.match(text.split(":")[0])


def bold_head(runs: tuple[Run, ...]) -> int:
    """Return how many characters of a paragraph are a head in bold that runs into it, 0 where there is none."""
    text = plain(runs)
    end = bold_until(runs)
    head = text[:end].rstrip()
    if not 0 < end < len(text) or "\n" in head or not _is_head(head):
        return 0
    is_parted = head.endswith((":", ".", "?", "–", "—", "-", "!")) or bool(_AFTER_HEAD.match(text[len(head) :]))
    rest = text[end:].lstrip(" :.–—-\n")
    if not is_parted or len(rest.split()) < 4 or rest[:1].islower():  # noqa: PLR2004
        return 0
    return len(head)


def capital_head(text: str) -> int:
    """Return how many characters are a head in capitals, with its sign: `SURVEYS:`."""
    match = _CAPITALS.match(text)
    if match is None or not _is_head(match[1]) or len(_LETTERS.findall(match[1])) < 4:  # noqa: PLR2004
        return 0
    rest = text[match.end() :]
    is_text = len(rest.split()) >= _PROSE_WORDS and any(letter.islower() for letter in rest)
    return 0 if not is_text else match.end(2) if match[2] in ":." else match.end(1)


def dashed_head(text: str) -> int:
    """Return how many characters are a head before a dash: `Cookies – We use …`."""
    match = _DASHED.match(text)
    return match.end(1) if match and _is_written_as_title(match[1]) and _is_long(text[match.end() :]) else 0


def colon_head(text: str) -> int:
    """Return how many characters are a head before a colon, with it: `Surveys: We ask …`."""
    match = _COLON.match(text)
    return match.end(1) + 1 if match and _is_written_as_title(match[1]) and _is_long(text[match.end() :]) else 0


def _is_long(text: str) -> bool:
    return len(text.split()) >= _PROSE_WORDS


def _is_head(head: str) -> bool:
    is_short = 0 < len(head.split()) <= _MAX_HEAD_WORDS
    return is_short and bool(_LETTERS.search(head)) and not _NO_HEAD.match(head) and not is_dated(head)


def _is_written_as_title(head: str) -> bool:
    """Tell whether most words of a head begin with a capital letter, as in a title."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", head) if word.lower() not in _SMALL]
    capital = sum(word[0].isupper() for word in words)
    return _is_head(head) and bool(words) and words[0][0].isupper() and capital >= 0.6 * len(words)
