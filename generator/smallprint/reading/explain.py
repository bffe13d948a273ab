"""An entry of the catalogue of faults as text for people."""

from __future__ import annotations

import difflib
import re
import textwrap
from typing import TYPE_CHECKING, Final

from smallprint.reading.codes import CODES

if TYPE_CHECKING:
    from smallprint.reading.codes import Code

_WIDTH: Final = 88
_GROUPS: Final = {
    "SP1": "The file and its characters",
    "SP2": "Front matter, policy.yml and names",
    "SP3": "Clause ids",
    "SP4": "Markdown",
    "SP5": "Judging and publishing",
    "SP6": "Importing",
    "SP7": "Notices",
}


def explain_code(code: Code) -> str:
    """Return all that the catalogue says of a code."""
    return "\n\n".join(
        [
            f"{code.code} ({code.severity}): {code.title}",
            _fill(code.meaning),
            f"Why it matters:\n{_fill(code.why)}",
            f"Wrong:\n{_indent(code.wrong)}",
            f"Right:\n{_indent(code.right)}",
        ]
    )


def list_codes() -> str:
    """Return one line for each code, by groups."""
    groups = []
    for prefix, name in _GROUPS.items():
        lines = [f"  {code.code}  {code.title}" for code in CODES.values() if code.code.startswith(prefix)]
        groups.append("\n".join([f"{name}:", *lines]))
    return "\n\n".join(groups)


def find_code(text: str) -> Code | None:
    """Return the code that a person means by `SP101`, `sp101` or `101`; nothing where there is none.

    >>> find_code("sp205").title
    'a key is given twice'
    """
    text = text.strip().upper()
    return CODES.get(text if text.startswith("SP") else f"SP{text}")


def nearest_code(text: str) -> Code | None:
    """Return a code that a person may have meant, by its letters or by the words of its title."""
    number = "".join(re.findall(r"[0-9]", text))
    if number:
        near = difflib.get_close_matches(f"SP{number}", CODES, 1, 0.7)
        return CODES[near[0]] if near else None
    words = set(re.findall(r"[a-z]{3,}", text.lower()))
    by_words = {code: len(words & set(re.findall(r"[a-z]+", code.title.lower()))) for code in CODES.values()}
    best = max(by_words, key=lambda code: by_words[code])
    return best if by_words[best] else None


def _fill(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)


def _indent(text: str) -> str:
    return textwrap.indent(text.rstrip("\n"), "    ", lambda _: True)
