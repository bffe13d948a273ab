"""`smallprint notice`: from a decided change to mail in inboxes, and proof of it."""

from __future__ import annotations

import importlib
from typing import Final, cast

import click

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


class _Commands(click.Group):
    """Imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"smallprint.cli.{COMMANDS[cmd_name][0]}")
        return cast("click.Command", getattr(module, cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=_Commands)
def notice() -> None:
    """Tell users of a version that materially reduces their rights, by email.

    plan → preview → test → send → report. Nothing leaves this machine before `test` and `send`.
    """
