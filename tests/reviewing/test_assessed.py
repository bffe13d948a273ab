"""What is known of all comparisons that lead to a version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from review_texts import find_losses, policy

from smallprint.reviewing.assessed import assessed_of
from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.reviews import Reviews


def test_a_version_is_assessed_by_its_step_and_the_way_from_the_baseline() -> None:
    made = policy()
    comparisons = ReviewComparisons(made)
    pairs = []
    for version in made.versions:
        known = assessed_of(made, version, Reviews(), find_losses)
        assert known == assessed_of(made, version, Reviews(), find_losses, comparisons)
        pairs.append([(each.comparison.old.version_id[:4], each.comparison.new.version_id[:4]) for each in known])
        for each in known:
            found = find_losses(each.comparison)
            assert {n: judgement.findings for n, judgement in each.assessment.judgements.items()} == found

    assert pairs == [[], [("2020", "2022")], [("2022", "2024"), ("2020", "2024")]]


def test_a_notice_shortens_the_way() -> None:
    made = policy()
    first, second, third = made.versions
    made = replace(made, versions=(first, replace(second, notified=date(2021, 12, 1)), third))

    (only,) = assessed_of(made, third, Reviews(), find_losses)
    assert only.comparison.old.version_id == second.version_id
