"""Python's collector of cyclic garbage, which looks through all objects again and again.

A long history is millions of small values that live as long as the process and hold no cycles; looking through them
took a quarter of a build.
"""

from __future__ import annotations

import gc
from typing import Final

_THRESHOLDS: Final = (100_000, 50, 100)


def collect_rarely() -> None:
    """Let the collector run rarely in this process; what holds no cycles is freed at once all the same."""
    gc.set_threshold(*_THRESHOLDS)
