"""Nested YAML that people write, with every value as text and every place known.

YAML's own types read `no` as false and `1.10` as 1.1, its aliases grow without bound, its tags make objects, and a key
may stand twice. None of that is taken here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.errors import Fault

_MAX_LENGTH: Final = 500_000
_MAX_DEPTH: Final = 6
_PLAIN_TAGS: Final = tuple(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge", "map", "seq")
)


@dataclass(frozen=True, slots=True)
class Item:
    """A value: text, a mapping or a list; the other two are empty."""

    line: int
    column: int
    """From 1."""
    value: str = ""
    fields: Mapping[str, Item] = field(default_factory=dict)
    items: tuple[Item, ...] = ()

    def text(self, key: str) -> str:
        """Return a value of the mapping as text on one line, empty where there is none."""
        entry = self.fields.get(key)
        return " ".join(entry.value.split()) if entry else ""


class _NotTakenError(Exception):
    """Something that YAML allows and we do not."""

    def __init__(self, mark: Any, what: str, remedy: str) -> None:
        super().__init__(what)
        self.mark = mark
        self.remedy = remedy


def read_items(text: str, shown: str) -> tuple[tuple[Item, ...], tuple[Fault, ...]]:
    """Read a file that is one list of mappings.

    Args:
        text: the whole file.
        shown: what faults call it.

    Returns:
        The entries of the list; none, and one fault, where it cannot be read.
    """
    if len(text) > _MAX_LENGTH:
        what = f"The file has {len(text):,} characters, more than {_MAX_LENGTH:,}."
        return (), (make_fault("SP500", shown, what, "Divide it into several files."),)
    try:
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            return (), ()
        return _list(node), ()
    except _NotTakenError as error:
        return (), (_fault(error.mark, str(error), error.remedy, shown, text),)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return (), (_unread(error, shown, text),)


def _unread(error: Exception, shown: str, text: str) -> Fault:
    """Return the fault for what is no YAML at all."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        what = f"This is not to be read: {error.problem or error.context}."
        return _fault(mark, what, "Mend it here or in the line before.", shown, text)
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = f"There is a character U+{ord(text[error.position]):04X} here, which does not belong in YAML."
        return make_fault("SP500", shown, what, "Take it out.", line=line, column=column, text=text)
    return make_fault("SP500", shown, "This is not to be read as YAML.", "Write it as the others are.")


def _list(node: yaml.Node) -> tuple[Item, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise _NotTakenError(node.start_mark, "This is no list.", "Begin each entry with a hyphen: `- id: …`.")
    return tuple(_item(entry, 1) for entry in node.value)


def _refuse_aliases(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                raise _NotTakenError(event.start_mark, "This is nested too deeply.", "Write it as the others are.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _NotTakenError(event.start_mark, "`&` and `*` are not taken here.", "Write the value out.")


def _item(node: yaml.Node, depth: int) -> Item:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if node.tag not in _PLAIN_TAGS:
        raise _NotTakenError(node.start_mark, f"`{node.tag}` is not taken here.", "Write the value as plain text.")
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Item] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise _NotTakenError(key_node.start_mark, "A key must be a word.", "Write `key: value`.")
            if key in fields:
                raise _NotTakenError(key_node.start_mark, f"`{key}` stands here twice.", "Delete one of the two.")
            fields[key] = _item(value_node, depth + 1)
        return Item(line, column, fields=fields)
    if isinstance(node, yaml.SequenceNode):
        return Item(line, column, items=tuple(_item(entry, depth + 1) for entry in node.value))
    return Item(line, column, value=node.value)


def _fault(mark: Any, what: str, remedy: str, shown: str, text: str) -> Fault:
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = text.split("\n")
    if line > len(lines):
        line, column = len(lines), 1
    return make_fault("SP500", shown, what, remedy, line=line, column=column, text=text if line else "")
