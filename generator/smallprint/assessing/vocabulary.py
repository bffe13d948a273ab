"""The words that tell what a sentence is about, as data: facet → term → patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from smallprint.judgement import Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PERHAPS: Final = r"[\s\u00a0-]*"
"""A space that may be left out: `off ?site` finds “offsite”, “off-site” and “off site”."""
_FILE: Final = Path(__file__).with_name("vocabulary.yml")

_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "_": " "})
"""A low line divides words, and patterns that run over one long word of many such parts would take long."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a sentence can be about: a kind of data, of recipient, of limit."""

    facet: str
    name: str
    label: str
    """How a reason calls it."""
    rights: tuple[Right, ...]
    weight: int
    """0 to 3: how much it would surprise people to learn of it late."""

    @property
    def key(self) -> str:
        """The facet and the name: `data.biometric`."""
        return f"{self.facet}.{self.name}"


class Hit(NamedTuple):
    """A term said in a text, and where: characters from and up to."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """All terms, with what finds them."""

    terms: Mapping[str, Term]
    """By key."""
    patterns: tuple[tuple[Term, re.Pattern[str]], ...]

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield the terms said in a text, by the order of the vocabulary, then of the text."""
        flat = text.lower()
        if len(flat) != len(text):  # a few capital letters grow when made small
            flat = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
        flat = flat.translate(_PLAIN)
        for term, pattern in self.patterns:
            for match in pattern.finditer(flat):
                yield Hit(term, match.start(), match.end())


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of English policies."""
    data = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    terms: dict[str, Term] = {}
    patterns = []
    for facet, entries in data.items():
        for name, entry in entries.items():
            rights = tuple(Right(right) for right in entry.get("rights", ()))
            term = Term(facet, name, entry["label"], rights, entry.get("weight", 0))
            terms[term.key] = term
            patterns.append((term, _pattern(entry["match"])))
    return Vocabulary(terms, tuple(patterns))


def _pattern(alternatives: list[str]) -> re.Pattern[str]:
    joined = "|".join(alternatives).replace(" ?", _PERHAPS).replace(" ", r"[\s\u00a0-]+")
    return re.compile(rf"\b(?:{joined})(?!\w)")
