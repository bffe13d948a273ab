"""Names for moments of sending at which a crash must do no harm.

Tests put something deadly in the place of `reached`; otherwise it does nothing.
"""

from __future__ import annotations

from typing import Final

POINTS: Final = (
    "ledger-begun",
    "ledger-whole",
    "plan-written",
    "claimed",
    "connected",
    "greeted",
    "addressed",
    "sending-committed",
    "data-begun",
    "half-sent",
    "dot-sent",
    "answered",
    "outcome-committed",
    "all-done",
)
"""In the order in which they come."""


def reached(point: str) -> None:
    """Note that a moment has come; a test may end the process here."""
    del point
