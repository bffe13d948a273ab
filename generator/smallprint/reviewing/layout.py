"""The text of a review file → which of its lines belong to what.

The lines are all there is to it: an entry begins at a line `- …` and ends above the next one, whatever it says. So an
entry can be read without the others, and be kept to the letter while others are written anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

CHANGES: Final = "changes"
BEFORE: Final = "changes-before"
"""The list of decisions on words that no longer stand so."""

_LIST: Final = re.compile(rf"({CHANGES}|{BEFORE}) *:(?: +(?:#.*)?)?")
_LIST_LIKE: Final = re.compile(rf"(?:{CHANGES}|{BEFORE})[ \t]*:")
_ENTRY: Final = re.compile(r"( *)-(?: |$)")
_ASIDE: Final = re.compile(r" *(?:#.*)?")
"""A line without a value: empty, or a comment."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one entry."""

    lead: tuple[str, ...]
    """The comments above it, and empty lines between them."""
    lines: tuple[str, ...]
    first_line: int = 0
    """The number of the first of `lines` in the file, from 1; 0 for lines of no file."""


@dataclass(frozen=True, slots=True)
class Section:
    """A list of entries."""

    heading: str
    """The line `changes:`."""
    pieces: tuple[Piece, ...] = ()
    tail: tuple[str, ...] = ()
    """What stands behind the last entry, up to the next list."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file."""

    head: tuple[str, ...] = ()
    """What stands above `changes:`."""
    changes: Section = Section(f"{CHANGES}:")
    """The entries that count."""
    before: Section | None = None
    """The entries that are only kept."""
    indent: int = 0
    """How many spaces stand before the `-` of each entry."""

    @property
    def text(self) -> str:
        """The file, with one empty line between entries."""
        lines = list(self.head)
        for section in (self.changes, self.before):
            if section:
                lines.append(section.heading)
                for number, piece in enumerate(section.pieces):
                    lines += [*([""] if number else []), *piece.lead, *piece.lines]
                lines += section.tail
        return "\n".join(lines).rstrip("\n") + "\n"


class Misfit(NamedTuple):
    """A line that has no place in a review file."""

    line: int
    what: str
    remedy: str


_NO_LIST: Final = "The file has no list of changes."
_ADD_LIST: Final = f"Write `version:` with the version, and below it `{CHANGES}:` with the entries below that."
_ON_ONE_LINE: Final = "Entries do not stand on the line of `{key}:`."
_BELOW: Final = "Leave that line empty behind the colon, and begin each entry below it with a line `- clauses: …`."


def lay_out(text: str) -> tuple[Layout, list[Misfit]]:
    """Part the text of a file into lines above its lists, and the entries of each list.

    Args:
        text: the whole file, line ends as LF.

    Returns:
        The layout as far as it could be made out, and what has no place in it; at most one such line is told, because
        whatever comes below it hangs in the air.
    """
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if _LIST_LIKE.match(line)), None)
    if start is None:
        return Layout(tuple(lines)), [Misfit(1, _NO_LIST, _ADD_LIST)]
    sections: dict[str, Section] = {}
    misfits: list[Misfit] = []
    at, indent = start, -1
    while at < len(lines) and not misfits:
        heading = _LIST.fullmatch(lines[at])
        misfits = _misplaced(lines[at], at + 1, sections)
        if heading and not misfits:
            end = next((n for n in range(at + 1, len(lines)) if _begins_at_margin(lines[n])), len(lines))
            sections[heading[1]], indent, misfits = _section(lines, at, end, indent)
            at = end
    changes = sections.get(CHANGES, Section(f"{CHANGES}:"))
    return Layout(tuple(lines[:start]), changes, sections.get(BEFORE), max(indent, 0)), misfits


def _begins_at_margin(line: str) -> bool:
    return line[:1] not in {"", " ", "\t", "#"} and not _ENTRY.match(line)


def _misplaced(line: str, number: int, known: Collection[str]) -> list[Misfit]:
    """Say what is wrong with a line at the margin that should begin a list."""
    heading = _LIST.fullmatch(line)
    if heading is None:
        key = line.partition(":")[0].strip()
        if _LIST_LIKE.match(line):
            return [Misfit(number, _ON_ONE_LINE.format(key=key), _BELOW)]
        if key == "version":
            return [Misfit(number, f"`version` stands below `{CHANGES}`.", f"Write it above `{CHANGES}:`.")]
        what = "This line belongs to no entry."
        return [Misfit(number, what, "Begin it with two spaces if it belongs to the entry above it, or delete it.")]
    if heading[1] in known:
        return [Misfit(number, f"The list `{heading[1]}` begins twice.", "Put all its entries into one list.")]
    if heading[1] == BEFORE and not known:
        return [Misfit(number, f"`{BEFORE}` stands above `{CHANGES}`.", f"Write `{CHANGES}:` and its entries first.")]
    return []


def _section(lines: list[str], at: int, end: int, indent: int) -> tuple[Section, int, list[Misfit]]:
    """Part the lines below the heading of a list into entries; the first one says how far in all of them stand."""
    starts: list[int] = []
    for number in range(at + 1, end):
        line = lines[number]
        if _ASIDE.fullmatch(line):
            continue
        spaces = len(line) - len(line.lstrip(" "))
        entry = _ENTRY.match(line)
        if entry and (indent < 0 or spaces == indent):
            indent = spaces
            starts.append(number)
        elif indent < 0 or (spaces <= indent and line[spaces] != "\t"):
            what = "This line belongs to no entry."
            remedy = f"Begin an entry with `{' ' * max(indent, 0)}- `, and the other lines of it with two more spaces."
            return Section(lines[at]), indent, [Misfit(number + 1, what, remedy)]
    pieces: list[Piece] = []
    lead_from = at + 1
    for start, stop in pairwise([*starts, end]):
        last = stop
        while _is_aside(lines[last - 1], indent):
            last -= 1
        pieces.append(Piece(_lead(lines[lead_from:start]), tuple(lines[start:last]), start + 1))
        lead_from = last
    tail = tuple(lines[lead_from:end])
    return Section(lines[at], tuple(pieces), tail), indent, []


def _is_aside(line: str, indent: int) -> bool:
    """Tell whether a line behind an entry is empty or a comment that does not stand within the entry."""
    bare = line.lstrip(" ")
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= indent)


def _lead(lines: list[str]) -> tuple[str, ...]:
    """Return the comments above an entry without the empty lines above them."""
    first = next((n for n, line in enumerate(lines) if line.strip(" ")), len(lines))
    return tuple(lines[first:])


def is_comment(line: str) -> bool:
    """Tell whether a line holds nothing but a comment."""
    return line.lstrip(" ").startswith("#")
