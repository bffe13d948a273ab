"""Signs that readers see as they are typed: exactly these, each in its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallprint.reading.as_typed import literal_text
from smallprint.reading.clauses import parse_clauses
from smallprint.words import split_words

SHOWN = ["SP401", "SP404", "SP405", "SP406", "SP407", "SP408", "SP409"]


def told(markdown: str) -> list[str]:
    """Return the codes and signs that are told of a text."""
    _, faults = parse_clauses(markdown, path="p.md")
    return [
        f"{fault.code} {fault.excerpt[fault.column - 1 :][: fault.width]}"
        for fault in sorted(faults)
        if fault.code in SHOWN
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "#2 more",
            "\\##Sharing",
            "    ##code",
            "# #tag",
            "We pay $5 or US$10, and $ 3 = $4.",
            "a*b",
            "5 * 3 * 2",
            "***",
        ),
        *(
            "Name*, address* and mail*.",
            "Card ****1234",
            "A_b_c __ d",
            "C++ and C++, i++",
            "a == b == c",
            "x ~ 30, ~40",
        ),
        *(
            "~/a/~b",
            "[sic] [x]",
            "[text](u)",
            "<https://e.org/~~a~~>",
            "[a](https://e.org/x^2^y)",
            "Time: 5",
            "a | b | c",
        ),
        *(
            "`~~a~~ [^1] <!-- -->`",
            "\\~~a\\~~ \\==b\\== \\$x_1$ \\[^1] \\[a][b] \\{.c} \\<!-- --> \\&foo;",
            "&amp; &#65;",
        ),
        *(
            "| a | b |\n| - | - |\n| c | d |",
            "5 < 6 > 4",
            "a & b;",
            "10^6 and 2^x",
            "“[…]” [1]",
            "- [link](u) x",
            "Mr: y",
        ),
        *("[a][b]\n\n[b]: https://example.org/", "![**a** ~~](https://example.org/)", "**a** *b* __c__ _d_ ***e***"),
    ],
)
def test_nothing_is_told_of_text_that_is_as_it_should_be(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("##Sharing", ["SP404 ##Sharing"]),
        ("- #Sharing", ["SP404 #Sharing"]),
        ("> a\n> ##b", ["SP404 ##b"]),
        ("这是**「重要」**的。", ["SP405 **「重要」**"]),
        ("这是__重要__的。", ["SP405 __重要__"]),
        ("**Note:**we", ["SP405 **Note:**"]),
        ("*「是」*我", ["SP405 *「是」*"]),
        ("这*「是」*我", ["SP405 *「是」*"]),
        ("**a", ["SP405 **"]),
        ("a**", ["SP405 **"]),
        ("a ~~b\nc~~ d", ["SP406 ~~b"]),
        ("1. [X] done", ["SP406 [X]"]),
        ("[ ] no item", []),
        ("| a | b~~c~~ |\n| - | - |\n| d | e~~f~~ |", ["SP406 ~~c~~", "SP406 ~~f~~"]),
        ("~~`a`~~", ["SP406 ~~`a`~~"]),
        ("# A ~~b~~ {#c}", ["SP406 ~~b~~"]),
        ("Text <!-- a\n\nb --> more", ["SP409 <!--"]),
        ("Text <b\nclass=x>", ["SP401 <b"]),
        ("\\<b> <b>", ["SP401 <b>"]),
    ],
)
def test_signs_that_do_nothing_are_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@given(st.lists(st.sampled_from(list("*_~`[]()<>!\\&;ab 。「\n")), max_size=24).map("".join))
def test_what_is_seen_as_typed_is_there(text: str) -> None:
    """Every character that is not hidden is one of the text, in its place."""
    seen = literal_text(text, {})

    assert len(seen) == len(text)
    assert all(character in ("\0", text[at]) for at, character in enumerate(seen))


@given(st.text(alphabet="ab c.,;'é数~=+$|#", max_size=40))
def test_text_without_formatting_is_seen_whole(text: str) -> None:
    text = " ".join(text.split())

    assert literal_text(text, {}) == text
    assert split_words(text) is not None


@pytest.mark.parametrize(
    "unit",
    ["~~", "~a", "==a", "$a_", "[[a", "[a][", "{:", "^a", "| a ", "**a ", "*a", "&a", "<!-- ", "++a", "__a", "[^a"],
)
def test_a_long_line_takes_no_longer_than_its_length_says(unit: str) -> None:
    """Twice the text takes about twice the time, whatever it is made of."""

    def seconds(length: int) -> float:
        start = time.process_time()
        told(unit * (length // len(unit)))
        return time.process_time() - start

    seconds(2_000)

    assert min(seconds(60_000), seconds(60_000)) < 50 * max(seconds(6_000), 0.01)
