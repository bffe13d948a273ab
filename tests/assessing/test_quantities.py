"""The periods and ages that a sentence names."""

from __future__ import annotations

import pytest

from smallprint.assessing.quantities import longest_period, lowest_age


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("We keep it for 30 days.", 30),
        ("We keep it for thirty days or two weeks.", 30),
        ("We keep it for 1,000 days.", 1000),
        ("We keep it for 10 000 days.", 10_000),
        ("We keep it for 10\u202f000 days.", 10_000),
        ("We keep it for 1'000 business days.", 1000),
        ("We keep it for 2.5 years.", 912.5),
        ("We keep it for 5–10 days.", 10),
        ("There is a 30-day period.", 30),
        ("In 2020 300 days were enough.", 300),
        ("We keep it.", 0),
    ],
)
def test_longest_period(text: str, days: float) -> None:
    """Numbers are read as they are written, with what groups their digits."""
    assert longest_period(text) == days


def test_lowest_age() -> None:
    """A line between the young and the grown is an age."""
    assert lowest_age("Children under 16, or 13 years old, may not.") == 13
