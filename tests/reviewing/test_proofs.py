"""Proofs of notices: read as they were written, or explained; and held against the front matter of versions."""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_texts import NAMES

from proofs import SENT, proof
from smallprint.errors import Fault, NoticeError, Severity
from smallprint.model import Policy, Version, VersionId
from smallprint.reading.characters import check_text
from smallprint.reading.codes import CODES
from smallprint.reading.report import format_fault
from smallprint.reading.version import parse_version
from smallprint.reviewing.folder import inspect_content
from smallprint.reviewing.proof import Proof
from smallprint.reviewing.proof_file import parse_proof
from smallprint.reviewing.proofs import check_proofs, proof_text, read_proofs, write_proof

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
# The proof that users were notified of this version, written by `smallprint notice report`.
# It holds no address of anybody. Commit it; the history page tells of it.
version: 2022-01-01
baseline: 2020-01-01
notice: 0123456789abcdef
by: email
first: 2021-12-01T09:00:00Z
last: 2021-12-01T09:03:20Z
planned: 120
accepted: 117
failed: 1
deferred: 0
unknown: 1
suppressed: 1
joined-since: 4
languages: en 100, fr 20
texts: {texts}
text-en: {en}
text-fr: {fr}
plan: {plan}
""".format(texts="a" * 64, en="b" * 64, fr="c" * 64, plan="d" * 64)

EARLIER = (VersionId("1999-12-31"), VersionId("2020-01-01"))
_TAGS = st.sampled_from(["en", "fr", "de", "ar", "pt-BR", "zh-Hant-TW"])
_HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
_TIMES = st.datetimes().map(lambda time: time.replace(microsecond=0, tzinfo=dt.UTC))
_COUNTS = st.integers(0, 10**9)


@st.composite
def any_proof(draw: st.DrawFn) -> Proof:
    """Return any proof that there can be."""
    accepted, failed, deferred, unknown, suppressed, waiting = (draw(_COUNTS) for _ in range(6))
    planned = accepted + failed + deferred + unknown + suppressed + waiting
    times = sorted(draw(st.tuples(_TIMES, _TIMES))) if accepted else [None, None]
    reason = " ".join(draw(st.text()).split())
    return Proof(
        version=VersionId("2022-01-01"),
        baseline=draw(st.sampled_from(EARLIER)),
        notice=draw(st.text("0123456789abcdef", min_size=8, max_size=64)),
        first=times[0],
        last=times[1],
        planned=planned,
        accepted=accepted,
        failed=failed,
        deferred=deferred,
        unknown=unknown,
        suppressed=suppressed,
        waiting=waiting,
        joined_since=draw(_COUNTS),
        languages=MappingProxyType(dict.fromkeys(draw(st.sets(_TAGS)), planned // 6)),
        texts=draw(_HEX),
        text_of=MappingProxyType({tag: draw(_HEX) for tag in draw(st.sets(_TAGS))}),
        plan=draw(_HEX),
        late="" if check_text(reason, "") else reason,
    )


def read(text: str) -> list[Fault]:
    """Return what is wrong with the text of a proof of 2022-01-01."""
    found, faults = parse_proof(text, SENT.version, EARLIER, "notices/2022-01-01.yml")
    assert (found is None) == bool(faults)
    return faults


def policy(heads: tuple[str, str] = ("", ""), mark: str = "") -> Policy:
    """Return a policy of two versions with more lines in their front matter."""
    return Policy("privacy", "Privacy", tuple(map(version, NAMES, heads, [mark, mark])))


def version(name: str, head: str, mark: str) -> Version:
    text = f"---\ntitle: Privacy\n{head}---\n\n# Privacy {{#policy{mark}}}\n\nThis is {name}.\n"
    made, _ = parse_version(text, path=f"content/privacy/{name}.md", version_id=name)
    return made


def test_a_proof_is_written_as_plain_lines() -> None:
    assert proof_text(SENT) == TEXT


def test_it_says_more_only_where_there_is_more_to_say() -> None:
    late = proof(late="The provider was down: see “status”", waiting=2, accepted=115)
    none = proof(accepted=0, unknown=118, first=None, last=None)

    assert "\nsuppressed: 1\nwaiting: 2\njoined-since: 4\n" in proof_text(late)
    assert proof_text(late).endswith('\nlate: "The provider was down: see “status”"\n')
    assert not re.search("^(first|last|late|waiting):", proof_text(none), re.MULTILINE)


@given(any_proof())
def test_what_was_written_is_read_back_as_it_was(made: Proof) -> None:
    text = proof_text(made)

    assert parse_proof(text, made.version, EARLIER, "x") == (made, [])
    assert proof_text(made) == text


@given(st.data())
def test_any_edit_of_a_proof_is_read_or_explained(data: st.DataObject) -> None:
    lines = TEXT.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        lines[number] = data.draw(st.one_of(st.text(max_size=40), st.just(lines[number][:-1]), st.just("")))

    found, faults = parse_proof("\n".join(lines), SENT.version, EARLIER, "x")
    assert (found is None) == bool(faults)
    assert {fault.code for fault in faults if fault.code >= "SP2"} <= {"SP540", "SP541", "SP542", "SP543"}


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("first: 2021-12-01T09:00:00Z", "first: 1 December", "SP540", "`first: 1 December` is not a time such as"),
        ("2021-12-01T09:00:00Z", "2021-12-32T09:00:00Z", "SP540", "is no time that there is."),
        ("failed: 1", "failed: -1", "SP540", "`failed: -1` is not a number."),
        ("failed: 1", "failed: one", "SP540", "`failed: one` is not a number."),
        ("failed: 1", "failed:", "SP540", "`failed` has no value."),
        ("failed: 1", "failed: [1]", "SP540", "`failed` is not plain text: a list"),
        ("failed: 1", "failed: 1\nfailed: 1", "SP540", "`failed` is given twice"),
        ("failed: 1\n", "", "SP540", "`failed` is missing."),
        ("notice: 0123456789abcdef\nby: email\n", "", "SP540", "`notice` and `by` are missing."),
        (f"plan: {'d' * 64}\n", "", "SP540", "`plan` is missing."),
        (f"texts: {'a' * 64}\n", "", "SP540", "`texts` is missing."),
        ("by: email", "by: pigeon", "SP540", "`by: pigeon` is none of the words known here."),
        ("notice: 0123456789abcdef", "notice: hello", "SP540", "`notice: hello` is not hex digits."),
        ("plan: dddd", "plan: eee", "SP540", "is not a SHA-256 in hex."),
        ("text-en: bbbb", "text-en: eee", "SP540", "is not a SHA-256 in hex."),
        ("en 100, fr 20", "en 100; fr 20", "SP540", "is not as it was written, such as `en 80, fr 20`."),
        ("en 100, fr 20", "en 10, en 20", "SP540", "is not as it was written, such as `en 80, fr 20`."),
        ("failed: 1", 'failed: 1\nlate: "\\u202E"', "SP540", "Of `late`: "),
        ("accepted: ", "acepted: ", "SP541", "`acepted` is no known key."),
        ("accepted: ", "addresses: a\naccepted: ", "SP541", "`addresses` is no known key."),
        ("text-en: ", "text-e: ", "SP541", "`text-e` is no known key."),
        ("planned: 120", "planned: 121", "SP542", "is not the sum of the outcomes, which is 120."),
        ("planned: 120\n", "planned: 122\nwaiting: 1\n", "SP542", "which is 121."),
        ("en 100", "en 101", "SP542", "`languages` counts 121 recipients, and `planned` only 120."),
        ("last: 2021-12-01T09:03:20Z\n", "", "SP542", "does not go with the times"),
        ("accepted: 117\nfailed: 1", "accepted: 0\nfailed: 118", "SP542", "does not go with the times"),
        ("2021-12-01T09:03:20Z", "2021-11-01T09:03:20Z", "SP542", "`last` is before `first`."),
        ("version: 2022-01-01", "version: 2022-02-01", "SP543", "and says `version: 2022-02-01`."),
        ("baseline: 2020-01-01", "baseline: 2022-01-01", "SP543", "names no version before 2022-01-01."),
        ("baseline: 2020-01-01", "baseline: 2020-02-01", "SP543", "names no version before 2022-01-01."),
        ("baseline: 2020-01-01", "baseline: last", "SP543", "names no version before 2022-01-01."),
    ],
)
def test_what_is_wrong_with_a_proof_is_told(old: str, new: str, code: str, said: str) -> None:
    assert old in TEXT
    fault, *_ = read(TEXT.replace(old, new, 1))

    assert fault.code == code
    assert said in fault.what
    assert fault.severity is CODES[code].severity is Severity.ERROR


def test_a_fault_names_its_line_and_what_to_do() -> None:
    expected = """\
notices/2022-01-01.yml:10:1: SP541 `acepted` is no known key.
  10 | acepted: 117
     | ^^^^^^^
  help: Did you mean `accepted`?"""

    assert "\n\n".join(map(format_fault, read(TEXT.replace("accepted", "acepted")))) == expected


def test_facts_that_contradict_each_other_make_no_proof() -> None:
    for changes in ({"planned": 121}, {"first": None}, {"accepted": 0, "failed": 118}, {"languages": {"en": 121}}):
        with pytest.raises(ValueError, match="`"):
            proof(**changes)


def test_proofs_are_read_from_their_folder_and_translations_passed_over(tmp_path: Path) -> None:
    made = policy()
    folder = tmp_path / "content" / "privacy" / "notices"
    folder.parent.mkdir(parents=True)
    assert read_proofs(folder, "notices", made) == ({}, ())

    assert write_proof(folder, SENT) == folder / "2022-01-01.yml"
    for name in ("2022-01-01.fr.yml", "2022-01-01.pt-BR.yml", "2022-01-01.plan.json", "_draft.yml", ".x.yml"):
        (folder / name).write_text("not: a proof\n")
    assert read_proofs(folder, "notices", made) == ({SENT.version: SENT}, ())

    write_proof(folder, proof(failed=0, accepted=118))
    assert read_proofs(folder, "notices", made)[0][SENT.version].accepted == 118
    assert sorted(path.suffix for path in folder.iterdir() if "2022" not in path.name) == [".yml", ".yml"]


def test_files_that_are_no_proof_of_a_version_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "privacy" / "notices"
    folder.mkdir(parents=True)
    for name in ("2022-01-01.yaml", "2022-02-01.yml", "other.yml"):
        (folder / name).write_text(TEXT)
    proofs, faults = read_proofs(folder, "notices", policy())

    assert proofs == {}
    assert [(fault.path, fault.code) for fault in faults] == [
        ("notices/2022-01-01.yaml", "SP543"),
        ("notices/2022-02-01.yml", "SP543"),
        ("notices/other.yml", "SP543"),
    ]
    assert faults[0].remedy == "Rename it to 2022-01-01.yml."


def test_files_that_are_no_text_or_lead_elsewhere_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "privacy" / "notices"
    folder.mkdir(parents=True)
    (tmp_path / "elsewhere.yml").write_text(TEXT)
    (folder / "2022-01-01.yml").symlink_to(tmp_path / "elsewhere.yml")
    (folder / "2020-01-01.yml").write_bytes(b"version: \xff\n")

    assert [fault.code for fault in read_proofs(folder, "notices", policy())[1]] == ["SP101", "SP106"]


def test_a_proof_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "notices").write_text("a file")

    with pytest.raises(NoticeError, match="could not be written"):
        write_proof(tmp_path / "notices", SENT)
    folder = tmp_path / "there"
    (folder / "2022-01-01.yml").mkdir(parents=True)
    with pytest.raises(NoticeError, match="It is as it was"):
        write_proof(folder, SENT)
    assert [path.name for path in folder.iterdir()] == ["2022-01-01.yml"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "here stands no `notified` and no `notified-by`."),
        ("notified: 2021-12-01\n", "here stands `notified: 2021-12-01` and no `notified-by`."),
        ("notified: 2021-12-02\nnotified-by: email\n", "here stands `notified: 2021-12-02` and `notified-by: email`."),
        ("notified: 2021-12-01\nnotified-by: post\n", "here stands `notified: 2021-12-01` and `notified-by: post`."),
    ],
)
def test_a_version_that_says_otherwise_than_its_proof_is_warned_of(head: str, said: str) -> None:
    (fault,) = check_proofs(policy(("", head)), {SENT.version: SENT})

    assert (fault.code, fault.severity) == ("SP544", Severity.WARNING)
    assert fault.what == (
        f"Its proof, notices/2022-01-01.yml, says that users were notified on 2021-12-01, by email; {said}"
    )
    assert fault.remedy == "Write the two lines `notified: 2021-12-01` and `notified-by: email`."
    assert fault.line == (4 if "post" in head else 3 if head else 1)


def test_a_version_that_says_what_its_proof_says_is_not() -> None:
    head = "notified: 2021-12-01\nnotified-by: email\n"

    assert list(check_proofs(policy(("", head)), {SENT.version: SENT})) == []


def test_times_are_in_utc_to_the_second() -> None:
    """So that the day of a proof is one day, wherever it is read."""
    assert SENT.first
    for other in (
        SENT.first.astimezone(dt.timezone(dt.timedelta(hours=-2))),
        SENT.first.replace(tzinfo=None),
        SENT.first.replace(microsecond=1),
    ):
        with pytest.raises(ValueError, match="in UTC"):
            proof(first=other, last=other)


def test_users_told_in_the_way_that_was_promised_and_by_email_too() -> None:
    """The front matter names the way of the promise; that there was an email too is no contradiction."""
    head = "notified: 2021-11-20\nnotified-by: post\n"
    proofs = {SENT.version: SENT}

    assert list(check_proofs(policy(("", head), " promise=notice by=post"), proofs)) == []
    assert len(list(check_proofs(policy(("", head), " promise=notice by=email"), proofs))) == 1


def test_a_notice_that_no_server_accepted_is_no_notice() -> None:
    none = proof(accepted=0, unknown=118, first=None, last=None)

    assert list(check_proofs(policy(), {SENT.version: none})) == []


def test_a_content_folder_is_told_of_its_proofs_and_their_faults(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "privacy" / "notices"
    folder.mkdir(parents=True)
    write_proof(folder, SENT)
    (folder / "2020-01-01.yml").write_text("version: 2020-01-01\n")
    inspected = inspect_content([policy()], tmp_path / "content", "content", dt.date(2026, 1, 1))

    assert inspected.policies["privacy"].proofs == {SENT.version: SENT}
    assert [(fault.path, fault.code) for fault in inspected.faults] == [
        ("content/privacy/2022-01-01.md", "SP544"),
        ("content/privacy/notices/2020-01-01.yml", "SP540"),
    ]
