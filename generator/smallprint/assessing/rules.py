"""The rules: what in a change speaks for or against readers, kept as data.

A rule says when it holds (`When`), what it claims (direction, rights, whether people would expect to be told), in which
words, why, and on which provision or guidance it rests. Those that come with smallprint are in `rules/*.yml`; a team
adds its own, or switches some off, in `content/rules/*.yml`. docs/judging.md tells how to write one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from smallprint.assessing.rule_file import parse_rules
from smallprint.errors import ContentError
from smallprint.reading.codes import make_fault
from smallprint.reading.fields import near_miss
from smallprint.reading.source import read_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.assessing.rule import Rule
    from smallprint.errors import Fault

_OWN: Final = Path(__file__).with_name("rules")
FOLDER: Final = "rules"
"""What a team's folder for rules is called, below the content folder."""


@dataclass(frozen=True)
class Rules:
    """The rules that hold, and what is known of those that were switched off."""

    rules: tuple[Rule, ...]
    """In the order of their files and lines."""
    off: tuple[tuple[str, str], ...] = ()
    """Ids of rules that a team switched off, with its reasons."""


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return the rules that come with smallprint.

    Raises:
        ContentError: A rule is broken; only a change to smallprint itself can do that.
    """
    return read_rules(_OWN, "rules", ()).rules


def team_rules(content: Path, shown: str) -> Rules:
    """Return the rules that hold for a content folder: our own and those of the team.

    Args:
        content: the content folder.
        shown: what faults call it.

    Raises:
        ContentError: Rules of the team are broken; holds every fault.
    """
    folder = content / FOLDER
    if not folder.is_dir():
        return Rules(load_rules())
    return read_rules(folder, f"{shown}/{FOLDER}", load_rules())


def read_rules(folder: Path, shown: str, known: Sequence[Rule]) -> Rules:
    """Return the rules of a folder's `*.yml` files, after those already known.

    Raises:
        ContentError: A file is broken, or two rules have one id; holds every fault.
    """
    faults: list[Fault] = []
    rules = {rule.id: rule for rule in known}
    off: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        name = f"{shown}/{path.name}"
        if path.suffix == ".yml":
            faults += _read_file(path, name, rules, off)
        elif path.suffix == ".yaml":
            faults.append(make_fault("SP500", name, "Files with rules end in .yml.", f"Call it {path.stem}.yml."))
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return Rules(tuple(rule for rule in rules.values() if rule.id not in off), tuple(sorted(off.items())))


def _read_file(path: Path, name: str, rules: dict[str, Rule], off: dict[str, str]) -> list[Fault]:
    """Add what a file has to the rules and to those switched off."""
    text, _, faults = read_source(path, name)
    parsed = parse_rules(text, name)
    faults += parsed.faults
    for rule in parsed.rules:
        if rule.id in rules:
            what, remedy = f"There is a rule “{rule.id}” already.", "Give this one another id, or take it out."
            faults.append(make_fault("SP502", name, what, remedy, line=rule.line, column=rule.column, text=text))
        rules.setdefault(rule.id, rule)
    for switch in parsed.switched_off:
        if switch.id not in rules:
            near = near_miss(switch.id, rules)
            what = f"There is no rule “{switch.id}” to switch off."
            remedy = f"Did you mean `{near}`?" if near else "Name one that the page “How changes are judged” lists."
            faults.append(make_fault("SP503", name, what, remedy, line=switch.line, column=switch.column, text=text))
        off[switch.id] = switch.reason
    return faults
