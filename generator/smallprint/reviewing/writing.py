"""What the rules found and a review file as it stands → the file with an entry for everything that a person decides.

What a person decided or wrote is kept to the letter. Before new text is handed out it is read again: a decision that
would not come out as it went in is a bug, and nothing is written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from smallprint.errors import UsageError
from smallprint.reviewing.edit import has_comments, indented, rules_lines, with_values
from smallprint.reviewing.fields import DECISION, rule_line
from smallprint.reviewing.file import ANYTHING, is_broken, parse_review
from smallprint.reviewing.layout import BEFORE, CHANGES, Layout, Piece, Section
from smallprint.reviewing.questions import anchors_of
from smallprint.reviewing.scalars import value_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from smallprint.judgement import Review
    from smallprint.model import VersionId
    from smallprint.reviewing.file import Entry, ReviewFile
    from smallprint.reviewing.questions import Question

_HEAD: Final = """\
# Counsel's review of {version}. Each entry is a change that a person decides on; fill in:
#
#   verdict      reduces, expands, mixed or neutral; empty while the change is open
#   material     yes or no, for reduces and mixed: would people expect to be told of it?
#   rights       which ones, such as: consent, sharing; empty for those named under `rules`
#   reason       why, in a sentence
#   for-readers  a sentence for the public, such as: We now keep … (may stay empty)
#   practice     changed, or described where only the description changed (may stay empty)
#   by, on       your name, and the day, such as 2020-01-02
#
# A text with a colon or a # in it stands in "quotes", or indented below `reason: >-`.
# A decision holds for the words it was taken on: once these are edited, the change is open again.
# `smallprint review {policy} {version}` writes the other lines, and adds what is missing.

version: {version}
{changes}:
"""
_BEFORE_LINES: Final = (
    "",
    "# Decided on words that have been edited since: kept for the record, and no longer applied.",
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A review file brought up to date."""

    text: str
    """The whole file; empty where there is nothing to review and no file."""
    open: tuple[Question, ...]
    """What a person has still to decide, in reading order."""
    decided: tuple[Entry, ...]
    """The decisions that hold."""
    set_aside: tuple[Entry, ...]
    """The decisions whose words were edited since the file was last written."""
    taken_up: tuple[Entry, ...]
    """The decisions set aside earlier whose words stand again."""


def complete(  # noqa: PLR0913 - what a file hangs on
    file: ReviewFile | None,
    questions: Mapping[str, Question],
    *,
    policy: str,
    version: VersionId,
    is_decided_elsewhere: Callable[[str], bool] = lambda _: False,
    added: AbstractSet[str] = frozenset(),
) -> Completed:
    """Bring a review up to date with what the rules find now.

    Args:
        file: the file as it stands, whole; none where there is none yet.
        questions: all changes of the version by the digest of their words, in reading order.
        policy: the name of the policy's folder.
        version: the version reviewed.
        is_decided_elsewhere: whether the review of another version decides on the words with a digest.
        added: digests of words to ask about although no rule found anything.
    """
    text = file.text if file else _HEAD.format(policy=policy, version=version, changes=CHANGES)
    parsed = file or _parse(text, version)
    wanted = [
        words
        for words, question in questions.items()
        if (question.is_needed or words in added) and not is_decided_elsewhere(words)
    ]
    decided = {entry.words: entry for entry in parsed.changes if entry.review}
    again = {
        entry.words: entry
        for entry in parsed.before
        if entry.review and entry.words in questions and entry.words not in decided
    }
    kept: dict[str, Piece] = {}
    aside: list[Entry] = []
    for entry in parsed.changes:
        question = questions.get(entry.words)
        is_own = not entry.raw.rules and not is_decided_elsewhere(entry.words)
        if entry.words in again:
            continue
        if question and (entry.review or entry.words in wanted or is_own):
            kept[entry.words] = _refreshed(entry, question)
        elif entry.review or has_comments(entry):
            aside.append(entry)
    section, before = parsed.layout.changes, parsed.layout.before
    indent = section.indent if section.pieces or not before else before.indent
    for words, entry in again.items():
        shift = indent - (before.indent if before else indent)
        piece = _refreshed(entry, questions[words])
        _insert(kept, words, indented(piece, shift), list(questions))
    for words in wanted:
        if words not in kept:
            _insert(kept, words, _new_piece(questions[words], indent), list(questions))
    stays = [entry.piece for entry in parsed.before if entry not in again.values()]
    layout = _laid_out(parsed.layout, list(kept.values()), stays, [entry.piece for entry in aside], indent)
    if not file and not kept:
        return Completed("", (), (), (), ())
    text = _checked(layout.text, version, parsed)
    now = _parse(text, version)
    return Completed(
        text,
        tuple(questions[entry.words] for entry in now.changes if not entry.review),
        tuple(entry for entry in now.changes if entry.review),
        tuple(entry for entry in aside if entry.review),
        tuple(again.values()),
    )


def decide(file: ReviewFile, words: str, values: Mapping[str, str]) -> str:
    """Return the text of a file with a decision taken on an open entry.

    Args:
        file: the file as it stands, whole.
        words: the digest of the words decided on.
        values: the texts of `verdict`, `by`, `on` and so on.

    Raises:
        UsageError: There is no open entry for these words any more.
    """
    entry = next((entry for entry in file.changes if entry.words == words and not entry.review), None)
    if entry is None:
        raise UsageError(
            f"The review of {file.version} was changed meanwhile. Nothing was lost; run the command again."
        )
    pieces = [
        with_values(other, {key: values[key] for key in DECISION if key in values}) if other is entry else other.piece
        for other in file.changes
    ]
    sections = tuple(
        (name, replace(section, pieces=tuple(pieces)) if name == CHANGES else section)
        for name, section in file.layout.sections
    )
    return _checked(Layout(file.layout.head, sections).text, file.version, file)


def write_review(path: Path, text: str, *, before: str | None) -> None:
    """Put a review file in place, whole or not at all.

    Args:
        path: the file.
        text: its new text.
        before: what stood there when it was read, none where nothing did.

    Raises:
        UsageError: It cannot be written, or was changed by someone else in the meantime.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(exist_ok=True)
        if _text_now(target) != before:
            raise UsageError(f"{path.as_posix()} was changed meanwhile. It was left as it is; run the command again.")
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                temporary.chmod(target.stat().st_mode)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path.as_posix()} cannot be written: {error.strerror}.") from error


def _text_now(path: Path) -> str | None:
    if not path.exists():
        return None
    return path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n")


def _refreshed(entry: Entry, question: Question) -> Piece:
    """Return the lines of an entry with what the rules say now, if it is open, and with ids that are there."""
    values: dict[str, str] = {}
    comparison = question.comparison
    names = {name.strip() for name in entry.clauses.replace("->", ",").split(",")} - {""}
    if names - anchors_of(comparison.old) - anchors_of(comparison.new):
        values = {"clauses": question.clauses, "since": comparison.old.version_id}
    rules = [rule_line(finding) for finding in question.findings]
    is_same = entry.review is not None or rules == [rule.text for rule in entry.raw.rules]
    if is_same and not values:
        return entry.piece
    return with_values(entry, values, None if is_same else rules)


def _new_piece(question: Question, indent: int) -> Piece:
    margin = indent + 2
    space = " " * margin
    about = {
        "clauses": question.clauses,
        "since": question.comparison.old.version_id,
        "words": question.words,
    }
    lines = [line for key, text in about.items() for line in value_lines(f"{space}{key}:", text, margin + 2)]
    lines += rules_lines([rule_line(finding) for finding in question.findings], margin)
    lines += [f"{space}{key}:" for key in DECISION]
    lines[0] = f"{' ' * indent}- {lines[0][margin:]}"
    return Piece((), tuple(lines))


def _insert(kept: dict[str, Piece], words: str, piece: Piece, order: Sequence[str]) -> None:
    """Put an entry behind that of the nearest change before it in reading order."""
    earlier = order[: order.index(words)]
    names = list(kept)
    at = next((names.index(other) + 1 for other in reversed(earlier) if other in kept), 0)
    pieces = list(kept.items())
    pieces.insert(at, (words, piece))
    kept.clear()
    kept.update(pieces)


def _laid_out(
    layout: Layout, kept: Sequence[Piece], stays: Sequence[Piece], aside: Sequence[Piece], indent: int
) -> Layout:
    """Put the entries back into a file."""
    section, before = layout.changes, layout.before
    changes = replace(section, indent=indent, pieces=tuple(kept))
    if before is None and aside:
        tail = list(section.tail)
        while tail and not tail[-1].strip(" "):
            tail.pop()
        changes = replace(changes, tail=(*tail, *_BEFORE_LINES))
        before = Section(f"{BEFORE}:", section.indent)
    sections = [(CHANGES, changes)]
    if before is not None:
        there = before.indent if before.pieces else section.indent
        moved = [indented(piece, there - section.indent) for piece in aside]
        sections.append((BEFORE, replace(before, pieces=(*stays, *moved))))
    return Layout(layout.head, tuple(sections))


def _parse(text: str, version: VersionId) -> ReviewFile:
    file, faults = parse_review(text, path="", version=version, known=ANYTHING)
    if is_broken(faults):
        raise AssertionError("; ".join(map(str, faults)))
    return file


def _checked(text: str, version: VersionId, old: ReviewFile) -> str:
    """Return text after making sure that it can be read and holds every decision that stood before."""
    new = _parse(text, version)

    def decisions(file: ReviewFile) -> set[tuple[str, Review]]:
        return {(entry.words, entry.review) for entry in (*file.changes, *file.before) if entry.review}

    if missing := decisions(old) - decisions(new):
        raise AssertionError(f"a decision would be lost: {sorted(words for words, _ in missing)}")
    return text
