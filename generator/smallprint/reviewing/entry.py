"""The lines of one entry of a review file → its values, every one kept as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.errors import Severity
from smallprint.reading.characters import check_text
from smallprint.reading.nodes import IN_QUOTES, Node, NotPlainError, read_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RULES: Final = "rules"
"""The one key whose value is a list."""
_MAX_LENGTH: Final = 100_000
"""How many characters of one entry are read."""
_BEFORE_KEY: Final = re.compile(r" *(?:- +)?")
"""What may stand on a line before a key."""


class Flaw(NamedTuple):
    """What is wrong with an entry."""

    code: str
    what: str
    remedy: str
    line: int
    column: int
    width: int = 1


def read_entry(lines: Sequence[str], first_line: int) -> tuple[Node, list[Flaw]]:
    """Read an entry.

    Args:
        lines: its lines, the first with the `-`.
        first_line: the line of the file they begin on.

    Returns:
        A mapping of plain values, but for the list of `rules`; and what is wrong with its form, where nothing further
        can be said of it.
    """
    nothing = Node(first_line, 1, is_text=False)
    source = "\n".join(lines) + "\n"
    try:
        root = read_nodes(source, first_line=first_line, longest=_MAX_LENGTH)
    except NotPlainError as error:
        code = error.code or "SP510"
        return nothing, [Flaw(code, error.what, error.remedy, error.line, error.column, error.width)]
    entry = root.items[0] if root and len(root.items) == 1 else root or nothing
    if not entry.fields:
        what = "This is no entry of `key: value` lines."
        return nothing, [Flaw("SP510", what, "Begin it with `- clauses: …`.", entry.line, entry.column)]
    flaws = list(_check_form(entry, lines, first_line))
    return entry, flaws or list(_check_hidden(entry, source))


def rules_of(entry: Node) -> list[str]:
    """Return what the rules said when an entry was written, a text for each finding."""
    return [rule.value for rule in entry.fields[RULES].items] if RULES in entry.fields else []


def _check_form(entry: Node, lines: Sequence[str], first_line: int) -> Iterator[Flaw]:
    """Note what YAML allows in a mapping and an entry has no need of."""
    for key, node in entry.fields.items():
        line, at = lines[node.key_line - first_line], node.key_column - 1
        if not (_BEFORE_KEY.fullmatch(line[:at]) and line.startswith(key, at)):
            remedy = "Write each key on a line of its own, as `key: value`."
            yield Flaw("SP510", "This is no line `key: value`.", remedy, node.key_line, node.key_column)
            continue
        if key == RULES and (node.fields or node.value.strip()):
            remedy = "Let `smallprint review` write it, or leave it empty."
            yield Flaw("SP510", "`rules` is a list.", remedy, node.line, node.column)
        for text in node.items if key == RULES else (node,):
            if not text.is_text:
                yield Flaw("SP510", f"`{key}` is not plain text.", IN_QUOTES, text.line, text.column)


def _check_hidden(entry: Node, source: str) -> Iterator[Flaw]:
    """Note characters that could not stand in the file as they are, and hide behind an escape."""
    for key, node in entry.fields.items() if "\\" in source else ():
        faults = check_text(node.value, "") if key != RULES else ()
        for fault in [fault for fault in faults if fault.severity is Severity.ERROR][:1]:
            yield Flaw(fault.code, fault.what, fault.remedy, node.line, node.column)
