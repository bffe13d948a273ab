"""Where names and passwords for mail servers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smallprint.errors import UsageError
from smallprint.notifying.transports import open_transport
from smallprint.notifying.transports.credentials import PASSWORD, USER, Credentials, find_credentials
from smallprint.notifying.transports.servers import parse_server
from smallprint.notifying.transports.smtp import SmtpTransport

if TYPE_CHECKING:
    from pathlib import Path

SERVER = parse_server("smtp://mail.example.org")
NETRC = "machine mail.example.org login jane password fr0mnetrc\ndefault login anonymous password guest\n"


def netrc(folder: Path, text: str = NETRC, mode: int = 0o600) -> dict[str, str]:
    path = folder / "netrc"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return {"NETRC": str(path)}


def test_nothing_is_needed(tmp_path: Path) -> None:
    assert find_credentials(SERVER, {}) is None
    assert find_credentials(SERVER, {"HOME": str(tmp_path)}) is None


def test_the_environment_comes_first(tmp_path: Path) -> None:
    environment = {USER: "me", PASSWORD: "s3cret", **netrc(tmp_path)}

    assert find_credentials(SERVER, environment) == Credentials("me", "s3cret")


def test_the_user_in_the_address_comes_before_the_environment() -> None:
    server = parse_server("smtp://other@mail.example.org")

    assert find_credentials(server, {USER: "me", PASSWORD: "s3cret"}) == Credentials("other", "s3cret")


def test_a_netrc_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text(NETRC, encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    jane = Credentials("jane", "fr0mnetrc")

    assert find_credentials(SERVER, netrc(tmp_path)) == jane
    assert find_credentials(SERVER, {"HOME": str(tmp_path)}) == jane
    assert find_credentials(parse_server("smtp://jane@mail.example.org"), netrc(tmp_path)) == jane


def test_the_default_of_a_netrc_file_is_for_other_things(tmp_path: Path) -> None:
    assert find_credentials(parse_server("smtp://other.example.org"), netrc(tmp_path)) is None


@pytest.mark.parametrize(
    ("server", "environment", "says"),
    [
        ("smtp://mail", {PASSWORD: "s3cret"}, "no user is named"),
        ("smtp://mail", {USER: "me"}, "no password for the user 'me' at mail"),
        ("smtp://me@mail", {}, "no password for the user 'me' at mail"),
        ("smtp://mail", {USER: "me", PASSWORD: "s3crét"}, "characters outside of ASCII"),
        ("smtp://mail", {USER: "me", PASSWORD: "s3cret\r\n"}, "characters outside of ASCII"),
        ("smtp+plain://mail", {USER: "me", PASSWORD: "s3cret"}, "for all to read"),
        ("smtp://mail", {"NETRC": "/no/such/file"}, "/no/such/file cannot be read: No such file"),
    ],
)
def test_what_does_not_fit_is_explained(server: str, environment: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says) as error:
        find_credentials(parse_server(server), environment)

    assert "s3cr" not in str(error.value)


def test_a_netrc_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="chmod 600") as error:
        find_credentials(SERVER, netrc(tmp_path, mode=0o644))

    assert "fr0mnetrc" not in str(error.value)
    assert find_credentials(parse_server("smtp://other.example.org"), netrc(tmp_path, mode=0o644)) is None


def test_a_netrc_file_that_makes_no_sense_is_not_quoted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="at line 1") as error:
        find_credentials(SERVER, netrc(tmp_path, "machine mail.example.org fr0mnetrc jane\n"))

    assert "fr0mnetrc" not in str(error.value)


def test_a_password_without_tls_may_go_to_this_machine() -> None:
    server = parse_server("smtp+plain://localhost")

    assert find_credentials(server, {USER: "me", PASSWORD: "s3cret"}) == Credentials("me", "s3cret")


def test_a_transport_is_opened_by_its_address() -> None:
    transport = open_transport("smtp://mail.example.org", {USER: "me", PASSWORD: "s3cret"})

    assert isinstance(transport, SmtpTransport)
    assert transport.described == "smtp://mail.example.org:587 (STARTTLS)"
    assert "s3cret" not in repr(transport)
    assert open_transport("ses:eu-west-1").described == "Amazon SES in eu-west-1"


@pytest.mark.parametrize("text", ["", "mail.example.org", "http://mail.example.org", "imap://me:s3cret@mail"])
def test_what_names_no_transport_is_explained(text: str) -> None:
    with pytest.raises(UsageError, match="names no way to send") as error:
        open_transport(text)

    assert "s3cret" not in str(error.value)
