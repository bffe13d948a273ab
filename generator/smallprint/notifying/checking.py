"""A message that was built → the proof that it is the one that was meant, or an error.

`check_message` is quick enough for every message; it presupposes that `check_form` has looked into what they share,
with a parser that is not ours.
"""

from __future__ import annotations

import binascii
import datetime as dt
import email
import email.header
import email.policy
import email.utils
import re
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.message import BOUNDARY
from smallprint.notifying.quoted_printable import encode_value
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.texts import columns_of

if TYPE_CHECKING:
    from email.message import EmailMessage

    from smallprint.notifying.message import Meant, MessageForm

_LONGEST: Final = 998
_DELIMITER: Final = f"--{BOUNDARY}".encode("ascii")
_VALUE: Final = re.compile(rb"(?:(?!\.|From )(?:[ -<>-~]|=[0-9A-F]{2}){1,75}=\r\n)*")
_SOME_DAY: Final = dt.datetime(2020, 2, 29, tzinfo=dt.UTC)
# All that a value could do harm with.
_ODD: Final = ".<b>&\"' =?utf-8?q?x=0d=0aBcc:_a@b?= = {{ x }} --=_ \u0645\u0631 \U0001f600 From From " + "x" * 99


class MessageError(NoticeError):
    """A message that was built is not the one that was meant; nothing of it may be sent."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"A message came out other than it was meant: {what}. Nothing of it was sent. This is a fault of "
            "smallprint; please report it, without addresses."
        )


def check_message(data: bytes, meant: Meant) -> None:
    """See that a message is what was meant: the header line by line, all that is the same for everyone, each value.

    Presupposes `check_form`, which looks into what is the same for everyone.

    Raises:
        MessageError: It is not; no address is told.
    """
    head, _, body = data.partition(b"\r\n\r\n")
    if head.split(b"\r\n") != meant.form.header_lines(meant.recipient, meant.when):
        raise MessageError("its header has other lines")
    stretches, end = meant.form.stretches(meant.recipient)
    position = 0
    for before, value in stretches:
        begin = position + len(before)
        position = begin + len(encode_value(value))
        found = body[begin:position]
        if not body.startswith(before, begin - len(before)):
            raise MessageError("its words are others")
        # What stands there is looked at by itself: lines of the one alphabet, which read back as the value.
        if not _VALUE.fullmatch(found) or binascii.a2b_qp(found) != value.encode("utf-8"):
            raise MessageError("a value is not written as it has to be")
    if body[position:] != end:
        raise MessageError("its words are others")


def check_form(form: MessageForm) -> None:
    """See that the messages of a form can only be good: read some as any mail program would, by Python's own parser.

    To be called once for each form, before `check_message` is relied on.

    Raises:
        MessageError: They are not.
    """
    columns = dict.fromkeys(columns_of(form.text), _ODD)
    for name in ("", "Ada", _ODD):
        recipient = Recipient(0, "sample@example.org", form.text.language, name, None, columns)
        meant = form.meant(recipient, _SOME_DAY)
        check_with_library(form.build(recipient, _SOME_DAY), meant)


def check_with_library(data: bytes, meant: Meant) -> None:
    """See that a message has no odd byte, and that Python's own parser finds in it just what was meant, and no defect.

    Raises:
        MessageError: It does not; no address is told.
    """
    check_message(data, meant)
    _check_bytes(data)
    message = email.message_from_bytes(data, policy=email.policy.default)
    _check_header(message, meant)
    if _sender_name(data) != meant.form.sender_name:
        raise MessageError("its header is read with another name of the sender")
    parts = list(message.iter_parts())
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        raise MessageError("it is read with other parts")
    for part, content in zip(parts, meant.form.parts(meant.recipient), strict=True):
        if part.get_content().replace("\r\n", "\n") != content:
            raise MessageError(f"its {part.get_content_type()} is read otherwise")
    if defects := [defect for part in message.walk() for defect in _defects(part)]:
        raise MessageError(f"it is read with defects: {', '.join(sorted(set(defects)))}")


def _check_header(message: EmailMessage, meant: Meant) -> None:
    expected = meant.form.headers(meant.recipient, meant.when)
    if message.keys() != [name for name, _ in expected]:
        raise MessageError("its header is read with other names")
    for name, value in expected[1:]:
        if str(message[name]) != value:
            raise MessageError(f"its header is read with another `{name}`")
    for name, address in (("From", meant.form.sender.address), ("To", meant.recipient.address)):
        if [mailbox.addr_spec for mailbox in message[name].addresses] != [address]:
            raise MessageError(f"its header is read with another `{name}`")


def _check_bytes(data: bytes) -> None:
    """See what a message is written in, and its frame."""
    lines = data.split(b"\r\n")
    if any(b"\n" in line or b"\r" in line for line in lines):
        raise MessageError("a line ends otherwise than in CRLF")
    if any(line.startswith(b".") for line in lines):
        raise MessageError("a line begins with a dot")
    if not data.isascii() or b"\0" in data:
        raise MessageError("it has a byte that is not ASCII text")
    if max(map(len, lines)) > _LONGEST:
        raise MessageError(f"a line has more than {_LONGEST} characters")
    if lines.count(_DELIMITER) != 2 or lines.count(_DELIMITER + b"--") != 1:  # noqa: PLR2004 - one before each part
        raise MessageError("it has other parts")
    if lines[-2:] != [_DELIMITER + b"--", b""]:
        raise MessageError("its last part does not end it")


def _sender_name(data: bytes) -> str:
    # The newer parser of Python 3.11 keeps the space between two encoded words of a name, which RFC 2047 drops.
    shown, _ = email.utils.parseaddr(email.message_from_bytes(data)["From"])
    return str(email.header.make_header(email.header.decode_header(shown)))


def _defects(part: EmailMessage) -> list[str]:
    found = [*part.defects, *(defect for _, value in part.items() for defect in value.defects)]
    return [type(defect).__name__ for defect in found]
