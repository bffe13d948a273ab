"""What an import has made and needs again later, kept in a file without a name and not in memory."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from weakref import finalize


@dataclass(frozen=True, slots=True)
class Saved:
    """Bytes that were put aside; `read` returns them as often as asked."""

    spool: Spool
    start: int
    size: int

    def read(self) -> bytes:
        """Return the bytes."""
        return self.spool.get(self.start, self.size)


class Spool:
    """A temporary file that only this process sees, and that vanishes with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once nothing refers to the spool any more
        finalize(self, self._file.close)
        self._end = 0

    def put(self, data: bytes) -> Saved:
        """Put bytes aside."""
        self._file.seek(self._end)
        self._file.write(data)
        saved = Saved(self, self._end, len(data))
        self._end += len(data)
        return saved

    def get(self, start: int, size: int) -> bytes:
        """Return bytes that were put aside."""
        self._file.seek(start)
        return self._file.read(size)
