import datetime as dt
from pathlib import Path

import pytest

from smallprint.errors import ContentError, UsageError
from smallprint.model import Version
from smallprint.reading.version import parse_version, read_plain

GOOD = """---
title: Privacy Policy
effective: 2020-02-10
published: 2020-02-01
notified: 2020-01-10
source: https://example.com/privacy
---
# Privacy {#privacy}

We care.
"""


def plain(text: str, version_id: str = "policy", path: str = "some/policy.md") -> Version:
    version, faults = parse_version(text, path=path, version_id=version_id, strict=False)

    assert faults == []
    return version


def test_a_version() -> None:
    version, faults = parse_version(
        GOOD, path="content/privacy/2020-02-10.md", version_id="2020-02-10", digest="abc", language="de"
    )

    assert faults == []
    assert version.title == "Privacy Policy"
    assert version.effective == dt.date(2020, 2, 10)
    assert version.published == dt.date(2020, 2, 1)
    assert version.notified == dt.date(2020, 1, 10)
    assert version.source_url == "https://example.com/privacy"
    assert (version.path, version.source) == ("content/privacy/2020-02-10.md", GOOD)
    assert (version.digest, version.language, version.version_id) == ("abc", "de", "2020-02-10")
    assert [(clause.clause_id, clause.first_line) for clause in version.clauses] == [("privacy", 8)]


def test_what_the_front_matter_need_not_say() -> None:
    version, faults = parse_version("# Our *Privacy*\n", path="a/2020-02-10.md", version_id="2020-02-10")

    assert faults == []
    assert version.title == "Our Privacy"
    assert version.effective == dt.date(2020, 2, 10)
    assert version.published is None
    assert version.notified is None
    assert version.source_url == ""


@pytest.mark.parametrize(
    "address", ["ftp://x.example/", "http://", "https:///x", "javascript:alert(1)", "http://[::1", "https://a b/", "x"]
)
def test_addresses_that_are_none(address: str) -> None:
    text = f'---\ntitle: x\nsource: "{address}"\n---\n'

    _, faults = parse_version(text, path="a.md", version_id="2020-02-10")

    assert [fault.code for fault in faults] == ["SP211"]


@pytest.mark.parametrize(
    "date",
    ["2020-02-1", "20200210", "2020-02-10T00:00", "\u0662\u0660\u0662\u0660-02-10", "2020-W07-1", "0000-01-01", "soon"],
)
def test_dates_that_are_none(date: str) -> None:
    _, faults = parse_version(f"---\ntitle: x\neffective: {date}\n---\n", path="a.md", version_id="2020-02-10")

    assert [fault.code for fault in faults] == ["SP208"]
    assert date in faults[0].what


def test_all_faults_of_a_file_are_found_at_once() -> None:
    text = "---\neffective: tomorrow\ncolour: red\n---\n# A {#A}\n\nWe \u202eare.\n"

    _, faults = parse_version(text, path="a.md", version_id="2020-02-10")

    assert sorted(fault.code for fault in faults) == ["SP110", "SP206", "SP208", "SP301"]


def test_a_plain_file_takes_its_title_and_day_from_where_it_can() -> None:
    assert plain("---\ntitle: A\nlayout: sheet\n---\n# B\n").title == "A"
    assert plain("# B\n").title == "B"
    assert plain("Text.\n").title == "policy.md"
    assert plain("Text.\n").effective is None
    assert plain("Text.\n", "2020-02-10").effective == dt.date(2020, 2, 10)
    assert plain("Text.\n", "2020-02-10.de").effective == dt.date(2020, 2, 10)
    assert plain("---\neffective: 2021-01-01\n---\n", "2020-02-10").effective == dt.date(2021, 1, 1)
    assert plain("---\neffective: soon\n---\n").effective is None


def test_foreign_front_matter_is_left_out_of_a_plain_file() -> None:
    version = plain("---\nlayout: sheet\ntags: [a, b]\ntitle: A\n---\nText.\n")

    assert version.title == "A"
    assert [unit.plain for clause in version.clauses for unit in clause.units] == ["Text."]


@pytest.mark.parametrize(
    "text", ["---\nnot: a: mapping\n---\nText.\n", "---\ntitle: A\n\nText.\n", "Text.\n\n---\ntitle: A\n---\n"]
)
def test_what_is_no_front_matter_is_text_of_a_plain_file(text: str) -> None:
    shown = " ".join(unit.plain for clause in plain(text).clauses for unit in clause.units)

    assert "Text." in shown
    assert "title: A" in shown or "a: mapping" in shown


def test_dangerous_characters_stay_in_a_plain_file() -> None:
    assert "\u202e" in "".join(unit.plain for clause in plain("a\u202eb\n").clauses for unit in clause.units)


def test_lone_carriage_returns_end_lines_of_a_plain_file() -> None:
    assert plain("# A\r\rText.\r").source == "# A\n\nText.\n"


def test_a_plain_file_is_read_from_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "2020-02-10.txt"
    path.write_bytes(b"\xef\xbb\xbf# A\r\n")

    version = read_plain(path)

    assert (version.title, version.source, version.path) == ("A", "# A\n", path.as_posix())
    assert version.version_id == "2020-02-10"


def test_a_plain_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        read_plain(tmp_path / "a.md")
    with pytest.raises(UsageError, match="is a folder"):
        read_plain(tmp_path)


def test_a_plain_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"PK\x03\x04")

    with pytest.raises(ContentError, match="SP103"):
        read_plain(path)
