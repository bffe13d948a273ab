"""Versions in languages without rules are for people to judge, and the findings say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from speech import check_findings

from plain import version
from smallprint.assessing import assess
from smallprint.assessing.languages import RULE, unread_language
from smallprint.cli.main import main
from smallprint.comparing import compare
from smallprint.judgement import Direction, Finding
from smallprint.reading.tree import read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.model import Comparison

GERMAN = (
    "Wir verarbeiten Ihren Namen und Ihre Anschrift, um Ihnen Briefe zu senden. Mit Ihrer Einwilligung geben wir Ihre "
    "Anschrift an Paketdienste weiter, die sie nur für die Zustellung verwenden. Sie können jederzeit Auskunft über "
    "Ihre Daten verlangen und ihre Löschung fordern. Wir bewahren Rechnungen zehn Jahre lang auf, weil das Gesetz es "
    "verlangt. Danach werden sie vernichtet, ohne dass Sie etwas tun müssen."
)
ENGLISH = "We collect your name. "


def compared(old: str, new: str) -> Comparison:
    return compare(version(old), version(new))


def claims(comparison: Comparison) -> list[Finding]:
    found = assess(comparison)
    check_findings(comparison, found)
    return [claim for told in found.values() for claim in told]


def test_text_that_does_not_read_as_english_is_unclear() -> None:
    (claim,) = claims(compared(f"# Daten\n\n{GERMAN}", f"# Daten\n\n{GERMAN.replace('Mit', 'Ohne')}"))

    assert (claim.rule, claim.direction, claim.material) == (RULE, Direction.UNCLEAR, False)
    assert "does not read as English" in claim.reason
    assert claim.old_quote == GERMAN
    assert claim.new_quote == GERMAN.replace("Mit", "Ohne")


@pytest.mark.parametrize(("old", "new"), [(GERMAN, ENGLISH * 30), (ENGLISH * 30, GERMAN)])
def test_one_side_is_enough(old: str, new: str) -> None:
    """From one language to another nothing can be compared."""
    assert unread_language(compared(old, new)) == "not English"


def test_a_short_text_is_taken_for_english() -> None:
    """A few words say too little of their language."""
    short = GERMAN.split(".", maxsplit=1)[0]

    assert unread_language(compared(short, short)) == ""
    assert unread_language(compared("", "")) == ""


def test_english_is_told_by_its_small_words() -> None:
    assert unread_language(compared(ENGLISH * 30, "| Data | Use of it |\n| --- | --- |\n" * 30)) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"# 1. Daten\n\n{GERMAN}", f"# 2. Daten\n\n{GERMAN}"),
        (f"# Daten\n\n[Mehr](https://example.org/a). {GERMAN}", f"# Daten\n\n[Mehr](https://example.org/b). {GERMAN}"),
        (f"# Daten\n\n{GERMAN}", f"# Daten\n\n{GERMAN.replace('Einwilligung', '**Einwilligung**')}"),
        (f"# A\n\n{GERMAN}\n\n# B\n\nEnde.", f"# B\n\nEnde.\n\n# A\n\n{GERMAN}"),
    ],
    ids=["number", "link target", "emphasis", "order"],
)
def test_what_reads_the_same_needs_no_judge(old: str, new: str) -> None:
    assert claims(compared(old, new)) == []


@pytest.mark.parametrize(("policy_tag", "said"), [("de", "“de”"), ("de-AT", "“de”"), ("fr", "“fr”")])
def test_the_language_of_policy_yml_counts(tmp_path: Path, policy_tag: str, said: str) -> None:
    """However English the text may look, and however short it is."""
    policy = read_tree(write(tmp_path, policy_tag)).policies[0]
    (claim,) = claims(compare(*policy.versions))

    assert claim.direction is Direction.UNCLEAR
    assert claim.reason.startswith(f"There are no rules for text in the language {said}")


@pytest.mark.parametrize("policy_tag", ["en", "en-GB"])
def test_english_of_any_country_has_rules(tmp_path: Path, policy_tag: str) -> None:
    policy = read_tree(write(tmp_path, policy_tag)).policies[0]

    assert {claim.rule for claim in claims(compare(*policy.versions))} != {RULE}


def test_the_desk_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, "de")

    assert main(["diff", "privacy", "2020-01-01", "2021-01-01", "--content", str(content)]) == 0
    assert "no rules for text in the language “de”" in " ".join(capsys.readouterr().out.split())


def write(folder: Path, tag: str) -> Path:
    """Write a policy of two versions in a language; return the content folder."""
    policy = folder / "content" / "privacy"
    policy.mkdir(parents=True)
    (policy / "policy.yml").write_text(f"title: Data\nlanguage: {tag}\n")
    texts = {"2020-01-01": "We never sell your data.", "2021-01-01": "We sell your data to advertisers."}
    for day, text in texts.items():
        head = f"---\ntitle: Data\neffective: {day}\npublished: {day}\n---\n"
        (policy / f"{day}.md").write_text(f"{head}\n# Data {{#data}}\n\n{text}\n")
    return policy.parent
