"""The paragraphs of a Word file → runs of characters: text, breaks, links, fields, marks of notes; what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_drawing import alternative, read_drawing
from smallprint.importing.docx_math import formula
from smallprint.importing.docx_raised import GAP, Span, level_out
from smallprint.importing.docx_revisions import text_below
from smallprint.importing.docx_styles import raised
from smallprint.importing.docx_symbols import symbol
from smallprint.importing.docx_xml import Element, child, is_on, name, value
from smallprint.importing.draft import Run, Why
from smallprint.importing.runs import tidy
from smallprint.importing.struck import Struck

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
_CONTENTS: Final = frozenset({"TOC", "TOA", "INDEX"})
"""Fields that list what stands elsewhere in the document."""
_DRAWN_FIELDS: Final = frozenset({"EQ", "SYMBOL", "ADVANCE", "MACROBUTTON", "GOTOBUTTON"})
"""Fields that Word draws from their code, without a result."""
_UNSEEN_FIELDS: Final = frozenset({"XE", "TC", "TA", "RD", "SET", "ASK"})
"""Fields that show nothing."""


@dataclass
class _Field:
    """A field that has begun and not ended."""

    code: str = ""
    is_result: bool = False
    target: str = ""
    is_contents: bool = False
    is_empty: bool = True
    """Whether its result shows nothing so far."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a run looks."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    hidden: bool = False
    struck: bool = False
    raised: int = 0
    """1 for raised, -1 for lowered characters."""


@dataclass
class Line:
    """One paragraph."""

    runs: tuple[Run, ...] = ()
    boxes: list[Element] = field(default_factory=list)
    """The text boxes that hang on it."""
    has_rule: bool = False
    is_hidden: bool = False
    """Whether it had text, all of it hidden."""
    is_contents: bool = False
    """Whether it is a line of a table of contents, which is left out."""


class Inline:
    """Reads the paragraphs of one part in order; fields may begin in one and end in another."""

    def __init__(self, book: Book, part: str) -> None:
        self._book = book
        self._part = part
        self._fields: list[_Field] = []
        self._links: list[str] = []
        self._style = book.styles.get("")
        self._spans: list[Span] = []
        self._hidden: list[str] = []
        self._struck: list[str] = []
        self._is_striking = False
        self._was_struck = False
        self._contents: list[str] = []
        self._initial: list[Span] = []
        self._line = Line()

    def begin(self, paragraph: Element, style: Style) -> Line:
        """Read a large first letter, which is a paragraph by itself and begins the word of the next one."""
        line = self.read(paragraph, style)
        self._initial, line.runs = self._spans, ()
        return line

    def read(self, paragraph: Element, style: Style) -> Line:
        """Read one paragraph."""
        self._style, self._spans, self._hidden, self._contents, self._line = style, [], [], [], Line()
        self._struck, self._is_striking, self._was_struck = [], False, False
        line = self._line
        self._walk(paragraph)
        if self._initial:
            form = next((span.run for span in self._spans if span.run.text.strip()), Run(""))
            form = replace(form, target="", note="")
            letters = [span if span.run.note else Span(replace(form, text=span.run.text)) for span in self._initial]
            self._spans, self._initial = [*letters, *self._spans], []
        line.runs = tidy(level_out(self._spans))
        hidden, contents = "".join(self._hidden), "".join(self._contents)
        line.is_hidden = bool(hidden.strip()) and not line.runs
        if style.is_contents:
            contents += "".join(run.text for run in line.runs)
            line.runs = ()
        self._book.leave_out(hidden, Why.HIDDEN, self._part)
        for struck in self._struck:
            self._book.leave_out(struck, Why.STRUCK, self._part, is_sure=False)
        line.is_contents = bool(contents.strip()) and not line.runs
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
                    self._run(each)
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
                    self._gap(form)
                case _:
                    self._leaf(each, short, form or _Form())

    def _leaf(self, element: Element, short: str, form: _Form) -> None:  # noqa: C901, PLR0912 - one for each element
        match short:
            case "w:t" | "m:t":
                text = _SPACES.sub(" ", element.text or "")
                is_kept = value(element, "xml:space") == "preserve" or short == "m:t"
                # White space of XML is these four characters only: Word says nothing to keep a no-break space.
                self._emit(text if is_kept else text.strip(" "), form)
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
                self._refer(element, form)
            case _ if parts := formula(element):
                for part in parts:
                    inner = replace(form, raised=part.raised or form.raised)
                    if isinstance(part.what, str):
                        self._emit(part.what, inner)
                    else:
                        self._walk(part.what, inner)
            case _:
                self._walk(element, form)

    def _run(self, run: Element) -> None:
        """Read a run; where a mark of one's own is set for a note, that is its label."""
        form = self._form(child(run, "w:rPr"))
        own = next((each for each in run if name(each) in _NOTE_REFERENCES and _is_own(each)), None)
        if own is None or not self._refer(own, form, text_below(run)):
            self._walk(run, form)

    def _refer(self, element: Element, form: _Form, own: str = "") -> bool:
        """Refer to a note; return whether its label says all that its run does."""
        label = self._book.note_label(_NOTE_REFERENCES[name(element)], value(element, "w:id"), own)
        self._emit(f"[{label}]", _Form(hidden=form.hidden, struck=form.struck), label)
        return bool(own) and label == own

    def _form(self, properties: Element) -> _Form:
        """Return how a run looks by its own properties, its style and that of its paragraph."""
        style = self._book.styles.get(value(child(properties, "w:rStyle")))
        looks = []
        for toggle in ("w:b", "w:i", "w:vanish", "w:strike"):
            said = is_on(child(properties, toggle))
            by_style = (toggle in style.toggles) != (toggle in self._style.toggles)
            looks.append(by_style if said is None else said)
        twice = is_on(child(properties, "w:dstrike"))
        is_struck = looks[3] or (style.is_struck_twice or self._style.is_struck_twice if twice is None else twice)
        levels = (raised(properties), style.raised, self._style.raised)
        level = next((level for level in levels if level is not None), 0)
        return _Form(looks[0], looks[1], style.is_code, looks[2], is_struck, level)

    def _separate(self, text: str) -> None:
        """Keep the words on both sides of a text apart that is left out and has white space in it."""
        if any(char.isspace() for char in text):
            self._spans.append(Span(Run(GAP)))

    def _gap(self, form: _Form | None) -> None:
        """Keep the words on both sides of something apart."""
        if not (form and form.hidden) and all(each.is_result for each in self._fields):
            self._spans.append(Span(Run(GAP)))

    def _emit(self, text: str, form: _Form, note: str = "") -> None:
        """Take down text where it belongs: into the paragraph, a field's code, or what is left out."""
        if not text:
            return
        was_striking, self._is_striking = self._is_striking, False
        if any(not each.is_result for each in self._fields):
            self._emit_code(text)
            return
        for each in self._fields:
            each.is_empty = False
        if form.hidden:
            self._hidden.append(text)
            self._separate(text)
        elif any(each.is_contents for each in self._fields):
            self._contents.append(text)
        elif form.struck and not self._keeps_struck(text):
            self._is_striking = True
            if not was_striking:
                self._struck.append("")
            self._struck[-1] += text
            self._separate(text)
        else:
            linked = [each.target for each in self._fields if each.target] + [each for each in self._links if each]
            target = linked[-1] if linked and not note else ""
            run = Run(text, form.strong, form.emphasis, form.code, target, note)
            if form.struck != self._was_struck:
                # Where the line begins or ends, readers see two words or numbers.
                self._gap(form)
            self._was_struck = form.struck
            self._spans.append(Span(run, form.raised))

    def _keeps_struck(self, text: str) -> bool:
        if self._book.struck is not Struck.KEEP:
            return False
        self._book.struck_kept.append(text)
        return True

    def _symbol(self, element: Element, form: _Form) -> None:
        font, code = value(element, "w:font"), value(element, "w:char")
        text = symbol(font, code)
        if not text:
            what = f"Symbol {code} of the font {font}"
            self._book.leave_out(what, Why.EMBEDDED, self._part, is_sure=False)
            self._gap(form)
        self._emit(text, form)

    def _content_control(self, element: Element, form: _Form | None) -> None:
        content = child(element, "w:sdtContent")
        if content is None:
            return
        if is_on(child(element, "w:sdtPr", "w:showingPlcHdr")):
            kept, self._spans = self._spans, []
            self._walk(content, form)
            text = "".join(span.run.text for span in self._spans).replace(GAP, " ")
            self._spans = kept
            self._gap(form)
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
        now.is_contents = _kind_of(now.code) in _CONTENTS
        if link := _LINK_CODE.match(now.code):
            place = _LINK_PLACE.search(now.code)
            url = link["url"] or link["bare"] or ""
            now.target = self._kept(f"{url}#{place[1]}" if place else url)

    def _end_field(self) -> None:
        ended = self._fields.pop()
        if not ended.target:
            is_sure = not ended.is_empty or _kind_of(ended.code) not in _DRAWN_FIELDS
            self._book.leave_out(ended.code, Why.FIELD, self._part, is_sure=is_sure)
        if ended.is_empty and _kind_of(ended.code) not in _UNSEEN_FIELDS:
            self._gap(None)

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


def _kind_of(code: str) -> str:
    """Return what kind of field a code is of: `TOC`."""
    return next(iter(code.split()), "").upper()


def _is_own(reference: Element) -> bool:
    return value(reference, "w:customMarkFollows") in {"1", "true", "on"}
