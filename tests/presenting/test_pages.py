"""What the pages of a policy hold, and where they are."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from policies import TODAY, assets_of, ibackup, noted, pages_of, policy, untold

from smallprint.presenting.addresses import JUDGING_URI, relative_uri
from smallprint.text import plain_text

if TYPE_CHECKING:
    from smallprint.model import Policy, Version

POLICIES = {
    "made": (policy(), TODAY),
    "untold": (untold(), TODAY),
    "noted": (noted(), TODAY),
    "ibackup": (ibackup(), date(2026, 1, 1)),
}


@pytest.fixture(params=POLICIES)
def case(request: pytest.FixtureRequest) -> tuple[Policy, date]:
    return POLICIES[request.param]


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html5lib")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("¶", "")


def version_text(version: Version) -> str:
    units = [unit for clause in version.clauses for unit in clause.units]
    return squeezed("".join(plain_text(unit.words) for unit in units))


def text_of(page: BeautifulSoup) -> str:
    """The title and the text of a page, without what stands round them."""
    title, text = page.select_one("h1"), page.select_one(".text")
    assert isinstance(title, Tag)
    assert isinstance(text, Tag)
    for extra in text.select(".dropped, .permalink, .note-label, .vh, .form"):
        extra.decompose()
    return squeezed((title.get_text() if title.get("id") else "") + text.get_text())


def test_every_page_has_its_address() -> None:
    """Each version, each step, each way to the version in force, the history, and records beside them."""
    made = policy()

    assert list(pages_of(made)) == [
        "privacy/2020-01-01/",
        "privacy/2022-01-01/",
        "privacy/2025-01-01/",
        "privacy/changes/2020-01-01/2022-01-01/",
        "privacy/changes/2022-01-01/2025-01-01/",
        "privacy/",
        "privacy/history/",
    ]
    assert set(assets_of(made)) == {
        *(f"privacy/{name}-01-01{ending}" for name in (2020, 2022, 2025) for ending in (".json", ".md")),
        "privacy/changes/2020-01-01/2022-01-01.json",
        "privacy/changes/2022-01-01/2025-01-01.json",
        "privacy/history.json",
        "privacy/feed.atom",
        "privacy/feed.json",
        "privacy/material.atom",
        "privacy/material.json",
    }


def test_versions_are_compared_with_the_one_in_force() -> None:
    """Beyond the steps, unless it is not wanted."""
    late = date(2026, 1, 1)

    assert "privacy/changes/2020-01-01/2025-01-01/" in pages_of(policy(), late)
    assert "privacy/changes/2020-01-01/2025-01-01/" not in pages_of(policy(), late, against_current=False)


def test_what_is_not_published_yet_is_nowhere() -> None:
    early = pages_of(policy(), date(2024, 4, 30))

    assert not [uri for uri in early if "2025" in uri]
    assert "2025" not in "".join(page.render() for page in early.values())


def test_nothing_published_makes_no_pages() -> None:
    versions = (pages_of(policy(versions=())), pages_of(policy(versions=policy().versions[2:]), date(2024, 1, 1)))

    assert versions == ({}, {})


def test_pages_show_the_whole_text(case: tuple[Policy, date]) -> None:
    """The text of a version page is the text of its clauses, no more and no less."""
    made, today = case
    pages = pages_of(made, today)

    for version in made.versions:
        assert text_of(soup(pages[f"{made.slug}/{version.version_id}/"].render())) == version_text(version)
    current = made.in_force(today)
    assert current
    assert text_of(soup(pages[f"{made.slug}/"].render())) == version_text(current)


def test_redline_pages_hold_both_texts(case: tuple[Policy, date]) -> None:
    """Every word of either side is in the page, unchanged ones too; the new text stands in its own order."""
    made, today = case
    versions = {version.version_id: version for version in made.versions}
    for uri, page in pages_of(made, today).items():
        if page.kind != "redline":
            continue
        old, new = uri.split("/")[2:4]
        for side, other in ((old, "ins"), (new, "del")):
            text = soup(page.render()).select_one(".text")
            assert isinstance(text, Tag)
            for extra in text.select(f"{other}, .permalink, .note-label, .vh, .form, .moved-from, .moved-to"):
                extra.decompose()
            shown = squeezed("".join(part.get_text() for part in text.select(".clause")))
            units = [unit for clause in versions[side].clauses for unit in clause.units]  # type: ignore[index]

            # A clause that was split is shown where its parts stand now, so its old words may be shown apart.
            assert Counter(shown) == Counter(squeezed("".join(plain_text(unit.words) for unit in units)))
            if side == new:
                assert shown == version_text(versions[side])  # type: ignore[index]


def test_ids_are_unique_and_links_arrive(case: tuple[Policy, date]) -> None:
    made, today = case
    pages = pages_of(made, today)
    rendered = {uri: soup(page.render()) for uri, page in pages.items()}
    ids = {uri: [str(tag["id"]) for tag in page.select("[id]")] for uri, page in rendered.items()}
    files = assets_of(made, today)

    for uri, page in rendered.items():
        assert len(ids[uri]) == len(set(ids[uri]))
        assert pages[uri].anchors <= set(ids[uri])
        assert {heading.anchor for heading in pages[uri].headings} <= set(ids[uri])
        for link in page.select("a[href]"):
            if re.match(r"[a-z]+:", str(link["href"])):
                continue
            target, anchor = urldefrag(urljoin(f"https://x/{uri}", str(link["href"])))
            target = target.removeprefix("https://x/")
            if target == JUDGING_URI:  # The site has it, no policy.
                continue
            assert target in pages or target in files
            assert not anchor or anchor in ids[target]


def test_no_page_needs_script_or_carries_style(case: tuple[Policy, date]) -> None:
    made, today = case
    for page in pages_of(made, today).values():
        html = soup(page.render())
        assert not html.select("script, style, [style], link, img, iframe")
        assert not [name for tag in html.find_all(True) for name in tag.attrs if name.startswith("on")]


def test_no_redline_stands_in_a_summary(case: tuple[Policy, date]) -> None:
    """Screen readers do not read marks inside buttons and summaries."""
    made, today = case
    for page in pages_of(made, today).values():
        assert not soup(page.render()).select(":is(summary, button) :is(ins, del)")


def test_titles_and_names_are_escaped() -> None:
    pages = pages_of(policy(title="A <b> & c"))
    for page in pages.values():
        html = page.render()
        assert "<Ltd>" not in html
        assert "<b>" not in html


def test_policy_page_says_what_is_in_force_and_what_will_be() -> None:
    page = soup(pages_of(policy())["privacy/"].render())
    notice = page.select_one(".notice")
    assert isinstance(notice, Tag)

    assert "In force since 1 January 2022" in page.get_text()
    assert "A new version takes effect on 1 January 2025." in notice.get_text()
    assert notice.select("a[href='changes/2022-01-01/2025-01-01/']")


def test_dropped_clauses_still_have_a_place() -> None:
    page = soup(pages_of(policy())["privacy/"].render())
    told = page.select_one('[id="collection.surveys"]')
    assert isinstance(told, Tag)

    assert "“Surveys” (collection.surveys) last stood in the version of 1 January 2020." in told.get_text()
    assert [link["href"] for link in told.select("a")] == [
        "#collection",
        "2020-01-01/#collection.surveys",
        "changes/2020-01-01/2022-01-01/#collection.surveys",
    ]


def test_old_versions_point_to_the_one_in_force() -> None:
    pages = pages_of(policy())
    old, current, announced = (pages[f"privacy/{year}-01-01/"] for year in (2020, 2022, 2025))
    banner = soup(old.render()).select_one(".notice")
    assert isinstance(banner, Tag)

    assert banner.get_text().startswith("This is the version of 1 January 2020, in force until 31 December 2021.")
    assert (old.canonical, current.canonical, announced.canonical) == ("privacy/", "privacy/", "")
    assert "takes effect on 1 January 2025" in soup(announced.render()).get_text()
    assert not soup(current.render()).select(".notice")


def test_moves_are_linked_both_ways() -> None:
    page = soup(pages_of(policy())["privacy/changes/2020-01-01/2022-01-01/"].render())
    here, away = page.select_one(".change .moved-note a"), page.select_one(".moved-note.away a")
    assert isinstance(here, Tag)
    assert isinstance(away, Tag)

    assert page.select_one(f'.away[id="{str(here["href"])[1:]}"]')
    assert page.select_one(f'.change.moved[id="{str(away["href"])[1:]}"]')


def test_changes_are_counted_and_linked_to_their_neighbours() -> None:
    page = soup(pages_of(policy())["privacy/changes/2020-01-01/2022-01-01/"].render())
    changes = page.select(".change")

    assert [note.get_text() for note in page.select(".note .position")] == [
        f"{n} of {len(changes)}" for n in range(1, len(changes) + 1)
    ]
    assert [link["href"] for link in page.select(".note [rel=next]")] == [f"#{c['id']}" for c in changes[1:]]
    assert [link["href"] for link in page.select(".note [rel=prev]")] == [f"#{c['id']}" for c in changes[:-1]]
    assert [link["href"] for link in page.select(".index nav a")] == [f"#{c['id']}" for c in changes]


def test_history_labels_its_dates() -> None:
    page = soup(pages_of(policy())["privacy/history/"].render())
    entry = page.select_one("#version_2022-01-01")
    assert isinstance(entry, Tag)

    dates = [squeezed(tag.get_text()) for tag in entry.select(".date")]
    assert dates == ["Inforcefrom1January2022", "until31December2024", "Usersnotified1December2021"]
    assert [tag["id"] for tag in page.select("li[id]")] == [f"version_{y}-01-01" for y in (2025, 2022, 2020)]


def test_history_record_agrees_with_the_page() -> None:
    record = json.loads(assets_of(policy())["privacy/history.json"].render())

    assert [entry["standing"] for entry in record["versions"]] == ["past", "in force", "announced"]
    assert record["versions"][0]["step"] is None
    assert record["versions"][1]["step"]["page"] == "privacy/changes/2020-01-01/2022-01-01/"


def test_first_version_may_be_announced_only() -> None:
    """Before anything is in force, the policy's address shows what will be."""
    pages = pages_of(policy(versions=policy().versions[2:]))

    assert "No version is in force before it." in pages["privacy/"].render()


def test_pages_of_other_languages_say_so() -> None:
    arabic = policy(language="ar")
    body = soup(pages_of(arabic)["privacy/"].render()).select_one(".smallprint")
    assert isinstance(body, Tag)

    assert (body["lang"], body["dir"]) == ("ar", "rtl")
    assert "يناير" in body.get_text()
    assert body.select("[lang=en][dir=ltr]")


def test_same_content_gives_the_same_bytes(case: tuple[Policy, date]) -> None:
    made, today = case
    first = {uri: page.render() for uri, page in pages_of(made, today).items()}
    backwards = {uri: page.render() for uri, page in reversed(pages_of(made, today).items())}

    assert first == backwards


@pytest.mark.parametrize(
    ("start", "to", "anchor", "link"),
    [
        ("p/", "p/history/", "", "history/"),
        ("p/history/", "p/", "", "../"),
        ("p/history/", "p/feed.atom", "", "../feed.atom"),
        ("p/", "p/", "é", "#%C3%A9"),
        ("p/changes/a/b/", "q/", "", "../../../../q/"),
    ],
)
def test_links_are_relative(start: str, to: str, anchor: str, link: str) -> None:
    assert relative_uri(start, to, anchor) == link


def test_a_changed_title_shows_on_the_redline() -> None:
    """What the front matter says otherwise than before is told, though no word of the text changed."""
    made = policy()
    renamed = dataclasses.replace(made.versions[1], title="Data <Promise>")
    pages = pages_of(dataclasses.replace(made, versions=(made.versions[0], renamed, *made.versions[2:])))
    status = soup(pages["privacy/changes/2020-01-01/2022-01-01/"].render()).select_one(".status")

    assert status is not None
    assert f"“Data <Promise>”, before “{made.versions[0].title}”" in status.get_text()


def test_references_and_footnotes_lead_to_each_other() -> None:
    """Each reference leads to the note that its text has, removed ones too, and each note back to the first of them."""
    page = soup(pages_of(noted())["privacy/changes/2020-01-01/2021-01-01/"].render())

    for reference in page.select(".noteref a"):
        note = page.select_one(str(reference["href"]))
        assert isinstance(note, Tag)
        assert "clause-note" in note["class"]
    for label in page.select(".note-label"):
        back = page.select_one(str(label["href"]))
        assert isinstance(back, Tag)
        assert back.parent
        assert back.parent["class"] == ["noteref"]
    assert len(page.select(".clause-note.gone")) >= 1
