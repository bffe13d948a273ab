"""A policy → its feeds: Atom 1.0 (RFC 4287) and JSON Feed 1.1, one entry a version, with its changes in words.

Every date comes from the content and every id from the names of policy and version, so the same content gives the same
bytes. Without the address of the site links are relative, which Atom allows; ids never depend on it.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from smallprint.presenting.addresses import feed_uri, history_uri, policy_uri, redline_uri, relative_uri, version_uri
from smallprint.presenting.steps import NEWEST
from smallprint.presenting.summary import ChangeLine

if TYPE_CHECKING:
    from smallprint.model import Version
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.steps import Steps


_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:smallprint:policies")
_NO_DAY = "1970-01-01"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What both formats say of a version."""

    ident: str
    title: str
    day: str
    uri: str
    """The page that shows what changed, the text itself for the first version."""
    text_uri: str
    summary: str
    html: str


def atom_feed(standing: Standing, steps: Steps, site_url: str = "") -> bytes:
    """Return the Atom feed of a policy."""
    own = feed_uri(standing.policy.slug, ".atom")
    entries = _entries(standing, steps, own, site_url)
    author = standing.policy.publisher or standing.policy.title
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(standing.policy.language)}>',
        f"  <id>{_ident(standing)}</id>",
        f"  <title>{escape(standing.wording.feed_title.format(policy=standing.name))}</title>",
        f"  <updated>{_instant(max((entry.day for entry in entries), default=_NO_DAY))}</updated>",
        f"  <author><name>{escape(author)}</name></author>",
        _atom_link("self", _address(own, own, site_url), "application/atom+xml"),
        _atom_link("alternate", _address(own, history_uri(standing.policy.slug), site_url), "text/html"),
    ]
    for entry in entries:
        lines += [
            "  <entry>",
            f"    <id>{entry.ident}</id>",
            f"    <title>{escape(entry.title)}</title>",
            f"    <published>{_instant(entry.day)}</published>",
            f"    <updated>{_instant(entry.day)}</updated>",
            "  " + _atom_link("alternate", entry.uri, "text/html"),
            "  " + _atom_link("related", entry.text_uri, "text/html"),
            f"    <summary>{escape(entry.summary)}</summary>",
            f'    <content type="html">{escape(entry.html)}</content>',
            "  </entry>",
        ]
    lines.append("</feed>\n")
    return "\n".join(lines).encode()


def json_feed(standing: Standing, steps: Steps, site_url: str = "") -> bytes:
    """Return the JSON Feed of a policy."""
    policy = standing.policy
    own = feed_uri(policy.slug, ".json")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": standing.wording.feed_title.format(policy=standing.name),
        "home_page_url": _address(own, policy_uri(policy.slug), site_url),
        "feed_url": _address(own, own, site_url),
        "description": policy.about,
        "language": policy.language,
        "authors": [{"name": policy.publisher or policy.title}],
        "items": [
            {
                "id": entry.ident,
                "url": entry.uri,
                "title": entry.title,
                "summary": entry.summary,
                "content_html": entry.html,
                "date_published": _instant(entry.day),
            }
            for entry in _entries(standing, steps, own, site_url)
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()


def _entries(standing: Standing, steps: Steps, own: str, site_url: str) -> list[_Entry]:
    """Return the entries, the newest first."""
    newest = range(len(standing.versions) - 1, -1, -1)[:NEWEST]
    return [_entry(standing, steps, position, own, site_url) for position in newest]


def _entry(standing: Standing, steps: Steps, position: int, own: str, site_url: str) -> _Entry:
    slug, say, version = standing.policy.slug, standing.wording, standing.versions[position]
    text_uri = version_uri(slug, version)
    uri, lines = text_uri, tuple[ChangeLine, ...]()
    summary = say.entry_first.format(date=standing.day(version))
    if position:
        old = standing.versions[position - 1]
        told = steps.summary(old, version)
        uri, lines = redline_uri(slug, old, version), told.lines
        summary = f"{say.entry_dates.format(date=standing.day(version))} {told.sentence}"
    address = _address(own, uri, site_url)
    items = "".join(
        f'<li><a href="{escape(address)}#{line.anchor}">{escape(line.as_text(say))}</a></li>' for line in lines
    )
    return _Entry(
        ident=_ident(standing, version),
        title=say.entry_title.format(policy=standing.policy.title, date=standing.day(version)),
        day=str(version.published or version.effective or _NO_DAY),
        uri=address,
        text_uri=_address(own, text_uri, site_url),
        summary=summary,
        html=f"<p>{escape(summary)}</p>" + (f"<ul>{items}</ul>" if items else ""),
    )


def _ident(standing: Standing, version: Version | None = None) -> str:
    """Return an id that no move of the site changes."""
    policy = f"{standing.policy.publisher}/{standing.policy.slug}"
    return uuid.uuid5(_NAMESPACE, f"{policy}/{version.version_id}" if version else policy).urn


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _address(own: str, uri: str, site_url: str) -> str:
    if not site_url:
        return relative_uri(own, uri)
    return urljoin(site_url if site_url.endswith("/") else f"{site_url}/", uri)


def _atom_link(rel: str, href: str, media_type: str) -> str:
    return f'  <link rel="{rel}" type="{media_type}" href={quoteattr(href)}/>'
