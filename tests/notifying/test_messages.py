"""Every message is what was meant, to the byte, whoever it is for; and one that is not is found out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email
import email.policy
import re
import time
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announced import ADA, LANGUAGES, NOBODY, NOTICE_ID, SENDER, WHEN, texts
from smallprint.errors import NoticeError
from smallprint.notifying.announcement import NoticeText, Sender
from smallprint.notifying.checking import MessageError, check_form, check_message, check_with_library
from smallprint.notifying.gaps import gap, has_gap_marks
from smallprint.notifying.guard import is_address
from smallprint.notifying.message import BOUNDARY, MessageForm
from smallprint.notifying.quoted_printable import encode_lines, encode_value
from smallprint.notifying.recipient import Recipient

if TYPE_CHECKING:
    from collections.abc import Callable

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
]
ATOMS = "abcXYZ059!#$%&'*+/=?^_`{|}~-"
HARMFUL = (
    "",
    ".",
    "..",
    "From me",
    "=",
    "=?utf-8?q?foo=0d=0aBcc:_evil@x?=",
    "\r\nBcc: evil@example.org",
    "\r\n.\r\nMAIL FROM:<evil@example.org>",
    "\n.\n",
    f"--{BOUNDARY}--",
    "<script>alert(1)</script>",
    "</p><b>\"'&amp;",
    "{{ 7*7 }}{name}%s",
    "\u2028\x85\x0b\x0c\0",
    "\u202eevil\u202c",
    "\ue000name\ue001",
    "\ud800",
    "e\u0301👩‍👩‍👧 مرحبا",
    " lead and trail ",
    "x" * 500,
    "é" * 300,
)
values = st.one_of(st.sampled_from(HARMFUL), st.text(max_size=120), st.lists(st.sampled_from(HARMFUL)).map("".join))
addresses = st.builds(
    "{}@{}.example".format,
    st.lists(st.text(ATOMS, min_size=1, max_size=12), min_size=1, max_size=4).map(".".join),
    st.sampled_from(("a", "mail-x", "a.b.c", "xn--bcher-kva")),
).filter(is_address)
visible = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
subjects = (
    st.one_of(
        st.text(visible, min_size=1, max_size=200),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=200),
    )
    .map(lambda text: re.sub(" +", " ", text).strip())
    .filter(lambda text: text and "=?" not in text)
)


def written(text: str, html: str, subject: str = "Changes", named: str = f"Hello {gap('name')},") -> NoticeText:
    return NoticeText("en", "ltr", subject, text, html, named, "Hello,", "")


def form_of(text: NoticeText, sender: Sender = SENDER) -> MessageForm:
    return MessageForm(text, sender, NOTICE_ID)


EVERYWHERE = written(
    f"{gap('greeting')}\n{gap('plan')}{gap('plan')}\n.{gap('name')}.\n\nFrom {gap('email')} \n{gap('plan')}",
    f"<p title='{gap('plan')}'>{gap('greeting')}</p>{gap('name')}{gap('email')}From {gap('plan')}\n",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("recipient", [ADA, NOBODY], ids=["named", "unnamed"])
def test_a_mail_program_reads_what_was_meant(language: str, recipient: Recipient) -> None:
    """Header by header and word by word, in every language, with and without a name."""
    (text,) = texts(language)
    form = form_of(text)
    data = form.build(recipient, WHEN)
    check_form(form)
    check_with_library(data, form.meant(recipient, WHEN))
    message = email.message_from_bytes(data, policy=email.policy.default)
    plain, html = message.iter_parts()

    assert message.keys() == HEADERS
    assert message["From"].addresses[0].display_name == SENDER.name
    assert message["From"].addresses[0].addr_spec == SENDER.address
    assert message["To"] == recipient.address
    assert message["Subject"] == text.subject
    assert message["Date"].datetime == WHEN
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == language
    assert message.get_content_type() == "multipart/alternative"
    assert ("Ada Lovelace" in plain.get_content()) is bool(recipient.name)
    assert ("<bdi>Ada Lovelace</bdi>" in html.get_content()) is bool(recipient.name)
    assert not has_gap_marks(plain.get_content() + html.get_content())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wire_carries_short_ascii_lines_alone(language: str) -> None:
    (text,) = texts(language)
    data = form_of(text).build(ADA, WHEN)

    check_lines(data)
    assert max(map(len, data.split(b"\r\n"))) <= 76


def check_lines(data: bytes) -> None:
    """See that lines end in CRLF, none is long, and none begins in a way that programs on the way take for more."""
    lines = data.split(b"\r\n")

    assert data.isascii()
    assert b"\0" not in data
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert not any(line.startswith((b".", b"From ")) for line in lines)
    assert not any(line.endswith((b" ", b"\t")) for line in lines)
    assert data.endswith(f"\r\n--{BOUNDARY}--\r\n".encode())


@given(name=values, plan=values, address=addresses)
def test_no_value_can_do_more_than_be_read(name: str, plan: str, address: str) -> None:
    """Whatever stands in the recipients file, the header is the one meant, to one recipient, and HTML is escaped."""
    form = form_of(EVERYWHERE)
    recipient = Recipient(1, address, "en", name, None, {"plan": plan})
    data = form.build(recipient, WHEN)
    check_message(data, form.meant(recipient, WHEN))
    check_with_library(data, form.meant(recipient, WHEN))
    check_lines(data)
    message = email.message_from_bytes(data, policy=email.policy.default)
    _, html = message.iter_parts()

    assert message.keys() == HEADERS
    assert [mailbox.addr_spec for mailbox in message["To"].addresses] == [address]
    assert set(re.findall(r"<[^>]*", re.sub("title='[^']*'", "", html.get_content()))) <= {
        "<p ",
        "</p",
        "<bdi",
        "</bdi",
    }
    assert all(len(line) <= 76 for line in data.partition(b"\r\n\r\n")[2].split(b"\r\n"))


@given(subject=subjects, name=subjects)
def test_any_subject_and_sender_are_read_back(subject: str, name: str) -> None:
    sender = dataclasses.replace(SENDER, name=name)
    form = form_of(written("x\n", "x\n", subject), sender)
    data = form.build(ADA, WHEN)
    check_with_library(data, form.meant(ADA, WHEN))
    head = data.partition(b"\r\n\r\n")[0].split(b"\r\n")

    assert all(len(line) <= 78 for line in head)
    assert not any(line.strip() == b"" for line in head)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\ue000\ue001")))
def test_any_text_is_read_back(text: str) -> None:
    """Of lines of our own, whatever stands on them."""
    import quopri  # noqa: PLC0415 - only here

    data = encode_lines(text)
    lines = data.split(b"\r\n")

    assert quopri.decodestring(data.replace(b"\r\n", b"\n")).decode() == text
    assert all(len(line) <= 76 and not line.startswith((b".", b"From ")) for line in lines)
    assert not any(line.endswith((b" ", b"\t")) for line in lines)


@given(values.filter(lambda value: value.isprintable() or "\ud800" not in value))
def test_any_value_is_read_back(value: str) -> None:
    import quopri  # noqa: PLC0415 - only here

    data = encode_value(value)

    assert quopri.decodestring(data.replace(b"\r\n", b"\n")).decode() == value
    assert all(line.endswith(b"=") and len(line) <= 76 for line in data.split(b"\r\n")[:-1])


def test_a_value_on_several_lines_becomes_one() -> None:
    """A value cannot make lines of its own, nor can it hold what has no place in text."""
    recipient = Recipient(1, "a@b.example", "en", "Ada\r\nLovelace\u2028\x00\ud800", None, {})
    form = form_of(written(f"{gap('name')}|\n", "x\n"))
    message = email.message_from_bytes(form.build(recipient, WHEN), policy=email.policy.default)

    assert next(message.iter_parts()).get_content() == "Ada  Lovelace   |\r\n"


def test_the_same_message_id_at_every_try_and_another_for_everyone_else() -> None:
    (text, french) = texts("en", "fr")
    later = WHEN + dt.timedelta(days=3)

    def identity(form: MessageForm, recipient: Recipient, when: dt.datetime = WHEN) -> str:
        return str(email.message_from_bytes(form.build(recipient, when), policy=email.policy.default)["Message-ID"])

    first = identity(form_of(text), ADA)

    assert re.fullmatch(r"<[a-z2-7]{32}@ibackup\.example>", first)
    assert identity(form_of(text), dataclasses.replace(ADA, line=9, name="Countess"), later) == first
    assert identity(form_of(french), ADA) == first
    assert identity(form_of(text), NOBODY) != first
    assert identity(MessageForm(text, SENDER, "another"), ADA) != first


def test_the_time_zone_of_the_moment_leaves_no_trace() -> None:
    (text,) = texts("en")
    elsewhere = WHEN.astimezone(dt.timezone(dt.timedelta(hours=-8)))

    assert form_of(text).build(ADA, elsewhere) == form_of(text).build(ADA, WHEN.replace(microsecond=99))


def test_no_name_stands_in_a_header() -> None:
    (text,) = texts("en")

    assert b"Ada Lovelace" not in form_of(text).build(ADA, WHEN).partition(b"\r\n\r\n")[0]


def test_without_reply_to_there_is_no_such_header() -> None:
    (text,) = texts("en")
    form = form_of(text, Sender("Acme", "a@acme.example"))
    data = form.build(ADA, WHEN)
    check_with_library(data, form.meant(ADA, WHEN))

    assert b"\r\nFrom" not in data
    assert data.startswith(b"From: Acme <a@acme.example>\r\nTo: ada@example.org\r\n")
    assert b"Reply-To" not in data


@pytest.mark.parametrize(
    "address",
    [
        "a@b\r\nDATA",
        "a@b,c@d",
        "<a@b>c",
        "group: a@b;",
        "=?utf-8?q?a?=@b.example",
        "a@b@c",
        "é@b.example",
        "a b@c.example",
        '"a b"@c.example',
        "a..b@c.example",
        "@c.example",
        "a@",
        "a@-b.example",
        "a@b.example\n",
        "a" * 250 + "@b.example",
        "",
    ],
)
def test_an_address_of_another_form_is_refused_and_not_told(address: str) -> None:
    (text,) = texts("en")

    with pytest.raises(NoticeError, match="address on line 7") as caught:
        form_of(text).build(Recipient(7, address), WHEN)
    assert not address.strip() or address not in str(caught.value)


@pytest.mark.parametrize("subject", ["=?utf-8?q?foo=0d=0aBcc:_evil@x?=", "a\r\nBcc: x@y", "a\nb", "a\0b", "\u202e", ""])
def test_a_subject_that_is_more_than_text_is_refused(subject: str) -> None:
    with pytest.raises(NoticeError, match="The subject"):
        form_of(written("x\n", "x\n", subject))


def meddled() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "another header": lambda data: data.replace(b"\r\nDate:", b"\r\nBcc: x@y.example\r\nDate:", 1),
        "a header less": lambda data: data.replace(b"Auto-Submitted: auto-generated\r\n", b"", 1),
        "another recipient": lambda data: data.replace(b"ada@example.org", b"ada@example.org, x@y.example", 1),
        "another order": lambda data: data.replace(b"MIME-Version: 1.0\r\n", b"", 1).replace(
            b"Date:", b"MIME-Version: 1.0\r\nDate:", 1
        ),
        "another subject": lambda data: data.replace(b"Subject: Changes", b"Subject: changes", 1),
        "a folded header": lambda data: data.replace(b"To: ada", b"To:\r\n ada", 1),
        "an earlier end": lambda data: data.replace(b"\r\nTo:", b"\r\n\r\nTo:", 1),
        "a bare LF": lambda data: data.replace(b"\r\n\r\n", b"\n\r\n", 2),
        "a bare CR": lambda data: data[:-60] + b"\r" + data[-60:],
        "a byte of 8 bits": lambda data: data.replace(b"Lovelace", b"Lovela\xe7e", 1),
        "a NUL": lambda data: data.replace(b"Lovelace", b"Lovel\0ce", 1),
        "another value": lambda data: data.replace(b"Lovelace", b"Lovelacy", 1),
        "another word": lambda data: data.replace(b"What changes", b"What_changes", 1),
        "a part more": lambda data: data.replace(b"\r\nWhat changes", f"\r\n--{BOUNDARY}\r\n".encode(), 1),
        "a cut": lambda data: data[:-2],
        "half": lambda data: data[: len(data) // 2],
        "something behind": lambda data: data + b"X",
        "nothing": lambda _: b"",
    }


@pytest.mark.parametrize("name", meddled())
def test_a_message_that_is_not_as_meant_is_found_out(name: str) -> None:
    (text,) = texts("en")
    form = form_of(text)
    data = form.build(ADA, WHEN)
    other = meddled()[name](data)

    assert other != data
    for check in (check_message, check_with_library):
        with pytest.raises(MessageError) as caught:
            check(other, form.meant(ADA, WHEN))
        assert "ada@" not in str(caught.value)
        assert "Ada" not in str(caught.value)


def test_a_message_to_somebody_else_is_found_out() -> None:
    (text,) = texts("en")
    form = form_of(text)
    twin = dataclasses.replace(ADA, address="ada@example.com")

    with pytest.raises(MessageError, match="header has other lines"):
        check_message(form.build(ADA, WHEN), form.meant(twin, WHEN))
    with pytest.raises(MessageError):
        check_message(form.build(ADA, WHEN), form.meant(dataclasses.replace(ADA, name="Ada King"), WHEN))


def test_building_is_quicker_than_the_library_by_far() -> None:
    """`tests/bench/messages.py` measures it; this only sees that nobody made it a hundred times slower by accident."""
    (text,) = texts("en")
    form = form_of(text)
    plain, html = form.parts(ADA)

    def by_library() -> bytes:
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"], message["To"], message["Subject"] = SENDER.address, ADA.address, text.subject
        message.set_content(plain, cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        return message.as_bytes()

    def seconds(build: Callable[[], bytes], times: int) -> float:
        begin = time.perf_counter()
        for _ in range(times):
            build()
        return (time.perf_counter() - begin) / times

    assert seconds(lambda: form.build(ADA, WHEN), 200) * 20 < min(seconds(by_library, 3) for _ in range(3))
