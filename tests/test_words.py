"""What a redline marks as one piece."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smallprint.text import Mark, Word, plain_text
from smallprint.words import _EUROPEAN, _SIMPLE, _UNICODE, encode, split_verbatim, split_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We keep it.", ["We", "keep", "it", "."]),
        ("for 30% of $1,000.50, 5 €, 5€", ["for", "30%", "of", "$1,000.50", ",", "5", "€", ",", "5€"]),
        ("on 2020-02-10 at 12:30", ["on", "2020-02-10", "at", "12:30"]),
        ("the user’s and user's", ["the", "user’s", "and", "user's"]),
        ("opt-out/opt-in", ["opt", "-", "out", "/", "opt", "-", "in"]),
        ("数据保护 data", ["数", "据", "保", "护", "data"]),
        ("データ", ["デ", "ー", "タ"]),
        ("ที่อยู่", ["ที่", "อ", "ยู่"]),
        ("cafe\u0301 👩‍👩‍👧 🇫🇷", ["cafe\u0301", "👩‍👩‍👧", "🇫🇷"]),
        ("(no\u00a0break)", ["(", "no", "\u00a0", "break", ")"]),
        ("3rd x_y", ["3rd", "x_y"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """Numbers, dates and amounts stay whole, ideographs stand alone, grapheme clusters are never divided."""
    assert [word.text for word in split_words(text)] == expected


@given(st.text(st.sampled_from("aé–’'$€% \n.,:/-019_数ที่\u00a0\u200b"), max_size=40))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    """The words of a text, with their spaces, are the text with its white space folded."""
    folded = " ".join(text.replace("\n", " ").split(" ")).split(" ")

    assert plain_text(tuple(split_words(text))).replace(" ", "") == "".join(folded)


@given(st.text(max_size=40).filter(_EUROPEAN.fullmatch))
@example("0¢ ¤5 5¢5")
def test_the_quick_pattern_finds_what_the_full_one_finds(text: str) -> None:
    """European text is cut by a simpler pattern, to the same words."""
    quick, full = (
        [piece.strip(" \t\n") for piece in pattern.findall(text) if piece.strip(" \t\n")]
        for pattern in (_SIMPLE, _UNICODE)
    )

    assert quick == full


@given(st.text(max_size=40))
def test_code_keeps_every_character(text: str) -> None:
    """In code every space and line break is a word of its own, or stands in one."""
    folded = text.replace("\r", "")

    assert "".join(word.text for word in split_verbatim(folded)) == folded


def test_formatting_is_part_of_a_word() -> None:
    """The same word in bold is another word; white space before it makes no difference."""
    plain, bold = Word("not"), Word("not", (Mark("strong"),))

    assert encode((plain,)) == encode((Word("not", (), space=True),))
    assert encode((plain,)) != encode((bold,))
