"""Runs as they come from a page → runs as readers see them: white space collapsed, lines and paragraphs told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Run
from smallprint.importing.html_text import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BREAK: Final = "\x00"
"""Stands for a forced line break until white space is collapsed; no text has it."""
BORDER: Final = "\x01"
"""Stands for a border of words, which becomes a space only where two words would else be one; no text has it."""
_BULLET: Final = re.compile(r"^[•·▪◦‣●○■□➢❖✓✔►»](?:\s+|(?=\w))", re.MULTILINE)
_TOKENS: Final = re.compile(f"{BREAK}|[^{BREAK}]+")


def paragraphs(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """Give the paragraphs of a block: two line breaks with nothing between them end one."""
    current: list[Run] = []
    breaks = 0
    for run in parted(runs):
        for token in _TOKENS.findall(run.text):
            if token == BREAK:
                breaks += 1
                continue
            if not SPACES.sub("", token):
                if not breaks:
                    current.append(replace(run, text=token))
                continue
            if breaks > 1:
                yield from _whole(current)
                current = []
            elif breaks and current:
                current.append(Run(BREAK))
            breaks = 0
            current.append(replace(run, text=token))
    yield from _whole(current)


def parted(runs: Iterable[Run]) -> list[Run]:
    """Return runs with a space for each border between two words, and without the other borders."""
    known = list(runs)
    if not any(BORDER in run.text for run in known):
        return known
    text = "".join(run.text for run in known)
    whole = "".join(run.text.replace(BORDER, "") for run in known)
    out: list[Run] = []
    at = shown = 0
    last = ""
    for run in known:
        parts: list[str] = []
        for char in run.text:
            at += 1
            if char != BORDER:
                parts.append(char)
                last = char
                shown += 1
            elif text[at - 2 : at - 1] != BORDER and last.isalnum() and whole[shown : shown + 1].isalnum():
                parts.append(" ")
                last = " "
        out.append(replace(run, text="".join(parts)))
    return out


def _whole(runs: list[Run]) -> Iterator[tuple[Run, ...]]:
    if tidied := tidy(runs):
        yield tidied


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs with single spaces, none at line ends, and neighbours of one look joined."""
    out: list[Run] = []
    gap = True  # whether a space at this place would be one too many
    for run in runs:
        text = ""
        for part in _TOKENS.findall(run.text):
            if part == BREAK:
                if out or text:
                    text = _drop_gap(out, text) + "\n"
                gap = True
                continue
            part = SPACES.sub(" ", part)  # noqa: PLW2901 - the same part, as readers see it
            part = part.removeprefix(" ") if gap else part  # noqa: PLW2901
            if part:
                gap = part.endswith(" ")
                text += part
        if not text:
            continue
        if out and replace(out[-1], text="") == replace(run, text=""):
            out[-1] = replace(run, text=out[-1].text + text)
        else:
            out.append(replace(run, text=text))
    while out and not out[-1].text.rstrip(" \n"):
        out.pop()
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip(" \n"))
    return tuple(_plain_gaps(out))


def _drop_gap(out: list[Run], text: str) -> str:
    if text:
        return text.rstrip(" ")
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip(" "))
        if not out[-1].text:
            out.pop()
    return ""


def _plain_gaps(runs: list[Run]) -> Iterator[Run]:
    """Give runs whose strong or linked words do not begin or end with a space: the gap belongs between them."""
    out: list[Run] = []
    for run in runs:
        plain = Run("")
        if replace(run, text="") == plain:
            pieces = [run]
        else:
            core = run.text.strip(" \n")
            start = run.text.index(core) if core else len(run.text)
            before, after = run.text[:start], run.text[start + len(core) :]
            pieces = [Run(before), replace(run, text=core), Run(after)]
        for piece in pieces:
            if not piece.text:
                continue
            if out and replace(out[-1], text="") == replace(piece, text=""):
                out[-1] = replace(piece, text=out[-1].text + piece.text)
            else:
                out.append(piece)
    yield from out


def verbatim(runs: Iterable[Run]) -> str:
    """Return the lines of a preformatted text, without empty ones at its ends."""
    lines = [line.rstrip() for line in "".join(run.text for run in runs).expandtabs().split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def split_bullets(runs: tuple[Run, ...]) -> Iterator[tuple[tuple[Run, ...], bool]]:
    """Give the parts of a paragraph: each line that begins with a typed bullet is an item, and loses the bullet."""
    if not any(_BULLET.search(run.text) for run in runs):
        yield runs, False
        return
    part: list[Run] = []
    is_item = False
    for line in _lines_of(runs):
        text = "".join(run.text for run in line)
        if found := _BULLET.match(text):
            if part:
                yield tidy(part), is_item
            part, is_item = _without(line, found.end()), True
        else:
            part += [Run(BREAK), *line] if part else line
    if part:
        yield tidy(part), is_item


def _lines_of(runs: tuple[Run, ...]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        for index, text in enumerate(run.text.split("\n")):
            if index:
                yield line
                line = []
            if text:
                line.append(replace(run, text=text))
    yield line


def _without(line: list[Run], count: int) -> list[Run]:
    out = []
    for run in line:
        taken = min(count, len(run.text))
        count -= taken
        if run.text[taken:]:
            out.append(replace(run, text=run.text[taken:]))
    return out
