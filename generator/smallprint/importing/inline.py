"""Runs → the Markdown of running text, with no more escapes than it needs.

What is written is read again: where the plain way of writing does not say exactly the same, a more careful way is
taken, at last one that escapes every sign.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from smallprint.importing.runs import cut, join, plain, runs_of, tidy, without
from smallprint.reading.markdown import parse_piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.importing.draft import Run

SOFT_BREAK: Final = "\x0b"
"""Stands for a space at which a new line of the source may begin."""

_SIGNS: Final = re.compile(r"""([!-/:-@\[-`{-~])""")
_NEEDED: Final = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~\n]|\Z)          # would be an escape
    | `
    | (?<![ \n\x0b])\*|\*(?![ \n\x0b]|\Z)    # may open or close emphasis
    | (?<!\w)_(?=\S)|(?<=\S)_(?!\w)
    | \[(?=[^\]\n]{0,300}\]\()                 # would be a link
    | <(?=[A-Za-z/!?])                   # would be a tag
    | &(?=\#?\w+;)                       # would be a character
    | (?<=\{)\#                          # would be an id
    | ~(?=~)                             # would begin code, or look as if it struck words out
    | \[(?=\^|\[[^\[\]\n]{1,300}\]\]|[^\[\]\n]{1,300}\]\[)   # would look like a reference
    | (?<!\w)(?:=(?==[^\s=])|\+(?=\+[^\s+]))
    | \^(?=\[|[^\^\s\[\]]{1,40}\^)
    | \{(?=[:.])
    | (?<![\w$])\$(?=[^\s\d$])
    """,
    re.VERBOSE,
)
_AT_LINE_START: Final = (
    (re.compile(r"(#{1,6}(?:[ \t]|$)|#+(?=[^\s\d#])|##)"), r"\\\1"),
    (re.compile(r"(\[[ xX]\](?=[ \t]|$)|:(?=[ \t])|:::|!!!|\?\?\?)"), r"\\\1"),
    (re.compile(r"([-+*](?:[ \t]|$))"), r"\\\1"),
    (re.compile(r"([0-9]{1,9})([.)](?:[ \t]|$))"), r"\1\\\2"),
    (re.compile(r"([>|])"), r"\\\1"),
    (re.compile(r"(=+[ \t]*$|(?:[-_*][ \t]*){3,}$|-+[ \t]*$)"), r"\\\1"),
    (re.compile(r"(:?-+:?[ \t]*\|)"), r"\\\1"),
    (re.compile(r"(\[[^\]\n]+\]:)"), r"\\\1"),
)
_NO_LINK: Final = re.compile(r"(?:vbscript|javascript|file|data):", re.IGNORECASE)
_ODD_TARGET: Final = re.compile(r"[\s<>()\\\x00-\x1f\x7f]")
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[!#-;=?-\[\]^_a-z~A-Z]+")
_EDGES: Final = " :.,;–—-"
_REMEMBERED: Final = 20_000
"""Of how many texts it is remembered how they are written: versions of a policy share most of theirs."""


def is_linkable(target: str) -> bool:
    """Tell whether Markdown takes a target for one."""
    return bool(target) and not _NO_LINK.match(target.strip()) and not any(ord(char) < 32 for char in target)  # noqa: PLR2004


def write_text(runs: tuple[Run, ...]) -> str:
    """Return the Markdown of a paragraph; `runs` are tidy, and soft breaks in them become ends of lines."""
    return _written(runs)[0]


def settled(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the runs of a paragraph with the formatting they have once they are written: some cannot be kept."""
    return _written(runs)[1]


@lru_cache(maxsize=_REMEMBERED)
def _written(runs: tuple[Run, ...]) -> tuple[str, tuple[Run, ...]]:
    for variant, text in _ways(runs):
        lines = text.replace(SOFT_BREAK, "\n").split("\n")
        source = "\n".join(map(_at_line_start, lines))
        if _says(source, "p", variant):
            return source, tuple(variant)
    bare = join(replace(run, strong=False, emphasis=False, code=False, target="") for run in runs)
    return _SIGNS.sub(r"\\\1", plain(runs)).replace("\n", "\\\n").replace(SOFT_BREAK, "\n"), bare


@lru_cache(maxsize=_REMEMBERED)
def write_heading(runs: tuple[Run, ...]) -> str:
    """Return the Markdown of a heading, without the signs before it."""
    flat = _flat(runs)
    for variant, text in _ways(flat):
        source = re.sub(r"(#+)$", r"\\\1", text)
        if _says(f"# {source}", "h1", variant):
            return source
    return _SIGNS.sub(r"\\\1", plain(flat))


@lru_cache(maxsize=_REMEMBERED)
def write_cell(runs: tuple[Run, ...]) -> str:
    """Return the Markdown of a table's cell."""
    flat = _flat(runs)
    for variant, text in _ways(flat):
        source = text.replace("|", r"\|")
        if _says(f"| {source} |\n| --- |", "tr", variant):
            return source
    return _SIGNS.sub(r"\\\1", plain(flat))


def _flat(runs: Sequence[Run]) -> tuple[Run, ...]:
    return tidy(replace(run, text=run.text.replace("\n", " ").replace(SOFT_BREAK, " ")) for run in runs)


def _says(source: str, kind: str, runs: Sequence[Run]) -> bool:
    """Tell whether Markdown is one block of a kind that says just what runs do, and that `check` asks nothing of."""
    piece = parse_piece(source, frozenset(run.note for run in runs if run.note))
    if piece.oddities:
        return False
    blocks = piece.blocks
    units = blocks[0].block.units if len(blocks) == 1 else ()
    if len(units) != 1 or units[0].kind != kind or (units[0].path and kind != "tr"):
        return False
    return _known(runs_of(units[0].words)) == _known(runs)


def _known(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs as they can be compared: the parser writes some targets in another way."""
    spaced = (replace(run, text=run.text.replace(SOFT_BREAK, " "), target="a" if run.target else "") for run in runs)
    return tidy(spaced)


def _ways(runs: Sequence[Run]) -> Iterator[tuple[Sequence[Run], str]]:
    """Yield ways to write runs, the one a person would take first, each with what it says."""
    linked = [_writable(run) for run in runs]
    yield linked, _write(linked, _NEEDED)
    moved = _without_edges(linked)
    yield moved, _write(moved, _NEEDED)
    yield linked, _write(linked, _SIGNS)
    light = without(linked, strong=True, emphasis=True)
    yield light, _write(light, _SIGNS)
    bare = join(replace(run, target="", code=False) for run in light)
    yield bare, _write(bare, _SIGNS)


def _writable(run: Run) -> Run:
    """Return a run without a link that Markdown would not take for one, and not as code where that would hide an id."""
    is_code = run.code and "{#" not in run.text and "``" not in run.text
    target = run.target if is_linkable(run.target) else ""
    return run if is_code == run.code and target == run.target else replace(run, code=is_code, target=target)


def _without_edges(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Take signs at the edges of bold and italic text out of it: `**Note:**text` would not be read as bold."""
    moved: list[Run] = []
    for run in runs:
        if not (run.strong or run.emphasis) or run.code:
            moved.append(run)
            continue
        start = len(run.text) - len(run.text.lstrip(_EDGES))
        end = max(start, len(run.text.rstrip(_EDGES)))
        head, rest = cut([run], start)
        core, tail = cut(rest, end - start)
        moved += [*without(head, strong=True, emphasis=True), *core, *without(tail, strong=True, emphasis=True)]
    return join(moved)


def _write(runs: Sequence[Run], escaped: re.Pattern[str]) -> str:
    """Write runs, with a backslash before what a pattern finds."""
    parts: list[str] = []
    still_open: list[str] = []
    for index, run in enumerate(runs):
        wanted = [f"[{run.target}"] * bool(run.target) + ["**"] * run.strong + ["*"] * run.emphasis
        common = 0
        while common < min(len(wanted), len(still_open)) and wanted[common] == still_open[common]:
            common += 1
        parts += map(_closing, reversed(still_open[common:]))
        if run.target and not common and _is_bare_address(runs, index):
            parts.append(f"<{run.target}>")
            still_open = []
            continue
        parts += ["[" if mark.startswith("[") else mark for mark in wanted[common:]]
        parts.append(
            f"[^{run.note}]"
            if run.note
            else _code(run.text)
            if run.code
            else _escape(run.text, escaped, is_linked=bool(run.target))
        )
        still_open = wanted
    parts += map(_closing, reversed(still_open))
    return "".join(parts).replace("\n", "\\\n")


def _escape(text: str, escaped: re.Pattern[str], *, is_linked: bool) -> str:
    text = escaped.sub(r"\\\g<0>", text)
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", text) if is_linked else text


def _closing(mark: str) -> str:
    return f"]({_target(mark[1:])})" if mark.startswith("[") else mark


def _target(target: str) -> str:
    target = re.sub(r"&(?=#?\w+;)", r"\\&", target.strip()).replace("{#", "%7B#")
    if not _ODD_TARGET.search(target):
        return target
    return "<" + re.sub(r"([<>\\])", r"\\\1", target.replace("\n", " ")) + ">"


def _is_bare_address(runs: Sequence[Run], index: int) -> bool:
    """Tell whether a link is nothing but its address, which needs no brackets."""
    run = runs[index]
    beside = [*runs[max(index - 1, 0) : index], *runs[index + 1 : index + 2]]
    is_alone = all(other.target != run.target for other in beside)
    is_plain = not (run.strong or run.emphasis or run.code)
    return is_alone and is_plain and run.text == run.target and bool(_ADDRESS.fullmatch(run.target))


def _code(text: str) -> str:
    text = text.replace(SOFT_BREAK, " ").replace("\n", " ")
    fence = "`" * (max(map(len, re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _at_line_start(line: str) -> str:
    line = line.lstrip(" ")
    for pattern, escaped in _AT_LINE_START:
        if pattern.match(line):
            return pattern.sub(escaped, line, count=1)
    return line
