"""`smallprint notice` from plan to proof, at the keyboard of whoever sends, against a server that keeps a script."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from noticed import DAY, POLICY, VERSION, project
from scripted import Do, ScriptedServer
from smallprint.cli.main import main
from smallprint.notifying.ledger_file import open_to_read
from smallprint.notifying.lock import SenderLock
from smallprint.presenting.themes import themes_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ON = ("--as-of", DAY)
ABOUT = (POLICY, VERSION)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path))
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        monkeypatch.setenv("SMALLPRINT_MAIL", f"smtp://127.0.0.1:{running.port}")
        yield running


def notice(command: str, *arguments: str) -> int:
    return main(["notice", command, *ABOUT, *arguments])


def planned(*arguments: str) -> None:
    assert notice("plan", "--recipients", "people.csv", *arguments, *ON) == 0


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_all_the_way(place: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    """Plan, preview, test, send, status, report, check, purge; and no address of a recipient is ever said."""
    (place / "stop.txt").write_text("cem@people.example\n", encoding="utf-8")
    planned("--suppress", "stop.txt")
    assert notice("preview") == 0
    assert notice("test", "me@own.example", "--language", "fr") == 0
    assert notice("send", "--confirm", "2", "--rate", "0", *ON) == 0
    assert notice("status") == 0
    assert notice("report") == 0
    told = said(capsys)

    assert {message.recipient: message.is_accepted for message in server.messages} == dict.fromkeys(
        ("me@own.example", "ann@people.example", "bob@people.example"), True
    )
    assert "people.example" not in told
    assert re.search(r"2  accepted\n\s+1  suppressed\n\s+3  in all, as planned", told)
    proof = (place / "content" / POLICY / "notices" / f"{VERSION}.yml").read_text(encoding="utf-8")
    assert "accepted: 2" in proof
    assert "people.example" not in proof

    version = place / "content" / POLICY / f"{VERSION}.md"
    dates = re.findall(r"^  (notified: \S+|notified-by: email)$", told, re.MULTILINE)
    text = version.read_text(encoding="utf-8")
    version.write_text(text.replace("published: ", "\n".join([*dates, "published: "]), 1), encoding="utf-8")
    assert main(["check"]) == 0
    assert main(["build", "-q"]) == 0
    page = (place / "site" / POLICY / "history" / "index.html").read_text(encoding="utf-8")
    assert "Mail servers accepted the message for 2 of 3 recipients" in re.sub(r"<[^>]+>", "", page)
    assert "by email" in page

    assert notice("purge") == 0
    assert notice("status") == 0
    told = said(capsys)
    assert "2  accepted" in told
    data = b"".join(path.read_bytes() for path in (place / "notices" / POLICY / VERSION).glob("ledger.*"))
    assert b"people.example" not in data
    assert notice("resume") == 1
    assert "were taken out" in said(capsys)


@pytest.mark.parametrize("filler", [0, 100_000])
def test_a_message_that_would_be_cut_off_is_told_before_it_goes(
    filler: int, place: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Gmail shows the first 102 KB of HTML."""
    template = (themes_dir() / "notice" / "message.html").read_text(encoding="utf-8")
    (place / "ours").mkdir()
    long = template.replace("</body>", f"<p>{'é' * (filler // 2)}</p></body>", 1)
    (place / "ours" / "message.html").write_text(long, encoding="utf-8")
    steps = [
        lambda: planned("--templates", "ours"),
        lambda: notice("preview"),
        lambda: notice("test", "me@own.example", "--language", "fr"),
    ]

    for step in steps:
        step()
        told = said(capsys)
        assert ("The message in en has 1" in told) == (filler > 0)
        assert ("Gmail shows the first 102 KB" in told) == (filler > 0)
    assert len(server.messages) == 1


def test_the_number_has_to_be_said(
    place: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planned()
    assert notice("send", "--confirm", "4", "--untested", *ON) == 2
    assert "goes to 3 recipients, and '4' was said" in said(capsys)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "3")
    assert notice("send", "--untested", "--rate", "0", *ON) == 0
    assert len(server.messages) == 3
    assert place.exists()


def test_nothing_is_sent_before_a_sample_was_accepted(
    place: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    planned()
    assert notice("send", "--confirm", "3", *ON) == 1
    assert "smallprint notice test" in said(capsys)
    assert (server.messages, place.exists()) == ([], True)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("phase", ["rcpt", "dot"])
@pytest.mark.parametrize(
    "reply",
    [
        "554 delivery error: dd This user does not have an account here",
        "550 5.7.1 <x@y.example>: Recipient address rejected: account blocked due to inactivity",
    ],
)
def test_a_refusal_of_one_recipient_stops_nothing(
    phase: str, reply: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = b"250 ok\r\n"
    with ScriptedServer({phase: [(good,), (reply.encode() + b"\r\n",), (good,)]}) as server:
        monkeypatch.setenv("SMALLPRINT_MAIL", f"smtp://127.0.0.1:{server.port}")
        planned()
        assert notice("send", "--confirm", "3", "--untested", "--rate", "0", *ON) == 0
        told = said(capsys)

    assert "2  accepted" in told
    assert "1  failed" in told


@pytest.mark.usefixtures("place")
def test_who_has_the_message_is_not_sent_to_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer({"dot": [(b"250 ok\r\n",), (Do.CLOSE,)]}) as server:
        monkeypatch.setenv("SMALLPRINT_MAIL", f"smtp://127.0.0.1:{server.port}")
        planned()
        assert notice("send", "--confirm", "3", "--untested", "--rate", "0", *ON) == 0
        assert "1 recipient may have the message" in said(capsys)
        assert notice("send", "--confirm", "3", "--untested", *ON) == 1
        assert "Sending has begun" in said(capsys)
        assert notice("resume", "--untested") == 0
        said(capsys)
        assert notice("status", "--list", "unknown") == 0
        assert said(capsys).splitlines() == ["line,email,reason", "3,bob@people.example,connection closed"]
        assert [message.recipient for message in server.messages].count("bob@people.example") == 1

        assert notice("resume", "--untested", "--resend-unknown", "--rate", "0") == 0
        assert [message.recipient for message in server.messages].count("bob@people.example") == 2


def test_who_is_deferred_is_sent_to_by_resume(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with ScriptedServer({"rcpt": [(b"450 4.2.1 later\r\n",)]}) as server:
        monkeypatch.setenv("SMALLPRINT_MAIL", f"smtp://127.0.0.1:{server.port}")
        planned()
        assert notice("send", "--confirm", "3", "--untested", "--rate", "0", *ON) == 1
        assert "can be tried again at" in said(capsys)
        with sqlite3.connect(place / "notices" / POLICY / VERSION / "ledger.db") as db:
            db.execute("UPDATE recipient SET due = 0 WHERE state = 'deferred'")
        db.close()
        assert notice("resume", "--untested", "--rate", "0") == 0
        assert sorted(message.recipient[:3] for message in server.messages) == ["ann", "bob", "cem"]


def test_two_senders_do_not_meet(place: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    planned()
    with SenderLock(place / "notices" / POLICY / VERSION / "ledger.lock"):
        assert notice("send", "--confirm", "3", "--untested", *ON) == 1
    assert "Someone is sending from this ledger already" in said(capsys)
    assert server.messages == []


@pytest.mark.usefixtures("place", "server")
def test_a_list_that_can_no_longer_be_read_stops_the_sending(place: Path, server: ScriptedServer) -> None:
    (place / "stop.txt").write_text("# nobody yet\n", encoding="utf-8")
    planned("--suppress", "stop.txt")
    (place / "stop.txt").unlink()
    assert notice("send", "--confirm", "3", "--untested", *ON) == 1
    assert server.messages == []

    (place / "stop.txt").write_text("ann@people.example\n", encoding="utf-8")
    assert notice("send", "--confirm", "3", "--untested", "--rate", "0", *ON) == 0
    assert {message.recipient for message in server.messages} == {"bob@people.example", "cem@people.example"}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("arguments", "code", "match"),
    [
        (["plan", *ABOUT, "--recipients", "nowhere.csv"], 2, "nowhere.csv"),
        (["plan", "other", VERSION, "--recipients", "people.csv"], 2, "no policy “other”"),
        (["plan", POLICY, "1999-01-01", "--recipients", "people.csv"], 2, "no version “1999-01-01”"),
        (["status", *ABOUT], 1, "There is no plan"),
        (["status", "../x", VERSION], 2, "no name of a policy"),
        (["send", *ABOUT], 1, "There is no plan"),
        (["report", *ABOUT], 1, "There is no plan"),
        (["purge", *ABOUT], 1, "There is no plan"),
        (["translate", *ABOUT, "xx"], 2, "no words for notices in “xx”"),
        (["sing", *ABOUT], 2, "No such command"),
    ],
)
def test_what_is_called_wrongly_is_explained(
    arguments: list[str], code: int, match: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notice", *arguments]) == code
    assert match in said(capsys)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("via", "match"),
    [
        ("", "--via"),
        ("smtp://me:secret@mail.example.org", "password"),
        ("ftp://mail.example.org", "smtp://"),
        ("smtp://127.0.0.1:1", "no connection"),
    ],
)
def test_a_server_that_is_none_is_explained(
    via: str, match: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMALLPRINT_MAIL", raising=False)
    planned()
    assert notice("test", "me@own.example", "--via", via) in {1, 2}
    told = said(capsys)
    assert match in told
    assert "secret" not in told


@pytest.mark.usefixtures("place")
def test_a_translation_is_written_filled_in_and_sent(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notice("translate", "fr") == 0
    path = place / "content" / POLICY / "notices" / f"{VERSION}.fr.yml"
    assert notice("translate", "fr") == 1
    assert "there already" in said(capsys)
    assert notice("plan", "--recipients", "people.csv", *ON) == 1
    assert "SP705" in said(capsys)

    filled = re.sub(
        r"^([a-z\"#][^:\n]*): >-$", r"\1: Une phrase en français.", path.read_text("utf-8"), flags=re.MULTILINE
    )
    path.write_text(filled, encoding="utf-8")
    planned()
    told = said(capsys)
    assert "Nobody has translated" not in told
    plan = (place / "notices" / POLICY / VERSION / "plan.json").read_text(encoding="utf-8")
    assert plan.count("Une phrase en français.") >= 20
    assert main(["check"]) == 0


def test_watching_goes_on_while_somebody_sends(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planned()
    lock = SenderLock(place / "notices" / POLICY / VERSION / "ledger.lock")
    lock.__enter__()
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            lock.__exit__(None, None, None)

    monkeypatch.setattr("smallprint.cli.notice_status.time.sleep", nap)
    capsys.readouterr()
    assert notice("status", "--watch", "--every", "0.5") == 0

    told = said(capsys)
    assert naps == [0.5] * 3
    assert told.count("3  planned") == 4
    assert told.count("Someone is sending now.") == 3


def test_a_first_connection_that_fails_is_no_dead_end(
    place: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever mends the server may send, and may resume."""
    planned()
    with ScriptedServer({"banner": [(b"554 go away\r\n",)]}) as closed:
        via = f"smtp://127.0.0.1:{closed.port}"
        assert notice("send", "--confirm", "3", "--untested", "--via", via, *ON) == 1
    assert f"smallprint notice resume {POLICY} {VERSION}" in said(capsys)

    assert notice("resume", "--untested", "--rate", "0") == 1, "nobody was sent to, so the day counts"
    assert "still to take effect" in said(capsys)
    monkeypatch.setenv("SMALLPRINT_AS_OF", DAY)
    assert notice("resume", "--untested", "--rate", "0") == 0
    assert len(server.messages) == 3
    assert place.exists()


def test_two_processes_send_to_everyone_once(place: Path, server: ScriptedServer) -> None:
    lines = [f"p{number}@people.example,en," for number in range(200)]
    (place / "people.csv").write_text("\n".join(["email,language,name", *lines]) + "\n", encoding="utf-8")
    planned()
    command = [sys.executable, "-m", "smallprint", "notice", "send", *ABOUT, "--confirm", "200", "--untested", *ON]
    done = subprocess.run(
        [*command, "--rate", "0", "--connections", "4", "--processes", "2"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, "200  accepted" in done.stdout) == (0, True), done.stderr
    assert len(server.messages) == len({message.recipient for message in server.messages}) == 200


def test_ctrl_c_ends_it_in_order_and_resume_goes_on(place: Path, server: ScriptedServer) -> None:
    lines = [f"p{number}@people.example,en," for number in range(300)]
    (place / "people.csv").write_text("\n".join(["email,language,name", *lines]) + "\n", encoding="utf-8")
    planned()
    command = [sys.executable, "-m", "smallprint", "notice", "send", *ABOUT, "--confirm", "300", "--untested"]
    process = subprocess.Popen(
        [*command, "--rate", "100", *ON],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until = time.monotonic() + 30
    while len(server.messages) < 20 and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=30)

    assert process.returncode == 130
    assert "Traceback" not in told
    db = open_to_read(place / "notices" / POLICY / VERSION / "ledger.db")
    states = dict(db.execute("SELECT state, count(*) FROM recipient GROUP BY state").fetchall())
    db.close()
    assert states.keys() == {"accepted", "planned"}
    assert notice("resume", "--untested", "--rate", "0", "--connections", "3") == 0
    assert len(server.messages) == len({message.recipient for message in server.messages}) == 300
