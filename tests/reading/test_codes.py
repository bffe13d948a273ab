import re
from pathlib import Path

import pytest

import smallprint
from smallprint.errors import Severity
from smallprint.reading.codes import CODES, make_fault
from smallprint.reading.explain import explain_code, find_code, list_codes, nearest_code

SOURCES = sorted(Path(smallprint.__file__).parent.rglob("*.py"))


def test_every_code_in_the_program_is_in_the_catalogue() -> None:
    used = {code for path in SOURCES for code in re.findall(r'"(SP\d{3})"', path.read_text(encoding="utf-8"))}

    assert used
    assert used == CODES.keys()


def test_the_catalogue_holds_every_heading_of_its_file() -> None:
    text = (Path(smallprint.__file__).parent / "reading" / "codes.md").read_text(encoding="utf-8")

    assert list(CODES) == sorted(re.findall(r"^## (SP\d{3})", text, re.MULTILINE))


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_an_entry_explains_itself(code: object) -> None:
    text = explain_code(CODES[str(getattr(code, "code", ""))])

    for heading in ("Why it matters:", "Wrong:", "Right:"):
        assert heading in text
    assert "**" not in text.partition("Wrong:")[0]


@pytest.mark.parametrize("text", ["SP205", "sp205", "205", " Sp205 "])
def test_a_code_is_found_however_it_is_written(text: str) -> None:
    assert find_code(text) is CODES["SP205"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("SP2050", "SP205"), ("E111", "SP111"), ("invisible", "SP111"), ("byte order mark", "SP107"), ("xyzzy", None)],
)
def test_the_nearest_code(text: str, expected: str | None) -> None:
    near = nearest_code(text)

    assert find_code(text) is None
    assert (near.code if near else None) == expected


def test_all_codes_are_listed() -> None:
    assert re.findall(r"SP\d{3}", list_codes()) == sorted(CODES)


def test_a_fault_is_as_severe_as_the_catalogue_says() -> None:
    assert make_fault("SP107", "a.md", "What.", "Remedy.").severity is Severity.WARNING
    assert make_fault("SP101", "a.md", "What.", "Remedy.").severity is Severity.ERROR


def test_a_fault_quotes_its_line() -> None:
    fault = make_fault("SP101", "a.md", "What.", "Remedy.", line=2, column=1, text="one\ntwo\n")

    assert fault.excerpt == "two"
    assert make_fault("SP101", "a.md", "What.", "Remedy.", line=9, text="one").excerpt == ""
