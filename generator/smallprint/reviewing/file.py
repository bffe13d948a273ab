"""The text of one review file → its entries and the decisions in them, or what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import Severity
from smallprint.reading.characters import check_text
from smallprint.reading.codes import make_fault
from smallprint.reading.fields import near_miss
from smallprint.reading.mapping import read_mapping
from smallprint.reviewing.entry import Flaw, RawEntry, read_entry
from smallprint.reviewing.fields import check_decision, flaw_at
from smallprint.reviewing.layout import BEFORE, CHANGES, Layout, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from smallprint.errors import Fault
    from smallprint.judgement import Review
    from smallprint.model import VersionId
    from smallprint.reviewing.layout import Piece

UNKNOWN_CLAUSE: Final = "SP514"
"""The one fault that `smallprint review` mends by itself: the words still hold, only the ids were changed."""
_HEAD_KEYS: Final = ("version",)
_MAX_FAULTY: Final = 20
"""So many broken entries are told of; behind them nobody looks on."""
_BREAKS_LINES: Final = frozenset({"SP103", "SP109"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a review file."""

    piece: Piece
    raw: RawEntry
    review: Review | None = None
    """The decision; none while it is open."""

    @property
    def words(self) -> str:
        """The digest of the words that it is bound to."""
        return self.raw.text("words")

    @property
    def clauses(self) -> str:
        """The ids of its clauses, for people."""
        return self.raw.text("clauses")


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """The review of one version."""

    version: VersionId
    text: str
    """The whole file, line ends as LF."""
    layout: Layout
    changes: tuple[Entry, ...]
    before: tuple[Entry, ...]
    """Decisions on words that no longer stand so; kept, and never applied."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry may name."""

    is_version_before: Callable[[str], bool]
    """Whether a name is that of a version before the one reviewed."""
    is_clause: Callable[[str, str], bool]
    """Whether a clause id stands in the version reviewed or in the old version named."""


ANYTHING: Final = Known(lambda _: True, lambda _, __: True)
"""Holds every name for known, in a file whose names were checked before."""


def parse_review(text: str, *, path: str, version: VersionId, known: Known) -> tuple[ReviewFile, list[Fault]]:
    """Read a review file.

    Args:
        text: the whole file, line ends as LF.
        path: the file as shown to readers.
        version: the version that the file is named after.
        known: what its entries may name.

    Returns:
        The file as far as it could be read, and the faults.
    """
    faults = check_text(text, path)
    if any(fault.code in _BREAKS_LINES for fault in faults):
        # Every line number below would be in doubt.
        return ReviewFile(version, text, Layout((), ()), (), ()), faults
    reader = _Reader(text, path, version, known)
    layout, misfits = lay_out(text)
    reader.read_head(layout)
    for misfit in misfits:
        reader.tell(Flaw("SP510", misfit.what, misfit.remedy, misfit.line, 1))
    sections = dict(layout.sections)
    changes, before = (
        reader.read_entries(sections[name].pieces if name in sections else (), is_kept=name == BEFORE)
        for name in (CHANGES, BEFORE)
    )
    return ReviewFile(version, text, layout, changes, before), faults + reader.faults


def is_broken(faults: Iterable[Fault]) -> bool:
    """Tell whether a file with these faults must not be written to."""
    return any(fault.severity is Severity.ERROR and fault.code != UNKNOWN_CLAUSE for fault in faults)


class _Reader:
    def __init__(self, text: str, path: str, version: VersionId, known: Known) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._path = path
        self._version = version
        self._known = known

    def tell(self, flaw: Flaw) -> None:
        """Note a flaw as a fault of the file."""
        line, column, width = flaw.line, flaw.column, flaw.width
        self.faults.append(
            make_fault(
                flaw.code, self._path, flaw.what, flaw.remedy, line=line, column=column, width=width, text=self._text
            )
        )

    def read_head(self, layout: Layout) -> None:
        """Check what stands above the entries."""
        for number, line in enumerate(layout.head, 1):
            if line.startswith(("---", "...", "%")):
                self.tell(Flaw("SP510", "This line has no place in a review.", "Delete it.", number, 1, len(line)))
        values, faults = read_mapping("\n".join(layout.head), self._path, whole=self._text)
        self.faults += faults
        for key, scalar in values.items():
            if scalar.key_column > 1:
                what = f"`{key}` does not stand at the margin."
                self.tell(
                    Flaw("SP510", what, "Delete the spaces before it.", scalar.key_line, 1, scalar.key_column - 1)
                )
            if key not in _HEAD_KEYS:
                what = f"`{key}` is no known key above the entries."
                near = near_miss(key, (*_HEAD_KEYS, CHANGES))
                remedy = f"Did you mean `{near}`?" if near else "Delete the line, or move it into an entry."
                self.tell(Flaw("SP511", what, remedy, scalar.key_line, scalar.key_column, len(key)))
        named = values.get("version")
        remedy = f"Write `version: {self._version}`."
        if named is None:
            if not faults:
                self.tell(Flaw("SP512", "The file does not say which version it reviews.", remedy, 1, 1))
        elif named.text.strip() != self._version:
            what = f"`version: {named.text}` is not the version that the file is named after."
            self.tell(Flaw("SP515", what, remedy, named.line, named.column, len(named.text)))

    def read_entries(self, pieces: tuple[Piece, ...], *, is_kept: bool) -> tuple[Entry, ...]:
        """Read the entries of one list; those that are only kept may name what is no longer there."""
        entries: list[Entry] = []
        seen: dict[str, int] = {}
        faulty = 0
        for piece in pieces:
            raw, flaws = read_entry(piece.lines, piece.first_line)
            review = None
            if not flaws:
                review, flaws = check_decision(raw, piece.first_line)
                flaws += [] if is_kept else self._check_names(raw, seen)
            entries.append(Entry(piece, raw, review))
            for flaw in flaws:
                self.tell(flaw)
            faulty += any(flaw.code != UNKNOWN_CLAUSE for flaw in flaws)
            if faulty >= _MAX_FAULTY:
                break
        return tuple(entries)

    def _check_names(self, raw: RawEntry, seen: dict[str, int]) -> list[Flaw]:
        """Check what an entry that counts is about."""
        flaws: list[Flaw] = []
        words, since = raw.text("words"), raw.text("since")
        if words in seen:
            what = f"There is an entry for these words already (on line {seen[words]})."
            flaws.append(flaw_at(raw, "words", "SP516", what, "Keep the one that is right."))
        elif words:
            seen[words] = raw.values["words"].line
        if since and not self._known.is_version_before(since):
            what = f"There is no version “{since}” before {self._version}."
            remedy = "Write the version that this one is compared with, such as the one before it."
            flaws.append(flaw_at(raw, "since", "SP515", what, remedy))
            return flaws
        for clause in raw.text("clauses").replace("->", ",").split(","):
            name = clause.strip()
            if name and not self._known.is_clause(name, since):
                what = f"There is no clause “{name}” in {self._version}" + (f" or {since}." if since else ".")
                remedy = "Write its id as it stands in the version, or let `smallprint review` write the line anew."
                flaws.append(flaw_at(raw, "clauses", UNKNOWN_CLAUSE, what, remedy))
        return flaws
