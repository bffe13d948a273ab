"""The addresses of everything that is published about a policy, below the site's root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from smallprint.model import Version

JUDGING_URI: Final = "how-changes-are-judged/"
"""The page of the site that tells how changes are judged."""

SITE_FEEDS: Final = ("feed.atom", "feed.json")
"""The feeds over all policies of a site."""


def policy_uri(slug: str) -> str:
    """Return the address of the version in force."""
    return f"{slug}/"


def version_uri(slug: str, version: Version) -> str:
    """Return the lasting address of one version."""
    return f"{slug}/{version.version_id}/"


def redline_uri(slug: str, old: Version, new: Version) -> str:
    """Return the address of the changes between two versions."""
    return f"{slug}/changes/{old.version_id}/{new.version_id}/"


def history_uri(slug: str) -> str:
    """Return the address of the list of all versions."""
    return f"{slug}/history/"


def beside(uri: str, suffix: str) -> str:
    """Return the address of another form of a page: `p/history/` and `.json` give `p/history.json`."""
    return uri.rstrip("/") + suffix


def feed_uri(slug: str, suffix: str) -> str:
    """Return the address of a feed, `.atom` or `.json`."""
    return f"{slug}/feed{suffix}"


def material_uri(slug: str, suffix: str) -> str:
    """Return the address of the feed of material changes, `.atom` or `.json`."""
    return f"{slug}/material{suffix}"


def relative_uri(from_page_uri: str, to_uri: str, anchor: str = "") -> str:
    """Return the link that leads from one page to another address of the same site, below whatever path it is served.

    >>> relative_uri("p/changes/2006/2008/", "p/2008/", "collection")
    '../../../2008/#collection'
    >>> relative_uri("p/", "p/"), relative_uri("p/", "p/", "collection")
    ('./', '#collection')
    """
    fragment = with_anchor("", anchor)
    if from_page_uri == to_uri and fragment:
        return fragment
    start = from_page_uri.split("/")[:-1]
    *folders, name = to_uri.split("/")
    common = 0
    while common < min(len(start), len(folders)) and start[common] == folders[common]:
        common += 1
    path = "../" * (len(start) - common) + "".join(f"{folder}/" for folder in folders[common:]) + name
    return (path or "./") + fragment


def with_anchor(uri: str, anchor: str) -> str:
    """Return the address of a place in a page; anchors of texts without ids may be in any script.

    >>> with_anchor("p/2008/", "collection"), with_anchor("p/2008/", "über-uns"), with_anchor("p/2008/", "")
    ('p/2008/#collection', 'p/2008/#%C3%BCber-uns', 'p/2008/')
    """
    return f"{uri}#{quote(anchor, safe='!$&()*+,;=:@/?-._~')}" if anchor else uri
