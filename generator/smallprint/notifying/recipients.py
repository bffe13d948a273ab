"""A file of recipients, CSV or JSON Lines → each line as a recipient or as a bad line, read as a stream.

The rule for files with millions of lines: one bad line stops nothing and loses nobody silently, and what is wrong with
the file as a whole (its encoding, its header) is told before anyone is read.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.notifying.lines import BadLine, Lines
from smallprint.notifying.recipient_csv import Table, read_header, told_delimiter
from smallprint.notifying.recipient_json import Objects
from smallprint.notifying.recipient_values import BadValueError
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from smallprint.notifying.recipient import Recipient
    from smallprint.notifying.recipient_values import NameNote

__all__ = ["BadLine", "RecipientFile", "joined_after", "read_recipients"]

MAX_NOTES: Final = 20
"""How many of the lines are told whose names are left out; the others are only counted."""
_CODE: Final = "SP702"
_JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})


class RecipientFile:
    """A recipients file; going through it reads it from its beginning to its end.

    What is counted is so once it was gone through.
    """

    def __init__(self, path: Path, shown: str) -> None:
        """Take the file and what faults call it."""
        self.shown = shown
        self.lines = 0
        """How many lines the file has: the header, blank lines, recipients and bad lines."""
        self.blank = 0
        """How many of them are blank."""
        self.bad = 0
        """How many of them are bad."""
        self.nameless = 0
        """How many recipients have a name in the file that cannot be used, and so an empty one here."""
        self.name_notes: tuple[NameNote, ...] = ()
        """The first of those lines, and why."""
        self._path = path
        self._digest = ""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes in hex, once all of it was read."""
        if not self._digest:
            raise RuntimeError("The hash is known once the file was gone through to its end.")
        return self._digest

    def __iter__(self) -> Iterator[Recipient | BadLine]:
        """Yield what each line is: a recipient, or a bad line.

        Raises:
            ContentError: The file cannot be read, is no text in UTF-8, or its header is no good.
        """
        self.blank = self.bad = self.nameless = 0
        self.name_notes, self._digest = (), ""
        source = Lines(self._path, self.shown, _CODE)
        lines = iter(source)
        notes: list[NameNote] = []
        reader, lines = self._reader(lines, notes)
        read = reader.read
        for number, line in lines:
            if isinstance(line, BadLine):
                self.bad += 1
                yield line
                continue
            if reader.is_blank(line):
                self.blank += 1
                continue
            try:
                recipient = read(number, line)
            except BadValueError as error:
                self.bad += 1
                yield BadLine(number, error.column, error.what, error.remedy)
                continue
            if notes:
                self._note(notes)
            yield recipient
        self.lines, self._digest = source.count, source.digest

    def _reader(
        self, lines: Iterator[tuple[int, str | BadLine]], notes: list[NameNote]
    ) -> tuple[Table | Objects, Iterator[tuple[int, str | BadLine]]]:
        """Return what reads the lines, and the lines that it is for: all but the header."""
        number, first = next(lines, (0, ""))
        if not number:
            raise self._refused("The file is empty.", "Export the recipients anew.")
        is_json = not isinstance(first, BadLine) and first.lstrip(" \t").startswith("{")
        if is_json or self._path.suffix.lower() in _JSON_LINES:
            return Objects(notes), chain([(number, first)], lines)
        if isinstance(first, BadLine):
            raise ContentError([first.fault(self.shown, _CODE)])
        delimiter = told_delimiter(first)
        if delimiter:
            number, first = next(lines, (number + 1, ""))
            if isinstance(first, BadLine):
                raise ContentError([first.fault(self.shown, _CODE)])
        return Table(read_header(first, self.shown, delimiter=delimiter, number=number), notes), lines

    def _note(self, notes: list[NameNote]) -> None:
        self.nameless += len(notes)
        if len(self.name_notes) < MAX_NOTES:
            self.name_notes += tuple(notes)
        notes.clear()

    def _refused(self, what: str, remedy: str) -> ContentError:
        return ContentError([make_fault("SP702", self.shown, what, remedy)])


def read_recipients(path: Path, shown: str) -> RecipientFile:
    """Return the recipients of a file, to be gone through.

    Args:
        path: The file: JSON Lines where its name ends in `.jsonl` or `.ndjson` or it begins with `{`, otherwise CSV.
        shown: What faults call it.
    """
    return RecipientFile(path, shown)


def joined_after(recipient: Recipient, day: dt.date) -> bool:
    """Tell whether someone joined when a change was published already, on `day`, and so need not be told.

    Who joined on the day itself may have seen the text from before, and is told.
    """
    return recipient.since is not None and recipient.since > day
