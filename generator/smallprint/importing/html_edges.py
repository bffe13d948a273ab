"""Menus before a policy's first words and footers after its last, where nothing in the page tells what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.chrome import POLICY_WORDS
from smallprint.importing.draft import Kind, LeftOut, Piece, Why
from smallprint.importing.html_signs import pattern
from smallprint.importing.html_text import count_words

if TYPE_CHECKING:
    from smallprint.importing.draft import Run
    from smallprint.importing.html_blocks import Stream

_PROSE: Final = 8
_DAY: Final = pattern("days")
_COPYRIGHT: Final = pattern("copyright")
_CONTACT: Final = re.compile(r"@|\d{3}")
_LONG: Final = 30
_LONG_TITLE: Final = 12
_FEW_LINKS: Final = 2


def trim(stream: Stream) -> Stream:
    """Return the stream with menus before the text and footers after it left out."""
    places = [index for index, item in enumerate(stream) if isinstance(item, Piece) and item.kind is not Kind.RULE]
    if not any(_is_text(stream[index]) for index in places):
        return stream
    out = list(stream)
    for index in places:
        if not _is_before(stream[index]):
            break
        out[index] = _left(stream[index], Why.MENU)
    for index in _footer(out, places):
        out[index] = _left(stream[index], Why.FOOTER)
    return _without_edge_rules(out)


def _footer(stream: Stream, places: list[int]) -> list[int]:
    """Return where the pieces of a footer stand, from the last on."""
    last: list[int] = []
    for index in reversed(places):
        if not _is_after(stream[index]):
            break
        last.append(index)
    # Plain words are a part of it only where links, a copyright note or an empty section stand before them too.
    while last and not _is_sure_footer(stream[last[-1]]):
        last.pop()
    return _without_last_section(stream, last)


def _without_last_section(stream: Stream, last: list[int]) -> list[int]:
    """Return a footer without the end of a policy: a title with a link or two, as “Contact us: our form”."""
    titles = [index for index in last if _is_title(stream[index])]
    if len(titles) != 1 or titles[0] != last[-1]:
        return last
    links = [index for index in last[:-1] if not _COPYRIGHT.search(stream[index].text)]
    return [index for index in last[:-1] if index not in links] if 0 < len(links) <= _FEW_LINKS else last


def _is_title(item: Piece | LeftOut) -> bool:
    return isinstance(item, Piece) and item.kind is Kind.HEADING


def _is_sure_footer(item: Piece | LeftOut) -> bool:
    return _is_title(item) or _is_linked(item) or bool(_COPYRIGHT.search(item.text))


def _left(item: Piece | LeftOut, why: Why) -> LeftOut:
    line = item.line if isinstance(item, Piece) else 0
    return LeftOut(item.text, why, f"line {line}" if line else "", is_sure=False)


def _is_text(item: Piece | LeftOut) -> bool:
    return isinstance(item, Piece) and count_words(item.text) >= _PROSE and not _is_linked(item)


def _is_before(item: Piece | LeftOut) -> bool:
    """Tell whether a piece before the text can be none of it."""
    text = item.text
    if not isinstance(item, Piece) or item.kind in {Kind.HEADING, Kind.ROW, Kind.PREFORMATTED}:
        return False
    words = count_words(text)
    if _is_linked(item):
        return words < _LONG
    return words < _PROSE and not (POLICY_WORDS.search(text) or _DAY.search(text) or text.rstrip().endswith((".", ":")))


def _is_after(item: Piece | LeftOut) -> bool:
    """Tell whether a piece after the text can be none of it."""
    text = item.text
    if not isinstance(item, Piece) or item.kind in {Kind.ROW, Kind.PREFORMATTED} or item.note:
        return False
    words = count_words(text)
    if _COPYRIGHT.search(text) or _is_linked(item):
        return words < _LONG
    if _is_title(item):
        return words < _LONG_TITLE
    return words <= 4 and not _CONTACT.search(text) and not text.rstrip().endswith((".", ":", ","))  # noqa: PLR2004


def _is_linked(item: Piece | LeftOut) -> bool:
    """Tell whether nearly all words of a piece are links to other pages."""
    if not isinstance(item, Piece):
        return False
    runs: tuple[Run, ...] = item.runs or tuple(run for cell in item.cells for run in cell)
    letters = [(sum(map(str.isalnum, run.text)), _leads_away(run.target)) for run in runs]
    whole = sum(count for count, _ in letters)
    return whole > 0 and sum(count for count, away in letters if away) >= 0.8 * whole


def _leads_away(target: str) -> bool:
    return bool(target) and not target.startswith(("#", "mailto:", "tel:"))


def _without_edge_rules(stream: Stream) -> Stream:
    """Drop lines across the page before the first text and after the last."""
    places = [index for index, item in enumerate(stream) if isinstance(item, Piece) and item.kind is not Kind.RULE]
    if not places:
        return stream
    first, last = places[0], places[-1]
    return [
        item
        for index, item in enumerate(stream)
        if isinstance(item, LeftOut) or first < index < last or index in {first, last}
    ]
