"""Letters → a mail server by SMTP, phase by phase, so that it is known at every instant whether it may have taken one.

Up to the final dot the server may not take a letter, whatever happens; a failure there is no more than a delay. From
the dot on, only its reply tells; without one the outcome is unknown.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from smallprint.notifying import points
from smallprint.notifying.delivery import Answer, Connection, Letter, Outcome
from smallprint.notifying.replies import Phase, classify
from smallprint.notifying.transports.greeting import farewell, greet
from smallprint.notifying.transports.letters import check_letter, on_the_wire
from smallprint.notifying.transports.wire import Timeouts, Wire, WireError

if TYPE_CHECKING:
    from collections.abc import Callable

    from smallprint.notifying.transports.credentials import Credentials
    from smallprint.notifying.transports.greeting import Client
    from smallprint.notifying.transports.servers import SmtpServer
    from smallprint.notifying.transports.wire import Reply

_GO_ON: Final = 354
PIECE = 1 << 18
"""How much of a letter is handed to the kernel at once, in octets: all of it but for the largest."""


@dataclass(frozen=True, slots=True)
class SmtpTransport:
    """Makes connections to one server."""

    server: SmtpServer
    credentials: Credentials | None = None
    timeouts: Timeouts = field(default_factory=Timeouts)
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    """By default, certificates are verified; OpenSSL heeds SSL_CERT_FILE and SSL_CERT_DIR by itself."""

    @property
    def described(self) -> str:
        """Return `smtp://mail.example.org:587 (STARTTLS)`."""
        return self.server.described

    def connect(self) -> Connection:
        """Return a connection on which we are greeted and logged in.

        Raises:
            RefusedError: Trying again will not help.
            UnreachableError: A later try may help.
        """
        return SmtpConnection(*greet(self.server, self.credentials, self.timeouts, self.context), self.timeouts)


class SmtpConnection:
    """Carries letters to one server."""

    def __init__(self, client: Client, wire: Wire, timeouts: Timeouts) -> None:
        """Take a connection on which the server waits for the first letter."""
        self._client = client
        self._wire = wire
        self._timeouts = timeouts
        self._is_pipelining = client.has_extn("pipelining")
        self._has_size = client.has_extn("size")
        self._is_begun = False
        """Whether the server may hold a sender or recipient of the letter before."""
        self._is_alive = True
        """Whether the server waits for a command. Not so in the midst of a letter, so that whatever is raised there
        leaves nothing that would go on."""

    def deliver(self, letter: Letter, ready: Callable[[], None]) -> Answer:
        """Try to deliver a letter; see `smallprint.notifying.delivery.Connection`.

        Raises:
            ValueError: The letter is not fit to be sent, which is a mistake of whoever built it; nothing was sent.
        """
        check_letter(letter)
        if not self._is_alive:
            return Answer(Outcome.AGAIN, "connection closed", is_alive=False)
        self._is_alive = False
        try:
            refused = self._announce(letter)
        except WireError as error:
            return _broken(Outcome.AGAIN, error)
        self._is_alive = refused is None or refused.is_alive
        if refused is not None:
            return refused
        points.reached("addressed")
        ready()
        self._is_alive = False
        answer = self._hand_over(letter)
        self._is_alive = answer.is_alive
        return answer

    def close(self) -> None:
        """Say goodbye where the server listens, and let go."""
        if self._is_alive:
            self._is_alive = False
            farewell(self._client, self._wire, self._timeouts)
        self._client.close()

    def _announce(self, letter: Letter) -> Answer | None:
        """Tell the server from whom and for whom the letter is; return its answer if it does not want it."""
        size = f" SIZE={len(letter.data)}" if self._has_size else ""
        commands = [
            *([(Phase.MAIL, "RSET\r\n", self._timeouts.mail)] if self._is_begun else []),
            (Phase.MAIL, f"MAIL FROM:<{letter.sender}>{size}\r\n", self._timeouts.mail),
            (Phase.RCPT, f"RCPT TO:<{letter.recipient}>\r\n", self._timeouts.rcpt),
        ]
        self._is_begun = True
        if self._is_pipelining:
            # Whatever it has said unasked would be taken for the answer to what comes now.
            self._wire.expect_silence()
            self._wire.send("".join(text for _, text, _ in commands).encode("ascii"), self._timeouts.mail)
        refused: Answer | None = None
        for phase, text, seconds in commands:
            if not self._is_pipelining:
                self._wire.expect_silence()
                self._wire.send(text.encode("ascii"), seconds)
            try:
                reply = self._wire.read_reply(seconds)
            except WireError:
                if refused is None:
                    raise
                return replace(refused, is_alive=False)
            if refused is None and not reply.is_positive:
                refused = _judged(phase, reply, letter)
            if refused is not None and not (self._is_pipelining and refused.is_alive):
                break
        if refused is None:
            self._wire.expect_silence()
        return refused

    def _hand_over(self, letter: Letter) -> Answer:
        """Send the letter itself."""
        wire, timeouts = self._wire, self._timeouts
        try:
            wire.expect_silence()
            wire.send(b"DATA\r\n", timeouts.data)
            reply = wire.read_reply(timeouts.data)
            if reply.code != _GO_ON:
                return _judged(Phase.DATA, reply, letter)
            points.reached("data-begun")
            data = memoryview(on_the_wire(letter))
            while len(data) > PIECE:
                wire.send(data[:PIECE], timeouts.block)
                data = data[PIECE:]
                points.reached("half-sent")
            # A reply that is there before the dot would be taken for the reply to it.
            wire.expect_silence()
            wire.send(data, timeouts.block)
        except WireError as error:
            return _broken(Outcome.AGAIN, error)
        points.reached("dot-sent")
        try:
            reply = wire.read_reply(timeouts.dot)
        except WireError as error:
            return _broken(Outcome.UNKNOWN, error)
        points.reached("answered")
        self._is_begun = False
        answer = _judged(Phase.DOT, reply, letter)
        if answer.outcome is not Outcome.ACCEPTED and not wire.is_silent:
            # A refusal, and more: perhaps the first was said amid the letter, and the second is the reply to the dot.
            return Answer(Outcome.UNKNOWN, "talked out of turn", is_alive=False)
        return answer


def _judged(phase: Phase, reply: Reply, letter: Letter) -> Answer:
    return classify(phase, reply.code, reply.text, letter.recipient)


def _broken(outcome: Outcome, error: WireError) -> Answer:
    return Answer(outcome, str(error), is_alive=False)
