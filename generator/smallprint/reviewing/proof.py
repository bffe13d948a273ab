"""What is known of a notice that was sent, without a word on any one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from smallprint.model import VersionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The proof that users were sent a notice of a version, and what came of it.

    Raises:
        ValueError: Its facts contradict each other; says how, for people.
    """

    version: VersionId
    """The version users were told of."""
    baseline: VersionId
    """The earlier version whose readers were told: the notice says what has changed since."""
    notice: str
    """What tells the notice from others, in hex."""
    by: str = "email"
    """In which of `CHANNELS`."""
    first: dt.datetime | None
    """When the first message was accepted, in UTC to the second; none where none was."""
    last: dt.datetime | None
    """The same of the last one."""
    planned: int
    """How many recipients the notice had. Each of them counts once in the numbers below."""
    accepted: int
    """A mail server has taken the message over. Nobody knows whether it was read."""
    failed: int
    """No server will take it: the address is at fault."""
    deferred: int
    """It was not taken yet; a later attempt may succeed."""
    unknown: int
    """It may have been taken, and nobody can tell."""
    suppressed: int
    """Left out, because the address is on the list of those that are not written to."""
    waiting: int = 0
    """No attempt has come to an end yet."""
    joined_since: int = 0
    """Left out of the plan, because they joined after the new version was published; not in `planned`."""
    languages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """How many recipients there are of each language a text was written in, by its tag."""
    texts: str
    """SHA-256 over all texts that were sent."""
    text_of: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """SHA-256 of the text in each language, by its tag."""
    plan: str
    """SHA-256 of the plan."""
    late: str = ""
    """Why users were told later than promised, on one line, in the words of whoever decided it; empty where they were
    told in time."""

    def __post_init__(self) -> None:
        """See that the facts agree."""
        if self.planned != self.counted:
            raise ValueError(f"`planned: {self.planned}` is not the sum of the outcomes, which is {self.counted}.")
        if sum(self.languages.values()) > self.planned:
            told = sum(self.languages.values())
            raise ValueError(f"`languages` counts {told} recipients, and `planned` only {self.planned}.")
        if bool(self.accepted) != bool(self.first and self.last):
            raise ValueError(f"`accepted: {self.accepted}` does not go with the times of the first and the last.")
        if any(
            time and (time.utcoffset() or time.tzinfo is None or time.microsecond) for time in (self.first, self.last)
        ):
            raise ValueError("`first` and `last` are times in UTC, to the second.")
        if self.first and self.last and self.last < self.first:
            raise ValueError("`last` is before `first`.")

    @property
    def counted(self) -> int:
        """The sum of the outcomes."""
        return self.accepted + self.failed + self.deferred + self.unknown + self.suppressed + self.waiting
