"""Pages fit small screens, keep still for those who ask for it, and can be read without colour, on paper too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from watching import NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor

_OPEN_ALL = "() => { for (const fold of document.querySelectorAll('details')) fold.open = true }"
_TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width && (box.right > width + 1 || box.left < -1) && !element.closest(".vh, .table, pre");
    });
    return [`${document.scrollingElement.scrollWidth} wide`, ...out.map((element) => element.outerHTML.slice(0, 160))];
}"""
_COLUMNS = """() => [...document.querySelectorAll(".change table")].map((table) => [...table.rows].map((row) =>
    [...row.cells].map((cell) => Math.round(cell.getBoundingClientRect().left))))"""
_IN_MOTION = """() => [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    return style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) > 0
        || parseFloat(style.animationDuration) > 0;
}).map((element) => element.outerHTML.slice(0, 160))"""
# A mark in a block that is new or gone as a whole need have no line of its own: the block has a bar.
_UNMARKED = """() => [...document.querySelectorAll(".text ins, .text del")].filter((mark) => {
    const seen = (element) => getComputedStyle(element);
    const line = mark.localName === "ins" ? "underline" : "line-through";
    if (seen(mark).textDecorationLine.includes(line)) return false;
    const whole = mark.closest(".whole");
    const bars = whole ? [whole, ...whole.querySelectorAll("td, th")] : [];
    return !bars.some((bar) => parseFloat(seen(bar).borderInlineStartWidth) >= 2
        && seen(bar).borderInlineStartStyle !== "none");
}).map((mark) => mark.parentElement.outerHTML.slice(0, 200))"""
_REDLINE = "/forge/changes/2020-01-01/2022-01-01/"


@pytest.mark.parametrize("name", ["example", "special", "judged", "preview"])
def test_no_sideways_scrolling(name: str, request: pytest.FixtureRequest, visitor: Visitor) -> None:
    """At 320 pixels, the width of a wide screen at 400 %, no page scrolls sideways, with everything opened."""
    served: Served = request.getfixturevalue(name)
    page = visitor.open(size=(320, 640))
    found = []
    for path in (*served.paths, "/search.html?q=cookies"):
        page.goto(served.url + path)
        page.evaluate(_OPEN_ALL)
        found += [f"{path}: {element}" for element in page.evaluate(_TOO_WIDE)]

    assert found == []


def test_one_file(one_file: str, visitor: Visitor) -> None:
    """Nor does a comparison in one file."""
    page = visitor.open(one_file, size=(320, 640))
    page.evaluate(_OPEN_ALL)

    assert page.evaluate(_TOO_WIDE) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_table_columns(size: tuple[int, int], special: Served, visitor: Visitor) -> None:
    """A row that is new or gone keeps to the columns of its table, whatever marks it."""
    page = visitor.open(size=size)
    for path in (_REDLINE, "/forge/changes/2022-01-01/2024-01-01/"):
        page.goto(special.url + path)
        tables = page.evaluate(_COLUMNS)

        assert tables
        assert all(row == head[: len(row)] for head, *rows in tables for row in rows), path


def test_new_column_and_new_cell(special: Served, visitor: Visitor) -> None:
    """So does a row of a table with a new column, one of whose other cells says something else now."""
    page = visitor.open(f"{special.url}/forge/changes/2020-01-01/2024-01-01/")

    assert all(row == head[: len(row)] for head, *rows in page.evaluate(_COLUMNS) for row in rows)


def test_still(special: Served, visitor: Visitor) -> None:
    """Nothing moves by itself for readers who asked for less motion."""
    page = visitor.open(reduced_motion="reduce")
    for path in ("/", "/forge/", _REDLINE, "/forge/history/", "/search.html"):
        page.goto(special.url + path)

        assert page.evaluate(_IN_MOTION) == []
        assert page.evaluate("() => document.getAnimations().length") == 0


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_marks_without_colour(media: str, forced_colors: str, special_page: Page) -> None:
    """Every addition and removal can be told without its colour: by a line, or by a bar beside its block."""
    special_page.emulate_media(media=media, forced_colors=forced_colors)  # type: ignore[arg-type] # they are allowed
    special_page.evaluate(_OPEN_ALL)

    assert special_page.locator(".text ins").count() > 0
    assert special_page.locator(".text del").count() > 0
    assert special_page.evaluate(_UNMARKED) == []


def test_added_differs_from_removed(special_page: Page) -> None:
    """What is new as a whole and what is gone as a whole have signs of their own."""
    signs = [
        special_page.locator(f"p.whole.{kind}").first.evaluate("(e) => getComputedStyle(e, '::before').content")
        for kind in ("added", "removed")
    ]

    assert "+" in signs[0]
    assert "−" in signs[1]  # noqa: RUF001 - a minus sign is meant


def test_print(special_page: Page) -> None:
    """On paper what can only be used on a screen is left out, and marks within a line stand in brackets."""
    special_page.emulate_media(media="print")
    left_out = ".masthead form, .policy-nav, .index, .filters, .keys, .permalink, [rel=next], [rel=prev], .skip"
    inserted = special_page.locator(".text :not(.whole) > ins").first

    assert special_page.locator(left_out).count() > 0
    assert [part for part in special_page.locator(left_out).all() if part.is_visible()] == []
    assert inserted.evaluate("(mark) => getComputedStyle(mark, '::before').content") == '"["'
    assert special_page.locator(".change .body").first.is_visible()


def test_paper_has_all_changes(special: Served, visitor: Visitor) -> None:
    """A printed redline fits the paper: no text is cut off at its side."""
    page = visitor.open(special.url + _REDLINE, size=(700, 1000))
    page.emulate_media(media="print")

    assert page.evaluate(_TOO_WIDE) == []
    assert page.pdf().startswith(b"%PDF")


def test_marks_side_by_side(special_page: Page) -> None:
    """Nothing that looks like a space stands between a removed word and the one in its place."""
    padding = special_page.evaluate("""() => [...document.querySelectorAll(".text ins, .text del")].filter((mark) => {
        const style = getComputedStyle(mark);
        return parseFloat(style.paddingInlineStart) + parseFloat(style.marginInlineStart) > 0;
    }).length""")

    assert padding == 0


def test_links_that_did_not_change_are_no_insertions(special: Served, visitor: Visitor) -> None:
    """They have neither the colour nor the line of what was inserted."""
    looks = """(element) => {
        const style = getComputedStyle(element);
        return [style.color, style.textDecorationStyle];
    }"""
    seen = 0
    page = visitor.open()
    for path in special.paths:
        if "/changes/" not in path:
            continue
        page.goto(special.url + path)
        page.evaluate(_OPEN_ALL)
        links = page.locator(
            ".clause a[href]:not(.permalink, ins a, del a, .whole a, :has(ins, del), .noteref a)"
        ).all()
        inserted = page.locator(".text :not(.whole) > ins:not(.moved)")
        if not links or not inserted.count():
            continue
        colour, line = inserted.first.evaluate(looks)
        for link in links:
            seen += 1
            own = link.evaluate(looks)
            assert own[0] != colour, path
            assert own[1] != line, path

    assert seen
