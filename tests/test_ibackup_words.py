"""The IBackup policies in content/ say what the archived pages say: no word lost, added, changed or reordered.

This reads both sides by its own means, without smallprint, so that a fault in smallprint cannot hide one in the text.
"""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent / "sources" / "ibackup"
CONTENT = Path(__file__).parents[1] / "content" / "ibackup-privacy"

ARCHIVE_NOTE = (
    "> *The following text is extracted and transformed from the ibackup.com privacy policy that was archived on "
    "{day}. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/{address}) "
    "for the most accurate reproduction.*"
)

# What stands around the text of a policy: each line as the archive has it, and what of it belongs to the policy.
CHROME: dict[str, list[tuple[str, str]]] = {
    "2006-06-18.md": [
        (
            ARCHIVE_NOTE.format(day="2006-06-18", address="20060618153955id_/http%3A//ibackup.com/policy_new.htm"),
            "",
        ),
        ("|    ", ""),
        (
            r"| **1\. What is IBackup and why is my information needed?**  ",
            r"**1\. What is IBackup and why is my information needed?**",
        ),
        ("---  ", ""),
    ],
    "2008-06-22.md": [
        (
            ARCHIVE_NOTE.format(day="2008-06-22", address="20080622202431id_/http%3A//www.ibackup.com/policy_new.htm"),
            "",
        ),
        ("| ", ""),
    ],
    "2012-01-09.md": [
        (
            ARCHIVE_NOTE.format(day="2017-02-05", address="20170205100827id_/https%3A//www.ibackup.com/policy_new.htm"),
            "",
        ),
    ],
    "2020-02-10.txt": [
        ("http://www.ibackup.com/policy_new.htm", ""),
        ("Menu", ""),
        ("Legal", ""),
        ("Terms and Conditions", ""),
        ("Privacy Policy", ""),  # The first of two: the entry in the menu. The second is the title.
        ("Service Level Agreement", ""),
        ("DMCA Policy", ""),
        ("Acceptable Use Policy", ""),
        ("GDPR", ""),
        ("Compliance Statement", ""),
        ("Licenses", ""),
    ],
}

LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\s]*)\)")


def archived(name: str) -> str:
    """The text of an archived page without its chrome."""
    lines = (SOURCES / name).read_text(encoding="utf-8").split("\n")
    for line, rest in CHROME[name]:
        assert line in lines, f"{name} has no line {line!r}"
        lines[lines.index(line)] = rest
    return "\n".join(lines)


def published(name: str) -> str:
    """The text of the content file for an archived page, without its front matter and clause ids."""
    source = (CONTENT / name).with_suffix(".md").read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", source, count=1, flags=re.DOTALL)
    return re.sub(
        r'^(#{1,6} .+)?\{#[a-z.-]+(?: was="[a-z. -]+")?(?: promise=notice)?\}$', r"\1", text, flags=re.MULTILINE
    )


def words(markdown: str) -> list[str]:
    """The words and punctuation marks that a reader sees, in order."""
    text = LINK.sub(r"\1", markdown)
    text = re.sub(r"^#{1,6} ", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"\\([.\n-])", r"\1", text)
    return re.findall(r"\w+|[^\w\s]", text)


def targets(markdown: str) -> list[str]:
    """Where the links lead, in order."""
    return [target for _, target in LINK.findall(markdown)]


def test_every_version_has_its_archived_page() -> None:
    """The three lists agree: archived pages, content files, and the chrome above."""
    assert sorted(path.name for path in SOURCES.iterdir()) == sorted(CHROME)
    assert sorted(path.stem for path in CONTENT.glob("*.md")) == sorted(Path(name).stem for name in CHROME)


@pytest.mark.parametrize("name", CHROME)
def test_words_are_the_archived_ones(name: str) -> None:
    """The content file has the page's words and punctuation, all of them and in their order."""
    assert len(words(archived(name))) > 500
    assert words(published(name)) == words(archived(name))


@pytest.mark.parametrize("name", CHROME)
def test_links_lead_where_they_did(name: str) -> None:
    """The content file has the page's link targets, all of them and in their order."""
    assert targets(published(name)) == targets(archived(name))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("materially reduces", "reduces"),
        ("materially reduces", "materially really reduces"),
        ("materially reduces", "reduces materially"),
        ("materially", "Materially"),
        ("your rights, we", "your rights we"),
        ("“Device”", '"Device"'),
        ("**Files** –", "**Files** -"),
    ],
)
def test_a_change_of_words_is_seen(old: str, new: str) -> None:
    """The check of words fails for a word lost, added, moved or changed, and for changed punctuation."""
    text = published("2012-01-09.md")
    assert old in text
    assert words(text.replace(old, new, 1)) != words(archived("2012-01-09.md"))


def test_a_change_of_a_link_is_seen() -> None:
    """The check of links fails for a changed target."""
    text = published("2012-01-09.md").replace("http://export.gov/safeharbor/", "https://export.gov/safeharbor/")
    assert targets(text) != targets(archived("2012-01-09.md"))
