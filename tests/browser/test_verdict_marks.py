"""What changes do to rights can be filtered, heard, printed and told without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor

_REDLINE = "/forge/changes/2020-01-01/2022-01-01/"
_MANY = "/ibackup-privacy/changes/2008-06-22/2012-01-09/"
_GROUPS = """() => [...document.querySelectorAll(".change:not(.continued)")]
    .map((change) => [change.id, change.dataset.rights, change.checkVisibility()])"""
_SHOWN_PARTS = """() => [...document.querySelectorAll(".change.continued, .moved-note.away")]
    .filter((part) => part.checkVisibility())
    .map((part) => part.dataset.of ?? part.id.replace(/_from$/, ""))"""


@pytest.fixture
def page(judged: Served, visitor: Visitor) -> Page:
    return visitor.open(judged.url + _REDLINE)


def _shown(page: Page) -> list[str]:
    return [name for name, _, is_shown in page.evaluate(_GROUPS) if is_shown]


def test_filters_go_by_rights_too(page: Page) -> None:
    """Unchecking a box hides what it stands for, with all that belongs to it, and says so."""
    groups = page.evaluate(_GROUPS)
    assert {group for _, group, _ in groups} == {"reduces", "mixed", "expands", "neither"}
    for box in page.locator("[name=rights]").all():
        box.uncheck()
        left = [name for name, group, _ in groups if group != box.get_attribute("value")]

        assert _shown(page) == left
        assert set(page.evaluate(_SHOWN_PARTS)) <= set(left)
        assert page.locator("[role=status]").inner_text() == f"{len(left)} of {len(groups)} changes are shown."
        box.check()
    assert page.locator("[role=status]").inner_text() == "No change is hidden."


def test_both_filters_hold_at_once(page: Page) -> None:
    page.locator("[name=rights][value=neither]").uncheck()
    page.locator("[name=kind][value=added]").uncheck()
    wanted = page.evaluate("""() => [...document.querySelectorAll(".change:not(.continued)")].filter((change) =>
        change.dataset.rights !== "neither" && [...document.querySelectorAll("[name=kind]:checked")]
            .some((box) => change.classList.contains(box.value))).map((change) => change.id)""")

    assert wanted
    assert _shown(page) == wanted


def test_keys_pass_over_what_is_hidden(page: Page) -> None:
    for group in ("neither", "expands"):
        page.locator(f"[name=rights][value={group}]").uncheck()
    shown = _shown(page)
    page.evaluate("() => scrollTo(0, 0)")
    visited = []
    for _ in range(len(shown) + 1):
        page.keyboard.press("n")
        page.wait_for_timeout(80)
        visited.append(page.evaluate("() => decodeURIComponent(location.hash.slice(1))"))

    assert list(dict.fromkeys(visited)) == shown


def test_sentences_for_readers_lead_to_their_changes(page: Page) -> None:
    """Also when a filter hides them."""
    page.locator("[name=rights][value=reduces]").uncheck()
    link = page.locator(".meanings .reduces a").first
    target = (link.get_attribute("href") or "")[1:]
    link.click()

    assert target in _shown(page)
    assert page.locator(f"[id='{target}']").is_visible()


def test_verdicts_are_heard(page: Page) -> None:
    """The name of a change, which a screen reader says on arriving, has the verdict; signs are not spoken."""
    for name, group, _ in page.evaluate(_GROUPS):
        label = page.locator(f"[id='{name}']").get_attribute("aria-label") or ""
        word = {
            "reduces": "reduces your rights",
            "mixed": "reduces and expands",
            "expands": "expands your rights",
            "neither": "does not affect your rights",
        }

        assert word[group] in label
    signs = page.locator(".verdict .sign, .mark .sign")
    assert signs.count() > 0
    assert all(sign.get_attribute("aria-hidden") == "true" for sign in signs.all())


def test_what_the_rules_said_can_be_opened_without_script(judged: Served, visitor: Visitor) -> None:
    page = visitor.open(judged.url + _REDLINE, java_script_enabled=False)
    said = page.locator("details.rules").first
    assert not said.locator(".reason").is_visible()
    said.locator("summary").click()

    assert said.locator(".reason").is_visible()
    assert page.locator(".meaning").is_visible()


def test_paper_has_what_is_folded_on_a_screen(example: Served, visitor: Visitor) -> None:
    """Sentences for readers and reasons, as nobody can open them there; what the rules said stays away."""
    page = visitor.open(example.url + _MANY)
    folded = page.locator(".more-meanings .what, .why > .reason")
    rules = page.locator(".verdict .rules li, .more-meanings summary, .why summary")
    assert {item.is_visible() for item in folded.all()} == {False}
    page.emulate_media(media="print")

    assert {item.is_visible() for item in folded.all()} == {True}
    assert {item.is_visible() for item in rules.all()} == {False}


def test_what_is_folded_can_be_opened_without_script(example: Served, visitor: Visitor) -> None:
    page = visitor.open(example.url + _MANY, java_script_enabled=False)
    for fold, inside in ((".more-meanings", ".what"), ("details.why", "> .reason")):
        said = page.locator(fold).first
        said.locator("summary").first.click()

        assert said.locator(inside).first.is_visible()


@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_paper_and_few_colours_keep_the_verdicts(page: Page, forced_colors: str) -> None:
    page.emulate_media(media="print", forced_colors=forced_colors)  # type: ignore[arg-type] # they are allowed
    verdict = page.locator(".verdict.reduces").first

    assert verdict.locator("> .says").is_visible()
    assert "▼" in verdict.inner_text()
    assert "Reduces your rights" in verdict.inner_text()
    assert "Decided by Ann Other" in verdict.inner_text()


def test_proposals_look_like_proposals(preview: Served, visitor: Visitor) -> None:
    page = visitor.open(f"{preview.url}/forge/changes/2022-01-01/2024-01-01/")
    proposed = page.locator(".verdict.proposed").first

    assert page.locator(".notice.preview").is_visible()
    assert proposed.locator(".proposal").is_visible()
    assert proposed.locator(".reason").first.is_visible()
