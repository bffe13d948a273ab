"""The numbers and letters that a browser shows before the items of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from smallprint.importing.html_css import Sheet
    from smallprint.importing.html_tree import Element

_TYPES: Final = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS: Final = frozenset(["none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"])
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_GREEK: Final = "αβγδεζηθικλμνξοπρστυφχψω"
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_ALPHABETS: Final = {
    "lower-alpha": _LATIN,
    "lower-latin": _LATIN,
    "upper-alpha": _LATIN.upper(),
    "upper-latin": _LATIN.upper(),
    "lower-greek": _GREEK,
    "lower-russian": _CYRILLIC,
}
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN: Final = 3999
_KNOWN: Final = frozenset({"decimal", "decimal-leading-zero", "lower-roman", "upper-roman", *_BULLETS, *_ALPHABETS})


def style_of_items(item: Element, around: Element, sheet: Sheet) -> str:
    """Return how the items of a list are counted, empty where a bullet or nothing is before them.

    Args:
        item: The item.
        around: The list.
        sheet: The styles of the page.
    """
    default = "decimal" if around.tag == "ol" else "disc"
    found = (
        _declared(item, sheet)
        or _TYPES.get(item.get("type").strip(), "")
        or _declared(around, sheet)
        or _TYPES.get(around.get("type").strip(), "")
        or default
    )
    return "" if found in _BULLETS else found


def ordinal(number: int, style: str) -> str:
    """Return the text that stands for a number, without the full stop after it.

    >>> ordinal(2, "lower-alpha"), ordinal(28, "upper-latin"), ordinal(4, "lower-roman"), ordinal(7, "decimal")
    ('b', 'AB', 'iv', '7')
    """
    if style in _ALPHABETS and number > 0:
        letters, text = _ALPHABETS[style], ""
        while number > 0:
            number, place = divmod(number - 1, len(letters))
            text = letters[place] + text
        return text
    if style.endswith("-roman") and 0 < number <= _MOST_ROMAN:
        text = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            text += letters * count
        return text.upper() if style.startswith("upper") else text
    if style == "decimal-leading-zero":
        return f"{number:02d}"
    return str(number)


def _declared(element: Element, sheet: Sheet) -> str:
    if name := sheet.value(element, "list-style-type"):
        return name if name in _KNOWN else "none" if name[:1] in "\"'" else "decimal"
    words = sheet.value(element, "list-style").split()
    return next((word for word in words if word in _KNOWN), "")
