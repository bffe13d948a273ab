# ruff: noqa: RUF001 - words of many scripts are what these tests are about
"""Which invisible characters a script or a picture needs where they are."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from smallprint.joiners import is_needed

NEEDED = {
    "Persian": "می\u200cفروشیم داده\u200cهای نمی\u200cشود خانه\u200cام ۳۰\u200cروزه PDF\u200cها «متن»\u200cها",
    "Persian with marks": "می\u200cشَوَد نُه\u200cگانه",
    "Hijri": "۱۳۹۹ ه\u200d. ش",
    "Urdu": "آپ\u200cکے بے\u200cشک ہم\u200cارا",
    "Kurdish": "ده\u200cکات نامه\u200cکان ئێمه\u200c و",
    "Devanagari": "क्\u200cष र्\u200dय श्\u200dर",
    "Bengali": "র\u200d্য্যা ত্\u200d",
    "Malayalam": "അവന്\u200d വില്\u200dക്കും ശ്രീ\u200d",
    "Kannada": "ಆನ್\u200cಲೈನ್ ರ\u200d್ಯಾ",
    "Sinhala": "ශ්\u200dරී ක්\u200dෂ ප්\u200dරතිපත්තිය",
    "family": "👨\u200d👩\u200d👧 👩🏽\u200d💻",
    "flags": "🏳\ufe0f\u200d🌈 🏴\u200d☠\ufe0f",
    "keycaps": "5\ufe0f\u20e3 #\ufe0f\u20e3",
    "presentation": "❤\ufe0f ☎\ufe0e ©\ufe0f",
    "Markdown": "**می**\u200cروم می\u200c*روم*",
}
NEEDLESS = {
    "Latin": "pay\u200cpal pay\u200dpal a\ufe0f",
    "Cyrillic": "да\u200cнные да\u200dнные",
    "Greek": "δε\u200cδομένα",
    "Han": "数\u200c据",
    "digits": "3\u200c0 3\u200d0 3\ufe0f0",
    "before a space": "می\u200c روم",
    "at the end": "می\u200c",
    "at the beginning": "\u200cروم",
    "before a full stop": "می\u200c.",
    "doubled": "می\u200c\u200cروم",
    "joiner at an Arabic edge": "می\u200d روم",
    "Devanagari edge": "क्\u200c ष",
    "half a family": "👨\u200d.",
    "picture and letter": "👨\u200da",
    "two selectors": "a\ufe0e\ufe0e",
}
UNSEEN = regex.compile(r"[\u200c\u200d\ufe0e\ufe0f]")


def verdicts(text: str) -> list[bool]:
    return [is_needed(text, match.start()) for match in UNSEEN.finditer(text)]


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED.keys())
def test_needed(text: str) -> None:
    """A joiner inside a word of a script that has joiners, or inside an emoji, is needed."""
    assert all(verdicts(text))


@pytest.mark.parametrize("text", NEEDLESS.values(), ids=NEEDLESS.keys())
def test_needless(text: str) -> None:
    """A joiner that shapes nothing is not needed."""
    found = verdicts(text)

    assert found
    assert not any(found)


@given(
    st.text(st.characters(categories=("L",), max_codepoint=0x52F), min_size=1), st.sampled_from("\u200c\u200d\ufe0f")
)
def test_never_needed_in_latin_greek_and_cyrillic(letters: str, joiner: str) -> None:
    """Alphabets whose letters do not join need no joiner anywhere."""
    text = joiner.join(letters) + joiner

    assert not any(verdicts(text))
