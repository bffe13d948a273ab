"""The text of one review file → its entries and the decisions in them, or what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import Severity
from smallprint.model import VersionId
from smallprint.reading.characters import check_text
from smallprint.reading.codes import make_fault
from smallprint.reading.fields import near_miss
from smallprint.reading.mapping import read_mapping
from smallprint.reviewing.entry import Flaw, read_entry, rules_of
from smallprint.reviewing.fields import check_decision, flaw_at
from smallprint.reviewing.layout import CHANGES, Layout, lay_out
from smallprint.reviewing.questions import anchors_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.errors import Fault
    from smallprint.judgement import Review
    from smallprint.model import Policy
    from smallprint.reading.nodes import Node
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
    node: Node
    """Its values; of a broken one as far as they could be read."""
    review: Review | None = None
    """The decision; none while it is open."""

    @property
    def words(self) -> str:
        """The digest of the words that it is bound to."""
        return self.node.text("words")

    @property
    def clauses(self) -> str:
        """The ids of its clauses, for people."""
        return self.node.text("clauses")

    @property
    def rules(self) -> list[str]:
        """What the rules said when it was written, a text for each finding."""
        return rules_of(self.node)


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


class Names:
    """What the entries of a policy's reviews may name: its versions, and the clauses in them."""

    def __init__(self, policy: Policy) -> None:
        """Begin with the clauses of no version gathered."""
        self.versions = {version.version_id: version for version in policy.versions}
        self.positions = {version_id: position for position, version_id in enumerate(self.versions)}
        self._anchors: dict[VersionId, frozenset[str]] = {}

    def is_before(self, name: VersionId, new: VersionId) -> bool:
        """Tell whether a name is that of a version before another one."""
        return name in self.positions and self.positions[name] < self.positions[new]

    def has_clause(self, version: VersionId, clause: str) -> bool:
        """Tell whether a clause id stands in a version."""
        if version not in self._anchors:
            self._anchors[version] = anchors_of(self.versions[version]) if version in self.versions else frozenset()
        return clause in self._anchors[version]


def parse_review(
    text: str, version: VersionId, *, path: str = "", names: Names | None = None
) -> tuple[ReviewFile, list[Fault]]:
    """Read a review file.

    Args:
        text: the whole file, line ends as LF.
        version: the version that the file is named after.
        path: the file as shown to readers.
        names: what its entries may name; anything, where that was checked before.

    Returns:
        The file as far as it could be read, and the faults.
    """
    faults = check_text(text, path)
    if any(fault.code in _BREAKS_LINES for fault in faults):
        # Every line number below would be in doubt.
        return ReviewFile(version, text, Layout(), (), ()), faults
    reader = _Reader(text, path, version, names)
    layout, misfits = lay_out(text)
    reader.read_head(layout)
    for misfit in misfits:
        reader.tell(Flaw("SP510", misfit.what, misfit.remedy, misfit.line, 1))
    changes = reader.read_entries(layout.changes.pieces, are_kept=False)
    before = reader.read_entries(layout.before.pieces if layout.before else (), are_kept=True)
    return ReviewFile(version, text, layout, changes, before), faults + reader.faults


def is_broken(faults: Iterable[Fault]) -> bool:
    """Tell whether a file with these faults must not be written to."""
    return any(fault.severity is Severity.ERROR and fault.code != UNKNOWN_CLAUSE for fault in faults)


class _Reader:
    def __init__(self, text: str, path: str, version: VersionId, names: Names | None) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._path = path
        self._version = version
        self._names = names

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

    def read_entries(self, pieces: tuple[Piece, ...], *, are_kept: bool) -> tuple[Entry, ...]:
        """Read the entries of one list; those that are only kept may name what is no longer there."""
        entries: list[Entry] = []
        seen: dict[str, int] = {}
        faulty = 0
        for piece in pieces:
            node, flaws = read_entry(piece.lines, piece.first_line)
            review = None
            if not flaws:
                review, flaws = check_decision(node)
                flaws += [] if are_kept else self._check_names(node, seen)
            entries.append(Entry(piece, node, review))
            for flaw in flaws:
                self.tell(flaw)
            faulty += any(flaw.code != UNKNOWN_CLAUSE for flaw in flaws)
            if faulty >= _MAX_FAULTY:
                break
        return tuple(entries)

    def _check_names(self, entry: Node, seen: dict[str, int]) -> list[Flaw]:
        """Check what an entry that counts is about."""
        flaws: list[Flaw] = []
        words, since = entry.text("words"), VersionId(entry.text("since"))
        if words in seen:
            what = f"There is an entry for these words already (on line {seen[words]})."
            flaws.append(flaw_at(entry, "words", "SP516", what, "Keep the one that is right."))
        elif words:
            seen[words] = entry.fields["words"].line
        if self._names is None:
            return flaws
        if since and not self._names.is_before(since, self._version):
            what = f"There is no version “{since}” before {self._version}."
            remedy = "Write the version that this one is compared with, such as the one before it."
            return [*flaws, flaw_at(entry, "since", "SP515", what, remedy)]
        for name in named_clauses(entry.text("clauses")):
            if not any(self._names.has_clause(version, name) for version in (self._version, since)):
                what = f"There is no clause “{name}” in {self._version}" + (f" or {since}." if since else ".")
                remedy = "Write its id as it stands in the version, or let `smallprint review` write the line anew."
                flaws.append(flaw_at(entry, "clauses", UNKNOWN_CLAUSE, what, remedy))
        return flaws


def named_clauses(text: str) -> list[str]:
    """Return the ids in a line such as `collection, use -> collection`."""
    return [name for part in text.replace("->", ",").split(",") if (name := part.strip())]
