"""A file of any size → its lines, with little of it in memory at a time, and the hash of all its bytes.

A line that cannot be read is no reason to lose the others: it comes as a `BadLine`. What shows that the whole file is
something else than text, such as UTF-16 or a spreadsheet, stops the reading.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.reading.characters import character_name
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from smallprint.errors import Fault

MAX_LINE: Final = 65_536
"""The longest line that is read, in bytes."""
_BLOCK: Final = 262_144
_BOM: Final = b"\xef\xbb\xbf"
_SAMPLE: Final = 2_000
_IN_UTF8: Final = "Save it anew with the encoding “UTF-8”."
_EXPORT: Final = "Export its table as CSV with the encoding “UTF-8”."
_FOREIGN: Final = (
    (b"\xff\xfe", "The file is UTF-16 (“Unicode” in some Windows programs), not UTF-8.", _IN_UTF8),
    (b"\xfe\xff", "The file is UTF-16 (“Unicode” in some Windows programs), not UTF-8.", _IN_UTF8),
    (b"\x00\x00\xfe\xff", "The file is UTF-32, not UTF-8.", _IN_UTF8),
    (b"PK\x03\x04", "This is a spreadsheet or another packed file, not a text file.", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "This is an old spreadsheet or document, not a text file.", _EXPORT),
    (b"%PDF", "This is a PDF, not a text file.", _EXPORT),
    (b"\x1f\x8b", "The file is compressed (gzip).", "Unpack it first."),
)
"""How a file begins that is no text in UTF-8, what it is, and the remedy."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be made sense of. Holds nothing of what stands there, as that may be an address."""

    line: int
    """From 1."""
    column: int
    """From 1, in characters; 0 where it is about the line as a whole."""
    what: str
    remedy: str

    def fault(self, shown: str, code: str = "SP703") -> Fault:
        """Return the same as a fault of the file that is called `shown`."""
        return make_fault(code, shown, self.what, self.remedy, line=self.line, column=self.column)


class Lines:
    """The lines of a file, read once from its beginning to its end."""

    def __init__(self, path: Path, shown: str, code: str) -> None:
        """Take the file, what faults call it, and the code of the fault that the whole file has."""
        self.count = 0
        """How many lines were read so far."""
        self._path = path
        self._shown = shown
        self._code = code
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes read so far in hex."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[tuple[int, str | BadLine]]:
        """Yield each line with its number, without its end, which is LF or CR LF.

        Raises:
            ContentError: The file cannot be read, or is no text in UTF-8.
        """
        for lines in self._blocks():
            first, self.count = self.count + 1, self.count + len(lines)
            yield from enumerate(lines, first)

    def _blocks(self) -> Iterator[list[str] | list[str | BadLine]]:
        try:
            with self._path.open("rb") as file:
                kept = b""
                for block in self._bytes(file):
                    whole, end, rest = (kept + block).rpartition(b"\n")
                    # Of a line that is too long for us no more is kept than shows that it is.
                    kept = rest[: MAX_LINE + 1]
                    if end:
                        yield self._decoded(whole)
                if kept:
                    yield self._decoded(kept)
        except OSError as error:
            what = f"The file cannot be read: {(error.strerror or str(error)).lower()}."
            raise self._refused(what, "See that it is there and that you may read it.") from None

    def _bytes(self, file: BinaryIO) -> Iterator[bytes]:
        """Yield the bytes of a file in blocks, without a byte order mark."""
        is_first = True
        while block := file.read(_BLOCK):
            self._hash.update(block)
            if is_first:
                self._check_kind(block)
            if (offset := block.find(b"\0")) >= 0:
                what = "U+0000 NULL stands on this line, so this is not a text file, or a damaged one."
                line = self.count + block.count(b"\n", 0, offset) + 1
                raise self._refused(what, "Export it anew, or find out what damaged it.", line)
            yield block.removeprefix(_BOM) if is_first else block
            is_first = False

    def _check_kind(self, start: bytes) -> None:
        for magic, what, remedy in _FOREIGN:
            if start.startswith(magic):
                raise self._refused(what, remedy)
        sample = start[:_SAMPLE]
        if max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 4:
            raise self._refused(_FOREIGN[0][1], _IN_UTF8)

    def _decoded(self, block: bytes) -> list[str] | list[str | BadLine]:
        """Return the lines of a block; each that cannot be read as what is wrong with it."""
        lines = block.split(b"\n")
        if max(map(len, lines)) <= MAX_LINE:
            try:
                return block.decode("utf-8").replace("\r\n", "\n").removesuffix("\r").split("\n")
            except UnicodeDecodeError:
                pass
        return [_decoded_line(line, number) for number, line in enumerate(lines, self.count + 1)]

    def _refused(self, what: str, remedy: str, line: int = 0) -> ContentError:
        return ContentError([make_fault(self._code, self._shown, what, remedy, line=line)])


def _decoded_line(line: bytes, number: int) -> str | BadLine:
    if len(line) > MAX_LINE:
        what = f"The line is longer than {MAX_LINE // 1024} KB."
        return BadLine(number, 0, what, "See whether line ends or a closing quotation mark are missing here.")
    try:
        return line.decode("utf-8").removesuffix("\r")
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8")) + 1
        byte = line[error.start : error.start + 1]
        meant = byte.decode("cp1252", errors="ignore")
        is_likely = meant.isprintable() and meant != ""
        guess = f" In the older encoding Windows-1252 it would be {character_name(meant)}." if is_likely else ""
        what = f"The byte 0x{byte.hex().upper()} is not UTF-8.{guess}"
        return BadLine(number, column, what, "Save the file anew with the encoding “UTF-8”.")
