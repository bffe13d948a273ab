"""A comparison → a redline for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smallprint.model import Op
from smallprint.presenting.characters import name_unseen
from smallprint.presenting.paragraphs import changed_paragraphs
from smallprint.presenting.summary import change_title, kinds_in_words, place_sentence, summarise
from smallprint.presenting.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.model import Comparison
    from smallprint.presenting.canonical import Piece


def comparison_in_terminal(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of a redline, with colours that `click.echo` takes out where they are not wanted.

    Deletions stand in `[-…-]`, insertions in `{+…+}`, so that nothing is told by colour alone.
    """
    say = wording_for(comparison.new.language)
    yield click.style(f"{_name(comparison, 'old')} → {_name(comparison, 'new')}", bold=True)
    yield summarise(comparison).sentence
    for position, change in enumerate(comparison.differing, 1):
        label, title = kinds_in_words(change, say), change_title(change, say)
        yield ""
        ids = ", ".join(dict.fromkeys(clause.clause_id for clause in change.new or change.old if clause.clause_id))
        number = click.style(f"{position}/{len(comparison.differing)}", dim=True)
        yield f"{number} {click.style(label, bold=True)}: {title}" + (click.style(f"  {ids}", dim=True) if ids else "")
        place = place_sentence(change, comparison, say)
        if place:
            yield f"    {place}"
        for paragraph in changed_paragraphs(change):
            yield f"    {'…' if paragraph is None else ''.join(map(_styled, paragraph))}"


def _name(comparison: Comparison, side: str) -> str:
    version = comparison.old if side == "old" else comparison.new
    return f"{version.title} ({version.version_id})" if version.title else version.version_id


def _styled(piece: Piece) -> str:
    op, text = piece
    text = name_unseen(text, is_marked=op is not Op.KEEP)
    if op is Op.DELETE:
        return click.style(f"[-{text}-]", fg="red", strikethrough=True)
    if op is Op.INSERT:
        return click.style(f"{{+{text}+}}", fg="blue", underline=True)
    return text
