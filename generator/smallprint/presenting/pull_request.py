"""A comparison → a redline in Markdown that fits a comment on a pull request."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

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

COMMENT_LIMIT: Final = 65_000
"""GitHub takes 65,536 characters in a comment."""
_ROOM: Final = 300
"""Kept for the closing line."""
_LEGEND: Final = "*Text that moved is in italics: struck through where it was, underlined where it is now.*\n"
_CODE_INDENT: Final = 4
_SIGNS: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|~@:]")


def comparison_in_markdown(
    comparison: Comparison, assessment: Assessment | None = None, *, limit: int = COMMENT_LIMIT
) -> str:
    """Return the redline as Markdown of at most `limit` characters; what does not fit is counted, not cut silently.

    With an assessment every change says what was decided on it, and what the rules say.
    """
    judged = judged_in_full(comparison, assessment) if assessment else None
    parts = [
        f"### What changed: {_plain(comparison.old.version_id)} → {_plain(comparison.new.version_id)}\n",
        f"{_plain(summarise(comparison, judged=judged).whole)}\n",
    ]
    size = sum(map(len, parts))
    changes = comparison.differing
    moves = move_ends(comparison)
    first_moved = next((change for change in changes if has_moved_text(change)), None)
    for position, change in enumerate(changes):
        legend = [_LEGEND] if change is first_moved else []
        part = _change(change, comparison, assessment.of(change) if assessment else None, moves, legend)
        if size + len(part) > limit - _ROOM:
            left = len(changes) - position
            parts.append(f"\n*{left} further changes do not fit here: run `smallprint diff` to see them.*\n")
            break
        parts.append(part)
        size += len(part)
    return "\n".join(parts)


def _change(
    change: Change,
    comparison: Comparison,
    judgement: Judgement | None,
    moves: Mapping[int, MoveEnds],
    legend: Sequence[str],
) -> str:
    say = wording_for(comparison.new.language)
    ids = ", ".join(dict.fromkeys(f"`{c.clause_id}`" for c in change.new or change.old if c.clause_id))
    title = _plain(change_title(change, say))
    lines = [f"#### {kinds_in_words(change, say)}: {title}{f' ({ids})' if ids else ''}\n"]
    place = place_sentence(change, comparison, say)
    if place:
        lines.append(f"{_plain(place)}\n")
    if rows := rows_sentence(change, say):
        lines.append(f"{_plain(rows)}\n")
    lines.extend(legend)
    lines.extend(f"> {_line(paragraph, moves) if paragraph else '…'}\n" for paragraph in changed_paragraphs(change))
    if judgement:
        lines.extend(f"{line}\n" for line in _verdict(judgement, say))
    return "\n".join(lines)


def _verdict(judgement: Judgement, say: Wording) -> Iterator[str]:
    if decided := decided_line(judgement, say):
        yield f"**{_plain(decided)}**"
    label = say.judging.rules_said if judgement.review else say.judging.proposed
    found = [
        "\n".join([f"- {_plain(line)}", *(f"  - {_plain(quote)}" for quote in quotes)])
        for line, quotes in finding_lines(judgement, say)
    ]
    if found:
        yield f"*{_plain(label)}*"
        yield "\n".join(found)


def _line(paragraph: Sequence[Edit], moves: Mapping[int, MoveEnds]) -> str:
    said = "; ".join(moves_said(paragraph, moves))
    beside = texts_beside([(edit.op, edit.text) for edit in paragraph])
    line = "".join(map(_marked, paragraph, beside)) + _remark(said)
    indent = len(line) - len(line.lstrip(" "))
    # As spaces, these would make code of the line.
    return "&nbsp;" * indent + line.lstrip(" ") if indent >= _CODE_INDENT else line


def _marked(edit: Edit, beside: str) -> str:
    if edit.op is Op.KEEP:
        return _plain(edit.text) + _remark(edit.note)
    text, tag = edit.text, "ins" if edit.op is Op.INSERT else "del"
    bare = text.strip(" ")
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    shown = f"<em>{_plain(bare, beside)}</em>" if edit.moved else _plain(bare, beside)
    return (f"{before}<{tag}>{shown}</{tag}>{after}" if bare else text) + _remark(edit.note)


def _remark(said: str) -> str:
    return f" <em>({_plain(said)})</em>" if said else ""


def _plain(text: str, beside: str = "") -> str:
    """Return text that Markdown shows as it is."""
    shown = name_unseen(text.replace("\n", " "), is_marked=True, beside=beside)
    return escape(_SIGNS.sub(r"\\\g<0>", shown), quote=False)
