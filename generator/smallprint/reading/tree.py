"""A content folder → all its policies with all their versions, or all that is wrong with them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, Severity, UsageError
from smallprint.reading.codes import make_fault
from smallprint.reading.folder import POLICY_FILE, Found, PolicyFolder, released_versions, scan_content
from smallprint.reading.link_faults import check_links
from smallprint.reading.links import Library, find_in, linked_policy
from smallprint.reading.policy import parse_policy
from smallprint.reading.source import decode_source, digest_of, read_bytes, read_source
from smallprint.reading.succession import Succession, check_succession
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from smallprint.errors import Fault
    from smallprint.model import Policy, Version, VersionId
    from smallprint.reading.links import LinkedPolicy

_NONE_KNOWN: Final[Mapping[str, LinkedPolicy]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tree:
    """All that is published from."""

    policies: tuple[Policy, ...]
    """In the order of their folders' names."""
    faults: tuple[Fault, ...]
    """Warnings only."""


_Key = tuple[str, str, str]
"""Digest, shown path and language: what a version is made of."""
_Entry = tuple["Version | None", "tuple[Fault, ...]"]

_memo: dict[_Key, _Entry] = {}
"""The versions of the tree read last, so that reading it again after one change (as `serve` does) parses one file."""


def read_tree(
    content: Path,
    *,
    skip: AbstractSet[str] = frozenset(),
    known: Mapping[str, LinkedPolicy] = _NONE_KNOWN,
    is_whole: bool = True,
) -> Tree:
    """Read every policy below a content folder.

    Args:
        content: the folder.
        skip: the folders of policies that are not read, because they are known to be as they were.
        known: what links can lead to in policies that are not read; without it, links to these are not checked.
        is_whole: whether the folder holds all that links lead to; if not, no link is checked.

    Raises:
        UsageError: There is no such folder, or no policy in it.
        ContentError: Anything that is read is wrong; holds all faults of all files read, warnings too.
    """
    global _memo  # noqa: PLW0603 - one for the process, replaced as a whole
    if not content.is_dir():
        kind = "is a file, not a folder" if content.exists() else "does not exist"
        raise UsageError(
            f"The content folder {content.as_posix()} {kind}. Name the folder that holds the folders of your policies."
        )
    try:
        folders, faults = scan_content(content)
    except OSError as error:
        raise UsageError(f"The content folder {content.as_posix()} cannot be read: {error.strerror}.") from error
    memo: dict[_Key, _Entry] = {}
    policies = []
    for folder in folders:
        if folder.slug not in skip:
            policy, more = _read_policy(folder, memo)
            policies.append(policy)
            faults += more
    _memo = memo
    if is_whole and not _has_error(faults):
        faults += _link_faults(policies, content, {folder.slug for folder in folders}, known)
    shown = tuple(sorted(_as_named(fault, content) for fault in faults))
    if any(fault.severity is Severity.ERROR for fault in shown):
        raise ContentError(shown)
    if not folders:
        raise UsageError(
            f"There is no policy in {content.as_posix()}. Make a folder for one, with a file {POLICY_FILE} that has a "
            "line `title: Privacy Policy`, and a file such as 2020-02-10.md, named after the day the text takes effect."
        )
    return Tree(tuple(policies), shown)


def check_tree(content: Path, before: Callable[[int], object]) -> None:
    """Find what `read_tree` would find, with no more than some versions in memory at a time.

    Args:
        content: the folder.
        before: called before each version is read, with the size of its file.

    Raises:
        ContentError: As in `read_tree`.
    """
    folders, faults = scan_content(content)
    for folder in folders:
        policy, more = _read_policy_file(folder)
        faults += more
        found = {found.version_id: found for found in folder.versions}
        succession = Succession(lru_cache(maxsize=2)(partial(_again, found, policy.language)))
        of_succession: list[Fault] = []
        is_whole = True
        for name in sorted(found):
            before(found[name].path.stat().st_size)
            version, of_version = _parse(found[name], *read_bytes(found[name].path, found[name].shown), policy.language)
            faults += of_version
            if version is None:
                is_whole = False
            else:
                of_succession += succession.add(version, is_faulty=_has_error(of_version))
        faults += of_succession if is_whole else []
    shown = tuple(sorted(_as_named(fault, content) for fault in faults))
    if any(fault.severity is Severity.ERROR for fault in shown):
        raise ContentError(shown)


def _again(found: Mapping[str, Found], language: str, name: VersionId) -> Version:
    """Read a version once more, one that could be read before."""
    version, _ = _parse(found[name], *read_bytes(found[name].path, found[name].shown), language)
    assert version is not None  # noqa: S101 - nobody else writes there
    return version


def _link_faults(
    policies: Sequence[Policy], content: Path, slugs: AbstractSet[str], known: Mapping[str, LinkedPolicy]
) -> Iterator[Fault]:
    """Yield the links that lead nowhere; where a policy was not read, links to it are not looked at."""
    linked = {slug: known[slug] for slug in slugs & known.keys()}
    linked |= {policy.slug: linked_policy(policy) for policy in policies}
    unread = slugs - linked.keys()
    released = {policy.slug: released_versions(content / policy.slug) for policy in policies}
    yield from check_links(policies, Library(linked, find_in(content)), unread, released)


def _read_policy(folder: PolicyFolder, memo: dict[_Key, _Entry]) -> tuple[Policy, list[Fault]]:
    policy, faults = _read_policy_file(folder)
    versions: list[Version] = []
    faulty: set[str] = set()
    is_whole = True
    for found in folder.versions:
        version, more_faults = _read_version(found, policy.language, memo)
        faults += more_faults
        if _has_error(more_faults):
            faulty.add(found.version_id)
        if version is None:
            is_whole = False
        else:
            versions.append(version)
    versions.sort(key=lambda version: (str(version.effective), version.version_id))
    faults += _same_day(versions)
    if is_whole:
        faults += check_succession(versions, faulty)
    return replace(policy, versions=tuple(versions)), faults


def _read_policy_file(folder: PolicyFolder) -> tuple[Policy, list[Fault]]:
    """Read what does not change with a version."""
    path = f"{folder.shown}/{POLICY_FILE}"
    text = ""
    faults: list[Fault] = []
    if folder.policy_file:
        text, _, faults = read_source(folder.policy_file, path)
    is_read = folder.policy_file is not None and not _has_error(faults)
    policy, more = parse_policy(text, path=path, slug=folder.slug)
    return policy, faults + (more if is_read else [])


def _read_version(found: Found, language: str, memo: dict[_Key, _Entry]) -> _Entry:
    """Read a version, or take it from the last reading; none where its file is no text."""
    data, faults = read_bytes(found.path, found.shown)
    if faults:
        return None, tuple(faults)
    key = (digest_of(data), found.shown, language)
    entry = _memo.get(key)
    memo[key] = entry = entry or _parse(found, data, [], language)
    return entry


def _parse(found: Found, data: bytes, faults: Sequence[Fault], language: str) -> _Entry:
    """Return the version that the bytes of a file are, if they could be read without faults."""
    if faults:
        return None, tuple(faults)
    text, more = decode_source(data, found.shown)
    version = None
    if not _has_error(more):
        version, of_version = parse_version(
            text, path=found.shown, version_id=found.version_id, digest=digest_of(data), language=language
        )
        more += of_version
    return version, tuple(more)


def _same_day(versions: list[Version]) -> list[Fault]:
    """Note versions that would be in force from one day on."""
    faults = []
    for old, new in pairwise(versions):
        if old.effective == new.effective:
            what = f"Version {old.version_id} is in force from {old.effective} too; only one of the two can be."
            remedy = "Give each version a day of its own."
            faults.append(make_fault("SP226", new.path, what, remedy))
    return faults


def _has_error(faults: list[Fault] | tuple[Fault, ...]) -> bool:
    return any(fault.severity is Severity.ERROR for fault in faults)


def _as_named(fault: Fault, content: Path) -> Fault:
    """Name a fault's file as it can be opened from the current folder.

    Versions themselves carry a path that begins with the content folder's own name, the same on every machine.
    """
    _, _, below = fault.path.partition("/")
    return replace(fault, path=(shown_folder(content) / below).as_posix())


def shown_folder(content: Path) -> Path:
    """Return a content folder as it can be opened from the current folder."""
    if content.is_absolute():
        with suppress(ValueError, OSError):
            return content.relative_to(Path.cwd())
    return content
