"""The lines of a CSV file → recipients: RFC 4180, but a value never holds a line end, so that a line is a line."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.errors import ContentError
from smallprint.notifying.recipient_values import COLUMNS, BadValueError, column_faults, make_recipient
from smallprint.reading.characters import character_name
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from smallprint.notifying.recipient import Recipient
    from smallprint.notifying.recipient_values import NameNote

_DELIMITERS: Final = (",", ";", "\t")
_SEP: Final = re.compile(r'"?sep=([,;\t])"?[\s,;"]*', re.IGNORECASE)
_QUOTED: Final = re.compile(r'"[^"]*(?:""[^"]*)*"')


class Header(NamedTuple):
    """The columns of a file."""

    delimiter: str
    names: tuple[str, ...]


def told_delimiter(line: str) -> str | None:
    """Return the delimiter that a line `sep=;` tells, as Excel writes and reads it above a table; none if it is none.

    >>> told_delimiter("sep=;"), told_delimiter("email;name")
    (';', None)
    """
    match = _SEP.fullmatch(line)
    return match[1] if match else None


def is_blank(line: str, delimiter: str) -> bool:
    """Return whether a line is a row without any value, as spreadsheets write below a table.

    >>> is_blank("; ;;", ";"), is_blank("ann@example.org;;", ";")
    (True, False)
    """
    return not line.replace(delimiter, "").replace('"', "").strip()


class Table:
    """Reads lines under a header."""

    def __init__(self, header: Header, notes: list[NameNote]) -> None:
        """Take the header, and where names that are left out are noted."""
        self._delimiter, self._names = header
        self._width = len(header.names)
        places = [header.names.index(name) if name in header.names else self._width for name in COLUMNS]
        self._email, self._language, self._name, self._since = places
        self._others = [(name, n) for n, name in enumerate(header.names) if name not in COLUMNS]
        self._notes = notes

    def is_blank(self, line: str) -> bool:
        """Return whether a line has no value."""
        return is_blank(line, self._delimiter)

    def read(self, number: int, line: str) -> Recipient:
        """Return the recipient of a line.

        Raises:
            BadValueError: The line is no good.
        """
        values = split_line(line, self._delimiter) if '"' in line else line.split(self._delimiter)
        if len(values) != self._width:
            raise self._miscounted(len(values))
        # What stands in no column is the empty value behind the last one.
        values.append("")
        try:
            return make_recipient(
                number,
                (values[self._email], values[self._language], values[self._name], values[self._since]),
                {name: values[n] for name, n in self._others},
                self._notes,
            )
        except BadValueError as error:
            error.column = column_of(line, self._delimiter, self._names.index(error.key))
            raise

    def _miscounted(self, count: int) -> BadValueError:
        what = f"{_values(count)} on this line, and {_values(self._width).replace('stand', 'belong')} there."
        if count > self._width:
            return BadValueError(what, f"Put a value that holds {_sign(self._delimiter)} in double quotes.")
        return BadValueError(what, f"Write {_sign(self._delimiter)} for each value, also where it is empty.")


def read_header(line: str, shown: str, *, delimiter: str | None = None, number: int = 1) -> Header:
    """Return the columns that the first line of a file names.

    Args:
        line: that line.
        shown: what faults call the file.
        delimiter: what a line above tells to be between the values; guessed if none.
        number: the number of the line.

    Raises:
        ContentError: Something is wrong with them; holds all that is.
    """
    if problem := _no_header(line):
        raise _refused(shown, [problem], line=number)
    delimiter = delimiter or guess_delimiter(line)
    try:
        names = tuple(name.strip(" ") for name in split_line(line, delimiter))
    except BadValueError as error:
        raise _refused(shown, [(error.what, error.remedy)], error.column, line=number) from None
    if faults := column_faults(names):
        raise _refused(shown, faults, line=number)
    return Header(delimiter, names)


def _refused(shown: str, faults: list[tuple[str, str]], column: int = 0, *, line: int) -> ContentError:
    return ContentError([make_fault("SP702", shown, *fault, line=line, column=column) for fault in faults])


def guess_delimiter(line: str) -> str:
    """Return what separates the names on the first line; a comma where there is but one name."""
    return max(_DELIMITERS, key=line.count)


def _no_header(line: str) -> tuple[str, str] | None:
    """Say what a line is that cannot be a header."""
    if not line.strip():
        return "The first line is empty.", "Name the columns on it, one of them `email`."
    if line.lstrip().startswith("["):
        return "This is a list in JSON, not CSV.", "Write one object a line, without a list round them (JSON Lines)."
    if "\r" in line:
        what = f"{character_name(chr(13))} alone ends the lines of this file."
        return what, "Save it with line ends as LF or CR LF."
    return None


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the values of a line.

    Raises:
        BadValueError: Quotation marks stand where they may not.

    >>> split_line('a,"b, c",', ",")
    ['a', 'b, c', '']
    """
    pieces = _piece(delimiter)
    values: list[str] = []
    position = 0
    while (match := pieces.match(line, position)) is not None:
        text = match[0]
        values.append(text[1:-1].replace('""', '"') if text.startswith('"') else text)
        if match.end() == len(line):
            return values
        position = match.end() + 1
    what = "A quotation mark is opened and not closed on this line, or text stands beside it."
    remedy = 'Put the whole value in double quotes, each one in it twice: `"the ""best"" plan"`; without line ends.'
    raise BadValueError(what, remedy, column=position + 1)


def column_of(line: str, delimiter: str, index: int) -> int:
    """Return where a value of a line that can be split begins, from 1."""
    pieces = _piece(delimiter)
    position = 0
    for _ in range(index):
        match = pieces.match(line, position)
        position = match.end() + 1 if match else position
    return position + 1


@cache
def _piece(delimiter: str) -> re.Pattern[str]:
    """Return a pattern for one value with its quotation marks, up to the delimiter or the end of the line."""
    return re.compile(rf'(?:{_QUOTED.pattern}|[^"{delimiter}]*)(?={delimiter}|\Z)')


def _values(count: int) -> str:
    return f"{count} values stand" if count > 1 else f"{count} value stands"


def _sign(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon"}.get(delimiter, "a tab")
