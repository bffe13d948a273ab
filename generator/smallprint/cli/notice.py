"""`smallprint notice`: from a decided change to mail in inboxes, and proof of it."""

from __future__ import annotations

from typing import Final

import click

from smallprint.cli.lazy import LazyGroup, Place

COMMANDS: Final = {
    "plan": (
        "notice_plan",
        "Freeze what is announced of VERSION, to whom and by when, in one plan file with a ledger beside it.",
    ),
    "translate": (
        "notice_translate",
        "Write a file in which what counsel wrote on VERSION can be translated into LANGUAGE.",
    ),
    "preview": ("notice_preview", "Write a sample in each language as files, and a page that shows them all."),
    "test": ("notice_test", "Send a sample in each language to ADDRESSes of your own."),
    "send": ("notice_send", "Send a planned notice to everyone, each message to one recipient."),
    "resume": (
        "notice_send",
        "Go on with a notice whose sending has begun, after a crash, an interruption, or when deferred ones are due.",
    ),
    "status": ("notice_status", "Tell how many recipients are in each state; the states add up to the plan."),
    "report": (
        "notice_report",
        "Write the proof of a notice into the content folder: when, to how many, what came of it, in which words.",
    ),
    "purge": (
        "notice_report",
        "Take addresses and names out of the ledger of a notice, for good; states and counts stay.",
    ),
}
"""Each command, the module it is in, and its help, in the order in which they are used."""


_PLACES: Final = {name: Place(module, name, told) for name, (module, told) in COMMANDS.items()}


@click.group(cls=LazyGroup, places=_PLACES)
def notice() -> None:
    """Tell users of a version that materially reduces their rights, by email.

    plan → preview → test → send → report. Nothing leaves this machine before `test` and `send`.
    """
