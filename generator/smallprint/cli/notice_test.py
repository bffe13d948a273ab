"""`smallprint notice test`: samples to addresses of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smallprint.cli.notice_options import notices_option, planned, transport_named, via_option, warn_if_cut_off

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("policy")
@click.argument("version")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--language", "languages", multiple=True, help="Only in this language; may be given several times.")
@click.option("--name", default="Sam Sample", show_default=True, help="The name that a sample greets.")
@via_option
@notices_option
@click.pass_context
def test(
    context: click.Context,
    policy: str,
    version: str,
    addresses: tuple[str, ...],
    *,
    languages: tuple[str, ...],
    name: str,
    via: str | None,
    notices: Path,
) -> None:
    """Send a sample in each language to ADDRESSes of your own.

    The message is the very one that is going to be sent, but for name, address and Message-ID. That a sample was
    accepted is written down, without its address; `send` asks for it.
    """
    from smallprint.notifying.samples import send_samples

    folder, plan = planned(notices, policy, version)
    warn_if_cut_off(plan)
    transport = transport_named(via)
    is_good = True
    for sample in send_samples(folder, plan, transport, addresses, languages=languages, name=name):
        is_good &= sample.is_accepted
        click.echo(f"{sample.language} to {sample.address}: {sample.told}")
    if not is_good:
        context.exit(1)
    click.echo(f"Read them, then: smallprint notice send {policy} {version}")
