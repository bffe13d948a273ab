"""How much text each element of a page holds, and how much of it is prose or links."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from smallprint.importing.html_text import count_words
from smallprint.importing.html_tree import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_PROSE: Final = 6
"""So many words on end, without a link, are prose."""
_EDGE: Final = 0.1
_NO_PROSE: Final = frozenset(
    ["a", "button", "option", "label", "select", "noscript", "template", "title", "textarea", "svg", "head"]
)
_PART: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Measure:
    """The words of each element of a page."""

    def __init__(self, root: Element, hidden: Iterable[Element]) -> None:
        """Count them; text in hidden elements counts nowhere."""
        self.words: dict[Element, int] = defaultdict(int)
        self.linked: dict[Element, int] = defaultdict(int)
        self.prose: dict[Element, int] = defaultdict(int)
        self.size: dict[Element, int] = defaultdict(int)
        left_out = set(hidden)
        order: list[tuple[Element, bool, bool]] = []
        stack = [(root, False, False)]
        while stack:
            element, in_link, is_bare = stack.pop()
            if element in left_out:
                continue
            order.append((element, in_link, is_bare))
            in_link = in_link or element.tag == "a"
            is_bare = is_bare or element.tag in _NO_PROSE
            for child in element.children:
                if isinstance(child, Text):
                    self._count(element, child, in_link=in_link, is_bare=is_bare)
                else:
                    stack.append((child, in_link, is_bare))
        self._before = self._count_before(root, left_out)
        for element, _, _ in reversed(order):
            self.size[element] += 1
            if element.parent is not None and element is not root:
                for counts in (self.words, self.linked, self.prose, self.size):
                    counts[element.parent] += counts[element]
        self.total = max(self.prose[root], 1)
        self.root = root

    def _count(self, element: Element, text: Text, *, in_link: bool, is_bare: bool) -> None:
        if text.text.isspace():
            return
        words = count_words(text.text)
        self.words[element] += words
        if in_link:
            self.linked[element] += words
        if not is_bare and words >= _PROSE:
            self.prose[element] += words

    def _count_before(self, root: Element, left_out: set[Element]) -> dict[Element, int]:
        before = {}
        count = 0
        stack = [root]
        while stack:
            element = stack.pop()
            if element in left_out:
                continue
            before[element] = count
            count += self.prose[element]  # of its own text alone, as long as nothing has been added up
            stack.extend(reversed(list(element.elements)))
        return before

    def is_at_edge(self, element: Element) -> bool:
        """Tell whether nearly all prose of the page stands after an element, or nearly all before it."""
        before = self._before.get(element, 0) / self.total
        return before < _EDGE or before + self.share(element) > 1 - _EDGE

    def share(self, element: Element) -> float:
        """Return how much of the page's prose stands in an element, from 0 to 1."""
        return self.prose[element] / self.total

    def link_share(self, element: Element) -> float:
        """Return how much of an element's words are links, from 0 to 1; 1 where it has none."""
        words = self.words[element]
        return self.linked[element] / words if words else 1.0


def names_of(element: Element) -> frozenset[str]:
    """Return the words in an element's id and classes, in lower case.

    >>> sorted(names_of(Element("div", {"class": "footerWrap site-nav"}, 1)))
    ['footer', 'nav', 'site', 'wrap']
    """
    text = f"{element.get('id')} {element.get('class')}"
    return frozenset(part.lower() for part in _PART.findall(text[:500]))
