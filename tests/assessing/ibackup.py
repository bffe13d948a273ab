"""What a careful reader wrote up of IBackup's versions, and how findings are held against it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from smallprint.assessing import assess
from smallprint.comparing import compare, lineage_between
from smallprint.judgement import Direction, Finding
from smallprint.reading.tree import read_tree

if TYPE_CHECKING:
    from smallprint.model import Comparison

_EXPECTED = Path(__file__).with_name("ibackup_expected.yml")
_CONTENT = Path(__file__).resolve().parents[2] / "content"


@dataclass(frozen=True)
class Expected:
    """One change of substance, or with the direction `neutral` one that is none."""

    direction: Direction
    material: bool
    rights: tuple[str, ...]
    old: str | None
    new: str | None
    why: str

    def is_met_by(self, finding: Finding) -> bool:
        """Tell whether a finding speaks of the same words."""
        return _overlap(self.old, finding.old_quote) or _overlap(self.new, finding.new_quote)


@dataclass(frozen=True)
class WriteUp:
    """All that was written of one pair of versions."""

    old: str
    new: str
    changes: tuple[Expected, ...]
    not_flagged: tuple[Expected, ...]


@cache
def write_ups() -> tuple[WriteUp, ...]:
    data = yaml.safe_load(_EXPECTED.read_text(encoding="utf-8"))
    return tuple(
        WriteUp(
            str(pair["old"]),
            str(pair["new"]),
            tuple(_expected(entry) for entry in pair["changes"]),
            tuple(_expected(entry) for entry in pair["not_flagged"]),
        )
        for pair in data
    )


@cache
def compared(old: str, new: str) -> Comparison:
    versions = read_tree(_CONTENT).policies[0].versions
    names = [version.version_id for version in versions]
    first, last = names.index(old), names.index(new)
    return compare(versions[first], versions[last], lineage_between(versions[first : last + 1]))


@cache
def findings(old: str, new: str) -> tuple[Finding, ...]:
    return tuple(finding for found in assess(compared(old, new)).values() for finding in found)


def _expected(entry: dict[str, object]) -> Expected:
    return Expected(
        Direction(entry.get("direction", "neutral")),
        bool(entry.get("material")),
        tuple(entry.get("rights", ())),
        entry["old_quote"],
        entry["new_quote"],
        str(entry["why"]),
    )


def _overlap(one: str | None, other: str | None) -> bool:
    return bool(one and other) and (one in other or other in one)
