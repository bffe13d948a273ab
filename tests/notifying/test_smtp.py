"""Letters by SMTP to a server that does whatever it likes."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import strategies as st
from letters_for_tests import DATA, FINAL, Ready, check_laws, letter

from scripted import GOOD, Do, ScriptedServer, Steps, drip
from smallprint.notifying import points
from smallprint.notifying.delivery import Outcome, RefusedError, UnreachableError
from smallprint.notifying.transports import greeting, smtp
from smallprint.notifying.transports.servers import Security, SmtpServer
from smallprint.notifying.transports.smtp import SmtpTransport
from smallprint.notifying.transports.wire import Timeouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.notifying.delivery import Answer, Connection, Letter

ACCEPTED, AGAIN, UNKNOWN, STOP = Outcome.ACCEPTED, Outcome.AGAIN, Outcome.UNKNOWN, Outcome.STOP
PHASES = ("mail", "rcpt", "data", "body", "dot")
LONG = Timeouts(*[20.0] * 7, 1.0)
# Only what is to be timed out is short: all else may be slow on a busy machine.
SHORT = {phase: replace(LONG, **{phase if phase != "body" else "dot": 0.08}) for phase in PHASES}
CONTEXT = ssl.create_default_context()
PIPELINING = ("PIPELINING", "SIZE")
PLAIN: tuple[str, ...] = ()
REPLIES = [
    b"421 4.3.2 closing\r\n",
    b"450 4.2.1 jane@example.com later\r\n",
    b"451 4.7.1 later\r\n",
    b"452 4.2.2 full\r\n",
    b"500 what\r\n",
    b"550 no\r\n",
    b"550 5.1.1 <jane@example.com> unknown\r\n",
    b"550 5.7.1 no\r\n",
    b"552 5.2.2 full\r\n",
    b"554-no\r\n554 never\r\n",
    b"199 odd\r\n",
    b"999 odd\r\n",
    b"-12 odd\r\n",
    b"garbage\xff\x00\r\n",
    b"\r\n",
    b"250-mixed\r\n550 codes\r\n",
    b"250" + b"-" + b"x" * 5_000 + b"\r\n250 ok\r\n",
    b"250-more\r\n" * 10_000 + b"250 ok\r\n",
]
HANGING: list[Steps] = [
    (Do.HANG,),
    (b"250 o", Do.HANG),
    (b"250-ok\r\n", Do.HANG),
    (*drip(b"250 " + b"o" * 9, 0.05), Do.HANG),
]
BREAKING: list[Steps] = [(Do.CLOSE,), (Do.RESET,), (b"250 o", Do.CLOSE), (b"250-ok\r\n", Do.RESET), (b"250", Do.CLOSE)]


def server_at(port: int, security: Security = Security.PLAIN) -> SmtpServer:
    return SmtpServer("127.0.0.1", port, security)


def connect(server: ScriptedServer, timeouts: Timeouts = LONG) -> Connection:
    return SmtpTransport(server_at(server.port), None, timeouts, CONTEXT).connect()


def deliver(server: ScriptedServer, sent: Letter, timeouts: Timeouts = LONG) -> Answer:
    """Deliver one letter over a connection of its own, and see that the laws hold."""
    ready = Ready()
    connection = connect(server, timeouts)
    answer = connection.deliver(sent, ready)
    connection.close()
    server.settle()
    check_laws(server, sent, answer, ready)
    assert ready.calls == (b"DATA" in server.transcript)
    return answer


@pytest.fixture
def good() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.mark.parametrize("extensions", [PIPELINING, PLAIN])
def test_letters_arrive_one_after_the_other(extensions: tuple[str, ...]) -> None:
    with ScriptedServer(extensions=extensions) as server:
        connection = connect(server)
        answers = [connection.deliver(letter(f"user{n}@example.com"), Ready()) for n in range(3)]
        connection.close()
        server.settle()

    assert [(answer.outcome, answer.code) for answer in answers] == [(ACCEPTED, "250 2.0.0")] * 3
    assert [message.recipient for message in server.messages] == [f"user{n}@example.com" for n in range(3)]
    assert {message.data for message in server.messages} == {DATA}
    assert server.connections == 1
    assert b"RSET" not in server.transcript
    assert server.transcript.endswith(b"QUIT\r\n")


def test_sender_and_recipient_go_in_one_piece_where_the_server_takes_it(good: ScriptedServer) -> None:
    deliver(good, letter())

    size = str(len(DATA)).encode()
    assert b"MAIL FROM:<bounces@example.org> SIZE=" + size + b"\r\nRCPT TO:<jane@example.com>\r\n" in good.chunks


def test_without_pipelining_each_command_waits_for_its_reply() -> None:
    with ScriptedServer(extensions=PLAIN) as server:
        deliver(server, letter())

    assert b"MAIL FROM:<bounces@example.org>\r\n" in server.chunks
    assert b"RCPT TO:<jane@example.com>\r\n" in server.chunks


@pytest.mark.parametrize("extensions", [PIPELINING, PLAIN])
@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("reply", REPLIES)
def test_any_reply_anywhere(phase: str, reply: bytes, extensions: tuple[str, ...]) -> None:
    # Whoever has answered amid a letter does not answer its dot.
    script: dict[str, list[Steps]] = {"dot": [()], phase: [(reply,)]}
    with ScriptedServer(script, extensions) as server:
        answer = deliver(server, letter())

    assert answer.outcome is not ACCEPTED
    assert (answer.outcome is UNKNOWN) <= (phase in {"body", "dot"})


def test_a_letter_that_was_refused_and_accepted_at_once_may_have_been_taken() -> None:
    with ScriptedServer({"dot": [(b"550 no\r\n250 taken\r\n",)]}) as server:
        connection = connect(server)
        answer = connection.deliver(letter(), Ready())
        connection.close()

    assert (answer.outcome, answer.code) == (UNKNOWN, "talked out of turn")


@pytest.mark.parametrize("extensions", [PIPELINING, PLAIN])
@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("steps", BREAKING)
def test_a_connection_that_breaks_anywhere(phase: str, steps: Steps, extensions: tuple[str, ...]) -> None:
    with ScriptedServer({phase: [steps]}, extensions) as server:
        answer = deliver(server, letter())

    if phase == "dot" and steps != (b"250", Do.CLOSE):
        assert answer.outcome is UNKNOWN
    elif phase != "body":
        # A “250” without its line end is no reply yet.
        assert answer.outcome is (UNKNOWN if phase == "dot" else AGAIN)
    assert not answer.is_alive


@pytest.mark.parametrize("extensions", [PIPELINING, PLAIN])
@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("steps", HANGING)
def test_a_server_that_hangs_anywhere(phase: str, steps: Steps, extensions: tuple[str, ...]) -> None:
    with ScriptedServer({phase: [steps]}, extensions) as server:
        answer = deliver(server, letter(), SHORT[phase])

    # Of what is said during the letter, some comes before the dot and is seen to be out of turn.
    assert answer.outcome in ({UNKNOWN} if phase == "dot" else {UNKNOWN, AGAIN} if phase == "body" else {AGAIN})
    assert phase == "body" or answer.code == "timed out"


@pytest.mark.parametrize("phase", ["banner", "hello", *PHASES])
def test_a_reply_may_come_byte_by_byte(phase: str) -> None:
    usual = {**GOOD, "hello": b"250-scripted\r\n250 SIZE\r\n"}
    with ScriptedServer({phase: [drip(usual.get(phase, b""), 0.001)]}) as server:
        assert deliver(server, letter()).outcome is ACCEPTED


@pytest.mark.parametrize("phase", PHASES)
def test_long_replies_and_bare_line_feeds_are_read(phase: str) -> None:
    code = GOOD.get(phase, b"")[:3]
    reply = code and (code + b"-more\r\n") * 499 + code + b" enough\n"
    with ScriptedServer({phase: [(reply,)]}) as server:
        assert deliver(server, letter()).outcome is ACCEPTED


@pytest.mark.parametrize("extensions", [PIPELINING, PLAIN])
@pytest.mark.parametrize("phase", ["banner", "hello", "mail", "rcpt", "data"])
def test_a_server_that_talks_out_of_turn_is_left_before_its_replies_are_mixed_up(
    phase: str, extensions: tuple[str, ...]
) -> None:
    usual = b"250 scripted\r\n" if phase == "hello" else GOOD[phase]
    with ScriptedServer({phase: [(usual + b"250 taken\r\n",)]}, extensions) as server:
        try:
            answer = deliver(server, letter())
        except UnreachableError:
            assert phase in {"banner", "hello"}
        else:
            assert answer.outcome is AGAIN
            assert not answer.is_alive

    assert server.messages == []


def test_an_answer_given_before_the_dot_is_not_taken_for_the_one_to_it() -> None:
    with ScriptedServer({"data": [(b"354 go on\r\n250 taken\r\n",)]}) as server:
        answer = deliver(server, letter())

    assert (answer.outcome, answer.code) == (AGAIN, "talked out of turn")
    assert FINAL not in server.transcript


def test_what_is_said_too_much_after_a_letter_spoils_the_connection_and_not_the_letter() -> None:
    with ScriptedServer({"dot": [(b"250 taken\r\n250 taken\r\n",)]}) as server:
        connection = connect(server)
        first = connection.deliver(letter("first@example.com"), Ready())
        ready = Ready()
        second = connection.deliver(letter("second@example.com"), ready)
        third = connection.deliver(letter("third@example.com"), ready)
        connection.close()
        server.settle()

    assert [first.outcome, second.outcome, third.outcome] == [ACCEPTED, AGAIN, AGAIN]
    assert not second.is_alive
    assert ready.calls == 0
    assert [message.recipient for message in server.messages] == ["first@example.com"]


def test_a_connection_given_up_is_not_used_again() -> None:
    with ScriptedServer({"mail": [(b"250 o", Do.HANG)]}) as server:
        connection = connect(server, SHORT["mail"])
        answers = [connection.deliver(letter(f"user{n}@example.com"), Ready()) for n in range(3)]
        connection.close()
        server.settle()

    assert [answer.code for answer in answers] == ["timed out", "connection closed", "connection closed"]
    assert {answer.outcome for answer in answers} == {AGAIN}
    assert b"user1" not in server.transcript
    assert b"QUIT" not in server.transcript


def test_after_a_refusal_the_next_letter_begins_anew() -> None:
    for extensions in (PIPELINING, PLAIN):
        script = {"rcpt": [(b"550 5.1.1 no\r\n",)], "data": [(b"451 later\r\n",)]}
        with ScriptedServer(script, extensions) as server:
            connection = connect(server)
            answers = [connection.deliver(letter(f"{who}@example.com"), Ready()) for who in ("one", "two", "three")]
            connection.close()
            server.settle()

        assert [answer.outcome for answer in answers] == [Outcome.FAILED, Outcome.DEFERRED, ACCEPTED]
        assert all(answer.is_alive for answer in answers)
        assert [message.recipient for message in server.messages] == ["three@example.com"]
        assert server.connections == 1


def test_whatever_ready_raises_passes_through_and_nothing_was_sent(good: ScriptedServer) -> None:
    connection = connect(good)
    with pytest.raises(LookupError, match="disk full"):
        connection.deliver(letter("first@example.com"), Ready(LookupError("disk full")))
    good_so_far = good.transcript
    second = connection.deliver(letter("second@example.com"), Ready())
    connection.close()
    good.settle()

    assert b"DATA" not in good_so_far
    assert second.outcome is ACCEPTED
    assert [message.recipient for message in good.messages] == ["second@example.com"]


@pytest.mark.parametrize("steps", [(b"450 later\r\n",), (b"550 5.1.1 no\r\n",), (b"421 bye\r\n",), (Do.CLOSE,)])
def test_ready_is_not_called_for_a_recipient_who_is_refused(steps: Steps) -> None:
    with ScriptedServer({"rcpt": [steps]}) as server:
        connection = connect(server)
        ready = Ready()
        connection.deliver(letter(), ready)
        connection.close()

    assert ready.calls == 0


def test_the_points_are_reached_in_their_order(good: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []
    monkeypatch.setattr(points, "reached", reached.append)
    monkeypatch.setattr(smtp, "PIECE", len(DATA) // 2 + 3)
    connection = connect(good)
    connection.deliver(letter(), lambda: reached.append("ready"))
    connection.close()
    good.settle()

    assert [message.data for message in good.messages] == [DATA]
    assert reached == [
        *("connected", "greeted", "addressed", "ready", "data-begun", "half-sent", "dot-sent", "answered"),
    ]


def test_what_is_raised_amid_a_letter_leaves_nothing_that_could_complete_it(
    good: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(point: str) -> None:
        if point == "half-sent":
            raise KeyboardInterrupt

    monkeypatch.setattr(points, "reached", fail)
    monkeypatch.setattr(smtp, "PIECE", 10)
    connection = connect(good)
    with pytest.raises(KeyboardInterrupt):
        connection.deliver(letter(), Ready())
    connection.close()
    good.settle()

    assert good.messages == []
    assert b"QUIT" not in good.transcript


@pytest.mark.parametrize(
    "bad",
    [
        letter("jane@example.com\r\nDATA"),
        letter("jane@example.com>\x00"),
        letter("jane doe@example.com"),
        letter("<jane@example.com>"),
        letter("jané@example.com"),
        letter(""),
        letter(data=b"one\n.\ntwo\r\n"),
        letter(data=b"one\r\n.\ntwo\r\n"),
        letter(data=b"one\r.\rtwo\r\n"),
        letter(data=b"one\n.\r\ntwo\r\n"),
        letter(data=b"one\r\n.\rtwo\r\n"),
        letter(data=b"no end"),
        letter(data="é\r\n".encode()),
        letter(data=b"\0\r\n"),
    ],
)
def test_a_letter_that_could_bend_the_conversation_is_refused(good: ScriptedServer, bad: Letter) -> None:
    connection = connect(good)
    before = good.transcript
    with pytest.raises(ValueError, match=r"the letter|the address") as error:
        connection.deliver(bad, Ready())

    assert "jane" not in str(error.value)
    assert connection.deliver(letter("other@example.com"), Ready()).outcome is ACCEPTED
    connection.close()
    good.settle()
    assert good.transcript.removeprefix(before).startswith(b"MAIL")
    assert len(good.messages) == 1


_LINES = st.lists(st.sampled_from(["", ".", "..", ". ", ".x", "x", "DATA", "QUIT", "MAIL FROM:<x@y>"]), max_size=12)


@hypothesis.given(st.lists(_LINES, min_size=1, max_size=4))
def test_any_lines_arrive_as_they_are_and_as_one_letter(letters: list[list[str]]) -> None:
    sent = [letter(data="".join(f"{line}\r\n" for line in lines or [""]).encode()) for lines in letters]
    with ScriptedServer() as server:
        connection = connect(server)
        answers = [connection.deliver(each, Ready()) for each in sent]
        connection.close()
        server.settle()

    assert {answer.outcome for answer in answers} == {ACCEPTED}
    assert [message.data for message in server.messages] == [each.data for each in sent]
    assert all(message.raw.count(FINAL) == message.raw.endswith(FINAL) for message in server.messages)


_FAULTS = st.one_of(
    st.sampled_from(REPLIES).map(lambda reply: (reply,)),
    st.sampled_from(BREAKING),
    st.sampled_from([(GOOD[phase] + b"250 taken\r\n",) for phase in ("mail", "rcpt", "data", "dot")]),
    st.sampled_from([(GOOD[phase],) for phase in ("mail", "rcpt", "dot")]),
)


@hypothesis.settings(max_examples=40)
@hypothesis.given(
    st.dictionaries(st.sampled_from(["mail", "rcpt", "data", "dot", "rset"]), st.lists(_FAULTS, max_size=4)),
    st.booleans(),
)
def test_whatever_a_server_does_replies_never_stick_to_the_wrong_letter(
    script: dict[str, list[Steps]], is_pipelining: bool
) -> None:
    with ScriptedServer(script, PIPELINING if is_pipelining else PLAIN) as server:
        tried = []
        connection = connect(server)
        for n in range(6):
            sent, ready = letter(f"user{n}@example.com"), Ready()
            answer = connection.deliver(sent, ready)
            tried.append((sent, answer, ready))
            if not answer.is_alive:
                connection.close()
                connection = connect(server)
        connection.close()
        server.settle()

    for sent, answer, ready in tried:
        check_laws(server, sent, answer, ready)


@pytest.mark.parametrize(
    ("script", "kind", "says"),
    [
        ({"banner": [(b"554 5.7.1 no mail from you\r\n",)]}, RefusedError, "does not want mail from this machine"),
        ({"banner": [(b"421 busy\r\n",)]}, UnreachableError, "answered 421 to our connection: “busy”"),
        ({"banner": [(Do.CLOSE,)]}, UnreachableError, "did not greet us properly: connection closed"),
        ({"banner": [(Do.HANG,)]}, UnreachableError, "timed out"),
        ({"banner": [(b"hello\r\n",)]}, UnreachableError, "malformed reply"),
        ({"banner": [(b"220-more\r\n" * 10_000,)]}, UnreachableError, "endless reply"),
        ({"hello": [(b"550 no\r\n",)]}, RefusedError, "answered 550 to our greeting"),
        ({"hello": [(b"451 later\r\n",)]}, UnreachableError, "answered 451 to our greeting"),
        ({"hello": [(Do.RESET,)]}, UnreachableError, "connection lost"),
    ],
)
def test_why_there_is_no_connection_is_explained(
    script: dict[str, list[Steps]], kind: type[Exception], says: str
) -> None:
    with ScriptedServer(script) as server, pytest.raises(kind, match=says):
        connect(server, replace(LONG, greeting=0.5))


def test_where_nothing_answers_is_explained() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UnreachableError, match="Nothing answers at"):
        SmtpTransport(server_at(port), None, LONG, CONTEXT).connect()


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), RefusedError, "There is no host mail"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), UnreachableError, "cannot be looked up now"),
        (TimeoutError("timed out"), UnreachableError, "did not answer in time"),
        (OSError(113, "No route to host"), UnreachableError, "cannot be reached: No route to host"),
    ],
)
def test_a_host_that_cannot_be_found_is_explained(
    error: OSError, kind: type[Exception], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(greeting.socket, "create_connection", fail)
    with pytest.raises(kind, match=says):
        SmtpTransport(SmtpServer("mail.example.org", 587), None, LONG, CONTEXT).connect()


def test_timeouts_are_those_of_the_rfc_and_can_be_scaled() -> None:
    assert (Timeouts().mail, Timeouts().data, Timeouts().block, Timeouts().dot) == (300, 120, 180, 600)
    assert Timeouts().scaled(0.001).dot == pytest.approx(0.6)
