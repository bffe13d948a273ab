"""A policy → its feeds: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

One tells of every version with its changes in words, the other of material changes only. Every date comes from the
content and every id from the names of policy, version and clauses, so the same content gives the same bytes. Without
the address of the site links are relative, which Atom allows; ids never depend on it. A feed holds what people have
decided and nothing else, in a preview too: it travels further than a page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from smallprint.presenting.addresses import feed_uri, history_uri, material_uri, policy_uri
from smallprint.presenting.feed_entries import Entries, Entry, day_of, ident_of

if TYPE_CHECKING:
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.steps import Steps


@dataclass(frozen=True, slots=True)
class _Feed:
    """What both formats say of a feed. Addresses are as a reader of it needs them."""

    ident: str
    title: str
    uri: str
    text_uri: str
    history_uri: str
    entries: list[Entry]
    updated: str
    """Without entries the day of the newest version: since then the feed says that nothing of its kind is known."""


def atom_feed(standing: Standing, steps: Steps, site_url: str = "", *, is_material: bool = False) -> bytes:
    """Return the Atom feed of a policy, or that of its material changes only."""
    feed = _feed(standing, steps, site_url, ".atom", is_material=is_material)
    author = standing.policy.publisher or standing.policy.title
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(standing.policy.language)}>',
        f"  <id>{feed.ident}</id>",
        f"  <title>{escape(feed.title)}</title>",
        f"  <updated>{_instant(feed.updated)}</updated>",
        f"  <author><name>{escape(author)}</name></author>",
        _atom_link("self", feed.uri, "application/atom+xml"),
        _atom_link("alternate", feed.history_uri, "text/html"),
    ]
    for entry in feed.entries:
        lines += [
            "  <entry>",
            f"    <id>{entry.ident}</id>",
            f"    <title>{escape(entry.title)}</title>",
            f"    <published>{_instant(entry.day)}</published>",
            f"    <updated>{_instant(entry.updated)}</updated>",
            "  " + _atom_link("alternate", entry.uri, "text/html"),
            "  " + _atom_link("related", entry.text_uri, "text/html"),
            *(f"    <category term={quoteattr(c.term)} label={quoteattr(c.label)}/>" for c in entry.categories),
            f"    <summary>{escape(entry.summary)}</summary>",
            f'    <content type="html">{escape(entry.html)}</content>',
            "  </entry>",
        ]
    lines.append("</feed>\n")
    return "\n".join(lines).encode()


def json_feed(standing: Standing, steps: Steps, site_url: str = "", *, is_material: bool = False) -> bytes:
    """Return the JSON Feed of a policy, or that of its material changes only."""
    policy = standing.policy
    feed = _feed(standing, steps, site_url, ".json", is_material=is_material)
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.text_uri,
        "feed_url": feed.uri,
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
                "date_modified": _instant(entry.updated),
                "tags": [category.term for category in entry.categories],
            }
            for entry in feed.entries
        ],
    }
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def _feed(standing: Standing, steps: Steps, site_url: str, suffix: str, *, is_material: bool) -> _Feed:
    slug, say = standing.policy.slug, standing.wording
    own = (material_uri if is_material else feed_uri)(slug, suffix)
    entries = Entries(standing, steps, own, site_url)
    told = entries.material() if is_material else entries.versions()
    return _Feed(
        ident=ident_of(standing, "material" if is_material else ""),
        title=(say.judging.material_feed if is_material else say.feed_title).format(policy=standing.name),
        uri=entries.address(own),
        text_uri=entries.address(policy_uri(slug)),
        history_uri=entries.address(history_uri(slug)),
        entries=told,
        updated=max([entry.updated for entry in told] or map(day_of, standing.versions)),
    )


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _atom_link(rel: str, href: str, media_type: str) -> str:
    return f'  <link rel="{rel}" type="{media_type}" href={quoteattr(href)}/>'
