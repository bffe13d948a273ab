"""Links within the site arrive, and those between changes lead through all of them."""

from __future__ import annotations

import http.client
import json
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import bs4

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor

_MOVED = "/forge/changes/2020-01-01/2022-01-01/"
_ARRIVED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const target = document.querySelector(":target"), box = target?.getBoundingClientRect();
    done(target && target.checkVisibility() && box.top >= -1 && box.top < innerHeight ? target.id : null);
})))"""


@cache
def _get(url: str) -> tuple[int, bytes]:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc)
    connection.request("GET", address._replace(scheme="", netloc="").geturl())
    response = connection.getresponse()
    try:
        return response.status, response.read()
    finally:
        connection.close()


@cache
def _page(url: str) -> tuple[list[str], list[str]]:
    """Return all addresses that a page refers to, absolute, and all its ids."""
    soup = bs4.BeautifulSoup(_get(url)[1], "lxml")
    found = [str(tag[name]) for name in ("href", "src", "action") for tag in soup.select(f"[{name}]")]
    return [urljoin(url, address) for address in found], [str(tag["id"]) for tag in soup.select("[id]")]


def _broken(served: Served) -> Iterator[str]:
    for path in served.paths:
        page = served.url + path
        for link in _page(page)[0]:
            address, fragment = urldefrag(link)
            if not address.startswith(served.url):
                continue
            if _get(address)[0] != HTTPStatus.OK:
                yield f"{path}: {link} is not there"
            elif fragment and unquote(fragment) not in _page(address)[1]:
                yield f"{path}: {link} has no such place"


def test_every_link_arrives(each_site: Served) -> None:
    """Every address within the site that a page refers to is there, and so is the place in it."""
    assert list(_broken(each_site)) == []


def test_ids_are_unique(each_site: Served) -> None:
    """No page has two places of the same name."""
    for path in each_site.paths:
        ids = _page(each_site.url + path)[1]

        assert len(ids) == len(set(ids)), path


def test_every_page_is_linked(each_site: Served) -> None:
    """From the first page every other can be reached."""
    reached, waiting = set(), [f"{each_site.url}/"]
    while waiting:
        address = waiting.pop()
        if address in reached or not address.startswith(each_site.url):
            continue
        reached.add(address)
        if address.endswith("/"):
            waiting += [urldefrag(link)[0] for link in _page(address)[0]]
    meant_for_none = {"/404.html", "/search.html"}

    assert {path for path in each_site.paths if each_site.url + path not in reached} <= meant_for_none


def test_addresses_for_machines(each_site: Served) -> None:
    """So do the addresses in the sitemap, the feeds and the records, which name the site by where it will be."""
    sitemap = bs4.BeautifulSoup((each_site.folder / "sitemap.xml").read_bytes(), "xml")
    addresses = [place.get_text() for place in sitemap.find_all("loc")]
    for feed in each_site.folder.rglob("feed.atom"):
        addresses += [str(link["href"]) for link in bs4.BeautifulSoup(feed.read_bytes(), "xml").find_all("link")]
    for feed in each_site.folder.rglob("feed.json"):
        told = json.loads(feed.read_bytes())
        addresses += [told["feed_url"], told["home_page_url"], *(item["url"] for item in told["items"])]

    assert len(addresses) > 10
    for address in addresses:
        assert address.startswith("https://"), address
        place, fragment = urldefrag(f"{each_site.url}{urlsplit(address)._replace(scheme='', netloc='').geturl()}")
        assert _get(place)[0] == HTTPStatus.OK, address
        assert not fragment or unquote(fragment) in _page(place)[1], address


def test_missing_page(special: Served, visitor: Visitor) -> None:
    """Whoever asks for what is not there gets a page that says so, with its style and links that work from anywhere."""
    missing = f"{special.url}/forge/1999-01-01/changes/nothing/"
    visitor.missing.add(missing)
    page = visitor.open(missing)
    heading = page.locator("h1").inner_text()
    background = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    page.locator("main a").first.click()

    assert heading == "There is no such page"
    assert background == "rgb(253, 252, 249)"
    assert page.url == f"{special.url}/"


def test_next_and_previous(special: Served, example: Served, visitor: Visitor) -> None:
    """On every redline “next” leads from the first change through all others, and “previous” back."""
    for served in (special, example):
        for path in served.redlines:
            soup = bs4.BeautifulSoup(_get(served.url + path)[1], "lxml")
            changes = [str(change["id"]) for change in soup.select(".change:not(.continued)")]
            ways = {
                way: {
                    str(change["id"]): [str(link["href"]) for link in change.select(f"[rel={way}]")] for change in found
                }
                for way in ("next", "prev")
                for found in [soup.select(".change:not(.continued)")]
            }
            following = [[f"#{name}"] for name in changes[1:]]

            assert list(ways["next"].values()) == [*following, []], path
            assert list(ways["prev"].values()) == [[], *([f"#{name}"] for name in changes[:-1])], path
    page = visitor.open(special.url + _MOVED)
    page.locator(".gist .what a").first.click()
    while page.locator(":target [rel=next]").count():
        page.locator(":target [rel=next]").click()

        assert page.evaluate(_ARRIVED)
    assert page.evaluate(_ARRIVED) == page.evaluate(
        "() => [...document.querySelectorAll('.change:not(.continued)')].at(-1).id"
    )


def test_moved_clause(special_page: Page) -> None:
    """A clause that moved links to where it stood, and its old place links to where it stands."""
    special_page.locator(".change .moved-note a").first.click()
    old_place = special_page.evaluate(_ARRIVED)
    told = special_page.locator(":target").inner_text()
    special_page.locator(":target a").click()

    assert old_place
    assert "Contact" in told
    assert special_page.evaluate(_ARRIVED) == special_page.locator(".change.moved").first.get_attribute("id")


def test_moved_paragraph(special_page: Page) -> None:
    """A paragraph that moved to another clause links to where it stood, and from there to where it stands."""
    words = "Letters are kept in a locked chest"
    here = special_page.locator(".whole.moved", has_text=words)
    there = special_page.locator(".whole.moved-away", has_text=words)
    names = [special_page.locator(".change", has=place).get_attribute("aria-label") for place in (here, there)]
    here.locator("a.moved-from").click()
    first = special_page.evaluate(_ARRIVED), there.get_attribute("id")
    there.locator("a.moved-to").click()
    second = special_page.evaluate(_ARRIVED), here.get_attribute("id")

    assert names[0] != names[1]
    assert first[0] == first[1]
    assert second[0] == second[1]


def test_dropped_clause(special: Served, visitor: Visitor) -> None:
    """An old link to a clause that is gone still arrives, at a line that says where it can be read."""
    page = visitor.open(f"{special.url}/forge/#data.surveys")
    arrived = page.evaluate(_ARRIVED)
    told = page.locator(":target").inner_text()
    page.locator(":target a").first.click()

    assert arrived == "data.surveys"
    assert "Surveys" in told
    assert page.url == f"{special.url}/forge/2020-01-01/#data.surveys"
    assert "We ask questions" in page.locator(":target").inner_text()


def test_clause_that_went_into_another(special: Served, visitor: Visitor) -> None:
    """An old link to a clause that was merged leads on to the clause that has its text now."""
    page = visitor.open(f"{special.url}/forge/#sharing.partners")
    page.locator(":target a", has_text="Sharing and partners").click()

    assert page.evaluate(_ARRIVED) == "sharing"
    assert "Our partners make tongs" in page.locator(":target").inner_text()


def test_announced_version(special: Served, visitor: Visitor) -> None:
    """The policy tells of the version to come and links to what it changes; its own page says that it is to come."""
    page = visitor.open(f"{special.url}/forge/")
    notice = page.locator(".notice", has_text="1 January 2025")
    notice.get_by_role("link").click()
    redline = urlsplit(page.url).path
    page.goto(f"{special.url}/forge/2025-01-01/")
    banner = page.locator(".notice").inner_text()
    page.locator(".notice a").first.click()

    assert redline == "/forge/changes/2024-01-01/2025-01-01/"
    assert "takes effect on 1 January 2025" in banner
    assert urlsplit(page.url).path == "/forge/"
    assert "90 days" in page.locator("main").inner_text()
