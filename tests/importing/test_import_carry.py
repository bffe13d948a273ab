"""Ids carried over from another version: what keeps its id, what gets a new one, and what `was` tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plain import version
from smallprint.importing.carry import Heritage
from smallprint.importing.importing import import_draft
from smallprint.importing.markdown import read_markdown
from smallprint.importing.retired import Retired

if TYPE_CHECKING:
    from smallprint.importing.report import Imported

KEPT = "We keep what you tell us for as long as we need it, and no longer than two years after you left."
GIVEN = "Your name and address go to the carriers who bring the goods that you ordered to your door."
SOLD = "We never sell any of this to brokers, advertisers or anybody else who asks us for a list of people."
ASKED = "You can ask us at any time what we know of you, and we answer within thirty days without a fee."


def like(old: str, new: str, *, is_next: bool = True, retired: frozenset[str] = frozenset()) -> Imported:
    draft = read_markdown(new, "new.md")
    return import_draft(draft, heritage=Heritage(version(old), is_next, retired))


def ids(imported: Imported) -> list[tuple[str, tuple[str, ...]]]:
    return [(clause.clause_id, clause.was) for clause in imported.report.clauses]


def test_equal_text_keeps_its_id_under_any_title() -> None:
    done = like(f"## Storage {{#shelf}}\n\n{KEPT}\n\n{SOLD}", f"## Archive\n\n{KEPT}\n\n{SOLD}\n\n## New\n\n{ASKED}")

    assert ids(done) == [("shelf", ()), ("new", ())]


def test_an_equal_title_keeps_its_id_under_other_text() -> None:
    done = like(f"## Zebras {{#stripes}}\n\n{KEPT}", f"## 3. Zebras\n\n{ASKED}\n\n## New\n\n{GIVEN}")

    assert ids(done) == [("stripes", ()), ("new", ())]


def test_a_clause_on_the_same_thing_keeps_its_id_and_is_doubtful() -> None:
    done = like(f"## Contacting the Web Site {{#contact}}\n\n{KEPT}", f"## Contact us\n\n{ASKED}")

    assert ids(done) == [("contact", ())]
    assert [clause.clause_id for clause in done.doubts] == ["contact"]


def test_what_moved_out_of_its_section_keeps_its_id() -> None:
    """Even if a person named it by the section: an id is an address, and a clause that moves is the same clause."""
    old = f"## Security {{#security}}\n\n{KEPT}\n\n{{#security.cookies}}\n**Cookies.** {GIVEN}"
    new = f"## What we collect\n\n**Cookies.** {GIVEN}\n\n**Names.** {ASKED}\n\n## Security\n\n{KEPT}"

    assert ids(like(old, new)) == [
        ("collection", ()),
        ("security.cookies", ()),
        ("names", ()),
        ("security", ()),
    ]


def test_a_split_is_told_on_the_part_that_got_a_new_id() -> None:
    old = f"## Use {{#use}}\n\n{KEPT}\n\n{GIVEN}\n\n{SOLD}"
    new = f"## Use\n\n{KEPT}\n\n## Parcels\n\n{GIVEN}\n\n{SOLD}"

    assert ids(like(old, new)) == [("use", ()), ("parcels", ("use",))]


def test_a_merger_is_told_on_what_went_on() -> None:
    old = f"## Use {{#use}}\n\n{KEPT}\n\n{GIVEN}\n\n## Parcels {{#parcels}}\n\n{SOLD}"
    new = f"## Use\n\n{KEPT}\n\n{GIVEN}\n\n{SOLD}"

    assert ids(like(old, new)) == [("use", ("parcels",))]


def test_what_took_the_place_of_something_carries_it_on() -> None:
    old = f"## Safe Harbor {{#safe-harbor}}\n\n{KEPT}"
    new = f"## EU-U.S. Privacy Shield\n\n{ASKED}"

    assert ids(like(old, new)) == [("privacy-shield", ("safe-harbor",))]


def test_nothing_is_said_of_what_was_where_the_other_version_is_not_right_before() -> None:
    old = f"## Use {{#use}}\n\n{KEPT}\n\n{GIVEN}\n\n## Parcels {{#parcels}}\n\n{SOLD}"

    assert ids(like(old, f"## Use\n\n{KEPT}\n\n{GIVEN}\n\n{SOLD}", is_next=False)) == [("use", ())]


def test_no_new_clause_gets_an_id_that_another_had() -> None:
    old = f"## Use {{#use}}\n\n{KEPT}"
    done = like(old, f"## Use\n\n{KEPT}\n\n## Cookies\n\n{ASKED}", retired=frozenset({"cookies"}))

    assert ids(done) == [("use", ()), ("cookies-2", ())]


def test_a_promise_is_carried_over() -> None:
    done = like(
        f"## Changes {{#changes promise=notice days=30 by=email}}\n\n{KEPT}",
        f"## Changes\n\n{KEPT}\n\n## New\n\n{ASKED}",
    )

    assert "## Changes {#changes promise=notice days=30 by=email}" in done.markdown


@pytest.mark.parametrize(
    ("table", "mark"),
    [
        ("| Name | Where |\n| --- | --- |\n| Orbit | Spain |\n| Apex | Peru |", "{#partners rows=name}"),
        ("| Company | Where |\n| --- | --- |\n| Orbit | Spain |\n| Apex | Norway |", "{#partners}"),
        ("| Name | Where |\n| --- | --- |\n| Orbit | Spain |\n| Orbit | Norway |", "{#partners}"),
    ],
)
def test_the_column_that_names_rows_is_carried_over_where_it_still_does(table: str, mark: str) -> None:
    """A mark is carried over only if what it says of the table is so."""
    old = f"## Partners {{#partners rows=name}}\n\n| Name | Where |\n| --- | --- |\n| Orbit | Spain |\n\n{KEPT}"

    done = like(old, f"## Partners\n\n{table}\n\n{KEPT}")

    assert f"## Partners {mark}" in done.markdown


def test_a_clause_keeps_its_id_under_the_usual_title_of_another() -> None:
    """The vocabulary says `choice` of the new title; that id was another clause's, and that one stays too."""
    opens = "You may opt out of the letters that we send you every month, if you do not want to read them."
    old = f"## Use {{#use}}\n\n{KEPT}\n\n{{#choice}}\n{opens}\n\n## Changing it {{#correction}}\n\n{ASKED}\n\n{SOLD}"
    new = f"## Use\n\n{KEPT}\n\n{opens}\n\n## Your Choices\n\n{ASKED}\n\n{SOLD}"
    done = like(old, new)

    assert ids(done) == [("use", ()), ("choice", ()), ("correction", ())]
    assert not done.doubts


def test_clauses_that_trade_titles_keep_their_ids() -> None:
    old = f"## Cookies {{#cookies}}\n\n{KEPT}\n\n{SOLD}\n\n## Retention {{#retention}}\n\n{GIVEN}\n\n{ASKED}"
    new = f"## Retention\n\n{KEPT}\n\n{SOLD}\n\n## Cookies\n\n{GIVEN}\n\n{ASKED}"

    assert ids(like(old, new)) == [("cookies", ()), ("retention", ())]


def test_a_short_clause_keeps_its_id_under_a_long_title() -> None:
    old = f"## Mail {{#contact}}\n\nWrite to us at Example Street.\n\n## Use {{#use}}\n\n{KEPT}"
    new = f"## How long we retain what you tell us in our letters\n\nWrite to us at Example Street.\n\n## Use\n\n{KEPT}"

    assert ids(like(old, new)) == [("contact", ()), ("use", ())]


def test_a_clause_that_was_reworded_too_keeps_its_id_under_the_usual_title_of_another() -> None:
    changed = KEPT.replace("two years", "three years")
    old = f"## Cookies {{#cookies}}\n\n{ASKED}\n\n## Storage {{#shelf}}\n\n{KEPT}\n\n{SOLD}"
    new = f"## Cookies and choices\n\n{changed}\n\n{SOLD}\n\n## Other things\n\n{ASKED}"

    assert ids(like(old, new)) == [("shelf", ()), ("cookies", ())]


def test_other_text_under_another_title_is_another_clause() -> None:
    old = f"## Storage {{#shelf}}\n\n{KEPT}\n\n{SOLD}"

    assert ids(like(old, f"## Contact\n\n{ASKED}\n\n{GIVEN}")) == [("contact", ())]


def test_paragraphs_are_cut_as_a_person_cut_them_in_the_other_version() -> None:
    cookies = "We use cookies to keep you logged in, and for nothing else that you would want to know."
    old = f"## Use {{#use}}\n\n{KEPT}\n\n{cookies}\n\n{{#use.brokers}}\n{SOLD}"
    new = f"## Use\n\n{KEPT}\n\n{cookies}\n\n{SOLD}\n\n## New\n\n{ASKED}"

    assert ids(like(old, new)) == [("use", ()), ("use.brokers", ()), ("new", ())]


def test_the_part_of_a_split_that_kept_the_title_keeps_the_id_however_small_it_is() -> None:
    old = f"## Storage {{#shelf}}\n\n{KEPT}\n\n{GIVEN}\n\n{SOLD}\n\n{ASKED}\n\n{ASKED.replace('thirty', 'ten')}"
    new = f"## Storage\n\n{KEPT}\n\n## Parcels\n\n{GIVEN}\n\n{SOLD}\n\n{ASKED}\n\n{ASKED.replace('thirty', 'ten')}"

    assert ids(like(old, new)) == [("shelf", ()), ("parcels", ("shelf",))]


def gone(old: str, now: str) -> Retired:
    """Return what is retired where one text followed another."""
    retired = Retired()
    retired.follow(version(old).clauses, version(now).clauses)
    return retired


def back(old: str, now: str, new: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the ids of a text that comes after two others."""
    heritage = Heritage(version(now), retired=gone(old, now))
    return ids(import_draft(read_markdown(new, "new.md"), heritage=heritage))


@pytest.mark.parametrize(
    "again",
    [
        f"## Parcels\n\n{GIVEN}",
        f"## 7. Parcels\n\n{GIVEN}",
        f"## Deliveries\n\n{GIVEN}",
        f"## Parcels\n\n{GIVEN.replace('your door', 'the door of your house')}",
        f"## PARCELS\n\n{GIVEN.upper()}",
    ],
)
def test_a_retired_clause_that_comes_back_gets_its_id_back(again: str) -> None:
    kept = f"## Use {{#use}}\n\n{KEPT}"

    assert back(f"{kept}\n\n## Parcels {{#crates}}\n\n{GIVEN}", kept, f"## Use\n\n{KEPT}\n\n{again}") == [
        ("use", ()),
        ("crates", ()),
    ]


def test_a_retired_id_is_not_given_to_other_words() -> None:
    kept = f"## Use {{#use}}\n\n{KEPT}"
    new = f"## Use\n\n{KEPT}\n\n## Parcels\n\n{SOLD}"

    assert back(f"{kept}\n\n## Parcels {{#parcels}}\n\n{GIVEN}", kept, new) == [("use", ()), ("parcels-2", ())]


def test_the_same_words_count_more_than_the_same_title() -> None:
    """Otherwise the two texts of an advertisement that rotates would trade ids at each turn."""
    first, second = f"## Offer {{#offer}}\n\n{GIVEN}", f"## Offer {{#offer-2}}\n\n{SOLD}"

    assert back(first, second, f"## Offer\n\n{GIVEN}") == [("offer", ())]


def test_no_retired_id_goes_to_two_clauses() -> None:
    kept = f"## Use {{#use}}\n\n{KEPT}"
    new = f"## Use\n\n{KEPT}\n\n## Parcels\n\n{GIVEN}\n\n## Letters\n\n{GIVEN}"

    assert back(f"{kept}\n\n## Parcels {{#crates}}\n\n{GIVEN}", kept, new) == [
        ("use", ()),
        ("crates", ()),
        ("letters", ()),
    ]


def test_was_does_not_rest_on_a_topic_alone() -> None:
    """Two clauses on one topic that share no text are no rename; a person is told of it."""
    old = f"## Advertising {{#advertising}}\n\n{KEPT}"
    kept = KEPT.replace("two years", "three years")
    done = like(old, f"## Archive\n\n{kept}\n\n## Our advertisers\n\nBuy shoes here, they are cheap this week.")

    assert ids(done) == [("advertising", ()), ("advertisers", ())]
    assert [clause.guessed for clause in done.doubts] == [("advertising",)]
