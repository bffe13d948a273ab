"""Markdown → blocks: each distinct top-level block of all versions is parsed once.

A source is first cut at places where CommonMark has no construct open, whatever stands before: before and after an ATX
heading at the margin, and at a line at the margin that follows a blank line and is no list item. Each piece then goes
through markdown-it-py once in the life of the process, since versions of a policy share most of their pieces. A source
with a fence or with link reference definitions, which reach across blank lines, is parsed in one piece.

A footnote is parsed with the names of all notes that a version has, so that a reference in one piece finds a note in
another; a text that has none goes the plain way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block.table import escapedSplit

from smallprint.reading.as_typed import Oddity, Place, find_oddities, has_left, is_suspect
from smallprint.reading.brackets import LABEL, read_brackets, read_footnotes
from smallprint.reading.units import Inline, block_of, inline_words
from smallprint.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from smallprint.text import Block, Word

MAX_NESTING: Final = 100
"""markdown-it-py drops what is nested deeper, silently; so deeper nesting is a fault."""

_FENCE_OR_DEFINITION: Final = re.compile(r"^[ \t>*+\-0-9.)]*(?:```|~~~|\[(?!\^[^\]\s]+\]:)[^\]\n]+\]:)", re.MULTILINE)
_BRACKETS: Final = re.compile(r"\[([^\[\]]+)\]")
_BLANK: Final = " \t"
_HEADING: Final = re.compile(r"#{1,6}(?:[ \t]|$)")
_LIST_ITEM: Final = re.compile(r"[ \t>]*(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)")
_SCARCE: Final = re.compile(r"[^:./#?@]*[.,;:!?]*")
"""What no address of a link looks like."""
_MARGIN: Final = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it stands."""

    block: Block
    line: int
    """Its first line, from 0, within the text it was parsed from."""
    lines: int
    note: str = ""
    """The label of the footnote that it is; empty for the text itself."""


@dataclass(frozen=True, slots=True)
class LostCells:
    """A row of a table that has more cells than the table has columns."""

    line: int
    columns: int
    cells: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What parsing a piece of Markdown gave."""

    blocks: tuple[Placed, ...]
    oddities: tuple[Oddity, ...]
    """What readers see as it is typed, though it was meant to do something."""
    too_deep_line: int
    """The first line, from 0, whose nesting is deeper than `MAX_NESTING`; -1 where none is."""
    lost_definitions: tuple[int, ...] = ()
    """The lines, from 0, on which a link is defined that nothing uses, so that no reader sees what it says."""
    lost_targets: tuple[int, ...] = ()
    """The lines, from 0, on which a link is defined whose address is no address but words, which no reader sees."""
    lost_cells: tuple[LostCells, ...] = ()


_OPTIONS: Final = {"html": False, "maxNesting": MAX_NESTING + 1}
_TABLES: Final = MarkdownIt("commonmark", _OPTIONS).enable("table").disable(["inline", "text_join"])
_BLOCKS: Final = MarkdownIt("commonmark", _OPTIONS).disable(["inline", "text_join"])
"""The same without the rule for tables, which would look at every paragraph."""
_INLINE: Final = read_brackets(MarkdownIt("commonmark", _OPTIONS))
_NOTED: Final = read_footnotes(MarkdownIt("commonmark", _OPTIONS)).enable("table").disable(["inline", "text_join"])
_NOTED_INLINE: Final = read_footnotes(read_brackets(MarkdownIt("commonmark", _OPTIONS)))
_PLAIN: Final = re.compile(r"[^\\`*_\[\]<&!\n]*")
"""Running text in which nothing can begin any formatting."""

_pieces: dict[tuple[str, frozenset[str]], Piece] = {}
"""Markdown and the labels of notes in it → what it holds."""
_texts: dict[str, tuple[Word, ...]] = {}
"""Markdown of running text → words, where it has no link defined elsewhere: a changed list shares most of its items."""
_blocks: dict[str, Block] = {}
"""Source → block, shared by all pieces, so that a block that also stands in a larger piece is the same value."""


def split_pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut Markdown at places where nothing is open; yield each piece with its first line, from 0.

    The pieces hold every non-blank line of the text once and in order.
    """
    if _FENCE_OR_DEFINITION.search(text):
        yield 0, text
        return
    start, is_list, was_blank = 0, False, True
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip(_BLANK):
            was_blank = True
            continue
        first = line[0]
        is_heading = first == "#" and _HEADING.match(line) is not None
        is_margin = first not in " \t"
        is_item = _LIST_ITEM.match(line) is not None
        if is_heading or (was_blank and is_margin and not (is_item and is_list)):
            if number > start:
                yield from _piece(lines, start, number)
            start, is_list = number, is_item
        if is_heading:
            yield number, line
            start, is_list, was_blank = number + 1, False, True
        else:
            was_blank = False
            is_list = is_list or is_item
    yield from _piece(lines, start, len(lines))


def note_labels(texts: Sequence[str]) -> frozenset[str]:
    """Return the labels of the footnotes that texts define, each of which is parsed by itself."""
    labels = frozenset(label for text in texts if "[^" in text for label in LABEL.findall(text))
    if not labels:
        return labels
    pieces = (parse_piece(source, labels) for text in texts for _, source in split_pieces(text))
    return frozenset(placed.note for piece in pieces for placed in piece.blocks if placed.note)


def parse_piece(source: str, notes: frozenset[str] = frozenset()) -> Piece:
    """Parse a piece of Markdown into blocks; remembered for the life of the process.

    Args:
        source: the Markdown.
        notes: the labels of all footnotes there are; a reference to any other is text, and without any so is a note.
    """
    own = notes.intersection(LABEL.findall(source)) if notes and "[^" in source else _NO_NOTES
    piece = _pieces.get((source, own))
    if piece is None:
        piece = _pieces[source, own] = _parse(source, own)
    return piece


def remembered() -> int:
    """Return how many characters of Markdown are remembered."""
    return sum(map(len, _texts)) + sum(map(len, _blocks)) + sum(len(source) for source, _ in _pieces)


def forget_pieces() -> None:
    """Forget what was parsed; what is parsed again is equal, and no longer the same value."""
    for memo in (_pieces, _texts, _blocks):
        memo.clear()


_NO_NOTES: Final[frozenset[str]] = frozenset()


def _piece(lines: list[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    while end > start and not lines[end - 1].strip(_BLANK):
        end -= 1
    while start < end and not lines[start].strip(_BLANK):
        start += 1
    if end > start:
        yield start, "\n".join(lines[start:end])


def _parse(source: str, notes: frozenset[str] = _NO_NOTES) -> Piece:
    env: dict[str, Any] = {}
    if notes:
        env["footnotes"] = {"refs": {f":{label}": -1 for label in notes}, "list": {}}
    tokens = (_NOTED if notes else _TABLES if "|" in source else _BLOCKS).parse(source, env)
    # Where links or notes are defined elsewhere in the source, a block's Markdown alone does not say what it means.
    is_self_contained = not env.get("references") and not notes
    known = _blocks if is_self_contained else {}
    inline = _words_of if is_self_contained else partial(_parse_inline, env=env)
    lines = source.split("\n")
    placed = []
    too_deep = -1
    for group, note in _parted(tokens) if notes else ((group, "") for group in _top_level(tokens)):
        first, last = group[0].map or (0, len(lines))
        while last > first + 1 and not lines[last - 1].strip(_BLANK):
            last -= 1
        text = "\n".join(lines[first:last])
        block = known.get(text) if not note else None
        if block is None:
            block = block_of(group, text, inline)
            if not note:
                known[text] = block
        if block.units:
            placed.append(Placed(block, first, last - first, note))
        if too_deep < 0 and _is_too_deep(group, block):
            too_deep = first
    if notes:
        placed.sort(key=attrgetter("line"))
    return Piece(
        tuple(placed),
        tuple(_oddities(tokens, lines, env, inline)),
        too_deep,
        tuple(_lost_definitions(tokens, env)),
        tuple(_lost_targets(env)),
        tuple(_lost_cells(tokens, lines)) if "|" in source else (),
    )


def _parted(tokens: list[Token]) -> Iterator[tuple[list[Token], str]]:
    """Yield the tokens of each top-level block of the text, and those of each note, wherever it is, with its label."""
    stack: list[list[Token]] = [[]]
    notes: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            stack.append([])
        stack[-1].append(token)
        if token.type == "footnote_reference_close":
            notes.append(stack.pop())
    yield from ((group, "") for group in _top_level(stack[0]))
    yield from ((note, str(note[0].meta["label"])) for note in notes)


def _lost_definitions(tokens: list[Token], env: dict[str, Any]) -> Iterator[int]:
    """Yield the lines of link definitions that nothing uses, or that an earlier one for the same words overrides."""
    used = {
        normalizeReference(label)
        for token in tokens
        if token.type == "inline"
        for label in _BRACKETS.findall(token.content)
    }
    lost = [entry for label, entry in env.get("references", {}).items() if label not in used]
    yield from sorted(entry["map"][0] for entry in (*lost, *env.get("duplicate_refs", ())))


def _lost_targets(env: dict[str, Any]) -> Iterator[int]:
    """Yield the lines of link definitions whose address is words, or that were meant to be footnotes."""
    for label, entry in env.get("references", {}).items():
        if label.startswith("^") or _SCARCE.fullmatch(entry["href"]):
            yield entry["map"][0]


def _lost_cells(tokens: list[Token], lines: list[str]) -> Iterator[LostCells]:
    """Yield the rows with words beyond the last column, which the parser drops."""
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns:
            row = _MARGIN.sub("", lines[token.map[0]], count=1).rstrip(_BLANK)
            cells = escapedSplit(row)[row.startswith("|") :]
            while cells and not cells[-1].strip(_BLANK):
                cells.pop()
            if len(cells) > columns:
                yield LostCells(token.map[0], columns, len(cells))


def _words_of(content: str) -> tuple[Word, ...]:
    words = _texts.get(content)
    if words is None:
        plain = _PLAIN.fullmatch(content)
        words = _texts[content] = tuple(split_words(content)) if plain else _parse_inline(content, {})
    return words


def _parse_inline(content: str, env: dict[str, object]) -> tuple[Word, ...]:
    parser = _NOTED_INLINE if "footnotes" in env else _INLINE
    return tuple(inline_words(parser.parseInline(content, env)[0].children or []))


def _is_too_deep(tokens: list[Token], block: Block) -> bool:
    """Return whether the parser reached the depth beyond which it would drop text."""
    if max(token.level for token in tokens) >= MAX_NESTING:
        return True
    if sum(map(block.source.count, "*_[")) < MAX_NESTING:
        return False
    return any(len(word.written or word.marks) >= MAX_NESTING for unit in block.units for word in unit.words)


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each top-level block."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _oddities(tokens: list[Token], lines: list[str], env: dict[str, Any], inline: Inline) -> Iterator[Oddity]:
    """Yield what readers see as it is typed, though it was meant to do something."""
    first = 0
    for index, token in enumerate(tokens):
        if token.map:
            first = token.map[0]
        if token.type == "inline" and (
            is_suspect(token.content) or has_left(token.content, partial(inline, token.content))
        ):
            place = Place.TEXT if tokens[index - 1].type == "paragraph_open" else Place.LINE
            if index > 1 and tokens[index - 2].type == "list_item_open":
                place = Place.ITEM
            yield from find_oddities(token.content, env, lines, first, place)
