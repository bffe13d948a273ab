"""Links to clauses, versions and pages that do not exist, and what was probably meant."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from smallprint.reading.codes import lines_of, make_fault
from smallprint.reading.fields import near_miss
from smallprint.reading.links import no_file, read_target, targets_of, without_ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from smallprint.errors import Fault
    from smallprint.model import Clause, Policy, Version
    from smallprint.reading.links import Library, LinkedPolicy, LinkedVersion, Target

_MAX_HINTS: Final = 20
"""In how many faults of a policy the nearest target is looked for, which takes a while."""
_FAR: Final = 0.3
"""How unlike two names may be, of which one is still worth showing."""


def check_links(
    policies: Iterable[Policy],
    library: Library,
    unread: AbstractSet[str] = frozenset(),
    released: Mapping[str, AbstractSet[str]] = MappingProxyType({}),
) -> Iterator[Fault]:
    """Yield a fault for each link to a clause, version or page of the content that does not exist.

    Args:
        policies: those whose links are looked at.
        library: all that they can link to.
        unread: the folders of further policies, of which nothing is known: links to them are left alone.
        released: by policy, the names of the versions whose text may not be edited any more.
    """
    for policy in policies:
        hints = _Hints()
        for version in policy.versions:
            for clause in version.clauses:
                for target in targets_of(clause):
                    wrong = _wrong(target, version, policy, library, hints)
                    if wrong and not (unread and _may_lead_to(target, policy.slug, unread)):
                        is_open = version.version_id not in released.get(policy.slug, ())
                        code = "SP420" if is_open and version is policy.versions[-1] else "SP421"
                        for line, column, width in _places(target, version, clause):
                            yield make_fault(
                                code,
                                version.path,
                                *wrong,
                                line=line,
                                column=column,
                                width=width,
                                text=version.source,
                            )


def _may_lead_to(target: str, slug: str, unread: AbstractSet[str]) -> bool:
    found = read_target(target, slug, dict.fromkeys(unread), no_file)
    return found is not None and found.slug in unread


def _wrong(target: str, version: Version, policy: Policy, library: Library, hint: _Hints) -> tuple[str, str] | None:
    """Return what is wrong with a link and how to mend it; None if it leads somewhere."""
    found = library.target(target, policy.slug)
    if found is None:
        return None
    if not found.slug:
        what = f"The link `{target}` leads to no policy and no page in the content folder."
        return None if found.is_there else (what, hint.page(found, library))
    other = library.policies[found.slug]
    if found.page and not other.version(found.page):
        what = f"The link `{target}` leads to a page that “{other.title}” does not have."
        return None if other.has_page(found.page) else (what, hint.version(found, other, policy.slug))
    shown, place = _texts(found, other, version, policy)
    anchors = list(dict.fromkeys(anchor for each in reversed(shown) for anchor in each.anchors))
    if not found.anchor or found.anchor in anchors:
        return None
    what = f"The link `{target}` leads to no clause: there is no “{found.anchor}” in {place}."
    return what, hint.clause(target.partition("#")[0], found.anchor, anchors)


def _texts(
    found: Target, other: LinkedPolicy, version: Version, policy: Policy
) -> tuple[tuple[LinkedVersion, ...], str]:
    """Return the versions that a link to a text may lead to, and what they are called."""
    own = version.version_id if other.slug == policy.slug else ""
    if known := other.version(found.page or own):
        return (known,), f"version {known.version_id} of “{other.title}”" if found.page else "this text"
    following = policy.versions[policy.versions.index(version) + 1 :]
    start = following[0].effective if following else None
    until = start - dt.timedelta(days=1) if start else None
    along = other.along_with(version.effective, until)
    return along, f"the text of “{other.title}” that is in force along with this one"


class _Hints:
    """Says what was probably meant, as long as that does not take too long."""

    def __init__(self) -> None:
        self._left = _MAX_HINTS

    def clause(self, path: str, anchor: str, anchors: Sequence[str]) -> str:
        """Return the nearest clause."""
        near = self._near(anchor, anchors)
        return (
            f"Did you mean `{path}#{near}`?" if near else "Name the id of a clause, or write the words without a link."
        )

    def version(self, found: Target, other: LinkedPolicy, slug: str) -> str:
        """Return the nearest page of a policy."""
        near = self._near(found.page, [version.version_id for version in other.versions])
        folder = "" if other.slug == slug else f"../{other.slug}/"
        return f"Did you mean `{folder}{near or 'index'}.md`?"

    def page(self, found: Target, library: Library) -> str:
        """Return the nearest policy or ordinary page."""
        name = without_ending(found.page).rpartition("/")[2]
        near = self._near(name, list(library.policies))
        if near:
            anchor = f"#{found.anchor}" if found.anchor else ""
            return f"Did you mean `../{near}/index.md{anchor}`?"
        return "Name a policy as `../<its folder>/index.md`, or write the words without a link."

    def _near(self, name: str, known: Sequence[str]) -> str:
        if self._left <= 0:
            return ""
        self._left -= 1
        return near_miss(name, known) or next(iter(difflib.get_close_matches(name, known, 1, _FAR)), "")


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
