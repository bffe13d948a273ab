"""References to sections and days in the text that need a look: SP550, SP551, SP552."""

import pytest

from smallprint.model import Policy
from smallprint.reading.version import parse_version
from smallprint.reviewing.remarks import remarks


def told(*texts: str, language: str = "en") -> list[str]:
    """Return the remarks on versions of 2020, 2021 and so on."""
    versions = []
    for year, text in enumerate(texts, 2020):
        name = f"{year}-03-11"
        made, _ = parse_version(text, path=f"content/p/{name}.md", version_id=name, language=language)
        versions.append(made)
    return [f"{f.line}:{f.column}: {f.code} {f.what}" for f in remarks(Policy("p", "P", tuple(versions)))]


BEFORE = """# Terms {#terms}

## 1. Orders {#orders}

Refunds are in Section 2. See also Section 3.

## 2. Refunds {#refunds}

Article 6(1)(b) GDPR and Section 230 of the Act hold.

## 3. Fees {#fees}

None.
"""


def test_a_number_that_nothing_has() -> None:
    text = BEFORE.replace("Section 2", "Section 9", 1)

    assert told(text) == ["5:16: SP550 “Section 9” names a number that no clause of this version has."]


def test_numbers_that_are_there_and_other_texts_are_left_alone() -> None:
    assert told(BEFORE, BEFORE) == []


def test_a_text_without_numbers_is_left_alone() -> None:
    assert told("# Terms {#terms}\n\n## Orders {#orders}\n\nSee Section 9.\n") == []


def test_a_number_that_names_another_clause_now() -> None:
    new = BEFORE.replace("## 2. Refunds", "## 2. Prices {#prices}\n\nFixed.\n\n## 3. Refunds").replace(
        "3. Fees", "4. Fees"
    )

    assert told(BEFORE, new) == [
        (
            "5:16: SP551 “Section 2” named “2. Refunds” in version 2020-03-11 and names “2. Prices” now."
            " That clause is 3 now."
        ),
        (
            "5:36: SP551 “Section 3” named “3. Fees” in version 2020-03-11 and names “3. Refunds” now."
            " That clause is 4 now."
        ),
    ]


def test_a_number_whose_clause_is_gone() -> None:
    new = BEFORE[: BEFORE.index("## 3.")]

    assert told(BEFORE, new) == [
        (
            "5:36: SP550 “Section 3” names a number that no clause of this version has."
            " In version 2020-03-11 it was “3. Fees”."
        ),
    ]


@pytest.mark.parametrize(
    "reference", ["§ 9", "Abschnitt 9", "Article 9", "clause 9", "section 9.2", "Paragraph 9", "第9条"]
)
def test_words_for_sections(reference: str) -> None:
    (line,) = told(BEFORE.replace("Section 2", reference, 1))

    assert reference in line


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Last updated 1 March 2020", "en"),
        ("Effective March 1, 2020", "en"),
        ("**Effective date:** 2020-03-01", "en"),
        ("Stand: 1. März 2020", "de"),
        ("Dernière mise à jour : 1er mars 2020", "fr"),
    ],
)
def test_another_day(said: str, language: str) -> None:
    (line,) = told(f"# P {{#p}}\n\n{said}\n", language=language)

    assert "SP552" in line


@pytest.mark.parametrize(
    "said", ["Last updated 11 March 2020", "Effective March 11, 2020", "Updated often in March 2020"]
)
def test_the_same_day(said: str) -> None:
    assert told(f"# P {{#p}}\n\n{said}\n") == []
