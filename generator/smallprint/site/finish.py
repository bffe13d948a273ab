"""The last files of a site: those that list all its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.site.files import PolicyPage
from smallprint.site.search import leave_out
from smallprint.site.sitemap import Entry, sitemap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def add_lists(folder: Path, files: Files, config: MkDocsConfig) -> None:
    """Write the sitemap, and take what is not to be found out of the search index."""
    if config.site_url:
        (folder / "sitemap.xml").write_bytes(sitemap(_entries(files)))
    hidden = {page.url for page in _pages(files) if isinstance(page, PolicyPage) and not page.source.is_searchable}
    leave_out(folder / "search" / "search_index.json", hidden)


def _pages(files: Files) -> Iterator[object]:
    return (file.page for file in files.documentation_pages() if file.page is not None)


def _entries(files: Files) -> Iterator[Entry]:
    """Yield the pages that search engines are to show: not those that name another page as the one to be shown."""
    for file in files.documentation_pages():
        page = file.page
        if page is None or not page.canonical_url:
            continue
        if not isinstance(page, PolicyPage):
            yield Entry(page.canonical_url, "")
        elif not page.source.canonical:
            yield Entry(page.canonical_url, page.update_date)
