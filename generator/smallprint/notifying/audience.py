"""A recipients file → those who are to be told, one after the other, and how many are left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from smallprint.notifying.lines import BadLine
from smallprint.notifying.recipients import joined_after, read_recipients
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.notifying.recipient import Recipient

_LISTED: Final = 50
"""How many bad lines are told; the others are only counted."""
_LANGUAGES_KEPT: Final = 100


class Audience:
    """Those whom a notice is for; what is counted is so once it was gone through."""

    def __init__(
        self,
        path: Path,
        shown: str,
        *,
        published: dt.date,
        columns: frozenset[str],
        language_for: Callable[[str], str],
    ) -> None:
        """Take a file, and what is to be known of each recipient.

        Args:
            path: the recipients file.
            shown: what faults call it.
            published: the day on which the change was published; who joined later need not be told.
            columns: those that texts show; each recipient needs them, and no others are kept.
            language_for: gives the language of the text for the tag of a recipient.
        """
        self.joined_since = 0
        self.told = 0
        """How many are handed on; the very same address counts each time."""
        self.bad = 0
        self.faults: list[Fault] = []
        """The first of the bad lines."""
        self.elsewhere: Counter[str] = Counter()
        """How many asked for a language that there are no words in, by its tag."""
        self.file = read_recipients(path, shown)
        self._published, self._columns, self._language_for = published, columns, language_for

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """The first of the bad lines, and how many more there are."""
        more = self.bad - len(self.faults)
        if not more:
            return tuple(self.faults)
        what = f"{more:,} more of its lines cannot be read; the first {len(self.faults)} are told one by one."
        remedy = "Mend the export, or leave all of them out with --skip-bad."
        return (*self.faults, make_fault("SP703", self.file.shown, what, remedy))

    def __iter__(self) -> Iterator[Recipient]:
        """Yield those who are to be told.

        Raises:
            ContentError: The file as a whole cannot be read.
        """
        wanted = sorted(self._columns)
        for one in self.file:
            if isinstance(one, BadLine):
                self._note(one)
            elif missing := [name for name in wanted if name not in one.columns]:
                what = f"There is no `{missing[0]}`, which the template shows."
                self._note(BadLine(one.line, 0, what, f"Fill in `{missing[0]}`, or use a template that does without."))
            elif joined_after(one, self._published):
                self.joined_since += 1
            else:
                self._note_language(one.language)
                self.told += 1
                yield replace(one, columns={name: one.columns[name] for name in wanted}) if one.columns else one

    def _note(self, bad: BadLine) -> None:
        self.bad += 1
        if len(self.faults) < _LISTED:
            self.faults.append(bad.fault(self.file.shown))

    def _note_language(self, tag: str) -> None:
        if tag:
            language = tag.lower().partition("-")[0].partition("_")[0]
            if self._language_for(tag).lower().partition("-")[0] != language and (
                tag in self.elsewhere or len(self.elsewhere) < _LANGUAGES_KEPT
            ):
                self.elsewhere[tag] += 1
