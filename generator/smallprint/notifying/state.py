"""The states a recipient can be in, and the ways from one to another."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """Where a recipient stands; at every instant in exactly one of them."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    """A sender has taken the recipient up; nothing can have been sent."""
    SENDING = "sending"
    """On disk before the message begins: from here on the recipient may come to have it."""
    ACCEPTED = "accepted"
    """A mail server has taken the message over."""
    DEFERRED = "deferred"
    """Not taken; to be tried again later."""
    FAILED = "failed"
    """Not taken, and not to be tried again."""
    UNKNOWN = "unknown"
    """May have been taken; never sent to again unless a person says so."""
    SUPPRESSED = "suppressed"
    """On the list of those who are not to be written to."""


SETTLED: Final = frozenset({State.ACCEPTED, State.FAILED, State.UNKNOWN, State.SUPPRESSED})
"""States that a sender does not touch by itself."""

WAYS: Final[Mapping[State, frozenset[State]]] = MappingProxyType(
    {
        State.PLANNED: frozenset({State.CLAIMED, State.SUPPRESSED}),
        State.CLAIMED: frozenset({State.PLANNED, State.SENDING, State.DEFERRED, State.FAILED}),
        State.SENDING: frozenset(
            {State.ACCEPTED, State.DEFERRED, State.FAILED, State.UNKNOWN, State.CLAIMED, State.PLANNED}
        ),
        State.DEFERRED: frozenset({State.CLAIMED, State.SUPPRESSED}),
        State.UNKNOWN: frozenset({State.PLANNED}),
        State.ACCEPTED: frozenset(),
        State.FAILED: frozenset(),
        State.SUPPRESSED: frozenset(),
    }
)
"""From each state, where a recipient may go. From `unknown` back only by the word of a person."""
