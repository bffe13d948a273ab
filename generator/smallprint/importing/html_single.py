"""A page that a browser saved as a single file (`.mhtml`) → the page in it."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from email.message import Message

_HEAD: Final = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
_END: Final = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD: Final = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page as bytes, with what is told beside it."""

    data: bytes
    url: str = ""
    encoding: str = ""


def is_single_file(data: bytes) -> bool:
    """Tell whether bytes are a page saved as a single file."""
    head = data[:_LONGEST_HEAD].lstrip()
    found = _HEAD.match(head.replace(b"\r\n", b"\n"))
    return (
        found is not None
        and re.search(rb"^content-type:\s*multipart/related", found[0], re.IGNORECASE | re.MULTILINE) is not None
    )


def page_in(data: bytes) -> Page:
    """Return the first page in a single file; bytes that are none are the page themselves."""
    if not is_single_file(data):
        return Page(data)
    whole, body = _split(data.lstrip())
    boundary = whole.get_boundary()
    if not boundary:
        return Page(data)
    for part in body.split(b"--" + boundary.encode("utf-8", "replace"))[1:]:
        head, inner = _split(part.lstrip())
        if head.get_content_type() in {"text/html", "application/xhtml+xml"}:
            url = head.get("Content-Location", "") or whole.get("Snapshot-Content-Location", "")
            return Page(_decoded(inner, head), str(url).strip(), head.get_content_charset(""))
    return Page(data)


def _split(data: bytes) -> tuple[Message, bytes]:
    end = _END.search(data)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    return BytesHeaderParser().parsebytes(head[:_LONGEST_HEAD] + b"\n\n"), body


def _decoded(data: bytes, head: Message) -> bytes:
    how = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    if how == "quoted-printable":
        return quopri.decodestring(data)
    if how == "base64":
        try:
            return base64.b64decode(data)
        except (binascii.Error, ValueError):
            return data
    return data
