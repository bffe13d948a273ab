import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallprint.reading.source import MAX_BYTES, check_text, read_source

IBACKUP = Path(__file__).parents[2] / "content" / "ibackup-privacy"


def codes(text: str) -> list[str]:
    return [fault.code for fault in check_text(text, "a.md")]


def test_text_digest_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one\r\ntwo\n")

    assert read_source(path, "a.md") == ("one\ntwo\n", hashlib.sha256(b"one\r\ntwo\n").hexdigest(), [])


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * (MAX_BYTES + 1))

    text, _, faults = read_source(path, "a.md")

    assert text == ""
    assert [str(fault) for fault in faults] == ["a.md: SP104 The file is larger than 5 MB, which no policy is."]


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * MAX_BYTES)

    assert read_source(path, "a.md")[2] == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    [fault] = read_source(tmp_path / "a.md", "a.md")[2]

    assert str(fault) == "a.md: SP105 The file cannot be read: no such file or directory."


@pytest.mark.parametrize("head", [b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"{\\rtf1"])
def test_documents_of_other_kinds(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(head)

    assert [fault.code for fault in read_source(path, "a.md")[2]] == ["SP103"]


@pytest.mark.parametrize(
    "text",
    [
        "Straße, naïveté, Œuvre, “quotes”, 100 €, ½, ™, →, 1 000\u00a0km",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "गोपनीयता नीति, র\u200d্য, ശ്രീ\u200d",
        "นโยบายความเป็นส่วนตัว",
        "개인정보 처리방침 ㈜",
        "隐私政策\u3000\uff08全角\uff09𠮷",
        "🏳️\u200d🌈 👩🏽\u200d⚕️ 🇩🇪 ☎️ ©️ #️⃣",
        "ᠮᠣᠩᠭᠣᠯ\u180b",
        "\t- x\n",
    ],
)
def test_living_languages_have_no_faults(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("char", [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))])
def test_no_override_gets_past(char: str) -> None:
    assert codes(f"שלום {char}x") == ["SP110"]


@given(st.text())
def test_every_fault_points_at_its_character(text: str) -> None:
    for fault in check_text(text, "a.md"):
        lines = text.split("\n")

        assert lines[fault.line - 1] == fault.excerpt
        assert 1 <= fault.column <= len(fault.excerpt) + 1


@given(
    st.text(st.characters(categories=["Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"], exclude_characters="\n\t"), min_size=1)
)
def test_what_has_no_glyph_is_a_fault_between_latin_letters(text: str) -> None:
    harmless = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    if any(char in harmless or 0x13430 <= ord(char) <= 0x1343F for char in text):
        return

    # Python's Unicode may be older than ours, so a character without a category there may have one here.
    assert codes(f"a{text}b") or not all(char < "\u0378" for char in text)


def test_clean_text_costs_little() -> None:
    text = (IBACKUP / "2020-02-10.md").read_text(encoding="utf-8")
    text = (text * 10)[:37_000]
    best = min(_timed(text) for _ in range(20))

    assert best < 0.001


def _timed(text: str) -> float:
    start = time.perf_counter()
    check_text(text, "a.md")
    return time.perf_counter() - start


@pytest.mark.parametrize("char", ["\u200b", "\u0378", "\r", "\u0301", "\u200f\n", "e\u0301", "a\u202e", "👍"])
def test_hostile_text_ends_soon(char: str) -> None:
    start = time.perf_counter()
    faults = check_text(char * 500_000, "a.md")

    assert time.perf_counter() - start < 5
    assert len(faults) <= 21
