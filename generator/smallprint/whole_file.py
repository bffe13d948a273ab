"""A file put in place whole or not at all: whoever reads it meets the old one or the new one, also after a crash."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def put_whole(path: Path, data: bytes) -> None:
    """Write a file in the place of the one that may be there, whose mode it keeps.

    Args:
        path: the file; its folder is there.
        data: all that it is to hold.

    Raises:
        OSError: It could not be written; what stood there stands, and nothing else is left behind.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
