"""Terms that a text defines, and what a change to a definition reaches."""

import pytest

from smallprint.comparing import compare
from smallprint.comparing.definitions import changed_definitions, definitions
from smallprint.model import Version
from smallprint.reading.version import parse_version

TEXT = """# Terms {#terms}

## Definitions {#definitions}

“Personal Data” means what tells us who you are.

Our site and apps (the “Services”) are for you. We (“we”, “us”) run them.

## Sharing {#sharing}

We share Personal Data with nobody.

## Use {#use}

The Services are free.

## Other data {#other}

Data is kept.
"""


def version(text: str, name: str = "2020-01-01") -> Version:
    return parse_version(text, path=f"content/p/{name}.md", version_id=name)[0]


def found(new: str) -> list[tuple[str, list[str], bool]]:
    comparison = compare(version(TEXT), version(new, "2021-01-01"))
    return [
        (each.term, [clause.anchor for clause in each.used_in], bool(each.new))
        for each in changed_definitions(comparison)
    ]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("“Personal Data” means data.", "Personal Data"),
        ('"Affiliate" refers to any company.', "Affiliate"),
        ("**“Content”** shall mean all of it.", "Content"),
        ("Our site (the “Services”) is free.", "Services"),
        ("Acme Ltd. (together with others, “Acme”) runs it.", "Acme"),
        ("„Daten“ bedeutet alles.", "Daten"),
    ],
)
def test_terms(text: str, term: str) -> None:
    assert list(definitions(version(f"# P {{#p}}\n\n{text}\n"))) == [term]


@pytest.mark.parametrize("text", ["We (“we”) run it.", "Press “Save” to go on.", "The button “Send” is red."])
def test_no_terms(text: str) -> None:
    assert definitions(version(f"# P {{#p}}\n\n{text}\n")) == {}


def test_a_definition_that_changes_names_the_clauses_that_use_the_term() -> None:
    assert found(TEXT.replace("what tells us who you are", "all that you type")) == [
        ("Personal Data", ["sharing"], True)
    ]


def test_a_definition_that_goes() -> None:
    assert found(TEXT.replace("(the “Services”) ", "")) == [("Services", ["use"], False)]


def test_a_change_beside_a_definition_is_none() -> None:
    assert found(TEXT.replace("Services are free", "Services are cheap")) == []
    assert found(TEXT.replace("(“we”, “us”) run", "(“we”, “us”) own")) == []
