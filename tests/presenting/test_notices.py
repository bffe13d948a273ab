"""What readers see of notices: the redline that a notice leads to, and what the history says of its proof."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from policies import TODAY, assets_of, pages_of, policy, untold

from judged import Decided, review
from plain import version
from proofs import SENT, proof
from smallprint.comparing import compare, lineage_between
from smallprint.model import Policy, VersionId
from smallprint.presenting.judging import Judging
from smallprint.presenting.record import comparison_record
from smallprint.presenting.standing import Standing
from smallprint.reviewing.baseline import ReviewComparisons

if TYPE_CHECKING:
    from smallprint.model import Version
    from smallprint.reviewing.proof import Proof

NAMES = [f"20{year}-01-01" for year in range(10, 18)]
DAY = dt.date(2014, 6, 1)


def told_by(made: Proof | None, as_of: dt.date = TODAY, **changes: object) -> list[str]:
    """Return what the history says of the notice of 2022-01-01, paragraph by paragraph."""
    proofs = {made.version: made} if made else {}
    html = pages_of(policy(**changes), as_of, proofs=proofs)["privacy/history/"].render()
    return [tag.get_text(" ", strip=True) for tag in entry(html, "2022-01-01").select(".told")]


def entry(html: str, name: str) -> Tag:
    found = BeautifulSoup(html, "html5lib").select_one(f"#version_{name}")
    assert isinstance(found, Tag)
    return found


def record(made: Proof | None, as_of: dt.date = TODAY) -> list[dict[str, object]]:
    """Return the versions of the record of the history."""
    proofs = {made.version: made} if made else {}
    versions = json.loads(assets_of(policy(), as_of, proofs=proofs)["privacy/history.json"].render())["versions"]
    assert isinstance(versions, list)
    return versions


def test_the_history_tells_when_users_were_notified_and_what_came_of_it() -> None:
    (paragraph,) = told_by(SENT)

    assert paragraph == (
        "Users were notified on 1 December 2021 , by email. "
        "Mail servers accepted the message for 117 of 120 recipients. "
        "For 1 recipient it failed. "
        "For 1 recipient it is not known whether it was accepted. "
        "1 recipient was left out, whose address is on a list of those not to be written to."
    )


def test_without_a_proof_it_says_nothing() -> None:
    assert told_by(None) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"planned": 117, "failed": 0, "unknown": 0, "suppressed": 0, "languages": {}},
            ["Mail servers accepted the message for all 117 recipients."],
        ),
        (
            {"planned": 1, "accepted": 1, "failed": 0, "unknown": 0, "suppressed": 0, "languages": {}},
            ["Mail servers accepted the message for the one recipient there was."],
        ),
        (
            {"planned": 5_000_000, "accepted": 4_998_000, "failed": 2_000, "unknown": 0, "suppressed": 0},
            ["accepted the message for 4,998,000 of 5,000,000 recipients.", "For 2,000 recipients it failed."],
        ),
        (
            {"planned": 125, "deferred": 2, "waiting": 3},
            ["For 5 recipients it was not accepted yet when this was written down."],
        ),
    ],
)
def test_all_recipients_are_spoken_of(changes: dict[str, object], said: list[str]) -> None:
    (paragraph,) = told_by(proof(**changes))

    for sentence in said:
        assert sentence in paragraph
    assert ("failed" in paragraph) == bool(proof(**changes).failed)
    assert ("not known" in paragraph) == bool(proof(**changes).unknown)
    assert ("left out" in paragraph) == bool(proof(**changes).suppressed)
    assert ("not accepted yet" in paragraph) == bool(proof(**changes).deferred)


def test_sending_over_several_days() -> None:
    assert SENT.last
    (paragraph,) = told_by(proof(last=SENT.last + dt.timedelta(days=2)))

    assert paragraph.startswith("Users were notified from 1 December 2021 to 3 December 2021 , by email.")


def test_the_reason_for_being_late_is_shown_as_text() -> None:
    late = proof(late="The provider was <b>down</b>")

    assert told_by(late)[1] == "Later than promised: The provider was <b>down</b>."


def test_a_reason_in_another_language_is_marked_as_such() -> None:
    made = proof(late="Der Anbieter war gestört")
    html = pages_of(policy(language="de"), proofs={made.version: made})["privacy/history/"].render()
    (_, paragraph) = entry(html, "2022-01-01").select(".told")

    assert paragraph.find("span", lang="de", dir="auto", string="Der Anbieter war gestört.")


def test_of_what_came_later_than_the_day_of_the_site_nothing_is_said() -> None:
    """Not even where sending had begun: what came of it was not known then."""
    early = dt.date(2021, 12, 1)
    assert SENT.last

    assert told_by(SENT, early)
    assert told_by(SENT, early - dt.timedelta(days=1)) == []
    assert record(SENT, early - dt.timedelta(days=1))[1]["notice"] is None
    assert told_by(proof(last=SENT.last + dt.timedelta(days=1)), early) == []


def test_a_notice_that_no_server_accepted_is_not_told_as_one() -> None:
    none = proof(accepted=0, failed=118, first=None, last=None)

    assert told_by(none) == []
    assert record(none)[1]["notice"] is None


def test_what_is_proved_takes_the_place_of_what_is_said_of_material_changes() -> None:
    judging = Judging(Decided({"Sharing": review(), "Collection": review()}))
    pages = {
        bool(proofs): entry(
            pages_of(policy(), judging=judging, proofs=proofs)["privacy/history/"].render(), "2022-01-01"
        )
        for proofs in ({}, {SENT.version: SENT})
    }

    assert "Users were told on 1 December 2021." in pages[False].get_text()
    assert "Users were told on" not in pages[True].get_text()
    assert len(pages[True].select(".told")) == 1


def test_the_record_of_the_history_has_the_facts() -> None:
    first, second, _ = record(proof(late="Down"))

    assert first["notice"] is None
    assert second["notice"] == {
        "by": "email",
        "baseline": "2020-01-01",
        "redline": "privacy/changes/2020-01-01/2022-01-01/",
        "first": "2021-12-01T09:00:00Z",
        "last": "2021-12-01T09:03:20Z",
        "planned": 120,
        "accepted": 117,
        "failed": 1,
        "deferred": 0,
        "unknown": 1,
        "suppressed": 1,
        "waiting": 0,
        "joined_since": 4,
        "languages": {"en": 100, "fr": 20},
        "texts_sha256": "a" * 64,
        "text_sha256": {"en": "b" * 64, "fr": "c" * 64},
        "plan_sha256": "d" * 64,
        "late": "Down",
    }


def test_the_redline_from_what_users_were_last_told_of_is_there_with_its_record() -> None:
    """Of a version to come, and with or without redlines against the one in force."""
    made = untold()
    first, _, last = made.versions
    for against_current in (True, False):
        uri = "privacy/changes/2020-01-01/2025-01-01"
        page = pages_of(made, against_current=against_current)[f"{uri}/"].render()
        comparison = compare(first, last, lineage_between(made.versions))

        text = BeautifulSoup(page, "html5lib").get_text(" ")
        assert "We share all." in " ".join(text.split())
        assert assets_of(made, against_current=against_current)[f"{uri}.json"].render() == comparison_record(
            comparison, made
        )
        history = entry(pages_of(made, against_current=against_current)["privacy/history/"].render(), "2025-01-01")
        assert history.find("a", href="../changes/2020-01-01/2025-01-01/")


def test_a_step_and_what_is_there_anyway_are_not_made_twice() -> None:
    assert Standing(policy(), TODAY).notice_pairs == ()
    late = Standing(untold(), dt.date(2026, 1, 1))
    assert late.notice_pairs == ()
    assert len(Standing(untold(), dt.date(2026, 1, 1), against_current=False).notice_pairs) == 1


def test_where_a_mail_leads_stays_when_other_versions_have_come() -> None:
    """Mails are read again years later."""
    made = _policy([False] * 8)
    sent = proof(version=NAMES[3], baseline=NAMES[0])
    late = Standing(made, dt.date(2030, 1, 1), proofs={sent.version: sent})

    assert [(old.version_id, new.version_id) for old, new in late.notice_pairs] == [(NAMES[0], NAMES[3])]
    assert late.has_redline(made.versions[0], made.versions[3])
    html = pages_of(made, dt.date(2030, 1, 1), proofs={sent.version: sent})["p/history/"].render()
    assert entry(html, NAMES[3]).find("a", href=f"../changes/{NAMES[0]}/{NAMES[3]}/")


def _policy(told: list[bool], hidden: list[bool] | None = None) -> Policy:
    """Return a policy of a version a year; say of which users were told, and which are not published before 2040."""

    def made(number: int) -> Version:
        name = NAMES[number]
        text = f"# P {{#p}}\n\n## A {{#a{number} was=a{number - 1}}}\n\nThis is {name}.\n".replace("was=a-1", "")
        return dataclasses.replace(
            version(text, name),
            effective=dt.date.fromisoformat(name),
            notified=dt.date.fromisoformat(name) if told[number] else None,
            published=dt.date(2040, 1, 1) if hidden and hidden[number] else None,
        )

    return Policy("p", "P", tuple(made(number) for number in range(len(told))))


_BOOLS = st.lists(st.booleans(), min_size=8, max_size=8)


@given(
    told=_BOOLS,
    hidden=_BOOLS,
    year=st.integers(2008, 2019),
    against_current=st.booleans(),
    sent=st.dictionaries(st.integers(1, 7), st.integers(0, 6), max_size=3),
)
def test_every_redline_that_a_notice_may_lead_to_is_there_once(
    told: list[bool], hidden: list[bool], year: int, against_current: bool, sent: dict[int, int]
) -> None:
    """What a review compares with is what pages are made for, whatever is published; and few more are made."""
    made = _policy(told, hidden)
    proofs = {
        VersionId(NAMES[new]): proof(version=NAMES[new], baseline=NAMES[old]) for new, old in sent.items() if old < new
    }
    standing = Standing(made, dt.date(year, 6, 1), against_current, proofs)
    names = [(old.version_id, new.version_id) for old, new in standing.pairs]
    shown = {v.version_id for v in standing.versions}
    told_of = [*([standing.current] if standing.current else []), *standing.announced]

    assert len(names) == len(set(names))
    assert {
        (a.version_id, b.version_id) for a in standing.versions for b in standing.versions if standing.has_redline(a, b)
    } == set(names)
    for new in told_of:
        *_, widest = [None, *ReviewComparisons(made).of(new)]
        if widest and widest.old.version_id in shown:
            assert (widest.old.version_id, new.version_id) in names
    for each in proofs.values():
        assert (each.baseline, each.version) in names or not {each.baseline, each.version} <= shown
    assert len(standing.notice_pairs) <= len(told_of) + len(proofs)


def test_comparisons_of_notices_are_those_of_reviews() -> None:
    """Ids that were handed on from version to version are followed, in whatever order the pages are made."""
    made = _policy([True, *[False] * 7])
    pages = assets_of(made, DAY, against_current=False)
    comparisons = ReviewComparisons(made)
    for new in made.versions[5:]:
        *_, whole = comparisons.of(new)
        uri = f"p/changes/{NAMES[0]}/{new.version_id}.json"
        assert [len(change.old) for change in whole.changes] == [1, 1]
        assert pages[uri].render() == comparison_record(whole, made)
