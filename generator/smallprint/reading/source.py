"""From the bytes of a file to its text: UTF-8, of a bearable size, with line ends as LF, and with no letters that lie.

What the characters of a text may be is looked at by `check_text`, which stands in `smallprint.reading.characters`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from smallprint.reading.characters import character_name, check_text
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.errors import Fault

__all__ = ["MAX_BYTES", "check_text", "decode_source", "digest_of", "read_bytes", "read_source"]

MAX_BYTES: Final = 5_000_000
"""The largest file that is read. The longest policies we know are below 300,000 bytes."""

_BOM: Final = b"\xef\xbb\xbf"
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_MAGIC: Final = (
    (b"PK\x03\x04", "a Word document or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
)
_SAMPLE: Final = 2_000
"""How many bytes are looked at to tell UTF-16 from other files with NUL bytes."""


def read_source(path: Path, shown: str) -> tuple[str, str, list[Fault]]:
    """Read a file as text.

    Args:
        path: The file.
        shown: What faults call it.

    Returns:
        The text with line ends as LF (empty where it cannot be read), the SHA-256 of the bytes in hex, and the faults:
        unreadable, too large, not UTF-8. Its characters are not looked at: see `check_text`.
    """
    data, faults = read_bytes(path, shown)
    text, more = decode_source(data, shown)
    return text, digest_of(data), faults + more


def read_bytes(path: Path, shown: str) -> tuple[bytes, list[Fault]]:
    """Read a file's bytes, but never more than `MAX_BYTES` and one."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        what = f"The file cannot be read: {reason}."
        return b"", [make_fault("SP105", shown, what, "See that it is there and that you may read it.")]
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB, which no policy is."
        remedy = "Keep only the policy's text in it; pictures and attachments belong in files of their own."
        return b"", [make_fault("SP104", shown, what, remedy)]
    return data, []


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def decode_source(data: bytes, shown: str) -> tuple[str, list[Fault]]:
    """Turn bytes into text with line ends as LF; the text is empty where they are none."""
    faults: list[Fault] = []
    if fault := _no_text(data, shown):
        return "", [fault]
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        what = "The file begins with a byte order mark (U+FEFF), which is left out of the text."
        faults.append(make_fault("SP107", shown, what, "Save the file as “UTF-8”, not as “UTF-8 with BOM”.", line=1))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", [*faults, _not_utf8(data, error.start, shown)]
    return text.replace("\r\n", "\n"), faults


def _no_text(data: bytes, shown: str) -> Fault | None:
    """Tell files that are no UTF-8 text at all from ones with a bad byte."""
    if data.startswith(_UTF_16_MARKS):
        return _utf_16(shown)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            what = f"This is {kind}, not a text file."
            return make_fault("SP103", shown, what, "Save its text as Markdown (plain text, UTF-8) in its place.")
    offset = data.find(b"\0")
    if offset < 0:
        return None
    sample = data[:_SAMPLE]
    half = len(sample) // 4
    if max(sample[0::2].count(0), sample[1::2].count(0)) > half:
        return _utf_16(shown)
    line, column, excerpt = _place(data, offset)
    what = f"U+0000 NULL stands here (byte {offset}), so this is not a text file, or a damaged one."
    fault = make_fault("SP103", shown, what, "Delete the character, or save the file as text anew.")
    return _at(fault, line, column, excerpt)


def _utf_16(shown: str) -> Fault:
    what = "The file is UTF-16 (“Unicode” in some Windows programs), not UTF-8."
    return make_fault("SP102", shown, what, "Save it anew with the encoding “UTF-8”.")


def _not_utf8(data: bytes, offset: int, shown: str) -> Fault:
    line, column, excerpt = _place(data, offset)
    byte = data[offset : offset + 1]
    meant = byte.decode("cp1252", errors="ignore")
    is_likely = meant.isprintable() and meant != ""
    guess = f" In the older encoding Windows-1252 it would be {character_name(meant)}." if is_likely else ""
    what = f"Byte {offset} of the file, 0x{byte.hex().upper()}, is not UTF-8.{guess}"
    return _at(
        make_fault("SP101", shown, what, "Save the file anew with the encoding “UTF-8”."), line, column, excerpt, 4
    )


def _place(data: bytes, offset: int) -> tuple[int, int, str]:
    """Return line, column and the line itself for a byte; bad bytes as their numbers."""
    start = data.rfind(b"\n", 0, offset) + 1
    end = data.find(b"\n", offset)
    line = data[start : len(data) if end < 0 else end].decode("utf-8", errors="backslashreplace").rstrip("\r")
    before = data[start:offset].decode("utf-8", errors="backslashreplace")
    return data.count(b"\n", 0, offset) + 1, len(before) + 1, line


def _at(fault: Fault, line: int, column: int, excerpt: str, width: int = 1) -> Fault:
    return replace(fault, line=line, column=column, excerpt=excerpt, width=width)
