"""What people decided is told, with their names; what rules propose is nobody's verdict, and shown in previews only."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click
import jsonschema
import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree
from policies import assets_of, pages_of, policy

from judged import RULE, SECRET, Decided, Rules, find_everywhere, finding, review
from smallprint.assessing.rules import load_rules
from smallprint.comparing import compare
from smallprint.judgement import Direction, Practice, Right
from smallprint.presenting.judging import Judging, judged_in_full
from smallprint.presenting.judging_page import judging_page
from smallprint.presenting.pull_request import comparison_in_markdown
from smallprint.presenting.record import comparison_record, comparison_schema
from smallprint.presenting.rights import Tally, tally_sentence
from smallprint.presenting.standalone import comparison_page
from smallprint.presenting.terminal import comparison_in_terminal
from smallprint.presenting.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from smallprint.model import Comparison

REDLINE = "privacy/changes/2020-01-01/2022-01-01"
_STEPS = ("2020-01-01/2022-01-01", "2022-01-01/2025-01-01")
_ALL = {
    "Contact": review(Direction.NEUTRAL, for_readers="", reason="It only moved."),
    "Security": review(Direction.NEUTRAL, for_readers="", reason="It only moved too."),
    "Collection": review(),
    "Sharing": review(Direction.EXPANDS, material=False, for_readers="We <share> nothing.", on=date(2022, 1, 3)),
}


def judging(*titles: str, preview: bool = False, find: Callable[..., object] = find_everywhere) -> Judging:
    """Return decisions on some clauses, where the rules find a loss everywhere."""
    decided = Decided({title: _ALL[title] for title in titles})
    return Judging(decided, preview, find)  # type: ignore[arg-type]


def page(uri: str, made: Judging, **options: object) -> BeautifulSoup:
    return BeautifulSoup(pages_of(policy(), judging=made, **options)[uri].render(), "html5lib")


def record(uri: str, made: Judging) -> dict:  # type: ignore[type-arg]
    return json.loads(assets_of(policy(), judging=made)[uri].render())  # type: ignore[no-any-return]


def text(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert isinstance(found, Tag), selector
    return " ".join(found.get_text().split())


def changed() -> list[str]:
    """Return the titles of what changed in the first step."""
    comparison = compare(*policy().versions[:2])
    return [(change.new or change.old)[0].title for change in comparison.differing]


def all_decided(**options: object) -> Judging:
    return judging(*changed(), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        ((3, 0, 5, 14), "3 changes reduce your rights, 5 expand them, 14 do neither."),
        ((11, 2, 5, 4), "11 changes reduce your rights, 2 do both, 5 expand them, 4 do neither."),
        ((1, 1, 1, 1), "1 change reduces your rights, 1 does both, 1 expands them, 1 does neither."),
        ((2, 0, 0, 0), "2 changes reduce your rights, none expands them."),
        ((2, 0, 0, 1), "2 changes reduce your rights, none expands them, 1 does neither."),
        ((2, 3, 0, 0), "2 changes reduce your rights, 3 reduce and expand them."),
        ((0, 1, 2, 0), "1 change reduces and expands your rights, 2 expand them."),
        ((0, 2, 0, 1), "2 changes reduce and expand your rights, 1 does neither."),
        ((0, 0, 2, 1), "2 changes expand your rights, 1 does neither."),
        ((0, 0, 1, 0), "1 change expands your rights."),
        ((0, 0, 0, 4), "No change reduces or expands your rights."),
    ],
)
def test_the_lead_counts(tally: tuple[int, int, int, int], told: str) -> None:
    assert tally_sentence(Tally(*tally), ENGLISH) == told


def test_every_direction_right_and_practice_has_its_words() -> None:
    say = ENGLISH.judging

    assert set(say.directions) == set(Direction)
    assert set(say.rights) == set(Right)
    assert set(say.practices) == set(Practice)
    assert len({words.sign for words in say.directions.values()}) == len(Direction)


def test_nothing_is_said_of_rights_where_nobody_decided() -> None:
    """And the rules are not even asked: they would take their time for every step of a long history."""

    def fail(comparison: Comparison) -> object:
        raise AssertionError(comparison)

    plain = {uri: page.render() for uri, page in pages_of(policy()).items()}
    judged = {uri: page.render() for uri, page in pages_of(policy(), judging=judging(find=fail)).items()}
    elsewhere = Judging(Decided({"No such clause": review()}), find=fail)  # type: ignore[arg-type]

    assert plain == judged == {uri: page.render() for uri, page in pages_of(policy(), judging=elsewhere).items()}
    assert "rights" not in plain[f"{REDLINE}/"]
    assert record(f"{REDLINE}.json", elsewhere)["notice_required"] is None


def test_a_verdict_is_told_with_all_that_belongs_to_it() -> None:
    made = page(f"{REDLINE}/", all_decided())
    note = made.select_one("#collection.change .verdict")
    assert isinstance(note, Tag)
    told = " ".join(note.get_text().split())

    for part in (
        "▼ Reduces your rights · consent, sale of data · material We now <sell> more.",
        "Consent <is> no longer asked.",
        "Material: people would expect to be told of it. What is done with data has changed.",
        "Decided by Ann & Bob on 24 December 2021. How changes are judged",
        "What the rules said",
        f"▼ reduces · consent · material {SECRET}.",
        f"Rule {RULE}. Rests on Article 7",
    ):
        assert part in told, part
    assert note.select_one("a[href='../../../../how-changes-are-judged/']")
    assert note.select("details.rules:not([open])")
    assert not made.select(".proposed, .preview")


def test_the_head_of_the_page_says_what_it_comes_to() -> None:
    """Counts first, then a sentence for each decided change that touches rights, losses before gains."""
    made = page(f"{REDLINE}/", all_decided())

    neither = len(changed()) - 2
    assert text(made, ".lead").startswith("1 change reduces your rights, 1 expands them, ")
    assert text(made, ".lead").endswith(f"{neither} do neither." if neither > 1 else "1 does neither.")
    assert [" ".join(item.get_text().split()) for item in made.select(".meanings li")] == [
        "We now <sell> more. ▼ Reduces your rights · consent, sale of data · material",
        "We <share> nothing. ▲ Expands your rights · consent, sale of data",
    ]
    assert text(made, ".meaning .by") == (
        "Decided by Ann & Bob, last on 3 January 2022. This is not legal advice. How changes are judged"
    )
    anchors = [str(link["href"])[1:] for link in made.select(".meanings a")]
    assert all(made.select(f'.change[id="{anchor}"]') for anchor in anchors)
    assert "▲ Expands your rights · consent, sale of data" in text(made, ".gist")


def test_each_change_is_in_one_box_of_the_filters() -> None:
    made = page(f"{REDLINE}/", all_decided())
    boxes = {str(box["value"]): text(box.parent, ".count") for box in made.select("[name=rights]")}  # type: ignore[arg-type]
    groups = [str(change["data-rights"]) for change in made.select(".change:not(.continued)")]

    assert boxes == {group: str(groups.count(group)) for group in ("reduces", "expands", "neither")}


def test_what_is_partly_decided_is_told_in_part() -> None:
    """The lead counts nothing, and what nobody decided is nowhere: not in a page, a record or a feed."""
    some = judging("Sharing")
    made = page(f"{REDLINE}/", some)

    assert "rights" not in text(made, ".lead")
    assert len(made.select(".verdict")) == 1
    assert "Not every change of this step has been judged yet." in text(made, ".meaning .by")
    assert {str(box["value"]) for box in made.select("[name=rights]")} == {"expands", "open"}
    of_step = record(f"{REDLINE}.json", some)
    assert of_step["notice_required"] is None
    assert [bool(change["findings"]) for change in of_step["changes"]].count(True) == 1
    pages, files = pages_of(policy(), judging=some), assets_of(policy(), judging=some)
    shown = {uri: page.render().count(SECRET) for uri, page in pages.items()}
    shown |= {uri: file.render().decode().count(SECRET) for uri, file in files.items()}
    # The same clause was decided on in the step after, where nothing else changed.
    both = {f"privacy/changes/{step}{end}" for step in _STEPS for end in ("/", ".json")}
    assert {uri: count for uri, count in shown.items() if count} == dict.fromkeys(both, 1)


def test_a_preview_shows_proposals_as_such() -> None:
    some = judging("Sharing", preview=True)
    made, history = page(f"{REDLINE}/", some), page("privacy/history/", some)
    still_open = len(changed()) - 1
    proposed = made.select(".verdict.proposed")

    assert len(proposed) == still_open
    for note in proposed:
        assert "Proposed by the rules, not decided by a person" in note.get_text()
        assert "Decided by" not in note.get_text()
    assert f"{still_open} changes are still to be decided." in text(made, ".notice.preview")
    assert "not decided" not in text(made, ".meaning")
    assert "rights" not in text(made, ".lead")
    assert "changes are still to be decided." in text(history, ".notice.preview")
    assert all("proposed" in str(change["aria-label"]) for change in made.select(".change:has(.proposed)"))
    of_step = record(f"{REDLINE}.json", some)
    assert of_step["notice_required"] is None
    assert sum(bool(change["findings"]) for change in of_step["changes"]) == still_open + 1
    assert sum(bool(change["review"]) for change in of_step["changes"]) == 1
    for name in ("feed", "material"):
        for ending in (".atom", ".json"):
            feed = assets_of(policy(), judging=some)[f"privacy/{name}{ending}"].render().decode()
            assert SECRET not in feed
            assert "proposed" not in feed


def test_the_person_wins_and_the_rules_are_still_shown() -> None:
    """What was decided otherwise than proposed is told as decided, with what was proposed beside it."""
    made = page(f"{REDLINE}/", judging("Sharing"))
    note = text(made, ".verdict")

    assert note.startswith("▲ Expands your rights")
    assert "▼ reduces · consent · material" in note


def test_a_decision_the_rules_had_not_asked_for() -> None:
    made = page(f"{REDLINE}/", judging("Sharing", find=Rules()))

    assert "The rules found nothing here; a person did." in text(made, ".verdict")
    assert text(made, ".lead").startswith("1 change expands your rights, ")


def test_records_carry_decisions() -> None:
    of_step = record(f"{REDLINE}.json", all_decided())
    jsonschema.validate(of_step, comparison_schema(), jsonschema.Draft202012Validator)
    change = next(change for change in of_step["changes"] if change["new"] and change["new"][0]["id"] == "collection")

    assert of_step["notice_required"] is True
    assert change["review"] == {
        "direction": "reduces",
        "material": True,
        "rights": ["consent", "sale"],
        "reason": "Consent <is> no longer asked.",
        "for_readers": "We now <sell> more.",
        "practice": "changed",
        "by": "Ann & Bob",
        "on": "2021-12-24",
    }
    assert change["findings"][0]["source"] == "Article 7"


def test_history_tells_counts_and_what_is_material() -> None:
    made = page("privacy/history/", all_decided())
    step = made.select_one("[id='version_2022-01-01']")
    other = made.select_one("[id='version_2020-01-01']")
    assert isinstance(step, Tag)
    assert isinstance(other, Tag)

    assert "1 change reduces your rights, 1 expands them" in step.get_text()
    assert [" ".join(item.get_text().split()) for item in step.select(".meanings li")] == [
        "We now <sell> more. ▼ Reduces your rights · consent, sale of data · material",
    ]
    assert str(step.select(".meanings a")[0]["href"]).endswith("../changes/2020-01-01/2022-01-01/#collection")
    assert "rights" not in other.get_text()
    (entry,) = [e for e in record("privacy/history.json", all_decided())["versions"] if e["id"] == "2022-01-01"]
    assert entry["step"]["rights"] == {
        "reduces": 1,
        "mixed": 0,
        "expands": 1,
        "neither": len(changed()) - 2,
        "passed_over": 0,
    }
    assert entry["step"]["notice_required"] is True
    assert entry["step"]["for_readers"] == ["We now <sell> more."]
    assert entry["step"]["summary"].startswith("1 change reduces your rights, ")


def test_feeds_carry_verdicts() -> None:
    files = assets_of(policy(), judging=all_decided())
    feed = json.loads(files["privacy/feed.json"].render())
    atom = etree.fromstring(files["privacy/feed.atom"].render())
    entry = atom.findall("{*}entry")[1]

    assert "1 change reduces your rights, 1 expands them" in feed["items"][1]["summary"]
    assert "▼ Reduces your rights · consent, sale of data · material." in feed["items"][1]["content_html"]
    assert feed["items"][1]["date_modified"] == "2022-01-03T00:00:00Z"
    terms = [category.get("term") for category in entry.findall("{*}category")]
    assert sorted(terms) == sorted(feed["items"][1]["tags"])
    assert {"reduces", "expands", "material", "consent", "sale"} <= set(terms)
    assert feed["items"][2]["tags"] == []


def test_material_changes_have_a_feed_of_their_own() -> None:
    files = assets_of(policy(), judging=all_decided(), site_url="https://x.example/legal/")
    feed = json.loads(files["privacy/material.json"].render())
    atom = etree.fromstring(files["privacy/material.atom"].render())
    (item,) = feed["items"]
    (entry,) = atom.findall("{*}entry")

    assert item["title"] == "Reduces your rights · consent, sale of data: Collection"
    assert item["summary"] == "We now <sell> more."
    assert "Consent &lt;is&gt; no longer asked." in item["content_html"]
    assert "Decided by Ann &amp; Bob on 24 December 2021." in item["content_html"]
    assert item["url"].endswith("https://x.example/legal/privacy/changes/2020-01-01/2022-01-01/#collection")
    assert item["tags"] == ["reduces", "material", "consent", "sale"]
    assert item["id"] == entry.findtext("{*}id")
    assert atom.findtext("{*}updated") == entry.findtext("{*}updated") == "2022-01-01T00:00:00Z"
    main = json.loads(files["privacy/feed.json"].render())
    assert len({feed["feed_url"], main["feed_url"]}) == len({item["id"], *(other["id"] for other in main["items"])}) - 2


def test_pages_link_to_both_feeds() -> None:
    pages = pages_of(policy())
    for uri in ("privacy/", "privacy/history/", f"{REDLINE}/"):
        links = {link.uri for link in pages[uri].feeds}
        assert {"privacy/feed.atom", "privacy/feed.json", "privacy/material.atom", "privacy/material.json"} <= links


def test_counsel_writes_in_the_language_of_the_policy() -> None:
    """Our words are marked as English within a page of another language, and counsel's as its own again."""
    body = pages_of(policy(language="ar"), judging=all_decided())[f"{REDLINE}/"].render()
    note = BeautifulSoup(body, "html5lib").select_one(".note:has(.reduces)")
    assert isinstance(note, Tag)

    assert note["lang"] == "en"
    assert {(str(p["lang"]), str(p["dir"])) for p in note.select(".for-readers, .verdict > .reason")} == {
        ("ar", "auto")
    }


def test_decisions_remake_redlines_and_nothing_else() -> None:
    """The key of a page says whether it depends on decisions."""
    before, after = (
        {
            item.uri: item.key
            for made in (judging(*titles, preview=preview),)
            for item in (*pages_of(policy(), judging=made).values(), *assets_of(policy(), judging=made).values())
            if item.key
        }
        for titles, preview in (((), False), (("Sharing",), False))
    )

    assert before.keys() == after.keys()
    assert {uri for uri in before if before[uri] != after[uri]} == {uri for uri in before if "/changes/" in uri}
    assert judging().key == ""
    assert len({judging("Sharing").key, judging("Contact").key, judging("Sharing", preview=True).key}) == 3


def test_desk_tools_show_findings_and_decisions() -> None:
    """The terminal, a comment on a pull request and a page in one file."""
    comparison = compare(*policy().versions[:2])
    some = judging("Sharing", preview=True)
    assessment = some.judged(comparison).assessment
    lines = [click.unstyle(line).strip() for line in comparison_in_terminal(comparison, assessment)]
    comment = comparison_in_markdown(comparison, assessment)
    one_file = comparison_page(comparison, assessment)

    assert any(line.startswith("▲ Expands your rights · consent, sale of data: Consent <is>") for line in lines)
    assert f"▼ reduces · consent · material: {SECRET}. ({RULE})" in lines
    assert "Proposed by the rules, not decided by a person" in lines
    assert "**▲ Expands your rights · consent, sale of data\\: Consent &lt;is&gt; no longer asked" in comment
    assert "*Proposed by the rules, not decided by a person*" in comment
    # What nobody decided on gives its reason in the note too, not only where all that the rules said is folded.
    assert one_file.count(SECRET) == 2 * len(changed()) - 1
    assert "how-changes-are-judged" not in one_file
    assert "notice preview" in one_file


def test_quotes_stand_beside_findings() -> None:
    old, new = policy().versions[:2]
    comparison = compare(old, new)
    found = finding(old_quote="and nothing else at all", new_quote="and your address")
    assessment = Judging(None, True, Rules({"Collection": (found,)})).judged(comparison).assessment
    lines = [click.unstyle(line).strip() for line in comparison_in_terminal(comparison, assessment)]
    note = text(BeautifulSoup(comparison_page(comparison, assessment), "html5lib"), ".verdict")

    assert "Before: “and nothing else at all”" in lines
    assert "Now: “and your address”" in lines
    assert "Before and nothing else at all" in note
    assert "Now and your address" in note


def test_a_plain_comparison_proposes_whether_notice_is_due() -> None:
    comparison = compare(*policy().versions[:2])
    proposed = Judging(None, True, find_everywhere).judged(comparison).assessment

    assert json.loads(comparison_record(comparison))["notice_required"] is None
    assert json.loads(comparison_record(comparison, None, proposed))["notice_required"] is True
    assert judged_in_full(comparison, proposed).notice_required is None


def test_the_page_on_judging_lists_every_rule() -> None:
    rules = load_rules()
    made = judging_page(rules)
    body = BeautifulSoup(made.render(), "html5lib")

    assert {heading.anchor for heading in made.headings} == made.anchors
    assert made.anchors <= {str(tag["id"]) for tag in body.select("[id]")}
    assert "not legal advice" in text(body, ".lead")
    assert rules
    assert {str(item["id"]) for item in body.select(".rule-list li")} == {f"rule_{rule.id}" for rule in rules}
    assert "{" not in body.get_text()
    assert "This site has no rules" in judging_page(()).render()
