"""Sends from several processes at once, where one processor is too slow for what the server takes.

Each worker has connections, a log of the wire and a view of the ledger of its own; SQLite lets one write at a time. The
lock of the ledger is held by all of them: while one lives, no other sender begins.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying import points
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.sending import Sending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from smallprint.notifying.claims import Claim
    from smallprint.notifying.delivery import Letter, Transport
    from smallprint.notifying.limits import Limits

_INTERRUPTED: Final = "interrupted"


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection


@dataclass(frozen=True, slots=True)
class _End:
    """What a worker says in the end."""

    reason: str = ""
    """Why it stopped before its end; empty where it did not."""
    error: str = ""
    """What went wrong with the ledger or a letter."""


class Workers:
    """One run of the sender, by several processes; to be used as a `Sending`."""

    def __init__(
        self,
        path: Path,
        transport: Transport,
        compose: Callable[[Claim], Letter],
        limits: Limits,
        number: int,
    ) -> None:
        """Make ready.

        Args:
            path: the ledger: in order, with that many workers to join, and open nowhere in this process.
            transport: where letters go.
            compose: makes the letter for a recipient.
            limits: how hard to send, all together.
            number: how many processes, at most one for each connection.
        """
        self._work = (path, transport, compose)
        self._limits = [_share(limits, number, worker) for worker in range(number)]
        self._workers: list[_Worker] = []
        self._told: list[str] = []
        self.reason = ""
        """Why it stopped before its end; empty where it did not."""
        self.waiting = ""
        """Why there is no connection at the moment; what workers wait for is not known here."""

    @property
    def is_stopped(self) -> bool:
        """Whether workers are to end."""
        return bool(self._told)

    def run(self, tell: Callable[[], None] = lambda: None, every: float = 1.0) -> None:
        """Send until everyone is settled or deferred, or something stops it.

        Args:
            tell: called now and then from this thread.
            every: how many seconds apart.

        Raises:
            NoticeError: A worker could not go on.
        """
        try:
            self._start()
            errors = list(filter(None, self._ends(tell, every)))
        except BaseException:
            # Whatever this process dies of, letters on their way are brought to an end first.
            self.stop(_INTERRUPTED)
            for worker in self._workers:
                worker.process.join()
            raise
        if errors:
            raise NoticeError(errors[0])
        points.reached("all-done")

    def _start(self) -> None:
        # Forked, so that each holds the lock too; no thread runs here and no ledger is open.
        context = multiprocessing.get_context("fork")
        for number, limits in enumerate(self._limits, 1):
            here, there = context.Pipe()
            others = [worker.pipe for worker in self._workers]
            process = context.Process(target=_send, args=(*self._work, limits, number, there, [here, *others]))
            process.start()
            there.close()
            self._workers.append(_Worker(process, here))
        if self._told:
            # Said while there were not all of them to hear it.
            self.stop(self._told[0])

    def _ends(self, tell: Callable[[], None], every: float) -> Iterator[str]:
        """Yield what went wrong with each worker, in the order in which they end; one that stops stops all."""
        left = list(self._workers)
        while left:
            heard = wait([worker.pipe for worker in left], every)
            if not heard:
                tell()
            for worker in [worker for worker in left if worker.pipe in heard]:
                left.remove(worker)
                end = _received(worker)
                worker.process.join()
                if (end.reason or end.error) and not self.reason:
                    self.reason = end.reason
                    self.stop(end.reason or "an error")
                yield end.error

    def stop(self, reason: str) -> None:
        """Let each worker bring its letters to an end, and end then."""
        self._told.append(reason)
        for worker in self._workers:
            try:
                worker.pipe.send(reason)
            except OSError:
                continue


def _share(limits: Limits, number: int, worker: int) -> Limits:
    """Return what one worker of several may do."""
    connections = len(range(worker, limits.connections, number))
    return replace(limits, connections=connections, per_second=limits.per_second / number)


def _received(worker: _Worker) -> _End:
    try:
        end = worker.pipe.recv()
    except EOFError:
        return _End(error="A process that sent was ended from outside. `smallprint notice resume` goes on.")
    return end if isinstance(end, _End) else _End(error=str(end))


def _send(  # noqa: PLR0913, PLR0917 - a process takes its arguments by place
    path: Path,
    transport: Transport,
    compose: Callable[[Claim], Letter],
    limits: Limits,
    number: int,
    pipe: Connection,
    not_ours: list[Connection],
) -> None:
    """Be a worker."""
    for each in not_ours:
        each.close()
    for own in (signal.SIGINT, signal.SIGTERM):
        # A terminal tells all processes; when to end is for the first one to say.
        signal.signal(own, signal.SIG_IGN)
    end = _End()
    try:
        ledger = Ledger(path)
        try:
            ledger.join(number)
            sending = Sending(ledger, transport, compose, limits)
            threading.Thread(target=_listen, args=(pipe, sending), daemon=True).start()
            sending.run()
            end = _End(reason=sending.reason)
        finally:
            ledger.close()
    except NoticeError as error:
        end = _End(error=str(error))
    except Exception as error:  # noqa: BLE001 - told by the process that people see
        end = _End(error=f"{type(error).__name__}: {error}")
    with suppress(OSError):
        # It fails where the first process was killed, and nobody is there to be told.
        pipe.send(end)
    # Not by the way of the interpreter: what the first process has open is not ours to close.
    os._exit(0)


def _listen(pipe: Connection, sending: Sending) -> None:
    """Stop when told to, or when nobody is there any more who could tell."""
    try:
        sending.stop(pipe.recv())
    except (EOFError, OSError):
        sending.stop("the process that began this was ended")
