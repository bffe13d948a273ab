"""The process that compares texts, started anew for each measurement: a task's name as argument, JSON in, JSON out.

Tasks:
    text      redlines by smallprint, from Markdown files to HTML
    parsed    the same with all versions read beforehand
    redlines  redlines by the PyPI package `redlines`, from text to Markdown
    marks     how many words smallprint marks, and whether both texts can be had back
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from smallprint.model import Comparison, Version

    PairTask = Callable[[Path, Path], int]


def main() -> None:
    """Do the task that the first argument names."""
    values = json.load(sys.stdin)
    pairs = [(Path(old), Path(new)) for old, new in values["pairs"]]
    task = sys.argv[1]
    answer: Any
    if task == "marks":
        from marks import measure_marks  # noqa: PLC0415 - not loaded where time is measured

        answer = measure_marks(pairs)
    else:
        make = {"text": _ours_from_text, "parsed": _ours_from_versions, "redlines": _redlines}[task]
        answer = _timed(make(pairs), pairs, values.get("seconds", 0.0))
    json.dump(answer, sys.stdout)


def _timed(redline: PairTask, pairs: list[tuple[Path, Path]], bound: float) -> dict[str, Any]:
    """Return the wall time of each pair, the processor time of all, and how many characters came out.

    Where there is a bound, in seconds, no pair is begun once it has passed.
    """
    gc.collect()
    walls: list[float] = []
    size = 0
    start, cpu_start = time.perf_counter(), time.process_time()
    for old, new in pairs:
        begin = time.perf_counter()
        size += redline(old, new)
        walls.append(time.perf_counter() - begin)
        if bound and time.perf_counter() - start > bound:
            break
    return {"walls": walls, "cpu": time.process_time() - cpu_start, "size": size}


def _ours_from_text(_: object) -> PairTask:
    from smallprint.comparing import compare  # noqa: PLC0415
    from smallprint.reading.version import read_plain  # noqa: PLC0415

    versions: dict[Path, Version] = {}
    html = _html()

    def redline(old: Path, new: Path) -> int:
        # A version is read once, when the first pair asks for it, as in a build.
        for path in (old, new):
            if path not in versions:
                versions[path] = read_plain(path)
        return html(compare(versions[old], versions[new]))

    return redline


def _ours_from_versions(pairs: list[tuple[Path, Path]]) -> PairTask:
    from smallprint.comparing import compare  # noqa: PLC0415
    from smallprint.reading.version import read_plain  # noqa: PLC0415

    versions = {path: read_plain(path) for path in dict.fromkeys(path for pair in pairs for path in pair)}
    html = _html()
    return lambda old, new: html(compare(versions[old], versions[new]))


def _html() -> Callable[[Comparison], int]:
    """Return what makes the HTML of a whole text with its changes, and says how long it is."""
    from smallprint.collector import collect_rarely  # noqa: PLC0415

    collect_rarely()  # As builds do.
    from smallprint.presenting.move_ends import move_ends  # noqa: PLC0415
    from smallprint.presenting.redline_html import change_html  # noqa: PLC0415

    def html(comparison: Comparison) -> int:
        moves = move_ends(comparison)
        parts = [part.html for change in comparison.changes for part in change_html(change, moves)]
        return len("".join(parts))

    return html


def _redlines(_: object) -> PairTask:
    from redlines import Redlines  # noqa: PLC0415 - the peer

    def redline(old: Path, new: Path) -> int:
        made = Redlines(old.read_text(encoding="utf-8"), new.read_text(encoding="utf-8"))
        return len(made.output_markdown)

    return redline


if __name__ == "__main__":
    main()
