"""Puts one folder in the place of another in one step, as far as the system can."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def swap(new: Path, live: Path, aside: Path) -> Path | None:
    """Put the folder `new` at `live`; return where the folder is now that stood there, or none if there was none.

    Where the system can exchange two folders, readers see the old or the new one at every instant. Where it cannot,
    the old one is moved to `aside` first; should the program end between the two moves, `recover` undoes the first.
    """
    if not live.exists():
        new.rename(live)
        old = None
    elif exchange(new, live):
        old = new
    else:
        live.rename(aside)
        try:
            new.rename(live)
        except BaseException:
            recover(live, aside)
            raise
        old = aside
    sync_folder(live.parent)
    return old


def recover(live: Path, aside: Path) -> None:
    """Put back what an interrupted `swap` had moved aside."""
    if aside.exists() and not live.exists():
        aside.rename(live)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; return whether the system can."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:  # a C library older than glibc 2.28
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    if renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
