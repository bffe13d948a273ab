"""Where the links of policies lead: to clauses, versions and pages of the same content folder.

A link is written as between files: `../cookies/index.md#storage` for a clause of the text that is in force along with
this one, `../cookies/2024-01-01.md#storage` for a clause of one version, `#storage` for a clause of the same text,
`../about.md` for an ordinary page. The addresses of the site mean the same: `../cookies/#storage`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from smallprint.reading.codes import lines_of, make_fault
from smallprint.reading.fields import near_miss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Clause, Policy, Version

_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ENDING: Final = re.compile(r"(?:(?:^|/)index)?\.(?:md|html)$")
_FILES: Final = re.compile(r"(?:feed|material)\.(?:atom|json)|history\.json")
_RECORD: Final = re.compile(r"(\d{4}-\d{2}-\d{2}(?:\..+)?|changes/.+)\.json")
_MADE: Final = frozenset({"how-changes-are-judged"})
"""Pages of the site that are in no file of the content."""
_HISTORY: Final = "history"
_CHANGES: Final = "changes"
_LINKS: Final = frozenset({"a", "img"})
_MAX_HINTS: Final = 20
"""In how many faults of a policy the nearest target is looked for, which takes a while."""


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
    """Of a policy: empty for the text in force, a version's name, `history`, `changes/<old>/<new>` or a file; else the
    path of a file below the content folder."""
    anchor: str = ""
    """The part after `#`."""


def is_elsewhere(target: str) -> bool:
    """Return whether a link leads out of the content: it names a scheme or a host."""
    return bool(_ELSEWHERE.match(target))


def read_target(
    target: str, slug: str, policies: Mapping[str, object], find_file: Callable[[str], str]
) -> Target | None:
    """Return what a link of the policy in the folder `slug` names; None if that is nothing of the content.

    Args:
        target: where the link leads, as in the source.
        slug: the folder of the policy that has the link.
        policies: all policies, by their folders.
        find_file: returns the path of the ordinary file that another path names, empty if there is none.

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
    return Target(first, _ENDING.sub("", rest), anchor) if is_page else Target("", normal[-1], anchor)


def _named(path: str, policies: Mapping[str, object], find_file: Callable[[str], str]) -> tuple[str, str] | None:
    """Return the policy and page, or the ordinary file, that a path below the content folder names."""
    first, _, rest = path.partition("/")
    bare = _ENDING.sub("", rest or first)
    if not rest and bare in policies:
        return bare, ""
    if rest and first in policies and (not bare or _is_page(bare) or _FILES.fullmatch(rest) or _RECORD.fullmatch(rest)):
        return first, rest if rest.endswith((".json", ".atom")) else bare
    file = find_file("" if path == "." else path)
    if not file and _ENDING.sub("", path) in _MADE:
        file = _ENDING.sub("", path)
    return ("", file) if file else None


def _is_page(name: str) -> bool:
    return name == _HISTORY or name.startswith(f"{_CHANGES}/") or bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", name))


@dataclass(frozen=True)
class Library:
    """All that a link can lead to."""

    policies: Mapping[str, LinkedPolicy]
    """By their folders."""
    find_file: Callable[[str], str] = lambda _: ""
    """Returns the path of the ordinary file that another path names, empty if there is none."""

    def target(self, target: str, slug: str) -> Target | None:
        """Return what a link of a policy names; None if that is nothing of the content."""
        return read_target(target, slug, self.policies, self.find_file)

    def linked(self, policy: Policy) -> frozenset[str]:
        """Return the folders of the other policies that any version of a policy links to."""
        targets = {mark for version in policy.versions for clause in version.clauses for mark in targets_of(clause)}
        found = (self.target(target, policy.slug) for target in targets)
        return frozenset(target.slug for target in found if target and target.slug not in {"", policy.slug})


def targets_of(clause: Clause) -> dict[str, None]:
    """Return where the links of a clause lead, each once, in the order of the text."""
    return {
        mark.target: None
        for unit in clause.units
        for word in unit.words
        for mark in word.marks
        if mark.tag in _LINKS and not is_elsewhere(mark.target)
    }


def check_links(
    policies: Iterable[Policy], library: Library, unread: AbstractSet[str] = frozenset()
) -> Iterator[Fault]:
    """Yield a fault for each link to a clause, version or page of the content that does not exist.

    Args:
        policies: those whose links are looked at.
        library: all that they can link to.
        unread: the folders of further policies, of which nothing is known: links to them are left alone.
    """
    for policy in policies:
        hints = _Hints()
        for version in policy.versions:
            for clause in version.clauses:
                for target in targets_of(clause):
                    what, remedy = _wrong(target, version, policy, library, hints)
                    if what and not (unread and _may_lead_to(target, policy.slug, unread)):
                        is_newest = version is policy.versions[-1]
                        yield from _faults(target, version, clause, what, remedy, is_newest=is_newest)


def _may_lead_to(target: str, slug: str, unread: AbstractSet[str]) -> bool:
    found = read_target(target, slug, dict.fromkeys(unread), lambda _: "")
    return found is not None and found.slug in unread


def _wrong(target: str, version: Version, policy: Policy, library: Library, hint: _Hints) -> tuple[str, str]:
    """Return what is wrong with a link and how to mend it; nothing if it leads somewhere."""
    found = library.target(target, policy.slug)
    if found is None:
        return "", ""
    path, _, _ = target.partition("#")
    if not found.slug:
        if library.find_file(found.page) or found.page in _MADE:
            return "", ""
        return f"The link `{target}` leads to no policy and no page in the content folder.", hint.page(found, library)
    other = library.policies[found.slug]
    if not found.page:
        own = other.version(version.version_id) if found.slug == policy.slug else None
        shown = (own,) if own else other.along_with(version.effective, other_until(policy, version))
        place = "this text" if own else f"the text of “{other.title}” that is in force along with this one"
    elif known := other.version(found.page):
        shown, place = (known,), f"version {found.page} of “{other.title}”"
    elif _has_page(other, found.page):
        return "", ""
    else:
        what = f"The link `{target}` leads to a page that “{other.title}” does not have."
        return what, hint.version(found, other, policy.slug)
    anchors = list(dict.fromkeys(anchor for each in reversed(shown) for anchor in each.anchors))
    if not found.anchor or found.anchor in anchors:
        return "", ""
    what = f"The link `{target}` leads to no clause: there is no “{found.anchor}” in {place}."
    return what, hint.clause(path, found.anchor, anchors)


def other_until(policy: Policy, version: Version) -> dt.date | None:
    """Return the last day on which a version of a policy is in force; None for the newest."""
    following = policy.versions[policy.versions.index(version) + 1 :]
    start = following[0].effective if following else None
    return start - dt.timedelta(days=1) if start else None


def _has_page(policy: LinkedPolicy, page: str) -> bool:
    """Return whether a policy has a page or file beside its versions."""
    if page == _HISTORY or _FILES.fullmatch(page):
        return True
    if record := _RECORD.fullmatch(page):
        page = record[1]
        if policy.version(page):
            return True
    names = page.split("/")
    known = [version.version_id for version in policy.versions]
    if len(names) == 3 and names[0] == _CHANGES and {*names[1:]} <= {*known}:  # noqa: PLR2004 - changes/<old>/<new>
        return known.index(names[1]) < known.index(names[2])
    return False


class _Hints:
    """Says what was probably meant, as long as that does not take too long."""

    def __init__(self) -> None:
        self._left = _MAX_HINTS

    def clause(self, path: str, anchor: str, anchors: Sequence[str]) -> str:
        """Return the nearest clause."""
        near = self._near(anchor, anchors)
        return f"Did you mean `{path}#{near}`?" if near else "Name the id of a clause, or write the words without a link."

    def version(self, found: Target, other: LinkedPolicy, slug: str) -> str:
        """Return the nearest page of a policy."""
        near = self._near(found.page, [version.version_id for version in other.versions])
        folder = "" if other.slug == slug else f"../{other.slug}/"
        return f"Did you mean `{folder}{near or 'index'}.md`?"

    def page(self, found: Target, library: Library) -> str:
        """Return the nearest policy or ordinary page."""
        name = _ENDING.sub("", found.page).rpartition("/")[2]
        near = self._near(name, list(library.policies))
        if near:
            anchor = f"#{found.anchor}" if found.anchor else ""
            return f"Did you mean `../{near}/index.md{anchor}`?"
        return "Name a policy as `../<its folder>/index.md`, or write the words without a link."

    def _near(self, name: str, known: Sequence[str]) -> str:
        if self._left <= 0:
            return ""
        self._left -= 1
        return near_miss(name, known) or next(iter(difflib.get_close_matches(name, known, 1, 0.3)), "")


def _faults(
    target: str, version: Version, clause: Clause, what: str, remedy: str, *, is_newest: bool
) -> Iterator[Fault]:
    """Yield a fault for each place of a clause that has the link."""
    code = "SP420" if is_newest else "SP421"
    for line, column, width in _places(target, version, clause):
        yield make_fault(code, version.path, what, remedy, line=line, column=column, width=width, text=version.source)


def _places(target: str, version: Version, clause: Clause) -> Iterator[tuple[int, int, int]]:
    """Yield line, column and width of a link's target in the source of a clause; the clause if it cannot be found."""
    lines = lines_of(version.source)
    spellings = "|".join(re.escape(text) for text in sorted({target, unquote(target)}, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\s(<:])(?:{spellings})(?![^\s)>])")
    is_found = False
    # The target of `[words][label]` may be anywhere in the file.
    for first, last in ((clause.first_line, clause.last_line), (1, len(lines))):
        for number in range(first, min(last, len(lines)) + 1):
            for match in pattern.finditer(lines[number - 1]):
                is_found = True
                yield number, match.start() + 1, len(match.group())
        if is_found:
            return
    yield clause.first_line, 1, 1


def find_in(content: Path) -> Callable[[str], str]:
    """Return what finds ordinary files of a content folder by a path that a link names: `about/` is `about.md`."""

    def find(path: str) -> str:
        if path == ".." or path.startswith("../"):
            return ""
        ways = (path, f"{path}.md", f"{path}/index.md" if path else "index.md", _ENDING.sub("", path) + ".md")
        return next((way for way in ways if way and (content / way).is_file()), "")

    return find
