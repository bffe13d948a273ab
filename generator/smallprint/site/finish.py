"""The last files of a site: those that list all its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.site.files import PolicyPage, absolute_url
from smallprint.site.search import settle_index
from smallprint.site.sitemap import Entry, sitemap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from smallprint.site.gather import Content
    from smallprint.site.search import SearchEntry


def add_lists(folder: Path, files: Files, content: Content, config: MkDocsConfig) -> dict[str, list[SearchEntry]]:
    """Write the sitemap and set the search index right; return each policy's entries in the index, by slug."""
    if config.site_url:
        entries = [*_entries(files, content), *_reused_entries(content, config.site_url)]
        (folder / "sitemap.xml").write_bytes(sitemap(entries))
    hidden = {page.url for page in content.pages if not page.source.is_searchable}
    known = {slug: item.record.search for slug, item in content.reused.items()}
    return settle_index(folder / "search" / "search_index.json", hidden, content.slugs, known)


def _reused_entries(content: Content, site_url: str) -> Iterator[Entry]:
    for item in content.reused.values():
        for page in item.record.pages:
            if page.is_listed:
                yield Entry(absolute_url(site_url, page.uri), page.day)


def _entries(files: Files, content: Content) -> Iterator[Entry]:
    """Yield the pages that search engines are to show: not those that name another page as the one to be shown."""
    for file in files.documentation_pages():
        page = file.page
        if page and page.canonical_url and not isinstance(page, PolicyPage):
            yield Entry(page.canonical_url, "")
    for page in content.pages:
        if page.canonical_url and not page.source.canonical:
            yield Entry(page.canonical_url, page.update_date)
