"""Any Markdown → a draft.

What is Markdown to others and not to us is translated on the way: a front matter of another program, tags of HTML,
marks that others put behind headings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.importing.anchors import places_in_markdown
from smallprint.importing.draft import Draft, Kind, LeftOut, Piece, Run, Why
from smallprint.importing.raised import raised
from smallprint.importing.runs import runs_of, tidy
from smallprint.importing.surroundings import without_surroundings
from smallprint.reading.codes import make_fault
from smallprint.reading.fields import is_address
from smallprint.reading.front_matter import split_front_matter
from smallprint.reading.markdown import MAX_NESTING, parse_piece, split_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.reading.markdown import Piece as Parsed
    from smallprint.text import Block, Unit, Word

MAX_LISTS: Final = (MAX_NESTING - 1) // 2
"""How many lists may stand within each other: each takes two levels of Markdown, and the text one more."""
_LISTS: Final = frozenset({"ul", "ol"})
_FENCED: Final = re.compile(
    r"^([ \t>]*)(```+|~~~+).*?(?:^\1?\2[`~]*[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\3(?!`)", re.MULTILINE | re.DOTALL
)
_BREAK: Final = re.compile(r"(?<![ \t])[ \t]*<br[ \t]*/?>[ \t]*", re.IGNORECASE)
_LINK: Final = re.compile(
    r"""<a\b[^<>]{0,2000}\bhref=["']?([^"'\s<>]+)["']?[^<>]{0,2000}>([^<]*(?:<(?!/?a\b)[^<]*){0,100})</a>""",
    re.IGNORECASE,
)
_TAGS: Final = (
    "a abbr address article aside b big blockquote body center cite code col colgroup dd del details div dl dt em "
    "figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr html i img ins label li main mark nav ol p section "
    "small span strike strong sub summary sup table tbody td tfoot th thead time tr u ul wbr"
)
_TAG: Final = re.compile(rf"</?(?:{'|'.join(_TAGS.split())})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_OTHERS_MARK: Final = re.compile(
    r"(?<![ \t])[ \t]*\{:?[ \t]*[#.][\w.:#-]+(?:[ \t]+[#.][\w.:#-]+)*[ \t]*\}[ \t]*$", re.MULTILINE
)
_STRUCK: Final = re.compile(
    r"(?<![\\~])(?:\\\\)*~~(?=[^\s~])(?P<tilde>(?:(?!\n[ \t]*\n|~~).)*?(?<=[^\s\\]))~~(?!~)"
    r"|<(?P<name>del|s|strike)\b[^<>]*>(?P<tag>(?:(?!</?(?:del|s|strike)\b).)*)</(?P=name)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_RAISED: Final = re.compile(r"<(?P<tag>sup|sub)\b[^<>]*>(?P<text>[^<>\n]*)</(?P=tag)\s*>", re.IGNORECASE)
_FOOTNOTE: Final = re.compile(r"^([ \t>*+\-0-9.)]*)\[(?=\^[^\]\n]+\]:)", re.MULTILINE)
_DELIMITER: Final = re.compile(r"[ \t]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BAR: Final = re.compile(r"(?<!\\)\|")
_MOST_COLUMNS: Final = 100
_EMPTY_LINE: Final = re.compile(r"^[ \t\xa0\u3000]+$", re.MULTILINE)
"""A line that looks empty; where a space on it cannot break, Markdown would not part paragraphs there."""


def read_markdown(text: str, shown: str, *, struck: str = "") -> Draft:
    """Read Markdown of any make.

    Args:
        text: the whole source; line ends may be of any kind.
        shown: what faults call it.
        struck: what becomes of text that is struck out, `keep` or `drop`; where nobody says, it is left out as a guess.

    Raises:
        ContentError: Lists or quotations are nested too deep to be read whole.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head, faults = split_front_matter(text, shown)
    if faults:
        title, url, body, line = "", "", text, 1
    else:
        values = {key: " ".join(scalar.text.split()) for key, scalar in head.values.items()}
        title, url, body, line = values.get("title", ""), values.get("source", ""), head.body, head.body_line
    left_out: list[LeftOut] = []
    places = places_in_markdown(body)
    body = _translated(_widened(_EMPTY_LINE.sub("", body)), left_out, struck)
    pieces: list[Piece] = []
    table = 0
    for offset, source in split_pieces(body):
        parsed = parse_piece(source)
        _refuse_depth(parsed, offset + line, shown)
        for placed in parsed.blocks:
            table += 1
            pieces += _pieces(placed.block, table, line + offset + placed.line, left_out)
    draft = Draft(tuple(pieces), tuple(left_out), title, url=url if is_address(url) else "", places=places)
    return without_surroundings(draft)


def _widened(body: str) -> str:
    """Give tables as many columns as their longest row has; Markdown would drop the cells beyond the last one."""
    lines = body.split("\n")
    is_code = False
    end = 0
    for at, line in enumerate(lines):
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        if is_code or not at or at < end or "|" not in line or not _DELIMITER.fullmatch(line):
            continue
        columns = _columns(line)
        if _columns(lines[at - 1]) != columns:
            continue
        end = next((row for row in range(at + 1, len(lines)) if not lines[row]), len(lines))
        lacking = max((_columns(row) for row in lines[at + 1 : end]), default=0) - columns
        if 0 < lacking <= _MOST_COLUMNS:
            for row, cell in ((at - 1, "  |"), (at, " --- |")):
                bar = "" if lines[row].rstrip().endswith("|") else " |"
                lines[row] = f"{lines[row].rstrip()}{bar}{cell * lacking}"
    return "\n".join(lines)


def _columns(row: str) -> int:
    row = row.strip().removeprefix("|")
    return len(_BAR.findall(row)) + (not row.endswith("|") or row.endswith("\\|"))


def _translated(body: str, left_out: list[LeftOut], struck: str) -> str:
    """Take what readers never see out of Markdown, and write in Markdown what is written in HTML."""
    if not any(sign in body for sign in "<{^~"):
        return body
    parts: list[str] = []
    at = 0
    for found in _FENCED.finditer(body):
        parts += [_without_html(body[at : found.start()], left_out, struck), found.group()]
        at = found.end()
    return "".join([*parts, _without_html(body[at:], left_out, struck)])


def _without_struck(text: str, left_out: list[LeftOut], struck: str) -> str:
    """Leave out text that is struck out, or take the signs away that strike it out."""

    def leave(found: re.Match[str]) -> str:
        inner = found["tilde"] or found["tag"] or ""
        if struck == "keep":
            return inner
        words = " ".join(_TAG.sub(" ", inner).split())
        if words:
            left_out.append(LeftOut(words, Why.STRUCK, "~~…~~" if found["tilde"] else "<del>", struck == "drop"))
        # Lines keep their numbers, and words their borders.
        beside = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        is_border = inner != inner.strip() or any(char.isspace() for char in inner)
        gap = " " if is_border and beside[0].isalnum() and beside[1].isalnum() else ""
        return "\n" * inner.count("\n") or gap

    return _STRUCK.sub(leave, text)


def _without_comments(text: str, left_out: list[LeftOut]) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        comment = text[start + 4 : end]
        if comment.strip():
            left_out.append(LeftOut(" ".join(comment.split()), Why.COMMENT, "<!-- … -->"))
        # Lines keep their numbers.
        parts += [text[at:start], "\n" * comment.count("\n")]
        at = end + 3
    return "".join([*parts, text[at:]])


def _without_html(text: str, left_out: list[LeftOut], struck: str) -> str:
    def mark(match: re.Match[str]) -> str:
        left_out.append(LeftOut(match.group().strip(), Why.FIELD, "mark of another program"))
        return ""

    text = _without_comments(text, left_out)
    text = _without_struck(text, left_out, struck)
    text = _RAISED.sub(_write_raised, text)
    text = _BREAK.sub(lambda match: _line_break(text, match), text)
    text = _LINK.sub(r"[\2](\1)", text)
    text = _TAG.sub("", text)
    # A footnote stays text, as its references do: taken for a link, its words would be gone.
    return _FOOTNOTE.sub(r"\1\\[", _OTHERS_MARK.sub(mark, text))


def _write_raised(found: re.Match[str]) -> str:
    """Return raised text in characters that are raised by themselves, or apart from what is beside it."""
    text, before = found["text"], found.string[found.start() - 1 : found.start()]
    shown = raised(text, before, is_low=found["tag"].lower() == "sub")
    if shown is not None:
        return shown
    after = found.string[found.end() : found.end() + 1]
    return f"{' ' if before.isalnum() else ''}{text}{' ' if after.isalnum() else ''}"


def _line_break(text: str, match: re.Match[str]) -> str:
    """Return what a `<br>` becomes: in a table, whose rows are lines, a space."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return " " if line.lstrip().startswith("|") else "" if text[match.end() : match.end() + 1] == "\n" else "\\\n"


def _refuse_depth(parsed: Parsed, line: int, shown: str) -> None:
    if parsed.too_deep_line >= 0:
        what = f"Lists or quotations are nested more than {MAX_NESTING // 2} deep here."
        remedy = "Flatten them: text that deep would be lost in most readers."
        raise ContentError([make_fault("SP402", shown, what, remedy, line=line + parsed.too_deep_line)])


def _pieces(block: Block, table: int, line: int, left_out: list[LeftOut]) -> Iterator[Piece]:
    """Yield the pieces of one block."""
    cells = [unit for unit in block.units if unit.kind == "tr"]
    is_layout = bool(cells) and all(len(unit.cells) == 1 for unit in cells)
    for unit in block.units:
        if unit.kind == "tr" and not is_layout:
            yield _row(unit, table, line)
        elif "|" in unit.plain and not unit.plain.replace("|", "").strip():
            # What is left of a table that a converter could not draw.
            left_out.append(LeftOut(unit.plain, Why.OUTSIDE, f"line {line}"))
        else:
            yield _piece(unit, line)


def _is_image(word: Word) -> bool:
    return any(mark.tag == "img" for mark in word.marks)


def _piece(unit: Unit, line: int) -> Piece:
    lists = [container for container in unit.path if container.kind in _LISTS]
    if unit.kind == "hr":
        return Piece(Kind.RULE, line=line)
    if unit.kind == "pre":
        text = "".join((" " if word.space else "") + word.text for word in unit.words)
        return Piece(Kind.PREFORMATTED, (Run(text),), depth=len(lists), line=line)
    # What stands for an image without a text of its own is not text.
    runs = tidy(runs_of(tuple(word for word in unit.words if word.text != "image" or not _is_image(word))))
    if unit.kind[0] == "h" and not lists:
        return Piece(Kind.HEADING, runs, level=int(unit.kind[1]), line=line)
    if lists:
        items = [container for container in unit.path if container.kind == "li"]
        return Piece(
            Kind.ITEM, runs, depth=len(lists), number=items[-1].number if unit.new_items else 0,
            is_first=bool(unit.new_items), line=line,
        )  # fmt: skip
    is_quote = any(container.kind == "blockquote" for container in unit.path)
    return Piece(Kind.QUOTE if is_quote else Kind.PARAGRAPH, runs, line=line)


def _row(unit: Unit, table: int, line: int) -> Piece:
    starts = (0, *unit.cells[:-1])
    cells = tuple(tidy(runs_of(unit.words[start:end])) for start, end in zip(starts, unit.cells, strict=True))
    is_header = any(container.kind == "thead" for container in unit.path)
    return Piece(Kind.ROW, cells=cells, is_header=is_header, table=table, line=line)
