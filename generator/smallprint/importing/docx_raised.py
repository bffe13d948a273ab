"""Raised and lowered characters → text in which they are apart from the rest: `30¹ days`, never `301 days`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from smallprint.importing.runs import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.importing.draft import Run

GAP: Final = "\x1f"
"""What separates two words without being seen, such as a picture; a space where words would be joined without it."""

_UP: Final = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")  # noqa: RUF001 - they look alike
_DOWN: Final = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")  # noqa: RUF001
_BACK: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_SMALL_DIGITS: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+")
_SMALL_LETTERS: Final = re.compile("[ªºⁿ™℠]")
_NUMBER: Final = re.compile(r"[0-9+\-−–=()*,;]*[0-9][0-9+\-−–=()*,;]*[.:]?|n")  # noqa: RUF001
"""What can be written in small digits: a number, a list of them, a power."""
_POWER: Final = re.compile(r"[+\-−–]?[0-9]+[./][0-9]+")  # noqa: RUF001
_LAST_WORD: Final = re.compile(r"\w+\Z")
_COUNTED: Final = re.compile(r"[0-9]+|[IVXLC]+")
_ORDINALS: Final = frozenset((
    "st", "nd", "rd", "th", "er", "re", "ère", "ere", "e", "ème", "eme", "ième", "ieme", "nde", "o", "a",
    "os", "as", "ro", "ra", "mo", "ma", "vo", "va", "bis", "ter", "quater", "ste", "de",
))  # fmt: skip
"""What is raised behind a number and is one word with it."""
_SHORTENED: Final = frozenset((
    "mme", "mmes", "mlle", "mlles", "dr", "dre", "drs", "pr", "me", "mes", "mgr", "cie", "cies", "ste", "sté",
    "stés", "st", "vve", "no", "nos", "nr", "sr", "sra", "srta", "dra", "mc", "mr", "mrs", "ms", "jr", "art",
))  # fmt: skip
"""Short forms of words whose last letters are raised."""
_SIGNS: Final = {"tm": "™", "sm": "℠"}
_SPANISH: Final = {"a": "ª", "o": "º"}
_LONGEST_MARK: Final = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Characters, and whether they are raised."""

    run: Run
    raised: int = 0
    """1 for raised, -1 for lowered, 0 for neither."""


def level_out(spans: Sequence[Span]) -> list[Run]:
    """Return the runs of a paragraph with its raised and lowered characters written so that nothing changes its sense.

    Digits become small digits, ordinals join their number, and marks that are letters stand in brackets.
    """
    groups = [(raised, [span.run for span in group]) for raised, group in groupby(spans, key=lambda span: span.raised)]
    is_mixed = len({raised for raised, runs in groups if plain(runs).strip()}) > 1
    done: list[Run] = []
    for place, (raised, runs) in enumerate(groups):
        if raised and is_mixed:
            after = plain(groups[place + 1][1])[:1] if place + 1 < len(groups) else ""
            text = _levelled(plain(runs).replace(GAP, " "), plain(done[-8:]), after, is_up=raised > 0)
            done.append(replace(runs[0], text=text))
        else:
            done += runs
    return list(_without_gaps(done))


def spread(text: str) -> str:
    """Return text with raised and lowered characters as usual ones to count words by, digits apart from what is beside.

    >>> spread("30¹ days, H₂O, Acme™")
    '30 1  days, H 2 O, AcmeTM'
    """
    text = _SMALL_DIGITS.sub(lambda match: f" {match[0].translate(_BACK)} ", text)
    return _SMALL_LETTERS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _levelled(text: str, before: str, after: str, *, is_up: bool) -> str:
    """Return a raised or lowered text between two others."""
    tokens = re.split(r"(\s+)", text)
    are_marks = all(_NUMBER.fullmatch(token) for token in tokens if token.strip())
    last = len(tokens) - 1
    for place, token in enumerate(tokens):
        touches = (not place and before[-1:].strip()) or (place == last and after.strip() and after != GAP)
        if not token.strip() or not (touches or are_marks):
            continue
        tokens[place] = _mark(token, before if not place else "", is_up=is_up)
        is_word = tokens[place][-1:].isalnum() and any(map(str.isalpha, token)) and not _is_shortened(token, before)
        if place == last and is_word and after.isalnum():
            tokens[place] += " "
    return "".join(tokens)


def _mark(token: str, before: str, *, is_up: bool) -> str:  # noqa: PLR0911 - one for each kind of mark
    """Return one raised or lowered word behind a text."""
    if _NUMBER.fullmatch(token) and not token.startswith("("):
        return token.translate(_UP if is_up else _DOWN)
    if not any(char.isalnum() for char in token) or token.startswith(("(", "[")):
        return token
    if _POWER.fullmatch(token) and is_up and before[-1:].isalnum():
        return f"^{token}"
    bare = token.lower().rstrip(".")
    if is_up and bare in _SIGNS:
        return _SIGNS[bare]
    word = _LAST_WORD.search(before.removesuffix("."))
    if not word:
        return token
    if is_up and _COUNTED.fullmatch(word[0]) and bare in _ORDINALS:
        return _SPANISH.get(bare, token)
    if is_up and _is_shortened(token, before):
        return _SPANISH.get(token, token)
    return f"[{token}]" if len(bare) <= _LONGEST_MARK else f" {token}"


def _is_shortened(token: str, before: str) -> bool:
    """Tell whether a raised text is the end of a word in short: `Mme`, and the beginning of `McDonald`."""
    word = _LAST_WORD.search(before.removesuffix("."))
    return bool(word and word[0].lower() + token.lower().rstrip(".") in _SHORTENED)


def _without_gaps(runs: Sequence[Run]) -> Sequence[Run]:
    if not any(GAP in run.text for run in runs):
        return runs
    whole = plain(runs)
    done = []
    at = 0
    for run in runs:
        parts = []
        for place, char in enumerate(run.text, at):
            if char == GAP:
                left, right = whole[:place].rstrip(GAP)[-1:], whole[place:].lstrip(GAP)[:1]
                is_last = whole[place + 1 : place + 2] != GAP
                parts.append(" " if is_last and left.isalnum() and right.isalnum() else "")
            else:
                parts.append(char)
        at += len(run.text)
        done.append(replace(run, text="".join(parts)))
    return done
