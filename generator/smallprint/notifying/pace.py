"""How fast letters go out, which domains have to wait, and when a deferred recipient is tried again."""

from __future__ import annotations

import threading
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_PAUSE: Final = 5 * 60
_LONGEST_PAUSE: Final = 4 * 3600
_GIVE_UP_AFTER: Final = 5 * 24 * 3600
"""Seconds; these three are what Postfix does by default."""
_DOMAINS_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Retrying:
    """When a recipient who was deferred is tried again."""

    first_pause: int = _FIRST_PAUSE
    longest_pause: int = _LONGEST_PAUSE
    give_up_after: int = _GIVE_UP_AFTER

    def due(self, tries: int, first_try: int, now: int, number: int) -> int | None:
        """Return when to try again, in seconds since 1970; none where it has been tried for long enough.

        Args:
            tries: how often it was tried.
            first_try: when it was tried first, in seconds since 1970.
            now: the same of now.
            number: the recipient's, which spreads those deferred at once over a fifth of the pause.
        """
        if now - first_try >= self.give_up_after:
            return None
        pause = min(self.first_pause << min(tries - 1, 20), self.longest_pause)
        return now + pause + zlib.crc32(b"%d/%d" % (number, tries)) % max(1, pause // 5)


class Rate:
    """Lets so many letters a second go, evenly; no limit where that number is 0."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with a letter that may go at once."""
        self._step = 1 / per_second if per_second else 0.0
        self._clock = clock
        self._next = clock()
        self._turn = threading.Lock()

    def turn(self) -> float:
        """Take the next turn, and return for how many seconds to wait for it."""
        if not self._step:
            return 0.0
        with self._turn:
            now = self._clock()
            # What was not used is not caught up on.
            start = max(self._next, now)
            self._next = start + self._step
            return start - now


class Domains:
    """Domains that asked us to wait: nobody there is tried before their pause is over."""

    def __init__(self, retrying: Retrying) -> None:
        """Begin with none."""
        self._retrying = retrying
        self._until: dict[str, tuple[int, int]] = {}
        """By domain: when its pause is over, and how many pauses it has had in a row."""
        self._turn = threading.Lock()

    def paused_until(self, domain: str, now: int) -> int | None:
        """Return when the pause of a domain is over; none if it has none. Times in seconds since 1970."""
        with self._turn:
            until, _ = self._until.get(domain, (0, 0))
        return until if until > now else None

    def pause(self, domain: str, now: int) -> None:
        """Let a domain rest, longer each time; whoever was on the way to it meanwhile makes it no longer."""
        with self._turn:
            until, times = self._until.get(domain, (0, 0))
            if until > now:
                return
            if len(self._until) >= _DOMAINS_KEPT:
                self._until = {name: kept for name, kept in self._until.items() if kept[0] > now}
            due = self._retrying.due(times + 1, now, now, zlib.crc32(domain.encode()))
            self._until[domain] = (due or now, times + 1)

    def accepted(self, domain: str) -> None:
        """Forget a domain's pauses: it takes mail again."""
        if self._until:
            with self._turn:
                self._until.pop(domain, None)


class Trouble:
    """Watches what comes of the last letters, and tells when that is no longer the fault of single recipients."""

    def __init__(self, window: int = 1000, least: int = 100, share: float = 0.05) -> None:
        """`share` of at least `least` and at most `window` letters may fail."""
        self._window, self._least, self._share = window, least, share
        self._seen = self._failed = 0
        self._turn = threading.Lock()

    def is_too_much(self, *, failed: bool) -> bool:
        """Count one letter, and tell whether too many of the last ones failed."""
        with self._turn:
            self._seen += 1
            self._failed += failed
            if self._seen >= self._window:
                # Half of what is remembered goes, so that old luck covers nothing up for long.
                self._seen, self._failed = self._seen // 2, self._failed // 2
            return failed and self._seen >= self._least and self._failed > self._share * self._seen
