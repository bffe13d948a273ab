"""The styles of a Word file: which of them are headings, quotations or lists, and what is bold by them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_xml import Element, child, children, is_on, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_LEVEL: Final = 6
_BODY_LEVEL: Final = 9
"""The outline level that means: no heading."""
_MAX_CHAIN: Final = 50
"""How many styles may be based on each other; Word allows 10."""
_TOGGLES: Final = ("w:b", "w:i", "w:vanish", "w:strike")
_RAISED: Final = {"superscript": 1, "subscript": -1}
_MIN_POSITION: Final = 4
"""By how many half points characters are moved that are raised or lowered to be read as such."""

_HEADING: Final = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|naslov|címsor|"
    r"cabeçalho|pealkiri|virsraksts|antraštė|titlu|başl\w+|заголовок|επικεφαλίδα|見出し|标题|標題|제목|כותרת|عنوان|"
    r"หัวเรื่อง|đầu đề|tiêu đề|judul)\s*([1-9])",
    re.IGNORECASE,
)
"""Names of heading styles. Word writes the English ones into every file; other programs write those they show."""
_HEADING_ID: Final = re.compile(
    r"(?:heading|berschrift|titre|ttulo|titolo|kop|rubrik|overskrift|otsikko|nagwek|nadpis)([1-9])"
)
"""The ids that Word makes of them, without the letters it leaves out."""
_TITLES: Final = frozenset(
    {"title", "titel", "titre principal", "título", "titolo", "заголовок", "表題", "标题", "제목"}
)
_QUOTES: Final = frozenset({"quote", "intense quote", "block text", "quotations"})
_CONTENTS: Final = re.compile(
    r"(?:toc|verzeichnis|tm|inhalt|contents) ?(?:[1-9]|heading)|table of (?:figures|authorities)"
)
_CODES: Final = frozenset({"html code", "html preformatted", "html typewriter", "html sample", "source text"})


@dataclass(frozen=True)
class Style:
    """One style with all that it inherits."""

    style_id: str = ""
    name: str = ""
    element: Element = None
    base: Style | None = None

    def _chain(self) -> Iterator[Style]:
        style: Style | None = self
        for _ in range(_MAX_CHAIN):
            if style is None:
                return
            yield style
            style = style.base

    @cached_property
    def toggles(self) -> frozenset[str]:
        """Which of bold, italic, hidden and struck it switches on."""
        found = set()
        for toggle in _TOGGLES:
            states = (is_on(child(style.element, "w:rPr", toggle)) for style in self._chain())
            if next((state for state in states if state is not None), False):
                found.add(toggle)
        return frozenset(found)

    @cached_property
    def is_struck_twice(self) -> bool:
        """Whether it strikes words out with two lines, which no other style can take back by saying the same."""
        states = (is_on(child(style.element, "w:rPr", "w:dstrike")) for style in self._chain())
        return bool(next((state for state in states if state is not None), False))

    @cached_property
    def raised(self) -> int | None:
        """1 for superscript, -1 for subscript, 0 for neither; None where it says nothing."""
        states = (raised(child(style.element, "w:rPr")) for style in self._chain())
        return next((state for state in states if state is not None), None)

    @cached_property
    def language(self) -> str:
        """The language of its text, if it says so."""
        return next(filter(None, (value(child(style.element, "w:rPr", "w:lang")) for style in self._chain())), "")

    @cached_property
    def numbering(self) -> tuple[str, int | None]:
        """The list it puts its paragraphs into, and the level there if it says one; an empty text for none."""
        for style in self._chain():
            found = child(style.element, "w:pPr", "w:numPr")
            if found is not None:
                return value(child(found, "w:numId")), number(child(found, "w:ilvl"))
        return "", None

    @cached_property
    def heading(self) -> int:
        """The level of the headings it makes, 1 to 6; 0 where it makes none."""
        for style in self._chain():
            outline = number(child(style.element, "w:pPr", "w:outlineLvl"))
            if outline is not None:
                return min(outline + 1, _MAX_LEVEL) if 0 <= outline < _BODY_LEVEL else 0
            named = _HEADING.fullmatch(style.name) or _HEADING_ID.fullmatch(style.style_id.lower())
            if named:
                return min(int(named[1]), _MAX_LEVEL)
        return 0

    def is_one_of(self, names: frozenset[str]) -> bool:
        """Return whether it, or a style it is based on, has one of the names."""
        return any(style.name in names for style in self._chain())

    @cached_property
    def is_title(self) -> bool:
        """Whether it is for the title of the whole document."""
        return self.is_one_of(_TITLES)

    @cached_property
    def is_quote(self) -> bool:
        """Whether it is for quotations."""
        return self.is_one_of(_QUOTES)

    @cached_property
    def is_code(self) -> bool:
        """Whether it is for what is typed or shown by a machine."""
        return self.is_one_of(_CODES)

    @cached_property
    def is_contents(self) -> bool:
        """Whether it is for lines of a table of contents."""
        return any(_CONTENTS.fullmatch(style.name) for style in self._chain())


@dataclass
class Styles:
    """All styles of a file."""

    root: Element
    _elements: dict[str, Element] = field(default_factory=dict)
    _made: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    """The style of paragraphs that name none."""

    def __post_init__(self) -> None:
        """List the styles by their ids."""
        for element in children(self.root, "w:style"):
            style_id = value(element, "w:styleId")
            self._elements.setdefault(style_id, element)
            is_default = value(element, "w:default") in {"1", "true", "on"}
            if is_default and value(element, "w:type") == "paragraph" and not self.default:
                self.default = style_id

    def get(self, style_id: str) -> Style:
        """Return a style; one that says nothing where there is none of this id."""
        if style_id in self._made:
            return self._made[style_id]
        chain: list[str] = []
        while style_id in self._elements and style_id not in chain and len(chain) < _MAX_CHAIN:
            chain.append(style_id)
            style_id = value(child(self._elements[style_id], "w:basedOn"))
        style: Style | None = None
        for each in reversed(chain):
            if each not in self._made:
                element = self._elements[each]
                shown = value(child(element, "w:name")).strip().lower()
                self._made[each] = Style(each, shown, element, style)
            style = self._made[each]
        return style or Style()

    def of_paragraph(self, properties: Element) -> Style:
        """Return the style of a paragraph by its properties."""
        return self.get(value(child(properties, "w:pStyle")) or self.default)

    @cached_property
    def language(self) -> str:
        """The language the document is written in, if it says so."""
        return value(child(self.root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"))


def outline_level(properties: Element, style: Style) -> int:
    """Return the level of a paragraph as a heading, 1 to 6; 0 where it is none."""
    outline = number(child(properties, "w:outlineLvl"))
    if outline is None:
        return style.heading
    return min(outline + 1, _MAX_LEVEL) if 0 <= outline < _BODY_LEVEL else 0


def raised(properties: Element) -> int | None:
    """Return whether properties of characters raise (1) or lower (-1) them, or neither (0); None if they do not say."""
    aligned = child(properties, "w:vertAlign")
    if aligned is not None:
        return _RAISED.get(value(aligned), 0)
    position = number(child(properties, "w:position"))
    if position is None:
        return None
    return 0 if abs(position) < _MIN_POSITION else 1 if position > 0 else -1
