"""What readers are told of rights is true: who judges, whether users were told, what “neither” means."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from policies import TODAY, assets_of, pages_of, policy

from judged import Decided, Rules, find_everywhere, finding, review
from plain import version
from smallprint.judgement import Direction, Right
from smallprint.model import Policy
from smallprint.presenting.judging import Judging
from smallprint.presenting.judging_page import judging_page
from smallprint.presenting.rights import Tally, neither_note
from smallprint.presenting.wording import ENGLISH

if TYPE_CHECKING:
    from smallprint.judgement import Finding, Review

FIRST_STEP, LAST_STEP, BOTH = (
    f"privacy/changes/{days}/" for days in ("2020-01-01/2022-01-01", "2022-01-01/2025-01-01", "2020-01-01/2025-01-01")
)
JUDGES = "the authors of <this>, from the texts alone; not by the publisher"
_SHARING = {"Sharing": review(Direction.MIXED)}


def judging(reviews: dict[str, Review], findings: dict[str, tuple[Finding, ...]] | None = None) -> Judging:
    return Judging(Decided(reviews), False, Rules(findings or {}))


def page(uri: str, made: Judging, told: Policy | None = None, as_of: date = TODAY) -> BeautifulSoup:
    return BeautifulSoup(pages_of(told or policy(), as_of, judging=made)[uri].render(), "html5lib")


def text(page: BeautifulSoup | Tag, selector: str) -> str:
    found = page.select_one(selector)
    assert isinstance(found, Tag), selector
    return " ".join(found.get_text().split())


def with_notice(*days: date | None) -> Policy:
    """Return the policy with other days of notice for its three versions."""
    made = policy()
    versions = (dataclasses.replace(v, notified=day) for v, day in zip(made.versions, days, strict=True))
    return dataclasses.replace(made, versions=tuple(versions))


@pytest.mark.parametrize(
    ("uri", "days", "duty", "notice"),
    [
        (FIRST_STEP, (None, date(2021, 12, 1), None), False, "Users were told on 1 December 2021."),
        (FIRST_STEP, (None, None, None), False, "No notice to users is recorded."),
        (LAST_STEP, (None, None, None), True, ""),
        (LAST_STEP, (None, None, date(2024, 11, 1)), True, "Users are to be told on 1 November 2024."),
        (LAST_STEP, (None, None, date(2024, 5, 1)), True, "Users were told on 1 May 2024."),
    ],
)
def test_of_what_is_in_force_no_duty_is_told(uri: str, days: tuple[date | None, ...], duty: bool, notice: str) -> None:
    """Nobody can still be told before it takes effect; whether anybody was is told once."""
    made = page(uri, judging(_SHARING), with_notice(*days))
    about = text(made, ".verdict .about")

    assert about.startswith(ENGLISH.judging.material_pending if duty else ENGLISH.judging.material)
    assert [" ".join(told.get_text().split()) for told in made.select(".told")] == ([notice] if notice else [])


@pytest.mark.parametrize(
    ("days", "notice"),
    [
        ((None, None, None), "No notice to users is recorded."),
        ((None, date(2021, 12, 1), None), "Notice to users is recorded for some of these steps only."),
        ((None, date(2021, 12, 1), date(2024, 11, 1)), "Users were told on 1 December 2021 and 1 November 2024."),
    ],
)
def test_over_several_steps_notice_of_one_is_not_notice_of_all(days: tuple[date | None, ...], notice: str) -> None:
    assert text(page(BOTH, judging(_SHARING), with_notice(*days), date(2025, 2, 1)), ".told") == notice


def test_of_notice_nothing_is_told_where_nothing_is_material() -> None:
    made = judging({"Sharing": review(Direction.EXPANDS, material=False)})

    assert not page(FIRST_STEP, made).select(".told")
    assert not page("privacy/history/", made).select(".told")


def test_the_history_tells_of_notice_too() -> None:
    assert text(page("privacy/history/", judging(_SHARING)), "[id='version_2022-01-01'] .told") == (
        "Users were told on 1 December 2021."
    )


def test_a_day_of_notice_that_comes_remakes_pages() -> None:
    """They call it a plan until then."""
    made = with_notice(None, date(2021, 12, 1), date(2024, 11, 1))
    before, after = (pages_of(made, day)[LAST_STEP] for day in (date(2024, 10, 31), date(2024, 11, 1)))

    assert before.render() != after.render()
    assert before.key != after.key


def test_who_judges_is_told_wherever_verdicts_are() -> None:
    made, told = judging(_SHARING), policy(judged_by=JUDGES)
    said = f"Judged by {JUDGES}."
    files = assets_of(told, judging=made)
    pages = pages_of(told, judging=made)

    assert said in text(page(FIRST_STEP, made, told), ".meaning .by")
    assert said in text(page("privacy/history/", made, told), ".how")
    for name in ("feed", "material"):
        item = json.loads(files[f"privacy/{name}.json"].render())["items"][1 if name == "feed" else 0]
        assert said in BeautifulSoup(item["content_html"], "html5lib").get_text()
    for record in (f"{FIRST_STEP[:-1]}.json", "privacy/history.json"):
        assert json.loads(files[record].render())["judged_by"] == JUDGES
    assert pages[FIRST_STEP].key != pages_of(policy(), judging=made)[FIRST_STEP].key


def test_who_judges_is_told_nowhere_else() -> None:
    """Not where nobody has decided anything, and nothing is made up where policy.yml is silent."""
    told = {uri: page.render() for uri, page in pages_of(policy(judged_by=JUDGES)).items()}
    silent = {uri: page.render() for uri, page in pages_of(policy(), judging=judging(_SHARING)).items()}

    assert not [uri for uri, body in (told | silent).items() if "Judged by" in body]
    assert json.loads(assets_of(policy())["privacy/history.json"].render())["judged_by"] == ""


def test_who_judges_is_said_in_the_language_of_the_policy() -> None:
    made = page(FIRST_STEP, judging(_SHARING), policy(language="ar", judged_by=f"{JUDGES}."))
    span = made.select_one(".meaning .by span[lang]")
    assert isinstance(span, Tag)

    assert (span["lang"], span["dir"], span.get_text()) == ("ar", "auto", JUDGES)


def test_the_page_on_judging_holds_whoever_judges() -> None:
    body = BeautifulSoup(judging_page(()).render(), "html5lib").get_text()

    assert "its own changes" not in body
    assert "may work for the publisher of the policy, or may be others" in " ".join(body.split())


@pytest.mark.parametrize(
    ("tally", "note"),
    [
        (Tally(1, 0, 0, 4, 4), "In the 4 that do neither the rules found nothing, and no person decided on them."),
        (Tally(1, 0, 0, 1, 1), "In the 1 that does neither the rules found nothing, and no person decided on it."),
        (
            Tally(0, 0, 1, 3, 2),
            "A person decided that 1 does neither; in 2 more the rules found nothing, and no person decided on them.",
        ),
        (Tally(1, 0, 0, 4, 0), ""),
        (None, ""),
    ],
)
def test_the_page_says_what_neither_means(tally: Tally | None, note: str) -> None:
    assert neither_note(tally, ENGLISH) == note


def test_no_person_is_said_to_have_found_what_nobody_was_asked_about() -> None:
    """Where all is decided that had to be, the rest is marked, in the list, the index, the note and the filter."""
    reviews = {"Sharing": review(), "Collection": review(Direction.NEUTRAL, for_readers="")}
    made = page(FIRST_STEP, judging(reviews))
    passed = made.select(".change[data-rights=passed-over]")
    (box,) = (box.parent for box in made.select("[name=rights][value=passed-over]"))
    assert box is not None

    assert len(passed) == len(made.select(".gist .passed-over")) == len(made.select(".index .passed-over")) > 0
    assert " ".join(box.get_text().split()) == f"○ No effect found {len(passed)}"
    assert all("no effect found" in str(change["aria-label"]) for change in passed)
    assert all("No effect found" in change.get_text() for change in passed)
    assert text(made, ".change[data-rights=neither] .verdict").startswith("● Does not affect your rights")
    assert "A person decided that 1 does neither; in " in text(made, ".meaning .by")
    assert "no person decided" in text(page("privacy/history/", judging(reviews)), ".how")


def test_what_does_both_has_a_box_of_its_own() -> None:
    """As the sentence at the head counts it apart."""
    made = page(FIRST_STEP, judging(_SHARING))

    assert text(made, ".lead").startswith("1 change reduces and expands your rights, ")
    assert len(made.select(".change[data-rights=mixed]")) == 1
    assert made.select("[name=rights][value=mixed]")


def test_rules_that_found_nothing_are_told_by_what_the_person_found() -> None:
    neutral = judging({"Sharing": review(Direction.NEUTRAL, for_readers="")})

    assert "The rules found nothing here; a person did." in text(page(FIRST_STEP, judging(_SHARING)), ".verdict")
    assert "The rules found nothing here either." in text(page(FIRST_STEP, neutral), ".verdict")


def test_rights_stand_as_decided_and_material_is_said() -> None:
    rights = (Right.SHARING, Right.CONSENT)
    made = page(FIRST_STEP, judging({"Sharing": review(rights=rights)}))

    for place in (".verdict .says", ".gist .mark.reduces", ".meanings .mark"):
        assert text(made, place) == "▼ Reduces your rights · who data is shared with, consent · material"


def test_a_long_reason_is_folded_behind_the_sentence_for_readers() -> None:
    reason = "It is so, as anyone can see who reads both texts with care. " * 5
    found = {"Sharing": (finding(),)}
    short, both, alone, unfound = (
        page(FIRST_STEP, judging({"Sharing": review(reason=said, for_readers=readers)}, rules))
        for said, readers, rules in (
            ("So.", "We do.", found),
            (reason, "We do.", found),
            (reason, "", found),
            (reason, "We do.", {}),
        )
    )

    assert [bool(made.select(".verdict > .reason")) for made in (short, both, alone, unfound)] == [
        True,
        False,
        True,
        False,
    ]
    assert text(short, "details.rules summary") == "What the rules said"
    assert text(both, "details.rules summary") == "Why, and what the rules said"
    assert text(both, "details.rules > .reason") == reason.strip()
    assert text(unfound, "details.rules summary") == "Why"


def _many(count: int, material: int) -> tuple[Policy, Judging]:
    """Return a policy with so many added clauses, so many of which are decided to be material."""
    names = [f"N{number}" for number in range(count)]
    clauses = "".join(f"## {name} {{#{name.lower()}}}\n\nWe do {name} with your data.\n\n" for name in names)
    old = version("## A {#a}\n\nOne two three.\n\n", "2020-01-01")
    new = version(f"## A {{#a}}\n\nOne two three.\n\n{clauses}", "2021-01-01")
    reviews = {
        name: review(material=number >= count - material, for_readers=f"We {name}.")
        for number, name in enumerate(names)
    }
    return Policy("many", "Many", (old, new)), Judging(Decided(reviews), False, find_everywhere)


@pytest.mark.parametrize(("count", "material", "shown"), [(8, 0, 8), (9, 0, 8), (9, 2, 2), (12, 10, 10), (12, 12, 12)])
def test_many_sentences_are_folded_but_what_is_material(count: int, material: int, shown: int) -> None:
    told, made = _many(count, material)
    redline = page("many/changes/2020-01-01/2021-01-01/", made, told)
    folded = redline.select("details.more-meanings li")

    assert len(redline.select(".meaning > .meanings li")) == shown
    assert len(folded) == count - shown
    if folded:
        assert text(redline, "details.more-meanings summary") == f"… and {count - shown} more"
        assert not redline.select("details.more-meanings[open]")
        assert not any("material" in item.get_text() for item in folded)
