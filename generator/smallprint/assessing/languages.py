"""Versions in a language that there are no rules for: what differs in them is for a person to judge."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from smallprint.judgement import Direction, Finding, Right
from smallprint.model import ChangeKind, Op
from smallprint.reading.languages import count_common, is_english
from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.model import Change, Comparison, Version
    from smallprint.text import Unit

RULE: Final = "language-without-rules"
_SOURCE: Final = "smallprint has rules for English only"


def unread_language(comparison: Comparison) -> str:
    """Return the language that there are no rules for, as its tag or as “not English”; empty where there are rules."""
    for version in (comparison.new, comparison.old):
        tag = version.language.partition("-")[0].lower()
        if tag != "en":
            return tag
        if not _is_english(version):
            return "not English"
    return ""


def unclear_changes(comparison: Comparison, language: str) -> Iterator[tuple[int, Finding]]:
    """Yield a finding for each change of substance, with the first words of each side that differ as quotes."""
    for change in comparison.differing:
        is_number = change.kind is ChangeKind.RENUMBERED and not change.also
        if not is_number and (quotes := _quotes(change)):
            name = language if " " in language else f"the language “{language}”"
            reason = f"There are no rules for text in {name}, so a person must judge what this change does."
            if language == "not English":
                reason = "The text does not read as English, and there are no rules for others, so a person must judge."
            old, new = quotes
            yield change.number, Finding(
                RULE, Direction.UNCLEAR, material=False, rights=(Right.OTHER,), reason=reason, source=_SOURCE,
                old_quote=old, new_quote=new,
            )  # fmt: skip


def _is_english(version: Version) -> bool:
    return is_english(_counted(unit) for clause in version.clauses for unit in clause.units) is not False


@cache
def _counted(unit: Unit) -> tuple[int, int]:
    """Count the words of a unit once: versions share most units."""
    return count_common(unit)


def _quotes(change: Change) -> tuple[str | None, str | None] | None:
    for row in change.rows:
        if not row.moved and any(span.op is not Op.KEEP for span in row.spans):
            if [unit.plain for unit in row.old] == [unit.plain for unit in row.new]:
                continue  # the words are the same, in another form
            old, new = _first(row.old), _first(row.new)
            if old or new:
                return old, new
    return None


def _first(units: tuple[Unit, ...]) -> str | None:
    return next((text for unit in units if (text := plain_text(unit.words).strip())), None)
