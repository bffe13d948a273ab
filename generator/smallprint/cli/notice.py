"""`smallprint notice`: from a decided change to mail in inboxes, and proof of it."""

from __future__ import annotations

import importlib
from typing import Final, cast

import click

COMMANDS: Final = {
    "plan": ("notice_plan", "Freeze what is announced, to whom and by when, in one plan file."),
    "translate": ("notice_translate", "Write a file in which counsel's sentences can be translated."),
    "preview": ("notice_preview", "Write the exact messages as files and as a page for the browser."),
    "test": ("notice_test", "Send a sample in each language to addresses of your own."),
    "send": ("notice_send", "Send a planned notice to everyone."),
    "resume": ("notice_send", "Go on with a notice whose sending has begun."),
    "status": ("notice_status", "Tell how a notice stands."),
    "report": ("notice_report", "Write the proof of a notice into the content folder, without any address."),
    "purge": ("notice_report", "Take addresses and names out of the ledger of a notice."),
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
