"""Pages that hold several documents: what they are, and those that are asked for."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from smallprint.errors import UsageError
from smallprint.importing.chrome import POLICY_WORDS
from smallprint.importing.draft import Why
from smallprint.importing.html_blocks import Mark, text_of
from smallprint.importing.html_text import count_words, squeeze
from smallprint.importing.html_tree import Element, Text, heading_level

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_DOCUMENT: Final = 150
"""A document has at least so many words."""
_SEVERAL: Final = 3
"""So many documents make a collection; a policy may well have a second one in it, such as a notice on cookies."""
_LONG_NAME: Final = 100
_NAMED: Final = 12


def parts_note(root: Element, marks: Mapping[Element, Mark]) -> str:
    """Return a sentence that names the documents of a page, empty where it seems to hold one only."""
    found: list[tuple[int, str, int]] = []
    for element in _seen(root, marks):
        level = heading_level(element)
        if 0 < level <= 2:  # noqa: PLR2004
            found.append((level, _name_of(element), 0))
        elif found:
            level, name, words = found[-1]
            found[-1] = (
                level,
                name,
                words + sum(count_words(node.text) for node in element.children if isinstance(node, Text)),
            )
    found = [part for part in found if part[1] and part[2] >= _DOCUMENT]
    top = min((level for level, _, _ in found), default=0)
    names = [name for level, name, _ in found if level == top]
    if len(names) < _SEVERAL:
        return ""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"The page seems to hold {len(names)} documents: {', '.join(names[:_NAMED])}{more}; take one by its id."


def mark_others(root: Element, only: Collection[str]) -> dict[Element, Mark]:
    """Return the marks that leave out all of a page but the parts that are asked for.

    Args:
        root: The page.
        only: Ids of elements; that of a heading stands for what comes below it.

    Raises:
        UsageError: The page has no such id.
    """
    wanted: set[Element] = set()
    ids = {element.get("id"): element for element in reversed(list(root.walk())) if element.get("id")}
    ids |= {element.get("name"): element for element in root.find("a") if element.get("name")}
    for name in (given.lstrip("#") for given in only):
        if name not in ids:
            near = difflib.get_close_matches(name, ids, 1)
            raise UsageError(
                f"The page has no part with the id “{name}”" + (f"; did you mean “{near[0]}”?" if near else ".")
            )
        wanted.update(_section(_heading_at(ids[name])))
    above = {around for part in wanted for around in part.ancestors}
    marks: dict[Element, Mark] = {}
    stack = [root]
    while stack:
        element = stack.pop()
        if element in wanted or element.tag == "head":
            continue
        if element in above or element is root:
            stack.extend(element.elements)
        else:
            marks[element] = Mark(Why.OUTSIDE, place="not in the parts asked for")
    return marks


def _seen(root: Element, marks: Mapping[Element, Mark]) -> Iterator[Element]:
    stack = [root]
    while stack:
        element = stack.pop()
        if element not in marks:
            yield element
            stack.extend(reversed(list(element.elements)))


def _name_of(heading: Element) -> str:
    """Return how the title of a document and its id are told, empty for a heading that is none."""
    name = squeeze(text_of(heading).replace("\n", " "))
    if len(name) >= _LONG_NAME or not POLICY_WORDS.search(name) or not _id_of(heading):
        return ""
    return f"“{name}” ({_id_of(heading)})"


def _id_of(element: Element) -> str:
    """Return the id by which people can name a heading: its own, or that of what it begins."""
    for candidate in (element, *element.elements, element.parent):
        if candidate is not None and candidate.get("id"):
            return f"#{candidate.get('id')}"
    return ""


def _heading_at(element: Element) -> Element:
    """Return the heading that an id names, where it stands in, round or just before one."""
    if heading_level(element):
        return element
    for around in element.ancestors:
        if heading_level(around):
            return around
    return element


def _section(element: Element) -> list[Element]:
    """Return the elements of what a heading is the title of; an element that is no heading stands for itself."""
    level = heading_level(element)
    if not level:
        return [element]
    part = element
    while part.parent is not None and part.parent.tag not in {"html", "body", "main"}:
        if sum(0 < heading_level(inner) <= level for inner in part.parent.walk()) > 1:
            break
        part = part.parent
    if part is not element or part.parent is None:
        return [part]
    after = list(part.parent.elements)
    section = [part]
    for sibling in after[after.index(part) + 1 :]:
        if any(0 < heading_level(inner) <= level for inner in sibling.walk()):
            break
        section.append(sibling)
    return section
