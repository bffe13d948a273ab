"""published.json: any edit readers could see of a released version is caught, and no other."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from laws import letters
from smallprint.errors import PublishError
from smallprint.model import Policy
from smallprint.presenting.html import clause_html
from smallprint.reading.report import format_fault
from smallprint.reading.version import parse_version
from smallprint.reviewing.published import (
    FILE,
    Published,
    check_published,
    read_published,
    release,
    write_published,
)

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Version

DAY = dt.date(2026, 1, 10)
PATH = "content/privacy/published.json"
HEAD = "---\ntitle: Privacy\npublished: 2019-12-01\n---\n\n"
TEXT = f"""{HEAD}# Privacy {{#policy}}

We keep **little**.

## Use {{#use}}

We use your [name](https://example.org/name) to bill you.

## Sharing {{#sharing}}

1. We share nothing.
2. We sell nothing.
"""


def version(text: str = TEXT, name: str = "2020-02-10") -> Version:
    made, _ = parse_version(text, path=f"content/privacy/{name}.md", version_id=name)
    return made


def differences(new: Version, old: Version | None = None) -> list[Fault]:
    """Return what is found where one version was released and another stands in its place."""
    published = release(Published(PATH), [old or version()])
    return list(check_published(Policy("privacy", "Privacy", (new,)), published, DAY))


def test_what_stands_as_it_was_has_no_fault() -> None:
    assert differences(version()) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("to bill you", "to rate you", 10, "the clause “use” read differently"),
        ("**little**", "little", 6, "the clause “policy” read differently"),
        ("**little**", "*little*", 6, "the clause “policy” read differently"),
        ("/name)", "/names)", 10, "the clause “use” read differently"),
        ("/name)", '/name "Ours")', 10, "the clause “use” read differently"),
        ("1. We share nothing.\n2. ", "3. We share nothing.\n4. ", 14, "the clause “sharing” read differently"),
        ("1. We share nothing.\n2. ", "1. We share nothing.\n\n   ", 14, "the clause “sharing” read differently"),
        ("## Sharing", "### Sharing", 14, "the clause “sharing” read differently"),
        ("bill you.", "bill you .", 10, "the clause “use” read differently"),
        ("{#use}\n\nWe use", "{#purposes}\n\nWe use up", 10, "the clause “purposes” was not in it"),
        ("## Sharing", "## Also {#also}\n\n## Sharing", 14, "the clause “also” was not in it"),
    ],
)
def test_what_readers_could_see_is_caught(old: str, new: str, line: int, said: str) -> None:
    (fault,) = differences(version(TEXT.replace(old, new, 1)))

    assert (fault.code, fault.line) == ("SP530", line)
    assert fault.what == f"The text of this version was changed after it was released: {said}."
    assert fault.remedy == "Take 2020-02-10.md back from git as it was; a correction is a new version."


def test_clauses_that_are_gone_or_stand_elsewhere_are_told() -> None:
    use, sharing = TEXT.index("## Use"), TEXT.index("## Sharing")
    gone = TEXT[:use] + TEXT[sharing:]
    swapped = TEXT[:use] + TEXT[sharing:] + "\n" + TEXT[use:sharing]

    (fault,) = differences(version(gone))
    assert (fault.line, fault.what.partition(": ")[2]) == (0, "the clause “use” is gone.")
    (fault,) = differences(version(swapped))
    assert fault.what.partition(": ")[2] == "the clause “sharing” stood elsewhere."


def test_a_clause_with_another_name_is_not_the_one_that_was_changed() -> None:
    (fault,) = differences(version(TEXT.replace("{#use}", "{#purposes}").replace("sell nothing", "sell little")))

    assert fault.what.partition(": ")[2] == "the clause “sharing” read differently."


def test_a_file_that_cannot_be_written_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_published(tmp_path, release(Published(PATH), []))
    before = (tmp_path / FILE).read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(PublishError, match=r"published\.json could not be written: No space left on device"):
        write_published(tmp_path, release(Published(PATH), [version()]))

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(FILE, before)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We keep **little**.", "We\n  keep   **little**.  "),
        ("We keep **little**.", "We keep __little__."),
        ("1. We share", "1.   We share"),
        ("## Use {#use}", "Use {#use}\n----------"),
        ("{#use}", "{#purposes was='x' }"),
        ("{#sharing}", '{#sharing was="a" promise=notice days=3}'),
        ("published: 2019-12-01", "published: 2019-11-01\nnotified: 2019-12-01\nnotified-by: email"),
        ("published: 2019-12-01", "effective: 2020-02-10\nsource: https://example.org/"),
        ("title: Privacy\n", 'title: "Privacy" # ours\n'),
    ],
)
def test_what_readers_cannot_see_is_left_alone(old: str, new: str) -> None:
    assert old in TEXT
    assert differences(version(TEXT.replace(old, new, 1).replace("'", '"'))) == []


@given(st.data())
def test_an_edit_is_caught_just_where_readers_could_see_it(data: st.DataObject) -> None:
    """For any policy and any edit: what looks different is caught; how lines are broken never is."""
    pieces = data.draw(strategies.clauses(ids=True))
    old, new = (version(HEAD + "\n\n".join(each)) for each in (pieces, data.draw(strategies.edited(pieces))))
    looks = [[letter for clause in each.clauses for letter in letters(clause_html(clause))] for each in (old, new)]
    is_caught = any(fault.code == "SP530" for fault in differences(new, old))

    assert is_caught >= (looks[0] != looks[1])
    assert is_caught <= ([clause_html(c) for c in old.clauses] != [clause_html(c) for c in new.clauses])


@given(pieces=strategies.clauses(ids=True), data=st.data())
def test_white_space_is_never_caught(pieces: list[str], data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(("\n\n\n", "\n \n", "\n\n\n\n")))
    dates = "title: Privacy\nnotified: 2020-01-01\nnotified-by: post\n"
    old = version(HEAD + "\n\n".join(pieces))
    new = version(f"---\n{dates}---\n\n\n" + gap.join(pieces) + "\n\n")

    assert differences(new, old) == []


def test_title_and_day_are_held_too() -> None:
    (title,) = differences(version(TEXT.replace("title: Privacy", "title: Our Privacy")))
    (day,) = differences(version(TEXT.replace("published: ", "effective: 2020-03-10\npublished: ")))

    assert (title.code, title.line) == ("SP532", 2)
    assert title.what == "This version was released with `title: Privacy`, and now has `title: Our Privacy`."
    assert (day.code, day.line) == ("SP532", 3)
    assert day.what == "This version was released with `effective: 2020-02-10`, and now has `effective: 2020-03-10`."


def test_a_version_that_is_gone_is_told_where_it_was_written_down() -> None:
    (fault, other) = differences(version(name="2021-01-01"))

    assert (fault.code, fault.path, fault.line) == ("SP531", PATH, 4)
    assert fault.excerpt == '    "2020-02-10": {'
    assert other.code == "SP533"


def test_what_is_public_and_not_released_is_told_once_there_is_a_file() -> None:
    policy = Policy("privacy", "Privacy", (version(), version(TEXT.replace("2019", "2027"), "2028-01-01")))

    assert list(check_published(policy, Published(PATH), DAY)) == []
    (fault,) = check_published(policy, release(Published(PATH), []), DAY)
    assert format_fault(fault) == (
        "content/privacy/2020-02-10.md:3:1: SP533 warning: This version is public since 2019-12-01, and published.json "
        "does not have it.\n  3 | published: 2019-12-01\n    | ^^^^^^^^^^^^^^^^^^^^^\n"
        "  help: Run `smallprint release privacy 2020-02-10`, and commit published.json."
    )


def test_what_is_released_is_never_overwritten() -> None:
    first = release(Published(PATH), [version()])
    again = release(first, [version(TEXT + "\nMore.\n"), version(name="2019-01-01")])

    assert again.versions["2020-02-10"] == first.versions["2020-02-10"]
    assert list(again.versions) == ["2019-01-01", "2020-02-10"]


def test_what_is_written_is_read_and_always_the_same(tmp_path: Path) -> None:
    both = release(Published(PATH), [version(name="2021-01-01"), version()])
    write_published(tmp_path, both)
    read, faults = read_published(tmp_path, "content/privacy")

    assert faults == ()
    assert (read.path, read.text, dict(read.versions)) == (PATH, both.text, dict(both.versions))
    assert release(release(Published(PATH), [version()]), [version(name="2021-01-01")]).text == both.text
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_the_file_is_as_it_ever_was() -> None:
    """The hash of a text must never change: it is committed beside the text for good."""
    data = json.loads(release(Published(PATH), [version()]).text)

    assert data["schema_version"] == 2
    assert data["versions"]["2020-02-10"] == {
        "effective": "2020-02-10",
        "title": "Privacy",
        "words": "2:0e824ee6b8c379b0c88b5bdf54f397f9ae1263f9dab3940a7a9a0bb1e126affc",
        "clauses": {"policy": "4102dfd72e29f8bf", "use": "33878b387dd53706", "sharing": "1d1e48ed2ee9066e"},
    }


FIRST_FORM = """\
{
  "schema_version": 1,
  "versions": {
    "2020-02-10": {
      "effective": "2020-02-10",
      "title": "Privacy",
      "words": "fa068fb2a38e6de1a2ce25fbf8741ec3c12fa7d073cd89917625ac240380e58b",
      "clauses": {
        "policy": "54e2328bb1012354",
        "use": "fa0b079c7952e30c",
        "sharing": "896d1b9b7f1444ee"
      }
    }
  }
}
"""
"""As it was written before structure counted."""


def first_form(tmp_path: Path) -> Published:
    (tmp_path / FILE).write_text(FIRST_FORM, encoding="utf-8")
    published, faults = read_published(tmp_path, "content/privacy")
    assert faults == ()
    return published


def test_entries_of_the_first_form_are_held_as_before(tmp_path: Path) -> None:
    published = first_form(tmp_path)
    edited = version(TEXT.replace("**little**", "little"))

    assert list(check_published(Policy("privacy", "Privacy", (version(),)), published, DAY)) == []
    (fault,) = check_published(Policy("privacy", "Privacy", (edited,)), published, DAY)
    assert fault.what.endswith("the clause “policy” read differently.")


def test_entries_of_both_forms_are_in_one_file_and_none_is_upgraded(tmp_path: Path) -> None:
    """That a text has a hash of the first form proves less than one of today would say."""
    first = first_form(tmp_path)
    both = release(first, [version(), version(name="2021-01-01")])
    write_published(tmp_path, both)
    read, faults = read_published(tmp_path, "content/privacy")

    assert faults == ()
    assert read.versions["2020-02-10"] == first.versions["2020-02-10"]
    assert read.versions["2021-01-01"].words.startswith("2:")
    policy = Policy("privacy", "Privacy", (version(), version(name="2021-01-01")))
    assert list(check_published(policy, read, DAY)) == []


def test_a_border_between_lists_counts_for_what_is_released_now() -> None:
    one = version(TEXT.replace("1. We share nothing.\n2. We", "- We share nothing.\n- We"))
    two = version(TEXT.replace("1. We share nothing.\n2. We", "- We share nothing.\n\n* We"))

    assert [fault.code for fault in differences(two, one)] == ["SP530"]


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    published, faults = read_published(tmp_path, "content/privacy")

    assert (published.text, dict(published.versions), faults) == ("", {}, ())


ENTRY = '{"effective": "2020-02-10", "title": "x", "words": "' + "0" * 64 + '", "clauses": {}}'


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("{", 1, "This is no JSON: expecting property name enclosed in double quotes."),
        ('{\n"a" 1}', 2, "This is no JSON: expecting ':' delimiter."),
        ("", 1, "This is no JSON: expecting value."),
        ("[]", 1, "The file has no `schema_version` with a number."),
        ('{"schema_version": true, "versions": {}}', 1, "The file has no `schema_version` with a number."),
        ('{\n"schema_version": 3, "versions": {}}', 2, "It says `schema_version` 3; this smallprint knows 1 and 2 and"),
        ('{"schema_version": 1}', 1, "`versions` is not there, or is no object."),
        ('{"schema_version": 1, "versions": {},\n"more": 1}', 2, "“more” is no key of this file."),
        ('{"schema_version": 1, "versions": {\n"a": {},\n"a": {}}}', 3, "“a” stands here twice."),
        ('{"schema_version": 1, "versions": {\n"a": {}}}', 2, "The entry of a is not as it was written: "),
        (
            '{"schema_version": 1, "versions": {\n"a": ' + ENTRY.replace("0" * 64, "zz") + "}}",
            2,
            "The entry of a is not as it was written: ",
        ),
        (
            '{"schema_version": 1, "versions": {\n"a": ' + ENTRY.replace('"x"', "1") + "}}",
            2,
            "The entry of a is not as it was written: ",
        ),
        (
            '{"schema_version": 1, "versions": {\n"a": ' + ENTRY.replace('"x"', '"x", "y": 1') + "}}",
            2,
            "The entry of a is not as it was written: ",
        ),
        (
            '{"schema_version": 1, "versions": {\n"a": ' + ENTRY.replace("0" * 64, "2:" + "0" * 64) + "}}",
            2,
            "The entry of a is of a form that `schema_version` 1 did not have.",
        ),
        ("[" * 100_000, 0, "This is no JSON that can be read."),
        ('{"schema_version": ' + "1" * 5000 + "}", 0, "This is no JSON that can be read."),
    ],
)
def test_a_file_that_is_broken_is_told(tmp_path: Path, text: str, line: int, what: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    published, (fault,) = read_published(tmp_path, "content/privacy")

    assert dict(published.versions) == {}
    assert (fault.code, fault.path, fault.line) == ("SP534", PATH, line)
    assert fault.what.startswith(what)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'{"schema_version": 1, "versions": {"\xff": 1}}')

    assert [fault.code for fault in read_published(tmp_path, "content/privacy")[1]] == ["SP101"]


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_explained(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / FILE).write_bytes(data)
    published, faults = read_published(folder, "content/privacy")

    assert faults or published.text
