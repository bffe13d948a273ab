"""The elements of a page → pieces of text, and what is left out, in one stream in the order of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind, LeftOut, Piece, Run, Why
from smallprint.importing.html_lines import BORDER, BREAK, paragraphs, parted, split_bullets, verbatim
from smallprint.importing.html_lists import Lists
from smallprint.importing.html_notes import NOTE, REFERENCE
from smallprint.importing.html_style import PLAIN, Style, keeps_lines, style_of
from smallprint.importing.html_tables import Tables
from smallprint.importing.html_text import Flow, count_words, squeeze
from smallprint.importing.html_tree import Element, Text, heading_level
from smallprint.importing.text import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.importing.html_css import Sheet
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
_WITHIN_WORDS: Final = frozenset({Why.HIDDEN, Why.STRUCK})
"""Reasons for which a part of a word may be left out: the rest of it is the word that readers see."""
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

    def __init__(
        self, links: Links, marks: Mapping[Element, Mark], sheet: Sheet, *, are_pictures_titles: bool = False
    ) -> None:
        """Take what is known of the page.

        Args:
            links: How its links are read.
            marks: The elements that are left out.
            sheet: Its styles.
            are_pictures_titles: Whether a picture alone in its line may be a title, by its alternative text.
        """
        self._links = links
        self._marks = marks
        self._are_pictures_titles = are_pictures_titles
        self._stream: Stream = []
        self._runs: list[Run] = []
        self._alts: list[tuple[str, str]] = []
        self._lists = Lists(sheet)
        self._tables = Tables()
        self._heading = 0
        self._is_short_heading = False
        self._quotes: list[Element] = []
        self._verbatim = 0
        self._kept_lines = 0
        self._bold = 0
        self._line = 0
        self._words = 0
        self._note = ""

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
            elif node.tag == REFERENCE:
                self._refer(node, style)
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
            self._picture(element)
        self._kept_lines += keeps_lines(element)
        if element.flow is Flow.APART and not _is_letter(element):
            self._runs.append(Run(BORDER))
        if element.flow is Flow.BLOCK and tag != "br":
            self._boundary()
            self._begin(element)

    def _begin(self, element: Element) -> None:
        """Begin what an element on a line of its own is."""
        tag = element.tag
        if tag == NOTE:
            self._note = element.get("label")
        elif level := heading_level(element):
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
        if element.flow is Flow.APART and not _is_letter(element):
            self._runs.append(Run(BORDER))
        if element.flow is not Flow.BLOCK or tag == "br":
            return
        if heading_level(element):
            self._flush()
            self._heading = 0
            return
        self._boundary()
        if tag == NOTE:
            self._note = ""
        elif tag == "blockquote" and self._quotes and self._quotes[-1] is element:
            self._quotes.pop()
        elif tag in _VERBATIM:
            self._verbatim -= 1
        elif tag in _BOLD:
            self._bold -= 1
        self._lists.exit(element)
        if row := self._tables.exit(element):
            self._stream.append(row)

    def _refer(self, element: Element, style: Style) -> None:
        """Write a reference to a footnote."""
        self._line = self._line or element.line
        label = element.get("label")
        self._runs.append(Run(f"[{label}]", style.strong, style.emphasis, note=label))

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
        text = text_of(element)
        if element.flow is Flow.BLOCK and element.tag not in _FIELDS and element.tag != "button":
            self._boundary()
        elif element.flow is not Flow.INLINE or mark.why not in _WITHIN_WORDS or _is_parted(element):
            self._runs.append(Run(BORDER))
        if text:
            self._stream.append(LeftOut(text, mark.why, mark.place or element.place, mark.is_sure))

    def _flush(self) -> None:
        runs, self._runs = parted(self._runs), []
        alts, self._alts = self._alts, []
        line, self._line = self._line, 0
        if alts and self._is_title(runs):
            runs = [Run(" ".join(alt for alt, _ in alts))]
            alts = []
        self._stream.extend(LeftOut(alt, Why.EMBEDDED, place, is_sure=False) for alt, place in alts)
        if (table := self._tables.around) is not None:
            for paragraph in paragraphs(
                [Run(run.text.replace("\n", BREAK)) for run in runs] if self._verbatim else runs
            ):
                is_item, label = self._lists.item_in(table)
                flat = [replace(run, text=run.text.replace("\n", " ")) for run in paragraph]
                self._tables.add((Run(f"{label} "), *flat) if label else tuple(flat), is_item=is_item)
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
            number, label = self._lists.give_way()
            runs = (Run(f"{label} "), *runs) if label else runs
            self._stream.append(Piece(Kind.HEADING, runs, level=self._heading, number=number, line=line))
            return
        kind = Kind.QUOTE if self._quotes else Kind.PARAGRAPH
        for part, is_bullet in split_bullets(runs):
            piece = Piece(kind, part, line=line, note=self._note)
            self._stream.append(self._lists.place(piece, is_bullet=is_bullet))


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
            end = (
                "\n" if node.flow is Flow.BLOCK else BORDER if node.flow is Flow.APART and not _is_letter(node) else ""
            )
            parts.append(end)
            if node.tag in {NOTE, REFERENCE}:
                parts.append(f"[{node.get('label')}]{' ' if node.tag == NOTE else ''}")
            if node.tag in {"img", "area", "input"}:
                parts.append(f" {words_of(node)} ")
            stack.append(end)
            stack.extend(reversed(node.children))
    lines = (squeeze(parted([Run(line)])[0].text) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def words_of(element: Element) -> str:
    """Return the words that an element shows without having them as text."""
    if element.tag in {"img", "area"} or (element.tag == "input" and element.get("type").lower() == "image"):
        return squeeze(element.get("alt"))
    if element.tag == "input" and element.get("type").lower() in {"submit", "button", "reset"}:
        return squeeze(element.get("value"))
    return ""


def _is_parted(element: Element) -> bool:
    """Tell whether an element holds a border of words, be it at its edge."""
    texts = [node.text for inner in element.walk() for node in inner.children if isinstance(node, Text)]
    return bool(re.search(r"\s", "".join(texts)))


def _is_letter(element: Element) -> bool:
    """Tell whether an element in the line is a single letter, as of a word whose letters move or are set large."""
    text = "".join(node.text for node in element.children if isinstance(node, Text))
    return len(text) == len(element.children) == 1 and text.isalpha()
