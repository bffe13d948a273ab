"""Pages to read, and what was read of them in lines that a test can compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smallprint.errors import ContentError
from smallprint.importing.draft import Kind
from smallprint.importing.html import read_html

if TYPE_CHECKING:
    from smallprint.errors import Fault
    from smallprint.importing.draft import Draft, Piece, Run

POLICY = "We collect your name and address when you register with us, and keep them safe."


def read(page: str, **options: object) -> Draft:
    return read_html(page.encode(), "page.html", **options)  # type: ignore[arg-type]


def refused(page: str | bytes) -> Fault:
    with pytest.raises(ContentError) as caught:
        read_html(page.encode() if isinstance(page, str) else page, "page.html")
    (fault,) = caught.value.faults
    return fault


def told(draft: Draft) -> list[str]:
    """One line for each piece: what it is, then its text in a Markdown of sorts."""
    return [_told(piece) for piece in draft.pieces]


def left(draft: Draft) -> list[str]:
    """One line for each text left out: the reason's name, `?` where it is a guess, then the text."""
    return [
        f"{item.why.name.lower()}{'' if item.is_sure else '?'}: {item.text.replace(chr(10), ' / ')}"
        for item in draft.left_out
    ]


def _told(piece: Piece) -> str:
    if piece.kind is Kind.ROW:
        head = "head" if piece.is_header else "row"
        return f"{head} {piece.table}: " + " | ".join(_runs(cell) for cell in piece.cells)
    name = {
        Kind.HEADING: f"h{piece.level}",
        Kind.PARAGRAPH: "p",
        Kind.PREFORMATTED: "pre",
        Kind.QUOTE: "quote",
        Kind.RULE: "rule",
    }.get(piece.kind, "")
    if piece.kind is Kind.ITEM:
        mark = ("-" if not piece.number else f"{piece.number}.") if piece.is_first else "+"
        name = ">" * piece.depth + mark
    elif piece.number:
        name += f" {piece.number}."
    return f"{name} {_runs(piece.runs)}".rstrip()


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(_run(run) for run in runs).replace("\n", " / ")


def _run(run: Run) -> str:
    text = run.text
    if run.code:
        text = f"`{text}`"
    if run.emphasis:
        text = f"*{text}*"
    if run.strong:
        text = f"**{text}**"
    return f"[{text}]({run.target})" if run.target else text
