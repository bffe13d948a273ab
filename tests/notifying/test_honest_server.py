"""Letters by SMTP to a real server, aiosmtpd."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from certificates import make_certificate, serving
from letters_for_tests import DATA, Ready, letter

from smallprint.notifying.delivery import Outcome, RefusedError
from smallprint.notifying.transports import open_transport
from smallprint.notifying.transports.credentials import PASSWORD, USER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Inbox:
    """Takes letters for all but one."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - the names are aiosmtpd's
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 5.1.1 <nobody@example.com> is unknown"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 Message accepted for delivery"


class ControllerAtAnyPort(Controller):
    """Learns which port it was given, where it asked for none."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def authenticate(_: SMTP, __: Session, ___: Envelope, ____: str, data: Any) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"jane", b"s3cret")
    return AuthResult(success=is_right, handled=False)


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Inbox, int]]:
    """Serve with STARTTLS and AUTH, both asked for."""
    certificate = make_certificate(tmp_path / "server.pem", "127.0.0.1", "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    handler = Inbox()
    controller = ControllerAtAnyPort(
        handler,
        hostname="127.0.0.1",
        port=0,
        tls_context=serving(certificate),
        require_starttls=True,
        auth_required=True,
        authenticator=authenticate,
    )
    controller.start()
    yield handler, controller.port
    controller.stop()


def test_letters_arrive_encrypted_after_logging_in(inbox: tuple[Inbox, int]) -> None:
    handler, port = inbox
    transport = open_transport(f"smtp://jane@127.0.0.1:{port}", {PASSWORD: "s3cret"})
    connection = transport.connect()
    recipients = ["one@example.com", "nobody@example.com", "two@example.com"]
    answers = [connection.deliver(letter(recipient), Ready()) for recipient in recipients]
    connection.close()

    assert [answer.outcome for answer in answers] == [Outcome.ACCEPTED, Outcome.FAILED, Outcome.ACCEPTED]
    assert (answers[1].code, answers[1].said) == ("550 5.1.1", "5.1.1 … is unknown")
    assert [envelope.rcpt_tos for envelope in handler.envelopes] == [["one@example.com"], ["two@example.com"]]
    assert [envelope.mail_from for envelope in handler.envelopes] == ["bounces@example.org"] * 2
    assert [envelope.original_content for envelope in handler.envelopes] == [DATA] * 2
    parsed = email.message_from_bytes(handler.envelopes[0].original_content or b"", policy=email.policy.default)
    assert parsed["subject"] == "Our terms change"


def test_a_wrong_password_is_refused(inbox: tuple[Inbox, int]) -> None:
    _, port = inbox
    transport = open_transport(f"smtp://127.0.0.1:{port}", {USER: "jane", PASSWORD: "guess"})
    with pytest.raises(RefusedError, match=r"535 5\.7\.8 to the name and password"):
        transport.connect()


def test_without_a_password_the_server_stops_us(inbox: tuple[Inbox, int]) -> None:
    handler, port = inbox
    connection = open_transport(f"smtp://127.0.0.1:{port}", {}).connect()
    answer = connection.deliver(letter(), Ready())
    connection.close()

    assert (answer.outcome, answer.code) == (Outcome.STOP, "530 5.7.0")
    assert handler.envelopes == []
