"""What an element does to the look of its text: strong, emphasised, code, a link."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from smallprint.importing.html_links import Links
    from smallprint.importing.html_tree import Element

_STRONG: Final = frozenset({"b", "strong"})
_EMPHASIS: Final = frozenset({"i", "em", "dfn", "var"})
_CODE: Final = frozenset({"code", "kbd", "samp"})
_BOLD_CLASS: Final = frozenset(
    {"bold", "strong", "fw-bold", "font-bold", "text-bold", "font-semibold", "font-weight-bold"}
)
_WEIGHT: Final = re.compile(r"font-weight\s*:\s*(bold|bolder|normal|lighter|\d+)")
_SLANT: Final = re.compile(r"font-style\s*:\s*(italic|oblique|normal)")
_FIRST_BOLD: Final = 600


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str = ""


PLAIN: Final = Style()
_KEPT: Final = re.compile(r"white-space\s*:\s*(pre|pre-wrap|pre-line|break-spaces)\b")


def keeps_lines(element: Element) -> bool:
    """Tell whether the line ends in an element's text are seen."""
    classes = element.get("class")
    return bool(_KEPT.search(element.get("style").lower())) or "whitespace-pre" in classes


def style_of(element: Element, around: Style, links: Links) -> Style:
    """Return how the text of an element looks, given how that around it does."""
    tag = element.tag
    style = around
    if tag in _STRONG or (tag == "span" and _BOLD_CLASS & set(element.get("class").split())):
        style = replace(style, strong=True)
    elif tag in _EMPHASIS:
        style = replace(style, emphasis=True)
    elif tag in _CODE:
        style = replace(style, code=True)
    elif tag == "a" and "href" in element.attributes:
        style = replace(style, target=links.target(element.get("href")))
    css = element.get("style").lower()
    if css and (weight := _WEIGHT.search(css)):
        style = replace(style, strong=_is_bold(weight[1]))
    if css and (slant := _SLANT.search(css)):
        style = replace(style, emphasis=slant[1] != "normal")
    return style


def _is_bold(weight: str) -> bool:
    return int(weight) >= _FIRST_BOLD if weight.isdigit() else weight in {"bold", "bolder"}
