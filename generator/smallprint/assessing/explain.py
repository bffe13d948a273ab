"""A rule as text for people."""

from __future__ import annotations

import difflib
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.assessing.rule import Example, Rule

_WIDTH: Final = 88


def explain_rule(rule: Rule) -> str:
    """Return all that a rule says of itself, with its first example of each kind."""
    parts = [
        f"{rule.id}: {rule.direction} · {', '.join(rule.rights)}",
        _fill(rule.message.replace("{things}", "…").replace("{said}", "“…”")),
        f"Why it matters:\n{_fill(rule.why)}",
        f"Rests on:\n{_fill(rule.source)}",
    ]
    parts += [f"Speaks of:\n{_shown(example)}" for example in rule.material[:1]]
    parts += [f"Does not speak of, or not as of something material:\n{_shown(e)}" for e in rule.not_material[:1]]
    return "\n\n".join(parts)


def list_rules(rules: Sequence[Rule]) -> str:
    """Return one line for each rule, by direction."""
    groups = []
    for direction in dict.fromkeys(rule.direction for rule in rules):
        lines = [f"  {rule.id}" for rule in rules if rule.direction is direction]
        groups.append("\n".join([f"{direction.capitalize()}:", *lines]))
    return "\n\n".join(groups)


def find_rule(text: str, rules: Sequence[Rule]) -> Rule | None:
    """Return the rule of an id; nothing where there is none."""
    return next((rule for rule in rules if rule.id == text.strip().lower()), None)


def nearest_rule(text: str, rules: Sequence[Rule]) -> str:
    """Return the id that was probably meant, empty where none is near."""
    return next(iter(difflib.get_close_matches(text.lower(), [rule.id for rule in rules], 1)), "")


def _shown(example: Example) -> str:
    sides = [("- ", example.old), ("+ ", example.new)]
    return "\n".join(
        textwrap.fill(" ".join(text.split()), _WIDTH, initial_indent=f"    {sign}", subsequent_indent="      ")
        for sign, text in sides
        if text
    )


def _fill(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)
