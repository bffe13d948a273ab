"""The pages work in other themes too: those of MkDocs and that of mkdocs-material."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builds import SPECIAL, build
from serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from serving import Served
    from watching import Visitor

_REDLINE = "/forge/changes/2020-01-01/2022-01-01/"
_PAGES = ("/forge/", "/forge/2020-01-01/", _REDLINE, "/forge/history/", "/diwan/", "/how-changes-are-judged/")
# What an element looks like, as far as it does not depend on the room that the theme leaves.
# Scripts of themes give tables classes, and wrap them.
_LOOKS = """() => [...document.querySelectorAll(
    ".smallprint, .smallprint *:not([class^=md-], [class^=wy-])"
)].map((element) => {
    const properties = ["color", "backgroundColor", "textDecorationLine", "listStyleType", "borderTopStyle",
        "borderBottomStyle", "borderLeftStyle", "borderRightStyle", "boxShadow", "fontWeight", "fontStyle",
        "textTransform", "whiteSpaceCollapse", "float"];
    const looks = (pseudo) => {
        const style = getComputedStyle(element, pseudo);
        return pseudo ? [style.content] : properties.map((name) => style[name]);
    };
    const size = parseFloat(getComputedStyle(element).fontSize);
    const own = looks().map((value) => /^-?[\\d.]+px$/.test(value) ? (parseFloat(value) / size).toFixed(2) : value);
    const named = element.localName === "table" ? "" : element.className;
    return [element.localName, named, ...own, ...looks("::before"), ...looks("::after")].join("; ");
})"""


@pytest.fixture(scope="module", params=["mkdocs", "readthedocs", "material"])
def other(
    request: pytest.FixtureRequest,
    browser: Browser,  # noqa: ARG001 - nothing to serve without a browser
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """Serve the special site in another theme."""
    theme = {"name": request.param, **({"font": False} if request.param == "material" else {"highlightjs": False})}
    with serve(build(SPECIAL, tmp_path_factory.mktemp(request.param), theme=theme)) as served:
        yield served


@pytest.mark.parametrize("path", _PAGES)
def test_no_rule_of_the_theme_reaches_our_pages(path: str, other: Served, special: Served, visitor: Visitor) -> None:
    """No bar, bullet or mark of the theme stands in a page of ours: it looks as in our own theme."""
    page = visitor.open(special.url + path, size=(700, 900))
    page.emulate_media(color_scheme="light")
    ours = [looks for looks in page.evaluate(_LOOKS) if "masthead" not in looks]
    start = next(n for n, looks in enumerate(ours) if looks.startswith("div; smallprint "))
    page.goto(other.url + path)
    theirs = page.evaluate(_LOOKS)
    differences = [(a, b) for a, b in zip(ours[start:], theirs, strict=False) if a != b]

    assert differences == []


def test_no_page_scrolls_sideways_in_another_theme(other: Served, visitor: Visitor) -> None:
    """Also at 320 pixels."""
    page = visitor.open(size=(320, 640))
    wide = []
    for path in _PAGES:
        page.goto(other.url + path)
        if page.evaluate("() => document.querySelector('.smallprint').getBoundingClientRect().right") > 321:
            wide.append(path)

    assert wide == []


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
