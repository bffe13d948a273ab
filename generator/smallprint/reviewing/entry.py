"""The lines of one entry of a review file → its values, every one kept as text.

By YAML's rules, as far as an entry needs them: plain values, and one list of plain values. YAML's other inventions
(aliases, tags, brackets, keys with question marks) are refused, as in `smallprint.reading.mapping`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

import yaml

from smallprint.errors import Severity
from smallprint.reading.characters import check_text
from smallprint.reading.mapping import Scalar
from smallprint.reviewing.scan import scan_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RULES: Final = "rules"
"""The one key whose value is a list."""
_MAX_LENGTH: Final = 100_000
"""How many characters of one entry YAML is asked to read."""
_MAX_BRACKETS: Final = 500

_IN_QUOTES: Final = 'Put the value in quotes, `reason: "…"`, or write `reason: >-` and the value indented below it.'
_YAML_WORDS: Final = (
    ("mapping values are not allowed", "A colon followed by a space stands within a value.", _IN_QUOTES),
    ("'\\t' that cannot start", "A tab stands here.", "Write spaces in its place."),
    ("cannot start any token", "A value cannot begin with this character.", _IN_QUOTES),
    ("expected ':'", "A line here is not of the form `key: value`.", "Write it as `key: value`, or delete it."),
    ("quoted scalar", "A quotation mark is opened and not closed.", "Close it, or take it away."),
    ("expected <block end>", "This does not belong to the value before it.", _IN_QUOTES),
    ("scanning an alias", "A value cannot begin with `*`.", _IN_QUOTES),
    ("scanning an anchor", "A value cannot begin with `&`.", _IN_QUOTES),
)
"""What YAML's parser says, what that means, and the remedy."""
_KEY_ALONE: Final = re.compile(r" *(?:- +)?")
"""What may stand on a line before a key."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """The values of an entry as they are written."""

    values: dict[str, Scalar] = field(default_factory=dict)
    """All but `rules`."""
    rules: tuple[Scalar, ...] = ()
    rules_key: tuple[int, int] | None = None
    """Line and column of the key `rules`; none where it is not there."""

    @property
    def keys(self) -> list[tuple[int, int, str]]:
        """Line, column and name of each key, in the order of the file."""
        found = [(scalar.key_line, scalar.key_column, key) for key, scalar in self.values.items()]
        return sorted([*found, (*self.rules_key, RULES)] if self.rules_key else found)

    def text(self, key: str) -> str:
        """Return a value with its white space made even, empty where there is none."""
        scalar = self.values.get(key)
        return " ".join(scalar.text.split()) if scalar else ""


class Flaw(NamedTuple):
    """What is wrong with the form of an entry."""

    code: str
    what: str
    remedy: str
    line: int
    column: int
    width: int = 1


def read_entry(lines: Sequence[str], first_line: int) -> tuple[RawEntry, list[Flaw]]:
    """Read an entry.

    Args:
        lines: its lines, the first with the `-`.
        first_line: the line of the file they begin on.

    Returns:
        The values as far as they could be read, and what is wrong with their form.
    """
    scanned = scan_entry(lines, first_line)
    if scanned is not None:
        return RawEntry(*scanned), []
    return read_yaml_entry(lines, first_line)


def read_yaml_entry(lines: Sequence[str], first_line: int) -> tuple[RawEntry, list[Flaw]]:
    """Do the same by YAML's rules alone."""
    source = "\n".join(lines) + "\n"
    if len(source) > _MAX_LENGTH or source.count("[") + source.count("{") > _MAX_BRACKETS:
        what = "This entry is far too long, or has far too many brackets."
        return RawEntry(), [Flaw("SP510", what, "Keep only the keys and their values in it.", first_line, 1)]
    reader = _Reader(lines, first_line)
    try:
        reader.read(source)
    except _FlawFoundError as error:
        reader.flaws.append(error.flaw)
    except yaml.reader.ReaderError as error:
        before = source[: error.position]
        char = error.character if isinstance(error.character, int) else ord(error.character)
        line, column = before.count("\n") + first_line, len(before) - before.rfind("\n")
        flaw = Flaw("SP510", f"U+{char:04X} cannot stand here.", "Delete the character.", line, column)
        reader.flaws.append(flaw)
    except yaml.MarkedYAMLError as error:
        reader.flaws.append(_stumble(error, first_line, len(lines)))
    return RawEntry(reader.values, tuple(reader.rules), reader.rules_key), reader.flaws


class _FlawFoundError(Exception):
    """The form of the entry is broken here, and what follows cannot be relied on."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.what)
        self.flaw = flaw


class _Reader:
    """Takes the values of an entry from YAML's events; stops at the first that has no place in one."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.values: dict[str, Scalar] = {}
        self.rules: list[Scalar] = []
        self.rules_key: tuple[int, int] | None = None
        self.flaws: list[Flaw] = []
        self._lines = lines
        self._first_line = first_line

    def read(self, source: str) -> None:
        events = yaml.parse(source, Loader=yaml.SafeLoader)
        for expected in (
            yaml.StreamStartEvent,
            yaml.DocumentStartEvent,
            yaml.SequenceStartEvent,
            yaml.MappingStartEvent,
        ):
            event = next(events)
            self._check_plain(event)
            if not isinstance(event, expected) or getattr(event, "explicit", False):
                self._refuse(event, "This is no entry of `key: value` lines.", "Begin it with `- clauses: …`.")
        self._read_pairs(events)
        event = next(events)
        if not isinstance(event, yaml.SequenceEndEvent):
            self._refuse(event, "This line belongs to no entry.", "Begin it like the lines of the entry above it.")
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._refuse(event, "A second list begins here.", "Delete the line.")

    def _read_pairs(self, events: Iterator[yaml.Event]) -> None:
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                return
            name, (line, column) = self._key(key), self._place(key)
            event = next(events)
            if name in self.values or (name == RULES and self.rules_key):
                what = f"`{name}` is given twice in this entry."
                self.flaws.append(Flaw("SP205", what, "Keep the one that is right.", line, column, len(name)))
                if not isinstance(event, yaml.ScalarEvent):
                    self._skip_list(events)
            elif name == RULES:
                self.rules_key = line, column
                self._read_rules(event, events)
            else:
                self.values[name] = self._scalar(event, (line, column), of=name)

    def _key(self, event: yaml.Event) -> str:
        self._check_plain(event)
        line, column = self._place(event)
        before = self._lines[line - self._first_line][: column - 1]
        if not isinstance(event, yaml.ScalarEvent) or event.style is not None or not _KEY_ALONE.fullmatch(before):
            what = "This is no line `key: value`."
            self._refuse(event, what, "Write each key on a line of its own, as `key: value`.")
        return str(event.value)

    def _read_rules(self, event: yaml.Event, events: Iterator[yaml.Event]) -> None:
        self._check_plain(event)
        if isinstance(event, yaml.ScalarEvent) and not event.value.strip():
            return
        if not isinstance(event, yaml.SequenceStartEvent):
            self._refuse(event, "`rules` is a list.", "Let `smallprint review` write it, or leave it empty.")
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                return
            self.rules.append(self._scalar(item, self._place(item), of=RULES))

    def _skip_list(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            if not isinstance(event, yaml.ScalarEvent):
                self._scalar(event, self._place(event), of=RULES)

    def _scalar(self, event: yaml.Event, key: tuple[int, int], *, of: str) -> Scalar:
        self._check_plain(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, f"`{of}` is not plain text.", _IN_QUOTES)
        text = str(event.value)
        if of != RULES and event.style == '"':
            self._check_hidden(event, text)
        return Scalar(text, *self._place(event), *key)

    def _check_plain(self, event: yaml.Event) -> None:
        """Refuse aliases, anchors, tags and brackets."""
        what, anchor = "", getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            what = f"`*{anchor}` is a YAML alias."
        elif anchor:
            what = f"`&{anchor}` is a YAML anchor."
        elif getattr(event, "tag", None):
            what = "This has a YAML tag (`!`)."
        elif getattr(event, "flow_style", False):
            what = "A value cannot begin with a bracket."
        if what:
            self._refuse(event, what, _IN_QUOTES)

    def _check_hidden(self, event: yaml.ScalarEvent, text: str) -> None:
        """Note characters that could not stand in the file as they are, and hide behind an escape."""
        first, last = (mark.line if mark else 0 for mark in (event.start_mark, event.end_mark))
        if not any("\\" in line for line in self._lines[first : last + 1]):
            return
        for fault in [fault for fault in check_text(text, "") if fault.severity is Severity.ERROR][:1]:
            self.flaws.append(Flaw(fault.code, fault.what, fault.remedy, *self._place(event)))

    def _refuse(self, event: yaml.Event, what: str, remedy: str) -> NoReturn:
        raise _FlawFoundError(Flaw("SP510", what, remedy, *self._place(event)))

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        # What is missing at the end stands, to YAML, on a line behind it.
        line = min(mark.line, len(self._lines) - 1) if mark else 0
        return line + self._first_line, mark.column + 1 if mark else 1


def _stumble(error: yaml.MarkedYAMLError, first_line: int, count: int) -> Flaw:
    """Say in plain words what YAML's parser could not read."""
    said = f"{error.context} {error.problem}"
    plain = f"This cannot be read as `key: value` lines ({error.problem})."
    what, remedy = next(
        ((what, remedy) for words, what, remedy in _YAML_WORDS if words in said),
        (plain, "Write each line as `key: value`, and odd values in quotes."),
    )
    # What was begun and not ended is best shown where it begins.
    context = error.context_mark if "while scanning" in said else None
    mark = context or error.problem_mark
    if mark is None:
        return Flaw("SP510", what, remedy, first_line, 1)
    return Flaw("SP510", what, remedy, min(mark.line, count - 1) + first_line, mark.column + 1)
