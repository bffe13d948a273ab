"""Running text → the signs in it that readers see as they are typed, though their author meant them to do something.

CommonMark takes the signs of other dialects (`~~struck~~`, `[ ]`, `$x$`) for text, and its own too where they are in
an unlucky place (`**…**` beside some signs, `##Heading` without a space). What is escaped, or is in code or in an
address, is meant to be seen as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import emphasis, entity, text

from smallprint.errors import Severity
from smallprint.reading.brackets import read_brackets, read_footnotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from smallprint.text import Word

_MOST: Final = 50
"""Of each kind in one paragraph: a person who has mended so many knows what to look for."""
_NO_CHARACTER: Final = "\ufffd"
"""What the parser shows for a number that no character has."""
_HIDDEN: Final = "\0"
"""Stands for each character that is not seen as it is typed; no policy has it."""


class Place(Enum):
    """Where running text stands."""

    LINE = auto()
    """A heading or the cell of a table, which hold nothing but running text."""
    ITEM = auto()
    """The first paragraph of a list item."""
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """What signs can be meant for, and what is said of them."""

    code: str
    pattern: re.Pattern[str]
    what: str
    """With `{text}` for the signs."""
    remedy: str
    severity: Severity = Severity.WARNING
    places: frozenset[Place] = frozenset(Place)
    """Where it is looked for."""
    only_first: bool = False
    """Whether one is enough for a paragraph."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Signs that readers see as they are typed, and where."""

    kind: Kind
    line: int
    """From 0, within the text that was parsed."""
    column: int
    """From 0."""
    text: str

    @property
    def what(self) -> str:
        """What is wrong, in a sentence."""
        return self.kind.what.replace("{text}", self.text)

    @property
    def remedy(self) -> str:
        """How to mend it, in a sentence."""
        return self.kind.remedy.replace("{text}", self.text)


_PARAGRAPH: Final = frozenset({Place.ITEM, Place.TEXT})
_ESCAPE: Final = "If it is meant to be seen, put a backslash before it."
_NONE_OF_OURS: Final = f"Write it in words. {_ESCAPE}"

COMMENT: Final = Kind(
    "SP409",
    re.compile("<!--"),
    "An HTML comment begins here; it would be published as text.",
    "Take the comment out, up to its “-->”: what is for colleagues belongs in the message of the commit.",
    Severity.ERROR,
)
_STARS: Final = Kind(
    "SP405",
    re.compile(
        r"(?<!\*)(?:\*{2,3}(?=[^\s*])[^*\n]{0,200}(?<=[^\s*])\*{2,3}|\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3})(?!\*)"
    ),
    "{text} makes nothing bold or italic here; readers will see the signs.",
    "Bold and italic text begins and ends with letters: see that both ends are there, and move quotation marks, "
    f"brackets and full stops at its edges out of it. {_ESCAPE}",
)
_KINDS: Final = (
    COMMENT,
    Kind(
        "SP401",
        re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<\?|<!\[CDATA\[|<![A-Z]"),
        "{text} is HTML; readers will see it as text.",
        "Write it in Markdown, or put a backslash before the “<” if it is meant to be seen.",
    ),
    Kind(
        "SP404",
        re.compile(r"^[ \t]*(?:#(?=[^\W\d_])|#{2,6}(?=[^\s#]))[^\n]*", re.MULTILINE),
        "“{text}” is no heading, as there is no space after the #; readers will see it as text.",
        "Put a space between # and the words, or a backslash before the # if it is no heading.",
        places=_PARAGRAPH,
    ),
    _STARS,
    Kind(
        "SP405",
        re.compile(r"(?<![*\0])\*(?=[^\s*.,;:!?)\]\u3001\u3002\uff0c\uff09])[^*\n]*[^\s*]\*(?!\*)"),
        _STARS.what,
        _STARS.remedy,
    ),
    Kind("SP405", re.compile(r"(?<!_)__(?=[^\s_])[^_\n]*[^\s_]__(?!_)"), _STARS.what, _STARS.remedy),
    Kind(
        "SP406",
        re.compile(r"(?<!~)~~(?=[^\s~])[^~]*~~(?!~)"),
        "{text} is not struck out; readers will see the words and the signs.",
        f"If the words are not in force, take them out. {_ESCAPE}",
    ),
    Kind(
        "SP406",
        re.compile(r"(?<![=\w])==(?=[^\s=])[^=\n]*(?<=[^\s=])==(?![=\w])"),
        "{text} is not highlighted; readers will see the signs.",
        f"Write **…** for words that matter. {_ESCAPE}",
    ),
    Kind(
        "SP406",
        re.compile(r"(?<![+\w])\+\+(?=[^\s+])[^+\n]*(?<=[^\s+])\+\+(?![+\w])"),
        "{text} is not marked as added; readers will see the signs.",
        f"Leave the signs out: redlines show what is new. {_ESCAPE}",
    ),
    Kind(
        "SP406",
        re.compile(
            r"(?<![\^\[])\^[^\^\s\[\]]{1,40}\^(?!\^)|(?<![~\w/\0])~[^~\s/][^~\s]{0,39}~(?!~)|(?<=\w)~\w{1,10}~(?!~)"
        ),
        "{text} is neither raised nor lowered; readers will see the signs.",
        f"Use the character itself, such as ² or ₂. {_ESCAPE}",
    ),
    Kind(
        "SP406",
        re.compile(r"\A\[[ xX]\](?=\s)"),
        "{text} makes no box to tick; readers will see the brackets.",
        f"Take it out, or write in words whether the point holds. {_ESCAPE}",
        places=frozenset({Place.ITEM}),
    ),
    Kind(
        "SP406",
        re.compile(r"^:[ \t]+[^\n]*", re.MULTILINE),
        "“{text}” makes no definition list; readers will see the colon.",
        "Write the term in bold with its meaning behind it, or make a list. If the colon is meant to be seen, put a "
        "backslash before it.",
        places=_PARAGRAPH,
    ),
    Kind(
        "SP406",
        re.compile(r"\$\$[^$]+\$\$|(?<![\$\w])\$(?=[^\s\d$])[^$\n]*(?<=\S)\$(?![\w$])"),
        "{text} is no formula; readers will see the signs.",
        _NONE_OF_OURS,
    ),
    Kind(
        "SP406",
        re.compile(r"^[ \t]*(?::::+[^\n]*|(?:!!!|\?\?\?\+?)[ \t]*\w[^\n]*)", re.MULTILINE),
        "“{text}” makes no box; readers will see the line as text.",
        "Take the line out, or write a quotation with > before each line.",
        places=_PARAGRAPH,
    ),
    Kind(
        "SP406",
        re.compile(r"\{(?::[^{}\n]*|\.[A-Za-z][^{}\n]*|[a-z-]+=\"[^{}\n]*)\}"),
        "{text} is no mark of ours; readers will see it as text.",
        f"Take it out; the one mark there is, is the id of a clause: {{#cookies}}. {_ESCAPE}",
    ),
    Kind(
        "SP408",
        re.compile(r"\[\[[^\[\]\n]+\]\]"),
        "{text} is no link; readers will see the brackets.",
        f"Write [words](address). {_ESCAPE}",
    ),
    Kind(
        "SP408",
        re.compile(r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]"),
        "{text} is no link, as no line defines its address; readers will see the brackets.",
        f"Write [words](address), or define it on a line of its own: [name]: https://… {_ESCAPE}",
    ),
    Kind(
        "SP408",
        re.compile(r"\]\((?=[^\s()])[^()\n]{0,200}\)"),
        "{text} makes no link; readers will see the address.",
        "Write [words](address), with no space in the address and no other link or footnote within the words. "
        f"{_ESCAPE}",
    ),
    Kind(
        "SP408",
        re.compile(r"\[\^[^\[\]\s]+\]"),
        "There is no footnote {text}; readers will see the reference as text.",
        f"Write the note on a line that begins with {{text}}: in this version. {_ESCAPE}",
    ),
    Kind(
        "SP408",
        re.compile(r"\^\[[^\[\]\n]+\]"),
        "{text} makes no footnote; readers will see it as text.",
        "Write a reference here, such as [^1], and the note on a line of its own: [^1]: Words.",
    ),
    Kind(
        "SP408",
        re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]+|#[xX][0-9A-Fa-f]+);"),
        "{text} names no character; readers will see it as text, or as a sign for a character that is missing.",
        f"Write the character itself. {_ESCAPE}",
    ),
    Kind(
        "SP407",
        re.compile(r"^[ \t]*\|[^\n]*\|[^\n]*", re.MULTILINE),
        "“{text}” makes no row of a table; readers will see the bars.",
        "Give the table a row of headings and below it a row such as | --- | --- | with as many cells. If the bar is "
        "meant to be seen, put a backslash before it.",
        places=_PARAGRAPH,
        only_first=True,
    ),
)
_SUSPECT: Final = re.compile(
    r"""
      <[A-Za-z/!?] | ~ | == | \+\+ | \$[^$]*\$ | \^ | \{[:.a-z] | &[\#A-Za-z]
      | ^[ \t]*(?:\# | \| | : | !!! | \?\?\?) | \A\[[ xX]\][ \t\n]
    """,
    re.VERBOSE | re.MULTILINE,
)
_FORMULA: Final = re.compile(r"\$\$[^$]*\$\$|\$(?=\S)(?:[A-Za-z]|[^$\n]*[\\^_=][^$\n]*)(?<=\S)\$", re.DOTALL)


def is_suspect(content: str) -> bool:
    """Tell whether running text may hold signs that do nothing, stars and brackets apart."""
    return _SUSPECT.search(content) is not None


def has_left(content: str, words: Callable[[], Iterable[Word]]) -> bool:
    """Tell whether stars and brackets that mean something as a rule are left over among the words of running text."""
    if not any(sign in content for sign in ("*", "__", "][", "](", "[[")):
        return False
    return any("*" in word.text or "__" in word.text or "]" in word.text for word in words())


def find_oddities(content: str, env: dict[str, Any], lines: list[str], first: int, place: Place) -> Iterator[Oddity]:
    """Yield the signs in running text that readers see as they are typed.

    Args:
        content: the Markdown of the running text.
        env: the links and notes that are defined around it.
        lines: the lines of the whole source.
        first: the line of the source, from 0, on which the running text begins.
        place: where it stands.
    """
    seen = literal_text(content, env)
    ends = [at for at, character in enumerate(content) if character == "\n"]
    for kind in _KINDS:
        if place not in kind.places:
            continue
        for count, match in enumerate(kind.pattern.finditer(seen)):
            if count == (1 if kind.only_first else _MOST):
                break
            start, end = match.span()
            if content[start] == "$" and not _FORMULA.fullmatch(content[start:end]):
                continue
            start += len(match.group()) - len(match.group().lstrip(" \t"))
            row = bisect_right(ends, start - 1)
            begin = ends[row - 1] + 1 if row else 0
            stop = ends[row] if row < len(ends) else len(content)
            column = _column(lines[first + row], content[begin:stop], start - begin, content[start:end])
            yield Oddity(kind, first + row, column, _shortened(content[start:end]))


def _column(line: str, own: str, offset: int, signs: str) -> int:
    """Return where in a line of the source the running text has its signs."""
    at = line.find(own)
    return at + offset if at >= 0 else max(line.find(signs), 0)


_LONGEST: Final = 60


def _shortened(signs: str) -> str:
    signs = " ".join(signs.split())
    return signs if len(signs) <= _LONGEST else f"{signs[: _LONGEST - 1]}…"


def literal_text(content: str, env: dict[str, Any]) -> str:
    """Return running text with every character hidden that is not seen just as it is typed; ends of lines stay."""
    seen = _Seen(content)
    tokens: list[Token] = []
    _PARSER.inline.parse(content, _PARSER, {**env, "seen": seen}, tokens)
    return seen.text()


class _Seen:
    """Which characters of a text went into the page as they are."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.parts: list[tuple[int, int]] = []
        self.delimiters: list[tuple[Token, int]] = []

    def text(self) -> str:
        """Return the text with all else hidden."""
        shown = ["\n" if character == "\n" else _HIDDEN for character in self.content]
        left = [(at, at + 1) for token, at in self.delimiters if token.type == "text" and token.content]
        for start, end in (*self.parts, *left):
            shown[start:end] = self.content[start:end]
        return "".join(shown)


def _see_text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    start = state.pos
    done = text(state, silent)
    if done:
        _see(state, start, state.pos, silent=silent)
    return done


def _see_emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    done = emphasis.tokenize(state, silent)
    seen = state.env["seen"]
    if done and not silent and state.src is seen.content:
        length = state.pos - start
        seen.delimiters.extend(zip(state.tokens[-length:], range(start, state.pos), strict=True))
    return done


def _see_entity(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    done = entity(state, silent)
    if done and not silent and state.tokens[-1].content == _NO_CHARACTER:
        _see(state, start, state.pos, silent=silent)
    return done


def _see_rest(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Note a sign that no rule has taken: it becomes text."""
    _see(state, state.pos, state.pos + 1, silent=silent)
    return False


def _see(state: StateInline, start: int, end: int, *, silent: bool) -> None:
    seen = state.env["seen"]
    # The words for an image are parsed as a text of their own.
    if not silent and state.src is seen.content:
        seen.parts.append((start, end))


def _parser() -> MarkdownIt:
    parser = read_footnotes(read_brackets(MarkdownIt("commonmark", {"html": False})))
    parser.inline.ruler.at("text", _see_text)
    parser.inline.ruler.at("emphasis", _see_emphasis)
    parser.inline.ruler.at("entity", _see_entity)
    parser.inline.ruler.push("rest", _see_rest)
    # Joined to the text beside it, a sign that opens nothing could no longer be told from one that does.
    parser.inline.ruler2.disable("fragments_join")
    return parser


_PARSER: Final = _parser()
