"""The promise of notice: `promise=notice days=30 by=email` in the mark of a clause, and `notified-by` of a version."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from smallprint.comparing import compare
from smallprint.model import CHANNELS, Clause, Promise, Version, VersionId
from smallprint.presenting.record import version_record
from smallprint.reading.clauses import parse_clauses
from smallprint.reading.version import parse_version

MARKS = st.builds(
    "".join,
    st.tuples(
        st.just(" promise=notice"),
        st.one_of(
            st.just(""), st.integers(0, 3650).map(" days={}".format), st.integers(0, 99).map(' days="{}"'.format)
        ),
        st.one_of(st.just(""), st.sampled_from(CHANNELS).map(" by={}".format)),
        st.one_of(st.just(""), st.just(' was="a b"')),
    ),
)


def only(markdown: str) -> tuple[Clause, list[tuple[str, int, str]]]:
    """Return the first clause of a text, and its faults with the column and the remedy of each."""
    clauses, faults = parse_clauses(markdown, path="a.md")
    return clauses[0], [(fault.code, fault.column, fault.remedy) for fault in faults]


@pytest.mark.parametrize(
    ("mark", "promise"),
    [
        ("promise=notice", Promise()),
        ("promise=notice days=30", Promise(days=30)),
        ('by="post" promise="notice" days="0"', Promise(days=0, by="post")),
        ('was="old" promise=notice days=3650 by=email', Promise(days=3650, by="email")),
    ],
)
def test_a_promise_is_read(mark: str, promise: Promise) -> None:
    clause, faults = only(f"## Changes {{#changes {mark}}}\n\nWe will tell you.\n")

    assert faults == []
    assert clause.promise == promise
    assert clause.title == "Changes"
    assert clause.was == (("old",) if "was" in mark else ())


def test_a_promise_above_a_block() -> None:
    clauses, faults = parse_clauses("# Policy {#policy}\n\n{#changes promise=notice by=app}\nWe will tell you.\n")

    assert not faults
    assert [clause.promise for clause in clauses] == [None, Promise(by="app")]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("promise=notce", ("SP308", 11, "Did you mean `promise=notice`?")),
        ("promise=money", ("SP308", 11, "What may stand here: `notice`.")),
        ("promise=notice by=mail", ("SP308", 26, "Did you mean `by=email`?")),
        (
            "promise=notice by=fax",
            ("SP308", 26, "What may stand here: `email`, `post`, `banner`, `website` and `app`."),
        ),
        *(
            (
                f"promise=notice days={days}",
                ("SP308", 26, "Write a whole number from 0 to 3650, such as `days=30`."),
            )
            for days in ("3651", "-1", "30d", "1.5", "٣", "030", '""')
        ),
        ("promise=notice days=3 days=4", ("SP309", 33, "Keep the one that is right.")),
        ("days=3", ("SP309", 11, "Write `promise=notice` before it, or take it out.")),
        ("promis=notice", ("SP306", 11, "Did you mean `promise=notice`?")),
        ("Days=30", ("SP306", 11, "Did you mean `days=…`?")),
        ("wass=x", ("SP306", 11, 'Did you mean `was="…"`?')),
    ],
)
def test_what_is_no_promise_is_told(mark: str, expected: tuple[str, int, str]) -> None:
    clause, faults = only(f"# A {{#abc {mark}}}\n")

    assert faults == [expected]
    assert clause.promise is None


def test_a_version_promises_once() -> None:
    _, faults = parse_clauses("# A {#a promise=notice}\n\n{#b promise=notice days=3}\nText.\n", path="a.md")

    assert [(fault.code, fault.line, fault.column) for fault in faults] == [("SP310", 3, 5)]
    assert "the first is “a” on line 1" in faults[0].what


@given(pieces=strategies.clauses(ids=True), mark=MARKS)
def test_a_mark_is_no_text(pieces: list[str], mark: str) -> None:
    """Whatever is promised in a mark, readers see the same, and comparing finds nothing."""
    plain, _ = parse_clauses("\n\n".join(pieces))
    marked, _ = parse_clauses("\n\n".join([pieces[0].replace("}", f"{mark}}}", 1), *pieces[1:]]))
    versions = [Version(VersionId(name), name, None, clauses) for name, clauses in (("old", plain), ("new", marked))]

    assert [clause.key for clause in marked] == [clause.key for clause in plain]
    assert compare(*versions).differing == ()


@pytest.mark.parametrize("channel", CHANNELS)
def test_how_users_were_told(channel: str) -> None:
    text = f"---\ntitle: Privacy\nnotified: 2020-01-10\nnotified-by: {channel}\n---\n"
    version, faults = parse_version(text, path="a/2020-02-10.md", version_id="2020-02-10")

    assert faults == []
    assert version.notified_by == channel


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("notified: 2020-01-10\nnotified-by: mail", ("SP214", 4, 14, "Did you mean `email`?")),
        ("notified: 2020-01-10\nnotified_by: email", ("SP206", 4, 1, "Did you mean `notified-by`?")),
        ("notified-by: email", ("SP215", 3, 14, "Write `notified: ` with the day, or delete the line.")),
    ],
)
def test_what_is_no_way_of_telling(lines: str, expected: tuple[object, ...]) -> None:
    text = f"---\ntitle: Privacy\n{lines}\n---\n"
    _, faults = parse_version(text, path="a/2020-02-10.md", version_id="2020-02-10")

    assert [(fault.code, fault.line, fault.column, fault.remedy) for fault in faults] == [expected]


def test_a_promise_is_in_the_record_of_its_version() -> None:
    text = "---\ntitle: Privacy\n---\n# A {#a}\n\n# B {#b promise=notice days=30}\n\nWe will tell you.\n"
    version, _ = parse_version(text, path="a/2020-02-10.md", version_id="2020-02-10")
    clauses = json.loads(version_record(version))["clauses"]

    assert [clause["promise"] for clause in clauses] == [None, {"kind": "notice", "days": 30, "by": ""}]
