"""Ids that are proposed for sections, and whence they are."""

from __future__ import annotations

import pytest

from smallprint.importing.carry import Heritage
from smallprint.importing.ids import propose_ids, slug
from smallprint.importing.importing import import_draft
from smallprint.importing.markdown import read_markdown
from smallprint.importing.structure import find_sections
from smallprint.reading.version import parse_version


def ids(text: str, *taken: str) -> list[str]:
    proposals = propose_ids(find_sections(read_markdown(text, "page.md")), taken)
    return [proposal.clause_id for proposal in proposals]


@pytest.mark.parametrize(
    ("title", "clause_id"),
    [
        ("1. What information do we collect?", "collection"),
        ("INFORMATION WE COLLECT", "collection"),
        ("With whom do we share your information?", "sharing"),
        ("Security", "security"),
        ("Children’s Privacy", "children"),
        ("Contact Us", "contact"),
        ("Who collects your data?", "controller"),
        ("Who will handle your data?", "controller"),
        ("Which company processes my information?", "controller"),
        ("Who can see your data?", "sharing"),
        ("Who has access to your data?", "sharing"),
        ("Who do we collect data about?", "collection"),
        ("Loyalty Scheme for Bakers", "loyalty-scheme-bakers"),
    ],
)
def test_ids_from_titles(title: str, clause_id: str) -> None:
    assert ids(f"# Privacy Policy\n\n## {title}\n\nWords.\n")[1] == clause_id


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("3. How we use your Session Records", "use-session-records"),
        ("The Company’s Café", "company-cafe"),
        ("What we do with it", "what-we-do-with-it"),
        ("一般", ""),
    ],
)
def test_slugs(title: str, wanted: str) -> None:
    assert slug(title) == wanted


@pytest.mark.parametrize(
    ("around", "title", "wanted"),
    [
        ("Information We Collect", "Cookies", ["collection", "cookies"]),
        ("Security", "Cookies", ["security", "cookies"]),
        ("Information We Collect", "Loyalty Scheme", ["collection", "loyalty-scheme"]),
        ("Information We Collect", "Information you provide", ["collection", "collection.provided"]),
        ("Sharing", "Service providers", ["sharing", "sharing.service-providers"]),
        ("Partnerships", "Service providers", ["partnerships", "sharing.service-providers"]),
        ("Your rights", "Right of access", ["rights", "rights.access"]),
        ("Your rights", "The right to erasure", ["rights", "rights.deletion"]),
        ("Your rights", "Cookies", ["rights", "cookies"]),
        ("Retention", "Deletion of your data", ["retention", "deletion"]),
        ("Partnerships", "How we use cookies", ["partnerships", "cookies"]),
    ],
)
def test_an_id_names_the_topic_and_not_the_section(around: str, title: str, wanted: list[str]) -> None:
    """A dot is for parts of a topic."""
    assert ids(f"# Privacy Policy\n\n## {around}\n\nMuch.\n\n### {title}\n\nFew.\n")[1:] == wanted


@pytest.mark.parametrize("depth", ["##", "###", "####"])
def test_an_id_is_the_same_wherever_the_clause_is(depth: str) -> None:
    text = f"# Privacy Policy\n\n## Bakers\n\nA.\n\n### Ovens\n\nB.\n\n{depth} Children\n\nC.\n"

    assert ids(text)[-1] == "children"


def test_no_two_are_alike() -> None:
    text = "# Privacy Policy\n\n## Bakers\n\nA.\n\n## Bakers\n\nB.\n\n## Bakers\n\nC.\n"
    proposals = propose_ids(find_sections(read_markdown(text, "page.md")))

    assert [one.clause_id for one in proposals] == ["policy", "bakers", "bakers-2", "bakers-3"]
    assert proposals[2].confidence < 0.6
    assert "“bakers” is taken" in proposals[2].why


def test_a_taken_id_is_not_given_again() -> None:
    assert ids("# Privacy Policy\n\n## Bakers\n\nA.\n", "bakers") == ["policy", "bakers-2"]


def test_a_title_without_letters_of_an_id_is_doubtful() -> None:
    (_, clause) = import_draft(read_markdown("# Privacy Policy\n\n## 一般\n\n言葉。\n", "page.md")).report.clauses

    assert (clause.clause_id, clause.why) == ("clause", "nothing in the title makes an id")
    assert clause.confidence < 0.6


def test_the_title_of_terms() -> None:
    assert ids("# Terms of Service\n\n## Payment\n\nYou pay.\n")[0] == "terms"


def test_ids_that_versions_before_had_are_not_given_to_others() -> None:
    old = import_draft(
        read_markdown("# Privacy Policy\n\n## Bakers\n\nWe bake for you.\n", ""), version_id="2020-01-01"
    )
    like, _ = parse_version(old.markdown, path="2020-01-01.md", version_id="2020-01-01")
    text = "# Privacy Policy\n\n## Bakers\n\nWe bake for you.\n\n## Cobblers\n\nOf shoes there are many kinds here.\n"

    new = import_draft(read_markdown(text, ""), version_id="2021-01-01", heritage=Heritage(like, retired={"cobblers"}))

    assert [clause.clause_id for clause in new.report.clauses] == ["policy", "bakers", "cobblers-2"]
