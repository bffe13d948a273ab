"""Letters through Amazon SES: as moto plays it, and as a server on a socket does that breaks."""

from __future__ import annotations

import builtins
import json
import socket
import struct
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import boto3
import pytest
from botocore.exceptions import NoCredentialsError
from letters_for_tests import DATA, Ready, letter
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from smallprint.errors import UsageError
from smallprint.notifying.delivery import Answer, Outcome, RefusedError
from smallprint.notifying.transports import open_transport
from smallprint.notifying.transports.ses import THROTTLED, SesTransport

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACCEPTED, DEFERRED, FAILED, UNKNOWN, AGAIN, STOP = (
    Outcome.ACCEPTED,
    Outcome.DEFERRED,
    Outcome.FAILED,
    Outcome.UNKNOWN,
    Outcome.AGAIN,
    Outcome.STOP,
)
REGION = "eu-west-1"


@pytest.fixture(autouse=True)
def _aws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have credentials that are none, and nothing of the machine; and ask for retries, which must not help."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "5")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")


class Endpoint:
    """Answers every request with the same bytes, and counts them; without an answer it hangs or hangs up."""

    def __init__(self, answer: bytes = b"", *, hangs: bool = False, resets: bool = False) -> None:
        self._answer = answer
        self._hangs = hangs
        self._resets = resets
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._is_over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(10)
                self.requests.append(self._read(connection))
                connection.sendall(self._answer)
                if self._hangs:
                    self._is_over.wait(10)
                if self._resets:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    @staticmethod
    def _read(connection: socket.socket) -> bytes:
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(65_536)
        head, _, body = request.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        while len(body) < length:
            body += connection.recv(65_536)
        return body


def http(status: int, body: Mapping[str, Any], code: str = "") -> bytes:
    text = json.dumps(body).encode()
    kind = f"x-amzn-ErrorType: {code}\r\n" if code else ""
    head = f"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n{kind}Connection: close\r\n"
    return f"{head}Content-Length: {len(text)}\r\n\r\n".encode() + text


def deliver(endpoint: Endpoint, ready: Ready | None = None) -> Answer:
    transport = SesTransport(REGION, endpoint=endpoint.url, connect_timeout=5, read_timeout=0.5, sleep=lambda _: None)
    return transport.connect().deliver(letter(), ready or Ready())


def test_a_letter_arrives_as_it_is() -> None:
    with mock_aws():
        boto3.client("sesv2", region_name=REGION).create_email_identity(EmailIdentity="bounces@example.org")
        transport = open_transport(f"ses:{REGION}")
        connection = transport.connect()
        ready = Ready()
        answer = connection.deliver(letter(), ready)
        connection.close()
        sent = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages

    assert (answer.outcome, answer.code, ready.calls) == (ACCEPTED, "200", 1)
    assert answer.said
    assert [message.destinations for message in sent] == [["jane@example.com"]]
    assert [message.source for message in sent] == ["bounces@example.org"]
    assert sent[0].raw_data == DATA.decode()


def test_a_sender_that_is_not_verified_stops_us() -> None:
    with mock_aws():
        answer = open_transport(f"ses:{REGION}").connect().deliver(letter(), Ready())

    assert (answer.outcome, answer.code) == (STOP, "MessageRejected")
    assert "@" not in answer.said


def test_one_request_with_one_recipient_is_made() -> None:
    with Endpoint(http(200, {"MessageId": "0100-4711"})) as endpoint:
        answer = deliver(endpoint)

    assert answer == Answer(ACCEPTED, "200", "0100-4711")
    assert len(endpoint.requests) == 1
    request = json.loads(endpoint.requests[0])
    assert request["Destination"] == {"ToAddresses": ["jane@example.com"]}
    assert request["FromEmailAddress"] == "bounces@example.org"


@pytest.mark.parametrize(
    ("status", "code", "message", "outcome"),
    [
        (429, "TooManyRequestsException", "Maximum sending rate exceeded.", DEFERRED),
        (400, "ThrottlingException", "Rate exceeded", DEFERRED),
        (400, "Throttling", "Maximum sending rate exceeded.", DEFERRED),
        (429, "TooManyRequestsException", "Daily message quota exceeded.", STOP),
        (400, "LimitExceededException", "limit", STOP),
        (400, "AccountSuspendedException", "suspended", STOP),
        (400, "SendingPausedException", "paused", STOP),
        (400, "MailFromDomainNotVerifiedException", "not verified", STOP),
        (403, "AccessDeniedException", "User is not authorized to perform ses:SendEmail", STOP),
        (403, "ExpiredTokenException", "The security token included in the request is expired", STOP),
        (403, "InvalidSignatureException", "Signature expired", STOP),
        (400, "MessageRejected", "Email address is not verified: jane@example.com", STOP),
        (400, "BadRequestException", "Missing final '@domain'", FAILED),
        (400, "BadRequestException", "Domain contains illegal character", FAILED),
        (400, "BadRequestException", "Illegal address", FAILED),
        (400, "BadRequestException", "Invalid From address", STOP),
        (400, "BadRequestException", "Message is too long", STOP),
        (404, "NotFoundException", "no such configuration set", STOP),
        (500, "InternalServiceErrorException", "oops", UNKNOWN),
        (503, "ServiceUnavailable", "later", UNKNOWN),
        (503, "ThrottlingException", "later", UNKNOWN),
        (504, "", "", UNKNOWN),
        (408, "RequestTimeoutException", "late", UNKNOWN),
    ],
)
def test_what_an_error_comes_to(status: int, code: str, message: str, outcome: Outcome) -> None:
    with Endpoint(http(status, {"message": message}, code)) as endpoint:
        answer = deliver(endpoint)

    assert answer.outcome is outcome
    assert answer.code in {THROTTLED if outcome is DEFERRED else code, str(status)}
    assert not answer.is_about_domain
    assert "jane" not in answer.said
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        Endpoint(hangs=True),
        Endpoint(),
        Endpoint(resets=True),
        Endpoint(b"HTTP/1.1 200 OK\r\nContent-Le", resets=True),
        Endpoint(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", hangs=True),
        Endpoint(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        Endpoint(b"garbage\r\n\r\n"),
        Endpoint(http(200, {})),
        Endpoint(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlogin"),
        Endpoint(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
    ],
    ids=["hangs", "closes", "resets", "half a head", "half a body", "cut", "garbage", "no id", "portal", "redirect"],
)
def test_without_an_answer_nobody_knows_and_nobody_asks_again(endpoint: Endpoint) -> None:
    with endpoint:
        ready = Ready()
        answer = deliver(endpoint, ready)
        time.sleep(0.05)

    assert answer.outcome in {UNKNOWN, STOP}
    assert (answer.outcome is STOP) == (answer.code == "302")
    assert ready.calls == 1
    assert len(endpoint.requests) == 1


def test_where_nothing_answers_nothing_was_sent() -> None:
    with Endpoint() as endpoint:
        pass
    endpoint_url = "http://127.0.0.1:1"
    answer = SesTransport(REGION, endpoint=endpoint_url).connect().deliver(letter(), Ready())

    assert endpoint.requests == []
    assert (answer.outcome, answer.code, answer.is_alive) == (AGAIN, "EndpointConnection", False)


def test_credentials_that_vanish_stop_us_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(http(200, {"MessageId": "1"})) as endpoint:
        connection = SesTransport(REGION, endpoint=endpoint.url).connect()
        monkeypatch.setattr("botocore.signers.RequestSigner.sign", _without_credentials)
        answer = connection.deliver(letter(), Ready())

    assert (answer.outcome, answer.code) == (STOP, "NoCredentials")
    assert endpoint.requests == []


def _without_credentials(*_: object, **__: object) -> None:
    raise NoCredentialsError


def test_without_credentials_there_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(RefusedError, match="There are no credentials for Amazon SES"):
        SesTransport(REGION).connect()


def test_whatever_ready_raises_passes_through_and_nothing_was_sent() -> None:
    with Endpoint(http(200, {"MessageId": "1"})) as endpoint:
        with pytest.raises(LookupError, match="disk full"):
            deliver(endpoint, Ready(LookupError("disk full")))
        time.sleep(0.05)

    assert endpoint.requests == []


@pytest.mark.parametrize(
    "bad", [letter("a@example.com,b@example.com"), letter("a@example.com;b"), letter("a(b)@x"), letter("<a@b>")]
)
def test_an_address_that_could_be_several_is_refused(bad: Any) -> None:
    with Endpoint(http(200, {"MessageId": "1"})) as endpoint:
        connection = SesTransport(REGION, endpoint=endpoint.url).connect()
        with pytest.raises(ValueError, match="the address of the recipient"):
            connection.deliver(bad, Ready())

    assert endpoint.requests == []


def test_all_connections_hold_back_after_a_refusal_for_our_rate() -> None:
    slept: list[float] = []
    with Endpoint(http(429, {"message": "Maximum sending rate exceeded."}, "TooManyRequestsException")) as endpoint:
        transport = SesTransport(REGION, endpoint=endpoint.url, sleep=slept.append)
        assert transport.connect().deliver(letter(), Ready()).code == THROTTLED
        assert slept == []
        transport.connect().deliver(letter(), Ready())

    assert len(slept) == 1
    assert 0 < slept[0] <= 1


def test_without_boto3_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def fail(name: str, *args: Any) -> Any:
        if name == "boto3":
            raise ImportError(name)
        return usual(name, *args)

    monkeypatch.setattr(builtins, "__import__", fail)
    with pytest.raises(UsageError, match=r"pip install 'smallprint\[ses\]'"):
        open_transport(f"ses:{REGION}")


@pytest.mark.parametrize("text", ["ses:", "ses:europe", "ses://eu-west-1", "ses:eu-west-1.evil.example"])
def test_what_names_no_region_is_explained(text: str) -> None:
    with pytest.raises(UsageError, match="names no region of Amazon SES"):
        open_transport(text)
