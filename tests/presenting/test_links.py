"""What links, changes and definitions lead to on the pages of a policy and in a page of its own."""

from __future__ import annotations

import json
from datetime import date

from bs4 import BeautifulSoup
from policies import assets_of, pages_of

from smallprint.comparing import compare
from smallprint.model import Policy, Version
from smallprint.presenting.standalone import comparison_page
from smallprint.reading.version import parse_version

OLD = """# Terms {#terms}

“Content” means what you write.

## Fees {#fees}

See [the start](#terms), [cookies](../cookies/) and [prices](https://example.org/prices).

## Gone {#gone}

We keep Content, as [here](#gone).

## Use {#use}

Content is yours.
"""
NEW = """# Terms {#terms}

“Content” means all that you upload.

## Fees {#fees}

See [the end](#use), [cookies](../cookies/) and [prices](https://example.org/prices).

## New {#new}

Something.

## Use {#use}

Content is yours.
"""
REDLINE = "p/changes/2020-01-01/2021-01-01"


def versions() -> tuple[Version, Version]:
    old, _ = parse_version(OLD, path="content/p/2020-01-01.md", version_id="2020-01-01")
    new, _ = parse_version(NEW, path="content/p/2021-01-01.md", version_id="2021-01-01")
    return old, new


def redline() -> BeautifulSoup:
    page = pages_of(Policy("p", "Terms", versions()), date(2024, 1, 1))[f"{REDLINE}/"]
    return BeautifulSoup(page.render(), "html.parser")


def test_a_change_is_at_the_id_of_its_clause() -> None:
    made = redline()

    assert [article["id"] for article in made.select("article.change")] == ["terms", "fees", "gone", "new"]
    assert [link["href"] for link in made.select(".gist .what a")] == ["#terms", "#fees", "#gone", "#new"]
    assert [link["href"] for link in made.select("[rel=next]")] == ["#fees", "#gone", "#new"]


def test_links_of_either_side_arrive() -> None:
    made = redline()
    ids = [each["id"] for each in made.select("[id]")]
    inner = [str(link["href"])[1:] for link in made.select("a[href^='#']")]

    assert len(ids) == len(set(ids))
    assert set(inner) <= set(ids)
    assert made.select_one('a[href="#terms"] del')
    assert made.select_one('a[href="#use"] ins')


def test_a_policy_that_is_not_there_is_named_without_a_link() -> None:
    made = redline()

    assert made.select_one("#fees a:not([href])").get_text() == "cookies"  # type: ignore[union-attr]
    assert made.select_one('#fees a[href="https://example.org/prices"]')


def test_a_page_in_one_file_leads_to_itself_and_elsewhere_only() -> None:
    made = BeautifulSoup(comparison_page(compare(*versions())), "html.parser")
    ids = {each["id"] for each in made.select("[id]")}
    targets = {str(link["href"]) for link in made.select("a[href]")}

    assert {target for target in targets if target[0] != "#"} == {"https://example.org/prices"}
    assert {target[1:] for target in targets if target[0] == "#"} <= ids


def test_a_changed_definition_names_the_clauses_that_use_the_term() -> None:
    line = redline().select_one("#terms .defines")
    assert line

    assert line.get_text() == "This changes what “Content” means in: Use."
    assert [link["href"] for link in line.select("a")] == ["#use"]

    record = json.loads(assets_of(Policy("p", "Terms", versions()), date(2024, 1, 1))[f"{REDLINE}.json"].render())
    assert [change.get("defines") for change in record["changes"] if change["number"] == 1] == [
        [{"term": "Content", "used_in": ["use"]}]
    ]
