"""Faults as text: for people, as annotations on GitHub, and as JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import regex

from smallprint.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.errors import Fault

_WIDTH: Final = 100
"""How much of a line is shown, in columns of a terminal."""
_BEFORE: Final = 40
"""How much of it stands before the place, where the line is longer than that."""
_UNSAFE: Final = regex.compile(
    r"[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]--[\u0600-\u0605\u06DD\u070F\u08E2]]", regex.V1
)
"""What would be invisible in a terminal, or would do something there."""
_WIDE: Final = frozenset("WF")


def format_fault(fault: Fault) -> str:
    """Return a fault as several lines of text.

    >>> from smallprint.errors import Fault
    >>> print(format_fault(Fault("a.md", 2, 7, "SP208", "`effective: x` is no date.", "Write it.", excerpt="effec: x")))
    a.md:2:7: SP208 `effective: x` is no date.
      2 | effec: x
        |       ^
      help: Write it.
    """
    kind = "warning: " if fault.severity is Severity.WARNING else ""
    lines = [visible(f"{fault.place}: {fault.code} {kind}{fault.what}")]
    if fault.line and fault.excerpt:
        gutter = f"  {fault.line} | "
        quote, caret = _quote(fault)
        lines.append(f"{gutter}{quote}".rstrip())
        if caret:
            lines.append(f"{' ' * (len(gutter) - 2)}| {caret}")
    lines.append(f"  help: {visible(fault.remedy)}")
    return "\n".join(lines)


def format_report(faults: Sequence[Fault], form: str = "text") -> str:
    """Return all faults as one text.

    Args:
        faults: The faults in the order they are to be told.
        form: `text`, `github` (workflow commands that become annotations of a pull request) or `json`.
    """
    if form == "json":
        return _json(faults)
    if form == "github":
        return "\n".join([*map(_annotation, faults), f"{format_total(faults)}."])
    more = f" `smallprint explain {faults[0].code}` says more about the first." if faults else ""
    return "\n\n".join([*map(format_fault, faults), f"{format_total(faults)}.{more}"])


def format_total(faults: Iterable[Fault]) -> str:
    """Return how many faults there are, in words: `2 errors and 1 warning in 2 files`."""
    faults = list(faults)
    if not faults:
        return "No faults"
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    files = len({fault.path for fault in faults})
    parts = [(errors, "error"), (len(faults) - errors, "warning")]
    return " and ".join(_count(number, word) for number, word in parts if number) + f" in {_count(files, 'file')}"


def visible(text: str) -> str:
    r"""Show characters that cannot be seen, or that would do something in a terminal, by their code points.

    >>> visible("may\u202e not")
    'may<U+202E> not'
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_code_point, text.replace("\t", " "))


def _code_point(match: regex.Match[str]) -> str:
    return f"<U+{ord(match.group()):04X}>"


def _json(faults: Sequence[Fault]) -> str:
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    record = {
        "schema": "smallprint/faults/1",
        "errors": errors,
        "warnings": len(faults) - errors,
        "faults": [asdict(fault) for fault in faults],
    }
    return json.dumps(record, indent=2)


def _annotation(fault: Fault) -> str:
    """Return a fault as a workflow command of GitHub Actions."""
    places = {"file": fault.path}
    if fault.line:
        places["line"] = str(fault.line)
        if fault.column:
            places["col"] = str(fault.column)
            places["endColumn"] = str(fault.column + fault.width)
    places["title"] = fault.code
    properties = ",".join(f"{name}={_escape(value, ':,')}" for name, value in places.items())
    return f"::{fault.severity} {properties}::{_escape(f'{fault.what} {fault.remedy}')}"


def _escape(text: str, more: str = "") -> str:
    """Escape what would end a workflow command or one of its properties."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for char in more:
        text = text.replace(char, f"%{ord(char):02X}")
    return visible(text)


def _quote(fault: Fault) -> tuple[str, str]:
    """Return the line, cut round the place if it is long, and the mark that stands below it."""
    cells = [visible(char) for char in fault.excerpt]
    if not fault.column:
        return _cut(cells, 0, _WIDTH), ""
    start = min(fault.column - 1, len(cells))
    end = min(start + fault.width, max(len(cells), start + 1))
    first = 0
    if _columns(cells) > _WIDTH:
        while first < start and _columns(cells[first:start]) > _BEFORE:
            first += 1
    lead = "…" if first else ""
    indent = len(lead) + _columns(cells[first:start])
    room = _WIDTH - indent
    mark = "^" * max(min(_columns(cells[start:end]), room), 1)
    return lead + _cut(cells, first, _WIDTH - len(lead)), " " * indent + mark


def _cut(cells: list[str], first: int, room: int) -> str:
    """Return cells from `first` on as far as there is room."""
    used = 0
    kept: list[str] = []
    for index in range(first, len(cells)):
        used += _columns([cells[index]])
        if used > room - (index < len(cells) - 1):
            return "".join(kept) + "…"
        kept.append(cells[index])
    return "".join(kept)


def _columns(cells: Iterable[str]) -> int:
    """Return how many columns of a terminal text takes up."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in _WIDE else 1
        for cell in cells
        for char in cell
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
