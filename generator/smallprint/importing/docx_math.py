"""Formulas: the order in which their parts are read, with the signs that Word draws between them."""

from __future__ import annotations

from typing import NamedTuple

from smallprint.importing.docx_raised import GAP
from smallprint.importing.docx_revisions import text_below
from smallprint.importing.docx_xml import Element, child, children, name, value


class Part(NamedTuple):
    """A sign, or an element to read on in."""

    what: str | Element
    raised: int = 0
    """1 for a power, -1 for an index."""


def formula(element: Element) -> list[Part]:
    """Return the parts of a formula's element as they are read: a fraction as `a/b`; nothing for other elements."""
    match name(element):
        case "m:sSup" | "m:sSub" | "m:sSubSup" | "m:nary" | "m:sPre":
            sign = value(child(element, "m:naryPr", "m:chr"), "m:val") or "∫" if name(element) == "m:nary" else ""
            scripts = [
                Part(script, level)
                for short, level in (("m:sub", -1), ("m:sup", 1))
                for script in children(element, short)
            ]
            base = Part(child(element, "m:e"))
            return [Part(sign), *scripts, Part(" "), base] if sign else [base, *scripts]
        case "m:f":
            return [*_grouped(child(element, "m:num")), Part("/"), *_grouped(child(element, "m:den"))]
        case "m:rad":
            degree = child(element, "m:deg")
            return [*([] if degree is None else [Part(degree, 1)]), Part("√"), *_grouped(child(element, "m:e"))]
        case "m:d":
            return _delimited(element)
        case "m:mr" | "m:eqArr" | "m:func" | "m:limLow" | "m:limUpp":
            return [part for each in element for part in (Part(GAP), Part(each))]
        case _:
            return []


def _delimited(element: Element) -> list[Part]:
    """Return what stands between parentheses, with these."""
    properties = child(element, "m:dPr")

    def sign(short: str, usual: str) -> str:
        found = child(properties, short)
        return usual if found is None else value(found, "m:val")

    parts = [Part(sign("m:begChr", "("))]
    for place, each in enumerate(children(element, "m:e")):
        parts += [*([Part(sign("m:sepChr", "|"))] if place else []), Part(each)]
    return [*parts, Part(sign("m:endChr", ")"))]


def _grouped(element: Element | None) -> list[Part]:
    """Return a part, in parentheses where it is more than one number or word."""
    if element is None:
        return []
    is_one = text_below(element).isalnum() or not text_below(element)
    return [Part(element)] if is_one else [Part("("), Part(element), Part(")")]
