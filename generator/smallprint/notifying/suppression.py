"""A list of addresses that must not be written to → the addresses, in the form in which they are compared.

What cannot be read stops everything: to pass over a line would be to write to someone who must not be written to.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.notifying.address import AddressError, check_address
from smallprint.notifying.lines import BadLine, Lines
from smallprint.notifying.recipient_csv import Header, guess_delimiter, is_blank, split_line, told_delimiter
from smallprint.notifying.recipient_values import BadValueError
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from smallprint.errors import Fault

MAX_FAULTS: Final = 100
"""How many bad lines are told; behind them nobody reads on."""
_CODE: Final = "SP704"
_COLUMN: Final = "email"


def fold(address: str) -> str:
    """Return the form in which addresses are compared with the list.

    Letters before the `@` may differ in case and still be one mailbox, nearly always are, and who must not be written
    to must not be by a capital letter either.

    >>> fold("Jo@example.org")
    'jo@example.org'
    """
    return address.lower()


def read_suppression(path: Path, shown: str) -> Iterator[str]:
    """Yield the addresses of a list, folded; one that stands twice comes twice.

    Args:
        path: One address a line, with blank lines and lines of comment that begin with `#`; or a CSV file with a
            column `email`, whose other columns are passed over.
        shown: What faults call it.

    Raises:
        ContentError: The list cannot be read, or a line of it is no address; holds the first `MAX_FAULTS`. Comes before
            the end, so that whoever goes through the whole list has the whole list.
    """
    faults: list[Fault] = []
    header, lines = _begin(Lines(path, shown, _CODE), shown)
    for number, line in lines:
        read = line if isinstance(line, BadLine) else _read(line, number, header)
        if isinstance(read, BadLine):
            faults.append(read.fault(shown, _CODE))
            if len(faults) == MAX_FAULTS:
                break
        elif read and not faults:
            # Once something is wrong nothing more comes of the list; the rest is read to tell all faults at once.
            yield fold(read)
    if faults:
        raise ContentError(faults)


def _begin(source: Lines, shown: str) -> tuple[Header | None, Iterator[tuple[int, str | BadLine]]]:
    """Return the header of a CSV file, none where it is a plain list, and the lines to be read."""
    lines = iter(source)
    first = next(lines, None)
    if first is None:
        what = "The file is empty, as it is where writing it failed."
        remedy = "Export the list anew; if nobody is on it, write a line of comment that says so: `# nobody`."
        raise ContentError([make_fault(_CODE, shown, what, remedy)])
    number, line = first
    told = None if isinstance(line, BadLine) else told_delimiter(line)
    if told:
        number, line = next(lines, (number + 1, ""))
    if isinstance(line, BadLine) or "@" in line or line.startswith("#") or not line.strip():
        return None, chain([(number, line)], lines)
    delimiter = told or guess_delimiter(line)
    try:
        names = tuple(name.strip(" ") for name in split_line(line, delimiter))
    except BadValueError as error:
        raise ContentError(
            [make_fault(_CODE, shown, error.what, error.remedy, line=number, column=error.column)]
        ) from None
    if names.count(_COLUMN) != 1:
        what = "The first line is no address, and does not name one column `email` either."
        remedy = "Write one address a line; in a CSV file, name the column that holds them `email`."
        raise ContentError([make_fault("SP704", shown, what, remedy, line=number)])
    return Header(delimiter, names), lines


def _read(line: str, number: int, header: Header | None) -> str | BadLine:
    """Return the address on a line, empty where it is blank or a comment; or what is wrong with it."""
    if not line or line.isspace() or (header and is_blank(line, header.delimiter)):
        return ""
    try:
        return _listed(line) if header is None else check_address(_value(line, header))
    except AddressError as error:
        return BadLine(number, 0, error.what, error.remedy)
    except BadValueError as error:
        return BadLine(number, error.column, error.what, error.remedy)


def _listed(line: str) -> str:
    try:
        return check_address(line)
    except AddressError:
        # Only now: an address may begin with “#”, and whose does must not be written to either.
        if line.lstrip(" \t").startswith("#"):
            return ""
        raise


def _value(line: str, header: Header) -> str:
    values = split_line(line, header.delimiter)
    if len(values) != len(header.names):
        what = f"The number of values on this line is {len(values)}, and that of columns {len(header.names)}."
        raise BadValueError(what, "Mend the line, or keep the column `email` alone.")
    return values[header.names.index(_COLUMN)]
