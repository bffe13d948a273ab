"""Each fault as a person sees it: the content is written down with what is said of it in fixtures/reading/faults.md."""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file
from trees import faults_of, write_tree

from smallprint.reading.codes import CODES
from smallprint.reading.report import format_fault

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reading" / "faults.md"
CASES = [pytest.param(text, expected, id=title) for _, title, text, expected in read_fixture_file(FIXTURES)]
TOLD_ELSEWHERE = {"SP104"}
"""A file over 5 MB makes no good fixture: test_source.py."""


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_faults(text: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, text)
    monkeypatch.chdir(tmp_path)

    faults = faults_of(Path("content"))

    assert ("\n\n".join(map(format_fault, faults)) or "No fault") == expected.strip("\n")


def test_every_code_has_a_case() -> None:
    told = {code for _, _, _, expected in read_fixture_file(FIXTURES) for code in re.findall(r"SP\d{3}", expected)}

    assert told == {code for code in CODES if code < "SP5"} - TOLD_ELSEWHERE


def test_every_code_of_judging_importing_and_notices_is_told_by_a_test() -> None:
    """What is found beside the reading of content has its cases in the tests of those parts and of the commands."""
    folders = ("assessing", "reviewing", "importing", "notifying", "cli")
    tests = [path for folder in folders for path in (FIXTURES.parents[2] / folder).glob("*.py")]
    told = {code for path in tests for code in re.findall(r"SP\d{3}", path.read_text(encoding="utf-8"))}

    assert {code for code in CODES if code >= "SP5"} - told == set()
