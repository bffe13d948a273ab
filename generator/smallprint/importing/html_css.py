"""The styles of a page, as far as they change what its text means: what begins a line, is struck out or is numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.importing.html_text import BLOCKS, Flow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smallprint.importing.html_tree import Element

_STYLE: Final = re.compile(r"<style\b[^>]{0,500}>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE: Final = re.compile(r"[{}]")
_COMPOUND: Final = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<names>(?:[.#][\w-]+)*)", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)
_KNOWN: Final = frozenset(
    {"display", "text-decoration", "text-decoration-line", "list-style", "list-style-type", "vertical-align"}
)
_NEW_LINE: Final = frozenset(
    [
        "block",
        "flex",
        "grid",
        "table",
        "list-item",
        "flow-root",
        "table-row",
        "table-caption",
        "table-row-group",
        "table-header-group",
    ]
)
_IN_LINE: Final = frozenset(["inline-block", "inline-flex", "inline-grid", "inline-table", "table-cell"])
_PARTS_ITEMS: Final = frozenset(["flex", "grid", "inline-flex", "inline-grid"])
_ROLES: Final = frozenset(
    [
        "article",
        "heading",
        "list",
        "listitem",
        "paragraph",
        "row",
        "rowgroup",
        "table",
        "cell",
        "gridcell",
        "columnheader",
        "rowheader",
    ]
)
_MOST: Final = 20_000
"""So many rules are looked at; what pages have beyond is the styles of whole sites."""

_MOST_ALIKE: Final = 200
"""And of those so many for one class, id or name."""


@dataclass(frozen=True, slots=True)
class _Rule:
    compounds: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    """From the element outwards: the name of each, its classes, its ids."""
    weight: tuple[int, int, int]
    declared: Mapping[str, str]


class Sheet:
    """The rules of a page's own style elements, and the styles of its elements."""

    def __init__(self, text: str = "") -> None:
        """Take the text of a page."""
        self._rules: dict[str, list[_Rule]] = {}
        self._found: dict[Element, Mapping[str, str]] = {}
        count = 0
        for style in _STYLE.findall(text):
            for selectors, body in _blocks(_COMMENT.sub(" ", style)):
                declared = declarations(body)
                for selector in selectors.split(",") if declared else ():
                    count += 1
                    if count <= _MOST and (rule := _rule(selector, declared)):
                        alike = self._rules.setdefault(_key(rule), [])
                        alike += [rule] if len(alike) < _MOST_ALIKE else []

    def value(self, element: Element, name: str) -> str:
        """Return what is declared for an element under a name, in lower case; empty if it is nothing."""
        return self._declared(element).get(name, "")

    def _declared(self, element: Element) -> Mapping[str, str]:
        if (known := self._found.get(element)) is not None:
            return known
        classes = element.get("class").split()
        keys = [f".{name}" for name in classes] + [f"#{element.get('id')}", element.tag, "*"]
        rules = [rule for key in keys for rule in self._rules.get(key, ())] if self._rules else []
        found: dict[str, str] = {}
        for rule in sorted(rules, key=lambda rule: rule.weight):
            if _matches(rule, element):
                found |= rule.declared
        if style := element.get("style"):
            found |= declarations(style)
        self._found[element] = found
        return found


def settle_flow(root: Element, sheet: Sheet) -> None:
    """Set how each element is in the text around it, by its name, its role and its style."""
    for element in root.walk():
        if element.tag in BLOCKS:
            continue
        display = sheet.value(element, "display")
        if display in _NEW_LINE or element.get("role").lower() in _ROLES:
            element.flow = Flow.BLOCK
        elif display in _IN_LINE or (
            element.parent is not None and sheet.value(element.parent, "display") in _PARTS_ITEMS
        ):
            element.flow = Flow.APART


def is_struck(element: Element, sheet: Sheet) -> bool:
    """Tell whether the text of an element is shown as taken out."""
    if element.tag in {"del", "s", "strike"}:
        return sheet.value(element, "text-decoration") not in {"none", "underline"}
    return any("line-through" in sheet.value(element, name) for name in ("text-decoration", "text-decoration-line"))


def declarations(style: str) -> dict[str, str]:
    """Return what a style declares of the things that matter here."""
    found = ((name.lower(), value.partition("!")[0].strip().lower()) for name, value in _DECLARATION.findall(style))
    return {name: value for name, value in found if name in _KNOWN}


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Give the selectors and the body of each rule that holds for all screens."""
    selectors: list[str] = []  # of the blocks that are open
    since = 0
    for brace in _BRACE.finditer(css):
        inner, since = css[since : brace.start()], brace.end()
        if brace[0] == "{":
            selectors.append(inner.rpartition(";")[2].strip())
        elif selectors:
            selector = selectors.pop()
            if not selectors and not selector.startswith("@"):
                yield selector, inner


def _rule(selector: str, declared: Mapping[str, str]) -> _Rule | None:
    compounds = []
    weight = [0, 0, 0]
    for part in reversed(selector.replace(">", " ").split()):
        found = _COMPOUND.fullmatch(part)
        if found is None:
            return None
        names = re.findall(r"[.#][\w-]+", found["names"])
        classes = frozenset(name[1:] for name in names if name[0] == ".")
        ids = frozenset(name[1:] for name in names if name[0] == "#")
        tag = (found["tag"] or "*").lower()
        compounds.append((tag, classes, ids))
        weight = [weight[0] + len(ids), weight[1] + len(classes), weight[2] + (tag != "*")]
    return _Rule(tuple(compounds), (weight[0], weight[1], weight[2]), declared) if compounds else None


def _key(rule: _Rule) -> str:
    tag, classes, ids = rule.compounds[0]
    return f"#{min(ids)}" if ids else f".{min(classes)}" if classes else tag


def _matches(rule: _Rule, element: Element) -> bool:
    first, *others = rule.compounds
    if not _fits(first, element):
        return False
    above = element.ancestors
    return all(any(_fits(compound, around) for around in above) for compound in others)


def _fits(compound: tuple[str, frozenset[str], frozenset[str]], element: Element) -> bool:
    tag, classes, ids = compound
    return (
        tag in {"*", element.tag}
        and classes <= set(element.get("class").split())
        and (not ids or ids <= {element.get("id")})
    )
