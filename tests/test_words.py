"""What a redline marks as one piece."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import regex
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


NUMBERS = """
amounts           for 30% of $1,000.50, 5 €, 5€     → for|30%|of|$1,000.50|,|5|€|,|5€
with letters      £1.5m 3.5GB 2.5x $1.5bn 5km       → £1.5m|3.5GB|2.5x|$1.5bn|5km
letters before    US$5 R$10 A$1.5m EUR1.500 v2.0.1  → US$5|R$10|A$1.5m|EUR1.500|v2.0.1
rupees            Rs.500/- ₹1,00,000                → Rs.500/-|₹1,00,000
currency behind   €5.50 5€ 5$CA 5 EUR               → €5.50|5€|5$CA|5|EUR
apostrophes       CHF 1'500.– 1’500 20'000 Fr.      → CHF|1'500.–|1’500|20'000|Fr|.
no apostrophes    5'10 ‘30’ 2020'30                 → 5|'|10|‘|30|’|2020|'|30
spaces            10 000 000 € 1 234,56             → 10 000 000|€|1 234,56
hard spaces       1\u00a0234 1\u202f234 1\u2009234  → 1\u00a0234|1\u202f234|1\u2009234
no groups         1 23 1 2345 0 800 1234\u00a0567   → 1|23|1|2345|0|800|1234|\u00a0|567
years             in 2020 300 users                 → in|2020|300|users
places            section 4 500 words, Art. 4 500   → section|4|500|words|,|Art|.|4|500
codes             A4 200 pages                      → A4|200|pages
telephones        +49 30 123 456, +1 800 555 0100   → +49|30|123|456|,|+1|800|555|0100
ordinals          5th 1er 2º 1.º 3-я 10-го          → 5th|1er|2º|1.º|3-я|10-го
hyphens           a 30-day trial, COVID-19          → a|30|-|day|trial|,|COVID|-|19
percent           30% 30 % 30‰ ٣٠٪ %30 ٪٣٠          → 30%|30|%|30‰|٣٠٪|%30|٪٣٠
signs             −5 -5 ±5 (-5) -$5 5-6             → −5|-5|±5|(|-5|)|-$5|5-6
no signs          opt-5 - 5 --5                     → opt|-|5|-|5|-|-|5
dates             2020-02-10 10.02.2020 10/02/2020  → 2020-02-10|10.02.2020|10/02/2020
times             12:30 10:30am 10h30 24/7          → 12:30|10:30am|10h30|24/7
moments           2020-02-10T12:30Z 12:30:45        → 2020-02-10T12:30Z|12:30:45
ranges            30–90 30-90 5–10% 1 000–2 000     → 30–90|30-90|5–10%|1 000–2 000
fractions         1/2 ½ 1½ 10² 20°C                 → 1/2|½|1½|10²|20°C
sentences         in 30. e.g. 5. Then 1, 2, 3       → in|30|.|e|.|g|.|5|.|Then|1|,|2|,|3
references        GDPR Art. 6(1)(f)                 → GDPR|Art|.|6|(|1|)|(|f|)
Chinese           1,000元 2020年2月10日 30天内       → 1,000元|2020年2月10日|30天|内
Japanese          10万円 3か月 第3条 30日以内        → 10万円|3か月|第|3条|30日|以|内
full width        １，０００円，２                   → １，０００円|，|２
Korean            30일 1,000원                      → 30일|1,000원
Thai              1,000บาท                          → 1,000|บ|า|ท
Arabic            ١٬٠٠٠٫٥٠                          → ١٬٠٠٠٫٥٠
Devanagari        १,००० दिन                         → १,०००|दिन
Persian           ۳۰روزه ۳۰\u200cروزه               → ۳۰روزه|۳۰\u200cروزه
keycaps           5\ufe0f\u20e3 left                → 5\ufe0f\u20e3|left
"""  # noqa: RUF001 - numbers as they are written
"""What it is about, a text → its words."""


def read_numbers() -> list[Any]:
    rows = [line.split(" → ") for line in NUMBERS.strip().splitlines()]
    return [pytest.param(row[0][18:].rstrip(), row[1].split("|"), id=row[0][:18].strip()) for row in rows]


@pytest.mark.parametrize(("text", "expected"), read_numbers())
def test_numbers(text: str, expected: list[str]) -> None:
    """What people write as one number is one word; sentence ends and lists are not part of it."""
    assert [word.text for word in split_words(text)] == expected


@pytest.mark.parametrize("break_", ["\n", "  ", " \t\n "])
def test_a_number_in_two_lines_is_the_number_in_one(break_: str) -> None:
    """Where the source breaks its lines makes no difference."""
    assert split_words(f"a fine of 10{break_}000 €") == split_words("a fine of 10 000 €")


def test_code_keeps_the_spaces_of_a_number() -> None:
    """In code every space is a word of its own."""
    assert [word.text for word in split_verbatim("10 000")] == ["10", " ", "000"]


HOSTILE = [
    *["1", "1,", "1'", "1'111", "111'", "1 ", "111 ", "111 1111 ", "111\u00a0", "111\u00a01111\u00a0", "-", "1-", "a1"],
    *["111 111-", "US$", "$5", "Rs.", "1年", "1日1", "1:-", "\u0661\u066b", "Art. 4 500 ", "1\u0301", "5\u200c"],
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("start", ["", "да "])
def test_time_grows_with_the_text(start: str, piece: str) -> None:
    """Digits and separators in long lines are cut in a time that grows with the line."""
    text = start + piece * (100_000 // len(piece)) + " 1"
    before = time.process_time()
    split_words(text)

    assert time.process_time() - before < 3


@pytest.mark.parametrize("start", ["", "да "])
def test_a_very_long_line(start: str) -> None:
    """A line of a million digits, commas and apostrophes is cut in about a second."""
    text = start + "12,345'678 901'" * 66_667
    before = time.process_time()
    split_words(text)

    assert time.process_time() - before < 10


@given(st.text(st.sampled_from("aé–’'$€% \n.,:/-019_数ที่\u00a0\u200b"), max_size=40))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    """The words of a text, with their spaces, are the text with its white space folded."""
    folded = " ".join(text.replace("\n", " ").split(" ")).split(" ")

    assert plain_text(tuple(split_words(text))).replace(" ", "") == "".join(folded)


@given(
    st.text(st.sampled_from("aARTsFé–’'$€% .,:/-019_²½ºª·\u00a0\u202f+(°=HC 0123"), max_size=24)
    | st.text(max_size=40).filter(_EUROPEAN.fullmatch)
)
@example("0¢ ¤5 5¢5")
@example("a’½ ªº 1.º -$5 (-5")
def test_the_quick_pattern_finds_what_the_full_one_finds(text: str) -> None:
    """European text is cut by a simpler pattern, to the same words."""
    quick, full = (
        [piece.strip(" \t\n") for piece in pattern.findall(text) if piece.strip(" \t\n")]
        for pattern in (_SIMPLE, _UNICODE)
    )

    assert quick == full


@given(st.text(st.sampled_from("aé3 -−+$€%°日年万ทั\u0301\u200c\ufe0f,.'٫٣я👩\u20e3½円１，\u00a0 \n\t0"), max_size=20))  # noqa: RUF001
def test_nothing_of_a_number_is_lost(text: str) -> None:
    """The words of a text are the text, white space folded, and no grapheme cluster with a digit is divided."""
    folded = " ".join(piece for piece in re.split("[ \t\n]+", text) if piece)
    words = split_words(text.strip(" \t\n"))

    assert plain_text(tuple(words)) == folded
    starts = {0}
    for word in words:
        starts.add(max(starts) + len(word.text) + (word.space and max(starts) > 0))
    clusters = {match.start(): match.group() for match in regex.finditer(r"\X", folded)}
    assert all(
        not starts & set(range(at + 1, at + len(cluster))) for at, cluster in clusters.items() if cluster[0].isdecimal()
    )


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
