"""Where clauses begin: headings that are marked and implied, contents, menus, paragraphs on something else."""

from __future__ import annotations

import pytest

from smallprint.importing.clean import clean_draft
from smallprint.importing.draft import Draft, Kind, LeftOut, Piece, Run, Why
from smallprint.importing.markdown import read_markdown
from smallprint.importing.structure import Section, find_sections
from smallprint.importing.text import read_text

PROSE = "We keep what you tell us for as long as we need it to serve you well."


def sections(markdown: str) -> tuple[Section, ...]:
    return find_sections(clean_draft(read_markdown(markdown, "x.md")))


def outline(markdown: str) -> list[tuple[int, str]]:
    """Return level and title of each section; 0 for one without a heading, and its first words where it has none."""
    return [(one.level, one.title or one.pieces[0].text[:20].strip()) for one in sections(markdown)]


def test_marked_headings_keep_their_order_and_lose_gaps_between_levels() -> None:
    found = outline(f"# Privacy Policy\n\n#### Data\n\n{PROSE}\n\n###### Names\n\n{PROSE}\n\n#### Sharing\n\n{PROSE}")

    assert found == [(1, "Privacy Policy"), (2, "Data"), (3, "Names"), (2, "Sharing")]


def test_bold_lines_are_headings_below_marked_ones() -> None:
    found = outline(f"# Privacy Policy\n\n## Data\n\n**Names**\n\n{PROSE}\n\n**Places**\n\n{PROSE}")

    assert found == [(1, "Privacy Policy"), (2, "Data"), (3, "Names"), (3, "Places")]


def test_a_bold_line_above_an_address_is_no_heading() -> None:
    found = outline(
        f"# Privacy Policy\n\n## Contact\n\n{PROSE}\n\n**Attn: Privacy**\n\nAcme\\\n1 High Street\\\nLondon"
    )

    assert found == [(1, "Privacy Policy"), (2, "Contact")]


def test_short_lines_are_headings_only_where_nothing_else_is() -> None:
    marked = outline(f"## Data\n\n{PROSE}\n\nIn short\n\n{PROSE}\n\n## Sharing\n\n{PROSE}")
    plain = outline(f"Data\n\n{PROSE}\n\nIn short\n\n{PROSE}\n\nSharing\n\n{PROSE}")

    assert marked == [(2, "Data"), (2, "Sharing")]
    assert plain == [(2, "Data"), (2, "In short"), (2, "Sharing")]


def test_a_title_that_is_said_twice_makes_one_clause() -> None:
    found = sections(f"# Privacy policy - Safe storage\n\n#### Privacy Policy\n\nLast updated: May 1, 2020\n\n{PROSE}")

    assert [one.begins.name for one in found] == ["TITLE", "OPENING"]
    assert [piece.kind for piece in found[0].pieces] == [Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_a_table_of_contents_makes_no_clauses() -> None:
    titles = ("How we collect data", "How we share data", "How we retain data", "How we protect data")
    contents = "\n\n".join(f"**{number}. {title}**" for number, title in enumerate(titles, 1))
    text = "\n\n".join(f"**{number}. {title}**\n\n{PROSE}" for number, title in enumerate(titles, 1))
    found = outline(f"# Privacy Policy\n\n{PROSE}\n\n{contents}\n\n{text}")

    assert [title for _, title in found[2:]] == [f"{number}. {title}" for number, title in enumerate(titles, 1)]


def test_items_above_paragraphs_are_headings_with_their_numbers() -> None:
    found = outline(f"# Privacy Policy\n\n1. **Data**\n\n   {PROSE}\n\n2. **Sharing**\n\n   {PROSE}")

    assert found == [(1, "Privacy Policy"), (2, "1. Data"), (2, "2. Sharing")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "**Files** – We keep the files that you send us for a year.",
        "**Files.** We keep the files that you send us for a year.",
        "**Files:** We keep the files that you send us for a year.",
        "FILES: We keep the files that you send us for as long as a year.",
    ],
)
def test_heads_in_front_of_paragraphs(paragraph: str) -> None:
    assert outline(f"# Privacy Policy\n\n## Data\n\n{paragraph}")[2:] == [(0, paragraph.strip("*")[:5])]


@pytest.mark.parametrize(
    "paragraph",
    [
        "**We never sell** your files to anyone, whoever asks.",
        "**Note:** We keep the files that you send us for a year.",
        "Last Modified: Jan 09, 2012 by the people who write such things.",
        "E-mail: We answer within a week if you write to us.",
    ],
)
def test_what_is_no_head(paragraph: str) -> None:
    assert outline(f"# Privacy Policy\n\n## Data\n\n{paragraph}") == [(1, "Privacy Policy"), (2, "Data")]


def test_a_paragraph_on_something_else_is_a_clause_where_no_other_is_about_it() -> None:
    cookies = "Acme uses cookies for user session tracking, and for nothing else at all."
    alone = sections(f"# Privacy Policy\n\n## Security\n\n{PROSE}\n\n{cookies}\n\n## Contact\n\n{PROSE}")
    twice = sections(f"# Privacy Policy\n\n## Security\n\n{PROSE}\n\n{cookies}\n\n## Cookies\n\n{PROSE}")

    assert [one.topic for one in alone] == ["", "", "cookies", ""]
    assert [one.topic for one in twice] == ["", "", ""]


def menu(*lines: str) -> Draft:
    text = "\n".join([*lines, "Last Modified: Feb 10, 2020", PROSE, "Data", PROSE])
    return read_text(text, "x.txt")


def test_a_menu_above_the_title_is_left_out_and_listed() -> None:
    draft = menu("Menu", "Terms of Use", "Privacy Policy", "Licenses", "Privacy Policy")

    assert draft.pieces[0].text == "Privacy Policy"
    assert [left.text for left in draft.left_out] == ["Menu", "Terms of Use", "Privacy Policy", "Licenses"]
    assert {(left.why, left.is_sure) for left in draft.left_out} == {(Why.MENU, False)}


def test_a_table_of_contents_above_the_text_is_no_menu() -> None:
    draft = menu("Privacy Policy", "Data", "Your privacy", "Sharing", "Your privacy")

    assert draft.left_out == ()
    assert draft.pieces[0].text == "Privacy Policy"


def test_address_and_archive_are_left_out_and_the_address_is_kept() -> None:
    draft = read_text(f"https://acme.example/privacy\nPrivacy Policy\n{PROSE}", "x.txt")

    assert draft.url == "https://acme.example/privacy"
    assert draft.left_out == (LeftOut("https://acme.example/privacy", Why.ARCHIVE, "line 1"),)


def test_every_piece_is_in_one_section() -> None:
    draft = Draft(tuple(Piece(Kind.PARAGRAPH, (Run(f"{PROSE} {number}"),)) for number in range(4)))

    assert sum(len(one.pieces) for one in find_sections(draft)) == len(draft.pieces)
