"""Raised and lowered characters: kept as such, so that `30¹ days` never reads as 301 days."""

from __future__ import annotations

import re
from typing import Final

_UP: Final = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
_DOWN: Final = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_BACK: Final = {shown: plain for table in (_UP, _DOWN) for plain, shown in table.items()}
_BACK_LETTERS: Final = re.compile(f"[{''.join(_BACK)}]+")
_DIGITS: Final = re.compile(r"\d{1,3}(?:[,;–-]\d{1,3})*")
_SIGNS: Final = {"tm": "™", "sm": "℠"}
_TRADE: Final = {"™": " TM ", "℠": " SM "}
_ENDING: Final = re.compile(r"(?:st|nd|rd|th|er|re|e|o|a|os|as|ème|eme|ère|ª|º|te|de)\.?", re.IGNORECASE)


def raised(text: str, before: str, *, is_low: bool = False) -> str | None:
    """Return how raised text is written in a line.

    Args:
        text: the characters.
        before: the character before them; empty where there is none.
        is_low: whether they are lowered instead.

    Returns:
        The same in characters that are raised by themselves; the text as it is where that says the same; and nothing
        where there is no way but to part it from what is beside it.

    >>> raised("1", "0"), raised("2", "H", is_low=True), raised("st", "1"), raised("TM", "e"), raised("new", "e")
    ('¹', '₂', 'st', '™', None)
    """
    bare = text.strip()
    if before.isdigit() and _ENDING.fullmatch(bare):
        return text
    if not is_low and bare.lower() in _SIGNS:
        return text.replace(bare, _SIGNS[bare.lower()])
    table = _DOWN if is_low else _UP
    if _DIGITS.fullmatch(bare) or (len(bare) == 1 and bare in table):
        return "".join(table.get(char, char) for char in text)
    return None if any(map(str.isalnum, bare)) else text


def lowered_again(text: str) -> str:
    """Return text with raised and lowered characters as plain ones, apart from what is beside them.

    >>> " ".join(lowered_again("30¹ days, H₂O, Acme™").split())
    '30 1 days, H 2 O, Acme TM'
    """
    if text.isascii():
        return text
    text = _BACK_LETTERS.sub(lambda found: f" {''.join(map(_BACK.__getitem__, found[0]))} ", text)
    for sign, plain in _TRADE.items():
        text = text.replace(sign, plain)
    return text
