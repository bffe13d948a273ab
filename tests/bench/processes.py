"""Running other programs and measuring them: wall time, processor time, greatest memory.

What is measured runs in processes of its own, so that nothing is warm that would not be warm in use. The process that
starts them must stay small: Linux counts its memory towards a child's until the child has become another program.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TAIL = 2_000
"""How many characters of a failed program's words are shown."""
_WORKER = Path(__file__).with_name("worker.py")


class RunError(Exception):
    """A program that is measured has failed: there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run took."""

    seconds: float
    """Wall time, the start of the process included."""
    cpu: float
    """Processor time, user and system: steadier than wall time where others use the machine too."""
    peak: int = 0
    """The greatest memory it held, in bytes."""


def run_measured(arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Usage:
    """Run a program to its end and return what it took; raise `RunError` with its last words where it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-_TAIL:]
            raise RunError(f"{' '.join(arguments)} in {folder} ended with {process.returncode}:\n{words}")
    return Usage(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def run_piped(arguments: Sequence[str], folder: Path, *, fine: Sequence[int] = (0,)) -> tuple[float, int]:
    """Run a program with its output read through a pipe; return its wall time and how many bytes it wrote.

    Args:
        arguments: the program and its arguments.
        folder: where it runs.
        fine: the exit codes that are no failure.
    """
    start = time.perf_counter()
    done = subprocess.run(arguments, cwd=folder, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in fine:
        raise RunError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr.decode()[-_TAIL:]}")
    return seconds, len(done.stdout)


def children_cpu() -> float:
    """Return the processor time of all children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ask_worker(task: str, **values: object) -> Any:
    """Have a fresh process do a task of `worker.py` and return its answer."""
    done = subprocess.run(
        [sys.executable, str(_WORKER), task],
        input=json.dumps(values).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RunError(f"The worker failed in {task}:\n{done.stderr.decode()[-_TAIL:]}")
    return json.loads(done.stdout)
