"""What a stage after this one is handed: pages with their bodies, and files that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, without the frame that a theme puts round it."""

    uri: str
    """Its address below the site's root, a folder: `ibackup-privacy/changes/2006-06-18/2008-06-22/`."""
    title: str
    kind: str
    """`policy`, `version`, `redline`, `history` or `judging`; the theme and the sitemap go by it."""
    description: str
    render: Callable[[], str]
    """Makes the body's HTML; called once, when the page is written, so that no two bodies need be in memory."""
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    """The `id`s that links may point to."""
    canonical: str = ""
    """The address of the page that search engines should show instead; empty for this one itself."""
    language: str = "en"
    words_language: str = ""
    """The language of our own words in its title, where that is another."""
    marked_title: Markup | None = None
    """The title with the policy's words in it marked as such; none where all are in one language."""
    modified: dt.date | None = None
    """The newest day of what it shows, but for decisions: what the sitemap says."""
    decided: Callable[[], dt.date | None] = lambda: None
    """Returns the last day on which a person decided something it shows; to be called when it has been made."""
    is_searchable: bool = False
    feeds: tuple[Link, ...] = ()
    """Feeds and other forms of this page, for `<link rel=alternate>`."""
    policy: str = ""
    """The slug of the policy it belongs to."""
    key: str = ""
    """Equal keys mean equal bytes, where all that pages share is equal too; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another form of a page."""

    uri: str
    title: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is no page: a record, a feed, a source."""

    uri: str
    render: Callable[[], bytes]
    key: str = ""
    """As with pages."""
