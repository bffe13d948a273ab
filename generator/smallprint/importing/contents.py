"""A table of contents within a text: lines that look like headings and only name the headings to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind
from smallprint.importing.titles import is_entry, without_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smallprint.importing.draft import Piece

_FEWEST: Final = 4
"""So many lines in a row make a table of contents."""
_ALIKE: Final = 0.5
"""Share of the telling words of two titles that they have in common if one is the entry for the other."""
_FEWEST_BELOW: Final = 2
_MOST: Final = 0.7
"""Share of the lines below the title of a table of contents that are entries of it."""
_TITLE: Final = re.compile(
    r"(?:(?:table of |summary of )?contents(?: of (?:this|the) \w+)?|index|sections|navigation"
    r"|quick (?:links|navigation)|(?:in|on) this (?:page|policy|notice|document|statement|section)|jump to(?: section)?"
    r"|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|indice|contenido|conteúdo|inhoud(?:sopgave)?"
    r"|innehåll):?",
    re.IGNORECASE,
)
# fmt: off
_COMMON: Final = frozenset((
    "a", "about", "and", "any", "are", "be", "by", "can", "data", "do", "does", "for", "from", "how", "in",
    "information", "is", "it", "its", "may", "of", "on", "or", "our", "personal", "policy", "privacy", "s", "the",
    "this", "to", "us", "we", "what", "when", "where", "which", "who", "with", "you", "your",
))
# fmt: on
"""Words that stand in most titles and tell none from another."""


def contents(pieces: Sequence[Piece], headings: Iterable[int]) -> list[int]:
    """Return which headings are entries of a table of contents: they stand in a row and come once more below.

    Args:
        pieces: all pieces of a text.
        headings: the positions of those that look like headings, in order.
    """
    positions = list(headings)
    words = {at: _words(pieces[at].text) for at in positions}
    entries: list[int] = []
    row: list[int] = []
    for index, at in enumerate(positions):
        if row and row[-1] != at - 1:
            row = []
        row.append(at)
        is_last = index + 1 == len(positions) or positions[index + 1] != at + 1
        if is_last and len(row) >= _FEWEST:
            later = [words[other] for other in positions[index - len(row) + 1 :]]
            found = [one for n, one in enumerate(row) if any(_is_alike(words[one], other) for other in later[n + 1 :])]
            entries += found if len(found) >= _FEWEST else []
    return entries


def titles_of_contents(pieces: Sequence[Piece], headings: Iterable[int]) -> list[int]:
    """Return which headings are titles of a table of contents: below them are links, or the headings to come.

    Args:
        pieces: all pieces of a text.
        headings: the positions of those that look like headings, in order, without entries of a table of contents.
    """
    positions = list(headings)
    found: list[int] = []
    for index, at in enumerate(positions):
        if at not in found and _TITLE.fullmatch(pieces[at].text.strip()):
            later = {other: _words(pieces[other].text) for other in positions[index + 1 :]}
            entries = _entries(pieces, at, later)
            found += [at, *(entry for entry in entries if entry in later)] if entries else []
    return found


def _entries(pieces: Sequence[Piece], title: int, later: Mapping[int, frozenset[str]]) -> list[int]:
    """Return the pieces right below the title of a table of contents that are its entries, none if it has others."""
    count = others = 0
    found: list[int] = []
    for at in range(title + 1, len(pieces)):
        below = [words for other, words in later.items() if other > at]
        lines = _lines(pieces[at])
        entries = sum(is_link or any(_is_alike(_words(line), words) for words in below) for line, is_link in lines)
        if not entries and (at in later or pieces[at].kind not in {Kind.ITEM, Kind.ROW}):
            break
        count, others = count + entries, others + len(lines) - entries
        found.append(at)
    return found if count >= _FEWEST_BELOW and count >= _MOST * (count + others) else []


def _lines(piece: Piece) -> list[tuple[str, bool]]:
    """Return the lines of a piece, each with whether it is a link within the page."""
    is_link = is_entry(piece)
    return [(line, is_link) for line in piece.text.split("\n") if line.strip()]


def _words(title: str) -> frozenset[str]:
    words = frozenset(re.findall(r"\w+", without_number(title).casefold()))
    return words - _COMMON or words


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _ALIKE * max(len(one), len(other))
