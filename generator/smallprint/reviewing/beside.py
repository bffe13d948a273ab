"""A folder that stands beside the versions of a policy → the files in it that are, or were meant to be, of one kind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from smallprint.reading.codes import make_fault
from smallprint.reading.source import read_source

if TYPE_CHECKING:
    import re
    from pathlib import Path

    from smallprint.errors import Fault


def file_names(folder: Path, shown: str, like: re.Pattern[str]) -> tuple[list[str], list[Fault]]:
    """Return the names of files in order, without those that are hidden or set aside by `.` or `_`, and the faults.

    Args:
        folder: the folder, which need not be there.
        shown: what faults call it.
        like: what the names look like.
    """
    if folder.is_symlink() and not _is_within(folder, folder):
        return [], [_leads_out(shown)]
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith((".", "_")))
    except FileNotFoundError:
        return [], []
    except OSError as error:
        what = f"The folder cannot be read: {(error.strerror or str(error)).lower()}."
        return [], [make_fault("SP105", shown, what, "See that it is a folder and that you may read it.")]
    return [name for name in names if like.fullmatch(name)], []


def read_beside(path: Path, shown: str) -> tuple[str | None, list[Fault]]:
    """Return the text of a file in such a folder, none where it has none or leads out of the content, and the faults.

    Its characters are not looked at.
    """
    if path.is_symlink() and not _is_within(path, path.parent):
        return None, [_leads_out(shown)]
    text, _, faults = read_source(path, shown)
    return (None if faults and not text else text), faults


def _is_within(path: Path, folder: Path) -> bool:
    """Tell whether a file or folder stands in the content folder, which holds that of the policy."""
    try:
        return path.resolve(strict=True).is_relative_to(folder.parent.parent.resolve())
    except (OSError, RuntimeError):
        # A link to nothing is told of when it is opened.
        return True


def _leads_out(shown: str) -> Fault:
    what = "This is a link to something that is not in the content folder."
    return make_fault("SP106", shown, what, "Put the file itself here in place of the link.")
