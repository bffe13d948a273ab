"""What web archives and browsers put into the pages they save: toolbars, comments, the address a page had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Why
from smallprint.importing.html_blocks import Mark
from smallprint.importing.html_links import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.importing.html_tree import Element

_IDS: Final = frozenset(
    [
        "wm-ipp",
        "wm-ipp-base",
        "wm-ipp-print",
        "wm-ipp-inside",
        "donato",
        "google-cache-hdr",
        "bn-google-cache-hdr",
        "bn_google_cache_hdr",
        "__wm_toolbar",
    ]
)
_TOOLBAR: Final = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
_SAVED: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>\S{1,2000})\s*-->", re.IGNORECASE)
_HTTRACK: Final = re.compile(r"<!--\s*Mirrored from (?P<url>\S{1,2000}) by HTTrack", re.IGNORECASE)
_SINGLE_FILE: Final = re.compile(r"Page saved with SingleFile\s+url:\s*(?P<url>\S{1,2000})")
_FILED: Final = re.compile(
    r"FILE ARCHIVED ON (?P<time>\d\d:\d\d:\d\d) (?P<day>[A-Z][a-z]{2} \d{1,2}, \d{4})", re.IGNORECASE
)
_SNAPSHOT: Final = re.compile(r"https?://web\.archive\.org/web/(?P<stamp>\d{14})[a-z_]*/(?P<url>https?://[^\s\"'<>]+)")


def fence_toolbar(text: str) -> str:
    """Return a page with the toolbar of the Internet Archive in an element of its own, on the same lines.

    The comments round it are all that tells it from the page in older snapshots.
    """
    begin, end = (text.find(mark) for mark in _TOOLBAR)
    if not 0 <= begin < end:
        return text
    inner = text[begin + len(_TOOLBAR[0]) : end]
    return f'{text[:begin]}<div id="__wm_toolbar">{inner}</div>{text[end + len(_TOOLBAR[1]) :]}'


def archive_marks(root: Element) -> Iterator[tuple[Element, Mark]]:
    """Give the elements that a web archive put into a page."""
    for element in root.walk():
        name = element.get("id").lower()
        if name in _IDS or (name == "header" and _is_archive_today(element)):
            yield element, Mark(Why.ARCHIVE)


def _is_archive_today(element: Element) -> bool:
    return any("archive." in form.get("action") and "/search" in form.get("action") for form in element.find("form"))


def address_of(text: str, root: Element) -> str:
    """Return the address a page says it had, empty where it says none."""
    for pattern in (_SAVED, _SINGLE_FILE):
        if found := pattern.search(text):
            return unwrap(found["url"])
    if found := _HTTRACK.search(text):
        return f"http://{found['url']}"
    for element in root.find("link"):
        if "canonical" in element.get("rel").lower().split() and element.get("href").strip():
            return unwrap(element.get("href").strip())
    for element in root.find("meta"):
        if element.get("property").lower() == "og:url" and element.get("content").strip():
            return unwrap(element.get("content").strip())
    found = _SNAPSHOT.search(text)
    return found["url"] if found and "wm-ipp" in text else ""


def archive_note(text: str) -> str:
    """Return when a web archive took a page, as a sentence; empty where it does not say."""
    if found := _FILED.search(text):
        return f"The Internet Archive took this page on {found['day']} at {found['time']} (UTC)."
    return ""
