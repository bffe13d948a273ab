"""Letters, and what must hold of each once a transport has tried to deliver it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.notifying.delivery import Answer, Letter, Outcome

if TYPE_CHECKING:
    from scripted import ScriptedServer

FINAL = b"\r\n.\r\n"
DATA = b"From: us@example.org\r\nSubject: Our terms change\r\n\r\nHello.\r\n.hidden\r\n"


def letter(recipient: str = "jane@example.com", data: bytes = DATA) -> Letter:
    return Letter("bounces@example.org", recipient, data)


class Ready:
    """Counts its calls, and may raise."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls = 0
        self._error = error

    def __call__(self) -> None:
        self.calls += 1
        if self._error:
            raise self._error


def check_laws(server: ScriptedServer, sent: Letter, answer: Answer, ready: Ready) -> None:
    """See that the answer says no more, and no less, than what the server knows of the letter."""
    messages = [message for message in server.messages if message.recipient == sent.recipient]

    assert len(messages) <= 1
    assert all(message.data == sent.data for message in messages)
    assert ready.calls <= 1
    assert ready.calls == 1 or answer.outcome not in {Outcome.ACCEPTED, Outcome.UNKNOWN}
    if answer.outcome is Outcome.ACCEPTED:
        assert [message.is_accepted for message in messages] == [True]
    elif answer.outcome is Outcome.UNKNOWN:
        # A server that breaks off amid a letter may leave unread what had been sent by then.
        assert FINAL in server.transcript or "body" in server.script
        assert not answer.is_alive
    else:
        assert all(message.reply[:1] in b"45" and not message.is_accepted for message in messages)
    assert sent.recipient.partition("@")[0] not in answer.said + answer.code
