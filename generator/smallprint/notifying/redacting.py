"""What a server said → the same on one line, without addresses, so that it may be shown and logged."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HIDDEN: Final = "…"
_SHOWN: Final = 200
"""How many characters are kept."""
_READ: Final = 1_000
"""How many are looked at: enough to fill what is kept, and few enough that a hostile server gains nothing."""
_AT: Final = re.compile(r"@|%(?:25)*40|\+40|=40|\\u0040|&(?:#0*64|#x0*40|commat);|[\[({]\s*at\s*[\])}]", re.IGNORECASE)
"""The sign itself, and its forms in URLs, in the xtext of delivery reports, in quoted-printable and in HTML."""
_ENCLOSED: Final = re.compile(r"<[^<>]*>|\"[^\"]*\"(?=\s*@)")
_CUT_OFF: Final = re.compile(r"[<\"][^<>\"]*$|\S+$")


def without_addresses(text: str, address: str = "", *, shown: int | None = _SHOWN) -> str:
    r"""Return what a server said on one line, of at most 200 characters, with `…` for everything like an address.

    Args:
        text: what it said; may be of any length and hold anything.
        address: the address it was told; that is taken out in parts too.
        shown: how many characters are kept; all that are looked at if none.

    >>> without_addresses("<jane@example.org>: no such user; see user%40host\r\nor call")
    '… no such user; see … or call'
    >>> without_addresses("no mailbox jane here", "jane@example.org")
    'no mailbox … here'
    """
    # Compatibility forms first: a full-width @ is one too.
    line = unicodedata.normalize("NFKC", text[:_READ])
    if len(text) > _READ:
        # What follows is not looked at, and may be the half of an address that shows it is one.
        line = _CUT_OFF.sub("", line)
    line = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in line)
    for part in {address, *address.rsplit("@", 1)[:1]} - {""}:
        line = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", _HIDDEN, line, flags=re.IGNORECASE)
    words = _ENCLOSED.sub(_HIDDEN, line).split()
    hidden: set[int] = set()
    for number, word in enumerate(words):
        if match := _AT.search(word):
            # With spaces about the sign, the parts are words of their own.
            hidden |= {number - 1} if match.start() == 0 else set()
            hidden |= {number, number + 1} if match.end() == len(word) else {number}
        elif _HIDDEN in word:
            hidden.add(number)
    said = " ".join(_HIDDEN if number in hidden else word for number, word in enumerate(words))
    return said if shown is None or len(said) <= shown else said[: shown - 1] + _HIDDEN
