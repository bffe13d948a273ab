"""One sender a ledger: the second is refused, and the lock of one that died is free at once."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING, Final, Self

from smallprint.errors import NoticeError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_TRIES: Final = 10
_PAUSE: Final = 0.05
"""Seconds between tries: whoever asks how a sending stands holds the lock for an instant."""


class SenderLock:
    """A lock that the kernel holds for this process, and lets go when it ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the name of the lock file."""
        self._path = path
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            NoticeError: Someone else has it, or a new plan has taken the place of the one that it was for.
        """
        handle = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            holder = os.read(handle, 32).decode("ascii", "replace").strip()
            os.close(handle)
            raise NoticeError(
                f"Someone is sending from this ledger already (process {holder or 'unknown'}). "
                "Wait for it, or end it; two at once would write to people twice."
            ) from error
        if not _is_in_place(handle, self._path):
            os.close(handle)
            raise NoticeError(
                f"{self._path.parent} was planned anew in this very moment. Look at the plan, then begin again."
            )
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the lock go. The file stays: were it deleted, two could each lock one of that name."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    for tries_left in reversed(range(_TRIES)):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if not tries_left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _is_in_place(handle: int, path: Path) -> bool:
    """Tell whether the file that was locked is still the one of that name: another one is no longer ours."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def is_sending(path: Path) -> bool:
    """Tell whether someone holds the lock now."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
