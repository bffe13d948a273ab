"""Text → the lines of a header, in ASCII, as RFC 5322 and RFC 2047 have them.

Nothing here reads what it is given: what looks like an encoded word has been refused before (`guard`), so that what
is written is what was meant.
"""

from __future__ import annotations

import base64
import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

_LONGEST: Final = 76
_LONGEST_WORD: Final = 75
_FRAME: Final = len("=?utf-8?b??=")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
# RFC 2047 allows these few as they are within the name of a mailbox.
_Q_PLAIN: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_FOLD: Final = "\r\n "
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def text_header(name: str, text: str) -> bytes:
    """Return a header of running text, `Subject`, without the line end at its end."""
    return f"{name}: {_plain(name, text) or _encoded(text, len(name) + 2)}".encode("ascii")


def mailbox_header(name: str, shown: str, address: str) -> bytes:
    """Return a header with one mailbox, `From`: a name that is shown, and an address."""
    if not shown.isascii():
        phrase = _encoded(shown, len(name) + 2)
    elif _ATOMS.fullmatch(shown):
        phrase = shown
    else:
        phrase = '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    last = phrase.rpartition(_FOLD)[2]
    if shown.isascii() and len(name) + 2 + len(phrase) > _LONGEST:
        phrase = last = _encoded(shown, len(name) + 2)
        last = phrase.rpartition(_FOLD)[2]
    is_short = len(name) + 2 + len(last) + len(address) + 3 <= _LONGEST
    return f"{name}: {phrase}{' ' if is_short else _FOLD}<{address}>".encode("ascii")


@lru_cache(maxsize=64)
def date_value(second: dt.datetime) -> bytes:
    """Return a moment, whole seconds of UTC, as it stands in `Date`; the same on any machine."""
    return (
        f"{_DAYS[second.weekday()]}, {second.day:02} {_MONTHS[second.month - 1]} {second.year:04} "
        f"{second:%H:%M:%S} +0000"
    ).encode("ascii")


def _plain(name: str, text: str) -> str:
    """Return an ASCII text folded at its spaces; empty where it cannot be written so that it reads back the same."""
    if not text.isascii() or "  " in text or text != text.strip():
        return ""
    lines = textwrap.wrap(
        f"{name}: {text}", _LONGEST, subsequent_indent=" ", break_long_words=False, break_on_hyphens=False
    )
    is_short = all(len(line) <= _LONGEST for line in lines) and lines[0] != f"{name}:"
    return "\r\n".join(lines).removeprefix(f"{name}: ") if is_short else ""


def _encoded(text: str, taken: int) -> str:
    """Return a text as encoded words, one a line, each of whole characters; `taken` is used up of the first line."""
    words: list[str] = []
    rest = text
    while rest:
        room = min(_LONGEST_WORD, _LONGEST - (1 if words else taken)) - _FRAME
        quoted, as_q = _longest_q(rest, room)
        based, as_b = _longest_b(rest, room)
        # Whichever gets further on the line; letters that can be read win a tie.
        length, word = (quoted, f"=?utf-8?q?{as_q}?=") if quoted >= based else (based, f"=?utf-8?b?{as_b}?=")
        words.append(word)
        rest = rest[length:]
    return _FOLD.join(words)


def _longest_q(text: str, room: int) -> tuple[int, str]:
    made = ""
    for position, char in enumerate(text):
        code = "".join(chr(byte) if byte in _Q_PLAIN else f"={byte:02X}" for byte in char.encode("utf-8"))
        code = "_" if char == " " else code
        if len(made) + len(code) > room:
            return position, made
        made += code
    return len(text), made


def _longest_b(text: str, room: int) -> tuple[int, str]:
    most = room // 4 * 3
    size = 0
    for position, char in enumerate(text):
        size += len(char.encode("utf-8"))
        if size > most:
            return position, base64.b64encode(text[:position].encode("utf-8")).decode("ascii")
    return len(text), base64.b64encode(text.encode("utf-8")).decode("ascii")
