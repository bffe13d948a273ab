"""The plan of a notice: one file with all that is going to be said, and hashes of all that it rests on.

It holds no address of a recipient; those stand in the ledger beside it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from smallprint.errors import NoticeError
from smallprint.notifying.announcement import NoticeText

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION: Final = 1


class PlannedChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One announced change."""

    anchor: str
    title: str
    url: str
    direction: str
    rights: list[str]
    sentence: str
    """As counsel wrote it, in the policy's language."""
    sources: list[str]
    """The provisions that the findings rest on."""


class PlannedDuty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why people are told, how, and by when."""

    days: int
    """So many days before the version takes effect, the policy promises."""
    days_of: str | None
    """The version that promises it; null where none does."""
    ways: list[str]
    """The channels the policy promises; empty where it names none."""
    channel: str
    """The one used."""
    latest: dt.date
    """The last day on which the promise can be kept."""
    late: str
    """Why it is sent although that day is over; empty where it is not."""
    sources: list[str]
    """The provisions that the findings of all changes rest on."""


class PlannedSender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who writes."""

    name: str
    address: str
    reply_to: str
    bounces: str
    contact: str


class PlannedRecipients(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is told, as numbers."""

    file: str
    sha256: str
    lines: int
    """Lines that name someone."""
    bad: int
    """Lines left out because they cannot be read, which a person has agreed to."""
    joined_since: int
    """People left out because they joined after the change was published."""
    merged: int
    """Lines left out because the very address stood there before."""
    alike: int
    """Addresses that differ from another one in capital letters only; they are kept."""
    names_left_out: int
    """Names that are not used, as they hold characters nobody can see."""
    suppressed: int
    """People in the ledger who are not written to, as they are on the list of those."""
    planned: int
    """People in the ledger who are written to."""
    languages: dict[str, int]
    """How many of the planned ones are written to in each language."""
    elsewhere: dict[str, int]
    """How many asked for a language there are no words in, by that language; they get that of the policy."""

    @property
    def total(self) -> int:
        """How many stand in the ledger."""
        return self.planned + self.suppressed


class PlannedList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of those who are not to be written to."""

    file: str
    sha256: str


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that was frozen."""

    schema_version: int
    notice: str
    """The notice's own name, a hash of what it says, to whom it belongs, and who says it; 32 hex digits."""
    policy: str
    title: str
    """The title of the policy."""
    publisher: str
    product: str
    language: str
    """That of the policy."""
    baseline: str
    baseline_effective: dt.date | None
    version: str
    effective: dt.date
    made: dt.date
    """The day for which it was made."""
    duty: PlannedDuty
    changes: list[PlannedChange]
    others: int
    redline_url: str
    text_url: str
    words: dict[str, str]
    """By version, the hash of what readers see of its text, for the baseline and the new version."""
    sender: PlannedSender
    texts: list[NoticeText]
    columns: list[str]
    """The columns of the recipients file that texts show."""
    untranslated: list[str]
    """Languages in which the sentences of counsel stand in the policy's language."""
    templates: str
    """The hash of the templates the texts were made from."""
    recipients: PlannedRecipients
    suppression: PlannedList | None
    sha256: str = ""
    """Of all that stands above."""


def seal(plan: Plan) -> Plan:
    """Return a plan with its own hash."""
    return msgspec.structs.replace(plan, sha256=_digest(plan))


def write_plan(path: Path, plan: Plan) -> None:
    """Write a sealed plan into a file that is not there yet."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(plan), indent=2) + b"\n")


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises:
        NoticeError: It is not there, not whole, or not as it was written.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NoticeError(f"There is no plan {path}. Write one with `smallprint notice plan`.") from error
    except OSError as error:
        raise NoticeError(f"The plan {path} cannot be read: {error.strerror}.") from error
    again = "Nothing is sent from it. Take it back as it was written, or plan the notice again."
    try:
        plan = msgspec.json.decode(data, type=Plan)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoticeError(f"{path} is no plan of a notice ({error}). {again}") from error
    if plan.schema_version != SCHEMA_VERSION:
        raise NoticeError(
            f"{path} has `schema_version` {plan.schema_version}; this smallprint knows {SCHEMA_VERSION}. {again}"
        )
    if plan.sha256 != _digest(plan):
        raise NoticeError(f"{path} was edited after it was written: its hash is another one. {again}")
    return plan


def _digest(plan: Plan) -> str:
    bare = msgspec.structs.replace(plan, sha256="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()
