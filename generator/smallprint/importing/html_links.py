"""Where links lead: addresses made whole, and freed of what a web archive put before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

_ARCHIVED: Final = re.compile(
    r"^(?:(?:https?:)?//(?:web\.archive\.org|(?:www\.)?webarchive\.org\.uk|arquivo\.pt))?/(?:web|wayback)/\d{4,14}[a-z_]{0,4}/"
    r"(?P<url>(?:https?:|mailto:|ftp:|//|www\.).*)$",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE_TODAY: Final = re.compile(
    r"^https?://archive\.(?:ph|today|is|li|vn|fo|md)/o/\w+/(?P<url>https?://.*)$", re.DOTALL
)
_KEPT: Final = frozenset({"http", "https", "mailto", "tel", "ftp"})
_MAX_TARGET: Final = 2_000


@dataclass(frozen=True, slots=True)
class Links:
    """How the links of a page are read."""

    base: str = ""
    """The address they are relative to; empty where it is not known."""

    def target(self, href: str) -> str:
        """Return where a link leads, empty where it leads nowhere that may be kept."""
        href = re.sub(r"[\t\r\n]", "", unwrap(href.strip()))
        if not href or href == "#" or len(href) > _MAX_TARGET:
            return ""
        if href.startswith("#"):
            return href
        try:
            whole = urljoin(self.base, href) if self.base else href
            parts = urlsplit(whole)
            if self.base and parts.fragment and whole.partition("#")[0] == self.base.partition("#")[0]:
                return f"#{parts.fragment}"
        except ValueError:
            return ""
        return whole.replace(" ", "%20") if not parts.scheme or parts.scheme.lower() in _KEPT else ""


def unwrap(href: str) -> str:
    """Return an address without the web archive that stands before it.

    >>> unwrap("/web/20060618153955/http://www.ibackup.com/policy_new.htm")
    'http://www.ibackup.com/policy_new.htm'
    """
    for _ in range(3):
        found = _ARCHIVED.match(href) or _ARCHIVE_TODAY.match(href)
        if not found:
            break
        href = found["url"]
        if href.startswith("//"):
            href = f"http:{href}"
    return href
