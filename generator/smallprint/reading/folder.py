"""What the files of a content folder are, by their names alone: policies, versions, translations, and mistakes."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from smallprint.errors import Severity
from smallprint.reading.codes import make_fault
from smallprint.reading.documents import document_faults
from smallprint.reading.fields import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.errors import Fault

POLICY_FILE: Final = "policy.yml"
RELEASED_FILE: Final = "published.json"
"""Says what released versions said, in the folder of a policy."""
_OTHER_FOLDERS: Final = frozenset({"reviews", "notices", "sources"})
"""Folders of a policy that hold something else than versions."""
_TEXT_SUFFIXES: Final = (".md", ".markdown", ".mdown", ".mkd", ".txt")
_POLICY_FILE_LIKE: Final = re.compile(r"policy\.ya?ml(?:\.txt)?", re.IGNORECASE)
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.md")
_TRANSLATION: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md")
_DATE_LIKE: Final = re.compile(r"(?<![0-9])([0-9]{4})[^0-9]?([0-9]{1,2})[^0-9]?([0-9]{1,2})(?![0-9])")
_MAX_SLUG: Final = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A version by its name."""

    path: Path
    shown: str
    """`content/privacy/2020-02-10.md`."""
    version_id: str


@dataclass(slots=True)
class PolicyFolder:
    """A policy's folder by the names in it."""

    slug: str
    shown: str
    """`content/privacy`."""
    policy_file: Path | None = None
    """Its policy.yml; none where that cannot be read."""
    versions: list[Found] = field(default_factory=list)
    is_policy: bool = False
    """Whether a policy.yml is there."""
    near: str = ""
    """The name of a file that was probably meant to be policy.yml."""
    faults: list[Fault] = field(default_factory=list)
    is_like_policy: bool = False
    """Whether a file in it is named like a version."""


def scan_content(content: Path) -> tuple[list[PolicyFolder], list[Fault]]:
    """Find the policies in a content folder, in the order of their names, and what is misplaced or misnamed."""
    root = content.resolve()
    name = root.name or "content"
    folders: list[PolicyFolder] = []
    faults: list[Fault] = []
    for entry in _entries(root):
        shown = f"{name}/{entry.name}"
        if fault := _leads_out(entry, root, shown):
            faults.append(fault)
        elif entry.is_dir():
            folder = _scan_folder(entry, root, shown)
            faults += folder.faults
            if folder.is_policy:
                folders.append(folder)
        elif _VERSION.fullmatch(entry.name):
            what = f"{entry.name} stands in no policy's folder, so it would not be published."
            remedy = f"Move it into the folder of its policy, such as {name}/privacy/{entry.name}."
            faults.append(make_fault("SP222", shown, what, remedy))
    return folders, [*faults, *document_faults(root, name, _OTHER_FOLDERS)]


def _scan_folder(entry: os.DirEntry[str], root: Path, shown: str) -> PolicyFolder:
    folder = PolicyFolder(entry.name, shown)
    misnamed: list[Fault] = []
    try:
        files = list(_entries(Path(entry.path)))
    except OSError as error:
        what = f"The folder cannot be read: {(error.strerror or str(error)).lower()}."
        folder.faults.append(make_fault("SP105", shown, what, "See that you may read it."))
        return folder
    for file in files:
        _scan_file(file, root, folder, misnamed)
    if folder.is_policy:
        folder.faults += misnamed
        if not folder.versions and not any(fault.severity is Severity.ERROR for fault in folder.faults):
            what = "The policy has no version."
            remedy = f"Put its text into {shown}/2020-02-10.md, named after the day it takes effect."
            folder.faults.append(make_fault("SP225", f"{shown}/{POLICY_FILE}", what, remedy))
        folder.faults += _bad_slug(folder)
    elif folder.is_like_policy or folder.near:
        what = f"This looks like the folder of a policy, but has no {POLICY_FILE}."
        add = f"Add {shown}/{POLICY_FILE} with a line `title: …`."
        remedy = f"Rename {folder.near} to {POLICY_FILE}." if folder.near else add
        folder.faults += [make_fault("SP220", shown, what, remedy), *misnamed]
    return folder


def _scan_file(file: os.DirEntry[str], root: Path, folder: PolicyFolder, misnamed: list[Fault]) -> None:
    """Tell what one file of a folder is."""
    shown = f"{folder.shown}/{file.name}"
    if file.name in _OTHER_FOLDERS:
        return
    folder.is_policy |= file.name == POLICY_FILE
    if fault := _leads_out(file, root, shown):
        folder.faults.append(fault)
    elif file.is_dir() and file.name != POLICY_FILE:
        folder.faults += _nested(file, shown)
    elif file.is_file():
        _scan_plain_file(file, shown, folder, misnamed)
    elif file.name.lower().endswith((*_TEXT_SUFFIXES, POLICY_FILE)):
        what = "This is no ordinary file."
        folder.faults.append(make_fault("SP105", shown, what, "Put an ordinary file in its place, or delete it."))


def _scan_plain_file(file: os.DirEntry[str], shown: str, folder: PolicyFolder, misnamed: list[Fault]) -> None:
    version = _VERSION.fullmatch(file.name)
    if file.name == POLICY_FILE:
        folder.policy_file = Path(file.path)
    elif version and read_date(version[1]):
        folder.is_like_policy = True
        folder.versions.append(Found(Path(file.path), shown, version[1]))
    elif translation := _TRANSLATION.fullmatch(file.name):
        folder.is_like_policy = True
        what = f"Translations are not published yet, so this one ({translation[2]}) is left out."
        misnamed.append(make_fault("SP223", shown, what, "Leave it where it is, or begin its name with `_`."))
    elif file.name.lower().endswith(_TEXT_SUFFIXES):
        folder.is_like_policy |= bool(_DATE_LIKE.search(file.name))
        misnamed += _misnamed(file.name, shown)
    elif _POLICY_FILE_LIKE.fullmatch(file.name):
        folder.near = file.name


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield what is in a folder, by name, without what is hidden or set aside by `.` or `_`."""
    with os.scandir(folder) as entries:
        yield from sorted((e for e in entries if not e.name.startswith((".", "_"))), key=lambda e: e.name)


def _leads_out(entry: os.DirEntry[str], root: Path, shown: str) -> Fault | None:
    """Return a fault for a link that leads out of the content folder, or nowhere."""
    if not entry.is_symlink():
        return None
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return make_fault("SP105", shown, "This is a link to something that is not there.", "Delete the link.")
    if target.is_relative_to(root):
        return None
    what = f"This is a link to {target}, which is not in the content folder."
    return make_fault("SP106", shown, what, "Put the file itself here in place of the link.")


def _nested(entry: os.DirEntry[str], shown: str) -> Iterator[Fault]:
    """Yield a fault for a policy one folder too deep, where nobody would look for it."""
    try:
        names = [file.name for file in _entries(Path(entry.path))]
    except OSError:
        return
    if any(name == POLICY_FILE or _VERSION.fullmatch(name) for name in names):
        what = "Policies and versions one folder too deep are not read."
        remedy = "Let the folder of each policy stand directly in the content folder, with its versions directly in it."
        yield make_fault("SP224", shown, what, remedy)


def _bad_slug(folder: PolicyFolder) -> Iterator[Fault]:
    if _SLUG.fullmatch(folder.slug) and len(folder.slug) <= _MAX_SLUG:
        return
    better = "-".join(re.findall(r"[a-z0-9]+", folder.slug.lower()))[:_MAX_SLUG].strip("-")
    what = f"“{folder.slug}” cannot be part of an address; letters a to z, digits and single hyphens can."
    remedy = f"Rename the folder, for example to {better}." if better else "Rename the folder, for example to privacy."
    yield make_fault("SP221", folder.shown, what, remedy)


def _misnamed(name: str, shown: str) -> Iterator[Fault]:
    """Yield the fault of a text file in a policy's folder that is named like no version."""
    like = _DATE_LIKE.search(name)
    better = f"{like[1]}-{int(like[2]):02}-{int(like[3]):02}" if like else ""
    if _VERSION.fullmatch(name):
        what = f"{name} is named after a day that is not in the calendar."
        remedy = "Rename it to the day it takes effect, year-month-day."
    elif read_date(better):
        what = f"{name} is not named as a version is, so it would not be published."
        remedy = f"Rename it to {better}.md; if it is no version, begin its name with `_`."
    else:
        what = f"{name} is not named after a day, so it would not be published."
        remedy = (
            "Rename it to the day it takes effect, such as 2020-02-10.md; if it is no version, begin its name with `_`."
        )
    yield make_fault("SP222", shown, what, remedy)


def released_versions(folder: Path) -> frozenset[str]:
    """Return the names of the versions of a policy that were released; none if nothing can be read of them.

    Only names are read here. What the file says of them, and what is wrong with it, is a matter of reviewing.
    """
    try:
        data = json.loads((folder / RELEASED_FILE).read_bytes())
        return frozenset(data["versions"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()
