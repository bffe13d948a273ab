"""Plain text: what is a title, a paragraph, an item of a list."""

from __future__ import annotations

from smallprint.importing.draft import Kind
from smallprint.importing.importing import import_draft
from smallprint.importing.text import read_text


def body(text: str) -> str:
    return import_draft(read_text(text, "page.txt")).markdown.split("---\n", 2)[2].lstrip("\n")


OPENING = "Acme Privacy Policy\n\nAcme runs a shop, and this policy tells you what we do with your personal data.\n\n"


def test_numbered_titles() -> None:
    written = body(f"{OPENING}1. What We Collect\n\nWe collect your name.\n\n2. Security\n\nWe use locks.\n")

    assert "## 1. What We Collect {#collection}\n\nWe collect your name.\n" in written
    assert "## 2. Security {#security}\n\nWe use locks.\n" in written


def test_lines_in_capitals_are_titles() -> None:
    written = body(f"{OPENING}INFORMATION WE COLLECT\n\nWe collect your name.\n\nSECURITY\n\nWe use locks.\n")

    assert "## INFORMATION WE COLLECT {#collection}\n" in written
    assert "## SECURITY {#security}\n" in written


def test_underlined_titles() -> None:
    pieces = read_text("Privacy Policy\n==============\n\nSecurity\n--------\nWe use locks.\n", "").pieces

    assert [(piece.kind, piece.level, piece.text) for piece in pieces] == [
        (Kind.HEADING, 1, "Privacy Policy"),
        (Kind.HEADING, 2, "Security"),
        (Kind.PARAGRAPH, 0, "We use locks."),
    ]


def test_heads_in_front_of_paragraphs() -> None:
    written = body(
        f"{OPENING}1. Information We Collect\n\nWe collect your name.\n\n"
        "COOKIES: We use cookies to keep you logged in.\n\n"
        "SURVEYS: We may ask you in surveys what you think of our shop.\n"
    )

    assert "{#cookies}\n**COOKIES:** We use cookies to keep you logged in.\n" in written
    assert "{#collection.surveys}\n**SURVEYS:** We may ask you in surveys what you think of our shop.\n" in written


def test_bullets_of_several_makes() -> None:
    for bullet in ("-", "*", "•", "–"):
        written = body(f"{OPENING}We share with:\n\n{bullet} shippers;\n{bullet} banks, to be paid.\n")

        assert "We share with:\n\n- shippers;\n- banks, to be paid.\n" in written


def test_items_with_numbers_and_items_in_items() -> None:
    pieces = read_text("We may:\n\n1. ask you first;\n   - by letter,\n   - by telephone;\n2. wait.\n", "").pieces

    assert [(piece.kind, piece.depth, piece.number, piece.text) for piece in pieces] == [
        (Kind.PARAGRAPH, 0, 0, "We may:"),
        (Kind.ITEM, 1, 1, "ask you first;"),
        (Kind.ITEM, 2, 0, "by letter,"),
        (Kind.ITEM, 2, 0, "by telephone;"),
        (Kind.ITEM, 1, 2, "wait."),
    ]


WRAPPED = """\
We collect your name and your address when you open an account
with our shop, and we keep both for as long as you are with us
and for ten days more.

We also collect what you buy, so that we know what to send you
and when.
"""


def test_paragraphs_broken_at_some_width_are_joined() -> None:
    first, second = read_text(WRAPPED, "").pieces

    assert first.text == " ".join(WRAPPED.split("\n\n", maxsplit=1)[0].split())
    assert second.text == "We also collect what you buy, so that we know what to send you and when."


def test_paragraphs_of_one_line_stay_apart() -> None:
    lines = [
        "We collect your name and your address when you open an account with our shop, and we keep both for years.",
        "We do not sell them.",
        "Nobody else gets them.",
        "Ask us to show you both.",
        "You can ask us to forget both at any time, and we will do so at once unless the law tells us to wait a while.",
    ]

    assert [piece.text for piece in read_text("\n".join(lines), "").pieces] == lines


def test_line_ends_of_any_kind() -> None:
    plain = read_text(f"\ufeff{OPENING}{WRAPPED}", "")

    assert read_text((OPENING + WRAPPED).replace("\n", "\r\n"), "").pieces == plain.pieces
    assert read_text((OPENING + WRAPPED).replace("\n", "\r"), "").pieces == plain.pieces


def test_a_last_clause_on_copyright_is_no_footer() -> None:
    last = "If you believe that someone breaks your copyright on our pages, write to us and we will look into it."
    written = body(f"{OPENING}1. Security\n\nWe use locks.\n\n2. Copyright\n\n{last}\n")

    assert written.endswith(f"{last}\n")


def test_notes_of_copyright_at_the_end_are_a_footer() -> None:
    for note in ("© Acme", "Copyright 2020 Acme", "Copyright © Acme Ltd.", "Acme Ltd. All rights reserved."):
        assert body(f"{OPENING}1. Security\n\nWe use locks.\n\n{note}\n").endswith("We use locks.\n")
