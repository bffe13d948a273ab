"""Runs of characters with their formatting: made of words, joined, cut, and with white space as readers see it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.text import Mark, Word

_SPACES: Final = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]{2,}|[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
_EDGES: Final = " \n"
_LINE_END: Final = "\n"


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs without formatting."""
    return "".join(run.text for run in runs)


def one_line(runs: Iterable[Run]) -> str:
    """Return the text of runs on one line, without white space at its ends."""
    return " ".join(plain(runs).split())


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    r"""Return runs with white space as readers see it, none of it at the ends, and no two alike beside each other.

    >>> [run.text for run in tidy([Run(" We  keep "), Run("little ", strong=True), Run(" \n now ")])]
    ['We keep ', 'little', '\nnow']
    """
    pieces: list[Run] = []
    space = ""
    for run in runs:
        text = run.text.replace(_LINE_END, " ") if run.code else _SPACES.sub(_squeezed, run.text)
        core = text if run.code and text.strip() else text.strip(_EDGES)
        if not core:
            space = _wider(space, text)
            continue
        start = text.find(core)
        space = _wider(space, text[:start])
        if space and pieces:
            pieces.append(_between(pieces[-1], run, space))
        pieces.append(_with_text(run, core))
        space = text[start + len(core) :]
    return join(pieces)


def join(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours of the same formatting; drop empty runs."""
    groups: list[tuple[Run, list[str]]] = []
    for run in runs:
        if not run.text:
            continue
        if groups and same_form(groups[-1][0], run):
            groups[-1][1].append(run.text)
        else:
            groups.append((run, [run.text]))
    return tuple(run if len(texts) == 1 else _with_text(run, "".join(texts)) for run, texts in groups)


def same_form(one: Run, other: Run) -> bool:
    """Tell whether two runs have the same formatting."""
    return (one.strong, one.emphasis, one.code, one.target, one.note) == (
        other.strong,
        other.emphasis,
        other.code,
        other.target,
        other.note,
    )


def cut(runs: Sequence[Run], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Cut runs before the character at a position.

    >>> [[run.text for run in side] for side in cut([Run("Cookies"), Run(" are")], 8)]
    [['Cookies '], ['are']]
    """
    before: list[Run] = []
    after: list[Run] = []
    for run in runs:
        here = max(0, min(len(run.text), at))
        before.append(replace(run, text=run.text[:here]))
        after.append(replace(run, text=run.text[here:]))
        at -= len(run.text)
    return join(before), join(after)


def lines_of(runs: Sequence[Run]) -> list[tuple[Run, ...]]:
    """Cut runs at their forced line breaks."""
    lines = []
    rest = tuple(runs)
    while (at := plain(rest).find(_LINE_END)) >= 0:
        line, rest = cut(rest, at)
        rest = cut(rest, 1)[1]
        lines.append(line)
    return [*lines, rest]


def bold_until(runs: Sequence[Run]) -> int:
    """Return how many characters at the beginning are bold."""
    count = 0
    for run in runs:
        if not run.strong and run.text.strip():
            break
        count += len(run.text)
    return count


def is_bold(runs: Sequence[Run]) -> bool:
    """Tell whether all of a text is bold."""
    return any(run.text.strip() for run in runs) and all(run.strong for run in runs if run.text.strip())


def without(runs: Iterable[Run], *, strong: bool = False, emphasis: bool = False) -> tuple[Run, ...]:
    """Return runs without some formatting."""
    return join(replace(run, strong=run.strong and not strong, emphasis=run.emphasis and not emphasis) for run in runs)


def runs_of(words: Iterable[Word]) -> tuple[Run, ...]:
    """Return the runs that words with their formatting stand for."""
    runs: list[Run] = []
    marks: tuple[Mark, ...] | None = None
    form = Run("")
    parts: list[str] = []
    for word in words:
        if word.marks is not marks and word.marks != marks:
            runs.append(_with_text(form, "".join(parts)))
            before, form, parts = form, _form_of(word.marks), []
            if word.space:
                runs.append(Run(" ") if marks is None else _between(before, form, " "))
            marks = word.marks
            parts.append(word.text)
        else:
            parts.append(f" {word.text}" if word.space else word.text)
    runs.append(_with_text(form, "".join(parts)))
    return join(runs)


@lru_cache(maxsize=4096)
def _form_of(marks: tuple[Mark, ...]) -> Run:
    tags = {mark.tag for mark in marks}
    target = next((mark.target for mark in marks if mark.tag in {"a", "img"}), "")
    note = next((mark.target for mark in marks if mark.tag == "fn"), "")
    return Run("", "strong" in tags, "em" in tags, "code" in tags, target, note)


def _with_text(run: Run, text: str) -> Run:
    return run if run.text == text else Run(text, run.strong, run.emphasis, run.code, run.target, run.note)


def _squeezed(match: re.Match[str]) -> str:
    return _LINE_END if _LINE_END in match.group() else " "


def _wider(space: str, more: str) -> str:
    """Return the white space that two stretches of it come to."""
    both = space + more
    return _LINE_END if _LINE_END in both else both[:1]


def _between(before: Run, after: Run, text: str) -> Run:
    """Return white space with the formatting that both sides of it have."""
    return Run(
        text,
        strong=before.strong and after.strong,
        emphasis=before.emphasis and after.emphasis,
        target=before.target if before.target == after.target else "",
    )
