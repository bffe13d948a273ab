"""Characters that must not stand in a policy: those that nobody sees, that turn the order of letters, or mean nothing.

A reader, and counsel who approves a change, must be able to trust that what is shown is what is written. The checks
follow Unicode's UAX #9 and UTS #39, and what is known as Trojan Source (CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from smallprint.joiners import is_needed
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.errors import Fault

MAX_MARKS: Final = 8
"""How many combining marks may stand on one letter; no written language needs more."""
_SHOWN_FAULTS: Final = 20
"""How many faults of one code are told for one file; the rest are only counted."""
_COUNTED_FAULTS: Final = 10_000
"""How many bad characters of one file are counted; behind them nobody looks on."""

_CLEAN: Final = re.compile(
    "[\t\n -~\xa0-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u218b\u2190-\u23ff\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff5e]*"
)
"""Matches nearly every text there is, and fast: only visible characters that are known to be harmless."""
_HARMLESS: Final = (
    r"[[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Cf}\t\n]--[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFD]]"
)
"""All characters that may stand anywhere."""

_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DIRECTION_MARKS: Final = frozenset("\u200e\u200f\u061c")
_LINE_ENDS: Final = frozenset("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_RIGHT_TO_LEFT: Final = regex.compile(r"[[\p{Bidi_Class=R}\p{Bidi_Class=AL}]--[\u200F\u061C]]", regex.V1)
_INVISIBLE: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFC]")

# Unicode gives control characters no names of their own, only these aliases.
_CONTROL_NAMES: Final = {
    "\x00": "NULL",
    "\x08": "BACKSPACE",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}


class _Kind(NamedTuple):
    """What is wrong with a character; `what` goes on after its name."""

    code: str
    what: str
    remedy: str


_OVERRIDE = _Kind(
    "SP110",
    "changes the order in which letters are shown, so that the text reads otherwise than it is written.",
    "Delete it; right-to-left words need no such character here.",
)
_DIRECTION = _Kind(
    "SP111",
    "cannot be seen, and nothing on this line is written from right to left.",
    "Delete it.",
)
_HIDDEN = _Kind("SP111", "cannot be seen by a reader.", "Delete it.")
_SOFT_HYPHEN = _Kind(
    "SP111", "cannot be seen by a reader.", "Delete it; browsers break long words at line ends by themselves."
)
_LINE_END = _Kind(
    "SP109",
    "ends a line in some programs and not in others.",
    "Replace it with a plain line break, or delete it.",
)
_CONTROL = _Kind("SP112", "is a control character, not text.", "Delete it.")
_NULL = _Kind("SP103", "stands here, so this is not a text file, or a damaged one.", "Delete the character.")
_PRIVATE = _Kind(
    "SP113",
    "means something different in every font.",
    "Replace it with the character that is meant; it often comes from a symbol font.",
)
_UNASSIGNED = _Kind("SP113", "is no character of Unicode.", "Delete it, or type the character that is meant.")
_DAMAGE = _Kind(
    "SP115",
    "stands where a program could not read the text before, so a letter is missing.",
    "Type the character that belongs here.",
)
_SINGLE: Final = {"\xad": _SOFT_HYPHEN, "\x00": _NULL, "\ufffd": _DAMAGE}
_NEAR: Final = 1_000
"""How far from a direction mark right-to-left letters of the same line are looked for."""


def check_text(text: str, shown: str) -> list[Fault]:
    """Return a fault for each character that must not stand in a policy.

    Args:
        text: A whole file.
        shown: What faults call it.
    """
    faults: list[Fault] = []
    if _CLEAN.fullmatch(text) is None:
        found: list[_Hit] = sorted([*_bad_characters(text), *_stacks(text)])
        faults = _faults(found, text, shown)
    if not unicodedata.is_normalized("NFC", text):
        faults.append(_not_nfc(text, shown))
    return faults


def refused_characters(text: str) -> list[tuple[int, int, str]]:
    """Return where characters stand that `check_text` refuses, how many, and their name; for those who drop them."""
    if _CLEAN.fullmatch(text) is not None:
        return []
    hits = ((match.start(), match.group()) for match in _suspicious().finditer(text))
    single = [(offset, 1, character_name(char)) for offset, char in hits if _kind(text, offset, char)]
    stacks = [
        (match.start() + MAX_MARKS, match.end() - match.start() - MAX_MARKS, "stacked marks")
        for match in _stack().finditer(text)
    ]
    return sorted(single + stacks)


def character_name(char: str) -> str:
    r"""Return code point and name.

    >>> character_name("\u202e")
    'U+202E RIGHT-TO-LEFT OVERRIDE'
    """
    category = unicodedata.category(char)
    fallback = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE USE CHARACTER", "Cs": "SURROGATE"}.get(category, "UNASSIGNED")
    if 0xE0001 <= ord(char) <= 0xE007F:  # noqa: PLR2004 - the block of tag characters
        fallback = "TAG CHARACTER"
    name = unicodedata.name(char, "") or _CONTROL_NAMES.get(char, fallback)
    return f"U+{ord(char):04X} {name}"


class _Hit(NamedTuple):
    offset: int
    width: int
    kind: _Kind
    name: str


@cache
def _suspicious() -> re.Pattern[str]:
    """Everything that is not harmless, or not known to be, as a fast pattern; all beyond the BMP is looked at."""
    plane = "".join(map(chr, range(0x10000)))
    return re.compile(f"[^{_ranges(_HARMLESS, plane)}]")


@cache
def _stack() -> re.Pattern[str]:
    plane = "".join(map(chr, range(0x10000)))
    marks = _ranges(r"[\p{Mn}\p{Me}]", plane)
    # The first mark on its own lets `re` search for it fast.
    return re.compile(f"[{marks}][{marks}]{{{MAX_MARKS},}}")


def _ranges(pattern: str, plane: str) -> str:
    runs = regex.finditer(f"{pattern}+", plane, regex.V1)
    return "".join(f"\\u{run.start():04x}-\\u{run.end() - 1:04x}" for run in runs)


def _bad_characters(text: str) -> Iterator[_Hit]:
    hits = ((match.start(), match.group()) for match in _suspicious().finditer(text))
    every = ((offset, char, kind) for offset, char in hits if (kind := _kind(text, offset, char)))
    bad = islice(every, _COUNTED_FAULTS)
    # What stands in a row is one fault.
    for _, group in groupby(enumerate(bad), key=lambda item: (item[1][0] - item[0], item[1][2])):
        row = [item for _, item in group]
        offset, char, kind = row[0]
        same = sum(other == char for _, other, _ in row)
        name = character_name(char) + (f" ({same} times)" if same > 1 else "")
        name += f" (and {len(row) - same} more)" if same < len(row) else ""
        yield _Hit(offset, len(row), kind, name)


def _kind(text: str, offset: int, char: str) -> _Kind | None:
    """Return what is wrong with a character where it stands, if anything."""
    kind = _kind_anywhere(char)
    if kind is _DIRECTION:
        before = text[max(offset - _NEAR, 0) : offset].rpartition("\n")[2]
        after = text[offset : offset + _NEAR].partition("\n")[0]
        return None if _RIGHT_TO_LEFT.search(before + after) else _DIRECTION
    return None if kind is _HIDDEN and is_needed(text, offset) else kind


@lru_cache(maxsize=4096)
def _kind_anywhere(char: str) -> _Kind | None:
    """Return what is wrong with a character, as far as it does not hang on the text round it."""
    if char in _OVERRIDES:
        return _OVERRIDE
    if char in _DIRECTION_MARKS:
        return _DIRECTION
    if char in _LINE_ENDS:
        return _LINE_END
    if char in _SINGLE:
        return _SINGLE[char]
    if _INVISIBLE.match(char):
        return _HIDDEN
    others = ((_HARMLESS, None), (r"\p{Cc}", _CONTROL), (r"\p{Co}", _PRIVATE))
    return next((kind for pattern, kind in others if regex.match(pattern, char, regex.V1)), _UNASSIGNED)


def _stacks(text: str) -> Iterator[_Hit]:
    for match in islice(_stack().finditer(text), _COUNTED_FAULTS):
        count = match.end() - match.start()
        start = max(match.start() - 1, 0)
        kind = _Kind(
            "SP114",
            f"has {count} marks stacked on it, which cover the lines above and below.",
            f"Leave at most {MAX_MARKS} marks on a letter.",
        )
        yield _Hit(start, count + 1, kind, f"The letter “{text[start]}”")


def _faults(hits: list[_Hit], text: str, shown: str) -> list[Fault]:
    """Make faults of hits, at most `_SHOWN_FAULTS` for each code."""
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.kind.code] = counts.get(hit.kind.code, 0) + 1
    told: dict[str, int] = {}
    faults = []
    for hit in hits:
        code = hit.kind.code
        told[code] = told.get(code, 0) + 1
        if told[code] > _SHOWN_FAULTS:
            continue
        what = f"{hit.name} {hit.kind.what}"
        if told[code] == _SHOWN_FAULTS < counts[code]:
            what += f" Of {counts[code]} such faults in this file, the first {_SHOWN_FAULTS} are shown."
        line, column = _position(text, hit.offset)
        faults.append(
            make_fault(code, shown, what, hit.kind.remedy, line=line, column=column, width=hit.width, text=text)
        )
    return faults


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _not_nfc(text: str, shown: str) -> Fault:
    """Point at the first letter that is spelt in the long way."""
    lines = [
        (number, line) for number, line in enumerate(text.split("\n"), 1) if not unicodedata.is_normalized("NFC", line)
    ]
    number, line = lines[0]
    composed = unicodedata.normalize("NFC", line)
    same = next((at for at, (old, new) in enumerate(zip(line, composed, strict=False)) if old != new), len(composed))
    what = f"{len(lines)} line{'s are' if len(lines) > 1 else ' is'} not in Unicode's usual spelling (NFC)"
    return make_fault(
        "SP108",
        shown,
        f"{what}; here, a letter and its accent are two characters where one is usual.",
        "Type the letter anew, or let your editor normalise the file to NFC.",
        line=number,
        column=same + 1,
        text=text,
    )
