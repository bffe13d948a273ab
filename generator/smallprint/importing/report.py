"""What a person should know of an import: what was left out, which ids are doubtful, what to do next."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from smallprint.importing.ids import DOUBTFUL
from smallprint.reading.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.importing.draft import LeftOut

_WIDTH: Final = 100
"""How many characters of a text that was left out stand on a line; all of them are shown."""

_MOST_LINES: Final = 20
"""So many lines of unexplained words are shown; the rest is in a file."""
UNEXPLAINED: Final = ".unexplained.txt"
_UNEXPLAINED: Final = "These words of the source are neither in the version nor among what was left out:"


@dataclass(frozen=True, slots=True)
class NamedClause:
    """A clause of the new version, and whence its id is."""

    clause_id: str
    was: tuple[str, ...]
    title: str
    begins: str
    """Why a clause begins here, for people."""
    confidence: float
    """How sure the id is, from 0 to 1."""
    why: str
    guessed: tuple[str, ...] = ()
    """Ids of the version before whose clauses it may carry on; as no text of theirs is in it, `was` leaves them out."""


@dataclass(frozen=True)
class Report:
    """All that is to be said of an import."""

    left_out: tuple[LeftOut, ...]
    clauses: tuple[NamedClause, ...]
    """Those that got an id."""
    notes: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    """Visible words of the source that are neither in the version nor among what was left out."""

    @property
    def doubts(self) -> tuple[NamedClause, ...]:
        """The clauses whose ids a person should look at."""
        return tuple(clause for clause in self.clauses if clause.confidence < DOUBTFUL or clause.guessed)


@dataclass(frozen=True)
class Imported:
    """A version made of a source."""

    markdown: str
    """The whole file."""
    report: Report

    @property
    def doubts(self) -> tuple[NamedClause, ...]:
        """The clauses whose ids a person should look at."""
        return self.report.doubts


def report_in_text(report: Report, written: Sequence[str], steps: Sequence[str]) -> str:
    """Return a report for people.

    Args:
        report: what to tell.
        written: the files that were written.
        steps: what to do next.
    """
    parts = [
        "\n".join(_lines(f"Wrote {written[-1]}", [f"and {name}" for name in written[:-1]]) if written else []),
        f"{len(report.clauses)} clause{'' if len(report.clauses) == 1 else 's'} got an id.",
        "\n".join(report.notes),
        "\n".join(_left_out(report.left_out)),
        _unexplained(report.unexplained, next((name for name in written if name.endswith(UNEXPLAINED)), "")),
        "\n".join(_doubts(report.doubts)),
        "\n".join(_lines("Next:", steps)) if steps else "",
    ]
    return visible_lines("\n\n".join(part for part in parts if part))


def report_in_json(report: Report, written: Sequence[str], steps: Sequence[str]) -> str:
    """Return a report for programs."""
    record = {
        "schema": "smallprint/import/1",
        "written": list(written),
        "clauses": [asdict(clause) for clause in report.clauses],
        "doubtful": [clause.clause_id for clause in report.doubts],
        "left_out": [asdict(left) for left in report.left_out],
        "unexplained": list(report.unexplained),
        "notes": list(report.notes),
        "next": list(steps),
    }
    return json.dumps(record, indent=2, ensure_ascii=False)


def visible_lines(text: str) -> str:
    """Return text whose lines stay lines, with nothing in it that a terminal would not show."""
    return "\n".join(map(visible, text.split("\n")))


def _lines(head: str, lines: Sequence[str]) -> list[str]:
    return [head, *(f"  {line}" for line in lines)]


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Yield what was left out, by why; equal texts on one line."""
    if not left_out:
        return
    yield "Left out; a question mark is where a person should look:"
    alike: dict[tuple[str, str, bool], list[str]] = {}
    for left in sorted(left_out, key=lambda left: left.why):
        alike.setdefault((left.why, " ".join(left.text.split()), left.is_sure), []).append(left.place)
    for why, group in groupby(alike.items(), key=lambda entry: entry[0][0]):
        yield f"  {why}:"
        for (_, text, is_sure), places in group:
            many = f" ({len(places)} times)" if len(places) > 1 else ""
            place = f"  [{places[0]}]" if places[0] else ""
            shown = "\n      ".join(_wrapped(text))
            yield f"    {' ' if is_sure else '?'} {shown}{many}{place}"


def first_lines(words: Sequence[str]) -> tuple[list[str], int]:
    """Return the words that a report has room for, and how many there are beyond them."""
    lines = _wrapped(" ".join(words))
    if len(lines) <= _MOST_LINES:
        return list(words), 0
    count = sum(len(line.split()) for line in lines[:_MOST_LINES])
    shown = " ".join(lines[:_MOST_LINES]).split()
    kept = list(words[: len(shown)]) if all(" " not in word for word in words) else shown
    return kept, max(len(words) - count, 1)


def all_unexplained(report: Report) -> str:
    """Return all unexplained words as lines of a file, empty where the report itself has room for them."""
    _, more = first_lines(report.unexplained)
    return "\n".join([_UNEXPLAINED, "", *_wrapped(" ".join(report.unexplained)), ""]) if more else ""


def _unexplained(words: Sequence[str], file: str) -> str:
    if not words:
        return ""
    lines = _wrapped(" ".join(words))
    _, more = first_lines(words)
    if more:
        where = f"; all of them are in {file}" if file else ""
        lines = [*lines[:_MOST_LINES], f"… and {more} more{where}."]
    return "\n".join(_lines(_UNEXPLAINED, lines))


def _wrapped(text: str) -> list[str]:
    return wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _doubts(doubts: Sequence[NamedClause]) -> Iterator[str]:
    if not doubts:
        return
    yield "Look at these ids; correct them before the version is published, for then they stay:"
    for clause in doubts:
        title = f", “{clause.title}”" if clause.title else ""
        yield f"  {clause.confidence:.0%}  {doubt_in_text(clause)}{title}"


def doubt_in_text(clause: NamedClause) -> str:
    """Return an id that a person should look at, and the reason."""
    was = f" (was {', '.join(clause.was)})" if clause.was else ""
    guess = f"; perhaps it was {', '.join(clause.guessed)}, but no text of that is in it" if clause.guessed else ""
    return f"{clause.clause_id}{was}: {clause.why}{guess}"
