"""What the commands of `smallprint notice` share: their options, and the plan they are about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from smallprint.notifying.delivery import Transport
    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.plan import Plan

notices_option = click.option(
    "--notices",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("notices"),
    show_default=True,
    help="The folder of plans and ledgers, on a disk of this machine.",
)

via_option = click.option(
    "--via",
    metavar="SERVER",
    envvar="SMALLPRINT_MAIL",
    help="smtp://host:port, smtps://host:port or ses:REGION; or the environment variable SMALLPRINT_MAIL.",
)


def planned(notices: Path, policy: str, version: str) -> tuple[NoticeFolder, Plan]:
    """Return the folder of a notice and its plan.

    Raises:
        UsageError: The names are no names of a policy and a version.
        NoticeError: There is no plan, or it is not as it was written.
    """
    from smallprint.errors import UsageError
    from smallprint.notifying.folder import notice_folder
    from smallprint.notifying.plan import read_plan

    for name in (policy, version):
        if not name or "/" in name or "\\" in name or name.startswith("."):
            raise UsageError(f"“{name}” is no name of a policy or a version.")
    folder = notice_folder(notices, policy, version)
    return folder, read_plan(folder.plan)


def warn_if_cut_off(plan: Plan) -> None:
    """Warn of messages that mail programs would not show as a whole."""
    from smallprint.notifying.cut_off import cut_off

    for warning in cut_off(plan):
        click.echo(f"warning: {warning}", err=True)


def transport_named(via: str | None) -> Transport:
    """Return where mail goes.

    Raises:
        UsageError: Nobody said, or it is no server.
    """
    from smallprint.errors import UsageError
    from smallprint.notifying.transports import open_transport

    if not via:
        raise UsageError(
            "Nobody said by which server mail goes. Name it with --via smtp://mail.example.org:587, or in the "
            "environment variable SMALLPRINT_MAIL."
        )
    return open_transport(via)
