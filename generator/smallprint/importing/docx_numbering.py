"""The automatic numbers of a Word file, as they show: “1.”, “2.3”, “(a)”, “Article IV”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from smallprint.importing.docx_number_words import cardinal_word, ordinal, ordinal_word
from smallprint.importing.docx_xml import Element, child, children, is_on, number, value

LEVELS: Final = 9
_PLAIN: Final = re.compile(r"%([1-9])[.)]?")
_REFERENCE: Final = re.compile(r"%([1-9])")
_MAX_NUMBER: Final = 100_000
_ROMANS: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ABJAD: Final = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ARABIC: Final = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_HEBREW: Final = "אבגדהוזחטיכלמנסעפצקרשת"
_LETTERS: Final = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz", "russianLower": _RUSSIAN, "russianUpper": _RUSSIAN.upper(),
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "arabicAlpha": _ARABIC, "arabicAbjad": _ABJAD, "hebrew2": _HEBREW,
    "chicago": "*†‡§",
}  # fmt: skip
_ENCLOSED: Final = {"decimalEnclosedCircle": "①", "decimalEnclosedParen": "⑴", "decimalEnclosedFullstop": "⒈"}
_MAX_ENCLOSED: Final = 20
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")  # noqa: RUF001 - the wide ones are what shows
_ZEROS: Final = re.compile(r"0*1, 0*2, 0*3, \.\.\.")


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
    language: str = ""
    """The language of its numbers, if it says so."""


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
        self.unknown: dict[tuple[str, str], None] = {}
        """The forms of numbers, each with a language, that are not known and were written in digits."""

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """Return the level of a list that a paragraph style stands for; the first where none does."""
        found = self._list(list_id)
        styles = [level.style for level in found.levels] if found else []
        return styles.index(style_id) if style_id in styles else 0

    def count(self, list_id: str, level: int, language: str = "") -> Mark | None:
        """Count one paragraph and return what stands before it; none where the list is not there.

        Args:
            list_id: The list that the paragraph is in.
            level: Its level there, from 0.
            language: The language of the paragraph, as a tag; empty where none is said.
        """
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
        text = " ".join(self._shown(found, form, form.language or language).split())
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

    def _shown(self, found: _List, form: Level, language: str) -> str:
        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = found.levels[place]
            count = found.counts[place]
            if count is None:
                count = other.start
            shown = "decimal" if form.is_legal else other.form
            if _number_in(shown, count, _primary(language)) is None:
                self.unknown[shown, language] = None
            return number_as(shown, count, language)

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
        form=_form(element),
        text=value(child(element, "w:lvlText")),
        start=1 if start is None else start,
        restart=number(child(element, "w:lvlRestart")),
        style=value(child(element, "w:pStyle")),
        is_legal=bool(is_on(child(element, "w:isLgl"))),
        is_tight=value(child(element, "w:suff")) == "nothing",
        language=value(child(element, "w:rPr", "w:lang")),
    )


def _form(element: Element) -> str:
    """Return the form of a level's numbers; newer forms stand beside one that older programs know."""
    newer = child(element, "mc:AlternateContent", "mc:Choice", "w:numFmt")
    found = child(element, "w:numFmt") if newer is None else newer
    if value(found) == "custom":
        return value(found, "w:format")
    return value(found) or "decimal"


def number_as(form: str, count: int, language: str = "") -> str:
    """Return a number in one of Word's forms; in digits where the form is not known, or not in the language.

    >>> [number_as(form, 28) for form in ("decimal", "lowerLetter", "upperRoman", "ordinal", "cardinalText")]
    ['28', 'bb', 'XXVIII', '28th', 'Twenty-eight']
    >>> [number_as(form, 2, "fr-CA") for form in ("ordinal", "ordinalText", "cardinalText")]
    ['2e', 'Deuxième', 'Deux']
    """
    if not 0 < count < _MAX_NUMBER:
        return "" if form == "none" else str(count)
    text = _number_in(form, count, _primary(language))
    return str(count) if text is None else text


def _primary(language: str) -> str:
    """Return the first part of a language tag; English is what Word writes where no language is said."""
    return language.replace("_", "-").partition("-")[0].lower() or "en"


def _number_in(form: str, count: int, language: str) -> str | None:  # noqa: C901, PLR0911, PLR0912 - one for each form
    """Return a number in a form and language; None where that is not known."""
    match form:
        case "decimal":
            return str(count)
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{count:02}"
        case "numberInDash":
            return f"- {count} -"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(count).translate(_WIDE)
        case "hex":
            return f"{count:X}"
        case "lowerRoman" | "upperRoman":
            return _roman(count).upper() if form == "upperRoman" else _roman(count)
        case "ordinal":
            return ordinal(count, language)
        case "cardinalText":
            return cardinal_word(count, language)
        case "ordinalText":
            return ordinal_word(count, language)
        case _ if form in _LETTERS:
            times, place = divmod(count - 1, len(_LETTERS[form]))
            return _LETTERS[form][place] * min(times + 1, LEVELS)
        case _ if form in _ENCLOSED:
            return chr(ord(_ENCLOSED[form]) + count - 1) if count <= _MAX_ENCLOSED else None
        case _ if _ZEROS.fullmatch(form):
            return str(count).zfill(form.index(","))
        case _:
            return None


def _roman(count: int) -> str:
    text = []
    for size, letters in _ROMANS:
        times, count = divmod(count, size)
        text.append(letters * times)
    return "".join(text)
