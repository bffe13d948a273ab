"""Our pages and assets in the shape that MkDocs handles."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mkdocs import utils
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from smallprint.errors import PublishError
from smallprint.presenting import page as presenting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.toc import TableOfContents

    from smallprint.site.record import PageRecord

_PLUGIN = "smallprint"
LEFT_OUT = frozenset({InclusionLevel.EXCLUDED, InclusionLevel.DRAFT})


class PolicyPage(Page):
    """A page whose body is ours: it never passes through MkDocs' own Markdown."""

    def __init__(self, title: str, source: presenting.Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(title, file, config)
        self.source = source
        self.companions: list[AssetFile] = []
        """Files written right after this page, because they are made from the same things."""
        self.update_date = source.modified.isoformat() if source.modified else ""
        if source.canonical and config.site_url:
            self.canonical_url = absolute_url(config.site_url, source.canonical)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Set what MkDocs would read from the head of a Markdown file."""
        self.markdown = ""
        self.meta = {"description": self.source.description, _PLUGIN: self.source}
        if not self.source.is_searchable:
            self.meta["search"] = {"exclude": True}  # MkDocs' own search does not know it; Material's does.

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Set all but the body, which is made when the page is written: no two bodies are in memory at once."""
        self.content = ""
        self.present_anchor_ids = self.source.anchors  # type: ignore[assignment] # MkDocs only looks into it.

    def settle_day(self) -> None:
        """Set the day on which it last changed, now that it has been made and what people decided on it is known."""
        days = filter(None, (self.source.modified, self.source.decided()))
        self.update_date = str(max(days, default=""))

    @property
    def toc(self) -> TableOfContents:
        """The table of contents, made when it is asked for: MkDocs reads all pages before it writes the first."""
        return get_toc(_nested(self.source.headings))

    @toc.setter
    def toc(self, value: object) -> None:
        """Ignore what MkDocs sets before there is a table."""


class PageFile(File):
    """The file that a `PolicyPage` pretends to be made from."""

    def __init__(self, source: presenting.Page, config: MkDocsConfig, titles: dict[str, str]) -> None:
        _check(source.uri)
        super().__init__(
            page_source_uri(source.uri, source.kind),
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=f"{source.uri}index.html",
            inclusion=InclusionLevel.INCLUDED if source.kind == "policy" else InclusionLevel.NOT_IN_NAV,
        )
        self.generated_by = _PLUGIN
        self.content_string = ""
        self.page: PolicyPage = PolicyPage(titles.get(self.src_uri, source.title), source, self, config)


class ReusedFile(PageFile):
    """The file of a page that is taken over from an earlier build: it can be linked to, but is not written again.

    MkDocs makes the navigation from what it takes for pages, so the page of a policy is one until that is done.
    """

    def __init__(
        self, record: PageRecord, config: MkDocsConfig, titles: dict[str, str], anchors: Iterable[str]
    ) -> None:
        source = presenting.Page(record.uri, record.title, record.kind, "", _refuse, language=record.language)
        super().__init__(source, config, titles)
        self.page.present_anchor_ids = set(anchors)
        self.is_for_navigation = False

    def is_documentation_page(self) -> bool:
        """Return whether MkDocs is to take this for a page."""
        return self.is_for_navigation

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002
        """Do nothing: the whole folder of the policy is taken over in the end."""


class KeptPage(PageFile):
    """The file of a page that is as it was, of a policy in which something else changed: it is not made again."""

    def __init__(
        self, source: presenting.Page, config: MkDocsConfig, titles: dict[str, str], keep: Callable[[], None]
    ) -> None:
        super().__init__(source, config, titles)
        self.page.present_anchor_ids = set(source.anchors)
        self._keep = keep

    def is_documentation_page(self) -> bool:
        """Keep MkDocs from filling its template."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Bring it from the old site."""
        self._keep()


class SiteFiles(Files):
    """MkDocs' files, and those that stand for pages of earlier builds: made when someone asks for them."""

    def __init__(self, files: Iterable[File], reused: Mapping[str, Callable[[], ReusedFile]]) -> None:
        super().__init__(files)
        self._reused = reused

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file that a link leads to."""
        file = super().get_file_from_path(path)
        if file is None and path in self._reused:
            file = self._reused[path]()
            self.append(file)
        return file


class AssetFile(File):
    """A file written as it is, whatever its name ends in; made when it is written.

    MkDocs copies all such files before it builds the first page. One that accompanies a page waits for it.
    """

    def __init__(
        self, source: presenting.Asset, config: MkDocsConfig, *, accompanies: PolicyPage | None = None
    ) -> None:
        _check(source.uri)
        # A link to a version's source means its page, as with every .md file: the asset stands under another name.
        name = f"{source.uri}.source" if utils.is_markdown_file(source.uri) else source.uri
        super().__init__(
            name,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=source.uri,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.generated_by = _PLUGIN
        self._source = source
        self._waits = accompanies is not None
        if accompanies:
            accompanies.companions.append(self)

    @property
    def content_bytes(self) -> bytes:
        """The bytes to write; another plugin may set others."""
        return self._source.render()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self._source = presenting.Asset(self._source.uri, lambda: value)

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Do what MkDocs asks at the time when it copies files."""
        if not self._waits:
            self.write()

    def write(self) -> None:
        """Write the bytes where they belong."""
        utils.write_file(self.content_bytes, self.abs_dest_path)


class KeptAsset(AssetFile):
    """A file that is as it was, of a policy in which something else changed."""

    def __init__(self, source: presenting.Asset, config: MkDocsConfig, keep: Callable[[], None]) -> None:
        super().__init__(source, config)
        self._keep = keep

    def write(self) -> None:
        """Bring it from the old site."""
        self._keep()


def page_source_uri(uri: str, kind: str) -> str:
    """Return what a link in an ordinary Markdown page calls a page: the file that is, or would be, its source.

    `ibackup-privacy/` is `ibackup-privacy/index.md`, `ibackup-privacy/2020-02-10/` is `ibackup-privacy/2020-02-10.md`.
    """
    return f"{uri}index.md" if kind == "policy" else f"{uri.rstrip('/')}.md"


def absolute_url(site_url: str, uri: str) -> str:
    """Return the whole address of a page."""
    return f"{site_url.rstrip('/')}/{quote(uri)}"


def nav_titles(nav: object) -> dict[str, str]:
    """Return the titles that the `nav` of mkdocs.yml gives to pages, by source."""
    if isinstance(nav, list):
        return {uri: title for item in nav for uri, title in nav_titles(item).items()}
    if isinstance(nav, dict):
        return {
            uri: title
            for key, value in nav.items()
            for uri, title in ({value: str(key)} if isinstance(value, str) else nav_titles(value)).items()
        }
    return {}


def refuse_clashes(files: Iterable[File]) -> None:
    """Raise where two files would be written to the same place, on a disk that may not tell `a` from `A`."""
    taken: dict[str, File] = {}
    for file in files:
        if file.inclusion in LEFT_OUT:
            continue
        other = taken.setdefault(file.dest_uri.casefold(), file)
        if other is not file:
            raise PublishError(
                f"{other.src_uri} and {file.src_uri} would both be written to {file.dest_uri}. "
                "Rename the one that is not part of a policy."
            )


def _refuse() -> str:
    raise AssertionError("A page of an earlier build is taken over, not made.")


def _check(uri: str) -> None:
    parts = uri.rstrip("/").split("/")
    if uri.startswith("/") or "\\" in uri or "\0" in uri or any(part in {"", ".", ".."} for part in parts):
        raise PublishError(f"{uri!r} is no address inside the site; nothing was written.")


def _nested(headings: Iterable[presenting.Heading]) -> list[Any]:
    """Return headings as the tree of tokens that MkDocs makes a table of contents from."""
    top: list[Any] = []
    open_levels: list[tuple[int, list[Any]]] = [(0, top)]
    for heading in headings:
        while open_levels[-1][0] >= heading.level:
            open_levels.pop()
        children: list[Any] = []
        token = {
            "level": heading.level,
            "id": heading.anchor,
            "name": html.escape(heading.title, quote=False),
            "children": children,
        }
        open_levels[-1][1].append(token)
        open_levels.append((heading.level, children))
    return top
