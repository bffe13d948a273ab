"""A rule, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from smallprint.judgement import Direction, Right


@dataclass(frozen=True)
class When:
    """What must hold of one sentence for a rule to speak. What is empty does not matter."""

    gained: frozenset[str] = frozenset()
    """Terms (`recipient.researchers`) or facets (`recipient`) of which the sentence must say one that it did not."""
    lost: frozenset[str] = frozenset()
    """Terms or facets of which it must no longer say one that it did."""
    gained_words: re.Pattern[str] | None = None
    """What must stand in the new sentence and not in the old one."""
    lost_words: re.Pattern[str] | None = None
    turns: str = ""
    """`refusal-into-practice`: what was ruled out is so no more; `will-into-may`; `period-up`, `period-down`, `age-up`,
    `age-down`: the longest period, or the lowest age, that the sentence names is greater or less."""
    stance: str = ""
    """`refusal`, `grant` or `does`: what the sentence that gained or lost it does."""
    sentence: frozenset[str] = frozenset()
    """What became of the sentence: `added`, `changed`, `removed`."""
    saying: frozenset[str] = frozenset()
    """Terms or facets of which the sentence must say one."""
    not_saying: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    """As `saying`, but the titles above it and the table row around it count too."""
    novelty: float = 0.0
    """0 to 1: how little the other version may say of what is gained or lost."""
    own: float = 0.0
    """0 to 1: how little of an added or removed sentence the other version may have."""


@dataclass(frozen=True)
class Example:
    """Two sentences, one of them perhaps none, on which a rule is tried."""

    old: str
    new: str


@dataclass(frozen=True)
class Rule:
    """One thing that speaks for or against readers."""

    id: str
    direction: Direction
    weight: float
    """0 to 1: how readily it is taken for material before anything was learned from cases; above one half it is."""
    rights: tuple[Right, ...]
    """What it touches; what the terms gained or lost touch comes first."""
    message: str
    """One sentence, with `{things}` for what the terms are called and `{said}` for the words themselves."""
    why: str
    source: str
    when: When
    material: tuple[Example, ...] = field(default=(), repr=False)
    """Examples on which it must claim a material change (or, for what expands, must speak)."""
    not_material: tuple[Example, ...] = field(default=(), repr=False)
    """Examples on which it must not."""
    line: int = 0
    """Where it begins in its file, from 1."""
    column: int = 0
