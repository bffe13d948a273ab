"""A recipient taken up by a sender, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.notifying.recipient import Recipient

if TYPE_CHECKING:
    from smallprint.notifying.state import State

COLUMNS: Final = "id, line, address, language, name, columns, tries, first_try"
"""Of the ledger, what a claim is made of."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A recipient whom this process has taken up."""

    number: int
    """The recipient's number in the ledger."""
    recipient: Recipient
    language: str
    """That of the text to be sent."""
    tries: int
    """How often it was tried before."""
    first_try: int | None
    """When it was first tried, in seconds since 1970; none if never."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claim."""

    number: int
    before: State
    """`claimed` or `sending`."""
    after: State
    code: str = ""
    tries: int = 0
    first_try: int | None = None
    due: int | None = None
    """For `deferred`: when to try again, in seconds since 1970."""


def claim_of(row: tuple[object, ...]) -> Claim:
    """Return a row of the ledger, its columns as `COLUMNS` names them, as a claim."""
    number, line, address, language, name, columns, tries, first_try = row
    recipient = Recipient(
        line=int(str(line)),
        address=str(address),
        language=str(language),
        name=str(name or ""),
        columns=json.loads(str(columns)) if columns else {},
    )
    return Claim(
        int(str(number)), recipient, str(language), int(str(tries)), None if first_try is None else int(str(first_try))
    )
