"""The links of texts in HTML: each leads to what it names, from whatever page shows it.

A link is first made with its target as in the source, which is the same on all pages. Where it leads from one page is
known once that page is made: a link from an old version leads to the version of the other policy that was in force
along with it, and one that leads nowhere is shown without a link.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.presenting.addresses import policy_uri, redline_uri, relative_uri, version_uri
from smallprint.presenting.dates import date_in_words
from smallprint.reading.links import is_elsewhere, linked_policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.model import Version
    from smallprint.presenting.standing import Standing
    from smallprint.reading.links import LinkedPolicy, LinkedVersion, Target

_OPENING: Final = re.compile(r'<a( class="image")? href="([^"]*)"(?: title="([^"]*)")?>')
"""A link of a text; those that pages add have other attributes too."""
_REMOVED: Final = re.compile(r"<del\b.*?</del>|<[^>]*>", re.DOTALL)


def link_opening(target: str, title: str, *, is_image: bool) -> str:
    """Return what is before the words of a link.

    Args:
        target: where it leads, as in the source.
        title: what the source says of it.
        is_image: whether its words are those of an image.
    """
    kind = ' class="image"' if is_image else ""
    shown = f' title="{escape(title)}"' if title else ""
    return f'<a{kind} href="{escape(target)}"{shown}>'


class _End(NamedTuple):
    """Where a link leads from a page."""

    href: str
    note: str = ""
    """Says which version it leads to, if that is not plain."""


class Links:
    """The links of one page."""

    def __init__(self, standing: Standing, page_uri: str, new: Version, old: Version | None = None) -> None:
        """Begin with what the page shows.

        Args:
            standing: the policy of the page.
            page_uri: the address of the page.
            new: the version whose text it shows, or the newer one of two.
            old: the older one.
        """
        self._standing, self._page_uri = standing, page_uri
        self._versions = {"new": new, "old": old or new}
        self._ends: dict[tuple[str, str], _End | None] = {}

    def settle(self, parts: Sequence[str]) -> list[str]:
        """Return the parts of the page's HTML, with links that lead to what they name."""
        return [_OPENING.sub(self._opening, part) for part in parts]

    def _opening(self, match: re.Match[str]) -> str:
        kind, target, title = match[1] or "", unescape(match[2]), match[3] or ""
        if is_elsewhere(target):
            return match.group()
        side = "old" if _is_removed(match) else "new"
        key = side, target
        if key not in self._ends:
            self._ends[key] = self._end(target, self._versions[side])
        end = self._ends[key]
        if end is None:
            return f"<a{kind}>"
        note = escape(end.note)
        title = f"{title} ({note})" if title and note else title or note
        return f'<a{kind} href="{escape(end.href)}"' + (f' title="{title}">' if title else ">")

    def _end(self, target: str, version: Version) -> _End | None:
        standing = self._standing
        found = standing.library.target(target, standing.policy.slug)
        if found is None:
            return _End(target)
        if found.slug == standing.policy.slug and found.is_there:
            return self._within(found, version)
        if not found.slug:
            return self._to(found.page, found.anchor) if found.is_there and standing.policy.slug else None
        other = self._public(found.slug)
        return self._to_other(found, other, version) if other else None

    def _to(self, uri: str, anchor: str = "", note: str = "") -> _End:
        return _End(relative_uri(self._page_uri, uri, anchor), note)

    def _within(self, found: Target, version: Version) -> _End | None:
        """Lead to a clause of the text itself, which the page shows, or to another page of its policy."""
        standing = self._standing
        slug = standing.policy.slug
        if not found.page and found.anchor:
            is_there = any(clause.anchor == found.anchor for clause in version.clauses)
            return self._to(self._page_uri, found.anchor) if is_there else None
        if not slug:
            return None
        if not found.page:
            return self._to(policy_uri(slug) if version is standing.current else version_uri(slug, version))
        other = self._public(slug)
        return self._to_page(found, other) if other else None

    def _to_other(self, found: Target, other: LinkedPolicy, version: Version) -> _End | None:
        """Lead to the text of another policy that is in force along with a version, or to another of its pages."""
        if found.page:
            return self._to_page(found, other)
        standing = self._standing
        shown = _in_force(other, standing) or other.versions[0]
        along = other.along_with(version.effective, standing.until(version))
        first = shown if version is standing.current else along[0]
        # The one in force when the text took effect comes first, then those that followed it.
        for each in dict.fromkeys((first, *along)):
            if found.anchor in _anchors(each, other, is_policy_page=each is shown):
                return self._to_text(other, each, found.anchor, is_shown=each is shown)
        return self._to_text(other, first, "", is_shown=first is shown)

    def _to_text(self, other: LinkedPolicy, version: LinkedVersion, anchor: str, *, is_shown: bool) -> _End:
        standing = self._standing
        if is_shown:
            return self._to(policy_uri(other.slug), anchor)
        day = date_in_words(version.effective, other.language) if version.effective else version.version_id
        # An attribute is in one language.
        pattern = "{policy}, {date}" if standing.parts.words_language else standing.wording.link_then
        note = pattern.format(policy=other.title, date=day)
        return self._to(f"{other.slug}/{version.version_id}/", anchor, note)

    def _to_page(self, found: Target, other: LinkedPolicy) -> _End | None:
        """Lead to a version by its name, to the history, to a comparison or to a file."""
        if version := other.version(found.page):
            return self._to(f"{other.slug}/{found.page}/", found.anchor if found.anchor in version.anchors else "")
        if found.page == "history":
            return self._to(f"{other.slug}/history/", found.anchor)
        page = found.page.removesuffix(".json")
        if page.startswith("changes/"):
            if not self._has_redline(other, *page.split("/")[1:]):
                return None
            return self._to(f"{other.slug}/{found.page}" + ("" if page != found.page else "/"), found.anchor)
        is_there = page in {"feed.atom", "material.atom", "feed", "material", "history"} or other.version(page)
        return self._to(f"{other.slug}/{found.page}") if is_there else None

    def _has_redline(self, other: LinkedPolicy, old: str = "", new: str = "", *more: str) -> bool:
        """Return whether a comparison has a page for sure."""
        standing = self._standing
        names = [version.version_id for version in other.versions]
        if more or old not in names or new not in names:
            return False
        if other.slug == standing.policy.slug:
            pair = standing.versions[names.index(old)], standing.versions[names.index(new)]
            return standing.has_redline(*pair) and redline_uri(other.slug, *pair).endswith(f"{old}/{new}/")
        current = _in_force(other, standing)
        is_usual = standing.against_current and current is not None and current.version_id in {old, new}
        return names.index(new) - names.index(old) > 0 and (names.index(new) - names.index(old) == 1 or is_usual)

    def _public(self, slug: str) -> LinkedPolicy | None:
        """Return a policy with the versions that have a page; None if there is none."""
        standing = self._standing
        known = linked_policy(standing.policy) if slug == standing.policy.slug else standing.library.policies[slug]
        versions = tuple(each for each in known.versions if each.published is None or each.published <= standing.as_of)
        return replace(known, versions=versions) if versions else None


def _is_removed(opening: re.Match[str]) -> bool:
    """Return whether all words of a link are removed ones, so that it is a link of the old side."""
    html = opening.string
    inner = html[opening.end() : html.find("</a>", opening.end())]
    return "<del" in inner and not _REMOVED.sub("", inner).strip()


def _in_force(policy: LinkedPolicy, standing: Standing) -> LinkedVersion | None:
    """Return the version in force on the day of the site."""
    past = [version for version in policy.versions if version.effective and version.effective <= standing.as_of]
    return past[-1] if past else None


def _anchors(version: LinkedVersion, policy: LinkedPolicy, *, is_policy_page: bool) -> set[str]:
    """Return what the page of a text has: that of the policy itself has a line for each clause that is gone."""
    earlier = policy.versions[: policy.versions.index(version)] if is_policy_page else ()
    return {anchor for each in (version, *earlier) for anchor in each.anchors}
