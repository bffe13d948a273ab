"""A comparison → a redline for the terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

from smallprint.model import Op
from smallprint.presenting.characters import name_unseen, texts_beside
from smallprint.presenting.judging import judged_in_full
from smallprint.presenting.move_ends import move_ends
from smallprint.presenting.paragraphs import changed_paragraphs, has_moved_text, moves_said
from smallprint.presenting.row_changes import rows_sentence
from smallprint.presenting.summary import change_title, kinds_in_words, place_sentence, summarise
from smallprint.presenting.verdict_lines import decided_line, finding_lines
from smallprint.presenting.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.judgement import Assessment, Judgement
    from smallprint.model import Change, Comparison
    from smallprint.presenting.canonical import Edit
    from smallprint.presenting.move_ends import MoveEnds
    from smallprint.presenting.wording import Wording

_LEGEND: Final = "[~…~] moved from here, {~…~} moved here"
_SIGNS: Final = re.compile(r"(?<!\\)(?:\[(?=[-~])|\{(?=[+~])|(?<=[-~])\]|(?<=[+~])\})")
"""What would look like the begin or the end of a mark."""
_EDGES: Final = re.compile(r"^[\]}]|(?<!\\)[\[{]$")
"""What would look like one beside the mark it is in."""


def comparison_in_terminal(comparison: Comparison, assessment: Assessment | None = None) -> Iterator[str]:
    """Yield the lines of a redline, with colours that `click.echo` takes out where they are not wanted.

    Deletions are in `[-…-]`, insertions in `{+…+}`, so that nothing is said by colour alone; text that moved is in
    `[~…~]` where it was and in `{~…~}` where it is. With an assessment every change is followed by what was decided on
    it, and by what the rules say.
    """
    yield click.style(f"{_name(comparison, 'old')} → {_name(comparison, 'new')}", bold=True)
    judged = judged_in_full(comparison, assessment) if assessment else None
    yield summarise(comparison, judged=judged).whole
    moves = move_ends(comparison)
    first_moved = next((change for change in comparison.differing if has_moved_text(change)), None)
    for position, change in enumerate(comparison.differing, 1):
        yield ""
        yield from _change(change, comparison, (position, len(comparison.differing)), moves, change is first_moved)
        if assessment:
            yield from _verdict(assessment.of(change), wording_for(comparison.new.language))


def change_in_terminal(change: Change, comparison: Comparison, position: int, count: int) -> Iterator[str]:
    """Yield the lines of one change of a comparison, the first of which has its `position` among `count`."""
    yield from _change(change, comparison, (position, count), move_ends(comparison), has_moved_text(change))


def _change(
    change: Change,
    comparison: Comparison,
    position: tuple[int, int],
    moves: Mapping[int, MoveEnds],
    has_legend: bool,  # noqa: FBT001 - private
) -> Iterator[str]:
    say = wording_for(comparison.new.language)
    label, title = kinds_in_words(change, say), change_title(change, say)
    ids = ", ".join(dict.fromkeys(clause.clause_id for clause in change.new or change.old if clause.clause_id))
    number = click.style("{}/{}".format(*position), dim=True)
    yield f"{number} {click.style(label, bold=True)}: {title}" + (click.style(f"  {ids}", dim=True) if ids else "")
    place = place_sentence(change, comparison, say)
    if place:
        yield f"    {place}"
    if rows := rows_sentence(change, say):
        yield f"    {rows}"
    if has_legend:
        yield click.style(f"    {_LEGEND}", dim=True)
    for paragraph in changed_paragraphs(change):
        yield f"    {_line(paragraph, moves) if paragraph else '…'}"


def _line(paragraph: Sequence[Edit], moves: Mapping[int, MoveEnds]) -> str:
    said = "; ".join(moves_said(paragraph, moves))
    beside = texts_beside([(edit.op, edit.text) for edit in paragraph])
    return "".join(map(_styled, paragraph, beside)) + _remark(said)


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


def _styled(edit: Edit, beside: str) -> str:
    is_marked = edit.op is not Op.KEEP
    text = _SIGNS.sub(r"\\\g<0>", name_unseen(edit.text, is_marked=is_marked, beside=beside))
    if is_marked:
        text = _EDGES.sub(r"\\\g<0>", text)
    sign, colour = ("~", "magenta") if edit.moved else ("-", "red") if edit.op is Op.DELETE else ("+", "blue")
    if edit.op is Op.DELETE:
        text = click.style(f"[{sign}{text}{sign}]", fg=colour, strikethrough=True)
    elif edit.op is Op.INSERT:
        text = click.style(f"{{{sign}{text}{sign}}}", fg=colour, underline=True)
    return text + _remark(edit.note)


def _remark(said: str) -> str:
    return click.style(f" ({name_unseen(said)})", dim=True) if said else ""
