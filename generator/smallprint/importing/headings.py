"""Which pieces of a draft are headings, the marked ones and the implied ones, and how deep each stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

from smallprint.importing import titles
from smallprint.importing.contents import contents, titles_of_contents
from smallprint.importing.draft import NO_HEADING, Kind, Run
from smallprint.importing.runs import is_bold, lines_of, tidy, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.importing.draft import Draft, Piece

_LONGEST_HEADING: Final = 30
"""A heading of more words is a paragraph in large letters."""
_ENOUGH: Final = 2
"""Where so many headings are marked, or bold, short lines without formatting are no headings."""
_DEEPEST: Final = 6
_LONGEST_LINE: Final = 12
_MOST_ABOVE: Final = 40
"""So many short lines may stand above the title: a table of contents, a date."""
_Style = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A heading."""

    level: int
    is_marked: bool
    """Whether the source says it is one."""
    is_title: bool = False
    """Whether it is the title of all."""


def find_headings(draft: Draft) -> tuple[list[Piece], dict[int, Found]]:
    """Return the pieces of a draft, and which of them are headings.

    Lines that look like headings become ones; what is marked as a heading and is none becomes a paragraph. Their words
    stay as they are.
    """
    pieces = [part for piece in draft.pieces for part in _parted(piece)]
    pieces = [_demoted(piece) for piece in pieces if piece.kind is Kind.RULE or piece.text.strip()]
    pieces = list(_settled_depths(pieces))
    pieces = _items_as_headings(list(dropwhile(lambda piece: piece.kind is Kind.RULE, pieces)))
    title = _title(pieces)
    if title >= 0:
        pieces[title] = _as_heading(pieces[title])
        _demote_repeated(pieces, title)
    styles = _styles(pieces, title)
    for at in contents(pieces, styles):
        del styles[at]
        pieces[at] = replace(pieces[at], kind=Kind.PARAGRAPH, level=0)
    for at in titles_of_contents(pieces, styles):
        del styles[at]
        pieces[at] = replace(pieces[at], kind=Kind.PARAGRAPH, level=0, runs=_bold(pieces[at].runs))
    levels = _levels(styles, pieces)
    found = {} if title < 0 else {title: Found(1, is_marked=True, is_title=True)}
    for at, style in styles.items():
        found[at] = Found(levels[at], is_marked=style[0] == "marked")
        pieces[at] = _as_heading(pieces[at])
    return pieces, dict(sorted(found.items()))


def _parted(piece: Piece) -> Iterator[Piece]:
    """Yield a paragraph in parts where one of its lines is a title in bold."""
    if piece.kind is not Kind.PARAGRAPH or "\n" not in piece.text or is_bold(piece.runs):
        yield piece
        return
    gathered: list[Run] = []
    for line in lines_of(piece.runs):
        part = replace(piece, runs=tidy(line))
        if titles.is_bold_title(part) and not part.text.endswith(":"):
            if gathered:
                yield replace(piece, runs=tidy(gathered))
            yield part
            gathered = []
        else:
            gathered += [*([Run("\n")] if gathered else []), *line]
    if gathered:
        yield replace(piece, runs=tidy(gathered))


def _settled_depths(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Let what is said to stand in a list item where no list is stand by itself."""
    depth = 0
    for piece in pieces:
        is_item = piece.kind is Kind.ITEM and piece.is_first
        kind = Kind.PARAGRAPH if piece.kind is Kind.ITEM and not is_item and not depth else piece.kind
        depth = min(max(piece.depth, 1), depth + 1) if is_item else min(piece.depth, depth)
        yield piece if (kind, depth) == (piece.kind, piece.depth) else replace(piece, kind=kind, depth=depth)


def _demoted(piece: Piece) -> Piece:
    if piece.kind is not Kind.HEADING:
        return piece
    if piece.number and not titles.NUMBERED.match(piece.text):
        piece = replace(piece, runs=tidy([Run(f"{piece.number}. "), *piece.runs]), number=0)
    if len(piece.text.split()) > _LONGEST_HEADING or titles.is_dated(piece.text) or titles.is_entry(piece):
        return replace(piece, kind=Kind.PARAGRAPH, level=0)
    return piece


def _items_as_headings(pieces: list[Piece]) -> list[Piece]:
    """Make titles of list items that stand above paragraphs: `1. What we collect`."""
    marked: list[int] = []
    for at, piece in enumerate(pieces[:-1]):
        is_item = piece.kind is Kind.ITEM and piece.depth == 1 and piece.is_first
        # An item in capitals with a list of its own is an item.
        is_list = (
            (pieces[at + 1].kind is Kind.ITEM and pieces[at + 1].is_first)
            and titles.is_capital_title(piece)
            and not is_bold(piece.runs)
        )
        looks = (
            is_item
            and not is_list
            and not (at and _goes_on(pieces[at - 1], piece))
            and (titles.is_bold_title(piece) or (piece.number > 0 and _is_short_line(piece)))
        )
        after = pieces[at + 1]
        is_above = not (after.kind is Kind.ITEM and after.depth == 1 and after.is_first) and after.kind is not Kind.RULE
        if looks and is_above and (titles.is_prose(after) or after.kind is Kind.HEADING):
            marked.append(at)
    if len(marked) < _ENOUGH:
        return pieces
    result: list[Piece] = []
    inside = False
    for at, piece in enumerate(pieces):
        if at in marked:
            number = [Run(f"{piece.number}. ", strong=True)] if piece.number else []
            runs = tidy([*number, *(replace(run, strong=True) for run in piece.runs)])
            result.append(replace(piece, kind=Kind.PARAGRAPH, runs=runs, depth=0, number=0))
            inside = True
        elif inside and piece.depth and not (piece.kind is Kind.ITEM and piece.depth == 1 and piece.is_first):
            is_out = piece.depth == 1
            kind = Kind.PARAGRAPH if is_out and piece.kind is Kind.ITEM else piece.kind
            result.append(replace(piece, kind=kind, depth=piece.depth - 1))
        else:
            inside = inside and piece.depth > 0
            result.append(piece)
    return result


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Tell whether an item of a list follows another of the same list at once: then it heads nothing."""
    is_item = before.kind is Kind.ITEM and before.depth == 1 and before.is_first
    return is_item and (before.number + 1 == piece.number if piece.number else not before.number)


def _is_short_line(piece: Piece) -> bool:
    return titles.is_plain_title(replace(piece, kind=Kind.PARAGRAPH))


def _title(pieces: Sequence[Piece]) -> int:
    """Return which piece is the title of the whole text, -1 where none is."""
    marked = [at for at, piece in enumerate(pieces) if piece.kind is Kind.HEADING]
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.HEADING:
            return at if _is_marked_title(pieces, at, marked) else -1
        is_line = titles.is_bold_title(piece) or titles.is_capital_title(piece) or titles.is_plain_title(piece)
        if is_line and titles.NAMES.search(piece.text) and not titles.NUMBERED.match(piece.text):
            if not marked or min(pieces[other].level for other in marked) > 1:
                return at
        elif len(piece.text.split()) > _LONGEST_LINE or at > _MOST_ABOVE:
            # A heading below what was said already is none of the whole.
            break
    return -1


def _is_marked_title(pieces: Sequence[Piece], at: int, marked: Sequence[int]) -> bool:
    level = pieces[at].level
    others = [pieces[other].level for other in marked if other != at]
    if titles.NUMBERED.match(pieces[at].text):
        return False
    if level == 1 and level not in others:
        return True
    return bool(titles.OF_ALL.search(pieces[at].text))


def _demote_repeated(pieces: list[Piece], title: int) -> None:
    """Make a line in bold of a heading below the title that says the same once more."""
    words = set(pieces[title].text.casefold().split())
    for at in range(title + 1, len(pieces)):
        piece = pieces[at]
        if piece.kind is Kind.HEADING or titles.is_bold_title(piece):
            said = set(piece.text.casefold().split())
            if not (said <= words or (words <= said and titles.NAMES.search(piece.text))):
                return
            runs = tuple(replace(run, strong=True) for run in piece.runs)
            pieces[at] = replace(piece, kind=Kind.PARAGRAPH, level=0, runs=runs, table=NO_HEADING)
        elif not titles.is_dated(piece.text):
            return


def _styles(pieces: Sequence[Piece], title: int) -> dict[int, _Style]:
    """Return which pieces are headings below the title, each with how it looks."""
    marked = {at for at, piece in enumerate(pieces) if piece.kind is Kind.HEADING and at != title}
    found: dict[int, _Style] = {at: ("marked", pieces[at].level) for at in marked}
    lines: dict[int, _Style] = {}
    for at in range(title + 1, len(pieces)):
        piece = pieces[at]
        if titles.is_entry(piece) or at in marked or piece.depth or piece.kind is not Kind.PARAGRAPH or piece.table < 0:
            continue
        if titles.is_typed_item(piece.text) and any(map(titles.is_typed_item, _texts_beside(pieces, at))):
            continue
        if titles.is_capital_title(piece):
            lines[at] = ("capitals", 0)
        elif titles.is_bold_title(piece):
            lines[at] = ("bold", 0)
        elif titles.is_plain_title(piece):
            lines[at] = ("plain", 0)
    for at in _listed(pieces, [at for at, style in lines.items() if style[0] == "capitals"]):
        del lines[at]
    strong = {at for at, style in lines.items() if style[0] != "plain"}
    strong = {at for at in strong if _stands_above(pieces, at, {*marked, *strong})}
    found |= {at: lines[at] for at in strong}
    if len(found) < _ENOUGH:
        short = {at for at, style in lines.items() if style[0] == "plain"}
        alone = {at for at in short if not _is_in_row(at, short)}
        found |= {at: lines[at] for at in alone if _stands_above(pieces, at, marked | strong | short)}
    return dict(sorted(found.items()))


def _texts_beside(pieces: Sequence[Piece], at: int) -> Iterator[str]:
    return (pieces[other].text for other in (at - 1, at + 1) if 0 <= other < len(pieces))


def _listed(pieces: Sequence[Piece], capitals: Sequence[int]) -> list[int]:
    """Return which lines in capitals are items of a list: several in a row, below a colon or with labels."""
    rows: list[list[int]] = []
    for at in capitals:
        if rows and rows[-1][-1] == at - 1:
            rows[-1].append(at)
        else:
            rows.append([at])
    found: list[int] = []
    for row in rows:
        is_announced = len(row) > 1 and row[0] > 0 and pieces[row[0] - 1].text.rstrip().endswith(":")
        is_labelled = len(row) > _ENOUGH and all(titles.is_labelled(pieces[at].text) for at in row)
        found += row if is_announced or is_labelled else []
    return found


def _is_in_row(at: int, lines: set[int]) -> bool:
    """Tell whether more such lines follow one than a title and the title below it: those are a list."""
    return at + 1 in lines and (at - 1 in lines or at + 2 in lines)


def _stands_above(pieces: Sequence[Piece], at: int, others: Iterable[int]) -> bool:
    """Tell whether there is text below a line for which it can be the heading."""
    if at + 1 >= len(pieces):
        return False
    after = pieces[at + 1]
    if pieces[at].text.endswith(":") and after.kind in {Kind.ITEM, Kind.ROW}:
        return False
    return titles.is_prose(after) or at + 1 in others


def _levels(styles: dict[int, _Style], pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the level of each heading, from 2 on: by its mark, else by its looks and its number."""
    marked = sorted({style for style in styles.values() if style[0] == "marked"})
    implied = list(dict.fromkeys(style for style in styles.values() if style[0] != "marked"))
    levels: dict[int, int] = {}
    base = 1
    for at, style in styles.items():
        number = titles.NUMBERED.match(pieces[at].text)
        if style in marked:
            base = levels[at] = min(2 + marked.index(style), _DEEPEST)
        else:
            depth = number[1].count(".") if number else 0
            levels[at] = min(base + 1 + implied.index(style) + depth, _DEEPEST)
    return levels


def _bold(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(replace(run, strong=True) for run in runs)


def _as_heading(piece: Piece) -> Piece:
    runs = without(piece.runs, strong=True) if is_bold(piece.runs) else piece.runs
    flat = tidy(replace(run, text=run.text.replace("\n", " ")) for run in runs)
    return replace(piece, kind=Kind.HEADING, runs=flat)
