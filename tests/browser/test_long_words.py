"""Long words, addresses and tables keep to a small screen, and the navigation of many policies to one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from serving import serve
from test_layout import _OPEN_ALL, _TOO_WIDE

from smallprint.site.run import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from serving import Served
    from watching import Visitor

_LONG = "Datenschutzgrundverordnungsdurchfuehrungsverordnungsausnahmegenehmigung"
_URL = "https://example.org/" + "a-very-long-address-that-goes-on-and-on/" * 4
_VERSION = f"""\
---
title: {_LONG}
---

# {_LONG} {{#top}}

{_LONG} and {_URL} and [{_LONG}]({_URL}) and `{"x" * 90}`.[^{"n" * 30}]

[^{"n" * 30}]: {_LONG}

## {_LONG} {{#{"long-" * 12}id}}

| {_LONG} | B | C | D | E | F | G | H |
|---|---|---|---|---|---|---|---|
| {_URL} | {_LONG} | c | d | e | f | g | NUMBER days |

- {_LONG}
  1. {_URL}

> {_LONG} for NUMBER days

```
{"y" * 200}
```
"""
_CONFIG = """\
site_name: Acme
site_url: https://acme.example/
docs_dir: content
theme:
  name: smallprint
plugins:
  - search
  - smallprint:
      as_of: 2024-06-01
"""


def _many(folder: Path, number: int) -> Path:
    """Build a site with so many policies; return its folder."""
    for n in range(number):
        policy = folder / "content" / f"policy-{n}"
        policy.mkdir(parents=True)
        about = f"title: {_LONG}\npublisher: {_LONG} {n}\nproduct: {_LONG} {n}\n"
        (policy / "policy.yml").write_text(about, encoding="utf-8")
        for year, words in (("2022", "30"), ("2024", "90")):
            text = _VERSION.replace("NUMBER", words).replace("and `", f"in {year} {_LONG}{words} and `")
            (policy / f"{year}-01-01.md").write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    build_site(str(folder / "mkdocs.yml"), say=print)
    return folder / "site"


@pytest.fixture(scope="module", params=[2, 9])
def many(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve a site with few policies, and one with many."""
    assert browser
    with serve(_many(tmp_path_factory.mktemp("many"), request.param)) as served:
        yield served


def test_no_page_scrolls_sideways(many: Served, visitor: Visitor) -> None:
    page = visitor.open(size=(320, 640))
    found = []
    for path in (*many.paths, "/search.html?q=days"):
        if "policy-" not in path or "policy-1/" in path:
            page.goto(many.url + path)
            page.evaluate(_OPEN_ALL)
            found += [f"{path}: {element}" for element in page.evaluate(_TOO_WIDE)[:3]]

    assert found == []


@pytest.mark.parametrize("width", [320, 640])
def test_the_navigation_keeps_to_one_line(width: int, many: Served, visitor: Visitor) -> None:
    page = visitor.open(many.url + "/policy-1/", size=(width, 640))

    assert page.locator(".site-nav").evaluate("(nav) => nav.getBoundingClientRect().height") < 40


def test_a_link_to_each_policy_can_be_reached(many: Served, visitor: Visitor) -> None:
    page = visitor.open(many.url + "/", size=(320, 640))
    if fold := page.locator(".site-nav summary").all():
        fold[0].click()
    link = page.locator(".site-nav a").last
    link.focus()

    assert link.is_visible()
    assert page.evaluate(_TOO_WIDE) == []
