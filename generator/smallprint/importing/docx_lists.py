"""Numbered paragraphs of a Word file → items of lists, or text with its number before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smallprint.importing.docx_body import with_mark
from smallprint.importing.draft import NO_HEADING, Kind, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.importing.docx_body import Found
    from smallprint.importing.docx_numbering import Mark


def settle_lists(found: Sequence[Found]) -> Iterator[Piece]:
    """Yield the pieces, each numbered one as what a reader takes it for.

    Bullets, and numbers such as “3.” that follow each other, are lists. What cannot be a list in Markdown, such as
    “(a)” or “2.1”, is text that begins with its number, within an item where it stands below one. So is a number whose
    list is broken by paragraphs at every turn: it counts sections.
    """
    broken = _broken(found)
    levels: list[int] = []
    shift = 2 if any(each.is_title for each in found) else 1
    for place, each in enumerate(found):
        mark, piece = each.mark, each.piece
        if mark is None:
            if each.is_continued and levels:
                yield replace(piece, kind=Kind.ITEM, depth=len(levels), is_first=False)
                continue
            levels = []
            is_below = piece.kind is Kind.HEADING and not each.is_title
            yield replace(piece, level=min(piece.level + shift - 1, 6)) if is_below else piece
            continue
        while levels and levels[-1] >= mark.level:
            levels.pop()
        if mark.is_bullet or (mark.number and mark.key not in broken):
            levels.append(mark.level)
            yield replace(piece, depth=len(levels))
        elif levels:
            text = with_mark(piece.runs, mark)
            yield replace(piece, runs=text, number=0, depth=len(levels), is_first=False)
        else:
            # Where the next number follows at once, this is an item of a list and heads nothing, even in capitals.
            is_listed = any(beside and beside.key == mark.key for beside in _beside(found, place))
            yield Piece(Kind.PARAGRAPH, with_mark(piece.runs, mark), table=NO_HEADING if is_listed else 0)


def _beside(found: Sequence[Found], place: int) -> Iterator[Mark | None]:
    """Yield the marks of what stands right before and right after."""
    return (found[other].mark for other in (place - 1, place + 1) if 0 <= other < len(found))


def _broken(found: Sequence[Found]) -> set[str]:
    """Return the lists of which most items stand alone between paragraphs."""
    items: dict[str, int] = {}
    stretches: dict[str, int] = {}
    last: dict[str, int] = {}
    stretch = 0
    for each in found:
        if each.mark is None:
            stretch += not each.is_continued
            continue
        key = each.mark.key
        items[key] = items.get(key, 0) + 1
        stretches[key] = stretches.get(key, 0) + (last.get(key) != stretch)
        last[key] = stretch
    return {key for key, stretched in stretches.items() if stretched > 1 and items[key] < 2 * stretched}
