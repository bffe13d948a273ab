"""With JavaScript off nothing is lost but filters and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from texts import shown_words, source_words

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor

_REDLINE = "/forge/changes/2020-01-01/2022-01-01/"
_STEP = "() => [decodeURIComponent(location.hash.slice(1)), document.querySelector(':target')?.id]"


@pytest.fixture
def plain_page(special: Served, visitor: Visitor) -> Page:
    """Open a redline in a browser without JavaScript."""
    return visitor.open(special.url + _REDLINE, java_script_enabled=False)


def test_text(plain_page: Page, special: Served) -> None:
    """All text is there, old and new."""
    old, new = (special.folder / "forge" / f"{name}.md" for name in ("2020-01-01", "2022-01-01"))

    assert shown_words(plain_page, "del") == source_words(new)
    assert sorted(shown_words(plain_page, "ins")) == sorted(source_words(old))


def test_next_and_previous(plain_page: Page) -> None:
    """The links lead from change to change and back."""
    changes: list[str] = plain_page.evaluate(
        "() => [...document.querySelectorAll('.change:not(.continued)')].map((change) => change.id)"
    )
    plain_page.locator(".index summary").evaluate("(summary) => { summary.parentElement.open = true }")
    plain_page.locator(".index nav a").first.click()
    visited = [plain_page.evaluate(_STEP)]
    for _ in changes[1:]:
        plain_page.locator(":target [rel=next]").click()
        visited.append(plain_page.evaluate(_STEP))
    for _ in changes[1:]:
        plain_page.locator(":target [rel=prev]").click()
        visited.append(plain_page.evaluate(_STEP))

    assert visited == [[name, name] for name in (*changes, *reversed(changes[:-1]))]
    assert plain_page.locator(":target [rel=prev]").count() == 0


def test_folded_clauses(plain_page: Page) -> None:
    """A click on its line opens folded text."""
    fold = plain_page.locator("details.same").first
    closed = fold.locator(".clause").first.is_visible()
    fold.locator("summary").click()

    assert not closed
    assert fold.locator(".clause").first.is_visible()


def test_controls(plain_page: Page) -> None:
    """No box or button is shown that would do nothing."""
    dead = plain_page.locator(".filters:visible, .keys:visible").count()

    assert dead == 0


def test_marks(plain_page: Page) -> None:
    """The hidden words that tell screen readers what was added and removed are in the page."""
    text = plain_page.locator(".text").text_content() or ""

    assert "[added: " in text
    assert "[removed: " in text


def test_search_says_what_it_needs(special: Served, visitor: Visitor) -> None:
    """The search page says that it needs JavaScript, and what can be done without."""
    page = visitor.open(f"{special.url}/search.html?q=cookies", java_script_enabled=False)

    assert page.locator("noscript", has=page.locator("a")).is_visible()
