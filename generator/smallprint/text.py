"""What a text is made of: blocks of units, units of words, words with their formatting.

Everything here is frozen and knows nothing of files, Markdown or HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

_TITLE_WORDS: Final = 16
"""A line in bold with more words is a sentence with emphasis, no title."""
_SENTENCE_ENDS: Final = frozenset(".!;,:…。")


class Mark(NamedTuple):
    """Inline formatting that words are in: `em`, `strong`, `code`, `a` (a link), `img` (an image) or `fn`.

    `fn` is a reference to a footnote: one word, `[label]`, with the label as its target.
    """

    tag: str
    target: str = ""
    title: str = ""


_MARK_ORDER: Final = {"a": 0, "img": 1, "strong": 3, "em": 4, "code": 5, "fn": 6}
"""Links are outermost: an emphasis is cut in two without harm, a link is not."""
_OTHER_MARK: Final = 2


def in_order(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return formatting as the set that readers see, in one order: bold in italics is italics in bold.

    >>> [mark.tag for mark in in_order((Mark("em"), Mark("strong"), Mark("em"), Mark("a", "/x")))]
    ['a', 'strong', 'em']
    """
    if len(marks) < 2:  # noqa: PLR2004 - nothing to put in order
        return marks
    return tuple(dict.fromkeys(sorted(marks, key=lambda mark: _MARK_ORDER.get(mark.tag, _OTHER_MARK))))


class Word(NamedTuple):
    """The smallest thing a redline marks: a word, a number, a sign or a line break, with its formatting."""

    text: str
    marks: tuple[Mark, ...] = ()
    """Each once and in one order (`in_order`), as readers see a set of formats and no nesting."""
    space: bool = False
    """Whether white space is before it. Runs of white space in running text count as one space, as in HTML."""
    written: tuple[Mark, ...] = ()
    """Its formatting in the order of the source, outermost first; empty if that is the order of `marks`."""


class Container(NamedTuple):
    """A list, list item, quotation, table or footnote that units are in."""

    kind: str
    """`ul`, `ol`, `li`, `blockquote`, `table`, `thead`, `tbody` or `footnote`."""
    ordinal: int
    """Tells this container from any other of the process; neither a visible number nor part of any output."""
    number: int = 0
    """`ol`: the number it starts at; `li` in an `ol`: its visible number; `footnote`: 1 in the unit that begins
    it; else 0."""
    label: str = ""
    """`footnote`: the label by which the text refers to it, as it is typed."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A paragraph, heading, code block, rule or table row: what is aligned before words are."""

    kind: str
    """`p`, `h1` to `h6`, `pre`, `hr` or `tr`."""
    path: tuple[Container, ...]
    """The containers it stands in, outermost first."""
    words: tuple[Word, ...]
    chars: str
    """One character a word: equal characters mean equal words with equal formatting (white space apart)."""
    cells: tuple[int, ...] = ()
    """`tr`: where each cell ends in `words`."""
    aligns: tuple[str, ...] = ()
    """`tr`: the alignment of each cell, `left`, `right`, `center` or empty."""
    info: str = ""
    """`pre`: the language named at the fence."""
    opens: int = 0
    """How many of the containers it is in, innermost ones, begin with it."""

    @property
    def new_items(self) -> int:
        """How many of the list items it is in begin with it."""
        return sum(container.kind == "li" for container in self.path[len(self.path) - self.opens :])

    @property
    def form(self) -> tuple[object, ...]:
        """Everything about the unit itself but its words.

        Two units with equal form and words look the same, apart from which of the containers round them the text
        before them shares (`opens`).
        """
        path = tuple((container.kind, container.number, container.label) for container in self.path)
        return (self.kind, path, self.new_items, self.cells, self.aligns, self.info)

    @property
    def plain(self) -> str:
        """The words as plain text."""
        return plain_text(self.words)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One top-level block of a source (heading, paragraph, list, table …), parsed once for all versions."""

    source: str
    """Its Markdown."""
    units: tuple[Unit, ...]
    key: str
    """Equal keys mean that the blocks look the same, whatever their source."""

    @property
    def heading_level(self) -> int:
        """1 to 6 for a heading, else 0."""
        kind = self.units[0].kind if len(self.units) == 1 else ""
        return int(kind[1]) if kind[:1] == "h" and kind[1:].isdigit() else 0

    @property
    def is_title(self) -> bool:
        """Whether it is a heading, or a short line in bold that serves as one."""
        if self.heading_level:
            return True
        if len(self.units) != 1:
            return False
        unit = self.units[0]
        if unit.kind != "p" or unit.path or not unit.words or not _is_bold(unit.words[0]):
            return False
        words = without_references(unit.words)
        if not 0 < len(words) <= _TITLE_WORDS:
            return False
        return words[-1].text not in _SENTENCE_ENDS and all(map(_is_bold, words))


def _is_bold(word: Word) -> bool:
    return any(mark.tag == "strong" for mark in word.marks)


def is_reference(word: Word) -> bool:
    """Tell whether a word is a reference to a footnote."""
    return bool(word.marks) and word.marks[-1].tag == "fn"


def without_references(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return words without references to footnotes, which are no part of a title."""
    return tuple([word for word in words if not is_reference(word)])


def plain_text(words: tuple[Word, ...]) -> str:
    """Join words into plain text, with a space where white space stood.

    >>> plain_text((Word("we"), Word("may", (), True), Word(".")))
    'we may.'
    """
    return "".join(f" {word.text}" if word.space else word.text for word in words).removeprefix(" ")
