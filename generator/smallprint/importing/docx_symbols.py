"""Letters of symbol fonts → the characters they show."""

from __future__ import annotations

from typing import Final

_PRIVATE: Final = 0xF000
"""Where Word puts the letters of symbol fonts."""
_GREEK: Final = dict(zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
_FONTS: Final[dict[str, dict[int, str]]] = {
    "symbol": {
        **{ord(latin): greek for latin, greek in _GREEK.items()},
        **{ord(latin.upper()): greek.upper() for latin, greek in _GREEK.items()},
        **dict(zip(range(0x30, 0x3A), "0123456789", strict=True)),
        0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
        0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©",
        0xD4: "™", 0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™",
    },
    "wingdings": {
        0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⬧",
        0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
        0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x97: "●", 0xA3: "□"},
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """Return the character that a letter of a symbol font shows; nothing where we do not know it.

    >>> symbol("Symbol", "F0D3"), symbol("Wingdings", "F0FC"), symbol("Webdings", "F061")
    ('©', '✓', '')
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if font.lower() not in _FONTS and 0x20 <= point < 0xD800:  # noqa: PLR2004 - a character like any other
        return chr(point)
    return _FONTS.get(font.lower(), {}).get(point - _PRIVATE if point >= _PRIVATE else point, "")
