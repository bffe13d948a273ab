"""What passes between the sender and its transports: a letter goes out, an answer comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Outcome(StrEnum):
    """What came of one attempt to deliver a letter."""

    ACCEPTED = "accepted"
    """The next hop has taken it over."""
    DEFERRED = "deferred"
    """It certainly was not taken; later it may be."""
    FAILED = "failed"
    """It certainly was not taken, and never will be: the address is at fault."""
    UNKNOWN = "unknown"
    """It may have been taken, and nobody can tell."""
    AGAIN = "again"
    """It certainly was not taken, through no fault of the recipient: the connection broke before the letter was out."""
    STOP = "stop"
    """It certainly was not taken: the server refuses us, whoever the recipient is, or may do so (`is_doubtful`)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one recipient."""

    sender: str
    """The envelope sender, ASCII."""
    recipient: str
    """ASCII."""
    data: bytes
    """Header and body with CRLF alone as line end, a CRLF at the end; dots are not stuffed."""
    is_checked: bool = False
    """Whether whoever built it has looked at every byte: line ends as above, 7-bit text, no line begins with a dot. A
    transport looks for itself where nobody has."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt, and why."""

    outcome: Outcome
    code: str
    """Short and without any address: `250`, `550 5.1.1`, `timed out`, `Throttling`."""
    said: str = ""
    """What the server said, with all addresses taken out, to be shown to the person who sends; may be empty."""
    is_alive: bool = True
    """Whether the connection can carry another letter."""
    is_about_domain: bool = False
    """Whether the answer is about the domain of the recipient or our rate, so that others there should wait too."""
    is_doubtful: bool = False
    """Whether nothing says that a refusal is about us: it may be about this recipient alone, until the next get it."""


class RefusedError(Exception):
    """No connection, and trying again will not help: the server, the name or the password is wrong."""


class UnreachableError(Exception):
    """No connection now; a later try may help."""


class Connection(Protocol):
    """Carries letters one after the other. Not shared by threads."""

    def deliver(self, letter: Letter, ready: Callable[[], None]) -> Answer:
        """Try to deliver a letter.

        Args:
            letter: what to send.
            ready: called once, right before the first byte is sent after which the recipient may come to have the
                letter; returns when it is on disk that this is so. Whatever it raises passes through, and nothing was
                sent then.

        Returns:
            What came of it; no fault of the network or the server is raised. Where `ready` was not called, the
            outcome is none of `accepted` and `unknown`.
        """

    def close(self) -> None:
        """Say goodbye where that is quick, and let go; never raises."""


class Transport(Protocol):
    """Makes connections, from any thread."""

    @property
    def described(self) -> str:
        """Return where mail goes, without secrets: `smtp://mail.example.org:587 (STARTTLS)`."""

    def connect(self) -> Connection:
        """Return a connection that is ready to send.

        Raises:
            RefusedError: Trying again will not help; says why.
            UnreachableError: A later try may help; says why.
        """
