"""The parser's tokens → units of words: the one place that knows both markdown-it-py's tokens and our nouns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

from smallprint.text import Block, Container, Mark, Unit, Word
from smallprint.words import encode, make_word, split_verbatim, split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_CONTAINERS: Final = {
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
    "table_open": "table",
    "thead_open": "thead",
    "tbody_open": "tbody",
    "footnote_reference_open": "footnote",
}
_MARKS: Final = {"em_open": "em", "strong_open": "strong", "link_open": "a"}
_ENDS: Final = {"list_item_close", "footnote_reference_close"}
_LINE_BREAK: Final = "\n"
_ORDINALS: Final = count(1)


@dataclass(slots=True)
class _Open:
    """What is open while walking over the tokens of one block."""

    inline: Inline
    path: list[Container] = field(default_factory=list)
    next_numbers: list[int] = field(default_factory=list)
    """For each open list, the number of its next item; 0 in a bullet list."""
    opens: int = 0
    """How many containers were opened since the last unit and are still open."""
    kind: str = "p"
    row: list[Word] | None = None
    cells: list[int] = field(default_factory=list)
    aligns: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    def add(
        self,
        kind: str,
        words: Sequence[Word],
        *,
        cells: Sequence[int] = (),
        aligns: Sequence[str] = (),
        info: str = "",
    ) -> None:
        """Add a unit at the current place."""
        path, chars = tuple(self.path), encode(words)
        self.units.append(Unit(kind, path, tuple(words), chars, tuple(cells), tuple(aligns), info, self.opens))
        self.opens = 0
        if path and path[0].kind == "footnote":
            self.path = [c._replace(number=0) if c.kind == "footnote" else c for c in path]


Inline = Callable[[str], tuple[Word, ...]]
"""Parses running text: its Markdown → its words with their formatting."""


def block_of(tokens: list[Token], source: str, inline: Inline) -> Block:
    """Return the block that the parser's `tokens` of one top-level construct stand for."""
    state = _Open(inline)
    for index, token in enumerate(tokens):
        _walk(state, token, tokens, index)
    units = tuple(state.units)
    return Block(source, units, "\n".join(map(_key, units)))


def _key(unit: Unit) -> str:
    """Return what tells the unit from any that looks different."""
    spaces = "".join(["_" if word.space else "." for word in unit.words])
    return f"{unit.form}{unit.opens}{spaces}{unit.chars}"


def _walk(state: _Open, token: Token, tokens: list[Token], index: int) -> None:
    kind = _CONTAINERS.get(token.type)
    if kind:
        _open_container(state, kind, token, is_empty=tokens[index + 1].type in _ENDS)
    elif token.nesting == -1 and _CONTAINERS.get(token.type.removesuffix("_close") + "_open"):
        state.path.pop()
        state.opens = max(state.opens - 1, 0)
        if token.type in {"bullet_list_close", "ordered_list_close"}:
            state.next_numbers.pop()
    elif token.type in {"paragraph_open", "heading_open"}:
        state.kind = token.tag
    elif token.type == "inline":
        words = state.inline(token.content)
        if state.row is None:
            state.add(state.kind, words)
        else:
            state.row.extend(words)
    elif token.type in {"fence", "code_block"}:
        state.add("pre", split_verbatim(token.content.removesuffix("\n")), info=token.info.strip())
    elif token.type == "hr":
        state.add("hr", [])
    else:
        _walk_table(state, token)


def _walk_table(state: _Open, token: Token) -> None:
    if token.type == "tr_open":
        state.row, state.cells, state.aligns = [], [], []
    elif token.type in {"th_open", "td_open"}:
        state.aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
    elif token.type in {"th_close", "td_close"}:
        state.cells.append(len(state.row or ()))
    elif token.type == "tr_close":
        state.add("tr", state.row or [], cells=state.cells, aligns=state.aligns)
        state.row = None


def _open_container(state: _Open, kind: str, token: Token, *, is_empty: bool) -> None:
    number, label = 0, ""
    if kind in {"ul", "ol"}:
        number = int(token.attrs.get("start", 1)) if kind == "ol" else 0
        state.next_numbers.append(number)
    elif kind == "li":
        number = state.next_numbers[-1] if state.path[-1].kind == "ol" else 0
        state.next_numbers[-1] += 1
    elif kind == "footnote":
        number, label = 1, str(token.meta["label"])
    state.opens += 1
    state.path.append(Container(kind, next(_ORDINALS), number, label))
    if kind in {"li", "footnote"} and is_empty:
        state.add("p", [])


class _Text:
    """Gathers the words of running text while walking over its tokens."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.marks: tuple[Mark, ...] = ()
        self.pending = ""
        self.pending_marks: tuple[Mark, ...] = ()
        """The formatting of the pending text."""
        self.space = False

    def flush(self) -> None:
        """Make words of the text read since the formatting last changed."""
        if self.pending:
            words = split_words(self.pending, self.pending_marks, space=self.space)
            self.words.extend(words)
            self.space = not words or self.pending[-1:] in " \t\n"
            self.pending = ""

    def add(self, words: list[Word]) -> None:
        """Add words that were made otherwise, after the text before them."""
        self.flush()
        self.words.append(words[0]._replace(space=self.space))
        self.words.extend(words[1:])
        self.space = False

    def read(self, token: Token) -> None:
        """Read one token."""
        kind = token.type
        if kind == "softbreak":
            self._add_text(" ")
        elif kind == "hardbreak":
            self.flush()
            self.space = False
            self.add([make_word(_LINE_BREAK, self.marks)])
        elif kind == "code_inline":
            self.add(split_verbatim(token.content, (*self.marks, Mark("code"))))
        elif kind == "image":
            marks = (*self.marks, Mark("img", str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))))
            self.add(split_words(token.content, marks) or [make_word("image", marks)])
        elif kind == "footnote_ref":
            label = str(token.meta["label"])
            self.add([make_word(f"[{label}]", (*self.marks, Mark("fn", label)))])
        elif kind in _MARKS:
            mark = Mark(_MARKS[kind], str(token.attrs.get("href", "")), str(token.attrs.get("title", "")))
            self.marks = (*self.marks, mark)
        elif token.nesting == -1:
            self.marks = self.marks[:-1]
        else:
            self._add_text(token.content)

    def _add_text(self, text: str) -> None:
        """Add text to what is pending: formatting that ends and begins again in one place divides no word."""
        if text and self.pending_marks != self.marks:
            self.flush()
            self.pending_marks = self.marks
        self.pending += text


def inline_words(children: list[Token]) -> list[Word]:
    """Return the words of a run of inline tokens, each with the formatting it stands in."""
    text = _Text()
    for token in children:
        text.read(token)
    text.flush()
    return text.words
