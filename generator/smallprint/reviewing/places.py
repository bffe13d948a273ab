"""Where in the file of a version something stands, for faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from smallprint.errors import Fault
    from smallprint.model import Clause, Version

_HEAD: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")


def fault_at_key(version: Version, keys: tuple[str, ...], code: str, what: str, remedy: str) -> Fault:
    """Return a fault at the first of some keys of the front matter that is there, else at the first line."""
    head = _HEAD.match(version.source)
    lines = head.group().split("\n") if head else []
    for key in keys:
        for number, line in enumerate(lines, 1):
            if re.match(rf"{key}[ \t]*:", line):
                width = len(line.rstrip())
                return make_fault(
                    code, version.path, what, remedy, line=number, column=1, width=width, text=version.source
                )
    return make_fault(code, version.path, what, remedy, line=1, text=version.source)


def fault_at_clause(version: Version, clause: Clause | None, code: str, what: str, remedy: str) -> Fault:
    """Return a fault at the line of a clause, or at the file as a whole where it has no such clause."""
    line = clause.first_line if clause else 0
    return make_fault(code, version.path, what, remedy, line=line, text=version.source)
