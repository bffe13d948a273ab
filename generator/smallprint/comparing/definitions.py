"""Terms that a text defines, and the clauses that a change to a definition reaches.

A definition is seen by its form: “Personal Data” means …, or a term in quotation marks in brackets behind what it
stands for: (the “Services”). Terms that are small words, such as “we” and “you”, are left alone: every clause has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.model import Clause, Comparison, Version
    from smallprint.text import Unit

_TERM: Final = r"[“\"„«]\s*(?P<{name}>[^“”\"„«»\n]{{2,60}}?)\s*[,.]?\s*[”\"“»]"
_VERBS: Final = (
    r"means?|shall\s+mean|refers?\s+to|includes?|shall\s+include|is\s+defined\s+as|has\s+the\s+meaning|have\s+the\s+meaning"
    r"|bedeutet|bezeichnet|bezeichnen|désigne|désignent|significa|indica|betekent"
)
_MEANS: Final = re.compile(rf"{_TERM.format(name='term')}(?:\s*\([^()]*\))?,?\s+(?:{_VERBS})\b", re.IGNORECASE)
_SHORT: Final = re.compile(r"\((?:[^()“\"„«]{0,60}\s)?" + _TERM.format(name="term") + r"[^()]{0,80}\)")
_FURTHER: Final = re.compile(_TERM.format(name="term"))
_SENTENCE_END: Final = re.compile(r"(?<=[.;!?。])\s+(?=[A-ZÄÖÜÀ-Þ“\"„«(\d])")

_found: dict[Unit, tuple[tuple[str, str], ...]] = {}
"""Unit → the terms that it defines and their definitions, for the life of the process."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term means, by the sentence that says so."""

    term: str
    text: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class ChangedDefinition:
    """A term whose definition differs between two versions."""

    term: str
    change: int
    """The number of the change that has the definition."""
    old: str
    new: str
    """Empty if the term is not defined any more."""
    used_in: tuple[Clause, ...]
    """The clauses of the new version that use the term, other than those that define it, in the order of the text."""


def definitions(version: Version) -> dict[str, Definition]:
    """Return the terms that a version defines, each as it is defined first."""
    found: dict[str, Definition] = {}
    for clause in version.clauses:
        for unit in clause.units:
            for term, text in _in_unit(unit):
                found.setdefault(term, Definition(term, text, clause))
    return found


def changed_definitions(comparison: Comparison) -> tuple[ChangedDefinition, ...]:
    """Return the terms whose definition differs, and where else they are used, in the order of the changes."""
    changed = comparison.differing
    if not changed:
        return ()
    olds, news = definitions(comparison.old), definitions(comparison.new)
    by_old = {clause.anchor: change.number for change in changed for clause in change.old}
    by_new = {clause.anchor: change.number for change in changed for clause in change.new}
    found = []
    for term, old in olds.items():
        new = news.get(term)
        if new and new.text == old.text:
            continue
        number = by_new.get(new.clause.anchor, 0) if new else by_old.get(old.clause.anchor, 0)
        used = tuple(_uses(term, comparison.new, new.clause if new else None)) if number else ()
        if used:
            found.append(ChangedDefinition(term, number, old.text, new.text if new else "", used))
    return tuple(sorted(found, key=lambda each: each.change))


def _uses(term: str, version: Version, but: Clause | None) -> Iterator[Clause]:
    words = r"\s+".join(map(re.escape, term.split()))
    pattern = re.compile(rf"(?<!\w){words}(?:s|es)?(?!\w)")
    for clause in version.clauses:
        if clause is not but and any(pattern.search(unit.plain) for unit in clause.units):
            yield clause


def _in_unit(unit: Unit) -> tuple[tuple[str, str], ...]:
    known = _found.get(unit)
    if known is None:
        known = _found[unit] = tuple(_read(unit.plain))
    return known


def _read(text: str) -> Iterator[tuple[str, str]]:
    """Yield the terms that a paragraph defines, each with the sentence that does."""
    if not any(sign in text for sign in '“"„«'):
        return
    for sentence in _SENTENCE_END.split(text):
        said = " ".join(sentence.split())
        for match in _MEANS.finditer(sentence):
            if _is_term(match["term"]):
                yield " ".join(match["term"].split()), said
        for match in _SHORT.finditer(sentence):
            for each in _FURTHER.finditer(match.group()):
                if _is_term(each["term"]):
                    yield " ".join(each["term"].split()), said


def _is_term(text: str) -> bool:
    """Tell whether a name can be looked for: it begins with a capital, or its script has none."""
    first = next((sign for sign in text if sign.isalpha()), "")
    return bool(first) and (first.isupper() or not first.islower()) and len(text.split()) <= 6  # noqa: PLR2004 - words
