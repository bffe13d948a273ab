# ruff: noqa: RUF001 - words of many scripts are what these tests are about
"""Characters that cannot be seen, or told from others, in what readers are shown."""

from __future__ import annotations

import unicodedata

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain import version
from smallprint.comparing import compare
from smallprint.model import Op
from smallprint.presenting.characters import name_unseen, note_look_alikes, show, texts_beside
from smallprint.presenting.redline_html import change_html
from smallprint.presenting.terminal import comparison_in_terminal

JOINED = (
    *("می\u200cفروشیم", "داده\u200cهای", "ہم\u200cارا", "ده\u200cکات", "र्\u200dय", "വില്\u200dക്കും", "ശ്രീ\u200d"),
    *("ශ්\u200dරී", "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "5\ufe0f\u20e3", "👩🏽\u200d💻", "❤\ufe0f"),
)
NON_JOINER = "[U+200C ZERO WIDTH NON-JOINER]"


def terminal(old: str, new: str) -> str:
    lines = comparison_in_terminal(compare(version(f"# Data\n\n{old}"), version(f"# Data\n\n{new}")))
    return click.unstyle("\n".join(lines))


@given(st.lists(st.sampled_from(JOINED), min_size=1, max_size=3), st.sampled_from(["", "abc", "و", "متن", "क"]))
def test_what_a_script_needs_is_not_named(words: list[str], other: str) -> None:
    """A joiner inside a real word is shown as it is where something else differs."""
    text = " ".join(words)

    assert name_unseen(text, is_marked=True, beside=other) == text
    assert show(text, is_marked=True, beside=other) == text
    assert name_unseen(text) == text


@given(
    st.text(st.characters(categories=("L",), max_codepoint=0x52F), min_size=1), st.sampled_from("\u200c\u200d\ufe0f")
)
def test_what_nothing_needs_is_named(letters: str, joiner: str) -> None:
    """Between letters that do not join a joiner is named everywhere."""
    for is_marked in (False, True):
        assert joiner not in name_unseen(letters + joiner + letters, is_marked=is_marked, beside=letters)
        assert joiner not in show(letters + joiner + letters, is_marked=is_marked)


@pytest.mark.parametrize("word", JOINED)
def test_what_alone_was_changed_is_named(word: str) -> None:
    """Where a joiner is all that differs, readers see it, whatever else differs next to it."""
    joiner = next(char for char in word if char in "\u200c\u200d\ufe0f")
    bare = word.replace(joiner, "")

    assert unicodedata.name(joiner) in name_unseen(word, is_marked=True, beside=bare)
    assert unicodedata.name(joiner) in name_unseen(f"{word} and", is_marked=True, beside=f"or {bare}")


def test_persian_reads_as_persian() -> None:
    """A redline of Persian has no boxes, unless a joiner came or went."""
    other = terminal(
        "ما داده\u200cهای شما را نمی\u200cفروشیم.", "ما داده\u200cهای شما را می\u200cفروشیم و نگه می\u200cداریم."
    )
    same = terminal("ما آن را می\u200cفروشیم.", "ما آن را میفروشیم.")

    assert "[-نمی\u200cفروشیم-]{+می\u200cفروشیم و نگه می\u200cداریم+}" in other
    assert f"[-می{NON_JOINER}فروشیم-]{{+میفروشیم+}}" in same


def test_spaces_within_a_number() -> None:
    """A space that groups digits is part of the number, and named where it alone was changed."""
    assert "[-10\u202f000-]{+20\u202f000+} €" in terminal("up to 10\u202f000 €", "up to 20\u202f000 €")
    assert "[-10 000-]{+10[narrow no-break space]000+} €" in terminal("up to 10 000 €", "up to 10\u202f000 €")
    assert "[-10 000-]{+10000+} €" in terminal("up to 10 000 €", "up to 10000 €")


def test_spaces_elsewhere_are_named() -> None:
    """Between words a special space is named in marks."""
    assert "sell[- -]{+[no-break space]+}data" in terminal("We sell data.", "We sell\u00a0data.")


def test_the_page_says_the_same() -> None:
    """On the page as in the terminal."""
    comparison = compare(version("# Data\n\nنمی\u200cفروشیم"), version("# Data\n\nمی\u200cفروشیم"))
    (change,) = comparison.differing

    assert 'class="cp"' not in "".join(part.html for part in change_html(change))


def test_texts_beside() -> None:
    """All that is removed between two kept texts is beside all that is added there."""
    pieces = [(Op.DELETE, "a"), (Op.INSERT, "b"), (Op.DELETE, "c"), (Op.KEEP, " "), (Op.INSERT, "d")]

    assert texts_beside(pieces) == ["b", "ac", "b", "", ""]
    assert texts_beside([]) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("paypal", "pаypal"),
        ("data", "dαta"),
        ("scope", "ѕсоре"),
        ("Terms", "Τerms"),
        ("data", "ｄata"),
        ("sale", "𝗌ale"),
        ("you", "yоս"),  # Armenian
        ("Data", "Ꭰata"),  # Cherokee
        ("id", "ıd"),
        ("Illinois", "lllinois"),
        ("café", "cаfé"),
        ("naïve", "naїve"),
    ],
)
def test_look_alikes(old: str, new: str) -> None:
    """Letters of other alphabets that are drawn alike are told by name."""
    note = note_look_alikes(old, new)

    assert note.startswith("looks the same, different letters: U+")
    assert note == note_look_alikes(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [("data", "data"), ("data", "date"), ("", "а"), ("cafe", "café"), ("σ", "ο"), ("30", "3O")],
)
def test_no_look_alikes(old: str, new: str) -> None:
    """What reads differently, or is told apart by those who read the alphabet, has no remark."""
    assert note_look_alikes(old, new) == ""


def test_a_look_alike_among_other_words() -> None:
    """A word that looks like one that was removed is told of, whatever else was changed with it."""
    note = note_look_alikes("paypal support", "our pаypal team")

    assert note.startswith("“pаypal” looks the same as “paypal”, different letters: U+0061")
    assert note_look_alikes("paypal support", "our paypal team") == ""
