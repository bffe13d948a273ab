"""Samples of a notice to addresses of one's own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError, UsageError
from smallprint.notifying.address import AddressError, check_address
from smallprint.notifying.delivery import Outcome, RefusedError, UnreachableError
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.letters import Letters
from smallprint.notifying.lock import SenderLock
from smallprint.notifying.overview import look
from smallprint.notifying.recipient import Recipient

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.notifying.delivery import Answer, Connection, Transport
    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.plan import Plan

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Sample:
    """What came of one sample."""

    language: str
    address: str
    answer: Answer

    @property
    def is_accepted(self) -> bool:
        """Whether a server has taken it over."""
        return self.answer.outcome is Outcome.ACCEPTED

    @property
    def told(self) -> str:
        """What came of it, for a person."""
        return f"{self.answer.outcome} ({f'{self.answer.code} {self.answer.said}'.strip()})"


def send_samples(  # noqa: PLR0913 - the last two go by name
    folder: NoticeFolder,
    plan: Plan,
    transport: Transport,
    addresses: Sequence[str],
    *,
    languages: Sequence[str] = (),
    name: str = "",
) -> Iterator[Sample]:
    """Send a sample in each language to each address, and write down that it was accepted, without the address.

    Args:
        folder: the notice's folder.
        plan: its plan.
        transport: where samples go.
        addresses: addresses of one's own.
        languages: those wanted; all of the plan's where there are none.
        name: whom the samples greet.

    Yields:
        What came of each.

    Raises:
        UsageError: An address or a language is none.
        NoticeError: There is no connection, someone is sending, or the ledger cannot be used.
    """
    checked = [_address(address) for address in addresses]
    wanted = _languages(plan, languages)
    if len(checked) * len(wanted) > _MOST:
        raise UsageError(f"These would be {len(checked) * len(wanted)} samples; at most {_MOST} go at once.")
    # A message id of its own: a mailbox that keeps one of two equal ids would drop the notice that comes later.
    letters = Letters(plan, f"{plan.notice} sample {time.time_ns()}")
    columns = dict.fromkeys(plan.columns, "sample")
    with SenderLock(folder.lock):
        look(folder, plan)
        ledger = Ledger(folder.ledger)
        try:
            connection = _connect(transport)
            for address in checked:
                for language in wanted:
                    letter = letters.letter(Recipient(0, address, language, name, columns=columns), language)
                    answer = connection.deliver(letter, lambda: None)
                    ledger.note_test(language, answer.outcome, answer.code, now=int(time.time()))
                    yield Sample(language, address, answer)
                    if not answer.is_alive:
                        connection.close()
                        connection = _connect(transport)
            connection.close()
        finally:
            ledger.close()


def _address(address: str) -> str:
    try:
        return check_address(address)
    except AddressError as error:
        raise UsageError(f"“{address}” is no address to send to: {error}") from error


def _languages(plan: Plan, languages: Sequence[str]) -> list[str]:
    known = [text.language for text in plan.texts]
    for language in languages:
        if language not in known:
            raise UsageError(f"The plan has no text in “{language}”, only in {', '.join(known)}.")
    return list(dict.fromkeys(languages)) or known


def _connect(transport: Transport) -> Connection:
    try:
        return transport.connect()
    except (RefusedError, UnreachableError) as error:
        raise NoticeError(f"There is no connection to {transport.described}: {error}") from error
