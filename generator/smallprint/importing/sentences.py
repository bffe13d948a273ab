"""Where a sentence of running text ends, so that each can stand on a line of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from smallprint.importing.inline import SOFT_BREAK
from smallprint.importing.runs import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.importing.draft import Run

_END: Final = re.compile(r"""(?<=[.!?])[”"’')\]]{0,2}(?P<space>\ )(?=["“‘'(\[]?[^\W_])""", re.VERBOSE)
# fmt: off
_NO_END: Final = frozenset((
    "corp", "inc", "ltd", "llc", "co", "no", "nos", "sec", "art", "para", "e.g", "i.e", "eg", "ie", "etc",
    "vs", "mr", "mrs", "ms", "dr", "st", "approx", "dept", "ave", "blvd", "u.s", "e.u", "u.k", "b.v", "s.a",
    "a.m", "p.m", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "attn",
    "tel", "fig", "vol", "cf", "al", "resp",
))
# fmt: on
# fmt: off
_BEGINS: Final = frozenset((
    "we", "our", "you", "your", "this", "these", "that", "those", "if", "for", "the", "in", "to", "by", "it",
    "its", "they", "when", "where", "however", "please", "all", "any", "such", "as", "a", "an", "at", "on",
    "and", "or", "but", "see", "there", "here", "each", "no", "upon", "after", "before", "under", "with",
))
# fmt: on
"""After “the E.U.”, these begin a sentence where they have a capital letter."""
_NEAR: Final = 200
"""How far round the end of a sentence is looked."""


def one_a_line(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Put a soft break in the place of each space between two sentences; none within a link."""
    text = plain(runs)
    breaks = {match.start("space") for match in _END.finditer(text) if _is_end(text, match)}
    if not breaks:
        return tuple(runs)
    result = []
    at = 0
    for run in runs:
        chars = [
            SOFT_BREAK if char == " " and at + n in breaks and not run.target and not run.code else char
            for n, char in enumerate(run.text)
        ]
        result.append(replace(run, text="".join(chars)))
        at += len(run.text)
    return tuple(result)


def _is_end(text: str, match: re.Match[str]) -> bool:
    at = match.start("space")
    before, after = text[max(at - _NEAR, 0) : at], text[at + 1 : at + _NEAR]
    following = after.lstrip("\"“‘'([")
    if following[:1].islower():
        return False
    last = before.rstrip("”\"’')]")
    if not last.endswith("."):
        return True
    start = max(map(last.rfind, " \n(/–—-")) + 1
    word = last[start:-1].lower()
    first = re.match(r"\w+", following)
    begins = bool(first) and first.group().lower() in _BEGINS  # type: ignore[union-attr]
    if word in _NO_END or re.fullmatch(r"[a-z]|(?:[a-z]\.)+[a-z]", word):
        return begins and not re.fullmatch(r"mr|mrs|ms|dr|no|nos|sec|art|e\.g|i\.e|vs|st|approx|cf", word)
    # The number of an item ends no sentence, the number at the end of one does.
    is_numbered = start == 0 or last[start - 1] in "\n(" or bool(re.search(r"[.:;]\s$", last[:start]))
    return not (is_numbered and re.fullmatch(r"[ivx]{1,4}|\d{1,2}", word))
