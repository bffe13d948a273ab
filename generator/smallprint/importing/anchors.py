"""Links within a source → links to the clauses that its places became.

A source names its places by anchors: `id` and `name` in a page, bookmarks in a Word file, tags or `{#…}` in Markdown.
Each is known by the words that follow it, whatever becomes of them on the way, and found again among the sections.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin

from smallprint.importing.docx_xml import name, value
from smallprint.importing.draft import LeftOut, Why
from smallprint.importing.html_tree import Element, Text
from smallprint.importing.titles import without_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element as WordElement

    from smallprint.importing.draft import Draft, Piece, Run
    from smallprint.importing.structure import Section

_KEPT: Final = 14
"""How many words that follow a place are kept to know it by."""
_NUMBERS: Final = 3
"""How many words of them may be gone, such as a number that has become that of a list."""
_FEWEST: Final = 2
"""So many words in a row at least are the same where a place is found."""
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"""<[a-z][a-z0-9]*\b[^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]+)"|'([^'<>]+)'|([^\s"'<>]+))[^<>]*>""", re.IGNORECASE
)
_MARKED: Final = re.compile(r"^(.*?)\{:?[ \t]*(?:\.[\w-]+[ \t]+)*#([\w.:-]+)[^{}\n]*\}", re.MULTILINE)
_SIGNS: Final = re.compile(r"\]\([^()\s]*(?:\s\"[^\"]*\")?\)|<[^<>]*>|\{:?[ \t]*[#.][^{}\n]*\}|[*_`\\]")
_WORD: Final = re.compile(r"[^\W_]+")


def places_in_page(root: Element) -> dict[str, str]:
    """Return the anchors of a page with the words that follow each."""
    words: list[str] = []
    starts: dict[str, int] = {}
    stack: list[Element | Text] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            words += _words(node.text)
            continue
        for anchor in (node.get("id"), node.get("name") if node.tag == "a" else ""):
            if anchor.strip():
                starts.setdefault(anchor.strip(), len(words))
        stack.extend(reversed(node.children))
    return _following(words, starts)


def places_in_document(story: WordElement) -> dict[str, str]:
    """Return the bookmarks of a Word file with the words that follow each."""
    words: list[str] = []
    starts: dict[str, int] = {}
    paragraph: list[str] = []
    for each in story.iter():
        match name(each):
            case "w:p":
                words += _words("".join(paragraph))
                paragraph = []
            case "w:bookmarkStart":
                # A bookmark in the middle of a paragraph is known by the rest of it.
                words += _words("".join(paragraph))
                paragraph = []
                starts.setdefault(value(each, "w:name"), len(words))
            case "w:t":
                paragraph.append(each.text or "")
            case "w:tab" | "w:br":
                paragraph.append(" ")
    return _following([*words, *_words("".join(paragraph))], starts)


def places_in_markdown(text: str) -> dict[str, str]:
    """Return the anchors of Markdown with the words that follow each, or that it is behind in a heading."""
    found: dict[str, str] = {}
    for match in _NAMED.finditer(text):
        anchor = match[1] or match[2] or match[3]
        found.setdefault(anchor, _first_words(text[match.end() : match.end() + 1_000]))
    for match in _MARKED.finditer(text):
        start = match.start() if match[1].strip() else match.end()
        found.setdefault(match[2], _first_words(text[start : start + 1_000]))
    return found


def link_clauses(
    sections: Sequence[Section], clause_ids: Sequence[str], draft: Draft
) -> tuple[tuple[Section, ...], tuple[LeftOut, ...]]:
    """Return sections whose links within the source lead to clauses, and the links that lead nowhere, now plain text.

    Args:
        sections: the sections of the draft.
        clause_ids: the id of each.
        draft: what the source says.
    """
    clauses = _Clauses(sections, clause_ids, draft.places)
    lost: dict[str, LeftOut] = {}

    def end(run: Run, words: str) -> Run:
        target = _led(run.target, draft, clauses, words)
        if target != run.target and not target:
            lost.setdefault(run.target, LeftOut(run.target, Why.LINK, f"“{' '.join(words.split())}”"))
        return run if target == run.target else replace(run, target=target)

    def ends(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        if not any(run.target and not _ELSEWHERE.match(run.target) for run in runs):
            return runs
        return tuple(end(run, words) for run, words in zip(runs, _words_of_links(runs), strict=True))

    def piece_of(piece: Piece) -> Piece:
        return replace(piece, runs=ends(piece.runs), cells=tuple(map(ends, piece.cells)))

    led = tuple(replace(section, pieces=tuple(map(piece_of, section.pieces))) for section in sections)
    return led, tuple(lost.values())


def _words_of_links(runs: Sequence[Run]) -> Iterator[str]:
    """Yield for each run all words of the link that it is a part of."""
    start = 0
    while start < len(runs):
        end = start
        while end < len(runs) and runs[end].target == runs[start].target:
            end += 1
        text = "".join(run.text for run in runs[start:end])
        yield from [text] * (end - start)
        start = end


def _led(target: str, draft: Draft, clauses: _Clauses, words: str) -> str:
    """Return where a link leads in a version; empty where it would lead nowhere."""
    if not target or _ELSEWHERE.match(target):
        return target
    if target.startswith("#"):
        clause_id = clauses.find(unquote(target[1:]), words)
        return f"#{clause_id}" if clause_id else ""
    # What stood beside the source does not stand beside the version.
    return urljoin(draft.url, target) if draft.url else ""


class _Clauses:
    """The clauses of a version, to be found by the anchors of its source."""

    def __init__(self, sections: Sequence[Section], clause_ids: Sequence[str], places: Mapping[str, str]) -> None:
        self._places = places
        self._ids = clause_ids
        self._words: list[str] = []
        self._owners: list[int] = []
        self._titles: dict[str, str] = {}
        for index, section in enumerate(sections):
            for piece in section.pieces:
                words = _words(piece.text)
                self._words += words
                self._owners += [index] * len(words)
            for title in (section.title, without_number(section.title)):
                if clause_ids[index] and (slug := _slug(title)):
                    self._titles.setdefault(slug, clause_ids[index])
        self._at: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self._words):
            self._at[word].append(position)
        self._found: dict[tuple[str, str], str] = {}

    def find(self, anchor: str, words: str) -> str:
        """Return the id of the clause that has an anchor, or whose title the anchor or the words of a link repeat."""
        key = anchor, words
        if key not in self._found:
            titles = (anchor, words, without_number(words.strip()))
            named = (self._titles.get(slug, "") for slug in map(_slug, titles) if slug)
            known = anchor if anchor in self._ids else ""
            self._found[key] = self._place(self._places.get(anchor, "")) or known or next(filter(None, named), "")
        return self._found[key]

    def _place(self, following: str) -> str:
        """Return the clause in which the most of some words follow each other."""
        words = following.split()
        best, place = 0, -1
        for skipped in range(min(_NUMBERS, len(words) - 1) + 1):
            rest = words[skipped:]
            for at in self._at.get(rest[0], ()) if rest else ():
                count = self._same(rest, at)
                if count > best:
                    best, place = count, at
            if best >= min(_FEWEST, len(rest)) and best:
                return self._ids[self._owners[place]]
        return ""

    def _same(self, words: Sequence[str], at: int) -> int:
        count = 0
        while count < len(words) and at + count < len(self._words) and words[count] == self._words[at + count]:
            count += 1
        return count


def _following(words: Sequence[str], starts: Mapping[str, int]) -> dict[str, str]:
    return {anchor: " ".join(words[start : start + _KEPT]) for anchor, start in starts.items()}


def _first_words(text: str) -> str:
    return " ".join(_words(_SIGNS.sub(lambda match: " " if match.group()[0] == "<" else "", text))[:_KEPT])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _slug(text: str) -> str:
    return "-".join(_words(text))
