"""The words of a notice in one language → a whole message to each recipient.

All that is the same for everyone is encoded once. A message is those pieces joined, with the encoded values between.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.gaps import GAP, GREETING, NAME, fill, gap, value_of
from smallprint.notifying.guard import check_header, check_sender, is_address
from smallprint.notifying.headers import date_value, mailbox_header, text_header
from smallprint.notifying.quoted_printable import SOFT, encode_lines, encode_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.notifying.announcement import NoticeText, Sender
    from smallprint.notifying.recipient import Recipient

# In quoted-printable a `=` is followed by two digits or by a line end, so that no line of a part can be this one.
BOUNDARY: Final = "=_smallprint_notice_="
_PARTS: Final = ("text/plain", "text/html")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands up to a gap, and the gap."""

    before: bytes
    name: str
    is_html: bool


@dataclass(frozen=True, slots=True)
class _Body:
    """Everything behind the header."""

    pieces: tuple[_Piece, ...]
    end: bytes

    def stretches(self, recipient: Recipient) -> Iterator[tuple[bytes, str]]:
        """Yield what stands up to each gap, encoded, and the value of a recipient that belongs there, as it is."""
        for piece in self.pieces:
            value = value_of(recipient, piece.name)
            yield piece.before, html.escape(value) if piece.is_html else value


class MessageForm:
    """Builds the messages of a notice in one language. May be shared by threads."""

    def __init__(self, text: NoticeText, sender: Sender, notice_id: str) -> None:
        """Encode all that is the same for everyone.

        Args:
            text: the words.
            sender: who writes.
            notice_id: the name of the notice, from which the ids of its messages follow.

        Raises:
            NoticeError: The subject or the sender cannot stand in a header.
        """
        check_header(text.subject, "the subject")
        check_sender(sender)
        self.text = text
        self.sender = sender
        # Mail programs take any white space in a name for one space.
        self.sender_name = " ".join(sender.name.split())
        self._key = notice_id.encode("utf-8")
        self._domain = sender.address.rpartition("@")[2].encode("ascii")
        self._before_to = (mailbox_header("From", self.sender_name, sender.address),)
        self._after_to = (*text_header("Subject", text.subject).split(b"\r\n"),)
        self._rest = tuple(f"{name}: {value}".encode("ascii") for name, value in self._fixed())
        self._head = b"\r\n".join(self._before_to) + b"\r\nTo: "
        self._subject = b"\r\n" + b"\r\n".join(self._after_to) + b"\r\nDate: "
        self._tail = b">\r\n" + b"\r\n".join(self._rest) + b"\r\n\r\n"
        self._bodies = {is_named: self._body(is_named=is_named) for is_named in (False, True)}

    def build(self, recipient: Recipient, when: dt.datetime) -> bytes:
        """Build the message to a recipient: CRLF alone as line end, ASCII alone on the wire.

        Args:
            recipient: whom it is for.
            when: the moment it is built, with its time zone; stands in `Date`. The rest does not depend on it.

        Raises:
            NoticeError: The address is none that could be written to.
        """
        address = _address_of(recipient)
        head = (
            self._head,
            address,
            self._subject,
            date_value(_second(when)),
            b"\r\nMessage-ID: <",
            self._identity(address),
            self._tail,
        )
        body = self._bodies[bool(recipient.name)]
        values = [part for before, value in body.stretches(recipient) for part in (before, encode_value(value))]
        return b"".join((*head, *values, body.end))

    def meant(self, recipient: Recipient, when: dt.datetime) -> Meant:
        """Return what the message to a recipient has to be."""
        return Meant(self, recipient, when)

    def header_lines(self, recipient: Recipient, when: dt.datetime) -> list[bytes]:
        """Return the lines that the header of a message has to have, each of them and no other."""
        address = _address_of(recipient)
        return [
            *(line for header in self._before_to for line in header.split(b"\r\n")),
            b"To: " + address,
            *self._after_to,
            b"Date: " + date_value(_second(when)),
            b"Message-ID: <" + self._identity(address) + b">",
            *self._rest,
        ]

    def stretches(self, recipient: Recipient) -> tuple[Iterator[tuple[bytes, str]], bytes]:
        """Return what the body of a message has to be: bytes, each with the value that follows; and the last bytes."""
        body = self._bodies[bool(recipient.name)]
        return body.stretches(recipient), body.end

    def headers(self, recipient: Recipient, when: dt.datetime) -> list[tuple[str, str]]:
        """Return what a mail program has to read in the header: names and values, in order."""
        address = _address_of(recipient)
        return [
            ("From", f"{self.sender_name} <{self.sender.address}>"),
            ("To", recipient.address),
            ("Subject", self.text.subject),
            ("Date", date_value(_second(when)).decode("ascii")),
            ("Message-ID", f"<{self._identity(address).decode('ascii')}>"),
            *self._fixed(),
        ]

    def parts(self, recipient: Recipient) -> tuple[str, str]:
        """Return what a mail program has to show, as text and as HTML."""
        greeting = self.text.greeting_named if recipient.name else self.text.greeting_unnamed

        def plain(name: str) -> str:
            return fill(greeting, plain) if name == GREETING else value_of(recipient, name)

        def marked(name: str) -> str:
            return fill(_as_html(greeting), marked) if name == GREETING else html.escape(value_of(recipient, name))

        return fill(self.text.text, plain), fill(self.text.html, marked)

    def _fixed(self) -> list[tuple[str, str]]:
        """Return the headers that are the same for everyone and stand behind the others."""
        return [
            *([("Reply-To", self.sender.reply_to)] if self.sender.reply_to else []),
            # RFC 3834: no machine is to answer. Not `All`, which would keep back what tells us of failed delivery.
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "OOF, AutoReply"),
            ("Content-Language", self.text.language),
            ("MIME-Version", "1.0"),
            ("Content-Type", f'multipart/alternative; boundary="{BOUNDARY}"'),
        ]

    def _identity(self, address: bytes) -> bytes:
        """Return the Message-ID to an address, the same at every try, so that who gets it twice can tell."""
        digest = hmac.digest(self._key, address, "sha256")
        return base64.b32encode(digest[:20]).lower() + b"@" + self._domain

    def _body(self, *, is_named: bool) -> _Body:
        greeting = self.text.greeting_named if is_named else self.text.greeting_unnamed
        pieces: list[_Piece] = []
        before = b""
        for kind, source, said in zip(
            _PARTS, (self.text.text, self.text.html), (greeting, _as_html(greeting)), strict=True
        ):
            before += (
                f"--{BOUNDARY}\r\nContent-Type: {kind}; charset=utf-8\r\n"
                "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            ).encode("ascii")
            before = _cut(source.replace(gap(GREETING), said), before, pieces, is_html=kind == "text/html")
            before += b"\r\n"
        return _Body(tuple(pieces), before + f"--{BOUNDARY}--\r\n".encode("ascii"))


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message has to be, worked out apart from how it is built."""

    form: MessageForm
    recipient: Recipient
    when: dt.datetime


def _cut(source: str, before: bytes, pieces: list[_Piece], *, is_html: bool) -> bytes:
    """Cut a part at its gaps; return what stands behind the last one."""
    stretches = GAP.split(source)
    for position, stretch in enumerate(stretches):
        if position % 2:
            # What goes before ends its line, unless it is at the beginning of one or nothing.
            before += SOFT if before and not before.endswith(b"\r\n") else b""
            pieces.append(_Piece(before, stretch, is_html))
            before = b""
        else:
            before += encode_lines(stretch)
    return before


def _as_html(greeting: str) -> str:
    """Return a greeting as HTML, its name kept apart, so that it does not turn the words around it."""
    name = gap(NAME)
    return html.escape(greeting).replace(name, f"<bdi>{name}</bdi>")


def _address_of(recipient: Recipient) -> bytes:
    if not is_address(recipient.address):
        raise NoticeError(
            f"The address on line {recipient.line} of the recipients file is not of the plain form "
            "`name@example.org`, and nothing was built for it. Mend or delete the line, and plan anew."
        )
    return recipient.address.encode("ascii")


def _second(when: dt.datetime) -> dt.datetime:
    return when.astimezone(dt.UTC).replace(microsecond=0)
