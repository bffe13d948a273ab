"""The lines between `---` and `---` at the head of a file, told apart from the body below them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.reading.codes import make_fault
from smallprint.reading.mapping import Scalar, read_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.errors import Fault

__all__ = ["FrontMatter", "Scalar", "split_front_matter"]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands at the head of a file, and what stands below it."""

    values: Mapping[str, Scalar]
    body: str
    body_line: int
    """The line of the file that the body starts on."""


_OPENING: Final = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)
_HEADING: Final = re.compile(r"^#{1,6}[ \t].*\{#[^{}\n]*\}[ \t]*$", re.MULTILINE)
"""A heading with an id; to YAML it is a comment, so it would vanish where front matter is closed too late."""
_INNER: Final = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?:[ \t].*)?|#[^#].*|[ \t]+\S.*")
"""A line that may belong to front matter nobody closed; an empty line ends it."""
_KEY_LINE: Final = re.compile(r"[A-Za-z_][\w-]*:[ \t].*|#.*")
_KNOWN_KEY: Final = re.compile(r"^(?:title|effective|published|notified|notified-by|source):[ \t]", re.MULTILINE)


def split_front_matter(text: str, shown: str) -> tuple[FrontMatter, list[Fault]]:
    """Part a file into its front matter and its body.

    Args:
        text: The whole file, line ends as LF.
        shown: What faults call it.

    Returns:
        The values (as far as they could be read) with the body, and what is wrong with their form. Which keys there
        may be and what they may say is not looked at here.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return _without_opening(text, shown)
    start = opening.end()
    closing = _CLOSING.search(text, start)
    end = closing.start() if closing else len(text)
    heading = _HEADING.search(text, start, end)
    if closing is None or heading:
        return _unclosed(text, shown, start, heading.start() if heading else end)
    return _read(text, shown, start, end, closing.end())


def _read(text: str, shown: str, start: int, end: int, body: int) -> tuple[FrontMatter, list[Fault]]:
    """Read the front matter `text[start:end]`; the body begins on the line after `text[body]`."""
    first_line = text.count("\n", 0, start) + 1
    values, faults = read_mapping(text[start:end], shown, first_line=first_line, whole=text)
    return FrontMatter(values, text[body + 1 :], text.count("\n", 0, body) + 2), faults


def _without_opening(text: str, shown: str) -> tuple[FrontMatter, list[Fault]]:
    late = _late(text) if "\n---" in text else None
    if late is None:
        return FrontMatter({}, text, 1), []
    opening, closing = late
    line = text.count("\n", 0, opening.start()) + 1
    what = f"The front matter begins on line {line}, but must be the first thing in the file."
    remedy = "Move its first `---` to the first line of the file, with nothing above it, not even an empty line."
    fault = make_fault("SP201", shown, what, remedy, line=line, column=1, width=3, text=text)
    front_matter, faults = _read(text, shown, opening.end() + 1, closing.start(), closing.end())
    return front_matter, [fault, *faults]


def _late(text: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """Return the lines `---` round what looks like front matter, wherever it stands."""
    for opening, closing in pairwise(_CLOSING.finditer(text)):
        inside = text[opening.end() + 1 : closing.start()]
        if _KNOWN_KEY.search(inside) and all(map(_KEY_LINE.fullmatch, inside.removesuffix("\n").split("\n"))):
            return opening, closing
    return None


def _unclosed(text: str, shown: str, start: int, limit: int) -> tuple[FrontMatter, list[Fault]]:
    """Read front matter without an end as far as its lines look like it, at most to `limit`."""
    end = start
    while end < limit:
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        if _INNER.fullmatch(text, end, line_end) is None:
            break
        end = min(line_end + 1, len(text))
    last = text[:end].rstrip("\n").count("\n") + 1
    what = f"The front matter that begins here is not closed; its last line seems to be line {last}."
    remedy = f"Write a line `---` below line {last}."
    fault = make_fault("SP202", shown, what, remedy, line=1, column=1, width=3, text=text)
    front_matter, faults = _read(text, shown, start, end, end - 1)
    return front_matter, [fault, *faults]
