"""From the body of a version to its clauses."""

from __future__ import annotations

from smallprint.reading.clauses import parse_clauses

BODY = """\
Before the first clause.

# Policy {#policy}

Text of the policy.

## Collection {#collection}

We collect:

- your name

{#collection.cookies was="security.cookies old.cookies"}
**Cookies** – We use cookies.

Still cookies.

Setext {#setext}
----------------

- a list

{#item}
- of its own
"""


def test_clauses_run_from_one_mark_to_the_next() -> None:
    """Each clause has its id, title, place and lines; nothing is outside a clause."""
    clauses, faults = parse_clauses(BODY, first_line=10)
    found = [(c.clause_id, c.title, c.level, c.path, c.first_line, c.last_line) for c in clauses]

    assert not faults
    assert found == [
        (None, "Before the first clause", 1, (), 10, 10),
        ("policy", "Policy", 1, (), 12, 14),
        ("collection", "Collection", 2, ("Policy",), 16, 20),
        ("collection.cookies", "Cookies", 3, ("Policy", "Collection"), 23, 25),
        ("setext", "Setext", 2, ("Policy",), 27, 30),
        ("item", "of its own", 3, ("Policy", "Setext"), 33, 33),
    ]
    assert clauses[3].was == ("security.cookies", "old.cookies")


def test_attributes_are_no_text() -> None:
    """What makes clauses is not part of what readers see."""
    clauses, _ = parse_clauses(BODY)

    assert not any("{#" in unit.plain for clause in clauses for unit in clause.units)


def test_without_ids_headings_and_bold_lines_start_clauses() -> None:
    """A text without ids is divided by its headings, and by short lines in bold that serve as headings."""
    body = "# Policy\n\nText.\n\n**What we collect**\n\nNames.\n\n**We never sell your data.**\n\n**Note** that.\n"
    clauses, _ = parse_clauses(body)

    assert [clause.title for clause in clauses] == ["Policy", "What we collect"]
    assert [clause.anchor for clause in clauses] == ["policy", "what-we-collect"]


def test_anchors_made_from_titles_are_unique() -> None:
    """Two headings with one title get two anchors, neither of which is a clause id of the text."""
    clauses, _ = parse_clauses("# Data\n\n# Data\n\n# Data\n")

    assert [clause.anchor for clause in clauses] == ["data", "data-2", "data-3"]


def test_a_mark_in_code_is_code() -> None:
    """A fence may show how ids are written."""
    clauses, faults = parse_clauses("# A {#a}\n\n```\n## B {#b}\n```\n")

    assert [clause.clause_id for clause in clauses] == ["a"]
    assert not faults
