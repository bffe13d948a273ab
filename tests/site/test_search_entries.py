"""What a reader finds by searching is the text of clauses, and nothing that stands round or within it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from site_builds import build, replace

from smallprint.site.search import searchable

ROOT = Path(__file__).resolve().parents[2]
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CLAUSE = re.compile(r"^(?:#+ .*?)?\{#([^ }]+)[^}]*\}\n", re.MULTILINE)
_BLOCK_END = re.compile(r"(</(?:p|h\d|li|td|th|tr|pre|blockquote)>|<br ?/?>)")


def words(markdown: str) -> list[str]:
    """Return the words of a text as a Markdown parser other than ours makes them out."""
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    return BeautifulSoup(_BLOCK_END.sub(r"\1 ", html), "html.parser").get_text().split()


def clauses(source: Path) -> dict[str, list[str]]:
    """Return the words of each clause of a source file without its heading, by id."""
    parts = _CLAUSE.split(_FRONT_MATTER.sub("", source.read_text("utf-8")))
    return {name: words(text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def entries(site: Path) -> dict[str, list[str]]:
    """Return the words of each entry of the index, by location."""
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    return {entry["location"]: entry["text"].split() for entry in index["docs"]}


def assert_clauses_alone(site: Path, source: Path) -> None:
    """Hold the entries of a policy against its source."""
    slug = source.parent.name
    found = {place: text for place, text in entries(site).items() if place.startswith(f"{slug}/")}
    whole = found.pop(f"{slug}/")
    (head, opening), *others = clauses(source).items()

    assert found == {f"{slug}/#{name}": text for name, text in others if name != head}
    assert whole[: len(opening)] == opening
    last = others[-1][1]
    assert whole[len(whole) - len(last) :] == last


def test_a_policy_with_clauses_that_were_dropped(project: Path) -> None:
    replace(project / "content" / "privacy" / "2024-01-01.md", "### Cookies {#collection.cookies}", "### Ads {#ads}")
    replace(project / "content" / "index.md", "#collection.cookies", "#collection")
    build(project)

    assert 'class="dropped"' in (project / "site" / "privacy" / "index.html").read_text("utf-8")
    assert_clauses_alone(project / "site", project / "content" / "privacy" / "2024-01-01.md")


def test_a_policy_without(project: Path) -> None:
    build(project)

    assert 'class="dropped"' not in (project / "site" / "privacy" / "index.html").read_text("utf-8")
    assert_clauses_alone(project / "site", project / "content" / "privacy" / "2024-01-01.md")


def test_the_example(site: Path) -> None:
    assert_clauses_alone(site, ROOT / "content" / "ibackup-privacy" / "2020-02-10.md")


@pytest.mark.parametrize("name", ["policy", "sharing"])
def test_only_one_clause(project: Path, name: str) -> None:
    """Be it one with the title of the page or without: what stands below is not its text."""
    content = project / "content" / "privacy"
    (content / "2022-01-01.md").unlink()
    text = {"policy": "# Privacy {#policy}\n\nWe share.\n", "sharing": "## Sharing {#sharing}\n\nWe share.\n"}[name]
    source = content / "2024-01-01.md"
    source.write_text(source.read_text("utf-8").partition("# Privacy")[0] + text, "utf-8")
    (project / "content" / "index.md").write_text("# Acme\n", "utf-8")
    build(project)
    found = {place: text for place, text in entries(project / "site").items() if place.startswith("privacy/")}

    whole = {"policy": ["We", "share."], "sharing": ["Sharing", "We", "share."]}[name]
    assert found == {"privacy/": whole} | ({"privacy/#sharing": ["We", "share."]} if name == "sharing" else {})


def test_formatting_cuts_no_word(project: Path) -> None:
    replace(
        project / "content" / "privacy" / "2024-01-01.md",
        "We share nothing.",
        "We **share**holders use `a`b and\n[links](https://x.example/), *yes*.\\\nReally.\n\n- one\n- two",
    )
    build(project)

    assert entries(project / "site")["privacy/#sharing"] == (
        ["We", "shareholders", "use", "ab", "and", "links,", "yes.", "Really.", "one", "two"]
    )


def test_what_we_say_within_a_text_is_not_found() -> None:
    body = (
        '<div class="text">\n<section class="clause" id="a"><h2>A <a class="permalink" href="#a" aria-label="x">¶</a>'
        '</h2><p>do<span class="cp" lang="en" dir="ltr">[U+200B ZERO WIDTH SPACE]</span>ne</p></section>\n</div>\n'
        '<footer class="colophon" lang="en">Versions</footer>'
    )

    text = BeautifulSoup(searchable(body, ()), "html.parser").get_text().split()
    assert text == ["done"]
