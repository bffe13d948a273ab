"""References of a text to its own numbers: “see Section 9” where nothing has the number, or another clause than before.

Numbers are read where readers see them: in titles, at the beginning of paragraphs and before the items of lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.comparing.titles import KINDS, counter_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smallprint.model import Clause, Version
    from smallprint.text import Unit

_NUMBER: Final = r"\d+(?:\.\d+)*|[IVXLC]{1,6}(?![\w.])"
_NOT_A_REFERENCE: Final = frozenset(
    {"ek", "bod", "del", "deel", "part", "parte", "title", "titre", "item", "point", "ch"}
)
"""Words that are found before numbers for other reasons."""
_WORDS: Final = "|".join(word for word in KINDS.split("|") if word not in _NOT_A_REFERENCE)
_REFERENCE: Final = re.compile(
    rf"(?<![\w-])(?P<kind>(?:{_WORDS})(?:s|e|n|en|i|es)?\b\.?|§{{1,2}})\s*(?:no\.\s*)?(?P<number>(?-i:{_NUMBER}))(?!\w)"
    rf"|(?P<cjk>第\s*\d+\s*[条條章节節])",
    re.IGNORECASE,
)
_OF_OTHERS: Final = re.compile(
    r"(?:\s*\([^()]{1,4}\))*\s*(?:,?\s*(?:of|in|under|der|des|du|de|del|della|do|da|van|av|zákona|ustawy|kodeksu)\b"
    r"(?!\s+(?:this|these|our|diese[rs]?|cette|ce|ces|este|esta|estas|questa|queste|deze)\b)"
    r"|(?:(?:Abs|Satz|lit|para|al)\b[^A-Z]{0,20})?\s*[A-ZÄÖÜ][\w-]*[A-ZÄÖÜ]\b)"
)
"""What follows a reference to another text: “Section 230 of the Act”, “Art. 6 GDPR”."""
_BEFORE_OTHERS: Final = re.compile(r"(?:Act|Code|Law|GDPR|DSGVO|Regulation|Directive|U\.S\.C\.|U\.K\.)[,’']*\s*\(?$")
_NUMBERED: Final = re.compile(r"\d{1,3}(?:\.\d{1,3})+[.):]?\s|\d{1,3}[.)]\s|§\s*\d")
"""How a numbered paragraph begins; “30 days” is none."""
_TITLED: Final = 2
"""A text has numbers of its own where so many titles or paragraphs have one."""

_found: dict[Unit, tuple[tuple[str, str], ...]] = {}
"""Unit → its references, for the life of the process: versions share most of their units."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference that needs a look."""

    clause: Clause
    """The clause that has it."""
    text: str
    """`Section 9`."""
    named: Clause | None
    """What has the number now; None if nothing has it."""
    before: Clause | None = None
    """What had it in the version before, if that is another clause."""
    number_now: str = ""
    """The number that this clause has now; empty if it is gone or has none."""


def doubtful_references(old: Version | None, new: Version) -> Iterator[Reference]:
    """Yield the references of a version to numbers that nothing has, or that named another clause in the one before.

    A reference that led nowhere in the version before already is not told again.

    Args:
        old: the version before; None for the first.
        new: the version.
    """
    numbers = _numbers(new)
    if not numbers:
        return
    before = _numbers(old) if old else {}
    known = {(clause.anchor, text) for clause in (old.clauses if old else ()) for text, _ in _references(clause)}
    for clause in new.clauses:
        names = (clause.anchor, *clause.was)
        for text, number in _references(clause):
            was_there = any((name, text) in known for name in names)
            named, earlier = numbers.get(number), before.get(number)
            if named is None and not (was_there and before and earlier is None):
                yield Reference(clause, text, None, earlier, _number_of(earlier, numbers))
            elif named and earlier and was_there and not _is_same(earlier, named):
                yield Reference(clause, text, named, earlier, _number_of(earlier, numbers))


def _is_same(old: Clause, new: Clause) -> bool:
    return old.anchor == new.anchor or old.anchor in new.was


def _number_of(old: Clause | None, numbers: Mapping[str, Clause]) -> str:
    """Return the number that a clause of the version before has now."""
    return next((number for number, clause in numbers.items() if old and _is_same(old, clause)), "")


def _references(clause: Clause) -> Iterator[tuple[str, str]]:
    """Yield the references in a clause to the text itself, each with its number."""
    for unit in clause.units[1 if clause.has_heading else 0 :]:
        known = _found.get(unit)
        if known is None:
            known = _found[unit] = tuple(_in_unit(unit.plain))
        yield from known


def _in_unit(text: str) -> Iterator[tuple[str, str]]:
    for match in _REFERENCE.finditer(text):
        # What begins a paragraph is its own number.
        is_own = not text[: match.start()].strip()
        if not is_own and not _OF_OTHERS.match(text, match.end()) and not _BEFORE_OTHERS.search(text[: match.start()]):
            number = match["number"] or re.sub(r"\D", "", match["cjk"])
            yield match.group(), number


def _numbers(version: Version) -> dict[str, Clause]:
    """Return the clauses of a version by the numbers that readers see, if its titles or paragraphs are numbered."""
    found: dict[str, Clause] = {}
    listed: dict[str, Clause] = {}
    for clause in version.clauses:
        own = counter_of(clause.title)
        if own:
            found.setdefault(own, clause)
        for unit in clause.units[1 if clause.has_heading else 0 :]:
            if number := counter_of(unit.plain) if _NUMBERED.match(unit.plain) else "":
                found.setdefault(number, clause)
                if own and not number.startswith(f"{own}."):
                    listed.setdefault(f"{own}.{number}", clause)
            items = [str(container.number) for container in unit.path if container.kind == "li" and container.number]
            if items:
                item = ".".join(items)
                listed.setdefault(f"{own}.{item}" if own else item, clause)
                listed.setdefault(item, clause)
    return {**listed, **found} if len(found) >= _TITLED else {}
