"""What went over the wire, as a log: exact after a crash of the process, worthless after one of the machine.

The ledger says of a few recipients at once that they are being sent to, since each of its commits waits for the disk.
The log says of each of them when the message began and what the server answered. It is written without waiting: what a
process has handed to the kernel outlives it, and is lost only with the machine. So after a crash of the process the
ledger is put right from the log, and after one of the machine all who were being sent to are unknown.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_BEGUN: Final = "B"
_ANSWERED: Final = "A"
_ACCEPTED: Final = "accepted"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the log says of one recipient."""

    outcome: str = ""
    """As `Outcome` has it; empty where the message began and no answer was read."""
    code: str = ""


class WireLog:
    """The log of one run, while it is written. Threads may share it: each line is one write."""

    def __init__(self, path: Path, token: str) -> None:
        """Begin a log in the place of the one of an earlier run.

        Args:
            path: the file; readable by its owner alone.
            token: the name of the run, which the ledger has too.
        """
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        self._file = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._is_cut = False
        self._write(f"{token} {boot()}\n".encode("ascii"))
        os.fsync(self._file)
        part.replace(path)

    def begun(self, number: int) -> None:
        """Note that the next thing sent may bring the message to a recipient.

        Raises:
            OSError: It could not be noted; nothing may be sent.
        """
        self._write(b"%s %d\n" % (_BEGUN.encode("ascii"), number))

    def answered(self, number: int, outcome: str, code: str) -> None:
        """Note what came of it.

        Raises:
            OSError: It could not be noted.
        """
        self._write(f"{_ANSWERED} {number} {outcome} {code}\n".encode("ascii", "replace"))

    def _write(self, line: bytes) -> None:
        # The last block of a disk takes the beginning of a line and no error is raised. Whoever stands on such a line
        # would count as never begun, and so would those behind it, whose lines would run on in it.
        if self._is_cut or os.write(self._file, line) != len(line):
            self._is_cut = True
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        """Let go; the file stays, to tell a later run that nothing is missing."""
        os.close(self._file)


@dataclass(frozen=True, slots=True)
class Log:
    """The log of an earlier run, as far as it is known."""

    token: str
    """The name of that run."""
    is_exact: bool
    """Whether the machine has run ever since, so that nothing of the log is lost."""


def read_head(path: Path) -> Log | None:
    """Return whose log it is; none where there is none, or its beginning cannot be read."""
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            words = file.readline(200).split()
    except OSError:
        return None
    if len(words) != 2:  # noqa: PLR2004 - the token and the boot
        return None
    return Log(words[0], words[1] == boot() != "unknown")


def read_log(path: Path, wanted: Collection[int]) -> Mapping[int, Seen]:
    """Return what a log says of some recipients, the last thing of each; those never begun are left out."""
    seen: dict[int, Seen] = {}
    with path.open(encoding="ascii", errors="replace") as file:
        next(file, "")
        for line in file:
            # A line that was cut off was never followed by anything.
            kind, _, rest = line.partition(" ") if line.endswith("\n") else ("", "", "")
            number, _, said = rest.rstrip("\n").partition(" ")
            if kind not in {_BEGUN, _ANSWERED} or not number.isdecimal() or int(number) not in wanted:
                continue
            outcome, _, code = said.partition(" ")
            seen[int(number)] = Seen(outcome, code)
    return seen


def read_accepted(path: Path) -> Iterator[int]:
    """Yield the number of each recipient whose message was accepted, as a log tells it; of any size."""
    start = f"{_ANSWERED} "
    with path.open(encoding="ascii", errors="replace") as file:
        next(file, "")
        for line in file:
            if line.startswith(start):
                _, number, outcome, *_ = [*line.split(" ", 3), "", ""]
                if outcome == _ACCEPTED and number.isdecimal():
                    yield int(number)


def boot() -> str:
    """Return a name for the time since this machine was started; `unknown` where the system has none."""
    try:
        return _BOOT.read_text(encoding="ascii").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "unknown"
