"""What stands around a policy in a text taken from the web: a note of an archive, an address, a menu, a footer.

It is proposed for removal: `LeftOut` has every word of it, and whatever is not plain to see stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from smallprint.importing import titles
from smallprint.importing.draft import Kind, LeftOut, Why
from smallprint.importing.html_signs import pattern
from smallprint.reading.fields import is_address

if TYPE_CHECKING:
    from smallprint.importing.draft import Draft, Piece

_ARCHIVE: Final = re.compile(
    r"wayback machine|web\.archive\.org|internet archive|\bwas archived on\b|\bcached (?:copy|page)\b", re.IGNORECASE
)
_ARCHIVED: Final = re.compile(r"https?://web\.archive\.org/web/\S+", re.IGNORECASE)
_NAMES: Final = re.compile(r"\b(?:polic(?:y|ies)|privacy|statement|notice|terms|conditions|agreement)\b", re.IGNORECASE)
_COPYRIGHT: Final = pattern("copyright")
_LONG: Final = 30
"""A text of so many words is no note of copyright."""
_LONGEST_ENTRY: Final = 8
"""A line of more words is no entry of a menu."""
_FEWEST_ENTRIES: Final = 3
_NOTE_PIECES: Final = 3
"""At how many pieces at either end a note of an archive is looked for."""
_FOOTER_PIECES: Final = 8


def without_surroundings(draft: Draft) -> Draft:
    """Take a draft of a text or of Markdown out of what stands around it."""
    pieces = list(draft.pieces)
    left_out = list(draft.left_out)
    url = _take_archive_note(pieces, left_out)
    url = _take_address(pieces, left_out) or url
    _take_menu(pieces, left_out)
    _take_footer(pieces, left_out)
    return replace(draft, pieces=tuple(pieces), left_out=tuple(left_out), url=draft.url or url)


def _take_archive_note(pieces: list[Piece], left_out: list[LeftOut]) -> str:
    url = ""
    ends = {*range(min(_NOTE_PIECES, len(pieces))), *range(max(len(pieces) - _NOTE_PIECES, 0), len(pieces))}
    for at in sorted(ends, reverse=True):
        piece = pieces[at]
        if piece.kind is Kind.HEADING or not _ARCHIVE.search(piece.text):
            continue
        targets = [run.target for run in piece.runs if _ARCHIVED.match(run.target)]
        named = _ARCHIVED.search(piece.text)
        url = targets[0] if targets else named.group().rstrip(".,)") if named else url
        left_out.append(_left(piece, Why.ARCHIVE, is_sure=True))
        del pieces[at]
    return url if is_address(url) else ""


def _take_address(pieces: list[Piece], left_out: list[LeftOut]) -> str:
    """Take the address of the page, where that is the first line."""
    if not pieces or not is_address(pieces[0].text.strip()):
        return ""
    piece = pieces.pop(0)
    left_out.append(_left(piece, Why.ARCHIVE, is_sure=True))
    return piece.text.strip()


def _take_menu(pieces: list[Piece], left_out: list[LeftOut]) -> None:
    """Take the entries of a menu, down to the title that stands once more below them."""
    lead = 0
    while lead < len(pieces) and _is_entry(pieces[lead]):
        lead += 1
    names = [piece.text.strip().casefold() for piece in pieces[:lead]]
    found = [at for at in range(lead) if _NAMES.search(names[at]) and names[at] in names[:at]]
    title = found[-1] if found else 0
    if title < _FEWEST_ENTRIES or titles.NUMBERED.match(names[title]):
        return
    # Entries that come again below are those of a table of contents, and a date is of the policy.
    below = {piece.text.strip().casefold() for piece in pieces[title + 1 :]}
    if any(name in below or titles.is_dated(name) for name in names[:title]):
        return
    left_out += [_left(piece, Why.MENU, is_sure=False) for piece in pieces[:title]]
    del pieces[:title]


def _take_footer(pieces: list[Piece], left_out: list[LeftOut]) -> None:
    start = len(pieces)
    for at in range(len(pieces) - 1, max(len(pieces) - _FOOTER_PIECES, 0), -1):
        text = pieces[at].text.strip()
        if _COPYRIGHT.search(text) and len(text.split()) < _LONG:
            start = at
        elif not _is_entry(pieces[at]):
            break
    left_out += [_left(piece, Why.FOOTER, is_sure=False) for piece in pieces[start:]]
    del pieces[start:]


def _is_entry(piece: Piece) -> bool:
    """Tell whether a piece can be an entry of a menu or a line of a footer."""
    text = piece.text.strip()
    is_short = 0 < len(text.split()) <= _LONGEST_ENTRY and not text.endswith((".", "!", "?", ":", ";", ","))
    return piece.kind in {Kind.PARAGRAPH, Kind.ITEM} and is_short


def _left(piece: Piece, why: Why, *, is_sure: bool) -> LeftOut:
    return LeftOut(piece.text, why, f"line {piece.line}" if piece.line else "", is_sure)
