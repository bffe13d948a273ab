"""The list of what we wrote into a site: what a later build may take away again is on it, and nothing else is."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST = ".smallprint.json"
"""Stands in the site itself, so that it is put in place in the same instant as what it lists."""
_FORMAT = 1


def read_manifest(site: Path) -> Mapping[str, str]:
    """Return the SHA-256 of each file we wrote, by path; nothing where there is no list that can be read."""
    try:
        data = json.loads((site / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict) or data.get("format") != _FORMAT or not isinstance(data.get("files"), dict):
        return {}
    return {str(path): str(digest) for path, digest in data["files"].items()}


def write_manifest(site: Path, digests: Mapping[str, str]) -> None:
    """Write the list into `site`."""
    data = {"format": _FORMAT, "files": dict(sorted(digests.items()))}
    (site / MANIFEST).write_bytes(f"{json.dumps(data, indent=0)}\n".encode())


def walk(site: Path) -> Iterator[str]:
    """Yield the path of every file and link below `site`, with `/`; links are not followed."""
    folders = [""]
    while folders:
        prefix = folders.pop()
        with os.scandir(site / prefix if prefix else site) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                else:
                    yield path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
