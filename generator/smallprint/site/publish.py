"""Puts a finished site in place of the old one: whole, or not at all.

MkDocs writes into a fresh folder; `Staging.settle` adds what is taken over from the last build and what others have put
into the old site; `Staging.publish` lets the two folders change places. Until then nothing in the old site is touched.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Self

from smallprint.errors import PublishError
from smallprint.site.manifest import MANIFEST, digest, read_manifest, walk, write_manifest
from smallprint.site.swap import recover, swap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from smallprint.site.record import PolicyRecord

WORK_FOLDER = ".smallprint-cache"


class Reused(NamedTuple):
    """A policy whose pages are as they were, and where they are."""

    record: PolicyRecord
    folder: Path
    can_move: bool
    """Whether the folder is nobody's, so that it can be moved rather than linked."""
    is_clean: bool
    """Whether the policy's folder in the live site holds just what we wrote."""


_NOTHING: Mapping[str, Reused] = MappingProxyType({})


class Staging:
    """The folder that one build writes into, held by one process at a time for each site.

    `folder` is where to write; `publish` puts it in place. After `discard` the next build may start.
    """

    def __init__(self, site: Path, *, work: Path | None = None) -> None:
        """Lock the site, mend what a killed build left, and make an empty folder.

        `work` is a folder on the same file system as `site`: `.smallprint-cache/<name of the site>` beside it if none
        is given.
        """
        self.site = _checked(site)
        self.work = work or self.site.parent / WORK_FOLDER / self.site.name
        self.folder = self.work / "next"
        self.spare = self.work / "spare"
        """The site before the last: folders in it that are still right are moved into the next one."""
        self._kept: dict[str, str] = {}
        self._folders: set[str] = set()
        self.digests: dict[str, str] = {}
        """The SHA-256 of each file that is ours, by path, once settled."""
        self._aside = self.work / "aside"
        try:
            self.work.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self.work / "lock", self.site)
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

    def keep(self, path: str, known: str) -> None:
        """Bring one of our files from the old site into the folder as it is; `known` is its SHA-256."""
        link_tree(self.site, self.folder, [path], self._folders)
        self._kept[path] = known

    def settle(self, reused: Mapping[str, Reused] = _NOTHING) -> int:
        """Complete the folder; return how many files of others were carried over.

        `reused` are the policies that MkDocs was not asked to write, because their pages are as in an earlier build.
        """
        with self._explained():
            self.digests = {path: self._kept.get(path) or digest(self.folder / path) for path in walk(self.folder)}
            for slug, item in reused.items():
                _place(item, self.folder / slug)
                self.digests.update({f"{slug}/{path}": value for path, value in item.record.digests.items()})
            kept = self._carry_over({slug for slug, item in reused.items() if item.is_clean})
            write_manifest(self.folder, self.digests)
        return kept

    def publish(self) -> None:
        """Put the folder in place of the site. The old site becomes the spare."""
        with self._explained():
            old = swap(self.folder, self.site, self._aside)
        with suppress(OSError):  # What cannot be removed now is removed when the next build starts.
            if self.spare.exists():
                shutil.rmtree(self.spare)
            if old:
                old.rename(self.spare)

    def discard(self) -> None:
        """Remove what was not published, and let go of the lock."""
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

    def _carry_over(self, clean: AbstractSet[str]) -> int:
        """Bring files that we did not write, or that were changed since, from the old site into the new one.

        `clean` are folders in which there are none.
        """
        if not self.site.is_dir():
            return 0
        kept = 0
        ours = read_manifest(self.site)
        for path in walk(self.site, leave_out=clean):
            if path in self.digests or path == MANIFEST:
                continue
            if path in ours and _is_unchanged(self.site / path, ours[path]):
                continue
            kept += _bring(self.site / path, self.folder / path)
        return kept

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.discard()
            raise PublishError(
                f"The new site could not be put in place: {error}. The old one still stands; building again is safe."
            ) from error

    def _clear(self) -> None:
        """Remove all but what the next build makes use of."""
        for path in self.work.iterdir():
            if path.is_dir() and path != self.spare:
                shutil.rmtree(path)
            elif path.suffix == ".part":
                path.unlink()

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


def link_tree(source: Path, target: Path, paths: Iterable[str], made: set[str] | None = None) -> None:
    """Make a folder of links to files of another; `made` are folders in it that are known to be there."""
    made = set() if made is None else made
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in made:
            (target / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        _link(f"{source}/{path}", f"{target}/{path}")


def _place(item: Reused, target: Path) -> None:
    """Bring the folder of a policy into the new site: in one step from the spare, else by a link to each file."""
    if item.can_move:
        item.folder.rename(target)
        return
    link_tree(item.folder, target, item.record.digests)


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
    _link(str(source), str(target))
    return True


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # A file system without links, or one that lets only the owner make them.
        shutil.copy2(source, target, follow_symlinks=False)
