"""Sections → clause ids: from their titles in words of the shared vocabulary, else as slugs of their own words.

An id names what a clause is about, and never the section it is in: sections move, and an id stays. There is a dot in it
only if the vocabulary says that a topic is a part of another one, as access is one of the rights.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.importing.raised import lowered_again
from smallprint.importing.structure import Begins
from smallprint.importing.titles import without_number
from smallprint.importing.vocabulary import load_topics, part_of, topic_of

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

    from smallprint.importing.structure import Section

DOUBTFUL: Final = 0.6
"""An id less sure than this is one for a person to look at."""
_SLUG_WORDS: Final = 5
_TERMS: Final = re.compile(r"\b(?:terms|conditions|agreement)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-\d+$")
_PRIVACY: Final = re.compile(r"\b(?:privacy|cookies?|data protection)\b", re.IGNORECASE)
# fmt: off
_SMALL: Final = frozenset((
    "a", "about", "also", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from",
    "has", "have", "how", "i", "if", "in", "is", "it", "its", "may", "my", "of", "on", "or", "our", "that",
    "the", "their", "there", "these", "they", "this", "those", "to", "us", "was", "we", "what", "when",
    "where", "which", "who", "why", "will", "with", "you", "your",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Proposal:
    """An id for a section."""

    clause_id: str
    confidence: float
    """From 0 to 1."""
    why: str
    """Whence it is, for people."""


def propose_ids(sections: Sequence[Section], taken: Collection[str] = frozenset()) -> tuple[Proposal, ...]:
    """Return an id for each section, no two alike.

    Args:
        sections: all sections of a text.
        taken: ids that none of them may get.
    """
    ids: dict[int, Proposal] = {}
    used = set(taken)
    for index in naming_order(sections):
        section = sections[index]
        around = ids[section.parent].clause_id if stands_within(section, sections) else ""
        ids[index] = first_free(ways(section, around), used)
        used.add(ids[index].clause_id)
    return tuple(ids[index] for index in range(len(sections)))


def naming_order(sections: Sequence[Section]) -> list[int]:
    """Return the positions of sections in the order they choose ids: first those with titles."""
    return sorted(range(len(sections)), key=lambda index: not (sections[index].title or sections[index].level))


def stands_within(section: Section, sections: Sequence[Section]) -> bool:
    """Tell whether a section is in another one that may say what it is a part of; the title of the text does not."""
    return section.parent >= 0 and sections[section.parent].begins is not Begins.TITLE


def slug(title: str) -> str:
    """Return the telling words of a title as an id, empty where it has none that an id can hold.

    >>> slug("3. How we use your Session Records")
    'use-session-records'
    """
    bare = lowered_again(without_number(title))
    ascii_title = unicodedata.normalize("NFKD", bare.replace("’", "'").replace("'s", "").replace("'", ""))
    ascii_title = "".join(char for char in ascii_title if not unicodedata.combining(char))
    words = re.findall(r"[a-z0-9]+", ascii_title.lower()) if _is_mostly_ascii(ascii_title) else []
    telling = [word for word in words if word not in _SMALL] or words
    while telling and telling[0][0].isdigit():
        telling = telling[1:]
    return "-".join(telling[:_SLUG_WORDS])


def _is_mostly_ascii(title: str) -> bool:
    letters = [char for char in title if char.isalpha()]
    return bool(letters) and sum(char.isascii() for char in letters) >= 0.8 * len(letters)


def ways(section: Section, around: str) -> list[Proposal]:
    """Return ids for a section, best first.

    Args:
        section: the section.
        around: the id of the section it is in, empty if that is the title. It decides only whether what the title names
            is a part of a topic or a topic of its own.
    """
    if section.begins is Begins.TITLE:
        is_terms = bool(_TERMS.search(section.title)) and not _PRIVACY.search(section.title)
        return [Proposal("terms" if is_terms else "policy", 1.0, "the title of the text")]
    if section.begins is Begins.LEAD:
        return [Proposal("", 1.0, "stands above the title")]
    if section.begins is Begins.OPENING:
        why = "what is said before the first heading"
        return [Proposal(name, 0.9, why) for name in ("introduction", "preamble", "opening")]
    if section.begins is Begins.TOPIC and section.topic:
        name = section.topic.replace("-", " ")
        return [Proposal(load_topics()[section.topic].full, 0.55, f"a paragraph on {name}")]
    whole = _NUMBER.sub("", around)
    topic, part = topic_of(section.title), part_of(section.title, whole)
    found: list[Proposal] = []
    is_part = False
    if part and (topic is None or topic.name == whole or topic.rank >= part.rank):
        is_part = True
        found.append(Proposal(f"{whole}.{part.name}", 0.95, f"words of the title, a part of “{whole}”"))
    if words := slug(section.title):
        found.append(Proposal(words, 0.75, "the title as a slug"))
    if topic and topic.full != whole:
        is_general = topic.rank > 1
        proposal = Proposal(topic.full, 0.85 if is_general else 0.95, "words of the title")
        # Within another clause “use” or “sharing” say less than the words of the title do.
        found.insert(len(found) if whole and is_general else int(is_part), proposal)
    return found or [Proposal("clause", 0.2, "nothing in the title makes an id")]


def first_free(proposals: Sequence[Proposal], taken: Container[str]) -> Proposal:
    """Return the best id that is not taken; where all are, one told apart by a number that is not the visible one."""
    for proposal in proposals:
        if proposal.clause_id not in taken or not proposal.clause_id:
            return proposal
    best = proposals[0]
    number = 2
    while (clause_id := f"{best.clause_id}-{number}") in taken:
        number += 1
    return Proposal(clause_id, min(best.confidence, 0.4), f"{best.why}; “{best.clause_id}” is taken")
