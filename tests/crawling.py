"""Follows every link of a built site, as a browser would, and names those that lead nowhere."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

_ROOT = "http://site.test/"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down ids and links."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in {"href", "src"} and value and tag != "base":
                self.links.append(value)


def dead_links(site: Path, path: str = "/") -> list[str]:
    """Return the links of a site that lead nowhere, and the ids that a page has twice.

    Args:
        site: the folder of the site.
        path: the path below which it is served.
    """
    base = urljoin(_ROOT, path)
    pages: dict[str, _Links] = {}
    for file in sorted(site.rglob("*.html")):
        page = pages[file.relative_to(site).as_posix()] = _Links()
        page.feed(file.read_text("utf-8"))
    dead = []
    for name, page in pages.items():
        dead += [f"{name}: {each} twice" for each in sorted({one for one in page.ids if page.ids.count(one) > 1})]
        here = base + name.removesuffix("index.html")
        for link in dict.fromkeys(page.links):
            target, fragment = urldefrag(urljoin(here, link))
            if urlsplit(target).netloc != urlsplit(_ROOT).netloc:
                continue
            there = unquote(target).removeprefix(base)
            there += "index.html" if not there or there.endswith("/") else ""
            is_there = there.startswith("http") is False and (site / there).is_file()
            if not is_there or (fragment and there in pages and unquote(fragment) not in pages[there].ids):
                dead.append(f"{name}: {link}")
    return dead
