"""The automatic numbers of a Word file, as they show: “1.”, “2.3”, “(a)”, “Article IV”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from smallprint.importing.docx_xml import Element, child, children, is_on, number, value

LEVELS: Final = 9
_PLAIN: Final = re.compile(r"%([1-9])[.)]?")
_REFERENCE: Final = re.compile(r"%([1-9])")
_MAX_NUMBER: Final = 100_000
_ROMANS: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    """With `%1` for the number of the first level and so on."""
    start: int = 1
    restart: int | None = None
    """The level (from 1) whose items let it begin anew; 0 for none; any higher level where it says nothing."""
    style: str = ""
    is_legal: bool = False
    """Whether the numbers of other levels show as digits here."""
    is_tight: bool = False
    """Whether nothing stands between number and text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a paragraph of a list."""

    text: str
    """As it shows; empty for a bullet."""
    key: str
    """Equal for all paragraphs that are counted together on one level."""
    level: int
    """From 0."""
    number: int = 0
    """Not 0: the text is no more than this number with a full stop or parenthesis, as lists have it."""
    is_tight: bool = False

    @property
    def is_bullet(self) -> bool:
        """Whether it is a bullet."""
        return not self.text


@dataclass
class _List:
    """One list and its counting."""

    key: str
    levels: list[Level]
    counts: list[int | None]
    """How far each level is counted; shared by all lists of one definition."""


class Numbering:
    """All lists of a file, counted as paragraphs are met in order."""

    def __init__(self, root: Element) -> None:
        """Read the definitions."""
        self._abstract = {value(each, "w:abstractNumId"): each for each in children(root, "w:abstractNum")}
        self._nums = {value(each, "w:numId"): each for each in children(root, "w:num")}
        self._by_style = {
            value(child(each, "w:styleLink")): key for key, each in self._abstract.items() if _has(each, "w:styleLink")
        }
        self._counts: dict[str, list[int | None]] = {}
        self._used: dict[str, _List] = {}

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """Return the level of a list that a paragraph style stands for; the first where none does."""
        found = self._list(list_id)
        styles = [level.style for level in found.levels] if found else []
        return styles.index(style_id) if style_id in styles else 0

    def count(self, list_id: str, level: int) -> Mark | None:
        """Count one paragraph and return what stands before it; none where the list is not there."""
        found = self._list(list_id)
        if found is None:
            return None
        level = min(max(level, 0), LEVELS - 1)
        now = found.counts[level]
        found.counts[level] = found.levels[level].start if now is None else now + 1
        for deeper in range(level + 1, LEVELS):
            restart = found.levels[deeper].restart
            if restart is None or level + 1 <= restart:
                found.counts[deeper] = None
        form = found.levels[level]
        if form.form == "bullet":
            return Mark("", f"{found.key}/{level}", level) if form.text.strip() else None
        text = " ".join(self._shown(found, form).split())
        if not text:
            return None
        plain = _PLAIN.fullmatch(form.text.strip())
        is_plain = plain is not None and int(plain[1]) == level + 1 and form.form == "decimal" and text[-1] in ".)"
        count = found.counts[level] or 0
        return Mark(text, f"{found.key}/{level}", level, count if is_plain else 0, form.is_tight)

    def _list(self, list_id: str) -> _List | None:
        """Return the list of an id; lists of one definition count on together unless they say otherwise."""
        if list_id in self._used or list_id not in self._nums:
            return self._used.get(list_id)
        num = self._nums[list_id]
        key = value(child(num, "w:abstractNumId"))
        for _ in range(LEVELS):  # a definition may point to a style, which points to a definition
            linked = value(child(self._abstract.get(key), "w:numStyleLink"))
            if not linked or linked not in self._by_style:
                break
            key = self._by_style[linked]
        levels = _levels(self._abstract.get(key))
        counts = self._counts.setdefault(key, [None] * LEVELS)
        for change in children(num, "w:lvlOverride"):
            place = number(change, "w:ilvl")
            if place is None or not 0 <= place < LEVELS:
                continue
            if (own := child(change, "w:lvl")) is not None:
                levels[place] = _level(own)
            if (start := number(child(change, "w:startOverride"))) is not None:
                levels[place] = replace(levels[place], start=start)
                counts[place] = None
                key = f"{key}+{list_id}"
        self._used[list_id] = _List(key, levels, counts)
        return self._used[list_id]

    def _shown(self, found: _List, form: Level) -> str:
        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = found.levels[place]
            count = found.counts[place]
            if count is None:
                count = other.start
            return number_as("decimal" if form.is_legal else other.form, count)

        return _REFERENCE.sub(one, form.text)


def _has(element: Element, short: str) -> bool:
    return child(element, short) is not None


def _levels(definition: Element) -> list[Level]:
    levels = [Level() for _ in range(LEVELS)]
    for element in children(definition, "w:lvl"):
        place = number(element, "w:ilvl")
        if place is not None and 0 <= place < LEVELS:
            levels[place] = _level(element)
    return levels


def _level(element: Element) -> Level:
    start = number(child(element, "w:start"))
    return Level(
        form=value(child(element, "w:numFmt")) or "decimal",
        text=value(child(element, "w:lvlText")),
        start=1 if start is None else start,
        restart=number(child(element, "w:lvlRestart")),
        style=value(child(element, "w:pStyle")),
        is_legal=bool(is_on(child(element, "w:isLgl"))),
        is_tight=value(child(element, "w:suff")) == "nothing",
    )


def number_as(form: str, count: int) -> str:  # noqa: PLR0911 - one for each form
    """Return a number in one of Word's forms; in digits where the form is not known.

    >>> [number_as(form, 28) for form in ("decimal", "lowerLetter", "upperRoman", "ordinal", "cardinalText")]
    ['28', 'bb', 'XXVIII', '28th', 'Twenty-eight']
    """
    if not 0 < count < _MAX_NUMBER:
        return "" if form == "none" else str(count)
    match form:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{count:02}"
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (count - 1) % 26)
            text = letter * min((count - 1) // 26 + 1, LEVELS)
            return text.upper() if form == "upperLetter" else text
        case "lowerRoman" | "upperRoman":
            return _roman(count).upper() if form == "upperRoman" else _roman(count)
        case "ordinal":
            tail = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
            return f"{count}{'th' if count % 100 in {11, 12, 13} else tail}"
        case "cardinalText":
            return _in_words(count).capitalize()
        case "ordinalText":
            head, hyphen, last = _in_words(count).rpartition("-")
            tail = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
            return f"{head}{hyphen}{tail}".capitalize() if last.isalpha() else f"{count}th"
        case _:
            return str(count)


def _roman(count: int) -> str:
    text = []
    for size, letters in _ROMANS:
        times, count = divmod(count, size)
        text.append(letters * times)
    return "".join(text)


def _in_words(count: int) -> str:
    if count < len(_ONES):
        return _ONES[count]
    tens, ones = divmod(count, 10)
    if tens >= len(_TENS):
        return str(count)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]
