"""The nouns: what a policy is made of, and what a comparison of two versions is made of.

Everything here is frozen and knows nothing of files, Markdown or HTML. A policy has versions, a version has clauses, a
clause has blocks of text (`smallprint.text`). Two sides of a comparison are always `old` and `new`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, NewType

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from smallprint.text import Block, Unit

ClauseId = NewType("ClauseId", str)
"""A clause id that has been checked: lower case, words joined by `-`, levels by `.`."""
VersionId = NewType("VersionId", str)
"""The name of a version within its policy: its date, `2020-02-10`."""

CHANNELS: Final = ("email", "post", "banner", "website", "app")
"""The ways in which users may be told of a version."""
DIRECT_CHANNELS: Final = frozenset({"email", "post"})
"""Those that reach people who do not come by themselves."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a clause promises to do before a change takes effect that reduces the rights of readers materially."""

    kind: str = "notice"
    days: int | None = None
    """How many days before that day users are told; none where the clause does not say."""
    by: str = ""
    """In which of `CHANNELS` they are told; empty where the clause does not say."""


@dataclass(frozen=True)
class Clause:
    """A stretch of a version that is compared, linked to and decided on as one."""

    clause_id: ClauseId | None
    """Given by people; none in text without ids."""
    anchor: str
    """The `id` of its element in a page: the clause id, or one made from its title where it has none."""
    title: str
    """Its heading or run-in head as plain text, else its first words."""
    level: int
    """1 to 6: its heading's level; a clause without a heading of its own is one below the heading it stands under."""
    path: tuple[str, ...]
    """The titles of the clauses it stands in, outermost first."""
    parent: int
    """The position in its version of the clause it stands in, -1 where none."""
    blocks: tuple[Block, ...]
    first_line: int
    """The first line of its text in the source, from 1."""
    last_line: int
    was: tuple[ClauseId, ...] = ()
    """The ids of the version before whose text it carries on."""
    promise: Promise | None = None
    """What it promises before changes; nobody sees the mark that says so, readers see the words of the clause."""
    rows_key: str = ""
    """The column that names the rows of its table, a set; its title as `smallprint.table.slug` gives it."""

    @cached_property
    def key(self) -> str:
        """Equal keys mean that two clauses look the same."""
        return "\n".join(block.key for block in self.blocks if block.units)

    @cached_property
    def body_key(self) -> str:
        """The same of all but its first block."""
        return "\n".join(block.key for block in self.blocks[1:] if block.units)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of all its blocks in reading order."""
        return tuple(unit for block in self.blocks for unit in block.units)

    @cached_property
    def has_heading(self) -> bool:
        """Whether its first block is a heading or serves as one."""
        return bool(self.blocks) and self.blocks[0].is_title


@dataclass(frozen=True)
class Version:
    """One text of a policy, as it was in force from a day on."""

    version_id: VersionId
    title: str
    effective: dt.date | None
    """In force from this day; none for a file that does not say."""
    clauses: tuple[Clause, ...]
    published: dt.date | None = None
    """First shown to the public."""
    notified: dt.date | None = None
    """Users were told of it, or are to be; none where nobody was."""
    notified_by: str = ""
    """In which of `CHANNELS` they were told; empty where the file does not say."""
    source_url: str = ""
    """Where an imported text was taken from."""
    path: str = ""
    """The file it was read from."""
    source: str = field(default="", repr=False)
    """The whole file as text, line ends as `\\n`."""
    digest: str = ""
    """SHA-256 of the file's bytes, in hex."""
    language: str = "en"
    own_title: str = ""
    """The title that its front matter states; empty if it states none."""

    @cached_property
    def has_ids(self) -> bool:
        """Whether people gave ids to its clauses."""
        return any(clause.clause_id for clause in self.clauses)

    @cached_property
    def promising(self) -> Clause | None:
        """The clause that promises something before changes; a version has one at most."""
        return next((clause for clause in self.clauses if clause.promise), None)


@dataclass(frozen=True)
class Policy:
    """One policy with all its versions, oldest first."""

    slug: str
    title: str
    versions: tuple[Version, ...]
    publisher: str = ""
    product: str = ""
    about: str = ""
    language: str = "en"
    judged_by: str = ""
    """Who judges its changes, and from what; empty where policy.yml does not say."""

    def in_force(self, day: dt.date) -> Version | None:
        """Return the version in force on `day`: the one with the latest effective date not after it."""
        past = [version for version in self.versions if version.effective and version.effective <= day]
        return past[-1] if past else None


class ChangeKind(StrEnum):
    """What happened to a clause; the value is the word shown."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    RETITLED = "retitled"
    """Only the title differs."""
    RENUMBERED = "renumbered"
    """Only the visible number before the title differs."""
    MOVED = "moved"
    """Stands elsewhere among the clauses, or under another clause."""
    SPLIT = "split"
    """One old clause, several new ones."""
    MERGED = "merged"
    """Several old clauses, one new one."""
    ADDED = "added"
    REMOVED = "removed"


class Op(StrEnum):
    """What an edit does with its text."""

    KEEP = "keep"
    INSERT = "insert"
    DELETE = "delete"


class Span(NamedTuple):
    """A run of words on either side: the old words `[old_start:old_end]` against the new ones `[new_start:new_end]`."""

    op: Op
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    moved: int = 0
    """Not 0: the words of this deletion or insertion are elsewhere on the other side too, in the spans of the other
    kind that have the same number: text that moved."""
    is_reformatted: bool = False
    """Whether the words of this deletion or insertion are those of the insertion or deletion beside it, in another
    formatting."""


class CellPair(NamedTuple):
    """Cells of two table rows that stand beside each other, by position; -1 where one side has none."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Row:
    """Units of the old side beside the units of the new side that carry them on, and the words that differ.

    One old and one new unit as a rule; several where a paragraph was split or joined; none on a side where units were
    added or removed as a whole. The words of the units of a side are counted through, with one for each boundary
    between two units.
    """

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    spans: tuple[Span, ...]
    continues: bool = False
    """Whether the first old unit goes on from the row before: it was divided between two clauses."""
    cells: tuple[CellPair, ...] = ()
    """Two table rows: which cell stands by which."""

    @property
    def moved(self) -> int:
        """The number of its span, if it is on one side only and moved as a whole; else 0."""
        is_whole = len(self.spans) == 1 and not (self.old and self.new)
        return self.spans[0].moved if is_whole else 0


class CellChange(NamedTuple):
    """A cell of a row that is known by its key, as plain text; empty on the side that has none."""

    title: str
    """Of its column."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """How one row of a table differs, if the rows of the table are a set (`Clause.rows_key`)."""

    kind: ChangeKind
    """`ADDED`, `REMOVED` or `REWORDED`."""
    key: str
    """The cell that names the row, as it reads now, or read last."""
    cells: tuple[CellChange, ...]
    """The cells that differ; of a row that came or went all that have words, less its key."""


@dataclass(frozen=True, slots=True)
class TableChange:
    """How a table differs whose rows are a set, whatever their order."""

    rows: tuple[RowChange, ...]
    """Those added, those that differ, those removed."""
    added_columns: tuple[str, ...]
    """Their titles."""
    removed_columns: tuple[str, ...]
    is_sorted: bool
    """Whether rows that both sides have are in another order now."""


@dataclass(frozen=True)
class Change:
    """What became of one clause, or of clauses that were split or merged together."""

    number: int
    """From 1, in reading order."""
    kind: ChangeKind
    also: tuple[ChangeKind, ...]
    """Further kinds that hold, such as `reworded` for a clause that also moved."""
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    rows: tuple[Row, ...] = field(repr=False)
    """Empty for unchanged clauses."""

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing at all differs."""
        return self.kind is ChangeKind.UNCHANGED


@dataclass(frozen=True)
class Comparison:
    """All that differs between two versions; every clause of both sides is in exactly one change."""

    old: Version
    new: Version
    changes: tuple[Change, ...]

    @cached_property
    def anchors(self) -> Mapping[int, str]:
        """The `id` of the element of each change in a redline page, by its number: that of its first clause.

        Two changes of texts without ids may name theirs alike; then the one that is removed goes by another.
        """
        taken = {clause.anchor for clause in self.new.clauses}
        found = {change.number: change.new[0].anchor for change in self.changes if change.new}
        for change in self.changes:
            if not change.new:
                anchor = change.old[0].anchor
                found[change.number] = f"{anchor}_removed" if anchor in taken else anchor
        return found

    def anchor_of(self, change: Change) -> str:
        """Return the `id` of the element of a change in a redline page: a clause id, where there are clause ids."""
        return self.anchors[change.number]

    @cached_property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind, kinds without any left out."""
        counts = dict.fromkeys(ChangeKind, 0)
        for change in self.changes:
            counts[change.kind] += 1
        return {kind: count for kind, count in counts.items() if count}

    @property
    def is_retitled(self) -> bool:
        """Whether the front matter of the two versions states another title."""
        return bool(self.old.own_title or self.new.own_title) and self.old.title != self.new.title

    @cached_property
    def differing(self) -> tuple[Change, ...]:
        """The changes other than unchanged ones."""
        return tuple(change for change in self.changes if not change.is_unchanged)
