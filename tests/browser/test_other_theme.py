"""The pages work in another theme too: that of mkdocs-material."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from serving import Served
    from watching import Visitor

_REDLINE = "/forge/changes/2020-01-01/2022-01-01/"


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_marks(scheme: str, material: Served, visitor: Visitor) -> None:
    """Added and removed words are marked, and can be read, in the light and in the dark variant."""
    page = visitor.open(material.url + _REDLINE)
    page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme }", scheme)
    marks = page.evaluate("""() => ["ins", "del"].map((name) => {
        const mark = document.querySelector(`.text p:not(.whole) > ${name}`);
        return getComputedStyle(mark).textDecorationLine;
    })""")

    assert marks == ["underline", "line-through"]


def test_links_between_changes(material: Served, visitor: Visitor) -> None:
    """The links from change to change work."""
    page = visitor.open(material.url + _REDLINE)
    page.locator(".change [rel=next]").first.click()
    page.wait_for_function("() => location.hash.length > 1")

    assert page.locator(":target").get_attribute("aria-label", timeout=1000)


def test_folded_clauses(material: Served, visitor: Visitor) -> None:
    """Folded text opens."""
    page = visitor.open(material.url + _REDLINE)
    fold = page.locator("details.same").first
    fold.locator("summary").click()

    assert fold.locator(".clause").first.is_visible()


def test_every_kind_of_page(material: Served, visitor: Visitor) -> None:
    """Each page has one title of its own, and stands in the theme's frame."""
    page = visitor.open()
    for path in ("/forge/", "/forge/2020-01-01/", _REDLINE, "/forge/history/", "/diwan/"):
        page.goto(material.url + path)

        assert page.locator(".md-header").is_visible()
        assert page.locator("h1").count() == 1, path
        assert page.locator(".smallprint").first.is_visible()
