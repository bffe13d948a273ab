import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smallprint.reading.front_matter import split_front_matter
from smallprint.reading.mapping import Scalar, _read_simple, read_mapping, read_yaml

KEYS = st.sampled_from(["title", "effective", "published", "notified", "source", "a", "no", "x1"])
LINE = st.text(
    st.one_of(st.sampled_from(" :#'\"-[]{}&*!|>%@`?,~\t."), st.characters(exclude_characters="\n\r")), max_size=12
)
SOURCE = st.lists(
    st.one_of(st.builds("{}:{}{}".format, KEYS, st.sampled_from([" ", "  ", ""]), LINE), LINE, st.just(""))
).map("\n".join)


def test_values_body_and_places() -> None:
    text = '---\ntitle: Privacy Policy\n# note\nsource:  "https://example.com" # where from\n---\n\n# Heading\n'

    head, faults = split_front_matter(text, "a.md")

    assert faults == []
    assert head.values == {
        "title": Scalar("Privacy Policy", 2, 8, 2, 1),
        "source": Scalar("https://example.com", 4, 10, 4, 1),
    }
    assert head.body == "\n# Heading\n"
    assert head.body_line == 6


def test_the_body_line_is_where_the_body_is() -> None:
    for text in (
        "---\n---\nx",
        "---\ntitle: a\n---\nx",
        "---  \n\n---\t\nx",
        "\n---\ntitle: a\n---\nx",
        "---\na: b\n\nx",
        "x",
    ):
        head, _ = split_front_matter(text, "a.md")

        assert text.split("\n")[head.body_line - 1 :] == head.body.split("\n")


@pytest.mark.parametrize("text", ["", "# Title\n", "--\ntitle: x\n--\n", "---x\ntitle: y\n", " ---\ntitle: x\n ---\n"])
def test_a_text_without_front_matter(text: str) -> None:
    head, faults = split_front_matter(text, "a.md")

    assert (head.values, head.body, head.body_line, faults) == ({}, text, 1, [])


@pytest.mark.parametrize(
    "value", ["no", "1.10", "0777", "12:30:45", "2020-02-10", "~", "null", "0x1F", "1e3", "Privacy#1"]
)
def test_values_stay_text(value: str) -> None:
    assert read_mapping(f"key: {value}", "a.yml")[0]["key"].text == value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("about: >\n  two\n  lines\n", "two lines\n"),
        ("about: two\n  lines\n", "two lines"),
        ("about: 'it''s'\n", "it's"),
        ("---\nabout: x\n", "x"),
        ("{about: x}", "x"),
    ],
)
def test_other_ways_to_write_text(source: str, expected: str) -> None:
    values, faults = read_mapping(source, "a.yml")

    assert faults == []
    assert values["about"].text == expected


@pytest.mark.parametrize("source", ["", "\n", "# only a comment\n", "---\n"])
def test_nothing_is_an_empty_mapping(source: str) -> None:
    assert read_mapping(source, "a.yml") == ({}, [])


def test_reading_goes_on_behind_a_nested_value() -> None:
    values, faults = read_mapping("tags: [a, {b: c}]\ntitle: x\n", "a.yml")

    assert values["title"].text == "x"
    assert [fault.code for fault in faults] == ["SP204"]


@given(SOURCE)
@example("title: a\n b")
@example("title: a #\ntitle: b")
@example("title: a\u2028b")
@example("title: a\x85b")
@example("title: a: b")
@example("title: a:")
@example("title: a:#b")
@example("title: a\n\n# c\nsource: b ")
@example("title: a\ufeff")
def test_the_fast_path_reads_as_yaml_does(source: str) -> None:
    simple = _read_simple(source, 2)

    if simple is not None:
        assert (simple, []) == read_yaml(source, "a.yml", first_line=2)


def test_the_fast_path_is_taken() -> None:
    source = "title: Privacy Policy – “ours”\neffective: 2020-02-10   # in force\nsource: https://x.example/a?b=c#d\n"

    assert _read_simple(source, 2) == read_yaml(source, "a.yml", first_line=2)[0]


@given(st.one_of(SOURCE, st.text(), st.builds("---\n{}\n---\n{}".format, SOURCE, st.text())))
def test_any_text_gives_values_or_faults(text: str) -> None:
    head, faults = split_front_matter(text, "a.md")

    assert text.endswith(head.body)
    for fault in faults:
        assert 1 <= fault.line <= text.count("\n") + 1
        assert fault.column >= 1


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: " + "[" * 15_000 + "\n---\n",
        "---\ntitle: " + "{a: " * 4_000 + "\n---\n",
        "---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n---\n",
        "---\n" + "a: b\n" * 500_000 + "---\n",
        "---\n" + "a: b\n" * 500_000,
        "---\n" * 500_000,
        "\n---\n" + "title: x\n" * 300_000,
        "x\n---\ntitle: x\n" * 100_000,
        "---\n# " + "{#" * 1_000_000,
        "---\ntitle: " + "x" * 4_000_000 + "\n---\n",
    ],
    ids=range(10),
)
def test_hostile_front_matter_ends_soon(text: str) -> None:
    start = time.perf_counter()
    split_front_matter(text, "a.md")

    assert time.perf_counter() - start < 5
