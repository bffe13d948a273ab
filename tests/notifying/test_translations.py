import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from smallprint.errors import ContentError, Severity
from smallprint.judgement import Direction
from smallprint.model import VersionId
from smallprint.notifying.announcement import AnnouncedChange, Announcement, Translation
from smallprint.notifying.translations import read_translation, sentences_digest, translation_skeleton
from smallprint.reading.characters import check_text
from smallprint.reading.report import format_fault

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notices"
SENTENCES = {
    "collection.cookies": "We keep cookies for 90 days, not 30.",
    "policy": 'What we call "services" is more than before: also our shops.',
    "größe-2": "You have less room.",
}


def announcement(sentences: dict[str, str]) -> Announcement:
    changes = tuple(
        AnnouncedChange(anchor, "Title", "https://a.example/", Direction.REDUCES, (), sentence, ())
        for anchor, sentence in sentences.items()
    )
    return Announcement(
        slug="privacy",
        policy="Privacy Policy",
        publisher="Acme",
        product="",
        language="en",
        baseline=VersionId("2019-01-01"),
        version=VersionId("2020-02-10"),
        effective=dt.date(2020, 2, 10),
        changes=changes,
        others=0,
        redline_url="https://a.example/redline",
        text_url="https://a.example/text",
    )


ANNOUNCED = announcement(SENTENCES)


def read(folder: Path, text: str, announced: Announcement = ANNOUNCED) -> Translation | None:
    (folder / "notices").mkdir(exist_ok=True)
    (folder / "notices" / "2020-02-10.de.yml").write_text(text, encoding="utf-8")
    return read_translation(folder, "content/privacy", "2020-02-10", "de", announced)


def faults_of(folder: Path, text: str, announced: Announcement = ANNOUNCED) -> list[str]:
    with pytest.raises(ContentError) as error:
        read(folder, text, announced)
    return [f"{fault.place.rpartition('.yml')[2]} {fault.code} {fault.what}" for fault in error.value.faults]


def test_the_file_to_fill_in_reads_well() -> None:
    assert translation_skeleton(ANNOUNCED, "de") == (FIXTURES / "2020-02-10.de.empty.yml").read_text(encoding="utf-8")


def test_a_translation_is_read(tmp_path: Path) -> None:
    text = (FIXTURES / "2020-02-10.de.yml").read_text(encoding="utf-8")

    assert read(tmp_path, text) == Translation(
        "de",
        {
            "collection.cookies": "Wir behalten Cookies 90 Tage, nicht 30.",
            "policy": "Was wir „Dienste“ nennen, ist mehr als zuvor: auch unsere Läden.",
            "größe-2": "Sie haben weniger Platz.",
        },
        "Datenschutzerklärung",
    )


def test_without_a_file_there_is_no_translation(tmp_path: Path) -> None:
    for language in ("de", "../de", "", "de/../fr"):
        assert read_translation(tmp_path, "content/privacy", "2020-02-10", language, ANNOUNCED) is None


def test_a_link_that_leads_nowhere_is_no_missing_file(tmp_path: Path) -> None:
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "2020-02-10.de.yml").symlink_to("elsewhere.yml")

    with pytest.raises(ContentError, match=r"content/privacy/notices/2020-02-10\.de\.yml: SP105"):
        read_translation(tmp_path, "content/privacy", "2020-02-10", "de", ANNOUNCED)


def test_a_file_not_filled_in_is_told_by_its_changes(tmp_path: Path) -> None:
    assert faults_of(tmp_path, translation_skeleton(ANNOUNCED, "de")) == [
        ":9:21 SP705 The sentence of the change `collection.cookies` is missing.",
        ":12:12 SP705 The sentence of the change `policy` is missing.",
        ":15:12 SP705 The sentence of the change `größe-2` is missing.",
    ]


def test_a_translation_of_other_sentences_is_refused_with_what_to_do(tmp_path: Path) -> None:
    text = (FIXTURES / "2020-02-10.de.yml").read_text(encoding="utf-8")
    today = announcement({**SENTENCES, "größe-2": "You have no room."})
    with pytest.raises(ContentError) as error:
        read(tmp_path, text, today)

    digest = sentences_digest(ANNOUNCED)
    (fault,) = error.value.faults
    assert format_fault(fault) == (
        f"content/privacy/notices/2020-02-10.de.yml:1:5: SP705 `of: {digest}`: the sentences are no longer those that "
        f"were translated.\n  1 | of: {digest}\n    |     {'^' * 16}\n"
        f"  help: Compare each translation with today's sentence, then write `of: {sentences_digest(today)}`."
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "collection.cookies:",
            "colection.cookies:",
            [":1 SP705 The sentence of the change `collection.cookies`", ":4:1"],
        ),
        ("policy:", "title:", [":2:1 SP705 `title` is no change that is announced."]),
        ("of: ", "off: ", [":1 SP705 Of which sentences this is a translation", ":1:1 SP705 `off` is no change"]),
        ("of: ", "policy: x\nof: ", [":3:1 SP205 `policy` is given twice"]),
        ("Wir ", "Wir\u202e ", [":5:6 SP110 U+202E"]),
        ("größe-2", "groesse", [":1 SP705 The sentence of the change `größe-2` is missing.", ":8:1 SP705 `groesse`"]),
        ('"größe-2": Sie haben weniger Platz.', "a: [b]", [":8:4 SP204 `a` is not plain text"]),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    text = (FIXTURES / "2020-02-10.de.yml").read_text(encoding="utf-8")
    assert old in text

    found = faults_of(tmp_path, text.replace(old, new, 1))

    assert len(found) == len(expected)
    assert all(one.startswith(start) for one, start in zip(found, expected, strict=True))


def test_a_translation_may_be_long(tmp_path: Path) -> None:
    sentences = {f"clause-{n}": "We said: " + "something long. " * 30 for n in range(80)}
    announced = announcement(sentences)
    text = translation_skeleton(announced, "de").replace(": >-\n", ': "Wir sagten: etwas."\n')

    translation = read(tmp_path, text, announced)

    assert translation is not None
    assert len(translation.sentences) == 80


def test_the_digest_is_of_the_sentences_alone() -> None:
    digest = sentences_digest(ANNOUNCED)

    assert digest == "7c26c471b45dcee6"
    assert sentences_digest(replace(ANNOUNCED, others=7, policy="Other", changes=ANNOUNCED.changes[::-1])) == digest
    assert sentences_digest(announcement({a: f" {s.replace(' ', '  ')}\n" for a, s in SENTENCES.items()})) == digest
    assert sentences_digest(announcement({**SENTENCES, "policy": "x"})) != digest
    assert sentences_digest(announcement({a: s for a, s in SENTENCES.items() if a != "policy"})) != digest
    swapped = dict(zip(SENTENCES, reversed(SENTENCES.values()), strict=True))
    assert sentences_digest(announcement(swapped)) != digest


anchors = st.one_of(
    st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}(\.[a-z0-9]{1,4}){0,2}", fullmatch=True),
    st.sampled_from(["of", "policy", "größe-2", "1-2", "no", "true", "null", "条款"]),
)
sentences = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from([*"#: >-'\"\n\r\x85\u2028\u202e\ud800\ufeff\0%@`|&*!{}[],?", "x" * 120, "a"]), max_size=12
    ).map("".join),
)


@given(st.dictionaries(anchors, sentences, min_size=1, max_size=5))
@example({"of": "a", "policy": "b\u2028of: c"})
@example({"a": "b\x85policy: d\n# e"})
def test_whatever_the_sentences_hold_the_file_can_be_filled_in(
    tmp_path_factory: pytest.TempPathFactory, originals: dict[str, str]
) -> None:
    announced = announcement(originals)
    text = translation_skeleton(announced, "de")
    folder = tmp_path_factory.mktemp("policy")

    filled = text.replace(": >-\n", ": >-\n  # Wir: „sagten“ es.\n")

    assert [fault for fault in check_text(text, "a.yml") if fault.severity is Severity.ERROR] == []
    assert all(line == "" or line.startswith("#") or ": " in line for line in text.split("\n"))
    # This loader makes text of everything, as we do.
    assert len(yaml.load(text, yaml.BaseLoader)) == len(originals) + 2  # noqa: S506
    assert read(folder, filled, announced) == Translation(
        "de", dict.fromkeys(originals, "# Wir: „sagten“ es."), "# Wir: „sagten“ es."
    )
