"""The list of what we wrote into a site: what a later build may take away again is on it, and nothing else is."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

MANIFEST = ".smallprint.json"
"""Stands in the site itself, so that it is put in place in the same instant as what it lists."""
_FORMAT = 1


class _Manifest(msgspec.Struct):
    format: int
    files: dict[str, str]


def read_manifest(site: Path) -> Mapping[str, str]:
    """Return the SHA-256 of each file we wrote, by path; nothing where there is no list that can be read."""
    try:
        manifest = msgspec.json.decode((site / MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.MsgspecError):
        return {}
    return manifest.files if manifest.format == _FORMAT else {}


def write_manifest(site: Path, digests: Mapping[str, str]) -> None:
    """Write the list into `site`."""
    manifest = _Manifest(_FORMAT, dict(sorted(digests.items())))
    (site / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def walk(site: Path, *, leave_out: AbstractSet[str] = frozenset()) -> Iterator[str]:
    """Yield the path of every file and link below `site`, with `/`; links are not followed.

    `leave_out` are names of folders in `site` that are not looked into.
    """
    folders = [""]
    while folders:
        prefix = folders.pop()
        with os.scandir(site / prefix if prefix else site) as entries:
            for entry in entries:
                path = prefix + entry.name
                if path in leave_out:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                else:
                    yield path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
