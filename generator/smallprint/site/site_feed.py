"""The feeds of all policies → one feed over all of them, Atom and JSON."""

from __future__ import annotations

import json
import re
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from smallprint.presenting.addresses import SITE_FEEDS, feed_uri
from smallprint.presenting.steps import NEWEST
from smallprint.site.files import absolute_url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig

    from smallprint.presenting.names import Name

_ATOM, _JSON = SITE_FEEDS
_ENTRY: Final = re.compile(r"  <entry>\n.*?  </entry>\n", re.DOTALL)
_UPDATED: Final = re.compile(r"<updated>([^<]*)</updated>")
_TITLE: Final = re.compile(r"<title>([^<]*)</title>")
_IDENT: Final = re.compile(r"<id>([^<]*)</id>")
_LANGUAGE: Final = re.compile(r'xml:lang="([^"]*)"')
_HREF: Final = re.compile(r'(?<=href=")[^"]*')


def write_site_feeds(folder: Path, feeds: Mapping[str, Path], names: Mapping[str, Name], config: MkDocsConfig) -> None:
    """Write the feeds of the whole site; nothing where a file of somebody's own has that name.

    Args:
        folder: where the site is written.
        feeds: by slug, the folder that has the feeds of a policy.
        names: by slug, what the policy is called on the site.
        config: that of MkDocs.
    """
    if not (folder / _ATOM).exists():
        (folder / _ATOM).write_text(_atom(feeds, names, config), encoding="utf-8", newline="\n")
    if not (folder / _JSON).exists():
        text = json.dumps(_json(feeds, names, config), ensure_ascii=False, indent=2) + "\n"
        (folder / _JSON).write_text(text, encoding="utf-8", newline="\n")


def _atom(feeds: Mapping[str, Path], names: Mapping[str, Name], config: MkDocsConfig) -> str:
    entries: list[tuple[str, str]] = []
    newest = ""
    for slug, folder in feeds.items():
        text = (folder / _ATOM).read_text(encoding="utf-8")
        head = text.partition("  <entry>")[0]
        newest = max(newest, _first(_UPDATED, head))
        source = (
            f"    <source><id>{_first(_IDENT, head)}</id><title>{_first(_TITLE, head)}</title>"
            f"<updated>{_first(_UPDATED, head)}</updated></source>\n  </entry>\n"
        )
        start = f'  <entry xml:lang="{_first(_LANGUAGE, head)}" xml:base={quoteattr(_base(slug, config))}>\n'
        for entry in _ENTRY.findall(text):
            title = _first(_TITLE, entry)
            own = entry.replace(f"<title>{title}</title>", f"<title>{title}{escape(_added(names[slug]))}</title>", 1)
            own = own.removeprefix("  <entry>\n").removesuffix("  </entry>\n")
            entries.append((_first(_UPDATED, entry), start + own + source))
    entries.sort(key=lambda entry: entry[0], reverse=True)
    site_url = config.site_url or ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"  <id>{_ident(config)}</id>",
        f"  <title>{escape(_title(config))}</title>",
        f"  <updated>{entries[0][0] if entries else newest}</updated>",
        f"  <author><name>{escape(config.site_name)}</name></author>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(urljoin(site_url, _ATOM))}/>',
        f'  <link rel="alternate" type="text/html" href={quoteattr(site_url or "./")}/>',
    ]
    return "\n".join(lines) + "\n" + "".join(entry for _, entry in entries[:NEWEST]) + "</feed>\n"


def _json(feeds: Mapping[str, Path], names: Mapping[str, Name], config: MkDocsConfig) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for slug, folder in feeds.items():
        feed = json.loads((folder / _JSON).read_bytes())
        base = _base(slug, config)
        items += [
            {
                **item,
                "url": urljoin(base, item["url"]),
                "title": item["title"] + _added(names[slug]),
                "content_html": _HREF.sub(partial(_absolute, base), item["content_html"]),
                "authors": feed["authors"],
                "language": feed["language"],
            }
            for item in feed["items"]
        ]
    items.sort(key=lambda item: str(item["date_modified"]), reverse=True)
    site_url = config.site_url or ""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(config),
        "home_page_url": site_url or "./",
        "feed_url": urljoin(site_url, _JSON),
        "authors": [{"name": config.site_name}],
        "items": items[:NEWEST],
    }


def _base(slug: str, config: MkDocsConfig) -> str:
    """Return what links of a policy's feed are relative to."""
    uri = feed_uri(slug, "").rpartition("/")[0] + "/"
    return absolute_url(config.site_url, uri) if config.site_url else uri


def _ident(config: MkDocsConfig) -> str:
    """Return an id that no move of the site changes."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:smallprint:site:{config.site_name}").urn


def _title(config: MkDocsConfig) -> str:
    return f"{config.site_name}: what changes in all policies"


def _added(name: Name) -> str:
    return f" ({name.addition})" if name.addition else ""


def _absolute(base: str, link: re.Match[str]) -> str:
    return urljoin(base, link[0])


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
