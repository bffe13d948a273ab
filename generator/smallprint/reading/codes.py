"""The catalogue of everything that can be wrong with content; its text is `codes.md` beside this module.

Codes are grouped: SP1xx the file and its characters, SP2xx front matter, policy.yml and file names, SP3xx clause ids,
SP4xx Markdown, SP5xx judging and publishing, SP6xx importing, SP7xx notices. A code never changes its meaning and is
never used again for something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.errors import Fault, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENTRY = re.compile(
    r"^## (?P<code>SP\d{3}) (?P<severity>error|warning): (?P<title>.+)\n\n"
    r"(?P<meaning>(?s:.+?))\n\n"
    r"\*\*Why it matters\.\*\* (?P<why>(?s:.+?))\n\n"
    r"Wrong:\n\n```(?:\w*)\n(?P<wrong>(?s:.*?))```\n\n"
    r"Right:\n\n```(?:\w*)\n(?P<right>(?s:.*?))```\n",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of fault."""

    code: str
    severity: Severity
    title: str
    """What is wrong, in a few words, lower case, without a full stop."""
    meaning: str
    """What the fault means, for someone who meets it for the first time."""
    why: str
    """Why it matters."""
    wrong: str
    """A piece of content that has the fault."""
    right: str
    """The same piece without it."""


def make_fault(  # noqa: PLR0913 - a fault has that many parts
    code: str,
    path: str,
    what: str,
    remedy: str,
    *,
    line: int = 0,
    column: int = 0,
    width: int = 1,
    text: str = "",
) -> Fault:
    """Make a fault of a kind in the catalogue, as severe as that says.

    Args:
        code: A key of `CODES`.
        path: The file as the reader would name it.
        what: What is wrong, in one sentence, with the value met.
        remedy: How to mend it, in one sentence.
        line: From 1; 0 where the fault is about the file as a whole.
        column: From 1; 0 where the fault is about the line as a whole.
        width: How many characters the fault covers.
        text: The whole text of the file, to quote the line from.
    """
    lines = lines_of(text) if line else []
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    return Fault(path, line, column, code, what, remedy, CODES[code].severity, excerpt, max(width, 1))


@lru_cache(maxsize=2)
def lines_of(text: str) -> list[str]:
    """Return the lines of a file, cut once for all faults in it; not to be changed."""
    return text.split("\n")


def _read_catalogue() -> Mapping[str, Code]:
    text = (files(__package__) / "codes.md").read_text(encoding="utf-8")
    entries = (
        Code(**{**entry.groupdict(), "severity": Severity(entry["severity"])})  # type: ignore[arg-type]
        for entry in _ENTRY.finditer(text)
    )
    return MappingProxyType({entry.code: entry for entry in entries})


CODES: Final[Mapping[str, Code]] = _read_catalogue()
"""Every kind of fault by its code, in the order of the codes."""
