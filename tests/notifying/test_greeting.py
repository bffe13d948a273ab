"""Encryption and passwords, with a scripted server."""

from __future__ import annotations

import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from certificates import make_certificate, serving
from letters_for_tests import FINAL, Ready, check_laws, letter

from scripted import Do, ScriptedServer, Steps
from smallprint.notifying.delivery import Outcome, RefusedError, UnreachableError
from smallprint.notifying.transports.credentials import Credentials
from smallprint.notifying.transports.servers import Security, SmtpServer
from smallprint.notifying.transports.smtp import SmtpTransport
from smallprint.notifying.transports.wire import Timeouts

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.notifying.delivery import Answer

JANE = Credentials("jane", "s3cret")
PATIENT = Timeouts(*[20.0] * 7, 1.0)
HASTY = replace(PATIENT, greeting=0.5)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate") / "server.pem", "127.0.0.1", "localhost")


@pytest.fixture
def _trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def deliver(
    server: ScriptedServer,
    security: Security = Security.STARTTLS,
    credentials: Credentials | None = None,
    timeouts: Timeouts = PATIENT,
    host: str = "127.0.0.1",
) -> Answer:
    sent, ready = letter(), Ready()
    connection = SmtpTransport(SmtpServer(host, server.port, security), credentials, timeouts).connect()
    answer = connection.deliver(sent, ready)
    connection.close()
    server.settle()
    if not (server.starttls or server.tls):
        check_laws(server, sent, answer, ready)
    return answer


@pytest.mark.usefixtures("_trusted")
def test_starttls_is_used_where_it_is_offered(certificate: Path) -> None:
    with ScriptedServer(starttls=serving(certificate), users={"jane": "s3cret"}) as server:
        assert deliver(server, credentials=JANE).outcome is Outcome.ACCEPTED
        assert server.accepted("jane@example.com") == 1


@pytest.mark.usefixtures("_trusted")
def test_tls_from_the_first_byte_on(certificate: Path) -> None:
    with ScriptedServer(tls=serving(certificate), users={"jane": "s3cret"}) as server:
        assert deliver(server, Security.TLS, JANE, host="localhost").outcome is Outcome.ACCEPTED
        assert server.accepted("jane@example.com") == 1


def test_plain_means_plain(certificate: Path) -> None:
    with ScriptedServer(starttls=serving(certificate)) as server:
        assert deliver(server, Security.PLAIN).outcome is Outcome.ACCEPTED

    assert b"STARTTLS" not in server.transcript
    assert FINAL in server.transcript


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize("steps", [(Do.CLOSE,), (Do.RESET,), (Do.HANG,), (b"250 o", Do.CLOSE)])
def test_an_encrypted_connection_that_breaks_says_the_same(phase: str, steps: Steps, certificate: Path) -> None:
    with ScriptedServer({phase: [steps]}, tls=serving(certificate)) as server:
        answer = deliver(
            server, Security.TLS, timeouts=replace(PATIENT, **{phase: 0.2}) if Do.HANG in steps else PATIENT
        )

    assert answer.outcome is (Outcome.UNKNOWN if phase == "dot" else Outcome.AGAIN)


def test_without_encryption_nothing_goes_to_another_machine() -> None:
    with ScriptedServer() as server:
        transport = SmtpTransport(SmtpServer("127.0.0.1", server.port), timeouts=PATIENT)
        elsewhere = SmtpServer("0.0.0.0", server.port)  # noqa: S104 - for Linux this machine too, but not by its number
        assert transport.server.is_loopback
        assert not elsewhere.is_loopback
        with pytest.raises(RefusedError, match="does not offer STARTTLS"):
            SmtpTransport(elsewhere, JANE, PATIENT).connect()

    assert b"AUTH" not in server.transcript


def test_a_certificate_that_is_not_trusted_is_refused(certificate: Path) -> None:
    with (
        ScriptedServer(starttls=serving(certificate)) as server,
        pytest.raises(RefusedError, match=r"is not trusted: self-signed certificate.*SSL_CERT_FILE"),
    ):
        deliver(server, credentials=JANE)

    assert b"AUTH" not in server.transcript


def test_a_certificate_for_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_certificate(tmp_path / "other.pem", "mail.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with ScriptedServer(tls=serving(other)) as server, pytest.raises(RefusedError, match="is not trusted"):
        deliver(server, Security.TLS)


def test_a_server_that_does_not_encrypt_at_once_is_explained() -> None:
    with (
        ScriptedServer() as server,
        pytest.raises(RefusedError, match="are written smtp://"),
    ):
        deliver(server, Security.TLS)


@pytest.mark.usefixtures("_trusted")
def test_what_was_put_in_before_encryption_is_not_believed(certificate: Path) -> None:
    script = {"starttls": [(b"220 go on\r\n250-evil\r\n250 AUTH PLAIN\r\n",)]}
    with (
        ScriptedServer(script, starttls=serving(certificate)) as server,
        pytest.raises(UnreachableError, match="talked out of turn"),
    ):
        deliver(server, credentials=JANE)

    assert b"AUTH" not in server.transcript


@pytest.mark.parametrize(
    ("script", "kind", "says"),
    [
        ({"starttls": [(b"454 4.7.0 not now\r\n",)]}, UnreachableError, "answered 454 4.7.0 to our greeting"),
        ({"starttls": [(b"554 never\r\n",)]}, RefusedError, "answered 554 to our greeting"),
        ({"starttls": [(Do.CLOSE,)]}, UnreachableError, "connection closed"),
        ({"starttls": [(b"220 go on\r\n", Do.CLOSE)]}, UnreachableError, "cannot be reached|broke off"),
    ],
)
def test_why_there_is_no_encryption_is_explained(
    script: dict[str, list[Steps]], kind: type[Exception], says: str, certificate: Path
) -> None:
    with ScriptedServer(script, starttls=serving(certificate)) as server, pytest.raises(kind, match=says):
        deliver(server)


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (b"535 5.7.8 jane@example.org is not known\r\n", RefusedError, "the user 'jane' and the password are right"),
        (b"534 5.7.9 use another password\r\n", RefusedError, "password made for programs"),
        (b"454 4.7.0 later\r\n", UnreachableError, "answered 454 4.7.0 to the name and password"),
        (b"421 bye\r\n", UnreachableError, "answered 421"),
        (b"235", UnreachableError, "did not greet us properly: timed out"),
    ],
)
def test_why_the_password_is_not_taken_is_explained(reply: bytes, kind: type[Exception], says: str) -> None:
    with (
        ScriptedServer({"auth": [(reply,)]}, users={"jane": "s3cret"}) as server,
        pytest.raises(kind, match=says) as error,
    ):
        deliver(server, credentials=JANE, timeouts=HASTY)

    assert "s3cret" not in str(error.value)
    assert "example.org" not in str(error.value)


def test_a_server_that_takes_no_passwords_is_explained() -> None:
    with ScriptedServer() as server, pytest.raises(RefusedError, match="takes no passwords"):
        deliver(server, credentials=JANE)
    with (
        ScriptedServer(extensions=["AUTH GSSAPI"]) as server,
        pytest.raises(RefusedError, match="none of the ways to log in"),
    ):
        deliver(server, credentials=JANE)


def test_a_server_that_wants_a_password_first_stops_us() -> None:
    with ScriptedServer(users={"jane": "s3cret"}) as server:
        answer = deliver(server)

    assert (answer.outcome, answer.code) == (Outcome.STOP, "530 5.7.0")


@pytest.mark.usefixtures("_trusted")
def test_connections_may_be_made_from_many_threads(certificate: Path) -> None:
    with ScriptedServer(tls=serving(certificate)) as server:
        transport = SmtpTransport(
            SmtpServer("127.0.0.1", server.port, Security.TLS), None, PATIENT, ssl.create_default_context()
        )

        def send(n: int) -> Outcome:
            connection = transport.connect()
            answer = connection.deliver(letter(f"user{n}@example.com"), Ready())
            connection.close()
            return answer.outcome

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(send, range(24))) == {Outcome.ACCEPTED}
        assert all(server.accepted(f"user{n}@example.com") == 1 for n in range(24))
