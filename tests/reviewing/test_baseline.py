"""Which versions a version is judged against."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plain import version
from smallprint.comparing import compare, lineage_between
from smallprint.model import Policy, Version
from smallprint.reviewing.baseline import ReviewComparisons, baseline_of


def policy(*told: str) -> Policy:
    """Return a policy of a version a year; `told` are the years in which users were notified."""
    names = [str(year) for year in range(2000, 2006)]
    return Policy("p", "P", tuple(_version(name, is_told=name in told) for name in names))


def _version(name: str, *, is_told: bool) -> Version:
    made = version(f"# P {{#p}}\n\n## A {{#a}}\n\nThis is the year {name}.\n", name)
    return dataclasses.replace(made, notified=dt.date(int(name), 1, 1) if is_told else None)


def name(found: Version | None) -> str | None:
    return found.version_id if found else None


def test_the_baseline_is_the_newest_version_users_were_told_of() -> None:
    made = policy("2001", "2003", "2005")

    assert [name(baseline_of(made, one)) for one in made.versions] == [None, "2000", "2001", "2001", "2003", "2003"]


def test_without_any_notice_the_first_version_is_the_baseline() -> None:
    made = policy()

    assert [name(baseline_of(made, one)) for one in made.versions] == [None, *["2000"] * 5]


def test_a_notice_that_is_only_planned_does_not_count() -> None:
    made = policy("2001", "2003")

    assert name(baseline_of(made, made.versions[5], dt.date(2002, 12, 31))) == "2001"
    assert name(baseline_of(made, made.versions[5], dt.date(2003, 1, 1))) == "2003"


def test_a_review_covers_the_step_and_the_way_from_the_baseline() -> None:
    made = policy("2003")
    pairs = [
        [(each.old.version_id, each.new.version_id) for each in ReviewComparisons(made).of(one)]
        for one in made.versions
    ]

    for one in made.versions[1:]:
        *_, widest = ReviewComparisons(made).of(one)
        assert widest.old is baseline_of(made, one)
    assert pairs[0] == []
    assert pairs[1] == [("2000", "2001")]
    assert pairs[3] == [("2002", "2003"), ("2000", "2003")]
    assert pairs[4] == [("2003", "2004")]
    assert pairs[5] == [("2004", "2005"), ("2003", "2005")]


def test_going_through_all_versions_compares_as_asking_for_each() -> None:
    texts = [
        "## A {#a}\n\nx\n",
        '## B {#b was="a"}\n\nx y\n',
        '## C {#c was="b"}\n\nx y z\n',
        '## D {#d was="c"}\n\nw\n',
    ]
    made = Policy("p", "P", tuple(version(text, f"200{n}") for n, text in enumerate(texts)))
    comparisons = ReviewComparisons(made)

    for last, one in enumerate(made.versions):
        *_, whole = [None, *comparisons.of(one)]
        if last > 1:
            expected = compare(made.versions[0], one, lineage_between(made.versions[: last + 1]))
            assert whole == expected
            assert [len(change.old) for change in expected.changes] == [1]
