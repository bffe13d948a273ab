"""Sources are read within bounds, told apart by what they begin with, and decoded or refused with the place."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallprint.errors import ContentError
from smallprint.importing.bytes import MAX_BYTES, SourceKind, decode, decode_fully, kind_of, read_bytes, read_stream

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from smallprint.errors import Fault

SENTENCE = "It’s “fine” – we keep the name of the café."


def faults(call: Callable[[], object]) -> list[Fault]:
    with pytest.raises(ContentError) as caught:
        call()
    return list(caught.value.faults)


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>x")

    assert read_bytes(tmp_path / "a.html", "a.html") == b"<p>x"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (fault,) = faults(lambda: read_bytes(tmp_path / "b.html", "b.html"))

    assert (fault.code, fault.what) == ("SP600", "The file cannot be read: no such file or directory.")
    assert faults(lambda: read_bytes(tmp_path, "folder"))[0].code == "SP600"


def test_a_stream_that_is_too_large() -> None:
    assert len(read_stream(io.BytesIO(b"x" * MAX_BYTES), "-")) == MAX_BYTES
    (fault,) = faults(lambda: read_stream(io.BytesIO(b"x" * (MAX_BYTES + 1)), "-"))

    assert (fault.code, fault.what) == ("SP601", "The source is larger than 20 MB, which no policy is.")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><p>x", "", SourceKind.HTML),
        (b"\xef\xbb\xbf\n<HTML>", "x.txt", SourceKind.HTML),
        (b"<!-- x --><div><p>a<p>b", "", SourceKind.HTML),
        ("<html>".encode("utf-16"), "", SourceKind.HTML),
        (b"Hello", "x.htm", SourceKind.HTML),
        (b"<div>\n\n# Title\n", "x.md", SourceKind.MARKDOWN),
        (b"<!doctype html>", "x.md", SourceKind.HTML),
        (b"# Title\n\n- one\n- two\n", "", SourceKind.MARKDOWN),
        (b"# Title\n\n- one\n- two\n", "x.txt", SourceKind.TEXT),
        (b"PRIVACY POLICY\n\nWe keep nothing.\n", "", SourceKind.TEXT),
        (b"", "", SourceKind.TEXT),
        (b"PK\x03\x04 word/document.xml", "x.txt", SourceKind.DOCX),
    ],
)
def test_kinds(data: bytes, name: str, kind: SourceKind) -> None:
    assert kind_of(data, name) is kind


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"{\\rtf1", b"\xd0\xcf\x11\xe0", b"PK\x03\x04x", b"\x89PNG", b"\x1f\x8b"]
)
def test_kinds_that_are_refused(data: bytes) -> None:
    (fault,) = faults(lambda: kind_of(data, "x.html"))

    assert fault.code == "SP602"
    assert fault.remedy


@pytest.mark.parametrize(
    ("data", "encoding", "note"),
    [
        (SENTENCE.encode(), "utf-8", ""),
        (SENTENCE.encode("utf-8-sig"), "utf-8", ""),
        (SENTENCE.encode("utf-16"), "utf-16-le", ""),
        (SENTENCE.encode("utf-16-be"), "utf-16-be", "says nothing"),
        (SENTENCE.encode("cp1252"), "cp1252", "says nothing of its encoding"),
        (b"<meta charset=utf-8>" + SENTENCE.encode("cp1252"), "cp1252", "declares utf-8, but is not"),
        (b"<meta charset=iso-8859-1>" + SENTENCE.encode("cp1252"), "cp1252", ""),
        (b"<meta charset='latin1'>" + SENTENCE.encode(), "utf-8", "declares latin1, but is UTF-8"),
        (
            b"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>" + SENTENCE.encode("cp1252"),
            "cp1252",
            "",
        ),
        (b"<meta charset=utf-16>" + SENTENCE.encode(), "utf-8", ""),
    ],
)
def test_encodings(data: bytes, encoding: str, note: str) -> None:
    decoded = decode_fully(data, "x")

    assert decoded.text.endswith(SENTENCE)
    assert decoded.encoding == encoding
    assert note in decoded.note
    assert bool(note) == bool(decoded.note)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("当社は、個人情報を収集します。", "shift_jis"),
        ("当社は、個人情報を収集します。", "iso-2022-jp"),
        ("我们收集您的个人信息", "gb2312"),
        ("Мы собираем персональные данные", "windows-1251"),
        ("Мы собираем персональные данные", "koi8-r"),
        ("개인정보", "euc-kr"),
        ("źródło", "iso-8859-2"),
    ],
)
def test_declared_encodings(text: str, encoding: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head>{text}'

    assert decode(page.encode(encoding), "x") == page
    assert decode(text.encode(encoding), "x", encoding) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("当社は、個人情報を収集します。", "shift_jis"),
        ("Мы собираем персональные данные", "windows-1251"),
        ("Συλλέγουμε δεδομένα", "cp1253"),
        ('<html lang="pl">źródło', "cp1250"),
        ("\x01\x02\x03é", "cp1252"),
    ],
)
def test_what_is_not_told_is_not_guessed(text: str, encoding: str) -> None:
    (fault,) = faults(lambda: decode(text.encode(encoding), "x"))

    assert fault.code == "SP603"
    assert "Name the encoding" in fault.remedy


def test_the_place_of_a_bad_byte() -> None:
    (fault,) = faults(lambda: decode("Zwölf\nBücher: ".encode() + b"\xff!", "x"))

    assert (fault.line, fault.what) == (2, "Byte 16, 0xFF, is not UTF-8.")
    assert fault.excerpt == "B\\xc3\\xbccher: \\xff!"
    assert fault.excerpt[fault.column - 1 :].startswith("\\xff")


def test_an_encoding_that_nobody_knows() -> None:
    (fault,) = faults(lambda: decode(b"x", "x", "rot13"))

    assert (fault.code, fault.what) == ("SP603", "The encoding “rot13” is none that can be read.")
    assert decode(b"<meta charset=rot13>x", "x").endswith("x")


def test_line_ends() -> None:
    assert decode(b"a\r\nb\rc\nd", "x") == "a\nb\nc\nd"


@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_are_read_or_refused(data: bytes) -> None:
    codes = set()
    for call in (lambda: decode(data, "x"), lambda: kind_of(data, "")):
        try:
            call()
        except ContentError as error:
            codes |= {fault.code for fault in error.faults}

    assert codes <= {"SP602", "SP603"}
