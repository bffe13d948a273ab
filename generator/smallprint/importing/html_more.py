"""What opens when a reader asks for more: the hidden end of a sentence, the hidden items of a list."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from smallprint.importing.html_measure import names_of
from smallprint.importing.html_signs import pattern
from smallprint.importing.html_text import count_words, squeeze
from smallprint.importing.html_tree import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MORE: Final = re.compile(
    r"[\W\d_]*(?:(?:read|show|see|view|load|learn|expand|display|open|click|tap|click here|tap here)\s+)?"
    r"(?:to (?:read|see|show|view)\s+|for\s+)?(?:more|all|full|everything|rest|the rest|details|full text|full list|"
    r"complete list)(?:\s+(?:text|list|items|details|information|of it|of them|here))?[\W\d_]*"
    r"|[\W_]*(?:expand|unfold|mehr(?: lesen| anzeigen)?|weiterlesen|lire la suite|afficher plus|ver más|leer más|"
    r"leggi tutto|mostra altro|ler mais|mostrar mais|lees meer|läs mer)[\W_]*",
    re.IGNORECASE,
)
_MORE_NAMES: Final = re.compile(
    r"read-?_?more|show-?_?more|see-?_?more|view-?_?more|more-?_?(?:link|btn|button|toggle)|expand|toggle",
    re.IGNORECASE,
)
_CONTROL: Final = pattern("controls")
_CLICKED: Final = frozenset({"a", "button", "summary", "label", "input"})
_MENUS: Final = frozenset(
    [
        "nav",
        "menu",
        "navbar",
        "submenu",
        "dropdown",
        "tooltip",
        "popover",
        "popup",
        "modal",
        "dialog",
        "overlay",
        "lang",
        "language",
        "share",
        "social",
        "search",
        "breadcrumb",
        "breadcrumbs",
        "cookie",
        "consent",
        "banner",
        "toast",
        "alert",
    ]
)
_DOTS: Final = re.compile(r"[.…\s]+")
_HIGHEST: Final = 3
"""So far round a hidden text is looked for what opens it."""
_NEAR: Final = 2
"""What opens a text is at most so many elements from it."""
_LARGEST: Final = 60
"""Something of more elements is not the neighbourhood of a text."""
_MOST_BESIDE: Final = 200
_MOST_LINKED: Final = 0.7
_LONG_CONTROL: Final = 6


class More:
    """Finds what opens the hidden texts of one page."""

    def __init__(self) -> None:
        self.opened: dict[Element, None] = {}
        """The texts that something opens."""
        self.controls: dict[Element, None] = {}
        """What opens them, and the dots in their places."""

    def opens(self, element: Element) -> bool:
        """Tell whether a hidden text opens where it is, when something beside it is clicked on."""
        if not _may_open(element):
            return False
        inner = element
        for _ in range(_HIGHEST):
            if inner.parent is None or inner.tag in {"html", "body"}:
                return False
            if found := [one for near in _beside(inner) for one in _few(near) if _is_control(one)]:
                self.opened[element] = None
                self.controls.update(dict.fromkeys(found))
                self.controls.update(dict.fromkeys(_dots(element)))
                return True
            inner = inner.parent
        return False


def _beside(element: Element) -> Iterator[Element]:
    """Give the elements just before and after one, where what opens it is; hidden ones of its kind do not count."""
    if element.parent is None or len(element.parent.children) > _MOST_BESIDE:
        return
    around = list(element.parent.elements)
    place = next(number for number, one in enumerate(around) if one is element)
    yield from around[max(place - _NEAR, 0) : place]
    after = around[place + 1 :]
    while after and element.tag == "li" and after[0].tag == "li":
        yield after.pop(0)
    yield from after[:_NEAR]


def _may_open(element: Element) -> bool:
    """Tell whether a hidden text can be a part of a policy, and not of a menu or a box."""
    for one in (element, *element.ancestors):
        if one.tag in {"nav", "header", "footer", "dialog", "template", "button", "select", "form"}:
            return False
        if one.get("role").lower() in {"menu", "navigation", "dialog", "alertdialog", "tooltip", "search", "listbox"}:
            return False
        if one.tag not in {"html", "body"} and names_of(one) & _MENUS:
            return False
    if _CONTROL.search(_text(element)):
        return False
    words = count_words(_text(element))
    linked = sum(count_words(_text(link)) for link in element.find("a") if not link.get("href").startswith("#"))
    return words > 0 and linked <= _MOST_LINKED * words


def _is_control(element: Element) -> bool:
    """Tell whether an element is clicked on to see more."""
    can_click = element.tag in _CLICKED or element.get("role").lower() == "button" or "onclick" in element.attributes
    if not can_click and not (element.tag == "span" and _MORE_NAMES.search(element.get("class"))):
        return False
    text = _text(element) or element.get("value") or element.get("aria-label")
    if count_words(text) > _LONG_CONTROL or not (text or element.get("title")):
        return False
    leads_away = element.tag == "a" and not element.get("href").startswith(("#", "javascript:")) and element.get("href")
    return not leads_away and bool(_MORE.fullmatch(text))


def _dots(element: Element) -> Iterator[Element]:
    """Give the elements beside a hidden text that hold nothing but dots in its place."""
    if element.parent is None or len(element.parent.children) > _MOST_BESIDE:
        return
    for one in element.parent.elements:
        if one is not element and (text := _text(one)) and _DOTS.fullmatch(text) and one.tag != "p":
            yield one


def _few(around: Element) -> Iterator[Element]:
    yield from islice(around.walk(), _LARGEST)


def _text(element: Element) -> str:
    texts: Iterable[str] = (node.text for inner in element.walk() for node in inner.children if isinstance(node, Text))
    return squeeze("".join(texts))
