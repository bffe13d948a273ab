"""A mail server on a raw socket that does what a script says, and remembers what it was sent.

    with ScriptedServer({"rcpt": [(b"450 4.2.1 later\r\n",)]}) as server:
        ...  # the first RCPT is put off, all else goes well
    server.messages

A script names phases: `banner`, `hello`, `starttls`, `auth`, `rset`, `mail`, `rcpt`, `data`, `body` (as the first bytes
of a letter come in), `dot`, `quit`. For each it has what to do the first, second, … time; after that, and for phases it
does not name, the server does as a good one would. What it does is a tuple of steps: bytes are sent, numbers are
seconds to wait, and `Do` is the rest.
"""

from __future__ import annotations

import base64
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping, Sequence


class Do(Enum):
    """What a server may do besides sending and waiting."""

    CLOSE = "close"
    RESET = "reset"
    """Close so that the client gets an error at once."""
    HANG = "hang"
    """Take in whatever comes, and say nothing any more."""


Step = bytes | float | Do
Steps = tuple[Step, ...]

GOOD: dict[str, bytes] = {
    "banner": b"220 scripted ESMTP\r\n",
    "starttls": b"220 go on\r\n",
    "rset": b"250 forgotten\r\n",
    "mail": b"250 2.1.0 sender ok\r\n",
    "rcpt": b"250 2.1.5 recipient ok\r\n",
    "data": b"354 end with a dot\r\n",
    "dot": b"250 2.0.0 queued as 4711\r\n",
    "quit": b"221 bye\r\n",
}


def drip(reply: bytes, seconds: float = 0) -> Steps:
    """Return the steps that send a reply byte by byte."""
    return tuple(step for byte in reply for step in (bytes([byte]), seconds))


@dataclass
class Message:
    """A letter that came in up to and with its final dot."""

    sender: str
    recipient: str
    raw: bytes
    """As it came over the wire, with the dot."""
    reply: bytes = b""
    """What was then sent, or was about to be."""

    @property
    def data(self) -> bytes:
        """The letter without what was put in for the way."""
        lines = self.raw.removesuffix(b".\r\n").split(b"\r\n")
        return b"\r\n".join(line.removeprefix(b".") for line in lines)

    @property
    def is_accepted(self) -> bool:
        return self.reply.startswith(b"2") and b"\n" in self.reply


class _GoneError(Exception):
    """The connection has ended, by us or by the client."""


@dataclass
class ScriptedServer:
    """Serves any number of connections at a port of 127.0.0.1, each in a thread of its own."""

    script: Mapping[str, Sequence[Steps]] = field(default_factory=dict)
    extensions: Sequence[str] = ("PIPELINING", "SIZE 10000000")
    starttls: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None
    """For TLS from the first byte on."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Where it names any, AUTH PLAIN is offered and asked for."""

    messages: list[Message] = field(default_factory=list, init=False)
    chunks: list[bytes] = field(default_factory=list, init=False)
    """All that came in, as it came."""
    connections: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._left = {phase: list(steps) for phase, steps in self.script.items()}
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port: int = self._listener.getsockname()[1]

    @property
    def transcript(self) -> bytes:
        """All that came in."""
        return b"".join(self.chunks)

    def accepted(self, recipient: str) -> int:
        """Return how many letters for a recipient were taken."""
        return sum(message.is_accepted for message in self.messages if message.recipient == recipient)

    def __enter__(self) -> Self:
        self._start(self._serve)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.settle()

    def settle(self) -> None:
        """Return when all connections have ended; clients are to have closed theirs."""
        for thread in self._threads[1:] if self._listener.fileno() >= 0 else self._threads:
            thread.join(10)

    def _start(self, target: object, *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self.connections += 1
            self._start(self._converse, connection)

    def _converse(self, connection: socket.socket) -> None:
        conversation = _Conversation(self, connection)
        try:
            if self.tls is not None:
                conversation.encrypt(self.tls)
            with self._lock:
                self._open.add(conversation.connection)
            conversation.hold()
        except (OSError, _GoneError):
            pass
        finally:
            with self._lock:
                self._open.discard(conversation.connection)
            conversation.connection.close()

    def take_steps(self, phase: str, usual: bytes) -> Steps:
        with self._lock:
            left = self._left.get(phase)
            return left.pop(0) if left else (usual,)


class _Conversation:
    def __init__(self, server: ScriptedServer, connection: socket.socket) -> None:
        self.server = server
        self.connection = connection
        self.buffer = b""
        self.sender = self.recipient = ""
        self.is_encrypted = False
        self.is_known = not server.users

    def hold(self) -> None:
        self.act("banner")
        while True:
            line = self.read_until(b"\n").decode("latin-1").strip()
            verb = line.partition(" ")[0].upper()
            getattr(self, f"do_{verb.lower()}", self.unknown)(line)

    def encrypt(self, context: ssl.SSLContext) -> None:
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.is_encrypted = True

    def unknown(self, line: str) -> None:
        self.connection.sendall(f"500 what is {line[:20]}\r\n".encode())

    def do_ehlo(self, _: str) -> None:
        offered = list(self.server.extensions)
        offered += ["STARTTLS"] if self.server.starttls and not self.is_encrypted else []
        offered += ["AUTH PLAIN"] if self.server.users else []
        lines = ["scripted", *offered]
        self.act(
            "hello", "".join(f"250{'-' if n < len(lines) else ' '}{x}\r\n" for n, x in enumerate(lines, 1)).encode()
        )

    def do_starttls(self, _: str) -> None:
        said = self.act("starttls")
        if said.startswith(b"220") and self.server.starttls:
            with self.server._lock:  # noqa: SLF001 - of one piece
                self.server._open.discard(self.connection)  # noqa: SLF001
            self.encrypt(self.server.starttls)
            with self.server._lock:  # noqa: SLF001
                self.server._open.add(self.connection)  # noqa: SLF001
            self.buffer = b""

    def do_auth(self, line: str) -> None:
        _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
        is_right = self.server.users.get(user) == password
        said = self.act("auth", b"235 welcome\r\n" if is_right else b"535 5.7.8 wrong\r\n")
        self.is_known = self.is_known or said.startswith(b"2")

    def do_rset(self, _: str) -> None:
        self.sender = self.recipient = ""
        self.act("rset")

    def do_mail(self, line: str) -> None:
        if not self.is_known:
            self.connection.sendall(b"530 5.7.0 authentication required\r\n")
        elif self.sender:
            self.connection.sendall(b"503 5.5.1 nested MAIL\r\n")
        elif self.act("mail").startswith(b"2"):
            self.sender = line.partition("<")[2].partition(">")[0]

    def do_rcpt(self, line: str) -> None:
        if not self.sender:
            self.connection.sendall(b"503 5.5.1 MAIL first\r\n")
        elif self.act("rcpt").startswith(b"2"):
            self.recipient = line.partition("<")[2].partition(">")[0]

    def do_data(self, _: str) -> None:
        if not self.recipient:
            self.connection.sendall(b"503 5.5.1 RCPT first\r\n")
            return
        if not self.act("data").startswith(b"354"):
            return
        self.receive()
        self.act("body", b"")
        raw = self.read_until(b".\r\n", is_line=True)
        message = Message(self.sender, self.recipient, raw)
        with self.server._lock:  # noqa: SLF001
            self.server.messages.append(message)
        self.sender = self.recipient = ""
        self.act("dot", message=message)

    def do_quit(self, _: str) -> None:
        self.act("quit")
        raise _GoneError

    def act(self, phase: str, usual: bytes | None = None, message: Message | None = None) -> bytes:
        """Do what the script says, and return what was sent."""
        said = b""
        for step in self.server.take_steps(phase, GOOD[phase] if usual is None else usual):
            if isinstance(step, bytes):
                said += step
                if message is not None:
                    message.reply = said
                self.connection.sendall(step)
            elif isinstance(step, float | int):
                time.sleep(step)
            else:
                self.end(step)
        return said

    def end(self, how: Do) -> None:
        if how is Do.HANG:
            while True:
                self.receive()
        if how is Do.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise _GoneError

    def receive(self) -> None:
        if not (chunk := self.connection.recv(65_536)):
            raise _GoneError
        with self.server._lock:  # noqa: SLF001
            self.server.chunks.append(chunk)
        self.buffer += chunk

    def read_until(self, end: bytes, *, is_line: bool = False) -> bytes:
        while True:
            at = 0 if is_line and self.buffer.startswith(end) else self.buffer.find(b"\r\n" + end if is_line else end)
            if at >= 0:
                at += len(end) + (2 if is_line and not (at == 0 and self.buffer.startswith(end)) else 0)
                found, self.buffer = self.buffer[:at], self.buffer[at:]
                return found
            self.receive()
