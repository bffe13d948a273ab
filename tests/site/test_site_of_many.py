"""A site with several policies: its home page, its navigation and its feed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from site_builds import build, replace, run, tree

if TYPE_CHECKING:
    from pathlib import Path

_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def several(project: Path) -> Path:
    """Return a project with three policies, two of one title, and no home page."""
    content = project / "content"
    (content / "index.md").unlink()
    for slug, title, product in (("tongs", "Privacy Policy", "Tongs"), ("terms", "Terms [of] *Use* <b>", "")):
        (content / slug).mkdir()
        text = f"title: {title}\npublisher: Acme Ltd\n" + (f"product: {product}\n" if product else "")
        (content / slug / "policy.yml").write_text(text, encoding="utf-8")
        for name in ("2022-01-01.md", "2024-01-01.md"):
            (content / slug / name).write_bytes((content / "privacy" / name).read_bytes())
    return project


def test_a_home_page_is_made_where_there_is_none(several: Path) -> None:
    _, said = build(several, strict=True)
    home = tree(several / "site")["index.html"].decode()

    assert said == []
    assert '<a href="privacy/">Privacy Policy (Anvils)</a>' in home
    assert '<a href="tongs/">Privacy Policy (Tongs)</a>' in home
    assert '<a href="terms/">Terms [of] *Use* &lt;b&gt;</a>' in home
    assert home.count('href="privacy/history/"') == 1


@pytest.mark.parametrize("name", ["index.md", "README.md", "index.html"])
def test_a_home_page_of_ones_own_stays(name: str, several: Path) -> None:
    (several / "content" / name).write_text("Welcome, all of you", encoding="utf-8")
    build(several, strict=True)

    assert "Welcome, all of you" in tree(several / "site")["index.html"].decode()


def test_a_configured_navigation_needs_no_home_page(several: Path) -> None:
    replace(
        several / "mkdocs.yml",
        "theme:",
        "nav:\n  - Ours: privacy/index.md\n  - tongs/index.md\n  - terms/index.md\ntheme:",
    )
    build(several, strict=True)
    home = tree(several / "site")["index.html"].decode()

    assert re.findall(r'<li><a href="(\w+)/">', home)[:3] == ["privacy", "tongs", "terms"]
    assert ">Ours</a>" in home


def test_the_navigation_tells_policies_of_one_title_apart(several: Path) -> None:
    """The same after an edit of one, when the others are taken over."""
    for _ in range(2):
        build(several, strict=True)
        page = tree(several / "site")["terms/index.html"].decode()
        assert "Privacy Policy (Anvils)</a>" in page
        assert "Privacy Policy (Tongs)</a>" in page
        replace(several / "content" / "terms" / "2024-01-01.md", "We share nothing.", "We share nothing at all.")
        build(several, strict=True)
        replace(several / "content" / "terms" / "2024-01-01.md", "We share nothing at all.", "We share nothing.")


def test_one_feed_tells_of_all_policies(several: Path) -> None:
    build(several, strict=True)
    first = tree(several / "site")
    feed = ET.fromstring(first["feed.atom"])  # noqa: S314 - we have made it
    made = json.loads(first["feed.json"])
    titles = [entry.findtext(f"{_ATOM}title") or "" for entry in feed.iter(f"{_ATOM}entry")]

    assert len(titles) == len(made["items"]) == 6
    assert sum("(Anvils)" in title for title in titles) == 2
    assert sorted(titles) == sorted(item["title"] for item in made["items"])
    assert {item["url"].split("/")[4] for item in made["items"]} == {"privacy", "tongs", "terms"}
    assert made["feed_url"] == "https://acme.example/legal/feed.json"
    updated = [item["date_modified"] for item in made["items"]]
    assert updated == sorted(updated, reverse=True)
    home = first["index.html"].decode()
    assert '<link rel="alternate" type="application/atom+xml"' in home
    assert 'href="feed.atom"' in home

    replace(several / "content" / "terms" / "2024-01-01.md", "We share nothing.", "We share nothing at all.")
    build(several, strict=True)
    changed = tree(several / "site")
    assert changed["feed.atom"] != first["feed.atom"] or changed["feed.json"] != first["feed.json"]
    assert len(json.loads(changed["feed.json"])["items"]) == 6


def test_a_feed_without_an_address_has_relative_links(several: Path) -> None:
    replace(several / "mkdocs.yml", "site_url: https://acme.example/legal/\n", "")
    build(several)
    files = tree(several / "site")

    assert all(
        (item["url"]).split("/")[0] in {"privacy", "tongs", "terms"} for item in json.loads(files["feed.json"])["items"]
    )
    assert b'xml:base="privacy/"' in files["feed.atom"]


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_home_pages_of_other_themes_lead_to_the_feed(theme: str, several: Path) -> None:
    replace(several / "mkdocs.yml", "name: smallprint", f"name: {theme}")
    build(several, strict=True)

    head = tree(several / "site")["index.html"].decode().partition("</head>")[0]
    assert 'type="application/feed+json"' in head
    assert 'href="feed.json"' in head


def test_mkdocs_makes_the_same(several: Path) -> None:
    build(several, strict=True)
    before = tree(several / "site")

    assert run(several, "mkdocs", "build", "-q", "--strict").returncode == 0
    assert tree(several / "site") == before


def test_pages_say_what_they_are_to_those_who_share_them(site: Path) -> None:
    for path, kind in (("index.html", "website"), ("ibackup-privacy/index.html", "article")):
        page = (site / path).read_text(encoding="utf-8")
        assert re.search(r'<meta property="og:title" content="[^"]+">', page)
        assert f'<meta property="og:type" content="{kind}">' in page
        assert re.search(r'<meta property="og:url" content="https://[^"]+">', page)
        assert re.search(r'<meta property="og:site_name" content="[^"]+">', page)
