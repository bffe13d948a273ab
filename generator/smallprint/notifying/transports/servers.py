"""`smtp://me@mail.example.org` → the server that is meant."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from smallprint.errors import UsageError


class Security(StrEnum):
    """How the way to a server is kept from others; the value is the scheme that asks for it."""

    STARTTLS = "smtp"
    """TLS from STARTTLS on; a server on this machine may do without."""
    TLS = "smtps"
    """TLS from the first byte on."""
    PLAIN = "smtp+plain"
    """None, on purpose."""


_PORTS: Final = {Security.STARTTLS: 587, Security.TLS: 465, Security.PLAIN: 587}
_FORMS: Final = (
    "smtp://host, smtps://host or smtp+plain://host, with user@ before the host and :port after it if needed"
)
_ADDRESS: Final = re.compile(
    r"(?P<scheme>smtps?|smtp\+plain)://"
    r"(?:(?P<user>[!-~]*)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?/?",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"^[A-Za-z+]*:/*")
_HIGHEST_PORT: Final = 0xFFFF
_ESCAPED: Final = re.compile(r"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server, and how to speak to it."""

    host: str
    """A name or an IP address without brackets."""
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    """Who to log in as; empty where the address does not say."""

    @property
    def is_loopback(self) -> bool:
        """Whether it is on this machine, so that nobody else sees what passes."""
        if self.host.lower() == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def needs_tls(self) -> bool:
        """Whether nothing may be said to it in the clear."""
        return self.security is Security.TLS or (self.security is Security.STARTTLS and not self.is_loopback)

    @property
    def address(self) -> str:
        """Return `smtp://mail.example.org:587`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.security}://{host}:{self.port}"

    @property
    def described(self) -> str:
        """Return `smtp://mail.example.org:587 (STARTTLS)`."""
        if self.security is Security.STARTTLS:
            return f"{self.address} ({'STARTTLS' if self.needs_tls else 'STARTTLS if offered'})"
        return f"{self.address} ({'TLS' if self.security is Security.TLS else 'not encrypted'})"


def parse_server(text: str) -> SmtpServer:
    """Read the address of a mail server.

    Raises:
        UsageError: It is none, or holds a password.

    >>> parse_server("smtp://me@mail.example.org").described
    'smtp://mail.example.org:587 (STARTTLS)'
    """
    match = _ADDRESS.fullmatch(text)
    if ":" in _SCHEME.sub("", text.rpartition("@")[0]):
        # The value is not shown, since the password is in it.
        raise UsageError(
            "The address of the mail server holds a password, which others can see in the list of processes and in "
            "the history of the shell. Take it out and put it into the environment as SMALLPRINT_SMTP_PASSWORD, or "
            "into ~/.netrc; then choose a new one, for this one may have been seen."
        )
    if match is None:
        raise UsageError(f"{text!r} is no address of a mail server. Write {_FORMS}.")
    security = Security(match["scheme"].lower())
    port = int(match["port"]) if match["port"] else _PORTS[security]
    if not 0 < port <= _HIGHEST_PORT:
        raise UsageError(f"{text!r} names port {port}, and ports go from 1 to 65535. Usual are 587 and 465.")
    host = match["host"]
    if host.startswith("["):
        host = host[1:-1]
        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            raise UsageError(f"{text!r} has no IP address of version 6 between its brackets.") from None
    return SmtpServer(host, port, security, _ESCAPED.sub(lambda code: chr(int(code[1], 16)), match["user"] or ""))
