"""What the rules say and what people decided → what is known of each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.judgement import Assessment, Judgement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smallprint.judgement import Finding, Review
    from smallprint.model import Change, Comparison


def judge(
    comparison: Comparison,
    findings: Mapping[int, tuple[Finding, ...]],
    decision: Callable[[Change], Review | None] = lambda _: None,
) -> Assessment:
    """Return what is known of each change of a comparison.

    Args:
        comparison: two versions compared.
        findings: what the rules say, by the number of the change.
        decision: gives the review of a change whose words are those it was decided on.
    """
    judgements = {}
    for change in comparison.differing:
        judgement = Judgement(findings.get(change.number, ()), decision(change))
        if judgement.findings or judgement.review:
            judgements[change.number] = judgement
    return Assessment(judgements)
