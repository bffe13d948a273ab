"""A redline can be read with the keyboard alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from watching import NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor

_CHANGES = "() => [...document.querySelectorAll('.change:not([hidden], .continued)')].map((change) => change.id)"
# Where the reader is: the address, the focus, the entry of the index that is marked, and whether all of it can be seen.
_PLACE = """() => {
    const focused = document.activeElement;
    const box = focused.getBoundingClientRect();
    return {
        address: decodeURIComponent(location.hash.slice(1)),
        focused: focused.id,
        marked: decodeURIComponent(document.querySelector(".index nav [aria-current] a")?.hash.slice(1) ?? ""),
        seen: box.bottom > 0 && box.top < innerHeight,
    };
}"""
_FOCUSED = """() => {
    const at = document.activeElement;
    if (at === document.body) return null;
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    return {
        text: at.className + " " + at.innerText,
        href: at.getAttribute("href") ?? "",
        box: [box.width, box.height],
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
        inside: at.closest(".index, .note, .text, .policy-nav, .masthead, .opening, .gist, .colophon, .skip").className,
    };
}"""
# Observers report at the next frame or the one after it; a reader presses no key sooner.
_SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done), 30)))"


def _press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.evaluate(_SETTLED)


def _at(change: str) -> dict[str, Any]:
    return {"address": change, "focused": change, "marked": change, "seen": True}


@pytest.mark.parametrize(
    ("name", "path", "size"),
    [
        ("example", "/ibackup-privacy/changes/2006-06-18/2020-02-10/", WIDE),
        ("example", "/ibackup-privacy/changes/2012-01-09/2020-02-10/", (1920, 2160)),
        ("special", "/forge/changes/2020-01-01/2022-01-01/", (1280, 1440)),
        ("special", "/forge/changes/2020-01-01/2022-01-01/", NARROW),
        ("special", "/diwan/changes/2021-03-01/2023-03-01/", WIDE),
    ],
)
def test_next_and_previous(
    name: str, path: str, size: tuple[int, int], request: pytest.FixtureRequest, visitor: Visitor
) -> None:
    """`n` goes through all changes and stays at the last, `p` goes back through all of them; none is skipped."""
    page = visitor.open(request.getfixturevalue(name).url + path, size=size)
    changes = page.evaluate(_CHANGES)
    there, back = [], []
    for _ in changes:
        _press(page, "n")
        there.append(page.evaluate(_PLACE))
    _press(page, "n")
    end = page.evaluate(_PLACE)
    for _ in changes[1:]:
        _press(page, "p")
        back.append(page.evaluate(_PLACE))

    assert len(changes) > 1
    assert there == [_at(change) for change in changes]
    assert end == _at(changes[-1])
    assert back == [_at(change) for change in reversed(changes[:-1])]


def test_next_from_where_one_reads(example: Served, visitor: Visitor) -> None:
    """After scrolling, `n` goes to the first change below the top of the screen, not to where one was before."""
    page = visitor.open(f"{example.url}/ibackup-privacy/changes/2006-06-18/2020-02-10/")
    changes = page.evaluate(_CHANGES)
    _press(page, "n")
    page.evaluate("(id) => document.getElementById(id).scrollIntoView()", changes[8])
    page.evaluate(_SETTLED)
    _press(page, "n")

    assert page.evaluate(_PLACE) == _at(changes[9])


def test_keys_leave_no_trail(special_page: Page) -> None:
    """The browser's way back leads to the page before, not through every key pressed."""
    before = special_page.evaluate("() => history.length")
    for key in "nnpn":
        _press(special_page, key)

    assert special_page.evaluate("() => history.length") == before


def test_switch(special_page: Page) -> None:
    """The switch turns the keys off, and stays off after a reload."""
    switch = special_page.get_by_role("checkbox", name="Keys")
    switch.uncheck()
    _press(special_page, "n")
    off = special_page.evaluate(_PLACE)["address"]
    special_page.reload()
    remembered = switch.is_checked()
    _press(special_page, "n")
    still_off = special_page.evaluate(_PLACE)["address"]
    switch.check()
    _press(special_page, "n")

    assert (off, remembered, still_off) == ("", False, "")
    assert special_page.evaluate(_PLACE)["address"] in special_page.evaluate(_CHANGES)


def test_typing_is_no_command(special_page: Page) -> None:
    """An `n` typed into the search field, or pressed together with Control, goes nowhere."""
    special_page.get_by_role("searchbox").press_sequentially("no panic")
    typed = special_page.get_by_role("searchbox").input_value()
    special_page.locator("h1").click()
    _press(special_page, "Alt+n")

    assert typed == "no panic"
    assert special_page.evaluate(_PLACE)["address"] == ""


def _tab_through(page: Page) -> list[dict[str, Any]]:
    """Return what has the focus after each Tab, from the beginning of the page to its end."""
    stops: list[dict[str, Any]] = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop is None or (stops and stop == stops[0]):
            return stops
        stops.append(stop)
    raise AssertionError("The focus never leaves the page.")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_tab(size: tuple[int, int], special: Served, visitor: Visitor) -> None:
    """Tab reaches, in this order, the skip link, the index, and the links of every change; all of them can be seen."""
    page = visitor.open(f"{special.url}/forge/changes/2022-01-01/2024-01-01/", size=size)
    if size == NARROW:
        page.evaluate("() => { document.querySelector('.index details').open = true }")
    stops = _tab_through(page)
    changes = page.evaluate(_CHANGES)
    index = [stop["href"] for stop in stops if stop["inside"] == "index" and stop["href"]]
    neighbours = [stop["href"] for stop in stops if "next" in stop["text"] or "previous" in stop["text"]]

    assert stops[0]["href"] == "#main_content"
    assert index == [f"#{change}" for change in changes]
    pairs = list(pairwise(changes))
    assert sorted(neighbours) == sorted([f"#{old}" for old, _ in pairs] + [f"#{new}" for _, new in pairs])
    hidden = [stop for stop in stops if not (stop["seen"] and stop["outlined"])]
    assert hidden == []


def test_skip_link(special_page: Page) -> None:
    """The first Tab and Enter lead past the head of the page; the next Tab stops in the text, not in the head."""
    special_page.keyboard.press("Tab")
    special_page.keyboard.press("Enter")
    special_page.keyboard.press("Tab")

    assert special_page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(("fold", "inside"), [("details.same", ".clause"), (".index details", "nav a")])
def test_folded(fold: str, inside: str, special: Served, visitor: Visitor) -> None:
    """Enter opens folded clauses, and on a phone the index, and closes them again."""
    page = visitor.open(f"{special.url}/forge/changes/2020-01-01/2022-01-01/", size=NARROW)
    text = page.locator(fold).first.locator(inside).first
    closed = text.is_visible()
    page.locator(fold).first.locator("summary").focus()
    page.keyboard.press("Enter")
    opened = text.is_visible()
    page.keyboard.press("Enter")

    assert (closed, opened, text.is_visible()) == (False, True, False)
