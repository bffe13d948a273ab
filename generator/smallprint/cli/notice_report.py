"""`smallprint notice report` and `purge`: what stays of a notice, and what does not."""

from __future__ import annotations

import time
from pathlib import Path

import click

from smallprint.cli.notice_options import notices_option, planned
from smallprint.cli.options import config_option
from smallprint.notifying.numbers import counted


@click.command()
@click.argument("policy")
@click.argument("version")
@notices_option
@config_option
def report(policy: str, version: str, *, notices: Path, config_file: str) -> None:
    """Write the proof of a notice into the content folder: when, to how many, what came of it, in which words.

    It holds no address. Commit it: the history page then says that users were notified. Writing it again brings it up
    to date.
    """
    from smallprint.notifying.overview import look
    from smallprint.notifying.proving import prove
    from smallprint.reading.tree import shown_folder
    from smallprint.reviewing.proofs import FOLDER, write_proof
    from smallprint.site.run import place_of_site

    folder, plan = planned(notices, policy, version)
    proof = prove(folder, plan)
    path = write_proof(shown_folder(place_of_site(config_file).content) / policy / FOLDER, proof)
    click.echo(f"Wrote {path.as_posix()}: accepted for {proof.accepted:,} of {proof.planned:,} recipients. Commit it.")
    is_purged = look(folder, plan).is_purged
    if (left := proof.waiting + proof.deferred) and not is_purged:
        click.echo(f"{counted(left, 'recipient is', 'recipients are')} still to be sent to; write it again after that.")
    assert proof.first is not None  # noqa: S101 - nothing is proven before a message was accepted
    click.echo(f"See that {version}.md says so too:\n  notified: {proof.first.date()}\n  notified-by: {proof.by}")
    if not is_purged:
        click.echo(f"When nobody has questions any more: smallprint notice purge {policy} {version}")


@click.command()
@click.argument("policy")
@click.argument("version")
@click.option("--unfinished", is_flag=True, help="Although some were not sent to yet; they never will be.")
@notices_option
def purge(policy: str, version: str, *, unfinished: bool, notices: Path) -> None:
    """Take addresses and names out of the ledger of a notice, for good; states and counts stay."""
    from smallprint.notifying.lock import SenderLock
    from smallprint.notifying.purge import purge as take_out

    folder, plan = planned(notices, policy, version)
    with SenderLock(folder.lock):
        number = take_out(folder, plan, now=int(time.time()), unfinished=unfinished)
    click.echo(f"Took the personal data of {counted(number, 'recipient', 'recipients')} out of {folder.ledger}.")
    click.echo(
        f"The file it was planned from is yours to deal with: {plan.recipients.file}"
        if Path(plan.recipients.file).exists()
        else "The counts stay, for `status` and `report`."
    )
