"""A letter, seen to be one that cannot bend the conversation it is sent in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from smallprint.notifying.delivery import Letter

_ADDRESS: Final = re.compile(r"[!-;=?-~]+")
"""ASCII that can be seen, without `<` and `>`."""


def check_letter(letter: Letter) -> None:
    """See that a letter can be sent as it is.

    Raises:
        ValueError: It cannot; whoever built it made a mistake. The text holds no address.
    """
    for what, address in (("sender", letter.sender), ("recipient", letter.recipient)):
        if not _ADDRESS.fullmatch(address):
            raise ValueError(f"the address of the {what} is empty or has characters that no address has")
    if letter.is_checked:
        return
    data = letter.data
    line_ends = data.count(b"\r\n")
    if data.count(b"\n") != line_ends or data.count(b"\r") != line_ends:
        # A dot on a line that ends otherwise is the end of the letter to some servers: “SMTP smuggling”.
        raise ValueError("the letter has a CR or LF that is not part of a CRLF")
    if not data.endswith(b"\r\n"):
        raise ValueError("the letter does not end in CRLF")
    if not data.isascii() or b"\0" in data:
        raise ValueError("the letter has bytes that are not of 7-bit text")


def on_the_wire(letter: Letter) -> bytes:
    """Return a letter as it goes over the wire, with the final dot."""
    return letter.data + b".\r\n" if letter.is_checked else stuffed(letter.data)


def stuffed(data: bytes) -> bytes:
    r"""Return the text of any letter as it goes over the wire, with the final dot.

    >>> stuffed(b"one\r\n.two\r\n")
    b'one\r\n..two\r\n.\r\n'
    """
    return b"".join((b"." if data.startswith(b".") else b"", data.replace(b"\r\n.", b"\r\n.."), b".\r\n"))
