"""How hard to send, and when to stop trying."""

from __future__ import annotations

from dataclasses import dataclass, field

from smallprint.notifying.pace import Retrying


@dataclass(frozen=True, slots=True)
class Limits:
    """All times in seconds."""

    connections: int = 1
    per_second: float = 20.0
    """Letters a second over all connections; 0 for no limit."""
    stay: float = 0.0
    """For how long to stay for those who are deferred."""
    patience: float = 300.0
    """For how long to try to get a connection."""
    first_wait: float = 1.0
    """Before the second try to get one; doubled each time, up to a minute."""
    tries_at_once: int = 3
    """How often a letter is tried when connections break under it, before it is deferred."""
    unknown_in_a_row: int = 3
    """After so many the sending stops: the server takes messages and does not say so."""
    deferred_in_a_row: int = 20
    """After so many all connections rest."""
    rest: float = 30.0
    """How long the first rest is; doubled each time."""
    longest_rest: float = 900.0
    rests: int = 6
    """After so many rests without one letter accepted the sending stops."""
    doubtful_domains: int = 3
    """The sending stops when recipients of so many domains in a row were refused, and nothing says on whose account."""
    doubtful_in_a_row: int = 5
    """The same, of whatever domains."""
    failed_share: float = 0.05
    """The sending stops when more than this share of the last letters failed: the list or our name is in trouble."""
    retrying: Retrying = field(default_factory=Retrying)
