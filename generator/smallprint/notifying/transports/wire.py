"""A socket → replies of a mail server, with bounds on all that it may send: time, lines and their length."""

from __future__ import annotations

import re
import ssl
import time
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import socket

_LINE: Final = 2_048
"""How long a line may be, in octets; RFC 5321 asks for 512."""
_LINES: Final = 500
_CHUNK: Final = 8_192
_REPLY: Final = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)


class WireError(Exception):
    """Nothing more can be read or written; its text is short and says how that came: `timed out`."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How many seconds each step may take; by default as RFC 5321 asks in section 4.5.3.2."""

    connect: float = 30
    """To make the connection; here the RFC leaves it to us."""
    greeting: float = 300
    """Banner, EHLO, STARTTLS and AUTH, each."""
    mail: float = 300
    rcpt: float = 300
    data: float = 120
    """Until the server says that the letter may come."""
    block: float = 180
    """To hand over half a letter."""
    dot: float = 600
    """Until the server has dealt with the letter. Long, for to give up early is not to know."""
    farewell: float = 2

    def scaled(self, factor: float) -> Timeouts:
        """Return the same with each multiplied."""
        return Timeouts(*(getattr(self, field.name) * factor for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    code: int
    text: str
    """What follows the code, one line each; bytes that are not UTF-8 replaced."""

    @property
    def is_positive(self) -> bool:
        """Whether the server did what it was asked."""
        return 200 <= self.code < 300  # noqa: PLR2004 - as RFC 5321 has it


class Wire:
    """Both directions of one connection. Not shared by threads."""

    def __init__(self, sock: socket.socket) -> None:
        """Take a connected socket."""
        self.sock: Final = sock
        self._buffer = bytearray()

    @property
    def is_silent(self) -> bool:
        """Whether nothing was received but what has been read."""
        return not self._buffer

    def expect_silence(self) -> None:
        """See that the server has said nothing that it was not asked.

        Raises:
            WireError: It has, so that its replies can no longer be told apart; or it is gone.
        """
        if self.is_silent:
            try:
                self.sock.settimeout(0)
                received = self.sock.recv(_CHUNK)
            except (BlockingIOError, ssl.SSLWantReadError):
                return
            except OSError as error:
                raise _lost(error) from error
            if not received:
                raise WireError("connection closed")
        raise WireError("talked out of turn")

    def send(self, data: bytes | memoryview, seconds: float) -> None:
        """Hand all of it to the kernel.

        Raises:
            WireError: Not all of it could be.
        """
        try:
            self.sock.settimeout(seconds)
            self.sock.sendall(data)
        except OSError as error:
            raise _lost(error) from error

    def read_reply(self, seconds: float) -> Reply:
        """Return one reply, however many lines it has.

        Args:
            seconds: how long to wait for the whole of it: a server that sends a byte now and then gets no longer.

        Raises:
            WireError: None came in time, or something that is none.
        """
        deadline = time.monotonic() + seconds
        lines: list[bytes] = []
        code = b""
        while len(lines) < _LINES:
            match = _REPLY.fullmatch(self._read_line(deadline))
            if match is None or match[1] != (code or match[1]):
                raise WireError("malformed reply")
            code = match[1]
            lines.append(match[3] or b"")
            if match[2] != b"-":
                return Reply(int(code), b"\n".join(lines).decode("utf-8", "replace"))
        raise WireError("endless reply")

    def _read_line(self, deadline: float) -> bytes:
        searched = 0
        while (end := self._buffer.find(b"\n", searched, _LINE)) < 0:
            searched = len(self._buffer)
            if searched >= _LINE:
                raise WireError("malformed reply")
            left = deadline - time.monotonic()
            if left <= 0:
                raise WireError("timed out")
            try:
                self.sock.settimeout(left)
                received = self.sock.recv(_CHUNK)
            except OSError as error:
                raise _lost(error) from error
            if not received:
                raise WireError("connection closed")
            self._buffer += received
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line.removesuffix(b"\r")


def _lost(error: OSError) -> WireError:
    return WireError("timed out" if isinstance(error, TimeoutError) else "connection lost")
