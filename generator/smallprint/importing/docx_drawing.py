"""Drawings, pictures and embedded objects: the text boxes in them are text, everything else is listed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_revisions import has_text, text_below
from smallprint.importing.docx_xml import Element, below, children, name, value
from smallprint.importing.draft import Why

if TYPE_CHECKING:
    from smallprint.importing.docx_book import Book

_TEXTS: Final = {"diagramData": "a:t", "chart": "a:t"}
"""Parts with text that a drawing refers to, and where in them it stands."""
_BOX: Final = "w:txbxContent"


@dataclass
class Drawn:
    """What was found in a drawing."""

    boxes: list[Element] = field(default_factory=list)
    """The contents of its text boxes."""
    has_rule: bool = False
    """Whether it is a line across the page."""


def read_drawing(element: Element, book: Book, part: str) -> Drawn:
    """Read a `w:drawing`, `w:pict` or `w:object`."""
    drawn = Drawn(boxes=_boxes(element))
    relations = book.package.relations(part)
    for each in below(
        element, "wp:docPr", "v:imagedata", "v:textpath", "v:rect", "o:OLEObject", "dgm:relIds", "c:chart"
    ):
        match name(each):
            case "wp:docPr":
                book.counts["pictures"] += not drawn.boxes
                book.leave_out(value(each, "wp:descr"), Why.EMBEDDED, f"{part}: description of a picture")
            case "v:imagedata":
                book.counts["pictures"] += 1
                book.leave_out(value(each, "o:title"), Why.EMBEDDED, f"{part}: description of a picture")
            case "v:textpath":
                book.leave_out(str(each.get("string", "")), Why.OUTSIDE, f"{part}: text as a picture")
            case "v:rect":
                drawn.has_rule |= value(each, "o:hr") in {"t", "true", "1"}
            case "o:OLEObject":
                program = str(each.get("ProgID", "")) or "unknown program"
                book.leave_out(f"Object of {program}", Why.EMBEDDED, part, is_sure=False)
            case _:
                for key in each.attrib.values():
                    relation = relations.get(str(key))
                    if relation and relation.kind in _TEXTS and not relation.is_external:
                        _leave_out_part(relation.target, _TEXTS[relation.kind], book)
    return drawn


def alternative(element: Element, book: Book, part: str) -> Element:
    """Return what counts of an `mc:AlternateContent`: what newer programs show, or else what older ones do."""
    choices = [*children(element, "mc:Choice"), *children(element, "mc:Fallback")]
    taken = next((each for each in choices if has_text(each)), choices[0] if choices else None)
    for each in choices:
        if each is not taken:
            is_same = text_below(each) == text_below(taken)
            book.leave_out(text_below(each), Why.REPEATED, f"{part}: for other programs", is_sure=is_same)
    return taken


def _boxes(element: Element) -> list[Element]:
    """Return the text boxes in a drawing that stand in no other text box."""
    found: dict[Element, None] = {}
    for box in below(element, _BOX):
        if not any(above in found for above in box.iterancestors()):
            found[box] = None
    return list(found)


def _leave_out_part(target: str, short: str, book: Book) -> None:
    root = book.package.tree(target)
    if root is not None:
        text = " / ".join(each.text.strip() for each in below(root, short) if (each.text or "").strip())
        book.leave_out(text, Why.EMBEDDED, target, is_sure=False)
