"""What can go wrong, as values and exceptions.

The tree of exceptions, each with the moment it is raised::

    SmallprintError            anything we can explain to the person at the keyboard
    ├── ContentError           the content has faults; holds all of them, nothing was written
    ├── UsageError             the command was called with something that does not exist or does not fit
    ├── PublishError           the site could not be put in place; the old one stands
    └── NoticeError            a notice may not be planned or sent, or sending had to stop; says what was done

A `Fault` is data; the text a person sees is made from it (`smallprint.reading.report`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a fault matters: an error stops the build, a warning only in strict mode."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one place of one file."""

    path: str
    """The file as the reader would name it, with `/`."""
    line: int
    """From 1; 0 where the fault is about the file as a whole."""
    column: int
    """From 1, in characters; 0 where the fault is about the line as a whole."""
    code: str
    """A key of `smallprint.reading.codes.CODES`; `smallprint explain CODE` says more."""
    what: str
    """What is wrong, in one sentence, with the value met."""
    remedy: str
    """How to mend it, in one sentence."""
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    """The line of the source the fault is on, without its line end."""
    width: int = 1
    """How many characters from `column` on the fault covers."""

    @property
    def place(self) -> str:
        """Return `file:line:col`, as far as known."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)

    def __str__(self) -> str:
        """Return `file:line:col: CODE what`."""
        return f"{self.place}: {self.code} {self.what}"


class SmallprintError(Exception):
    """Anything that went wrong and can be explained: shown to people without a traceback."""


class ContentError(SmallprintError):
    """The content has faults of severity error; nothing was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults, sorted by place."""
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


class UsageError(SmallprintError):
    """The command names something that does not exist or does not fit together."""


class PublishError(SmallprintError):
    """The site could not be put in place; what stood before still stands."""


class NoticeError(SmallprintError):
    """A notice may not be planned or sent, or sending had to stop; says what was and was not done."""
