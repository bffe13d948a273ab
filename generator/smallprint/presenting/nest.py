"""Elements with the containers they stand in → nested HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.presenting.notes import GONE, NOTE_CLOSING, note_opening

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.text import Container

_TABLE: Final = '<div class="table" role="group" aria-label="Table" tabindex="0"><table>'
_NOTES: Final = frozenset({"footnote", GONE})


class Element(NamedTuple):
    """The HTML of one unit, and where it stands."""

    path: tuple[Container, ...]
    html: str


def nest(elements: Iterable[Element], *, numbered: bool = False) -> str:
    """Return the elements inside their containers.

    Args:
        elements: in reading order.
        numbered: whether each item of an ordered list says its number, as it must where items of two lists meet.
    """
    parts: list[str] = []
    stack: list[Container] = []
    for element in elements:
        shared = 0
        while shared < min(len(stack), len(element.path)) and stack[shared].ordinal == element.path[shared].ordinal:
            shared += 1
        while len(stack) > shared:
            parts.append(_closing(stack.pop()))
        for container in element.path[shared:]:
            parts.append(_opening(container, numbered=numbered))
            stack.append(container)
        parts.append(element.html)
    while stack:
        parts.append(_closing(stack.pop()))
    return "".join(parts)


def _opening(container: Container, *, numbered: bool) -> str:
    kind, number = container.kind, container.number
    if kind == "table":
        return _TABLE
    if kind in _NOTES:
        return note_opening(container.label, is_gone=kind == GONE)
    if kind == "ol" and number != 1:
        return f'<ol start="{number}">'
    if kind == "li":
        return f'<li value="{number}">' if numbered and number else "<li>"
    return f"<{kind}>"


def _closing(container: Container) -> str:
    if container.kind in _NOTES:
        return NOTE_CLOSING
    return "</table></div>" if container.kind == "table" else f"</{container.kind}>"
