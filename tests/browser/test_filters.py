"""Filters hide changes of kinds that a reader does not want, and never without saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from serving import Served
    from watching import Visitor

_CHANGES = """() => [...document.querySelectorAll(".change:not(.continued)")].map((change) => [
    change.id, change.checkVisibility(), [...change.classList].filter((name) => name !== "change"),
])"""
_ENTRIES = """() => [...document.querySelectorAll(".index nav a")]
    .filter((link) => link.checkVisibility()).map((link) => decodeURIComponent(link.hash.slice(1)))"""
_ON_SCREEN = """(id) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const target = document.getElementById(id), box = target.getBoundingClientRect();
    done(target.checkVisibility() && box.top >= -1 && box.top < innerHeight);
})))"""


def _shown(page: Page) -> list[str]:
    return [name for name, is_shown, _ in page.evaluate(_CHANGES) if is_shown]


def _boxes(page: Page) -> dict[str, Locator]:
    """Return the boxes of the filters by the kind that each shows or hides."""
    return {box.get_attribute("value") or "": box for box in page.locator(".filters [name=kind]").all()}


def test_nothing_is_hidden_at_first(special: Served, example: Served, visitor: Visitor) -> None:
    """A redline begins with all of its changes shown, in the text and in the index."""
    page = visitor.open()
    for served in (special, example):
        for path in served.redlines:
            page.goto(served.url + path)
            changes = page.evaluate(_CHANGES)

            assert changes
            assert all(is_shown for _, is_shown, _ in changes), path
            assert page.evaluate(_ENTRIES) == [name for name, _, _ in changes]


def test_unchecking_a_kind(special_page: Page) -> None:
    """Unchecking a kind hides the changes that are of no other kind still wanted, with their entries, and says so."""
    changes = special_page.evaluate(_CHANGES)
    for kind, box in _boxes(special_page).items():
        box.uncheck()
        left = [name for name, _, of in changes if set(of) - {kind}]

        assert len(left) < len(changes)
        assert _shown(special_page) == special_page.evaluate(_ENTRIES) == left
        told = special_page.locator("[role=status]").inner_text()
        assert told == f"{len(left)} of {len(changes)} changes are shown."
        box.check()
        assert len(_shown(special_page)) == len(changes)


def test_filters_start_anew(special_page: Page) -> None:
    """A reload shows everything again: nobody reads half a redline without knowing."""
    changes = len(_shown(special_page))
    for box in _boxes(special_page).values():
        box.uncheck()
    hidden = _shown(special_page)
    special_page.reload()

    assert hidden == []
    assert len(_shown(special_page)) == changes


def test_keys_pass_over_what_is_hidden(special_page: Page) -> None:
    """`n` goes only to changes that are shown."""
    _boxes(special_page)["reworded"].uncheck()
    shown = _shown(special_page)
    special_page.evaluate("() => scrollTo(0, 0)")
    visited = []
    for _ in range(len(shown) + 1):
        special_page.keyboard.press("n")
        special_page.wait_for_timeout(80)
        visited.append(special_page.evaluate("() => decodeURIComponent(location.hash.slice(1))"))

    assert list(dict.fromkeys(visited)) == shown


def test_unchanged_clauses(special_page: Page) -> None:
    """One box opens all folded clauses, and folds them again."""
    box = special_page.locator("[name=unchanged]")
    texts = special_page.locator("details.same .clause")
    before = [text.is_visible() for text in texts.all()]
    box.check()
    opened = [text.is_visible() for text in texts.all()]
    box.uncheck()

    assert before
    assert not any(before)
    assert all(opened)
    assert not any(text.is_visible() for text in texts.all())


@pytest.mark.parametrize("clause", ["policy", "sharing.partners", "contact", "data.surveys", "contact_from"])
def test_deep_links(clause: str, special: Served, visitor: Visitor) -> None:
    """A link to any clause of the redline arrives at it, folded or not, whichever side it is of."""
    page = visitor.open(f"{special.url}/forge/changes/2020-01-01/2022-01-01/#{clause}")

    assert page.evaluate(_ON_SCREEN, clause)


def test_deep_link_to_a_fold(example: Served, visitor: Visitor) -> None:
    """A link to an unchanged clause opens the fold that it is in, on arrival and from within the page."""
    page = visitor.open(f"{example.url}/ibackup-privacy/changes/2012-01-09/2020-02-10/")
    folded: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('details.same .clause[id]')].map((c) => c.id)"
    )
    before = page.evaluate("(id) => document.getElementById(id).checkVisibility()", folded[-1])
    page.evaluate("(id) => { location.hash = id }", folded[-1])
    from_within = page.evaluate(_ON_SCREEN, folded[-1])
    page.goto("about:blank")
    page.goto(f"{example.url}/ibackup-privacy/changes/2012-01-09/2020-02-10/#{folded[0]}")

    assert (before, from_within) == (False, True)
    assert page.evaluate(_ON_SCREEN, folded[0])


def test_deep_link_to_what_is_filtered_away(special_page: Page) -> None:
    """A link to a hidden change shows all changes again and goes there."""
    changes = _shown(special_page)
    for box in _boxes(special_page).values():
        box.uncheck()
    special_page.locator(f".gist a[href='#{changes[-2]}']").click()

    assert special_page.evaluate(_ON_SCREEN, changes[-2])
    assert _shown(special_page) == changes
    assert special_page.locator("[role=status]").inner_text() == "No change is hidden."


def test_second_link_to_what_was_filtered_away(special_page: Page) -> None:
    """So does the same link once more, after the filters were set again."""
    link = special_page.locator(".gist .what a").last
    changes = _shown(special_page)
    link.click()
    _boxes(special_page)["added"].uncheck()
    hidden = _shown(special_page)
    link.click()

    assert changes[-1] not in hidden
    assert special_page.evaluate(_ON_SCREEN, changes[-1])


def test_links_pass_over_what_is_hidden(special_page: Page) -> None:
    """“next” and “previous” lead to the nearest change that is shown, and to no other."""
    changes = _shown(special_page)
    _boxes(special_page)["reworded"].uncheck()
    shown = _shown(special_page)
    special_page.locator(f"[id='{shown[0]}'] [rel=next]").click()
    there = special_page.evaluate(_ON_SCREEN, shown[1])
    special_page.locator(f"[id='{shown[1]}'] [rel=prev]").click()

    assert changes.index(shown[1]) > changes.index(shown[0]) + 1
    assert there
    assert special_page.evaluate(_ON_SCREEN, shown[0])
    assert _shown(special_page) == shown
