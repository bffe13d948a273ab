"""A comparison → a redline for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smallprint.model import Op
from smallprint.presenting.characters import name_unseen
from smallprint.presenting.judging import judged_in_full
from smallprint.presenting.paragraphs import changed_paragraphs
from smallprint.presenting.row_changes import rows_sentence
from smallprint.presenting.summary import change_title, kinds_in_words, place_sentence, summarise
from smallprint.presenting.verdict_lines import decided_line, finding_lines
from smallprint.presenting.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.judgement import Assessment, Judgement
    from smallprint.model import Change, Comparison
    from smallprint.presenting.canonical import Piece
    from smallprint.presenting.wording import Wording


def comparison_in_terminal(comparison: Comparison, assessment: Assessment | None = None) -> Iterator[str]:
    """Yield the lines of a redline, with colours that `click.echo` takes out where they are not wanted.

    Deletions stand in `[-…-]`, insertions in `{+…+}`, so that nothing is told by colour alone. With an assessment every
    change is followed by what was decided on it, and by what the rules say.
    """
    yield click.style(f"{_name(comparison, 'old')} → {_name(comparison, 'new')}", bold=True)
    judged = judged_in_full(comparison, assessment) if assessment else None
    yield summarise(comparison, judged=judged).whole
    for position, change in enumerate(comparison.differing, 1):
        yield ""
        yield from change_in_terminal(change, comparison, position, len(comparison.differing))
        if assessment:
            yield from _verdict(assessment.of(change), wording_for(comparison.new.language))


def change_in_terminal(change: Change, comparison: Comparison, position: int, count: int) -> Iterator[str]:
    """Yield the lines of one change of a comparison, the first of which has its `position` among `count`."""
    say = wording_for(comparison.new.language)
    label, title = kinds_in_words(change, say), change_title(change, say)
    ids = ", ".join(dict.fromkeys(clause.clause_id for clause in change.new or change.old if clause.clause_id))
    number = click.style(f"{position}/{count}", dim=True)
    yield f"{number} {click.style(label, bold=True)}: {title}" + (click.style(f"  {ids}", dim=True) if ids else "")
    place = place_sentence(change, comparison, say)
    if place:
        yield f"    {place}"
    if rows := rows_sentence(change, say):
        yield f"    {rows}"
    for paragraph in changed_paragraphs(change):
        yield f"    {'…' if paragraph is None else ''.join(map(_styled, paragraph))}"


def _verdict(judgement: Judgement, say: Wording) -> Iterator[str]:
    if decided := decided_line(judgement, say):
        yield f"    {click.style(name_unseen(decided), bold=True)}"
    found = list(finding_lines(judgement, say))
    if found:
        yield f"    {say.judging.rules_said if judgement.review else say.judging.proposed}"
    for line, quotes in found:
        yield f"      {name_unseen(line)}"
        yield from (f"        {name_unseen(quote)}" for quote in quotes)


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
