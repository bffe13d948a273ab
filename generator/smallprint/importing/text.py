"""Plain text → a draft: which lines belong to one paragraph, which begin an item of a list.

Texts come in two makes. In one a paragraph is a line; in the other its lines are broken at some width, and an empty
line parts it from the next.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Draft, Kind, Piece, Run
from smallprint.importing.runs import tidy
from smallprint.importing.surroundings import without_surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE_ENDS: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BULLET: Final = re.compile(r"([ \t]*)([•·●▪■◦‣⁃∙*\-–—o\uf0b7])[ \t]+(?=\S)")  # noqa: RUF001 - bullets of several sets
_NUMBER: Final = re.compile(r"([ \t]*)([0-9]{1,3})[.)][ \t]+(?=\S)")
_LETTERED: Final = re.compile(r"[ \t]*(?:\([a-z]{1,4}\)|\([0-9]{1,2}\)|[a-z]\))[ \t]+(?=\S)")
"""The letter of an item is in its text; it begins a line of its own."""
_RULE: Final = re.compile(r"[ \t]*([-_=*~#])(?:[ \t]*\1){4,}[ \t]*")
_UNDERLINE: Final = re.compile(r"[ \t]*(?:-{3,}|={3,}|~{3,})[ \t]*")
_ENDS: Final = (".", "!", "?", ":", ";", "”", '"', ")")
_SHORT: Final = 60
"""A line of an address is shorter."""
_WRAPPED: Final = range(45, 131)
"""At which widths people break lines."""
_FULL: Final = 0.72
"""A broken line is at least this full; else the next word would have had room."""


def read_text(text: str, shown: str) -> Draft:  # noqa: ARG001 - all readers are called alike
    """Read plain text.

    Args:
        text: the whole source; line ends may be of any kind.
        shown: what faults would call it; any text can be read.
    """
    lines = [line.rstrip() for line in _LINE_ENDS.split(text.removeprefix("\ufeff"))]
    pieces = list(_pieces(lines))
    return without_surroundings(Draft(tuple(pieces)))


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    width = _width(lines)
    margins: list[int] = []
    for first, block in _blocks(lines):
        if len(block) > 1 and _UNDERLINE.fullmatch(block[-1]) and len(block[-2].split()) <= 16:  # noqa: PLR2004
            # Two lines, the second of signs: a title that is underlined.
            yield from _paragraphs(block[:-2], first, width, margins)
            yield Piece(Kind.HEADING, tidy([Run(block[-2])]), level=2 - ("=" in block[-1]), line=first + len(block) - 2)
        else:
            yield from _paragraphs(block, first, width, margins)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between empty lines, with the number of its first line; an underline ends a block."""
    block: list[str] = []
    for number, line in enumerate((*lines, ""), 1):
        if line.strip():
            block.append(line)
        if block and (not line.strip() or _UNDERLINE.fullmatch(line)):
            yield number - len(block) + bool(line.strip()), block
            block = []


def _width(lines: Sequence[str]) -> int:
    """Return the width at which paragraphs are broken, 0 where a paragraph is a line."""
    inner = [len(line) for _, block in _blocks(lines) for line, after in pairwise(block) if not _starts_item(after)]
    if not inner:
        return 0
    inner.sort()
    width = inner[int(len(inner) * 0.9)]
    full = sum(_FULL * width <= length <= width * 1.15 for length in inner)
    return width if width in _WRAPPED and full >= len(inner) / 2 else 0


def _paragraphs(block: Sequence[str], first: int, width: int, margins: list[int]) -> Iterator[Piece]:
    """Yield the pieces of the lines of one block."""
    gathered: list[str] = []
    start = first
    for number, line in enumerate(block, first):
        if gathered and _goes_on(gathered[-1], line, width):
            gathered.append(line)
            continue
        yield from _as_pieces(gathered, start, width, margins)
        gathered, start = [line], number
    yield from _as_pieces(gathered, start, width, margins)


def _starts_item(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line belongs to the paragraph of the line before it."""
    if _starts_item(line) or _LETTERED.match(line) or _RULE.fullmatch(line) or _RULE.fullmatch(before):
        return False
    text = line.strip()
    if width and len(before) >= _FULL * width:
        return True
    if text[:1].islower() and not before.endswith(_ENDS):
        return True
    return _is_short(before) and _is_short(line) and not _starts_item(before) and _is_of_address(before, line)


def _is_short(line: str) -> bool:
    return len(line.strip()) < _SHORT


def _is_of_address(before: str, line: str) -> bool:
    """Tell whether two short lines are lines of one address."""
    return _looks_like_address(line) or (_looks_like_address(before) and not before.strip().endswith("."))


def _looks_like_address(line: str) -> bool:
    text = line.strip()
    return bool(
        re.fullmatch(r"\S+@\S+\.\w+", text)
        or re.search(r",$|\b\d{5}(?:-\d{4})?\b|^\d+ \w+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", text)
        or re.match(r"(?:attn|tel|phone|fax|e-?mail|telephone|suite|p\.? ?o\.? box)\b", text, re.IGNORECASE)
    )


def _as_pieces(lines: list[str], start: int, width: int, margins: list[int]) -> Iterator[Piece]:
    if not lines:
        return
    if len(lines) == 1 and _RULE.fullmatch(lines[0]):
        yield Piece(Kind.RULE, line=start)
        return
    bullet, number = _BULLET.match(lines[0]), _NUMBER.match(lines[0])
    match = bullet or number
    text = _joined([lines[0][match.end() :] if match else lines[0], *lines[1:]], width)
    if bullet or (number and _is_item(text)):
        depth = _depth(len((bullet or number)[1].expandtabs(4)), margins)  # type: ignore[index]
        yield Piece(
            Kind.ITEM, tidy([Run(text)]), depth=depth, number=int(number[2]) if number and not bullet else 0, line=start
        )
        return
    margins.clear()
    yield Piece(Kind.PARAGRAPH, tidy([Run(_joined(lines, width))]), line=start)


def _is_item(text: str) -> bool:
    """Tell whether a numbered line is an item of a list: a title has no full stop."""
    return text.rstrip().endswith((".", ";", ",", "; and", "; or"))


def _joined(lines: Sequence[str], width: int) -> str:
    """Join the lines of a paragraph; lines that were not full keep their ends."""
    parts: list[str] = []
    for line, after in zip(lines, (*lines[1:], ""), strict=True):
        is_full = width and len(line) >= _FULL * width
        is_broken = after and not is_full and (not after.strip()[:1].islower() or _looks_like_address(after))
        parts += [line.strip(), "\n" if is_broken else " "]
    return "".join(parts)


def _depth(margin: int, margins: list[int]) -> int:
    """Return how deep an item stands, by the margins of the items before it."""
    while margins and margin < margins[-1]:
        margins.pop()
    if not margins or margin > margins[-1]:
        margins.append(margin)
    return len(margins)
