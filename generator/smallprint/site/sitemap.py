"""The sitemap: each page's address with the newest day of what it shows, never the day of the build."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable


class Entry(NamedTuple):
    """One address and the day its page last changed, empty where there is none."""

    url: str
    day: str


def sitemap(entries: Iterable[Entry]) -> bytes:
    """Return `sitemap.xml` with the entries sorted by address."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for entry in sorted(set(entries)):
        day = f"<lastmod>{entry.day}</lastmod>" if entry.day else ""
        lines.append(f"<url><loc>{escape(entry.url)}</loc>{day}</url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()
