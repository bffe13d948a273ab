"""What a build leaves behind for the next one: which pages stand in the site, and what they were made from.

A record describes one folder, known by its number in the file system: when two folders change places, each keeps its
record. Records are hints: whatever is missing or does not fit is built anew.
"""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from smallprint.errors import Fault
from smallprint.presenting.steps import Told
from smallprint.reading.links import LinkedPolicy

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = 6


class PageRecord(msgspec.Struct, frozen=True, array_like=True):
    """One page of a policy."""

    uri: str
    kind: str
    title: str
    day: str
    """What the sitemap says."""
    is_listed: bool
    """Whether the sitemap has it."""
    language: str
    """That of its policy, in which the navigation names it."""


class PolicyRecord(msgspec.Struct, frozen=True):
    """All that is in the site for one policy."""

    key: str
    """The hash of the files it was made from, and of those of the policies it links to."""
    newest: dt.date
    """The newest day it speaks of, up to the day of the build."""
    versions: int
    pages: tuple[PageRecord, ...]
    digests: dict[str, str]
    """The SHA-256 of each file we wrote, by its path below the policy's folder."""
    stamp: dict[str, tuple[int, int]]
    """Size and time of change of every file and folder, by path; the policy's folder itself is the empty path."""
    search: tuple[dict[str, Any], ...]
    """Its entries in the search index."""
    anchors: dict[str, tuple[str, ...]]
    """Which of the anchors that ordinary pages link to are there, by the source of the page they link to."""
    faults: tuple[Fault, ...]
    """Warnings about its files."""
    keys: dict[str, str]
    """What pages and files were made from, by path, where that is known."""
    told: dict[str, Told]
    """What its steps came to, by key."""
    inventory: LinkedPolicy
    """What other policies can link to."""
    linked: tuple[str, ...] = ()
    """The policies that it links to."""

    def is_as_left(self, folder: Path, path: str) -> bool:
        """Return whether one file in the policy's folder stands as it was left."""
        try:
            return path in self.digests and self.stamp.get(path) == _stamp_of(f"{folder}/{path}")
        except OSError:
            return False


class SiteRecord(msgspec.Struct, frozen=True):
    """All that is in a site."""

    shared: str
    """The hash of what all pages depend on."""
    policies: dict[str, PolicyRecord]
    faults: tuple[Fault, ...]
    """Warnings that are about no policy."""
    version: int = _FORMAT


def load_record(work: Path, folder: Path) -> SiteRecord | None:
    """Return the record of a folder, if there is one that can be read."""
    try:
        data = _path(work, folder).read_bytes()
        record = msgspec.json.decode(data, type=SiteRecord)
    except (OSError, msgspec.MsgspecError):
        return None
    return record if record.version == _FORMAT else None


def save_record(work: Path, folder: Path, record: SiteRecord) -> None:
    """Write the record of a folder."""
    path = _path(work, folder)
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(record))
    part.replace(path)


def forget_records(work: Path, *folders: Path) -> None:
    """Remove all records but those of some folders."""
    keep = {_path(work, folder).name for folder in folders if folder.is_dir()}
    for path in work.glob("record-*"):
        if path.name not in keep:
            with suppress(OSError):
                path.unlink()


def take_stamp(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of a folder and all in it."""
    stamp: dict[str, tuple[int, int]] = {}
    folders = [""]
    while folders:
        prefix = folders.pop()
        stamp[prefix] = _stamp_of(f"{folder}/{prefix}")
        with os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{prefix}{entry.name}/")
                else:
                    stamp[prefix + entry.name] = _stamp_of(entry.path)
    return stamp


def is_as_stamped(folder: Path, stamp: dict[str, tuple[int, int]]) -> bool:
    """Return whether nothing in a folder was written, added or removed since its stamp was taken."""
    try:
        return bool(stamp) and all(_stamp_of(f"{folder}/{path}") == was for path, was in stamp.items())
    except OSError:
        return False


def _stamp_of(path: str) -> tuple[int, int]:
    status = os.lstat(path)
    return status.st_size, status.st_mtime_ns


def _path(work: Path, folder: Path) -> Path:
    return work / f"record-{folder.stat().st_ino}.json"
