"""What of a page belongs to the site and not to the policy: menus, banners, footers, forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Why
from smallprint.importing.html_blocks import Mark, text_of
from smallprint.importing.html_measure import Measure, names_of
from smallprint.importing.html_notes import NOTE
from smallprint.importing.html_signs import pattern, words
from smallprint.importing.html_text import count_words, squeeze
from smallprint.importing.html_tree import Element, heading_level

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICY_WORDS: Final = pattern("titles of policies")
_DAY: Final = pattern("days")
_BANNER_NAME: Final = pattern("banner names")
_ANSWER: Final = pattern("answers")
_CONTROL: Final = pattern("controls")
_CONSENT: Final = words("consent words")
_BOX: Final = words("box words")
_MENUS: Final = words("menu words")
_FRAMES: Final = words("frame words")
_SHARES: Final = words("share words")
_ASIDES: Final = words("aside words")
_MENU_ROLES: Final = frozenset({"navigation", "menu", "menubar", "search", "toolbar", "tablist"})
_APART: Final = frozenset({"dialog", "alertdialog", "navigation", "contentinfo"})
_LONG_BANNER: Final = 400
_SMALL: Final = 0.05
_LARGE: Final = 0.35
_MOST: Final = 0.5
_FEW: Final = 40
_LARGEST: Final = 1_000
"""A banner has fewer elements."""


class Chrome:
    """Judges the elements of one page."""

    def __init__(self, root: Element, hidden: Mapping[Element, Mark]) -> None:
        """Take a page and what of it is hidden."""
        self._root = root
        self._hidden = hidden
        self.measure = Measure(root, hidden)
        self.title = self._find_title()
        self.main = self._find_main()
        self._above = set(self._path(self.main)) | set(self._path(self.title))
        for note in root.find(NOTE):
            self._above.update(self._path(note))

    def marks(self) -> dict[Element, Mark]:
        """Return all elements that are left out, with the reason for each."""
        marks: dict[Element, Mark] = {}
        stack = [(self._root, self._root is self.main)]
        while stack:
            element, in_main = stack.pop()
            mark = self._hidden.get(element) or self._judge(element, in_main=in_main)
            if mark is not None:
                marks[element] = mark
                continue
            stack.extend((child, in_main or child is self.main) for child in reversed(list(element.elements)))
        return marks

    def _path(self, element: Element | None) -> list[Element]:
        return [] if element is None else [element, *element.ancestors]

    def _find_main(self) -> Element | None:
        """Return the element that the page itself calls its main part, if it holds most of the prose."""
        size = self.measure.share
        found = [element for element in self._root.walk() if element.tag == "main" or element.get("role") == "main"]
        found = found or [element for element in self._root.walk() if element.get("itemprop") == "articleBody"]
        if not found:
            articles = [element for element in self._root.find("article") if size(element) > 0]
            found = articles if len(articles) == 1 else []
        best = max(found, key=size, default=None)
        return best if best is not None and size(best) >= _MOST else None

    def _find_title(self) -> Element | None:
        """Return the heading that names the policy."""
        found = []
        for heading in self._root.walk():
            if heading_level(heading) not in {1, 2} or any(above in self._hidden for above in self._path(heading)):
                continue
            if any(self._is_apart(above) for above in heading.ancestors):
                continue
            text = squeeze(text_of(heading).replace("\n", " "))
            if text and count_words(text) <= _FEW:
                found.append((heading, text))
        firsts = [pair for pair in found if heading_level(pair[0]) == 1] or found[:1]
        named = [pair for pair in firsts if POLICY_WORDS.search(pair[1])]
        return next((heading for heading, _ in named or firsts), None)

    def _is_apart(self, element: Element) -> bool:
        return element.tag in {"nav", "footer", "dialog", "aside"} or element.get("role").lower() in _APART

    def _judge(self, element: Element, *, in_main: bool) -> Mark | None:
        if element.tag in {"html", "head", "body"}:
            return None
        if element in self._above or self.measure.share(element) > _MOST:
            return None
        return (
            self._by_name(element, in_main=in_main)
            or self._by_tag(element, in_main=in_main)
            or self._by_words(element)
            or self._outside(element, in_main=in_main)
        )

    def _by_tag(self, element: Element, *, in_main: bool) -> Mark | None:
        tag, role = element.tag, element.get("role").lower()
        if tag == "dialog" or role in {"dialog", "alertdialog"} or element.get("aria-modal") == "true":
            return Mark(Why.BANNER)
        if tag in {"button", "label", "legend"} or (tag == "a" and role == "button"):
            return None if self._opens_text(element) else Mark(Why.FORM)
        if tag == "form" and self.measure.share(element) < _SMALL and self.measure.words[element] < _LONG_BANNER:
            return Mark(Why.FORM, is_sure=self.measure.prose[element] == 0)
        return self._by_landmark(element, in_main=in_main) if self.measure.share(element) < _LARGE else None

    def _by_landmark(self, element: Element, *, in_main: bool) -> Mark | None:
        """Judge the parts that pages have names for."""
        tag, role = element.tag, element.get("role").lower()
        if tag == "nav" or role in _MENU_ROLES:
            return Mark(Why.MENU, is_sure=not in_main)
        is_within = in_main or any(above.tag in {"article", "section", "main"} for above in element.ancestors)
        if (tag in {"header", "footer"} and not is_within) or role in {"banner", "contentinfo"}:
            return Mark(Why.FOOTER)
        is_menu = self.measure.link_share(element) > _MOST
        if tag == "aside" and (is_menu or not in_main):
            return Mark(Why.MENU if is_menu else Why.OUTSIDE, is_sure=False)
        return None

    def _opens_text(self, element: Element) -> bool:
        """Tell whether a button is the title of a text that it opens."""
        if element.tag in {"label", "legend"}:
            return not any(above.tag in {"form", "fieldset"} for above in element.ancestors)
        if _CONTROL.search(squeeze(text_of(element))):
            return False
        if any(heading_level(above) for above in element.ancestors) or any(map(heading_level, element.walk())):
            return True
        names = names_of(element)
        return "aria-expanded" in element.attributes or bool(names & {"accordion", "collapsible", "faq", "toggle"})

    def _by_name(self, element: Element, *, in_main: bool) -> Mark | None:
        if heading_level(element) or not (element.get("id") or element.get("class")):
            return None
        names = names_of(element)
        if self._is_banner(element, names, in_main=in_main):
            return Mark(Why.BANNER, is_sure=not in_main)
        if self.measure.share(element) > _SMALL:
            return None
        links, prose = self.measure.link_share(element), self.measure.prose[element]
        is_few = not prose and self.measure.words[element] < _FEW
        if (names & _SHARES and is_few) or (names & _MENUS and (links > _MOST or not (in_main or prose))):
            return Mark(Why.MENU, is_sure=not (in_main or names & _SHARES))
        if names & _FRAMES and not (in_main or self._tells_day(element)) and self.measure.is_at_edge(element):
            return Mark(Why.FOOTER, is_sure=False)
        is_aside = names & _ASIDES and not (in_main and prose) and (links > _MOST or self._asks(element))
        return Mark(Why.OUTSIDE, is_sure=False) if is_aside else None

    def _is_banner(self, element: Element, names: frozenset[str], *, in_main: bool) -> bool:
        """Tell whether an element asks for consent to cookies, and is not a part of the policy that tells of them."""
        words = self.measure.words[element]
        if self.measure.share(element) > _LARGE or words > _LONG_BANNER * 3:
            return False
        if any(_BANNER_NAME.search(name) for name in [element.get("id"), *element.get("class").split()]):
            return not in_main or self._asks(element)
        return bool(names & _CONSENT and names & _BOX) and words < _LONG_BANNER and self._asks(element)

    def _tells_day(self, element: Element) -> bool:
        text = text_of(element)
        return (
            count_words(text) < _FEW
            and bool(_DAY.search(text))
            and "©" not in text
            and not self.measure.linked[element]
        )

    def _asks(self, element: Element) -> bool:
        """Tell whether there is something to click on that accepts or declines."""
        if self.measure.size[element] > _LARGEST:
            return False
        for inner in element.walk():
            if inner.tag in {"button", "input", "a"} or inner.get("role") == "button":
                label = f"{text_of(inner)} {inner.get('aria-label')} {inner.get('value')}"
                if count_words(label) <= 8 and _ANSWER.search(label):  # noqa: PLR2004
                    return True
        return False

    def _by_words(self, element: Element) -> Mark | None:
        if self.measure.words[element] > 6 or not self.measure.words[element]:  # noqa: PLR2004
            return None
        if element.tag not in {"a", "button"} and element.get("role") not in {"button", "link"}:
            return None
        return Mark(Why.MENU, is_sure=False) if _CONTROL.search(squeeze(text_of(element))) else None

    def _outside(self, element: Element, *, in_main: bool) -> Mark | None:
        """Leave out what stands beside the main part."""
        if in_main or self.main is None or element.parent not in self._above:
            return None
        if self.title is not None and element.parent is self.title.parent:
            return None
        if self.measure.share(element) > _SMALL * 2 or not self.measure.words[element]:
            return None
        return Mark(Why.OUTSIDE, is_sure=False)
