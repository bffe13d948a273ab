"""Puts a finished site in place of the old one: whole, or not at all.

MkDocs writes into a fresh folder; `Staging.publish` carries over what others have put into the old site, and lets the
two folders change places. Until then nothing in the old site is touched.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Self

from smallprint.errors import PublishError
from smallprint.site.manifest import MANIFEST, digest, read_manifest, walk, write_manifest
from smallprint.site.swap import recover, swap

WORK_FOLDER = ".smallprint-cache"


class Staging:
    """The folder that one build writes into, held by one process at a time for each site.

    `folder` is where to write. After `publish` or `discard` it is gone, and the next build may start.
    """

    def __init__(self, site: Path, *, work: Path | None = None) -> None:
        """Lock the site, mend what a killed build left, and make an empty folder.

        `work` is a folder on the same file system as `site`: `.smallprint-cache/<name of the site>` beside it if none
        is given.
        """
        self.site = _checked(site)
        self._work = work or self.site.parent / WORK_FOLDER / self.site.name
        self.folder = self._work / "next"
        self._aside = self._work / "aside"
        try:
            self._work.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self._work / "lock", self.site)
        except OSError as error:
            raise PublishError(
                f"Cannot prepare a folder beside {self.site}: {error}. Nothing was written. "
                "Give this user the right to write there, or build into another folder with --site-dir."
            ) from error
        try:
            recover(self.site, self._aside)
            self._clear()
            self.folder.mkdir()
            if self.site.is_dir():
                shutil.copymode(self.site, self.folder)
        except BaseException as error:
            self._unlock()
            if isinstance(error, OSError):
                raise PublishError(f"Cannot prepare {self.folder}: {error}. Nothing was written.") from error
            raise

    def publish(self) -> int:
        """Put the folder in place of the site; return how many files of others were carried over."""
        try:
            kept = self._carry_over()
            swap(self.folder, self.site, self._aside)
        except OSError as error:
            self.discard()
            raise PublishError(
                f"The new site could not be put in place: {error}. The old one still stands; building again is safe."
            ) from error
        self.discard()
        return kept

    def discard(self) -> None:
        """Remove the folder, or the old site that has changed places with it, and let go of the lock."""
        if self._lock < 0:
            return
        with suppress(OSError):  # What cannot be removed now is removed when the next build starts.
            recover(self.site, self._aside)
            self._clear()
        self._unlock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def _carry_over(self) -> int:
        """Bring files that we did not write, or that were changed since, from the old site into the new one."""
        digests = {path: digest(self.folder / path) for path in walk(self.folder)}
        kept = 0
        if self.site.is_dir():
            ours = read_manifest(self.site)
            for path in walk(self.site):
                if path in digests or path == MANIFEST:
                    continue
                if path in ours and _is_unchanged(self.site / path, ours[path]):
                    continue
                kept += _bring(self.site / path, self.folder / path)
        write_manifest(self.folder, digests)
        return kept

    def _clear(self) -> None:
        for leftover in (self.folder, self._aside):
            if leftover.exists():
                shutil.rmtree(leftover)

    def _unlock(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _checked(site: Path) -> Path:
    """Return where `site` really is, if a folder can change places with it there."""
    real = Path(os.path.realpath(site))
    if real.exists() and not real.is_dir():
        raise PublishError(f"{site} is a file; the site needs a folder. Name another with --site-dir.")
    if real.parent == real or os.path.ismount(real):
        raise PublishError(
            f"{site} is where a disk is mounted, and no other folder can take its place. Build into a folder inside it."
        )
    return real


def _locked(path: Path, site: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        owner = os.read(handle, 20).decode("ascii", "replace").strip()
        os.close(handle)
        raise PublishError(
            f"Another build of {site} is running (process {owner or 'unknown'}). Wait until it has ended."
        ) from error
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    return handle


def _is_unchanged(path: Path, expected: str) -> bool:
    return not path.is_symlink() and digest(path) == expected


def _bring(source: Path, target: Path) -> bool:
    """Link or copy `source` to `target`; return false where the new site has a file in the way."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    if target.is_dir():
        return False
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # A file system without links, or one that lets only the owner make them.
        shutil.copy2(source, target, follow_symlinks=False)
    return True
