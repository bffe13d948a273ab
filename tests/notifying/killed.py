"""A sender in a process of its own, which a test may kill: at a point of the sender, or whenever it likes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from smallprint.notifying import points
from smallprint.notifying.delivery import Letter
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.limits import Limits
from smallprint.notifying.lock import SenderLock
from smallprint.notifying.sending import Sending
from smallprint.notifying.transports import smtp
from smallprint.notifying.transports.servers import parse_server
from smallprint.notifying.workers import Workers

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess

    from smallprint.notifying.claims import Claim

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["killed"])
_BODY = b"Subject: what changed\r\n\r\n" + b"We now share more than we did.\r\n" * 40


def letter(claim: Claim) -> Letter:
    return Letter("from@example.org", claim.recipient.address, b"To: %s\r\n" % claim.recipient.address.encode() + _BODY)


def send(ledger_path: Path, port: int, connections: int, *, resend_unknown: bool = False) -> Sending:
    """Send all that is left, in this process."""
    ledger = Ledger(ledger_path)
    try:
        ledger.recover(now=int(time.time()), resend_unknown=resend_unknown)
        transport = smtp.SmtpTransport(parse_server(f"smtp://127.0.0.1:{port}"))
        sending = Sending(ledger, transport, letter, Limits(connections=connections, per_second=0, unknown_in_a_row=99))
        sending.run(every=0.01)
    finally:
        ledger.close()
    return sending


def start(
    ledger_path: Path, port: int, connections: int, point: str = "", times: int = 1
) -> tuple[ForkServerProcess, Connection]:
    """Start a sender that kills itself when it has reached a point so many times.

    Returns:
        The process, and a pipe through which it says that it begins.
    """
    here, there = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(str(ledger_path), port, connections, point, times, there))
    process.start()
    there.close()
    return process, here


def _work(  # noqa: PLR0917 - a process takes its arguments by place
    ledger_path: str, port: int, connections: int, point: str, times: int, pipe: Connection
) -> None:
    left = {point: times}

    def reached(name: str) -> None:
        if name == point:
            left[name] -= 1
            if not left[name]:
                os.kill(os.getpid(), signal.SIGKILL)

    if point:
        points.reached = reached
        smtp.PIECE = 500
    pipe.send("begins")
    send(Path(ledger_path), port, connections)


def start_workers(ledger_path: Path, port: int, connections: int) -> tuple[ForkServerProcess, Connection]:
    """Start a sender that sends by two processes of its own, as the command does: with the lock held."""
    here, there = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work_together, args=(str(ledger_path), port, connections, there))
    process.start()
    there.close()
    return process, here


def _work_together(ledger_path: str, port: int, connections: int, pipe: Connection) -> None:
    path = Path(ledger_path)
    with SenderLock(path.with_suffix(".lock")):
        ledger = Ledger(path)
        ledger.recover(now=int(time.time()), workers=2)
        ledger.close()
        transport = smtp.SmtpTransport(parse_server(f"smtp://127.0.0.1:{port}"))
        workers = Workers(path, transport, letter, Limits(connections=connections, per_second=0), 2)
        pipe.send("begins")
        workers.run(every=0.01)
