"""All words readers see about a notice that was sent to users.

They say what its proof says and no more: that mail servers accepted a message, not that people read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class NoticeWording:
    """The words of one language about notices. Counts stand in `{number}`, written as the language writes them."""

    channels: Mapping[str, str]
    """How users were told, as the end of a sentence."""
    accepted_all: Mapping[str, str]
    accepted_some: Mapping[str, str]
    """By the number of all recipients."""
    failed: Mapping[str, str]
    unknown: Mapping[str, str]
    pending: Mapping[str, str]
    suppressed: Mapping[str, str]

    notified: str = "Users were notified on {day}, {by}."
    notified_between: str = "Users were notified from {first} to {last}, {by}."
    late: str = "Later than promised: {reason}"


def _plural(one: str, other: str) -> Mapping[str, str]:
    return MappingProxyType({"one": one, "other": other})


ENGLISH_NOTICE = NoticeWording(
    channels=MappingProxyType({"email": "by email"}),
    accepted_all=_plural(
        "Mail servers accepted the message for the one recipient there was.",
        "Mail servers accepted the message for all {number} recipients.",
    ),
    accepted_some=_plural(
        "Mail servers accepted the message for {accepted} of {number} recipient.",
        "Mail servers accepted the message for {accepted} of {number} recipients.",
    ),
    failed=_plural("For {number} recipient it failed.", "For {number} recipients it failed."),
    unknown=_plural(
        "For {number} recipient it is not known whether it was accepted.",
        "For {number} recipients it is not known whether it was accepted.",
    ),
    pending=_plural(
        "For {number} recipient it was not accepted yet when this was written down.",
        "For {number} recipients it was not accepted yet when this was written down.",
    ),
    suppressed=_plural(
        "{number} recipient was left out, whose address is on a list of those not to be written to.",
        "{number} recipients were left out, whose addresses are on a list of those not to be written to.",
    ),
)
