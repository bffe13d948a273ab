"""The day a page last changed is the newest of whatever it shows."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from policies import TODAY, pages_of, policy

from judged import Decided, review
from proofs import SENT, proof
from smallprint.presenting.judging import Judging

STEP = "privacy/changes/2020-01-01/2022-01-01/"
NEXT = "privacy/changes/2022-01-01/2025-01-01/"


def days(as_of: date = TODAY, **options: object) -> dict[str, str]:
    """Return the day of each page, once it has been made."""
    pages = pages_of(policy(), as_of, **options)
    for page in pages.values():
        page.render()
    return {uri: str(max(filter(None, (page.modified, page.decided())), default="")) for uri, page in pages.items()}


def test_an_announcement_changes_the_text_in_force_and_the_history() -> None:
    """A version published on 1 May 2024 that takes effect in 2025 is announced on both from that day on."""
    assert days() == {
        "privacy/2020-01-01/": "2022-01-01",
        "privacy/2022-01-01/": "2022-01-01",
        "privacy/2025-01-01/": "2024-05-01",
        STEP: "2022-01-01",
        NEXT: "2024-05-01",
        "privacy/changes/2020-01-01/2022-01-01/": "2022-01-01",
        "privacy/": "2024-05-01",
        "privacy/history/": "2024-05-01",
    }


def test_before_it_nothing_changed() -> None:
    before = days(date(2024, 4, 30))

    assert NEXT not in before
    assert before["privacy/"] == before["privacy/history/"] == "2022-01-01"


def test_taking_effect_changes_all_that_said_what_is_in_force() -> None:
    after = days(date(2025, 1, 1))

    assert after["privacy/"] == after["privacy/history/"] == after["privacy/2022-01-01/"] == "2025-01-01"
    assert after[NEXT] == "2025-01-01"
    assert after[STEP] == "2022-01-01"


@pytest.mark.parametrize("on", [date(2021, 12, 24), date(2024, 5, 20)])
def test_decisions_change_redlines_and_the_history(on: date) -> None:
    decided = Judging(Decided({"Sharing": review(on=on - timedelta(days=9)), "Collection": review(on=on)}))
    told = days(judging=decided)

    assert told[STEP] == str(max(on, date(2022, 1, 1)))
    assert told["privacy/history/"] == str(max(on, date(2024, 5, 1)))
    assert told["privacy/"] == "2024-05-01"


def test_the_proof_of_a_notice_changes_the_history_alone() -> None:
    sent = proof(last=SENT.last + timedelta(days=900))
    assert sent.last is not None
    told = days(proofs={sent.version: sent})

    assert told == {**days(), "privacy/history/": str(sent.last.date())}


def test_a_version_without_days_has_none() -> None:
    (first, *_) = policy().versions
    pages = pages_of(policy(versions=(dataclasses.replace(first, effective=None),)))

    assert pages["privacy/"].modified is None
