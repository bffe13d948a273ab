"""Documents of word processors in a content folder: to be imported, and never to be published as they are.

Such a file may hold tracked changes, comments and the names of whoever worked on it.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from smallprint.reading.codes import make_fault
from smallprint.reading.fields import read_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from smallprint.errors import Fault

_READ: Final = frozenset({".docx", ".docm"})
"""Those that `smallprint import` reads as they are."""
_SUFFIXES: Final = _READ | {
    ".doc",
    ".dot",
    ".dotm",
    ".dotx",
    ".fodt",
    ".odt",
    ".ott",
    ".pages",
    ".rtf",
    ".wpd",
    ".wps",
}
_ASIDE: Final = (".", "_", "~")
_DAY: Final = re.compile(r"(?<![0-9])([0-9]{4})[^0-9]?([0-9]{2})[^0-9]?([0-9]{2})(?![0-9])")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EXAMPLE: Final = "2027-01-31"


def is_document(path: str) -> bool:
    """Return whether a path below the content folder is, or is in, a document of a word processor.

    >>> is_document("privacy/2026-01-01.docx"), is_document("Terms.pages/Index/Document.iwa"), is_document("a/b.md")
    (True, True, False)
    """
    return any(_suffix(part) in _SUFFIXES for part in path.split("/"))


def document_faults(root: Path, name: str, kept: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each document below a content folder that is not set aside.

    Args:
        root: the folder.
        name: what faults call it.
        kept: folders of a policy that hold what is not published anyway, such as the sources of imports.
    """
    for folder, folders, files in os.walk(root):
        below = PurePosixPath(os.path.relpath(folder, root).replace(os.sep, "/"))
        documents = [part for part in (*folders, *files) if is_document(part) and not part.startswith(_ASIDE)]
        folders[:] = sorted(
            part
            for part in folders
            if not part.startswith(_ASIDE) and not is_document(part) and not (len(below.parts) == 1 and part in kept)
        )
        for document in sorted(documents):
            yield _fault((below / document).as_posix(), name)


def _fault(path: str, name: str) -> Fault:
    file = PurePosixPath(path)
    slug = file.parts[0] if len(file.parts) > 1 and _SLUG.fullmatch(file.parts[0]) else "privacy"
    found = _DAY.search(file.stem)
    day = "-".join(found.groups()) if found else ""
    source = f"{name}/{path}"
    readable = f'"{source}"' if re.search(r"[^\w./-]", source, re.ASCII) else source
    command = f"smallprint import {readable} --policy {slug} --version {day if read_date(day) else _EXAMPLE}"
    what = "This is a document of a word processor, which may hold tracked changes and comments. It is not published."
    if _suffix(path) not in _READ:
        changed = str(file.with_suffix(".docx"))
        command = command.replace(path, changed)
        remedy = f"Save it as {file.stem}.docx and make a version of it: {command}"
    else:
        remedy = f"Make a version of it: {command}"
    if not read_date(day):
        remedy += ", with the day from which the text is in force"
    return make_fault("SP228", source, what, f"{remedy}. Then take the document out of the content folder.")


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
