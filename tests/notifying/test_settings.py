from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallprint.errors import ContentError
from smallprint.notifying.announcement import Sender
from smallprint.notifying.settings import read_sender
from smallprint.reading.report import format_fault

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notices"


def sender_in(folder: Path, text: str, policy: str = "title: Privacy\n") -> Sender:
    (folder / "notice.yml").write_text(text, encoding="utf-8")
    (folder / "policy.yml").write_text(policy, encoding="utf-8")
    return read_sender(folder, "content/privacy")


def faults_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(ContentError) as error:
        sender_in(folder, text)
    return [f"{fault.place}: {fault.code} {fault.what}" for fault in error.value.faults]


def test_all_that_it_may_say(tmp_path: Path) -> None:
    sender = sender_in(tmp_path, (FIXTURES / "notice.yml").read_text(encoding="utf-8"), "title: P\nlanguage: de\n")

    assert sender == Sender(
        name="Acme, Ltd.",
        address="Privacy@acme.example",
        reply_to="privacy-help@acme.example",
        bounces="bounces@xn--bcher-kva.example",
        contact="Acme privacy team: privacy-help@acme.example",
        what_you_can_do={
            "de": "You can object until 10 February 2020.",
            "fr": "Vous pouvez vous opposer jusqu’au 10 février 2020\xa0: écrivez-nous.",
            "pt-BR": "Você pode se opor.",
        },
    )
    assert sender.envelope == "bounces@xn--bcher-kva.example"


@pytest.mark.parametrize("text", ["from: a@b.org", "from: <a@b.org>", 'from: "  a@b.org "\n'])
def test_an_address_alone_is_enough(text: str, tmp_path: Path) -> None:
    sender = sender_in(tmp_path, text)

    assert sender == Sender(name="", address="a@b.org")
    assert sender.envelope == "a@b.org"


def test_a_file_that_is_not_there_is_told_with_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        read_sender(tmp_path, "content/privacy")

    assert format_fault(error.value.faults[0]) == (
        "content/privacy/notice.yml: SP701 Nothing says who writes: the file is not there.\n"
        "  help: Write it with at least its first line: `from: Acme Ltd <privacy@acme.example>`, "
        "`reply-to: privacy@acme.example`, `bounces: bounces@acme.example`."
    )


def test_a_fault_shows_its_place(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        sender_in(tmp_path, "from: Acme <a@b.org, c@d.org>\n")

    assert format_fault(error.value.faults[0]) == (
        "content/privacy/notice.yml:1:7: SP701 `from: Acme <a@b.org, c@d.org>`: A comma separates addresses.\n"
        "  1 | from: Acme <a@b.org, c@d.org>\n"
        "    |       ^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  help: Write one address alone, such as name@example.org."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1: SP701 `from` is not given"]),
        ("reply-to: a@b.org", ["1: SP701 `from` is not given"]),
        ("form: a@b.org", ["1:1: SP206 `form` is no known key."]),
        ("from:\n", ["1:1: SP212 `from` has no value."]),
        ("from: a@b.org\nreplyto: a@b.org", ["2:1: SP206 `replyto` is no known key."]),
        ("from: a@b.org\nfrom: c@d.org", ["2:1: SP205 `from` is given twice"]),
        ("from: a@b.org\nreply-to: [a@b.org]", ["2:11: SP204 `reply-to` is not plain text"]),
        ("from: Acme", ["1:7: SP701 `from: Acme`: There is no “@” in it."]),
        ("from: a@b.org <c@d.org>", ["1:7: SP701 `from: a@b.org <c@d.org>`: @ stands in the name."]),
        ("from: '\"Acme\" <c@d.org>'", ['1:7: SP701 `from: "Acme" <c@d.org>`: " stands in the name.']),
        ("from: A <B> <c@d.org>", ["1:7: SP701 `from: A <B> <c@d.org>`: It is in angle brackets."]),
        ("from: Acme <c@d.org> x", ["1:7: SP701 `from: Acme <c@d.org> x`: It is in angle brackets."]),
        ("from: =?utf-8?q?a?= <c@d.org>", ["1:7: SP701 `from: =?utf-8?q?a?= <c@d.org>`: “=?” stands in the name"]),
        (f"from: {'x' * 201} <c@d.org>", ["1:7: SP701 `from: xxx"]),
        ('from: "Acme\\r\\nBcc: x@y.org <c@d.org>"', ["1:7: SP701 `from: Acme Bcc: x@y.org <c@d.org>`: @ stands in"]),
        ('from: "Acme\\x01 <c@d.org>"', ["1:7: SP701 `from: Acme\x01 <c@d.org>`: U+0001 CONTROL CHARACTER stands"]),
        (
            'from: "Ac\\u200fme <c@d.org>"',
            ["1:7: SP701 `from: Ac\u200fme <c@d.org>`: U+200F RIGHT-TO-LEFT MARK stands"],
        ),
        ("from: Ac\u202eme <c@d.org>", ["1:7: SP701", "1:9: SP110 U+202E"]),
        ("from: a@b.org\nbounces: c@d", ["2:10: SP701 `bounces: c@d`: The domain has no dot"]),
        ("from: a@b.org\nreply-to: x@y.org, z@y.org", ["2:11: SP701 `reply-to: x@y.org, z@y.org`: A comma"]),
        ("from: a@b.org\nwhat-you-can-do-: x", ["2:1: SP206 `what-you-can-do-` is no known key."]),
        ("from: a@b.org\nwhat-you-can-do-french: x", ["2:1: SP206 `what-you-can-do-french` is no known key."]),
        ("from: a@b.org\nwhat-you-can-do: x\nwhat-you-can-do-en: y", ["3:21: SP701 `what-you-can-do` is in the lang"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: list[str], tmp_path: Path) -> None:
    found = faults_of(tmp_path, text)

    assert len(found) == len(expected)
    assert all(
        one.startswith(f"content/privacy/notice.yml:{start}") for one, start in zip(found, expected, strict=True)
    )


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "notice.yml").write_bytes("from: a@b.org".encode("utf-16"))

    with pytest.raises(ContentError, match=r"notice\.yml: SP102"):
        read_sender(tmp_path, "content/privacy")


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "notice.yml").symlink_to("elsewhere.yml")

    with pytest.raises(ContentError, match=r"notice\.yml: SP70"):
        read_sender(tmp_path, "content/privacy")


@given(st.text(max_size=30))
def test_any_name_is_taken_in_full_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    quoted = "".join(char if char.isalnum() else f"\\U{ord(char):08x}" for char in name)
    try:
        sender = sender_in(tmp_path_factory.mktemp("policy"), f'from: "{quoted} <a@b.org>"\n')
    except (ContentError, UnicodeEncodeError):
        return

    assert sender.address == "a@b.org"
    assert sender.name == " ".join(name.split())
    assert not set(sender.name) & set('\r\n\0\x85\u2028\u2029"<>@\\')
    assert "=?" not in sender.name
