"""Text → the lines that a review file holds it in: as plain as can be, and read back exactly."""

from __future__ import annotations

import re
from typing import Final

from smallprint.reading.characters import check_text

_CHARS: Final = "[ -~\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufefe\uff00-\uffef\U00010000-\U0010fffd]"
"""Characters that mean nothing to YAML within a value."""
_SIMPLE: Final = re.compile(f"{_CHARS}*")
_PLAIN: Final = re.compile(f"(?!.*(?:: | #))(?=.*[^: ]$)(?=[0-9A-Za-z(/.+$_\xa1-\U0010fffd]){_CHARS}*")
"""Text that YAML takes for itself without quotes."""
_WIDTH: Final = 100
"""Where lines of folded text end at the latest, if a space lets them."""
_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def value_lines(lead: str, text: str, indent: int) -> list[str]:
    """Return the lines that hold a value.

    Args:
        lead: what stands before it, `  reason:` or `  -`.
        text: the value.
        indent: where the lines of a folded text begin, which is further in than `lead`.
    """
    if not text:
        return [lead]
    forms = [[f"{lead} {text}"]] if _PLAIN.fullmatch(text) else []
    if _SIMPLE.fullmatch(text):
        if not {'"', "\\"} & set(text):
            forms.append([f'{lead} "{text}"'])
        if text.strip(" ") == text:
            forms.append([f"{lead} >-", *(f"{' ' * indent}{line}" for line in _fold(text, _WIDTH - indent))])
    for lines in forms:
        # What a rule quotes from a policy may not be able to stand on a line of its own.
        if (len(lines) > 1 or len(lines[0]) <= _WIDTH) and not check_text("\n".join(lines), ""):
            return lines
    return [f'{lead} "{_escape(text)}"']


def _fold(text: str, width: int) -> list[str]:
    """Part text at single spaces into lines."""
    lines: list[str] = []
    line = ""
    # Two spaces in a row would be lost at the end of a line, so they hold their words together.
    for part in re.split(r"(?<! ) (?! )", text):
        if line and len(line) + 1 + len(part) > width:
            lines.append(line)
            line = part
        else:
            line = f"{line} {part}" if line else part
    return [*lines, line]


def _escape(text: str) -> str:
    return "".join(_ESCAPED.get(char) or (char if " " <= char <= "~" else _code(ord(char))) for char in text)


def _code(number: int) -> str:
    if number <= 0xFF:  # noqa: PLR2004 - YAML has three forms
        return f"\\x{number:02X}"
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"  # noqa: PLR2004
