"""A table of contents makes no clause, and neither does an item of a list in capitals."""

from __future__ import annotations

import pytest

from smallprint.importing.importing import import_source
from smallprint.importing.source import read_any

OPENING = "We run a shop and tell you here what we do with your data in it, and why."
PROSE = "We keep all of it for as long as the law asks us to, and no longer."


def ids(text: str, name: str) -> list[str]:
    report = import_source(read_any(text.encode(), name, name), name).report
    assert report.unexplained == ()
    return [clause.clause_id for clause in report.clauses]


@pytest.mark.parametrize("title", ["Contents", "Table of contents:", "On this page", "In this policy"])
@pytest.mark.parametrize(
    ("name", "entries", "head"),
    [
        ("a.md", "- [Cookies](#c)\n- [Your rights](#r)", "## "),
        ("a.md", "1. Cookies\n2. Your rights", "## "),
        ("a.md", "**Cookies**\n\n**Your rights**", "## "),
    ],
)
def test_a_table_of_contents_makes_no_clause(title: str, name: str, entries: str, head: str) -> None:
    below = f"{head}Cookies\n\n{PROSE}\n\n{head}Your rights\n\n{PROSE}\n"
    text = f"# Privacy Policy\n\n{OPENING}\n\n{head}{title}\n\n{entries}\n\n{below}"

    assert ids(text, name) == ["policy", "introduction", "cookies", "rights"]


def test_a_table_of_contents_of_a_page_makes_no_clause() -> None:
    page = (
        "<main><h1>Privacy Policy</h1><h2>Contents</h2>"
        "<ol><li><a href=#c>Cookies</a><li><a href=#r>Your rights</a></ol>"
        f"<p>{OPENING}</p><h2 id=c>Cookies</h2><p>{PROSE}</p><h2 id=r>Your rights</h2><p>{PROSE}</p></main>"
    )

    assert "contents" not in ids(page, "a.html")


def test_a_section_that_is_called_so_is_one() -> None:
    text = f"# Privacy Policy\n\n{OPENING}\n\n## Contents\n\n{PROSE}\n\n## Cookies\n\n{PROSE}\n"

    assert ids(text, "a.md")[2:] == ["contents", "cookies"]


@pytest.mark.parametrize(
    "items",
    [
        "1. NAME\n2. ADDRESS\n3. PHONE",
        "1) NAME\n\n2) ADDRESS",
        "(a) NAME\n(b) ADDRESS",
        "a) NAME\nb) ADDRESS",
        "- NAME\n- ADDRESS",
        "• NAME\n• ADDRESS",
        "NAME\n\nADDRESS\n\nPHONE",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_items_in_capitals_are_no_headings(name: str, items: str) -> None:
    mark = "# " if name == "a.md" else ""
    text = f"{mark}PRIVACY POLICY\n\n{OPENING}\n\nWe collect:\n\n{items}\n\n{PROSE}\n"

    assert ids(text, name) == ["policy", "introduction"]


def test_items_with_lists_of_their_own_are_items() -> None:
    page = (
        f"<h1>Privacy Policy</h1><p>{OPENING}</p>"
        f"<ol><li>COOKIES<ul><li>of one day</ul><li>BEACONS<ul><li>none</ul></ol><p>{PROSE}</p>"
    )

    assert ids(page, "a.html") == ["policy", "introduction"]
