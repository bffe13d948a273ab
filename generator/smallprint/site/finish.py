"""The last files of a site: those that list all its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.site.files import PolicyPage, absolute_url
from smallprint.site.search import settle_index
from smallprint.site.site_feed import write_site_feeds
from smallprint.site.sitemap import Entry, sitemap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from smallprint.site.gather import Content
    from smallprint.site.search import SearchEntry


def add_lists(
    folder: Path, files: Sequence[Files], content: Content, config: MkDocsConfig
) -> dict[str, list[SearchEntry]]:
    """Write the sitemap and set the search index right; return each policy's entries in the index, by slug.

    Args:
        folder: where the site is written.
        files: those of the build, and those of builds for other languages.
        content: what the build was made from.
        config: that of MkDocs.
    """
    if config.site_url:
        entries = [*_ordinary_entries(files), *_entries(content), *_reused_entries(content, config.site_url)]
        (folder / "sitemap.xml").write_bytes(sitemap(entries))
    write_site_feeds(folder, content.feed_folders(folder), content.names, config)
    hidden = {page.url for page in content.pages if not page.source.is_searchable}
    known = {slug: item.record.search for slug, item in content.reused.items()}
    return settle_index(folder / "search" / "search_index.json", hidden, content.slugs, known)


def _reused_entries(content: Content, site_url: str) -> Iterator[Entry]:
    for item in content.reused.values():
        for page in item.record.pages:
            if page.is_listed:
                yield Entry(absolute_url(site_url, page.uri), page.day)


def _ordinary_entries(files: Iterable[Files]) -> Iterator[Entry]:
    pages = (file.page for some in files for file in some.documentation_pages())
    urls = (page.canonical_url for page in pages if page and not isinstance(page, PolicyPage))
    for url in dict.fromkeys(urls):
        if url:
            yield Entry(url, "")


def _entries(content: Content) -> Iterator[Entry]:
    """Yield the pages that search engines are to show: not those that name another page as the one to be shown."""
    for page in content.pages:
        if page.canonical_url and not page.source.canonical:
            yield Entry(page.canonical_url, page.update_date)
