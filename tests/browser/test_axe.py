"""axe-core finds nothing on any kind of page, in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python  # type: ignore[import-untyped] # ships no types
import pytest
from watching import NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from watching import Visitor

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
_RUN = """() => axe.run({resultTypes: ["violations"], preload: false}).then(({violations}) => violations.flatMap(
    ({id, nodes}) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`)))"""
_OPEN_ALL = "() => { for (const fold of document.querySelectorAll('details')) fold.open = true }"
# axe cannot tell what stands behind a positioned element, and marks are positioned.
_CONTRASTS = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const parse = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = parse(getComputedStyle(at).backgroundColor);
            if (color[3] === 255) return color;
            if (color[3] !== 0) throw new Error(`${at.outerHTML} lets its background shine through`);
        }
        return [255, 255, 255];
    };
    const luminance = (color) => {
        const [r, g, b] = color.slice(0, 3).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const seen = ".text *:not(.vh), .gist *:not(.vh), .note *:not(.vh), .index *, .status *, .badge, .colophon *, " +
        ".meaning *, .meanings *, .notice";
    return [...document.querySelectorAll(seen)]
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((element) => element.checkVisibility())
        .map((element) => {
            const both = [parse(getComputedStyle(element).color), behind(element)].map(luminance);
            return [(Math.max(...both) + 0.05) / (Math.min(...both) + 0.05), element.outerHTML.slice(0, 200)];
        })
        .filter(([ratio]) => ratio < 4.5)
        .map(([ratio, html]) => `${ratio.toFixed(2)} : 1 in ${html}`);
}"""
_PAGES = {
    "example": (
        "/",
        "/ibackup-privacy/",
        "/ibackup-privacy/2006-06-18/",
        "/ibackup-privacy/changes/2012-01-09/2020-02-10/",
        "/ibackup-privacy/history/",
        "/search.html?q=cookies",
        "/404.html",
    ),
    "special": (
        "/forge/",
        "/forge/2025-01-01/",
        "/forge/changes/2020-01-01/2024-01-01/",
        "/forge/changes/2024-01-01/2025-01-01/",
        "/forge/history/",
        "/diwan/",
        "/diwan/2021-03-01/",
        "/diwan/changes/2021-03-01/2023-03-01/",
        "/diwan/history/",
        "/garden/",
        "/garden/changes/2023-01-01/2024-01-01/",
    ),
    "judged": (
        "/forge/changes/2020-01-01/2022-01-01/",
        "/forge/changes/2022-01-01/2024-01-01/",
        "/forge/history/",
        "/diwan/changes/2021-03-01/2023-03-01/",
        "/how-changes-are-judged/",
    ),
    "preview": ("/forge/changes/2022-01-01/2024-01-01/", "/forge/history/"),
}


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide-light", "narrow-dark"])
def test_no_violations(
    name: str, size: tuple[int, int], scheme: str, request: pytest.FixtureRequest, visitor: Visitor
) -> None:
    """No page breaks a rule of axe-core, with all that is folded opened."""
    served = request.getfixturevalue(name)
    page = visitor.open(size=size, color_scheme=scheme)
    found = []
    for path in _PAGES[name]:
        page.goto(served.url + path)
        page.evaluate(_OPEN_ALL)
        page.evaluate(_AXE)
        found += [f"{path}: {violation}" for violation in page.evaluate(_RUN)]

    assert found == []


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(name: str, scheme: Any, request: pytest.FixtureRequest, visitor: Visitor) -> None:
    """Every word, marked or not, stands out from what is behind it by 4.5 to 1 or more."""
    served = request.getfixturevalue(name)
    page = visitor.open(color_scheme=scheme)
    found = []
    for path in _PAGES[name]:
        page.goto(served.url + path)
        page.evaluate(_OPEN_ALL)
        found += [f"{path}: {pair}" for pair in page.evaluate(_CONTRASTS)]

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_file(scheme: Any, one_file: str, visitor: Visitor) -> None:
    """Neither is anything found on a comparison in one file."""
    page = visitor.open(one_file, size=NARROW, color_scheme=scheme)
    page.evaluate(_OPEN_ALL)
    page.evaluate(_AXE)

    assert page.evaluate(_RUN) == []
    assert page.evaluate(_CONTRASTS) == []


def test_finds_violations(special_page: Page) -> None:
    """The check itself works: it finds an image without a text, and words that can hardly be read."""
    special_page.evaluate("""() => {
        document.querySelector(".text").append(new Image());
        document.querySelector(".change ins").style.color = "#bbb";
    }""")
    special_page.evaluate(_AXE)

    assert any(violation.startswith("image-alt") for violation in special_page.evaluate(_RUN))
    assert special_page.evaluate(_CONTRASTS)
