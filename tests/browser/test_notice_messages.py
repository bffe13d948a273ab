"""Messages, the preview and banners in a browser: they fit a phone, read well in the dark, and ask for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_axe import _AXE, _RUN
from test_layout import _TOO_WIDE
from watching import NARROW, WIDE

from announced import LANGUAGES, plan
from smallprint.notifying.preview import write_preview

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from watching import Visitor

# Every word that is seen against what is behind it.
_CONTRASTS = """() => {
    const parse = (color) => color.match(/[\\d.]+/g).map(Number);
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = parse(getComputedStyle(at).backgroundColor);
            if (color.length === 3) return color;
        }
        return [255, 255, 255];
    };
    const luminance = (color) => {
        const [r, g, b] = color.slice(0, 3).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return [...document.querySelectorAll("body *")]
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((element) => element.checkVisibility())
        .map((element) => {
            const both = [parse(getComputedStyle(element).color), behind(element)].map(luminance);
            return [(Math.max(...both) + 0.05) / (Math.min(...both) + 0.05), element.outerHTML.slice(0, 200)];
        })
        .filter(([ratio]) => ratio < 4.5)
        .map(([ratio, html]) => `${ratio.toFixed(2)} : 1 in ${html}`);
}"""
_LEFT_OUT = "() => [...document.querySelectorAll('.preheader')].filter((element) => element.checkVisibility()).length"


@pytest.fixture(scope="module")
def folder(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - none without a browser
    """Write the preview of the example."""
    where = tmp_path_factory.mktemp("preview")
    write_preview(where, plan())
    return where


def found_by_axe(page: Page) -> list[str]:
    page.evaluate(_AXE)
    found: list[str] = page.evaluate(_RUN)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_message(language: str, scheme: Any, folder: Path, visitor: Visitor) -> None:
    """No message scrolls sideways at 320 pixels, breaks a rule of axe-core or has words that can hardly be read."""
    page = visitor.open((folder / f"{language}.html").as_uri(), size=(320, 640), color_scheme=scheme)
    dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(22, 23, 26)"

    assert page.evaluate(_TOO_WIDE) == []
    assert found_by_axe(page) == []
    assert page.evaluate(_CONTRASTS) == []
    assert page.evaluate(_LEFT_OUT) == 0
    assert dark is (scheme == "dark")


def test_no_request(folder: Path, visitor: Visitor) -> None:
    """A message is read without a request to anyone."""
    page = visitor.open()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    for language in LANGUAGES:
        page.set_content((folder / f"{language}.html").read_text("utf-8"))
        page.wait_for_load_state("networkidle")

    assert asked == []


def test_arabic_runs_from_right_to_left(folder: Path, visitor: Visitor) -> None:
    """Its text begins on the right, and an English sentence in it still ends with its full stop."""
    page = visitor.open((folder / "ar.html").as_uri(), size=NARROW)
    heading = page.locator("h1")
    right = (
        "(element) => { const range = document.createRange(); range.selectNodeContents(element); "
        "return range.getBoundingClientRect().right - element.getBoundingClientRect().right; }"
    )

    assert heading.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
    assert abs(heading.evaluate(right)) < 2
    assert page.locator(".sentence [lang=en]").first.evaluate("(e) => getComputedStyle(e).direction") == "ltr"


def test_the_sheet_is_one_column_of_600_pixels(folder: Path, visitor: Visitor) -> None:
    page = visitor.open((folder / "en.html").as_uri(), size=WIDE)
    box = page.locator(".sheet").bounding_box()

    assert box is not None
    assert box["width"] <= 640
    assert abs(box["x"] * 2 + box["width"] - page.evaluate("document.documentElement.clientWidth")) < 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_preview(scheme: Any, folder: Path, visitor: Visitor) -> None:
    """The page that shows them all does neither, and its frames show the messages."""
    page = visitor.open((folder / "index.html").as_uri(), size=(320, 640), color_scheme=scheme)
    frame = page.frame_locator(".phone.dark iframe").first

    assert page.evaluate(_TOO_WIDE) == []
    assert found_by_axe(page) == []
    assert page.evaluate(_CONTRASTS) == []
    assert frame.locator("h1").inner_text() == "Changes to the Privacy Policy that affect your rights"
    assert frame.locator("body").evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(22, 23, 26)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_banner(language: str, scheme: Any, folder: Path, visitor: Visitor) -> None:
    """On a page of either scheme a banner fits, and can be read by everyone."""
    banner = (folder / f"banner.{language}.html").read_text("utf-8")
    page = visitor.open(size=(320, 640), color_scheme=scheme)
    page.set_content(
        '<!DOCTYPE html><html lang="en"><head><title>Acme</title>'
        f"<style>html {{ color-scheme: {scheme}; background: Canvas }}</style></head>"
        f"<body>{banner}<main><h1>Acme</h1></main></body></html>"
    )

    assert page.evaluate(_TOO_WIDE) == []
    assert found_by_axe(page) == []
    assert page.evaluate(_CONTRASTS) == []
