"""Addresses of mail servers."""

from __future__ import annotations

import pytest

from smallprint.errors import UsageError
from smallprint.notifying.transports.servers import Security, SmtpServer, parse_server

STARTTLS, TLS, PLAIN = Security.STARTTLS, Security.TLS, Security.PLAIN


@pytest.mark.parametrize(
    ("text", "server", "described"),
    [
        (
            "smtp://mail.example.org",
            SmtpServer("mail.example.org", 587, STARTTLS),
            "smtp://mail.example.org:587 (STARTTLS)",
        ),
        (
            "SMTPS://mail.example.org/",
            SmtpServer("mail.example.org", 465, TLS),
            "smtps://mail.example.org:465 (TLS)",
        ),
        (
            "smtp+plain://relay:25",
            SmtpServer("relay", 25, PLAIN),
            "smtp+plain://relay:25 (not encrypted)",
        ),
        (
            "smtp://me@localhost:2525",
            SmtpServer("localhost", 2525, STARTTLS, "me"),
            "smtp://localhost:2525 (STARTTLS if offered)",
        ),
        (
            "smtp://me%40example.org@mail.example.org",
            SmtpServer("mail.example.org", 587, STARTTLS, "me@example.org"),
            "smtp://mail.example.org:587 (STARTTLS)",
        ),
        (
            "smtp://me@example.org@mail.example.org",
            SmtpServer("mail.example.org", 587, STARTTLS, "me@example.org"),
            "smtp://mail.example.org:587 (STARTTLS)",
        ),
        ("smtps://me@[::1]:465", SmtpServer("::1", 465, TLS, "me"), "smtps://[::1]:465 (TLS)"),
    ],
)
def test_an_address_says_which_server_and_how(text: str, server: SmtpServer, described: str) -> None:
    assert parse_server(text) == server
    assert parse_server(text).described == described


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST"])
def test_this_machine_is_known(host: str) -> None:
    assert parse_server(f"smtp://{host}").is_loopback


@pytest.mark.parametrize("host", ["localhost.example.org", "128.0.0.1", "mail", "[::2]"])
def test_other_machines_need_tls(host: str) -> None:
    assert not parse_server(f"smtp://{host}").is_loopback
    assert parse_server(f"smtp://{host}").needs_tls


@pytest.mark.parametrize(
    "text",
    [
        "smtp://me:s3cret@mail.example.org",
        "smtps://me:s3cret@[::1]:465",
        "smtp://:s3cret@mail.example.org",
        "smtp://me:s3c/ret@x@mail.example.org",
        "smtp:me:s3cret@mail.example.org",
        "smtp://me:s3cret@not a host",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UsageError, match="holds a password") as error:
        parse_server(text)

    assert "s3c" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mail.example.org", "is no address of a mail server"),
        ("smtp://", "is no address of a mail server"),
        ("smtp://mail.example.org/path", "is no address of a mail server"),
        ("smtp://mail.example.org?x=1", "is no address of a mail server"),
        ("smtp://mail.example.org\r\nQUIT", "is no address of a mail server"),
        ("smtp://münchen.example", "is no address of a mail server"),
        ("smtp://mail:99999", "names port 99999"),
        ("smtp://mail:0", "names port 0"),
        ("smtp://[1:2]", "no IP address of version 6"),
    ],
)
def test_what_is_no_address_is_explained(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse_server(text)
