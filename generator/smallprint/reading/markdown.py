"""Markdown → blocks: each distinct top-level block of all versions is parsed once.

A source is first cut at places where CommonMark has no construct open, whatever stands before: before and after an ATX
heading at the margin, and at a line at the margin that follows a blank line and is no list item. Each piece then goes
through markdown-it-py once in the life of the process, since versions of a policy share most of their pieces. A source
with a fence or with link reference definitions, which reach across blank lines, is parsed in one piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

from smallprint.reading.units import block_of, inline_words
from smallprint.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from smallprint.text import Block, Word

MAX_NESTING: Final = 100
"""markdown-it-py drops what is nested deeper, silently; so deeper nesting is a fault."""

_FENCE_OR_DEFINITION: Final = re.compile(r"^[ \t>*+\-0-9.)]*(?:```|~~~|\[[^\]\n]+\]:)", re.MULTILINE)
_BRACKETS: Final = re.compile(r"\[([^\[\]]+)\]")
_BLANK: Final = " \t"
_HEADING: Final = re.compile(r"#{1,6}(?:[ \t]|$)")
_LIST_ITEM: Final = re.compile(r"[ \t>]*(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)")
_RAW_HTML: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--|<\?|<!\[CDATA\[|<![A-Z]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it stands."""

    block: Block
    line: int
    """Its first line, from 0, within the text it was parsed from."""
    lines: int


@dataclass(frozen=True, slots=True)
class RawHtml:
    """A tag in the source, which is shown as text."""

    line: int
    tag: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What parsing a piece of Markdown gave."""

    blocks: tuple[Placed, ...]
    raw_html: tuple[RawHtml, ...]
    too_deep_line: int
    """The first line, from 0, whose nesting is deeper than `MAX_NESTING`; -1 where none is."""
    lost_definitions: tuple[int, ...] = ()
    """The lines, from 0, on which a link is defined that nothing uses, so that no reader sees what it says."""


_OPTIONS: Final = {"html": False, "maxNesting": MAX_NESTING + 1}
_TABLES: Final = MarkdownIt("commonmark", _OPTIONS).enable("table").disable(["inline", "text_join"])
_BLOCKS: Final = MarkdownIt("commonmark", _OPTIONS).disable(["inline", "text_join"])
"""The same without the rule for tables, which would look at every paragraph."""
_INLINE: Final = MarkdownIt("commonmark", _OPTIONS)
_TYPED: Final = MarkdownIt("commonmark", _OPTIONS).disable("text_join")
"""The same, where a sign behind a backslash stays apart: it is meant to be seen."""
_PLAIN: Final = re.compile(r"[^\\`*_\[\]<&!\n]*")
"""Running text in which nothing can begin any formatting."""

_pieces: dict[str, Piece] = {}
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


def parse_piece(source: str) -> Piece:
    """Parse a piece of Markdown into blocks; remembered for the life of the process."""
    piece = _pieces.get(source)
    if piece is None:
        piece = _pieces[source] = _parse(source)
    return piece


def _piece(lines: list[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    while end > start and not lines[end - 1].strip(_BLANK):
        end -= 1
    while start < end and not lines[start].strip(_BLANK):
        start += 1
    if end > start:
        yield start, "\n".join(lines[start:end])


def _parse(source: str) -> Piece:
    env: dict[str, Any] = {}
    tokens = (_TABLES if "|" in source else _BLOCKS).parse(source, env)
    # Where links are defined elsewhere in the source, a block's Markdown alone does not say what it means.
    is_self_contained = not env.get("references")
    known = _blocks if is_self_contained else {}
    inline = _words_of if is_self_contained else partial(_parse_inline, env=env)
    lines = source.split("\n")
    placed = []
    too_deep = -1
    for group in _top_level(tokens):
        first, last = group[0].map or (0, len(lines))
        while last > first + 1 and not lines[last - 1].strip(_BLANK):
            last -= 1
        text = "\n".join(lines[first:last])
        block = known.get(text)
        if block is None:
            block = known[text] = block_of(group, text, inline)
        placed.append(Placed(block, first, last - first))
        if too_deep < 0 and _is_too_deep(group, block):
            too_deep = first
    raw = tuple(RawHtml(line, tag) for line, tag in _raw_html(tokens, env)) if "<" in source else ()
    return Piece(tuple(placed), raw, too_deep, tuple(_lost_definitions(tokens, env)))


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


def _words_of(content: str) -> tuple[Word, ...]:
    words = _texts.get(content)
    if words is None:
        plain = _PLAIN.fullmatch(content)
        words = _texts[content] = tuple(split_words(content)) if plain else _parse_inline(content, {})
    return words


def _parse_inline(content: str, env: dict[str, object]) -> tuple[Word, ...]:
    return tuple(inline_words(_INLINE.parseInline(content, env)[0].children or []))


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


def _raw_html(tokens: list[Token], env: dict[str, object]) -> Iterator[tuple[int, str]]:
    """Yield the tags that stand in running text outside of code, each with its line."""
    for token in tokens:
        if token.type != "inline" or not _RAW_HTML.search(token.content):
            continue
        for child in _TYPED.parseInline(token.content, env)[0].children or ():
            for match in _RAW_HTML.finditer(child.content if child.type == "text" else ""):
                offset = max(token.content.find(match.group()), 0)
                yield (token.map or [0])[0] + token.content.count("\n", 0, offset), match.group()
