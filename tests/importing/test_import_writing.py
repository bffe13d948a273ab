"""What an import writes reads as if a person had written it, and stays as it is when it is imported again."""

from __future__ import annotations

import pytest

from smallprint.importing.draft import Draft, Kind, Piece, Run
from smallprint.importing.importing import import_draft, import_marked
from smallprint.importing.markdown import read_markdown
from smallprint.importing.text import read_text

DAY = "2020-01-01"


def written(*pieces: Piece) -> str:
    """Return what is written of pieces below a title."""
    title = Piece(Kind.HEADING, (Run("Privacy Policy"),), level=1)
    markdown = import_draft(Draft((title, *pieces)), version_id=DAY).markdown
    assert import_marked(markdown, f"{DAY}.md", version_id=DAY).markdown == markdown
    return markdown.partition("# Privacy Policy {#policy}\n\n")[2]


def paragraph(*runs: Run) -> Piece:
    return Piece(Kind.PARAGRAPH, runs)


@pytest.mark.parametrize(
    "text",
    [
        "Write to privacy_team@acme.example (day or night), or call +1 555-0100.",
        "We pay $5 & take 50%; that is 3 * 4 = 12 or less than 1 < 2 of a snake_case_word.",
        "“You” means [you] and us! Is it so? #1 of the e.g. U.S. firms - yes: it's ~10 days.",
        "See https://acme.example/a_b_c for more.",
    ],
)
def test_no_needless_escapes(text: str) -> None:
    assert "\\" not in written(paragraph(Run(text)))


@pytest.mark.parametrize("text", ["# 1 it is", "- a dash", "1. a number", "> more", "*starred*", "a {#mark}", "[a](b)"])
def test_escapes_that_are_needed(text: str) -> None:
    """The laws tell that they say what they should; here, that they are there."""
    assert "\\" in written(paragraph(Run(text)))


def test_formatting_and_links() -> None:
    shown = written(
        paragraph(
            Run("We keep "),
            Run("all", strong=True),
            Run(" of "),
            Run("it", emphasis=True),
            Run(", see "),
            Run("here", target="https://acme.example/a"),
            Run("."),
        )
    )

    assert "We keep **all** of *it*, see [here](https://acme.example/a).\n" in shown


def test_lists_and_tables() -> None:
    shown = written(
        paragraph(Run("We share:")),
        Piece(Kind.ITEM, (Run("names"),), depth=1),
        Piece(Kind.ITEM, (Run("of you"),), depth=2),
        Piece(Kind.ITEM, (Run("places"),), depth=1),
        paragraph(Run("And:")),
        Piece(Kind.ROW, cells=((Run("What"),), (Run("Days"),)), is_header=True, table=1),
        Piece(Kind.ROW, cells=((Run("a|b"),), (Run("10"),)), table=1),
    )

    assert "We share:\n\n- names\n  - of you\n- places\n\nAnd:\n\n" in shown
    assert "| What | Days |\n| --- | --- |\n| a\\|b | 10 |\n" in shown


SOURCES = {
    "Markdown": "# Privacy Policy\n\nWe run a shop, and here we tell you what we do with your data in it.\n\n"
    "## Security\n\n**Locks:** We use *locks*.\n\n**Guards:** We use guards. They rest.\n\n1. One.\n2. Two.\n",
    "text": "PRIVACY POLICY\n\n1. Security\n\nLOCKS: We use locks.\n\nGUARDS: We use guards. They sleep at night.\n",
}


@pytest.mark.parametrize("make", SOURCES)
@pytest.mark.parametrize("sentences", [False, True])
def test_a_second_import_gives_the_same_bytes(make: str, sentences: bool) -> None:
    draft = read_markdown(SOURCES[make], "") if make == "Markdown" else read_text(SOURCES[make], "")
    first = import_draft(draft, version_id=DAY, sentences=sentences)
    again = import_marked(first.markdown, f"{DAY}.md", version_id=DAY)

    assert again.markdown == first.markdown
    assert again.report.clauses == ()


def test_markdown_that_is_plain_already_stays_as_it_is() -> None:
    text = "# Privacy Policy {#policy}\n\n## Security {#security}\n\nWe use *locks*.\n\n- One.\n- Two.\n"
    bare = text.replace(" {#policy}", "").replace(" {#security}", "")

    assert import_draft(read_markdown(bare, ""), version_id=DAY).markdown.partition("---\n\n")[2] == text
