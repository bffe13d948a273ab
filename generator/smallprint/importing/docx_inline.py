"""The paragraphs of a Word file → runs of characters: text, breaks, links, fields, marks of notes; what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_drawing import alternative, read_drawing
from smallprint.importing.docx_symbols import symbol
from smallprint.importing.docx_xml import Element, child, is_on, name, value
from smallprint.importing.draft import Run, Why
from smallprint.importing.runs import tidy

if TYPE_CHECKING:
    from smallprint.importing.docx_book import Book
    from smallprint.importing.docx_styles import Style

_LINK_CODE: Final = re.compile(r'\s*HYPERLINK\b(?:\s+(?!\\)(?:"(?P<url>[^"]*)"|(?P<bare>[^\s"\\]+)))?', re.IGNORECASE)
_LINK_PLACE: Final = re.compile(r'\\l\s+"([^"]*)"', re.IGNORECASE)
_KEPT: Final = re.compile(r"(?:https?|mailto|tel|ftp):", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|\\\\", re.IGNORECASE)
_SPACES: Final = re.compile(r"[\r\n\t]+")
_SKIPPED: Final = frozenset(
    {"w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:rt", "w:fldData", "w:ffData"}
)
_NOTE_REFERENCES: Final = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_DRAWINGS: Final = frozenset({"w:drawing", "w:pict", "w:object"})


@dataclass
class _Field:
    """A field that has begun and not ended."""

    code: str = ""
    is_result: bool = False
    target: str = ""
    is_contents: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """How a run looks."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    hidden: bool = False


@dataclass
class Line:
    """One paragraph."""

    runs: tuple[Run, ...] = ()
    boxes: list[Element] = field(default_factory=list)
    """The text boxes that hang on it."""
    has_rule: bool = False
    is_hidden: bool = False
    """Whether it had text, all of it hidden."""


class Inline:
    """Reads the paragraphs of one part in order; fields may begin in one and end in another."""

    def __init__(self, book: Book, part: str) -> None:
        self._book = book
        self._part = part
        self._fields: list[_Field] = []
        self._links: list[str] = []
        self._style = book.styles.get("")
        self._runs: list[Run] = []
        self._hidden: list[str] = []
        self._contents: list[str] = []
        self._line = Line()

    def read(self, paragraph: Element, style: Style) -> Line:
        """Read one paragraph."""
        self._style, self._runs, self._hidden, self._contents, self._line = style, [], [], [], Line()
        line = self._line
        self._walk(paragraph)
        line.runs = tidy(self._runs)
        hidden, contents = "".join(self._hidden), "".join(self._contents)
        line.is_hidden = bool(hidden.strip()) and not line.runs
        if style.is_contents:
            contents += "".join(run.text for run in line.runs)
            line.runs = ()
        self._book.leave_out(hidden, Why.HIDDEN, self._part)
        self._book.leave_out(contents, Why.REPEATED, f"{self._part}: table of contents")
        return line

    def finish(self) -> None:
        """Take down the codes of fields that never ended."""
        while self._fields:
            self._end_field()

    def _walk(self, element: Element | None, form: _Form | None = None) -> None:
        """Read what stands in an element; `form` is that of the run it is, or is in."""
        for each in () if element is None else element:
            short = name(each)
            if short in _SKIPPED or not short:
                continue
            match short:
                case "w:r":
                    self._walk(each, self._form(child(each, "w:rPr")))
                case "w:hyperlink":
                    self._links.append(self._target(each))
                    self._walk(each, form)
                    self._links.pop()
                case "w:fldSimple":
                    self._fields.append(_Field(value(each, "w:instr")))
                    self._begin_result()
                    self._walk(each, form)
                    self._end_field()
                case "w:sdt":
                    self._content_control(each, form)
                case "mc:AlternateContent":
                    self._walk(alternative(each, self._book, self._part), form)
                case _ if short in _DRAWINGS:
                    drawn = read_drawing(each, self._book, self._part)
                    self._line.boxes += drawn.boxes
                    self._line.has_rule |= drawn.has_rule
                case _:
                    self._leaf(each, short, form or _Form())

    def _leaf(self, element: Element, short: str, form: _Form) -> None:  # noqa: C901 - one for each element
        match short:
            case "w:t" | "m:t":
                text = _SPACES.sub(" ", element.text or "")
                is_kept = value(element, "xml:space") == "preserve" or short == "m:t"
                self._emit(text if is_kept else text.strip(), form)
            case "w:tab" | "w:ptab":
                self._emit(" ", form)
            case "w:br" | "w:cr":
                self._emit(" " if value(element, "w:type") in {"page", "column"} else "\n", form)
            case "w:noBreakHyphen":
                self._emit("-", form)
            case "w:sym":
                self._symbol(element, form)
            case "w:fldChar":
                self._field_character(value(element, "w:fldCharType"))
            case "w:instrText":
                self._emit_code(element.text or "")
            case "w:delText" | "w:delInstrText":
                self._book.leave_out(element.text or "", Why.DELETED, self._part)
            case "w:ruby":
                self._walk(child(element, "w:rubyBase"), form)
                self._emit("(", form)
                self._walk(child(element, "w:rt"), form)
                self._emit(")", form)
            case _ if short in _NOTE_REFERENCES:
                is_own = value(element, "w:customMarkFollows") in {"1", "true", "on"}
                mark = self._book.note_mark(_NOTE_REFERENCES[short], value(element, "w:id"), is_own=is_own)
                self._emit(f"[{mark}]" if mark else "", _Form(hidden=form.hidden))
            case _:
                self._walk(element, form)

    def _form(self, properties: Element) -> _Form:
        """Return how a run looks by its own properties, its style and that of its paragraph."""
        style = self._book.styles.get(value(child(properties, "w:rStyle")))
        looks = []
        for toggle in ("w:b", "w:i", "w:vanish"):
            said = is_on(child(properties, toggle))
            by_style = (toggle in style.toggles) != (toggle in self._style.toggles)
            looks.append(by_style if said is None else said)
        return _Form(looks[0], looks[1], style.is_code, looks[2])

    def _emit(self, text: str, form: _Form) -> None:
        """Take down text where it belongs: into the paragraph, a field's code, or what is left out."""
        if not text:
            return
        if any(not each.is_result for each in self._fields):
            self._emit_code(text)
        elif form.hidden:
            self._hidden.append(text)
        elif any(each.is_contents for each in self._fields):
            self._contents.append(text)
        else:
            linked = [each.target for each in self._fields if each.target] + [each for each in self._links if each]
            target = linked[-1] if linked else ""
            self._runs.append(Run(text, form.strong, form.emphasis, form.code, target))

    def _symbol(self, element: Element, form: _Form) -> None:
        font, code = value(element, "w:font"), value(element, "w:char")
        text = symbol(font, code)
        if not text:
            what = f"Symbol {code} of the font {font}"
            self._book.leave_out(what, Why.EMBEDDED, self._part, is_sure=False)
        self._emit(text, form)

    def _content_control(self, element: Element, form: _Form | None) -> None:
        content = child(element, "w:sdtContent")
        if content is None:
            return
        if is_on(child(element, "w:sdtPr", "w:showingPlcHdr")):
            kept, self._runs = self._runs, []
            self._walk(content, form)
            text = "".join(run.text for run in self._runs)
            self._runs = kept
            self._book.leave_out(text, Why.FORM, f"{self._part}: an entry that is not filled in")
        else:
            self._walk(content, form)

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._begin_result()
        elif kind == "end" and self._fields:
            self._end_field()

    def _emit_code(self, text: str) -> None:
        """Add to the code of the innermost field that is still in its code."""
        for each in reversed(self._fields):
            if not each.is_result:
                each.code += text
                return
        self._book.leave_out(text, Why.FIELD, self._part)

    def _begin_result(self) -> None:
        now = self._fields[-1]
        now.is_result = True
        now.is_contents = now.code.split()[:1] == ["TOC"]
        if link := _LINK_CODE.match(now.code):
            place = _LINK_PLACE.search(now.code)
            url = link["url"] or link["bare"] or ""
            now.target = self._kept(f"{url}#{place[1]}" if place else url)

    def _end_field(self) -> None:
        ended = self._fields.pop()
        if not ended.target:
            self._book.leave_out(ended.code, Why.FIELD, self._part)

    def _target(self, link: Element) -> str:
        """Return where a link leads."""
        relation = self._book.package.relations(self._part).get(value(link, "r:id"))
        url = relation.target if relation and relation.is_external else ""
        place = value(link, "w:anchor")
        return self._kept(f"{url}#{place}" if place else url)

    def _kept(self, target: str) -> str:
        """Return a target that may stand in a policy, else nothing."""
        target = target.strip()
        if _SCHEME.match(target) and not _KEPT.match(target):
            self._book.leave_out(target, Why.FIELD, f"{self._part}: where a link leads that readers cannot follow")
            return ""
        return target.replace(" ", "%20")
