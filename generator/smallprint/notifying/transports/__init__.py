"""The ways that letters take, one module each; and from the words that name one → the transport."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from smallprint.errors import UsageError
from smallprint.notifying.transports.credentials import find_credentials
from smallprint.notifying.transports.servers import parse_server
from smallprint.notifying.transports.smtp import SmtpTransport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.notifying.delivery import Transport


def open_transport(text: str, environment: Mapping[str, str] | None = None) -> Transport:
    """Return the transport that a text names, such as `smtp://mail.example.org` or `ses:eu-west-1`.

    Nothing is connected yet. Passwords come from the environment (that of this process, unless another is given) or
    from a netrc file.

    Raises:
        UsageError: It names none, a library is missing, or the credentials do not fit.
    """
    scheme = text.partition(":")[0].lower()
    if scheme == "ses":
        from smallprint.notifying.transports.ses import parse_ses  # noqa: PLC0415 - needs boto3, which few have

        return parse_ses(text)
    if scheme in {"smtp", "smtps", "smtp+plain"}:
        server = parse_server(text)
        return SmtpTransport(server, find_credentials(server, os.environ if environment is None else environment))
    if "@" in text:
        # Not shown, for it may hold a password.
        raise UsageError("That names no way to send. Write smtp://user@host, smtps://user@host or ses:region.")
    raise UsageError(f"{text!r} names no way to send. Write smtp://host, smtps://host or ses:region.")
