"""Lists of `key: value` lines, as in front matter and policy.yml, every value kept as text.

YAML reads `no` as false and `1.10` as 1.1, lets a key stand twice, and has aliases that grow without bound. None of
that has a place here, so this goes by YAML's events and takes plain text only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from smallprint.reading.codes import make_fault
from smallprint.reading.nodes import explain_stumble, special

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.errors import Fault


class Scalar(NamedTuple):
    """A value and where it stands in its file, lines and columns from 1."""

    text: str
    line: int
    column: int
    key_line: int
    key_column: int


# The fast path takes what it and YAML agree on beyond doubt: no quotes, no indicators at the start of a value, nothing
# that YAML's reader refuses or takes for a line end.
_CHAR: Final = "[ -~\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]"
_START: Final = "[0-9A-Za-z(/.+$_\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]"
_SIMPLE_LINE: Final = re.compile(f"(?:([a-z][a-z0-9.-]{{0,79}}):( +)({_START}{_CHAR}*)|#{_CHAR}*)?")

_MAX_LENGTH: Final = 20_000
"""How many characters YAML is asked to read; its parser is slow, and slower still on hostile text."""
_MAX_BRACKETS: Final = 200
_MAX_SKIPPED: Final = 500
"""How many parts of a nested value are passed over to read on behind it; a bound on hostile nesting."""

_IN_QUOTES: Final = 'Put the value in quotes: `title: "…"`.'


def read_mapping(
    source: str, shown: str, *, first_line: int = 1, whole: str = "", max_length: int = _MAX_LENGTH
) -> tuple[dict[str, Scalar], list[Fault]]:
    """Read `key: value` lines, every value as text.

    Args:
        source: YAML that is one mapping of plain values.
        shown: What faults call the file.
        first_line: The line of the file on which `source` starts.
        whole: The whole file; `source` itself where that is all of it.
        max_length: How many characters YAML is asked to read at most.

    Returns:
        The values as far as they could be read, and the faults in their form.
    """
    values = _read_simple(source, first_line)
    return (
        (values, [])
        if values is not None
        else read_yaml(source, shown, first_line=first_line, whole=whole, max_length=max_length)
    )


def _read_simple(source: str, first_line: int) -> dict[str, Scalar] | None:
    """Read the very common simple case many times as fast as YAML; nothing where it is not that simple."""
    values: dict[str, Scalar] = {}
    for number, line in enumerate(source.split("\n"), first_line):
        match = _SIMPLE_LINE.fullmatch(line)
        if match is None:
            return None
        key, space, value = match.groups()
        if key is None:
            continue
        value = value.partition(" #")[0].rstrip(" ")
        if key in values or ": " in value or value.endswith(":"):
            return None
        values[key] = Scalar(value, number, len(key) + len(space) + 2, number, 1)
    return values


def read_yaml(
    source: str, shown: str, *, first_line: int = 1, whole: str = "", max_length: int = _MAX_LENGTH
) -> tuple[dict[str, Scalar], list[Fault]]:
    """Do the same by YAML's rules alone."""
    reader = _Reader(shown, first_line, whole or source)
    if len(source) > max_length or source.count("[") + source.count("{") > _MAX_BRACKETS:
        what = "This is far too much for a list of keys: too long, or with too many brackets."
        reader.fault("SP203", what, "Keep only the keys and their values here.", (first_line, 1))
        return {}, reader.faults
    try:
        reader.read(source)
    except yaml.YAMLError as error:
        stumble = explain_stumble(error, source, first_line, in_quotes=_IN_QUOTES)
        reader.fault("SP203", stumble.what, stumble.remedy, (stumble.line, stumble.column))
    except RecursionError:
        what = "Values stand within values, many levels deep."
        reader.fault("SP204", what, "Give each key plain text.", (first_line, 1))
    return reader.values, reader.faults


class _Reader:
    """Takes the scalars of a mapping from YAML's events and notes everything that is something else."""

    def __init__(self, shown: str, first_line: int, whole: str) -> None:
        self.values: dict[str, Scalar] = {}
        self.faults: list[Fault] = []
        self._shown = shown
        self._first_line = first_line
        self._whole = whole

    def read(self, source: str) -> None:
        events = yaml.parse(source, Loader=yaml.SafeLoader)
        for event in events:
            if isinstance(event, yaml.MappingStartEvent) and not special(event):
                self._read_pairs(events)
            elif isinstance(event, yaml.NodeEvent) and not _is_nothing(event):
                what = "This is not a list of `key: value` lines."
                self._fault_at(event, "SP203", what, "Write each line as `key: value`.")
                return
            elif isinstance(event, yaml.DocumentEndEvent):
                break
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                what = "A second list begins here."
                self._fault_at(event, "SP203", what, "Keep one list of `key: value` lines, without `---` or `...`.")
                return

    def _read_pairs(self, events: Iterator[yaml.Event]) -> None:
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                return
            name = self._text(key, events)
            value = next(events)
            text = self._text(value, events, of=name or "")
            if name is None or text is None:
                continue
            if name in self.values:
                what = f"`{name}` is given twice (first on line {self.values[name].key_line})."
                self._fault_at(key, "SP205", what, "Keep the one that is right.", width=len(name))
                continue
            place = (*self._place(value), *self._place(key))
            self.values[name] = Scalar(text, *place)

    def _text(self, event: yaml.Event, events: Iterator[yaml.Event], of: str = "") -> str | None:
        """Return the text of a scalar; nothing, with a fault, for what is none."""
        odd = special(event)
        if not odd and isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        owner = f"`{of}` is not plain text" if of else "This is not plain text"
        what = f"{owner}: {odd or 'a list or a group of keys stands here'}."
        self._fault_at(event, "SP204", what, "Write plain text on one line, in quotes if it begins with a sign.")
        depth = 0
        for _ in range(_MAX_SKIPPED):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return None
            event = next(events)
        raise RecursionError

    def fault(self, code: str, what: str, remedy: str, place: tuple[int, int], *, width: int = 1) -> None:
        line, column = place
        line = min(line, self._whole.count("\n") + 1)
        self.faults.append(
            make_fault(code, self._shown, what, remedy, line=line, column=column, width=width, text=self._whole)
        )

    def _fault_at(self, event: yaml.Event, code: str, what: str, remedy: str, *, width: int = 1) -> None:
        self.fault(code, what, remedy, self._place(event), width=width)

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        return (mark.line + self._first_line, mark.column + 1) if mark else (self._first_line, 1)


def _is_nothing(event: yaml.NodeEvent) -> bool:
    """Tell whether a node is what YAML makes of no text at all."""
    return isinstance(event, yaml.ScalarEvent) and event.value == "" and event.implicit[0]
