"""Each rule that comes with smallprint does on its own examples what it says.

An example is run as two small versions: a frame of ordinary sentences, with the old sentence and with the new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from frame import framed

from plain import version
from smallprint.assessing import assess
from smallprint.assessing import rules as rules_module
from smallprint.assessing.assess import hear
from smallprint.assessing.rules import load_rules, read_rules
from smallprint.comparing import compare
from smallprint.judgement import Direction, Finding

if TYPE_CHECKING:
    from smallprint.assessing.rule import Example, Rule
    from smallprint.model import Comparison

RULES = load_rules()
FILES = sorted(Path(rules_module.__file__).with_name("rules").glob("*.yml"))
MATERIAL_ABOVE = 0.5
"""A rule of more weight than this claims a material reduction by itself; others only speak, and others with them."""
TOUCHED = {Direction.REDUCES, Direction.MIXED, Direction.UNCLEAR}


@dataclass(frozen=True)
class Said:
    """What came of an example."""

    rule: Rule
    example: Example
    heard: frozenset[str]
    findings: tuple[Finding, ...]

    def told(self, wanted: str) -> str:
        """Return what to show where the example does not come out as wanted."""
        lines = [
            f"{self.rule.id}: {wanted}",
            f"  old: {self.example.old or '(nothing)'}",
            f"  new: {self.example.new or '(nothing)'}",
            f"  rules that speak: {', '.join(sorted(self.heard)) or 'none'}",
        ]
        for finding in self.findings:
            material = "material" if finding.material else "not material"
            lines.append(f"  finding: {finding.rule}, {finding.direction}, {material}: {finding.reason}")
        return "\n".join(lines if self.findings else [*lines, "  no finding"])


@cache
def compared(example: Example) -> Comparison:
    old, new = version(framed(example.old), "2020-01-01"), version(framed(example.new), "2021-01-01")
    return compare(old, new)


def said(rule: Rule, example: Example) -> Said:
    comparison = compared(example)
    heard = {match.rule.id for one in hear(comparison, RULES) for match in one.matched}
    findings = [finding for claims in assess(comparison).values() for finding in claims]
    return Said(rule, example, frozenset(heard), tuple(findings))


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), examples("material"))
def test_a_rule_speaks_where_it_must(rule: Rule, example: Example) -> None:
    """On its material examples a rule is heard, and something comes of it: a material reduction, or an expansion."""
    came = said(rule, example)

    assert rule.id in came.heard, came.told("the rule does not speak")
    if rule.direction is Direction.EXPANDS:
        assert any(one.direction is Direction.EXPANDS for one in came.findings), came.told("nothing expands")
    elif rule.weight > MATERIAL_ABOVE:
        assert any(one.material for one in came.findings), came.told("no material reduction")
    else:
        assert any(one.direction in TOUCHED for one in came.findings), came.told("nothing reduces")


@pytest.mark.parametrize(("rule", "example"), examples("not_material"))
def test_a_rule_is_silent_where_it_must_be(rule: Rule, example: Example) -> None:
    """On its other examples a rule leads to no material reduction, or to no expansion."""
    came = said(rule, example)
    own = [one for one in came.findings if one.rule == rule.id]

    if rule.direction is Direction.EXPANDS:
        assert not any(one.direction is Direction.EXPANDS for one in own), came.told("it finds an expansion")
    else:
        assert not any(one.material for one in own), came.told("it finds a material reduction")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reads_well(rule: Rule) -> None:
    """The message is one sentence with the words of the policy in it; what rests on words alone names no terms."""
    by_terms = rule.when.gained or rule.when.lost

    assert re.fullmatch(r"[A-Z{].*[^.]\.", rule.message)
    assert "{said}" in rule.message
    assert by_terms or "{things}" not in rule.message
    assert rule.why.endswith(".")
    assert rule.source
    assert 1 <= len(rule.rights) <= 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_reasons_are_whole(rule: Rule) -> None:
    """Every finding on an example has a reason without gaps, quotes from the versions, and the source of its rule."""
    sources = {one.id: one.source for one in RULES}
    for example in (*rule.material, *rule.not_material):
        comparison = compared(example)
        for finding in said(rule, example).findings:
            assert not re.search(r"[{}]|“”|\(\)|: \.", finding.reason), finding.reason
            assert finding.source == sources[finding.rule]
            assert finding.old_quote or finding.new_quote
            for quote, side in ((finding.old_quote, comparison.old), (finding.new_quote, comparison.new)):
                assert quote is None or any(quote in unit.plain for clause in side.clauses for unit in clause.units)


def test_the_frame_says_nothing_to_the_rules() -> None:
    """What is found in an example comes of its sentences: one that says nothing leads to nothing."""
    comparison = compare(version(framed(""), "2020-01-01"), version(framed("Good morning."), "2021-01-01"))

    assert list(hear(comparison, RULES)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_file_begins_with_what_it_is_about(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_the_rules_are_those_of_the_files() -> None:
    """Each file is read, and the order is that of the files and lines."""
    assert read_rules(FILES[0].parent, "rules", ()).rules == RULES
    assert len(FILES) >= 12
