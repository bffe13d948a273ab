"""Whether a text reads as English, by how many of its words are common ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smallprint.errors import Fault
    from smallprint.model import Policy, Version
    from smallprint.text import Unit

_COMMON: Final = frozenset("the of to and in or we you your that this is are our for with not may by as".split())  # noqa: SIM905
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS: Final = 60
"""A shorter text says too little of its language."""
_ENGLISH_FROM: Final = 0.1
"""About every third word of English is one of the common ones; of other languages, one in a hundred."""


def count_common(unit: Unit) -> tuple[int, int]:
    """Return how many words a unit has, and how many of them are common in English."""
    words = [word.lower() for piece in unit.words for word in _WORD.findall(piece.text)]
    return len(words), sum(word in _COMMON for word in words)


def is_english(counts: Iterable[tuple[int, int]]) -> bool | None:
    """Tell by the counts of all units of a text whether it reads as English; None if it is too short to tell."""
    words = common = 0
    for one, other in counts:
        words += one
        common += other
    return None if words < _ENOUGH_WORDS else common >= _ENGLISH_FROM * words


def reads_as_english(version: Version) -> bool | None:
    """Tell whether a version reads as English; None if it is too short to tell."""
    return is_english(count_common(unit) for clause in version.clauses for unit in clause.units)


def other_language(version: Version, language: str) -> str:
    """Return how a version's language differs from that of its policy, as a part of a sentence; empty if it does not.

    Args:
        version: the version.
        language: the language of the policy, as policy.yml says it.
    """
    is_to_be = language.partition("-")[0].lower() == "en"
    reads = reads_as_english(version)
    if reads is None or reads is is_to_be:
        return ""
    return "reads as English" if reads else "does not read as English"


def check_languages(policies: Iterable[Policy]) -> Iterator[Fault]:
    """Yield a fault for each version that is in another language than its policy."""
    for policy in policies:
        for version in policy.versions:
            if how := other_language(version, policy.language):
                what = f"The text {how}, and the language of its policy is “{policy.language}”."
                remedy = (
                    "Write the language of the text into policy.yml (`language: de`), or put this version where it "
                    "belongs: a policy has one language."
                )
                yield make_fault("SP553", version.path, what, remedy, line=1, text=version.source)
