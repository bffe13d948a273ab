"""Where a version and its source go in a content folder; each file is put in place whole or not at all."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from smallprint.errors import UsageError
from smallprint.reading.fields import read_date
from smallprint.reading.folder import POLICY_FILE
from smallprint.whole_file import put_whole

if TYPE_CHECKING:
    from pathlib import Path

SOURCES: Final = "sources"
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_SLUG: Final = 100
_TAKEN: Final = frozenset({"rules"})
"""Folders beside the policies that hold something else."""


def check_names(slug: str, version_id: str) -> None:
    """Refuse names that a content folder cannot hold.

    Raises:
        UsageError: The policy cannot be called so, or the version is no day.
    """
    if not _SLUG.fullmatch(slug) or len(slug) > _MAX_SLUG:
        raise UsageError(f"“{slug}” cannot be the name of a policy, part of an address. Use a to z, 0 to 9 and -.")
    if slug in _TAKEN:
        raise UsageError(f"content/{slug} holds the rules of a team, and cannot be a policy. Take another name.")
    if read_date(version_id) is None:
        raise UsageError(f"“{version_id}” is no day. Name the day from which the text is in force, such as 2020-02-10.")


def version_path(content: Path, slug: str, version_id: str) -> Path:
    """Return where a version stands.

    Raises:
        UsageError: The policy's folder is a link that leads out of the content folder.
    """
    folder = content / slug
    if folder.exists() and not folder.resolve().is_relative_to(content.resolve()):
        raise UsageError(f"{folder.as_posix()} leads out of the content folder. Put the folder itself there.")
    return folder / f"{version_id}.md"


def put_version(  # noqa: PLR0913 - what is written, and where
    path: Path, markdown: str, *, source: bytes | None, suffix: str, title: str, unexplained: str = ""
) -> tuple[Path, ...]:
    """Write a version, the bytes it was made of, and a policy.yml where there is none.

    Args:
        path: where the version goes.
        markdown: its text.
        source: the bytes it was made of; none where they are the version itself.
        suffix: how the name of their file ends, such as `html`.
        title: of the policy, if it is new.
        unexplained: the words of the source that the report has no room for; empty for none.

    Returns:
        The files written.

    Raises:
        UsageError: A file cannot be written.
    """
    written: list[Path] = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        policy = path.parent / POLICY_FILE
        if source is not None:
            kept = path.parent / SOURCES / f"{path.stem}.{suffix}"
            kept.parent.mkdir(exist_ok=True)
            put_whole(kept, source)
            written.append(kept)
        told = path.parent / SOURCES / f"{path.stem}.unexplained.txt"
        if unexplained:
            told.parent.mkdir(exist_ok=True)
            put_whole(told, unexplained.encode())
            written.append(told)
        elif told.exists():
            told.unlink()  # of an import before, which this one replaces
        if not policy.exists():
            put_whole(policy, f"title: {json.dumps(title, ensure_ascii=False)}\n".encode())
            written.append(policy)
        put_whole(path, markdown.encode())
        written.append(path)
    except OSError as error:
        raise UsageError(f"{path.as_posix()} cannot be written: {error.strerror}.") from error
    return tuple(written)
