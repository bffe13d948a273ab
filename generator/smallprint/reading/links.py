"""Where the links of policies lead: to clauses, versions and pages of the same content folder.

A link is written as between files: `../cookies/index.md#storage` for a clause of the text that is in force along with
this one, `../cookies/2024-01-01.md#storage` for a clause of one version, `#storage` for a clause of the same text,
`../about.md` for an ordinary page. The addresses of the site mean the same: `../cookies/#storage`.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from smallprint.model import Clause, Policy
    from smallprint.text import Block

FindFile = Callable[[str], str | None]
"""Returns what an ordinary page or file is known by, given a path that a link names; None if there is none."""

_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ENDING: Final = re.compile(r"(?:(?:^|/)index)?\.(?:md|html)$")
_FILES: Final = re.compile(r"(?:feed|material)\.(?:atom|json)|history\.json")
_RECORD: Final = re.compile(r"(\d{4}-\d{2}-\d{2}(?:\..+)?|changes/.+)\.json")
_MADE: Final = "how-changes-are-judged"
"""A page of the site that is in no file of the content."""
_HISTORY: Final = "history"
_CHANGES: Final = "changes"
_LINKS: Final = frozenset({"a", "img"})

_targets: dict[Block, tuple[str, ...]] = {}
"""Block → where its links lead, for the life of the process: versions share most of their blocks."""


@dataclass(frozen=True, slots=True)
class LinkedVersion:
    """What has to be known of a version to link to it."""

    version_id: str
    effective: dt.date | None
    published: dt.date | None
    anchors: tuple[str, ...]
    """Of its clauses, in the order of the text."""


@dataclass(frozen=True, slots=True)
class LinkedPolicy:
    """What has to be known of a policy to link to it."""

    slug: str
    title: str
    language: str
    versions: tuple[LinkedVersion, ...]
    """Oldest first."""

    def version(self, name: str) -> LinkedVersion | None:
        """Return the version of a name."""
        return next((version for version in self.versions if version.version_id == name), None)

    def until(self, version: LinkedVersion) -> dt.date | None:
        """Return the last day on which a version is in force; None for the newest."""
        following = self.versions[self.versions.index(version) + 1 :]
        start = following[0].effective if following else None
        return start - dt.timedelta(days=1) if start else None

    def has_page(self, page: str) -> bool:
        """Return whether there is a page or file beside those of the versions, on a site that has all of them."""
        if page == _HISTORY or _FILES.fullmatch(page):
            return True
        if record := _RECORD.fullmatch(page):
            page = record[1]
            if self.version(page):
                return True
        names = page.split("/")
        known = [version.version_id for version in self.versions]
        if len(names) == 3 and names[0] == _CHANGES and {*names[1:]} <= {*known}:  # noqa: PLR2004 - changes/<old>/<new>
            return known.index(names[1]) < known.index(names[2])
        return False

    def along_with(self, start: dt.date | None, until: dt.date | None) -> tuple[LinkedVersion, ...]:
        """Return the versions in force on any day from `start` to `until`, oldest first; the first one if none is.

        Args:
            start: the first day; None if it is not known, and all versions may be meant.
            until: the last day; None if there is no end.
        """
        found = tuple(
            version
            for version in self.versions
            if not (until and version.effective and version.effective > until)
            and not (start and (last := self.until(version)) and last < start)
        )
        return found or self.versions[:1]


def linked_policy(policy: Policy) -> LinkedPolicy:
    """Return what has to be known of a policy to link to it."""
    versions = (
        LinkedVersion(
            version.version_id,
            version.effective,
            version.published,
            tuple(clause.anchor for clause in version.clauses),
        )
        for version in policy.versions
    )
    return LinkedPolicy(policy.slug, policy.title, policy.language, tuple(versions))


@dataclass(frozen=True, slots=True)
class Target:
    """What a link within the content names, whether or not that exists."""

    slug: str
    """The folder of the policy; empty for an ordinary page or another file."""
    page: str
    """Of a policy: empty for the text in force, a version's name, `history`, `changes/<old>/<new>` or a file; else what
    an ordinary page is known by, or the path at which there is none."""
    anchor: str = ""
    """The part after `#`."""
    is_there: bool = True
    """Whether an ordinary page exists."""


def no_file(_path: str) -> str | None:
    """Find no ordinary page."""
    return None


def is_elsewhere(target: str) -> bool:
    """Return whether a link leads out of the content: it names a scheme or a host."""
    return bool(_ELSEWHERE.match(target))


def read_target(target: str, slug: str, policies: Mapping[str, object], find_file: FindFile) -> Target | None:
    """Return what a link of the policy in the folder `slug` names; None if that is nothing of the content.

    Args:
        target: where the link leads, as in the source.
        slug: the folder of the policy that has the link.
        policies: all policies, by their folders.
        find_file: finds ordinary pages.

    Returns:
        The target; for a link to no known file one without a policy. A link to another place of the host (`/about`) is
        none of ours, unless there is such a page.
    """
    if is_elsewhere(target):
        return None
    path, _, anchor = target.partition("#")
    path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
    if not path:
        return Target(slug, "", anchor)
    is_rooted = path.startswith("/")
    ways = [path.lstrip("/")] if is_rooted else [f"{slug}/{path}", path]
    normal = list(dict.fromkeys(map(posixpath.normpath, ways)))
    for way in normal:
        found = _named(way, policies, find_file)
        if found is not None:
            return Target(found[0], found[1], anchor)
    if is_rooted:
        return None
    first, _, rest = normal[0].partition("/")
    # A page that a policy does not have, unless it is a policy that was not found beside this one.
    is_page = first in policies and (first != slug or "/" in rest or rest[:1].isdigit())
    return Target(first, _ENDING.sub("", rest), anchor) if is_page else Target("", normal[-1], anchor, is_there=False)


def _named(path: str, policies: Mapping[str, object], find_file: FindFile) -> tuple[str, str] | None:
    """Return the policy and page, or the ordinary file, that a path below the content folder names."""
    first, _, rest = path.partition("/")
    bare = _ENDING.sub("", rest or first)
    if not rest and bare in policies:
        return bare, ""
    if rest and first in policies and (not bare or _is_page(bare) or _FILES.fullmatch(rest) or _RECORD.fullmatch(rest)):
        return first, rest if rest.endswith((".json", ".atom")) else bare
    file = find_file("" if path == "." else path)
    if file is None and _ENDING.sub("", path) == _MADE:
        file = f"{_MADE}/"
    return None if file is None else ("", file)


def _is_page(name: str) -> bool:
    return name == _HISTORY or name.startswith(f"{_CHANGES}/") or bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", name))


@dataclass(frozen=True)
class Library:
    """All that a link can lead to."""

    policies: Mapping[str, LinkedPolicy]
    """By their folders."""
    find_file: FindFile = no_file

    def target(self, target: str, slug: str) -> Target | None:
        """Return what a link of a policy names; None if that is nothing of the content."""
        return read_target(target, slug, self.policies, self.find_file)

    def linked(self, policy: Policy) -> frozenset[str]:
        """Return the folders of the other policies that any version of a policy links to."""
        targets = {mark for version in policy.versions for clause in version.clauses for mark in targets_of(clause)}
        found = (self.target(target, policy.slug) for target in targets)
        return frozenset(target.slug for target in found if target and target.slug not in {"", policy.slug})


def targets_of(clause: Clause) -> dict[str, None]:
    """Return where the links of a clause lead within the content, each once, in the order of the text."""
    return {target: None for block in clause.blocks for target in _targets_of(block)}


def _targets_of(block: Block) -> tuple[str, ...]:
    known = _targets.get(block)
    if known is None:
        marks = (mark for unit in block.units for word in unit.words for mark in word.marks if mark.tag in _LINKS)
        known = tuple(dict.fromkeys(mark.target for mark in marks if not is_elsewhere(mark.target)))
        _targets[block] = known
    return known


def without_ending(path: str) -> str:
    """Return the path of a page without `.md`, `.html` or `index` at its end."""
    return _ENDING.sub("", path)


def ways_to(path: str) -> tuple[str, ...]:
    """Return the files that a path below the content folder may name: `about` may be `about.md`."""
    if not path:
        return ("index.md",)
    return path, f"{path}.md", f"{path}/index.md", f"{_ENDING.sub('', path)}.md"


def find_in(content: Path) -> FindFile:
    """Return what finds ordinary files of a content folder by a path that a link names: `about/` is `about.md`."""

    def find(path: str) -> str | None:
        if path == ".." or path.startswith("../"):
            return None
        return next((way for way in ways_to(path) if (content / way).is_file()), None)

    return find
