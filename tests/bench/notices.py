"""How fast notices are built and sent, and how much memory that takes, each beside the plain way."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import smtplib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from messages import measure_messages
from report import Goal, print_table

from smallprint.judgement import Direction, Right
from smallprint.model import VersionId
from smallprint.notifying.announcement import AnnouncedChange, Announcement, Sender
from smallprint.notifying.checking import check_message
from smallprint.notifying.delivery import Letter
from smallprint.notifying.filling import fill_ledger
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.limits import Limits
from smallprint.notifying.message import MessageForm
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.sending import Sending
from smallprint.notifying.texts import write_texts
from smallprint.notifying.transports import open_transport
from smallprint.notifying.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.notifying.announcement import NoticeText
    from smallprint.notifying.claims import Claim

SINK_VARIABLE = "SMALLPRINT_SMTP_SINK"
"""Names smtp-sink, of Debian's package postfix, where it is not on the PATH."""
_SENDER = Sender("Example Ltd", "privacy@example.org")
_MESSAGES = 12_000
_ROUNDS = 5
_PROCESSES = 4
"""That share four connections."""
_PEOPLE = 1_000_000


def measure_notices() -> list[Goal]:
    """Measure building, sending and memory."""
    form = MessageForm(_text(), _SENDER, "0" * 32)
    return [*measure_messages(_ROUNDS), *_measure_sending(form), *_measure_memory()]


def _text() -> NoticeText:
    """Return a notice of twelve changes, as long as real ones are."""
    changes = tuple(
        AnnouncedChange(
            f"clause-{n}",
            f"Clause {n}",
            f"https://privacy.example.org/p/changes/a/b/#clause-{n}",
            Direction.REDUCES,
            (Right.CONSENT, Right.SHARING),
            f"We now share what you give us for purpose {n} with companies that help us to run our service, and with "
            "others where you have not objected.",
            (),
        )
        for n in range(12)
    )
    told = Announcement(
        slug="p",
        policy="Privacy Policy",
        publisher="Example Ltd",
        product="Example",
        language="en",
        baseline=VersionId("2026-01-01"),
        version=VersionId("2027-01-01"),
        effective=dt.date(2027, 1, 1),
        changes=changes,
        others=5,
        redline_url="https://privacy.example.org/p/changes/a/b/",
        text_url="https://privacy.example.org/p/b/",
        baseline_effective=dt.date(2026, 1, 1),
    )
    return write_texts(told, _SENDER, ["en"], as_of=dt.date(2026, 11, 1))[0]


def _person(number: int) -> Recipient:
    return Recipient(number, f"person.{number}@example.org", "en", f"Person {number}")


def _measure_sending(form: MessageForm) -> list[Goal]:
    """Push the same messages to the same sink by bare smtplib and by ours, with the ledger on."""
    goals = {1: 0.9, 4: 2.5}
    program = _sink_program()
    if program is None:
        print(f"\nNo smtp-sink: install Debian's package postfix, or name it in {SINK_VARIABLE}.")
        return [Goal(f"sending on {n}, times smtplib", f">= {goal}", "no smtp-sink", None) for n, goal in goals.items()]
    ratios: dict[int, list[float]] = {n: [] for n in goals}
    rows = []
    with tempfile.TemporaryDirectory(prefix="smallprint-bench-") as folder, _sink(program) as port:
        for number in range(_ROUNDS):
            row = [f"round {number + 1}"]
            bare = _bare(form, port)
            row.append(f"{bare:,.0f}")
            for connections in goals:
                ours = _ours(form, port, connections, Path(folder) / f"{number}-{connections}.db")
                ratios[connections].append(ours / bare)
                row += [f"{ours:,.0f}", f"{ours / bare:.2f}x"]
            rows.append(row)
    print_table(
        f"Messages sent a second to smtp-sink ({_MESSAGES:,} a run)",
        ["", "bare smtplib", *(cell for n in goals for cell in (f"ours, {n} conn.", "ratio"))],
        rows,
    )
    found = {n: median(values) for n, values in ratios.items()}
    return [
        Goal(f"sending on {n}, times smtplib", f">= {goal}", f"{found[n]:.2f}", found[n] >= goal)
        for n, goal in goals.items()
    ]


def _bare(form: MessageForm, port: int) -> float:
    """Return how many messages a second smtplib sends that were built before."""
    when = dt.datetime.now(dt.UTC)
    built = [(p.address, form.build(p, when)) for p in map(_person, range(_MESSAGES))]
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        start = time.perf_counter()
        for address, data in built:
            client.sendmail(_SENDER.address, [address], data)
        return _MESSAGES / (time.perf_counter() - start)


def _ours(form: MessageForm, port: int, connections: int, path: Path) -> float:
    """Return how many messages a second we build, read again, write down and send."""
    fill_ledger(path, map(_person, range(_MESSAGES)), (), lambda _: "en")

    def compose(claim: Claim) -> Letter:
        when = dt.datetime.now(dt.UTC)
        data = form.build(claim.recipient, when)
        check_message(data, form.meant(claim.recipient, when))
        return Letter(_SENDER.address, claim.recipient.address, data, is_checked=True)

    transport = open_transport(f"smtp://127.0.0.1:{port}", {})
    limits = Limits(connections=connections, per_second=0)
    workers = min(connections, _PROCESSES)
    ledger = Ledger(path)
    try:
        ledger.recover(now=int(time.time()), workers=workers if workers > 1 else 0)
        start = time.perf_counter()
        if workers == 1:
            Sending(ledger, transport, compose, limits).run(every=0.02)
            seconds = time.perf_counter() - start
    finally:
        ledger.close()
    if workers > 1:
        start = time.perf_counter()
        Workers(path, transport, compose, limits, workers).run(every=0.02)
        seconds = time.perf_counter() - start
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM recipient WHERE state = 'accepted'").fetchone() == (_MESSAGES,)
    db.close()
    return _MESSAGES / seconds


def _sink_program() -> str | None:
    named = os.environ.get(SINK_VARIABLE)
    return named or shutil.which("smtp-sink", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def _sink(program: str) -> Iterator[int]:
    """Run smtp-sink, which takes every message and keeps none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = ["-u", "root"] if os.geteuid() == 0 else []
    process = subprocess.Popen([program, *user, f"127.0.0.1:{port}", "1000"])
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


_GROWTH = """
import datetime as dt, sys, time
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from smallprint.notifying.audience import Audience
from smallprint.notifying.filling import fill_ledger
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.claims import Settled
from smallprint.notifying.state import State
people, path = Path(sys.argv[1]), Path(sys.argv[2])
start = time.perf_counter()
audience = Audience(people, "people.csv", published=dt.date.today(), columns=frozenset(), language_for=lambda _: "en")
print(fill_ledger(path, audience, (), lambda _: "en").planned)
print(round(time.perf_counter() - start, 1))
ledger = Ledger(path)
ledger.recover(now=1)
start = time.perf_counter()
while claims := ledger.claim(100, now=1):
    for claim in claims:
        ledger.settle(Settled(claim.number, State.CLAIMED, State.FAILED, "x", 1, 1), now=1)
    ledger.flush()
ledger.close()
print(round(time.perf_counter() - start, 1))
# Not getrusage, whose peak begins with that of the process this one was made from.
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def _measure_memory() -> list[Goal]:
    """Plan for a million recipients and go through all of them, in a process of its own."""
    goal = 150
    with tempfile.TemporaryDirectory(prefix="smallprint-bench-") as folder:
        people = Path(folder) / "people.csv"
        with people.open("w", encoding="utf-8") as file:
            file.write("email,language,name\n")
            file.writelines(f"person.{n}@example{n % 977}.org,en,Person {n}\n" for n in range(_PEOPLE))
        done = subprocess.run(
            [sys.executable, "-c", _GROWTH, str(people), str(Path(folder) / "ledger.db")],
            check=True,
            capture_output=True,
            text=True,
        )
    planned, filling, going, peak = done.stdout.split()
    print_table(
        "A million recipients",
        ["", ""],
        [
            ["planned", f"{int(planned):,}"],
            ["read, checked and written down, seconds", filling],
            ["all claimed and settled, seconds", going],
            ["peak memory, MB", peak],
        ],
    )
    return [Goal("peak memory with a million recipients, MB", f"<= {goal}", peak, int(peak) <= goal)]
