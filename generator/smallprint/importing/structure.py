"""A draft → its sections: where a clause begins, under which heading, and why that is thought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from smallprint.importing import titles
from smallprint.importing.draft import Kind
from smallprint.importing.headings import Found, find_headings
from smallprint.importing.notes import known_notes, with_notes
from smallprint.importing.runs import cut, one_line, tidy
from smallprint.importing.vocabulary import topic_of, topic_opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.importing.draft import Draft, Piece, Run
    from smallprint.model import Clause


class Begins(StrEnum):
    """What a section begins with; the value is told to people."""

    TITLE = "title of the text"
    HEADING = "heading"
    IMPLIED = "line that looks like a heading"
    HEAD = "words in front of a paragraph"
    LEAD = "text above the title"
    OPENING = "first paragraph"
    TOPIC = "paragraph on something else"


@dataclass(frozen=True)
class Section:
    """A stretch of text that becomes a clause."""

    begins: Begins
    level: int
    """1 to 6 for one with a heading, else 0."""
    title: str
    """Its heading, or the head of its first paragraph; empty where it has neither."""
    pieces: tuple[Piece, ...]
    """Its heading first, where it has one."""
    parent: int = -1
    """The position of the section with a heading that it stands in; -1 for none."""
    topic: str = ""
    """The name of what it is about, where only its text says so."""

    @property
    def has_heading(self) -> bool:
        """Whether its first piece is a heading."""
        return self.level > 0


_FEWEST_HEADS: Final = 2
"""Heads without formatting count only where there are several."""
_OPENING_WORDS: Final = 12


def find_sections(draft: Draft, like: Sequence[Clause] = ()) -> tuple[Section, ...]:
    """Return the sections of a draft in reading order; every piece is in one.

    Args:
        draft: what a source says.
        like: the clauses of another version; paragraphs that begin as its own do are cut as they are there.
    """
    notes = [piece for piece in draft.pieces if piece.note and piece.text.strip()]
    pieces, found = find_headings(replace(draft, pieces=known_notes(draft.pieces)))
    starts = _Starts(pieces, found, _known_paragraphs(like))
    sections: list[Section] = []
    stack: list[int] = []
    for begin, pieces_of in starts.cut():
        level = begin.level
        while level and stack and sections[stack[-1]].level >= level:
            stack.pop()
        sections.append(
            Section(begin.begins, level, begin.title, tuple(pieces_of), stack[-1] if stack else -1, begin.topic)
        )
        if level:
            stack.append(len(sections) - 1)
    return with_notes(sections, notes)


def _said(runs: Sequence[Run]) -> str:
    """Return the text of a title without its references to footnotes, which are no part of it."""
    return one_line(run for run in runs if not run.note)


def _known_paragraphs(clauses: Sequence[Clause]) -> dict[str, bool]:
    """Return by the first sentences of paragraphs whether a clause begins with them."""
    known: dict[str, bool] = {}
    for clause in clauses:
        for block in clause.blocks:
            for unit in block.units:
                sentence = _first_sentence(unit.plain)
                if unit.kind == "p" and not unit.path and len(sentence.split()) >= _OPENING_WORDS:
                    known.setdefault(sentence, block is clause.blocks[0] and clause.clause_id is not None)
    return known


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0]


@dataclass(frozen=True, slots=True)
class _Begin:
    begins: Begins
    level: int = 0
    title: str = ""
    topic: str = ""


class _Starts:
    """The places where sections begin."""

    def __init__(self, pieces: Sequence[Piece], found: dict[int, Found], known: Mapping[str, bool]) -> None:
        self._pieces = list(pieces)
        self._known = known
        self._begins: dict[int, _Begin] = {}
        for at, heading in found.items():
            begins = Begins.TITLE if heading.is_title else Begins.HEADING if heading.is_marked else Begins.IMPLIED
            self._begins[at] = _Begin(begins, heading.level, _said(self._pieces[at].runs))
        self._add_heads()
        self._add_opening()
        self._add_topics()

    def cut(self) -> Iterator[tuple[_Begin, list[Piece]]]:
        """Yield what each section begins with, and its pieces."""
        is_titled = any(begin.begins is Begins.TITLE for begin in self._begins.values())
        begin = _Begin(Begins.LEAD if is_titled else Begins.OPENING)
        gathered: list[Piece] = []
        for at, piece in enumerate(self._pieces):
            if at in self._begins:
                if gathered:
                    yield begin, gathered
                begin, gathered = self._begins[at], []
            gathered.append(piece)
        if gathered:
            yield begin, gathered

    def _add_heads(self) -> None:
        """Find heads that run into their paragraphs, and make them bold."""
        dashed: list[tuple[int, int]] = []
        colons: list[tuple[int, int]] = []
        for at, piece in enumerate(self._pieces):
            if at in self._begins or piece.kind is not Kind.PARAGRAPH or piece.depth:
                continue
            text = piece.text
            if length := titles.bold_head(piece.runs) or titles.capital_head(text):
                self._head(at, length)
            elif length := titles.dashed_head(text):
                dashed.append((at, length))
            elif length := titles.colon_head(text):
                colons.append((at, length))
        for heads in (dashed, colons):
            if len(heads) >= _FEWEST_HEADS:
                for at, length in heads:
                    self._head(at, length)

    def _head(self, at: int, length: int) -> None:
        piece = self._pieces[at]
        head, rest = cut(piece.runs, length)
        bold: tuple[Run, ...] = tuple(replace(run, strong=True, emphasis=False) for run in head)
        self._pieces[at] = replace(piece, runs=tidy((*bold, *rest)))
        self._begins[at] = _Begin(Begins.HEAD, title=_said(head).strip(" :.–—-"))

    def _add_opening(self) -> None:
        """Let what is said before the first heading be a clause of its own, below title and date."""
        titled = [at for at, begin in self._begins.items() if begin.begins is Begins.TITLE]
        for at in range(titled[0] + 1 if titled else 0, len(self._pieces)):
            if at in self._begins:
                return
            piece = self._pieces[at]
            if titles.is_entry(piece):
                continue
            is_inside = piece.depth and at and self._pieces[at - 1].depth
            if not is_inside and titles.is_prose(piece) and (len(piece.text.split()) >= _OPENING_WORDS or not titled):
                self._begins[at] = _Begin(Begins.OPENING)
                return

    def _add_topics(self) -> None:
        """Find paragraphs that open a topic for which there is no section, or began a clause in the other version."""
        known = {topic.name for begin in self._begins.values() if begin.title and (topic := topic_of(begin.title))}
        current: _Begin | None = None
        is_first = True
        for at, piece in enumerate(self._pieces):
            if at in self._begins:
                current = self._begins[at]
                is_first = current.level > 0
                continue
            if current is None or piece.kind is not Kind.PARAGRAPH or piece.depth or not piece.text.strip():
                continue
            may_begin = not is_first and current.begins is not Begins.OPENING
            is_first = False
            sentence = _first_sentence(piece.text)
            if not may_begin or len(piece.text.split()) < _OPENING_WORDS:
                continue
            topic = topic_opened(sentence)
            if self._known.get(sentence, topic is not None and topic.name not in known):
                name = topic.name if topic else ""
                known.add(name)
                current = self._begins[at] = _Begin(Begins.TOPIC, topic=name)
