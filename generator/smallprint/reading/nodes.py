"""YAML of its plainest kind → text, lists and mappings, each with its place.

YAML reads `no` as false and `1.10` as 1.1, lets a key stand twice, and has aliases that grow without bound. Here every
value is text, and what a plain file has no need of is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_DEPTH: Final = 6
_KEY_VALUE: Final = "Write each line as `key: value`."
IN_QUOTES: Final = 'Put the value in double quotes, `key: "…"`, or write `key: >-` and the value indented below it.'
_KEY_ALONE: Final = re.compile(r" *[\w-]+")
_YAML_WORDS: Final = (
    ("mapping values are not allowed", "A colon followed by a space stands within a value.", ""),
    ("'\\t' that cannot start", "A tab stands here.", "Delete it, or write spaces in its place."),
    ("cannot start any token", "Neither key nor value can begin with this character.", ""),
    ("expected ':'", "A line here is not of the form `key: value`.", "Write it as `key: value`, or delete it."),
    ("quoted scalar", "A quotation mark is opened and not closed.", "Close it, or take it away."),
    ("expected ',' or", "A bracket is opened and not closed, or text follows it.", ""),
    ("expected the node content", "A bracket is opened and not closed, or a value is missing.", ""),
    ("expected <block end>", "This does not belong to the value before it.", ""),
    ("scanning an alias", "A value cannot begin with `*`.", ""),
    ("scanning an anchor", "A value cannot begin with `&`.", ""),
)
"""What YAML's parser says, what that means, and the remedy, which is quotes if left out."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands in its file, lines and columns from 1."""

    line: int
    column: int
    key_line: int = 0
    key_column: int = 0
    """Where its key stands; 0 for what has none."""
    is_text: bool = True
    value: str = ""
    """Its text; empty for a mapping or a list."""
    fields: Mapping[str, Node] = field(default_factory=dict)
    items: tuple[Node, ...] = ()

    def text(self, key: str) -> str:
        """Return a value of the mapping as text on one line, empty where there is none."""
        entry = self.fields.get(key)
        return " ".join(entry.value.split()) if entry else ""


class Stumble(NamedTuple):
    """What YAML's parser could not read, in plain words."""

    what: str
    remedy: str
    line: int
    column: int


class NotPlainError(Exception):
    """A text is no YAML of the plain kind, and what follows cannot be relied on."""

    def __init__(self, what: str, remedy: str, place: tuple[int, int], *, width: int = 1, code: str = "") -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy
        self.line, self.column = place
        self.width = width
        self.code = code
        """The code of the fault; empty for that of the kind of file."""


def read_nodes(source: str, *, first_line: int = 1, longest: int = 500_000) -> Node | None:
    """Read a text.

    Args:
        source: the text, line ends as LF.
        first_line: the line of the file it begins on.
        longest: how many characters it may have; YAML's parser is slow.

    Returns:
        What it holds; none where that is nothing at all.

    Raises:
        NotPlainError: It cannot be read, or has something in it that is not taken; the first such thing is told.
    """
    if len(source) > longest:
        what = f"These are {len(source):,} characters; no more than {longest:,} are read."
        raise NotPlainError(what, "Divide it, or delete what has no place in it.", (first_line, 1))
    try:
        return _Reader(first_line, source.rstrip("\n").count("\n") + first_line).read(source)
    except yaml.YAMLError as error:
        stumble = explain_stumble(error, source, first_line, in_quotes=IN_QUOTES)
        raise NotPlainError(stumble.what, stumble.remedy, (stumble.line, stumble.column)) from error


def special(event: yaml.Event) -> str:
    """Say which of YAML's special features a value uses, empty where it uses none."""
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        return f"`*{anchor}` is a YAML alias"
    if anchor:
        return f"`&{anchor}` is a YAML anchor"
    return "it has a YAML tag (`!`)" if tag else ""


def explain_stumble(error: yaml.YAMLError, source: str, first_line: int, *, in_quotes: str) -> Stumble:
    """Say in plain words what YAML's parser could not read.

    Args:
        error: what it raised.
        source: what it read.
        first_line: the line of the file on which that begins.
        in_quotes: the remedy for a value that has to stand in quotes.
    """
    last_line = source.rstrip("\n").count("\n") + first_line
    if isinstance(error, yaml.reader.ReaderError):
        before = source[: error.position]
        char = error.character if isinstance(error.character, int) else ord(error.character)
        place = before.count("\n") + first_line, len(before) - before.rfind("\n")
        return Stumble(f"U+{char:04X} cannot stand here.", "Delete the character.", *place)
    context, problem = getattr(error, "context", ""), getattr(error, "problem", str(error))
    said = f"{context} {problem}"
    plain = f"This cannot be read as `key: value` lines ({problem})."
    what, remedy = next(
        ((what, remedy or in_quotes) for words, what, remedy in _YAML_WORDS if words in said),
        (plain, "Write each line as `key: value`, and odd values in quotes."),
    )
    at = getattr(error, "problem_mark", None)
    # YAML ends lines at more characters than we do, so that it may count more of them.
    line = "".join(source.split("\n")[at.line : at.line + 1])[: at.column] if at else ""
    if "mapping values" in said and _KEY_ALONE.fullmatch(line):
        what = "This line stands further in than the one above it, and so belongs to its value."
        remedy = f"Let it begin where the others do; if it is part of the value, {in_quotes[0].lower()}{in_quotes[1:]}"
    # What was begun and not ended is best shown where it begins.
    begun = getattr(error, "context_mark", None) if "while scanning" in said else None
    mark = begun or getattr(error, "problem_mark", None)
    if mark is None:
        return Stumble(what, remedy, first_line, 1)
    return Stumble(what, remedy, min(mark.line + first_line, last_line), mark.column + 1)


class _Reader:
    """Makes nodes of YAML's events."""

    def __init__(self, first_line: int, last_line: int) -> None:
        self._first_line = first_line
        self._last_line = last_line

    def read(self, source: str) -> Node | None:
        events = yaml.parse(source, Loader=yaml.SafeLoader)
        node = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and node:
                raise NotPlainError("A second list begins here.", "Keep one list, without `---`.", self._place(event))
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, 1)
        return node

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int, key: tuple[int, int] = (0, 0)) -> Node:
        if odd := special(event):
            raise NotPlainError(f"{odd[0].upper()}{odd[1:]}.", IN_QUOTES, self._place(event))
        if depth > _MAX_DEPTH:
            raise NotPlainError("Values stand within values, many levels deep.", _KEY_VALUE, self._place(event))
        place = (*self._place(event), *key)
        if isinstance(event, yaml.MappingStartEvent):
            return Node(*place, is_text=False, fields=self._fields(events, depth))
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(*place, is_text=False, items=tuple(self._items(events, depth)))
        return Node(*place, value=str(getattr(event, "value", "")))

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _fields(self, events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            place = key.line, key.column
            if not key.is_text:
                raise NotPlainError("A key has to be a word.", _KEY_VALUE, place)
            if key.value in fields:
                what = f"`{key.value}` is given twice (first on line {fields[key.value].key_line})."
                raise NotPlainError(what, "Keep the one that is right.", place, width=len(key.value), code="SP205")
            fields[key.value] = self._node(next(events), events, depth + 1, place)
        return fields

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        if mark is None:
            return self._first_line, 1
        # What is missing at the end stands, to YAML, on a line behind it.
        return min(mark.line + self._first_line, self._last_line), mark.column + 1
