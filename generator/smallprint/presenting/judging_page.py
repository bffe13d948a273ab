"""The page of a site that tells how changes are judged: what is asked, who decides, and every rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smallprint.judgement import Direction
from smallprint.presenting.addresses import JUDGING_URI
from smallprint.presenting.judging_views import ExplanationView, PointView, ProseView, RuleGroupView, RuleView
from smallprint.presenting.page import Heading, Page
from smallprint.presenting.templates import fill_template
from smallprint.presenting.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.assessing.rule import Rule
    from smallprint.presenting.wording import Wording

_ORDER = (Direction.REDUCES, Direction.EXPANDS, Direction.MIXED, Direction.NEUTRAL, Direction.UNCLEAR)
_VERDICTS = _ORDER[:4]
"""What a person may decide."""


def judging_page(rules: Sequence[Rule], wording: Wording = ENGLISH) -> Page:
    """Return the page, given the rules that hold for the site."""
    say = wording.judging
    parts = _parts(wording)
    return Page(
        uri=JUDGING_URI,
        title=say.page_title,
        kind="judging",
        description=say.page_description,
        render=lambda: fill_template("judging.html", view=explanation_view(wording, rules), say=wording),
        headings=tuple(Heading(2, part.title, part.anchor) for part in parts),
        anchors=frozenset(part.anchor for part in parts),
        language=wording.language,
    )


def explanation_view(wording: Wording, rules: Sequence[Rule]) -> ExplanationView:
    """Return what the page places."""
    say = wording.judging
    *questions, directions_part, rights_part, rules_part = _parts(wording)
    groups = ((direction, [rule for rule in rules if rule.direction is direction]) for direction in _ORDER)
    return ExplanationView(
        language=wording.language,
        questions=tuple(questions),
        directions_part=directions_part,
        directions=tuple(
            PointView(
                say.directions[direction].sign, say.directions[direction].label, say.directions[direction].meaning
            )
            for direction in _VERDICTS
        ),
        rights_part=replace(rights_part, paragraphs=(say.rights_lead.format(rights=_all_rights(wording)),)),
        rules_part=replace(rules_part, paragraphs=(say.rules_lead if rules else say.rules_none,)),
        rules=tuple(
            RuleGroupView(
                say.directions[direction].sign,
                say.directions[direction].label,
                tuple(_rule(rule, wording) for rule in group),
            )
            for direction, group in groups
            if group
        ),
    )


def _parts(wording: Wording) -> list[ProseView]:
    say = wording.judging
    prose = [*say.questions, *((title, ()) for title in (say.directions_title, say.rights_title, say.rules_title))]
    return [ProseView(f"part_{number}", title, paragraphs) for number, (title, paragraphs) in enumerate(prose, 1)]


def _all_rights(wording: Wording) -> str:
    return wording.listed(tuple(wording.judging.rights.values()))


def _rule(rule: Rule, wording: Wording) -> RuleView:
    """Return what is told of a rule; what its message names in each case is left open."""
    message = rule.message.replace("{things}", wording.clipped).replace("{said}", wording.clipped)
    return RuleView(f"rule_{rule.id}", rule.id, message, rule.why, rule.source)
