"""Text → quoted-printable of RFC 2045, in pieces that can be set together in any order.

Lines end in CRLF and have at most 76 characters; none begins with a dot or with `From `, which some programs on the
way read as something else, and none ends in a space.
"""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 76
SOFT: Final = b"=\r\n"
"""Ends a line that goes on in the next one."""
_PLAIN: Final = re.compile(r"(?!\.|From )[ -<>-~]{0,75}", re.ASCII)
"""A value that stands on a line as it is, with room for the `=` at its end."""
_CODES: Final = tuple(
    bytes((byte,)) if chr(byte).isascii() and chr(byte).isprintable() and chr(byte) != "=" else b"=%02X" % byte
    for byte in range(256)
)


def encode_lines(text: str) -> bytes:
    r"""Encode a text of any number of lines, which end in LF; the last one need not end.

    >>> encode_lines("naïve\n.\n")
    b'na=C3=AFve\r\n=2E\r\n'
    """
    return b"\r\n".join(SOFT.join(_rows(line, is_whole=True)) for line in text.split("\n"))


def encode_value(value: str) -> bytes:
    r"""Encode a value so that it can stand at the beginning of any line, and a line of its own ends after it.

    >>> encode_value("Ada"), encode_value("")
    (b'Ada=\r\n', b'')
    """
    if _PLAIN.fullmatch(value):
        return value.encode("ascii") + SOFT if value else b""
    return b"".join(row + SOFT for row in _rows(value))


def _rows(line: str, *, is_whole: bool = False) -> list[bytes]:
    """Return the rows that a line becomes, each with room for the `=` at its end; a whole line has no space there."""
    rows: list[bytes] = []
    row = bytearray()
    last = len(line) - 1
    for position, char in enumerate(line):
        code = b"".join(_CODES[byte] for byte in char.encode("utf-8"))
        if is_whole and position == last and char == " ":
            code = b"=20"
        if len(row) + len(code) >= _LONGEST:
            rows.append(bytes(row))
            row.clear()
        if not row and (char == "." or line.startswith("From ", position)):
            code = b"=%02X" % ord(char)
        row += code
    return [*rows, bytes(row)] if row else rows
