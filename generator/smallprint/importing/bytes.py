"""The bytes of a source: read within bounds, and told apart by what they begin with."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.importing.decoding import Decoded, decode, decode_fully
from smallprint.importing.html_single import is_single_file
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["MAX_BYTES", "Decoded", "SourceKind", "decode", "decode_fully", "kind_of", "read_bytes", "read_stream"]

MAX_BYTES: Final = 20_000_000
"""The largest source that is read. The largest saved pages of policies we know are below 2,000,000 bytes."""


class SourceKind(StrEnum):
    """What can be imported."""

    HTML = "html"
    DOCX = "docx"
    MARKDOWN = "markdown"
    TEXT = "text"


_MARK: Final = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_HEAD: Final = 4_096
"""How many bytes at the beginning tell what a file is."""
_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (
    (b"%PDF", "a PDF", "Open it, copy its text into a text file, and import that."),
    (b"{\\rtf", "a rich text document", "Open it in Word or LibreOffice and save it as .docx."),
    (_OLD, "an old Word document (.doc)", "Open it in Word or LibreOffice and save it as .docx."),
    (b"PK\x05\x06", "an empty packed file", "Import the file that was to be in it."),
    (b"\x1f\x8b", "a packed file (gzip)", "Unpack it and import what is in it."),
    (b"BZh", "a packed file (bzip2)", "Unpack it and import what is in it."),
    (b"7z\xbc\xaf", "a packed file (7z)", "Unpack it and import what is in it."),
    (b"\x89PNG", "a picture", "Type its text into a text file, and import that."),
    (b"\xff\xd8\xff", "a picture", "Type its text into a text file, and import that."),
    (b"GIF8", "a picture", "Type its text into a text file, and import that."),
    (b"WARC/", "a file of a web archive (WARC)", "Take the page out of it and import that."),
    (b"bplist", "a Safari web archive", "Save the page as “Page Source” and import that."),
)
_PAGE: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|frameset)\b", re.IGNORECASE)
_TAGS: Final = re.compile(
    rb"<(?:p|div|br|table|td|font|center|h[1-6]|ul|ol|section|article|span)\b[^<>]{0,300}>", re.IGNORECASE
)
_FEW_TAGS: Final = 3
_PAGE_NAMES: Final = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")
_MARKDOWN_NAMES: Final = (".md", ".markdown", ".mdown", ".mkd")
_MARKDOWN: Final = re.compile(
    r"^(?:#{1,6} \S|[=-]{3,}[ ]*$|```|> \S|\s{0,3}[*+-] \S|\|.*\|[ ]*$)|\*\*\S[^*\n]*\*\*|\[[^\]\n]+\]\([^)\n]+\)",
    re.MULTILINE,
)


_SURE_MARKDOWN: Final = re.compile(
    r"(?P<heading>^#{1,6} [^#\s].*$)|(?P<bold>\*\*\S[^*\n]*\*\*)"
    r"|(?P<link>\[[^\]\n]+\]\((?:https?:|mailto:|[#/])[^)\n]*\))"
    r"|(?P<table>^[ ]{0,3}\|?[ ]*:?-{3,}:?[ ]*\|[-:| ]*$)|(?P<fence>^```)|(?P<front>\A\ufeff?---\s*\n\w+:)"
    r"|(?P<escape>^\W{0,8}\d+\\\.)|(?P<quote>^> \*[^*\n]+)",
    re.MULTILINE,
)
"""What no text has that is not Markdown; two kinds of it make a text file one."""


def read_bytes(path: Path, shown: str) -> bytes:
    """Read a file, but never more than `MAX_BYTES` and one.

    Args:
        path: The file.
        shown: What faults call it.

    Raises:
        ContentError: It cannot be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            return read_stream(file, shown)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        what = f"The file cannot be read: {reason}."
        raise ContentError(
            [make_fault("SP600", shown, what, "See that it is there and that you may read it.")]
        ) from error


def read_stream(stream: BinaryIO, shown: str) -> bytes:
    """Read what comes from a stream, such as the standard input.

    Raises:
        ContentError: It is too large.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        what = f"The source is larger than {MAX_BYTES // 1_000_000} MB, which no policy is."
        remedy = "Save the policy's text without pictures and attachments, and import that."
        raise ContentError([make_fault("SP601", shown, what, remedy)])
    return data


def kind_of(data: bytes, name: str) -> SourceKind:
    """Tell what a source is: by what it begins with, and by its name only where that leaves it open.

    Args:
        data: Its bytes.
        name: The name of the file, as faults call it too; may be empty.

    Raises:
        ContentError: It is nothing that can be imported.
    """
    head = data[:_HEAD]
    if head.startswith(_ZIP):
        if b"word/" in data or b"[Content_Types].xml" in data:
            return SourceKind.DOCX
        raise _refused(name, "a packed file", "Unpack it and import what is in it.")
    if head.startswith(_OLD) and _ENCRYPTED in data:
        return SourceKind.DOCX  # whose reader says that it opens with a password only
    for magic, kind, remedy in _OTHERS:
        if head.startswith(magic):
            raise _refused(name, kind, remedy)
    head = _MARK.sub(b"", head).replace(b"\0", b"").lstrip()
    low = name.lower()
    if low.endswith(_MARKDOWN_NAMES):
        return SourceKind.HTML if re.match(rb"<(?:!doctype|html)\b", head, re.IGNORECASE) else SourceKind.MARKDOWN
    if is_page(head) or is_single_file(data) or low.endswith(_PAGE_NAMES):
        return SourceKind.HTML
    text = data[:MAX_BYTES].decode("utf-8", errors="replace")
    if low.endswith(".txt"):
        signs = {found.lastgroup for found in _SURE_MARKDOWN.finditer(text[:200_000])}
        return SourceKind.MARKDOWN if len(signs) > 1 else SourceKind.TEXT
    return SourceKind.MARKDOWN if len(_MARKDOWN.findall(text[:200_000])) > 1 else SourceKind.TEXT


def is_page(head: bytes) -> bool:
    """Tell whether bytes begin like a web page."""
    return head.startswith(b"<") and (bool(_PAGE.search(head)) or len(_TAGS.findall(head)) >= _FEW_TAGS)


def _refused(shown: str, kind: str, remedy: str) -> ContentError:
    return ContentError([make_fault("SP602", shown, f"This is {kind}, which cannot be imported.", remedy)])
