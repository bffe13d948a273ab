"""What a screen reader is told of a redline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor


def _spoken(page: Page) -> list[str]:
    """Return the names of all nodes of the accessibility tree, in reading order."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    names: list[str] = []

    def walk(node_id: str) -> None:
        node = nodes.get(node_id)
        if node is None:
            return
        if not node["ignored"]:
            names.append(f"{node['role']['value']}: {node.get('name', {}).get('value', '')}")
        for child in node.get("childIds", ()):
            walk(child)

    walk(next(iter(nodes)))
    return names


def _texts(page: Page) -> list[str]:
    return [name.removeprefix("StaticText: ") for name in _spoken(page) if name.startswith("StaticText: ")]


def test_marks_are_said(special_page: Page) -> None:
    """Each run of added, removed and moved words begins with that word, and its end is told too."""
    texts = _texts(special_page)
    runs = special_page.locator(".text .vh", has_text="[").count()

    assert runs > 10
    assert sum(text.strip() in {"[added:", "[removed:", "[moved away:", "[moved here:"} for text in texts) == runs
    assert texts.count("]") == runs


def test_words_in_order(special_page: Page) -> None:
    """A changed sentence is read in the order of the page: what was removed, then what was added."""
    texts = [text.strip() for text in _texts(special_page)]
    at = texts.index("[removed:", texts.index("The text with its changes")) - 1
    while texts[at] != "We use cookies for":
        at += 1

    assert texts[at + 1 : at + 8] == ["[removed:", "30", "]", "[added:", "90", "]", "days. They hold no name."]


def test_marks_can_be_silenced(special_page: Page) -> None:
    """Readers who hear marks from their screen reader anyway switch ours off, and they stay off."""
    switch = special_page.get_by_role("checkbox", name="Spoken marks")
    switch.uncheck()
    silenced = "".join(_texts(special_page))
    special_page.reload()
    still = "".join(_texts(special_page))
    switch.check()

    assert "[added: " not in silenced
    assert "[added: " not in still
    assert "30" in silenced
    assert "[added: " in "".join(_texts(special_page))


def test_changes_are_named(special_page: Page) -> None:
    """Each change is an article whose name says which it is, of how many, and what happened to it."""
    articles = [name.removeprefix("article: ") for name in _spoken(special_page) if name.startswith("article: ")]

    assert articles[0] == "Change 1 of 8: Contact, Moved"
    assert len(articles) == 8


def test_signs_are_not_said(special: Served, visitor: Visitor) -> None:
    """Signs that stand beside words are not read out: `±`, arrows, `+`."""
    page = visitor.open()
    for path in special.redlines:
        page.goto(special.url + path)
        texts = [text.strip() for text in _texts(page)]

        assert not {"±", "+", "−", "→", "↓", "↑", "#", "÷", "&", "T"} & set(texts), path  # noqa: RUF001


def test_language_and_direction(special: Served, visitor: Visitor) -> None:
    """An Arabic policy says that it is Arabic and runs from the right; our own words in it say that they are not."""
    page = visitor.open(f"{special.url}/diwan/changes/2021-03-01/2023-03-01/")
    texts = page.evaluate("""() => [".change .clause", ".note .kind", ".lead", ".index summary"].map((selector) => {
        const part = document.querySelector(selector);
        return [part.closest("[lang]").lang, getComputedStyle(part).direction];
    })""")

    assert texts == [["ar", "rtl"], ["en", "ltr"], ["en", "ltr"], ["en", "ltr"]]
    assert page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
