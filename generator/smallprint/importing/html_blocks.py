"""The elements of a page → pieces of text, and what is left out, in one stream in the order of the source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind, LeftOut, Piece, Run, Why
from smallprint.importing.html_lines import BREAK, paragraphs, split_bullets, verbatim
from smallprint.importing.html_lists import Lists
from smallprint.importing.html_style import PLAIN, Style, keeps_lines, style_of
from smallprint.importing.html_tables import Tables
from smallprint.importing.html_text import INLINE, count_words, squeeze
from smallprint.importing.html_tree import Element, Text, heading_level
from smallprint.importing.text import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.importing.html_links import Links

_LONGEST_HEADING: Final = 40
"""A heading of more words is a text that was to look large."""
_QUOTED: Final = 0.3
"""A quotation that holds more of a page than this is there to indent it."""
_WHOLE: Final = 0.5
_VERBATIM: Final = frozenset({"pre", "listing", "xmp", "plaintext"})
_FIELDS: Final = frozenset(
    {"input", "select", "textarea", "option", "optgroup", "datalist", "output", "meter", "progress"}
)
_EMBEDDED: Final = frozenset({"svg", "iframe", "object", "embed", "applet", "audio", "video", "canvas", "map"})
_BOLD: Final = frozenset({"dt", "summary", "button"})
"""What names the text that comes after it."""
_UNSEEN: Final = frozenset({"noscript", "template", "noframes", "noembed"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Why an element is left out."""

    why: Why
    is_sure: bool = True
    place: str = ""


Stream = list[Piece | LeftOut]


class Writer:
    """Walks through a page and writes its stream."""

    def __init__(self, links: Links, marks: Mapping[Element, Mark], *, are_pictures_titles: bool = False) -> None:
        """Take what is known of the page.

        Args:
            links: How its links are read.
            marks: The elements that are left out.
            are_pictures_titles: Whether a picture alone in its line may be a title, by its alternative text.
        """
        self._links = links
        self._marks = marks
        self._are_pictures_titles = are_pictures_titles
        self._stream: Stream = []
        self._runs: list[Run] = []
        self._alts: list[tuple[str, str]] = []
        self._lists = Lists()
        self._tables = Tables()
        self._heading = 0
        self._is_short_heading = False
        self._quotes: list[Element] = []
        self._verbatim = 0
        self._kept_lines = 0
        self._bold = 0
        self._line = 0
        self._words = 0

    def write(self, root: Element) -> Stream:
        """Walk through an element; return the stream."""
        self._words = count_words(text_of(root))
        stack: list[tuple[Element | Text, Style, bool]] = [(root, PLAIN, False)]
        while stack:
            node, style, is_over = stack.pop()
            if isinstance(node, Text):
                self._text(node, style)
            elif is_over:
                self._exit(node)
            elif node.tag == "title":
                continue
            elif mark := self._mark(node):
                self._leave_out(node, mark)
            else:
                style = style_of(node, style, self._links)
                self._enter(node)
                stack.append((node, style, True))
                stack.extend((child, style, False) for child in reversed(node.children))
        self._flush()
        return self._stream

    def _mark(self, element: Element) -> Mark | None:
        if mark := self._marks.get(element):
            return mark
        if element.tag in _FIELDS:
            return Mark(Why.FORM)
        if element.tag in _EMBEDDED:
            return Mark(Why.EMBEDDED)
        return Mark(Why.HIDDEN) if element.tag in _UNSEEN else None

    def _text(self, node: Text, style: Style) -> None:
        text = node.text
        if not text.isspace():
            self._line = self._line or node.line
        if self._kept_lines and not self._verbatim:
            text = text.replace("\n", BREAK)
        strong = style.strong or (self._bold > 0 and not self._heading)
        self._runs.append(Run(text, strong, style.emphasis, style.code, style.target))

    def _enter(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self._runs.append(Run("\n" if self._verbatim else BREAK))
        elif tag == "img":
            self._runs.append(Run(" "))
            self._picture(element)
        self._kept_lines += keeps_lines(element)
        if tag in INLINE or tag == "br":
            return
        self._boundary()
        if level := heading_level(element):
            self._begin_heading(element, level)
        elif tag == "hr":
            self._stream.append(Piece(Kind.RULE, line=element.line))
        elif tag == "blockquote":
            if self._is_quotation(element):
                self._quotes.append(element)
        elif tag in _VERBATIM:
            self._verbatim += 1
        elif tag in _BOLD:
            self._bold += 1
        self._lists.enter(element)
        self._tables.enter(element)

    def _exit(self, element: Element) -> None:
        tag = element.tag
        self._kept_lines -= keeps_lines(element)
        if tag in INLINE or tag == "br":
            return
        if heading_level(element):
            self._flush()
            self._heading = 0
            return
        self._boundary()
        if tag == "blockquote" and self._quotes and self._quotes[-1] is element:
            self._quotes.pop()
        elif tag in _VERBATIM:
            self._verbatim -= 1
        elif tag in _BOLD:
            self._bold -= 1
        self._lists.exit(element)
        if row := self._tables.exit(element):
            self._stream.append(row)

    def _begin_heading(self, element: Element, level: int) -> None:
        self._heading = level
        self._is_short_heading = count_words(text_of(element)) <= _LONGEST_HEADING

    def _boundary(self) -> None:
        """End a line: in a heading, which has one only, by a space."""
        if self._heading and self._is_short_heading:
            self._runs.append(Run(" "))
            return
        self._flush()

    def _picture(self, element: Element) -> None:
        if alt := squeeze(element.get("alt")):
            self._line = self._line or element.line
            self._alts.append((alt, element.place))

    def _is_quotation(self, element: Element) -> bool:
        return (
            not any(heading_level(inner) for inner in element.walk())
            and not any(element.find("table", "ul", "ol"))
            and count_words(text_of(element)) < _QUOTED * self._words
        )

    def _leave_out(self, element: Element, mark: Mark) -> None:
        if element.tag not in INLINE and element.tag not in _FIELDS:
            self._boundary()
        if text := text_of(element):
            self._stream.append(LeftOut(text, mark.why, mark.place or element.place, mark.is_sure))

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        alts, self._alts = self._alts, []
        line, self._line = self._line, 0
        if alts and self._is_title(runs):
            runs = [Run(" ".join(alt for alt, _ in alts))]
            alts = []
        self._stream.extend(LeftOut(alt, Why.EMBEDDED, place, is_sure=False) for alt, place in alts)
        if self._tables.in_cell:
            for paragraph in paragraphs(
                [Run(run.text.replace("\n", BREAK)) for run in runs] if self._verbatim else runs
            ):
                self._tables.add(paragraph)
        elif self._verbatim:
            self._preformatted(verbatim(runs), line)
        else:
            for paragraph in paragraphs(runs):
                self._paragraph(paragraph, line)
                self._heading = self._heading if self._is_short_heading else 0

    def _preformatted(self, text: str, line: int) -> None:
        """Write a preformatted text: one that is most of the page is a plain text, as pages were made of once."""
        if not text:
            return
        if count_words(text) <= _WHOLE * self._words:
            self._stream.append(Piece(Kind.PREFORMATTED, (Run(text),), line=line))
            return
        draft = read_text(text, "")
        self._stream.extend(replace(piece, line=line + max(piece.line - 1, 0)) for piece in draft.pieces)
        self._stream.extend(draft.left_out)

    def _is_title(self, runs: list[Run]) -> bool:
        has_text = any(squeeze(run.text.replace(BREAK, " ")) for run in runs)
        return not has_text and (self._heading > 0 or self._are_pictures_titles)

    def _paragraph(self, runs: tuple[Run, ...], line: int) -> None:
        words = sum(count_words(run.text) for run in runs)
        if self._heading and words <= _LONGEST_HEADING:
            runs = tuple(replace(run, text=run.text.replace("\n", " ")) for run in runs)
            number = self._lists.give_way()
            self._stream.append(Piece(Kind.HEADING, runs, level=self._heading, number=number, line=line))
            return
        kind = Kind.QUOTE if self._quotes else Kind.PARAGRAPH
        for part, is_bullet in split_bullets(runs):
            self._stream.append(self._lists.place(Piece(kind, part, line=line), is_bullet=is_bullet))


def text_of(element: Element) -> str:
    """Return all text in an element with the words of pictures and buttons, a line for each block."""
    parts: list[str] = []
    stack: list[Element | Text | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Text):
            parts.append(node.text)
        else:
            end = "" if node.tag in INLINE else "\n"
            parts.append(end)
            if node.tag in {"img", "area", "input"}:
                parts.append(f" {words_of(node)} ")
            stack.append(end)
            stack.extend(reversed(node.children))
    lines = (squeeze(line) for line in _lines("".join(parts)))
    return "\n".join(line for line in lines if line)


def words_of(element: Element) -> str:
    """Return the words that an element shows without having them as text."""
    if element.tag in {"img", "area"} or (element.tag == "input" and element.get("type").lower() == "image"):
        return squeeze(element.get("alt"))
    if element.tag == "input" and element.get("type").lower() in {"submit", "button", "reset"}:
        return squeeze(element.get("value"))
    return ""


def _lines(text: str) -> list[str]:
    return text.split("\n")
