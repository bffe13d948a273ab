"""What a person should know of an import: what was left out, which ids are doubtful, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallprint.importing.ids import DOUBTFUL

if TYPE_CHECKING:
    from smallprint.importing.draft import LeftOut


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


@dataclass(frozen=True)
class Report:
    """All that is to be said of an import."""

    left_out: tuple[LeftOut, ...]
    clauses: tuple[NamedClause, ...]
    notes: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    """Visible words of the source that are neither in the version nor among what was left out."""

    @property
    def doubts(self) -> tuple[NamedClause, ...]:
        """The clauses whose ids a person should look at."""
        return tuple(clause for clause in self.clauses if clause.confidence < DOUBTFUL)


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
