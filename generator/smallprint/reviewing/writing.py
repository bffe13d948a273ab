"""What the rules found and a review file as it stands → the file with an entry for everything that a person decides.

What a person decided or wrote is kept to the letter. Before new text is handed out it is read again: a decision that
would not come out as it went in is a bug, and nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.errors import UsageError
from smallprint.reviewing.binding import bound_anew, hashes_of_today
from smallprint.reviewing.edit import has_comments, key_lines, with_values
from smallprint.reviewing.entry import RULES
from smallprint.reviewing.fields import DECISION, rule_line
from smallprint.reviewing.file import is_broken, named_clauses, parse_review
from smallprint.reviewing.layout import BEFORE, CHANGES, Piece, Section
from smallprint.reviewing.legacy import legacy_words_digest
from smallprint.reviewing.questions import anchors_of
from smallprint.whole_file import put_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from smallprint.model import VersionId
    from smallprint.reviewing.file import Entry, ReviewFile
    from smallprint.reviewing.layout import Layout
    from smallprint.reviewing.questions import Question

_HEAD: Final = """\
# Counsel's review: each entry is a change that a person decides on. Fill in:
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
# `smallprint review` writes the other lines, and adds what is missing.

version: {version}
{changes}:
"""
_BEFORE_NOTE: Final = "# Decided on words that have been edited since: kept for the record, and no longer applied."
"""Stands above the list of such decisions."""


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
    bound: tuple[Entry, ...] = ()
    """The decisions that were bound by the older form of the hash, and are bound by that of today now."""
    unproven: tuple[Entry, ...] = ()
    """The decisions bound by the older form of which nothing says that they are on the text as it is now: what they are
    on is open."""

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """What is open and has no decision that a person may keep."""
        kept = {entry.words for entry in self.unproven}
        return tuple(one for one in self.open if not kept or legacy_words_digest(one.change) not in kept)


def complete(  # noqa: PLR0913 - all but two go by name
    file: ReviewFile | None,
    questions: Mapping[str, Question],
    *,
    version: VersionId,
    is_decided_elsewhere: Callable[[str], bool] = lambda _: False,
    added: AbstractSet[str] = frozenset(),
    binds_older: bool = False,
) -> Completed:
    """Bring a review up to date with what the rules find now.

    Args:
        file: the file as it stands, whole; none where there is none yet.
        questions: all changes of the version by the digest of their words, in reading order.
        version: the version reviewed.
        is_decided_elsewhere: whether the review of another version decides on the words with a digest.
        added: digests of words to ask about although no rule found anything.
        binds_older: whether decisions bound by the older form of the hash are on the text as it is now: it is past
            deciding on, or a person has said so. If not, they stay as they are, and what they are on stays open.
    """
    old = file or _parse(_HEAD.format(version=version, changes=CHANGES), version)
    today = hashes_of_today(old, questions)
    # An open entry decides nothing, so it takes no proof.
    bound = {
        one.words: today[one.words] for one in old.changes if one.words in today and (binds_older or not one.review)
    }
    old = _checked(bound_anew(old, bound), old, bound) if bound else old
    unproven = {entry.words: today[entry.words] for entry in old.changes if entry.words in today}
    wanted = [
        words
        for words, question in questions.items()
        if (question.is_needed or words in added) and not is_decided_elsewhere(words)
    ]
    decided = {entry.words for entry in old.changes if entry.review}
    again = [entry for entry in old.before if entry.review and entry.words in questions and entry.words not in decided]
    back = {entry.words for entry in again}
    kept: dict[str, Piece] = {}
    aside: list[Entry] = []
    for entry in old.changes:
        # What somebody asked about with --add stays, though no rule found anything in it.
        is_asked = entry.words in wanted or not (entry.rules or is_decided_elsewhere(entry.words))
        if entry.words in unproven:
            kept[unproven[entry.words]] = entry.piece
        elif entry.words in questions and (entry.review or is_asked) and entry.words not in back:
            kept[entry.words] = _refreshed(entry, questions[entry.words])
        elif entry.review or (has_comments(entry) and entry.words not in back):
            aside.append(entry)
    pieces = {entry.words: _refreshed(entry, questions[entry.words]) for entry in again}
    pieces |= {
        words: _new_piece(questions[words], old.layout.indent) for words in wanted if words not in {*kept, *pieces}
    }
    for words, piece in pieces.items():
        kept = _with(kept, words, piece, list(questions))
    if not file and not kept:
        return Completed("", (), (), (), ())
    stays = [entry.piece for entry in old.before if entry not in again]
    new = _checked(_laid_out(old.layout, list(kept.values()), stays, [entry.piece for entry in aside]), old)
    return Completed(
        new.text,
        tuple(
            questions[unproven.get(entry.words, entry.words)]
            for entry in new.changes
            if not entry.review or entry.words in unproven
        ),
        tuple(entry for entry in new.changes if entry.review and entry.words not in unproven),
        tuple(entry for entry in aside if entry.review),
        tuple(again),
        tuple(entry for entry in new.changes if entry.review and entry.words in bound.values()),
        tuple(entry for entry in new.changes if entry.words in unproven),
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
    is_open = [entry.words == words and not entry.review for entry in file.changes]
    if not any(is_open):
        raise UsageError(
            f"The review of {file.version} was changed meanwhile. Nothing was lost; run the command again."
        )
    given = {key: values[key] for key in DECISION if key in values}
    pieces = (
        with_values(entry, given) if is_it else entry.piece for entry, is_it in zip(file.changes, is_open, strict=True)
    )
    changes = replace(file.layout.changes, pieces=tuple(pieces))
    return _checked(replace(file.layout, changes=changes), file).text


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
    try:
        target.parent.mkdir(exist_ok=True)
        if _text_now(target) != before:
            raise UsageError(f"{path.as_posix()} was changed meanwhile. It was left as it is; run the command again.")
        put_whole(target, text.encode())
    except OSError as error:
        raise UsageError(f"{path.as_posix()} cannot be written: {error.strerror}.") from error


def _text_now(path: Path) -> str | None:
    if not path.exists():
        return None
    return path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n")


def _refreshed(entry: Entry, question: Question) -> Piece:
    """Return the lines of an entry with what the rules say now, if it is open, and with ids that are there."""
    values: dict[str, str | list[str]] = {}
    comparison = question.comparison
    if set(named_clauses(entry.clauses)) - anchors_of(comparison.old) - anchors_of(comparison.new):
        values = {"clauses": question.clauses, "since": comparison.old.version_id}
    rules = [rule_line(finding) for finding in question.findings]
    if entry.review is None and rules != entry.rules:
        values[RULES] = rules
    return with_values(entry, values) if values else entry.piece


def _new_piece(question: Question, indent: int) -> Piece:
    values: dict[str, str | list[str]] = {
        "clauses": question.clauses,
        "since": question.comparison.old.version_id,
        "words": question.words,
        RULES: [rule_line(finding) for finding in question.findings],
        **dict.fromkeys(DECISION, ""),
    }
    first, *lines = [line for key, value in values.items() for line in key_lines(key, value, indent + 2)]
    return Piece((), (f"{' ' * indent}- {first.lstrip(' ')}", *lines))


def _with(kept: Mapping[str, Piece], words: str, piece: Piece, order: Sequence[str]) -> dict[str, Piece]:
    """Return entries with one more, behind that of the nearest change before it in reading order."""
    names = list(kept)
    earlier = reversed(order[: order.index(words)])
    at = next((names.index(other) + 1 for other in earlier if other in kept), 0)
    items = list(kept.items())
    return dict([*items[:at], (words, piece), *items[at:]])


def _laid_out(layout: Layout, kept: Sequence[Piece], stays: Sequence[Piece], aside: Sequence[Piece]) -> Layout:
    """Put the entries back into a file."""
    tail = [line for line in layout.changes.tail if line != _BEFORE_NOTE]
    while tail and not tail[-1].strip(" "):
        tail.pop()
    before = layout.before or Section(f"{BEFORE}:")
    before = replace(before, pieces=(*stays, *aside))
    is_shown = before.pieces or any(line.strip(" ") for line in before.tail)
    if is_shown:
        tail += ["", _BEFORE_NOTE]
    changes = replace(layout.changes, pieces=tuple(kept), tail=tuple(tail))
    return replace(layout, changes=changes, before=before if is_shown else None)


def _parse(text: str, version: VersionId) -> ReviewFile:
    file, faults = parse_review(text, version)
    if is_broken(faults):
        raise AssertionError("; ".join(map(str, faults)))
    return file


_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def _checked(layout: Layout, old: ReviewFile, bound: Mapping[str, str] = _NOTHING) -> ReviewFile:
    """Return a file after making sure that it can be read and holds every decision that was there before.

    Args:
        layout: the file.
        old: the file as it was.
        bound: what was written in the place of older hashes.
    """
    new = _parse(layout.text, old.version)
    before, now = (
        {(bound.get(entry.words, entry.words), entry.review) for entry in (*file.changes, *file.before) if entry.review}
        for file in (old, new)
    )
    if missing := before - now:
        raise AssertionError(f"a decision would be lost: {sorted(words for words, _ in missing)}")
    return new
