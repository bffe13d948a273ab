"""Feeds follow their specifications, and say the same whenever they are made."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from policies import TODAY, assets_of, ibackup, policy

if TYPE_CHECKING:
    from smallprint.model import Policy

ATOM = "{http://www.w3.org/2005/Atom}"
POLICIES = {"made": (policy(), TODAY), "ibackup": (ibackup(), date(2026, 1, 1))}


@pytest.fixture(params=POLICIES)
def case(request: pytest.FixtureRequest) -> tuple[Policy, date]:
    return POLICIES[request.param]


def atom(made: Policy, today: date = TODAY, **options: object) -> etree._Element:
    return etree.fromstring(assets_of(made, today, **options)[f"{made.slug}/feed.atom"].render())


def json_of(made: Policy, today: date = TODAY, **options: object) -> dict:  # type: ignore[type-arg]
    return json.loads(assets_of(made, today, **options)[f"{made.slug}/feed.json"].render())  # type: ignore[no-any-return]


def test_atom_has_what_rfc_4287_requires(case: tuple[Policy, date]) -> None:
    feed = atom(*case, site_url="https://x.example/legal")

    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
        datetime.fromisoformat(element.findtext(f"{ATOM}updated"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == case[0].publisher
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"https://x.example/legal/{case[0].slug}/feed.atom"
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == len(case[0].versions)
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)
    for entry in entries:
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert entry.find(f"{ATOM}content").get("type") == "html"


def test_json_feed_has_what_its_version_1_1_requires(case: tuple[Policy, date]) -> None:
    feed = json_of(*case, site_url="https://x.example/")

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["authors"]
    assert [item["id"] for item in feed["items"]] == [e.findtext(f"{ATOM}id") for e in atom(*case).iter(f"{ATOM}entry")]
    for item in feed["items"]:
        assert item["content_html"]
        assert item["url"].startswith(f"https://x.example/{case[0].slug}/")
        datetime.fromisoformat(item["date_published"])


def test_entries_tell_every_change() -> None:
    """The newest entry first; each step with a link to each of its changes."""
    feed = json_of(policy())

    assert [item["date_published"][:10] for item in feed["items"]] == ["2024-05-01", "2022-01-01", "2020-01-01"]
    step = feed["items"][1]
    assert step["url"] == "changes/2020-01-01/2022-01-01/"
    assert "Added: Sharing." in step["content_html"]
    assert step["content_html"].count("<li>") == len(re.findall(r'href="changes/[^"]+#[^"]+"', step["content_html"]))


def test_no_sentence_ends_twice(case: tuple[Policy, date]) -> None:
    """Nor does a clause come from under the title of the whole text, where all clauses stand."""
    made, today = case
    told = "".join(item["content_html"] for item in json_of(made, today)["items"])

    assert re.findall(r".{20}[.…!?]”?\.(?=[\s<]|$)", told) == []
    assert [v.clauses[0].title for v in made.versions if f"tood under “{v.clauses[0].title}”" in told] == []


def test_names_are_escaped() -> None:
    feed = atom(policy())

    assert "Acme <Ltd> & Sons" in feed.findtext(f"{ATOM}title")
    assert "<safe>" not in "".join(feed.itertext("{*}content"))


def test_ids_outlive_a_move_of_the_site() -> None:
    assert atom(policy(), site_url="https://a.example/").findtext(f"{ATOM}id") == atom(policy()).findtext(f"{ATOM}id")


def test_feeds_do_not_depend_on_the_day(case: tuple[Policy, date]) -> None:
    """Only on what is published by then."""
    made, today = case
    later = date(today.year + 5, 1, 1)
    for name in ("feed.atom", "feed.json"):
        uri = f"{made.slug}/{name}"
        assert assets_of(made, today)[uri].render() == assets_of(made, later)[uri].render()


@pytest.mark.parametrize(("today", "newest"), [(TODAY, "2024-05-01"), (date(2024, 4, 30), "2022-01-01")])
def test_an_empty_feed_is_as_old_as_the_newest_version(today: date, newest: str) -> None:
    """Since that day nothing material is known: no reader shows a feed of 1970."""
    feed = etree.fromstring(assets_of(policy(), today)["privacy/material.atom"].render())

    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated") == f"{newest}T00:00:00Z"


def test_no_feed_speaks_of_1970(case: tuple[Policy, date]) -> None:
    made, today = case
    feeds = [asset for uri, asset in assets_of(made, today).items() if "feed." in uri or "material." in uri]

    assert len(feeds) == 4
    assert not [feed.uri for feed in feeds if b"1970" in feed.render()]
