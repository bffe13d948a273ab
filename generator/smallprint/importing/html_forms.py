"""Markup that means something else than its tags say, rewritten as what it means, before a page is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.html_text import Flow
from smallprint.importing.html_tree import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.importing.html_css import Sheet

_BULLETS: Final = re.compile(r"^[•·▪◦‣●○■□➢*o–—-]?$")
_BULLET_NAMES: Final = frozenset({"", "*", "-", "o", "•", "·", "bullet", "[bullet]", "spacer", "[*]", "dot", "arrow"})
_NO_TABLE: Final = frozenset({"html", "body", "main", "article", "ul", "ol"})
_TABLE_ROLES: Final = {
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "caption": "caption",
}
_TABLE_STYLES: Final = {
    "table-row-group": "tbody",
    "table-header-group": "thead",
    "table-row": "tr",
    "table-cell": "td",
    "table-caption": "caption",
}
_SHORT: Final = 120
_SHIELDED: Final = re.compile(r"/cdn-cgi/l/email-protection#(?P<code>[0-9a-fA-F]+)$")


def rewrite(root: Element, sheet: Sheet) -> tuple[str, ...]:
    """Rewrite lists made of roles or of table rows, shielded mail addresses and open shadow trees.

    Args:
        root: The page; it is changed.
        sheet: Its styles.

    Returns:
        What a person should know of it, in sentences.
    """
    shielded = 0
    _tables(root, sheet)
    for element in list(root.walk()):
        role = element.get("role").lower()
        if role == "list" and element.tag in {"div", "section", "span"}:
            element.become("ul")
        elif role == "listitem" and element.tag in {"div", "span", "p", "article"}:
            element.become("li")
        elif element.tag == "template" and (element.get("shadowrootmode") or element.get("shadowroot")) == "open":
            element.become("div")
        elif element.tag == "table":
            _bullet_rows(element)
        elif element.tag in {"ul", "ol"}:
            _items(element)
        elif code := _shield(element):
            shielded += _unshield(element, code)
    if not shielded:
        return ()
    return (f"Mail addresses that the page hides from robots (“[email protected]”) were written out: {shielded}.",)


def _tables(root: Element, sheet: Sheet) -> None:
    """Make tables of what is one by its roles or by its styles."""
    inside: set[Element] = set()
    for element in list(root.walk()):
        if element.tag == "table" or element.tag in _NO_TABLE:
            continue
        role = element.get("role").lower()
        display = sheet.value(element, "display")
        if role in {"table", "grid", "treegrid"} or (not role and display in {"table", "inline-table"}):
            rows = [
                inner
                for inner in element.walk()
                if inner.get("role").lower() == "row" or sheet.value(inner, "display") == "table-row"
            ]
            if rows and not any(element.find("table")):
                element.become("table")
                inside.update(element.walk())
        elif element in inside and (made := _TABLE_ROLES.get(role) or _TABLE_STYLES.get("" if role else display)):
            element.become(made)


def _shield(element: Element) -> str:
    """Return the code of a mail address that a service hides from robots, empty where there is none."""
    if code := element.get("data-cfemail"):
        return code
    found = _SHIELDED.search(element.get("href"))
    return found["code"] if found and not any(inner.get("data-cfemail") for inner in element.walk()) else ""


def _unshield(element: Element, code: str) -> bool:
    """Write a shielded address out, as a browser does; what stood in its place is kept as hidden text."""
    try:
        key, *rest = bytes.fromhex(code)
        address = bytes(byte ^ key for byte in rest).decode("utf-8")
    except ValueError:
        return False
    if "@" not in address or not address.isprintable():
        return False
    link = element if element.tag == "a" else element.parent
    if link is not None and link.tag == "a":
        link.attributes = {**link.attributes, "href": f"mailto:{address.partition('?')[0]}"}
    if "data-cfemail" in element.attributes:
        element.children = [Text(address, element.line), _hide(element, element.children)]
    return True


def _hide(parent: Element, children: list[Element | Text]) -> Element:
    hidden = Element("span", {"hidden": ""}, parent.line, parent, children, Flow.INLINE)
    for child in children:
        if isinstance(child, Element):
            child.parent = hidden
    return hidden


def _items(around: Element) -> None:
    """Make items of the short paragraphs of a list that has no items."""
    inner = list(around.elements)
    texts = [_text(element) for element in inner]
    if len(inner) > 1 and all(element.tag == "p" for element in inner) and all(len(text) < _SHORT for text in texts):
        for element in inner:
            element.become("li")


def _bullet_rows(table: Element) -> None:
    """Make a list of a table whose first column holds nothing but bullets."""
    rows = [(row, [cell for cell in row.elements if cell.tag == "td"]) for row in _rows(table)]
    if not rows or any(len(cells) != 2 or not _is_bullet(cells[0]) for _, cells in rows):  # noqa: PLR2004
        return
    if not any(_text(cells[0]) or any(cells[0].find("img")) for _, cells in rows):
        return
    table.become("div")
    for row, (bullet, item) in rows:
        row.become("ul")
        item.become("li")
        row.children.remove(bullet)
        pictures = [picture for picture in bullet.find("img") if picture.get("alt").strip()]
        if pictures:
            row.children.insert(0, _hide(row, list(pictures)))


def _rows(table: Element) -> Iterator[Element]:
    """Give the rows of a table, without those of tables in it."""
    for row in table.find("tr"):
        around = next(above for above in row.ancestors if above.tag in {"table", "html"})
        if around is table:
            yield row


def _is_bullet(cell: Element) -> bool:
    pictures = list(cell.find("img"))
    if any(picture.get("alt").strip().lower() not in _BULLET_NAMES for picture in pictures):
        return False
    return bool(_BULLETS.match(_text(cell))) and len(pictures) <= 2  # noqa: PLR2004


def _text(element: Element) -> str:
    texts = (node.text for inner in element.walk() for node in inner.children if isinstance(node, Text))
    return "".join("".join(texts).split())
