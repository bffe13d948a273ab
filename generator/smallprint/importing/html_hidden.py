"""Text of a page that its readers do not see, or only some of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Why
from smallprint.importing.html_blocks import Mark
from smallprint.importing.html_more import More
from smallprint.importing.html_signs import words
from smallprint.importing.html_text import count_words, squeeze
from smallprint.importing.html_tree import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_CSS: Final = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*(?:0|1px)(?:px)?[ ,])",
    re.IGNORECASE,
)
_SCREEN_READERS: Final = words("screen reader classes")
_HIDDEN: Final = words("hiding classes")
_SHOWN: Final = re.compile(
    r"(?:^|\s)\S*(?:sm|md|lg|xl|xxl|2xl|print|group-\w+)[:-](?:!?block|!?flex|!?inline\S*|!?grid|!?table|!?contents|d-\S+)"
)
_SHOWN_ON_WIDE: Final = re.compile(r"\bd-(?:sm|md|lg|xl|xxl)-(?!none)")
_STYLE: Final = re.compile(r"<style\b[^>]{0,500}>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_CSS_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE: Final = re.compile(r"[{}]")
_NONE: Final = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_SIMPLE: Final = re.compile(r"^([.#])([\w-]+)$")
_PANEL: Final = 25
"""A hidden text of more words may be the closed part of a text that opens when it is clicked on."""
_SENTENCE: Final = re.compile(r"(?:\S+ ){3}.*[.!?]", re.DOTALL)
"""And so may a shorter one, where something on the page is said to open it."""
_PANEL_NAMES: Final = re.compile(
    r"accordion|collaps|panel|tab|toggle|expand|fold|drawer-content|content|answer|faq|details|section|body|more|spoiler|slide",
    re.IGNORECASE,
)


def hidden(
    root: Element, rules: frozenset[str] = frozenset(), more: More | None = None
) -> Iterator[tuple[Element, Mark]]:
    """Give the elements of a page that are hidden, outermost only.

    Args:
        root: The page.
        rules: `.class` and `#id` that the page's own styles hide.
        more: Finds what opens a hidden text; it keeps what it finds.
    """
    toggled = _toggled(root)
    more = more or More()
    stack = [root]
    while stack:
        element = stack.pop()
        mark = _mark(element, rules, toggled)
        if mark is None or (mark.why is Why.HIDDEN and not mark.place and more.opens(element)):
            stack.extend(reversed(list(element.elements)))
        else:
            yield element, mark


def hiding_rules(text: str) -> frozenset[str]:
    """Return `.class` and `#id` that the styles of a page hide outright."""
    found: set[str] = set()
    for style in _STYLE.findall(text):
        selectors: list[str] = []  # of the blocks that are open
        since = 0
        css = _CSS_COMMENT.sub(" ", style)
        for brace in _BRACE.finditer(css):
            inner, since = css[since : brace.start()], brace.end()
            if brace[0] == "{":
                selectors.append(inner.rpartition(";")[2].strip())
            elif selectors:
                selector = selectors.pop()
                if not selectors and _NONE.search(inner):  # within another block it holds for some screens only
                    found.update(part.strip() for part in selector.split(",") if _SIMPLE.match(part.strip()))
    return frozenset(found)


def _toggled(root: Element) -> frozenset[str]:
    """Return the ids of what opens when something is clicked on."""
    found: set[str] = set()
    for element in root.walk():
        for name in ("aria-controls", "data-target", "data-bs-target"):
            found.update(part.lstrip("#") for part in element.get(name).split())
        if "aria-expanded" in element.attributes or element.get("data-toggle") or element.get("data-bs-toggle"):
            found.add(element.get("href").lstrip("#"))
    return frozenset(found - {""})


def _mark(element: Element, rules: frozenset[str], toggled: frozenset[str]) -> Mark | None:
    attributes = element.attributes
    classes = set(element.get("class").lower().split())
    if classes & _SCREEN_READERS and not _SHOWN.search(element.get("class")):
        return Mark(Why.HIDDEN, is_sure=False, place=f"{element.place} (read aloud to those who cannot see the page)")
    is_closed = "hidden" in attributes and attributes["hidden"].lower() != "until-found"
    is_closed = is_closed or bool(_CSS.search(element.get("style")))
    if is_closed:
        return None if _opens(element, toggled) else Mark(Why.HIDDEN)
    named = {f".{name}" for name in element.get("class").split()} | {f"#{element.get('id')}"}
    if named & rules or (classes & _HIDDEN and not _is_shown(element)):
        return None if _opens(element, toggled) else Mark(Why.HIDDEN, is_sure=False)
    return None


def _is_shown(element: Element) -> bool:
    return bool(_SHOWN.search(element.get("class")) or _SHOWN_ON_WIDE.search(element.get("class")))


def _opens(element: Element, toggled: frozenset[str]) -> bool:
    """Tell whether a closed part of a text is text all the same: it is long, and something on the page opens it."""
    if element.get("role") in {"dialog", "alertdialog"} or "aria-modal" in element.attributes:
        return False
    text = squeeze(" ".join(node.text for inner in element.walk() for node in inner.children if isinstance(node, Text)))
    is_long = count_words(text) > _PANEL
    if element.get("id") in toggled or element.get("role") == "tabpanel":
        return is_long or bool(_SENTENCE.fullmatch(text.strip()))
    return is_long and bool(_PANEL_NAMES.search(f"{element.get('class')} {element.get('id')}"))
