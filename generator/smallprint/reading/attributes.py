"""The marks that make clauses: `{#id was="a b"}` at the end of a heading or alone above a block.

The clause that promises notice of changes says so here too: `{#changes promise=notice days=30 by=email}`. One with a
table whose rows are a set names the column that tells them apart: `{#subprocessors rows=name}`.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import Fault
from smallprint.model import ClauseId
from smallprint.reading.promises import read_promise
from smallprint.reading.row_keys import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.model import Promise

CLAUSE_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*")
"""Lower case, words joined by `-`, levels by `.`; never the visible number first."""
_IN_TEXT: Final = re.compile(r"\{#[^{}\n]*\}?")
_ATTRIBUTE: Final = re.compile(r"""(?P<key>[^\s=]+)\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))|(?P<stray>\S+)""")
_FORMS: Final = {"was": 'was="…"', "promise": "promise=notice", "days": "days=…", "by": "by=…", "rows": "rows=…"}
_KEYS: Final = tuple(_FORMS)
"""What may follow the id."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source and where it stands, for faults."""

    path: str
    number: int
    text: str

    def fault(self, column: int, width: int, code: str, what: str, remedy: str) -> Fault:
        """Return a fault on this line."""
        return Fault(self.path, self.number, column, code, what, remedy, excerpt=self.text, width=max(width, 1))


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands between the braces."""

    clause_id: ClauseId
    was: tuple[ClauseId, ...]
    column: int
    """Where the id begins, from 1."""
    line: Line
    """The line they stand on."""
    promise: Promise | None = None
    rows: str = ""
    """The title of the column that names the rows of the clause's table, as `smallprint.table.slug` gives it."""


def find_attributes(line: Line) -> tuple[str, Attributes | None, list[Fault]]:
    """Take the attributes off the end of a line.

    Returns:
        The line without them; the attributes, none where the line has none or they are no good; the faults.
    """
    text = line.text.rstrip(" \t")
    start, end = text.rfind("{#") + 1, len(text) - 1
    if not (start and text.endswith("}")) or text.find("}", start) != end or text.find("{", start) >= 0:
        return line.text, None, []
    faults: list[Fault] = []
    bare, inside = text[: start - 1].rstrip(" \t"), text[start:end]
    id_text = inside[1:].split(None, 1)[0] if inside[1:].strip() and not inside[1:2].isspace() else ""
    clause_id = _checked(line, id_text, start + 1, faults)
    was: list[ClauseId] = []
    promising: list[re.Match[str]] = []
    naming: list[re.Match[str]] = []
    for attribute in _ATTRIBUTE.finditer(text, start + 1 + len(id_text), end):
        if attribute["stray"] or attribute["key"] not in _KEYS:
            faults.append(_unknown(line, attribute))
        elif attribute["key"] == "was":
            was.extend(_was(line, attribute, faults))
        elif attribute["key"] == "rows":
            naming.append(attribute)
        else:
            promising.append(attribute)
    promise, rows = read_promise(line, promising, faults), read_rows(line, naming, faults)
    if clause_id is None or faults:
        return bare, None, faults
    return bare, Attributes(clause_id, tuple(dict.fromkeys(was)), start + 1, line, promise, rows), []


def stray_attributes(line: Line) -> Iterator[Fault]:
    """Yield a fault for each `{#…}` that stands where it makes no clause."""
    for match in _IN_TEXT.finditer(line.text):
        yield line.fault(
            match.start() + 1,
            len(match.group()),
            "SP305",
            f"{match.group()} stands where it makes no clause.",
            "Put it at the end of a heading, or on a line of its own directly above the paragraph, with an empty "
            "line before it.",
        )


def _unknown(line: Line, attribute: re.Match[str]) -> Fault:
    key = (attribute["key"] or attribute["stray"]).lower()
    near = difflib.get_close_matches(key, _KEYS, 1)
    hint = 'Only `was="…"` may follow the id, in a clause that promises notice `promise=notice days=… by=…`, '
    hint += "and in one with a table `rows=…`."
    if near:
        hint = f"Did you mean `{_FORMS[near[0]]}`?"
    what = f"“{attribute.group()}” is no attribute of a clause."
    return line.fault(attribute.start() + 1, len(attribute.group()), "SP306", what, hint)


def _was(line: Line, attribute: re.Match[str], faults: list[Fault]) -> Iterator[ClauseId]:
    group = "quoted" if attribute["quoted"] is not None else "bare"
    for name in re.finditer(r"\S+", attribute[group]):
        checked = _checked(line, name.group(), attribute.start(group) + name.start(), faults)
        if checked:
            yield checked


def _checked(line: Line, text: str, offset: int, faults: list[Fault]) -> ClauseId | None:
    """Return `text` as a clause id if it is one, else note the fault. `offset` counts from 0."""
    if CLAUSE_ID.fullmatch(text):
        return ClauseId(text)
    better = ".".join(filter(None, ("-".join(re.findall(r"[a-z0-9]+", part.lower())) for part in text.split("."))))
    better = better.lstrip("0123456789-.")
    remedy = "A clause id has lower-case letters and digits, words joined by “-”, levels by “.”, a letter first"
    remedy += f": for example {{#{better}}}." if CLAUSE_ID.fullmatch(better) else "."
    what = f"“{text}” is no clause id." if text else "The clause id is missing."
    faults.append(line.fault(offset + 1, len(text), "SP301", what, remedy))
    return None
