"""What of a page belongs to the site and not to the policy: menus, banners, footers, forms. Nothing is dropped silently."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Why
from smallprint.importing.html_blocks import Mark, text_of
from smallprint.importing.html_measure import Measure, names_of
from smallprint.importing.html_text import count_words, squeeze
from smallprint.importing.html_tree import Element, heading_level

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICY_WORDS: Final = re.compile(
    r"\b(?:privacy|policy|policies|terms|conditions|notice|statement|agreement|cookies?|legal|guidelines|disclaimer|"
    r"confidentialité|datenschutz\w*|privacidad|privacidade|nutzungsbedingungen|mentions|aviso|informativa)\b",
    re.IGNORECASE,
)
_DATED: Final = re.compile(r"\b(?:updated|effective|revised|modified|in force|version|as of|posted)\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_BANNER_IDS: Final = re.compile(
    r"^(?:onetrust-(?!policy)|ot-sdk|cybotcookiebot|cookiebot(?!-declaration)|didomi-|osano-cm|cc-window|cc-banner|cky-|truste|consent_blackbox|usercentrics|"
    r"qc-cmp|iubenda-cs|termly-code|cookieyes|hs-eu-cookie|moove_gdpr|cmplz-cookiebanner|axeptio|klaro|tarteaucitron|sp_message|"
    r"fc-consent|eu-?cookie|sliding-popup|gdpr-?(?:cookie|banner|consent)|cookie-?law|cookie-?(?:consent|banner|notice|bar)|"
    r"wt-cli-cookie|cookie_?policy_?banner|js-cookie|trustarc|evidon|cmpbox|borlabs|cookieadmin|pandectes)",
    re.IGNORECASE,
)
_CONSENT: Final = frozenset(["cookie", "cookies", "consent", "gdpr", "ccpa", "cmp"])
_BOX: Final = frozenset(["banner", "bar", "notice", "popup", "modal", "dialog", "overlay", "confirm", "alert", "message", "wall", "toast", "prompt", "box", "window", "consent"])
_ACCEPT: Final = re.compile(
    r"\b(?:accept|agree|allow|got it|ok(?:ay)?|decline|reject|dismiss|close|manage|preferences|settings|akzeptieren|accepter|aceptar|accetta)\b",
    re.IGNORECASE,
)
_MENUS: Final = frozenset(
    ["nav", "navbar", "navigation", "menu", "menubar", "breadcrumb", "breadcrumbs", "topbar", "toolbar", "sidebar", "sidenav", "subnav", "megamenu", "skip", "skiplink", "pagination", "pager", "tabs", "hamburger", "topnav", "navmenu"]
)
_FRAMES: Final = frozenset(["footer", "header", "masthead", "banner", "copyright", "colophon", "foot", "head", "top", "bottom", "logo", "branding"])
_SHARES: Final = frozenset(["share", "sharing", "social", "socials", "sharethis", "addthis", "addtoany", "sharedaddy", "follow"])
_ASIDES: Final = frozenset(["newsletter", "subscribe", "subscription", "signup", "related", "promo", "advert", "advertisement", "ads", "ad", "search", "login", "cta", "feedback", "rating", "survey", "chat"])
_MENU_ROLES: Final = frozenset({"navigation", "menu", "menubar", "search", "toolbar", "tablist"})
_CONTROL: Final = re.compile(
    r"^(?:(?:↑|▲|«|‹|›|»|^)?\s*(?:back|return|go|jump|scroll)?\s*(?:to\s+)?(?:the\s+)?top(?: of (?:the )?page)?(?:\s*[↑▲^])?|print(?: this(?: page| policy)?| page)?|"
    r"skip to (?:the )?(?:main )?content|skip (?:main )?navigation|expand all|collapse all|open all|close all|view summary|show (?:more|less|all)|"
    r"read less|share(?: this(?: page)?)?|tweet|e-?mail this page|copy link|permalink|download(?: as)? pdf|close|menu|#|¶|§|🔗)$",
    re.IGNORECASE,
)
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
        return (named or firsts or [(None, "")])[0][0]

    def _is_apart(self, element: Element) -> bool:
        role = element.get("role").lower()
        return element.tag in {"nav", "footer", "dialog", "aside"} or role in {"dialog", "alertdialog", "navigation", "contentinfo"}

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
        share = self.measure.share(element)
        if tag == "dialog" or role in {"dialog", "alertdialog"} or element.get("aria-modal") == "true":
            return Mark(Why.BANNER)
        if (tag == "nav" or role in _MENU_ROLES) and share < _LARGE:
            return Mark(Why.MENU, is_sure=not in_main)
        is_within = in_main or any(above.tag in {"article", "section", "main"} for above in element.ancestors)
        if (tag in {"header", "footer"} and not is_within) or role in {"banner", "contentinfo"}:
            return Mark(Why.FOOTER) if share < _LARGE else None
        if tag == "aside":
            is_menu = self.measure.link_share(element) > _MOST
            if is_menu or (not in_main and share < _LARGE):
                return Mark(Why.MENU if is_menu else Why.OUTSIDE, is_sure=False)
        if tag == "form" and share < _SMALL and self.measure.words[element] < _LONG_BANNER:
            return Mark(Why.FORM, is_sure=self.measure.prose[element] == 0)
        if tag in {"button", "label", "legend"} or (tag == "a" and role == "button"):
            return None if self._opens_text(element) else Mark(Why.FORM)
        return None

    def _opens_text(self, element: Element) -> bool:
        """Tell whether a button is the title of a text that it opens."""
        if element.tag in {"label", "legend"}:
            return not any(above.tag in {"form", "fieldset"} for above in element.ancestors) and bool(self.measure.words[element])
        if _CONTROL.match(squeeze(text_of(element))):
            return False
        if any(heading_level(above) for above in element.ancestors) or any(map(heading_level, element.walk())):
            return True
        names = names_of(element)
        return "aria-expanded" in element.attributes or bool(names & {"accordion", "collapsible", "faq", "toggle"})

    def _by_name(self, element: Element, *, in_main: bool) -> Mark | None:
        if not (element.get("id") or element.get("class")) or element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            return None
        words, share = self.measure.words[element], self.measure.share(element)
        named = [element.get("id"), *element.get("class").split()]
        if share <= _LARGE and words < _LONG_BANNER * 3 and any(_BANNER_IDS.match(name) for name in named):
            return Mark(Why.BANNER, is_sure=self._asks(element) or not in_main) if self._asks(element) or not in_main else None
        names = names_of(element)
        if names & _CONSENT and names & _BOX and words < _LONG_BANNER and self._asks(element):
            return Mark(Why.BANNER, is_sure=not in_main)
        if share > _SMALL:
            return None
        links, prose = self.measure.link_share(element), self.measure.prose[element]
        if names & _SHARES and not prose and words < _FEW:
            return Mark(Why.MENU, is_sure=False)
        if names & _MENUS and (links > _MOST or not (in_main or prose)):
            return Mark(Why.MENU, is_sure=not in_main)
        if in_main and prose:
            return None
        if names & _FRAMES and not (in_main or self._tells_day(element)) and self.measure.is_at_edge(element):
            return Mark(Why.FOOTER, is_sure=False)
        if names & _ASIDES and (links > _MOST or self._asks(element)):
            return Mark(Why.OUTSIDE, is_sure=False)
        return None

    def _tells_day(self, element: Element) -> bool:
        text = text_of(element)
        return count_words(text) < _FEW and bool(_DATED.search(text)) and "©" not in text and not self.measure.linked[element]

    def _asks(self, element: Element) -> bool:
        """Tell whether there is something to click on that accepts or declines."""
        if self.measure.size[element] > _LARGEST:
            return False
        for inner in element.walk():
            if inner.tag in {"button", "input", "a"} or inner.get("role") == "button":
                label = f"{text_of(inner)} {inner.get('aria-label')} {inner.get('value')}"
                if count_words(label) <= 8 and _ACCEPT.search(label):  # noqa: PLR2004
                    return True
        return False

    def _by_words(self, element: Element) -> Mark | None:
        if self.measure.words[element] > 6 or not self.measure.words[element]:  # noqa: PLR2004
            return None
        if element.tag not in {"a", "button"} and element.get("role") not in {"button", "link"}:
            return None
        return Mark(Why.MENU, is_sure=False) if _CONTROL.match(squeeze(text_of(element))) else None

    def _outside(self, element: Element, *, in_main: bool) -> Mark | None:
        """Leave out what stands beside the main part."""
        if in_main or self.main is None or element.parent not in self._above:
            return None
        if self.title is not None and element.parent is self.title.parent:
            return None
        if self.measure.share(element) > _SMALL * 2 or not self.measure.words[element]:
            return None
        return Mark(Why.OUTSIDE, is_sure=False)
