"""A mail server → a connection on which we have been greeted, encrypted and logged in as far as asked.

This much smtplib does; replies are read by our bounded reader, so that what follows can go on reading where it stopped.
"""

from __future__ import annotations

import functools
import smtplib
import socket
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from smallprint.notifying import points
from smallprint.notifying.delivery import Outcome, RefusedError, UnreachableError
from smallprint.notifying.replies import Phase, classify
from smallprint.notifying.transports.credentials import PASSWORD, USER
from smallprint.notifying.transports.servers import Security
from smallprint.notifying.transports.wire import Timeouts, Wire, WireError

if TYPE_CHECKING:
    from smallprint.notifying.transports.credentials import Credentials
    from smallprint.notifying.transports.servers import SmtpServer

_GREETED: Final = 250


class Client(smtplib.SMTP):
    """smtplib's client, but for the reading of replies."""

    def __init__(self, server: SmtpServer, timeouts: Timeouts, context: ssl.SSLContext) -> None:
        """Connect and read the banner; raises what smtplib and ssl raise, and WireError."""
        self.wire: Wire | None = None
        self._patience = timeouts.greeting
        # What only smtplib's other client, of TlsClient, knows.
        extra: dict[str, Any] = {"context": context} if server.security is Security.TLS else {}
        try:
            super().__init__(server.host, server.port, _own_name(), timeout=timeouts.connect, **extra)
        except BaseException:
            self.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        """Read a reply, as smtplib asks."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("connection closed")
        if self.wire is None or self.wire.sock is not self.sock:
            # It is another socket since STARTTLS. What came before that could be from anyone (CVE-2011-0411).
            if self.wire is not None and not self.wire.is_silent:
                raise WireError("talked out of turn")
            self.wire = Wire(self.sock)
        reply = self.wire.read_reply(self._patience)
        return reply.code, reply.text.encode("utf-8")


class TlsClient(Client, smtplib.SMTP_SSL):
    """The same with TLS from the first byte on."""


def greet(
    server: SmtpServer, credentials: Credentials | None, timeouts: Timeouts, context: ssl.SSLContext
) -> tuple[Client, Wire]:
    """Connect, and return what is ready for the first letter.

    Raises:
        RefusedError: Trying again will not help.
        UnreachableError: A later try may help.
    """
    try:
        client = (TlsClient if server.security is Security.TLS else Client)(server, timeouts, context)
    except smtplib.SMTPResponseException as error:
        raise _refused(server, Phase.BANNER, error.smtp_code, error.smtp_error) from error
    except (WireError, OSError, smtplib.SMTPException) as error:
        raise _explained(server, error) from error
    assert client.sock is not None  # noqa: S101 - for mypy: the banner came over it
    points.reached("connected")
    try:
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _hello(client, server)
        _encrypt(client, server, context)
        if credentials is not None:
            _log_in(client, server, credentials)
    except (WireError, OSError, smtplib.SMTPException) as error:
        client.close()
        raise _explained(server, error) from error
    except BaseException:
        client.close()
        raise
    points.reached("greeted")
    assert client.wire is not None  # noqa: S101 - for mypy: the banner came through it
    return client, client.wire


def _hello(client: Client, server: SmtpServer) -> None:
    code, said = client.ehlo()
    if code != _GREETED:
        raise _refused(server, Phase.HELLO, code, said)


def _encrypt(client: Client, server: SmtpServer, context: ssl.SSLContext) -> None:
    if server.security is not Security.STARTTLS:
        return
    if not client.has_extn("starttls"):
        if server.needs_tls:
            raise RefusedError(
                f"{server.address} does not offer STARTTLS, so that all mail would go there for anyone to read. Try "
                "smtps:// (port 465), or ask who runs the server; smtp+plain:// sends without encryption all the same."
            )
        return
    try:
        client.starttls(context=context)
    except smtplib.SMTPResponseException as error:
        raise _refused(server, Phase.HELLO, error.smtp_code, error.smtp_error) from error
    _hello(client, server)


def _log_in(client: Client, server: SmtpServer, credentials: Credentials) -> None:
    try:
        client.login(credentials.user, credentials.password)
    except smtplib.SMTPNotSupportedError as error:
        raise RefusedError(
            f"{server.address} takes no passwords. Use the port for sending (587 or 465); or, where it knows this "
            f"machine without a password, unset {USER} and {PASSWORD}."
        ) from error
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPResponseException as error:
        refusal = _refused(server, Phase.AUTH, error.smtp_code, error.smtp_error)
        if isinstance(refusal, UnreachableError):
            raise refusal from error
        raise RefusedError(
            f"{refusal} See that the user {credentials.user!r} and the password are right ({USER}, {PASSWORD} or "
            "~/.netrc); some services want a password made for programs."
        ) from error
    except smtplib.SMTPException as error:
        raise RefusedError(
            f"{server.address} offers none of the ways to log in that we know: CRAM-MD5, PLAIN and LOGIN. "
            "Ask who runs it for a password that works with one of them."
        ) from error


def _refused(server: SmtpServer, phase: Phase, code: int, said: bytes | str) -> RefusedError | UnreachableError:
    """Explain a reply to our greeting."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    answer = classify(phase, code, words)
    asked = {Phase.BANNER: "our connection", Phase.HELLO: "our greeting"}.get(phase, "the name and password")
    text = f"{server.address} answered {answer.code} to {asked}" + (f": “{answer.said}”." if answer.said else ".")
    if answer.outcome is not Outcome.STOP:
        return UnreachableError(text)
    if phase is Phase.AUTH:
        return RefusedError(text)
    return RefusedError(f"{text} It does not want mail from this machine; ask who runs it, or name another server.")


def _explained(server: SmtpServer, error: Exception) -> RefusedError | UnreachableError:
    """Explain why there is no connection."""
    where = server.address
    if isinstance(error, ssl.SSLError):
        return _not_encrypted(server, error)
    if isinstance(error, socket.gaierror):
        if error.errno == socket.EAI_AGAIN:
            return UnreachableError(f"The name {server.host} cannot be looked up now. See that the network is there.")
        return RefusedError(f"There is no host {server.host}. See that its name is right.")
    if isinstance(error, ConnectionRefusedError):
        text = f"Nothing answers at {where}. See that the port is right and the server runs."
    elif isinstance(error, TimeoutError):
        text = f"{where} did not answer in time. A firewall may be in the way, often of port 25."
    elif isinstance(error, WireError):
        text = f"{where} did not greet us properly: {error}."
    else:
        reason = error.strerror if isinstance(error, OSError) else ""
        text = f"{where} cannot be reached: {reason or 'it broke off before it had greeted us'}."
    return UnreachableError(text)


def _not_encrypted(server: SmtpServer, error: ssl.SSLError) -> RefusedError | UnreachableError:
    where = server.address
    if isinstance(error, ssl.SSLCertVerificationError):
        remedy = "Name the host as its certificate does, or set SSL_CERT_FILE to the file of whoever signed it"
        if server.is_loopback:
            remedy += "; on this machine smtp+plain:// needs none"
        return RefusedError(f"The certificate of {where} is not trusted: {error.verify_message}. {remedy}.")
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return UnreachableError(f"{where} broke off while encryption was set up.")
    reason = (error.reason or "no reason given").replace("_", " ").lower()
    return RefusedError(
        f"Encryption with {where} cannot be set up: {reason}. smtps:// is for servers that encrypt at once "
        "(port 465); those that do so after STARTTLS (port 587) are written smtp://."
    )


def farewell(client: Client, wire: Wire, timeouts: Timeouts) -> None:
    """Say goodbye; whatever goes wrong now does not matter."""
    with suppress(WireError):
        wire.send(b"QUIT\r\n", timeouts.farewell)
        wire.read_reply(timeouts.farewell)
    client.close()


@functools.cache
def _own_name() -> str:
    """Return what we greet with; looked up once, for that may take seconds."""
    name = socket.getfqdn()
    if "." in name and name.isascii():
        return name
    with suppress(OSError):
        return f"[{socket.gethostbyname(socket.gethostname())}]"
    return "[127.0.0.1]"
