"""A mail server → the name and password to log in with, from the environment or from a netrc file."""

from __future__ import annotations

import netrc
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from smallprint.errors import UsageError
from smallprint.notifying.transports.servers import Security

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.notifying.transports.servers import SmtpServer

USER: Final = "SMALLPRINT_SMTP_USER"
PASSWORD: Final = "SMALLPRINT_SMTP_PASSWORD"  # noqa: S105 - the name of the variable, not what is in it


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and its password; the password is in no printed form."""

    user: str
    password: str = field(repr=False)


def find_credentials(server: SmtpServer, environment: Mapping[str, str]) -> Credentials | None:
    """Return what to log in with, or none where nothing says that we should.

    The environment comes first, then the netrc file (`$NETRC`, or `.netrc` in the home folder). A user in the address
    of the server comes before both, and only a password for that user is taken.

    Raises:
        UsageError: A user is named and no password found for it, or the other way round; the netrc file cannot be read,
            or others can read it; or the password would go over the network in the clear.
    """
    user = server.user or environment.get(USER, "")
    password = environment.get(PASSWORD, "")
    found = None
    if user and password:
        found = Credentials(user, password)
    elif password:
        raise UsageError(f"{PASSWORD} is set, but no user is named. Set {USER} too, or write user@ before the host.")
    else:
        found = _in_netrc(server, user, environment)
        if user and found is None:
            raise UsageError(
                f"There is no password for the user {user!r} at {server.host}. Set {PASSWORD} in the environment, or "
                f"add “machine {server.host} login … password …” to ~/.netrc."
            )
    if found is None:
        return None
    if not (found.user.isascii() and found.password.isascii() and (found.user + found.password).isprintable()):
        raise UsageError(
            f"The name or the password for {server.host} has characters outside of ASCII, which mail servers take in "
            "different ways. Set a password of letters, digits and signs."
        )
    if server.security is Security.PLAIN and not server.is_loopback:
        raise UsageError(
            f"There is a password for {server.address}, and it would go there for all to read. Write smtp:// or "
            f"smtps:// to have it encrypted; or, where the server wants none, unset {USER} and {PASSWORD}, and take "
            "the server out of ~/.netrc."
        )
    return found


def _in_netrc(server: SmtpServer, user: str, environment: Mapping[str, str]) -> Credentials | None:
    named, home = environment.get("NETRC", ""), environment.get("HOME", "")
    path = Path(named) if named else Path(home, ".netrc")
    try:
        # A file that is named has to be there; the usual one need not.
        if not named and not (home and path.exists()):
            return None
        mode = path.stat().st_mode
        # Not `authenticators`: its fallback, the entry `default`, is for anonymous file servers.
        entry = netrc.netrc(path).hosts.get(server.host)
    except netrc.NetrcParseError as error:
        # Its message may quote a password.
        raise UsageError(f"{named or '~/.netrc'} cannot be understood at line {error.lineno}.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{named or '~/.netrc'} cannot be read: {reason}. Mend it, or unset NETRC.") from error
    if entry is None:
        return None
    login, _, password = entry
    if not login or not password or (user and login != user):
        return None
    if mode & 0o077:
        raise UsageError(
            f"Others can read {named or '~/.netrc'}, in which the password for {server.host} stands. "
            f"Close it with: chmod 600 {named or '~/.netrc'}"
        )
    return Credentials(login, password)
