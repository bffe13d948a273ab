"""`smallprint notice preview`: the exact messages, before anyone gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smallprint.cli.notice_options import notices_option, planned, warn_if_cut_off

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("policy")
@click.argument("version")
@notices_option
def preview(policy: str, version: str, *, notices: Path) -> None:
    """Write a sample in each language as files, and a page that shows them all.

    The page shows each message at the width of a phone and wide, light and dark, beside its text part and its headers;
    and the banner for the product's own site.
    """
    from smallprint.notifying.preview import write_preview

    folder, plan = planned(notices, policy, version)
    page = write_preview(folder.preview, plan)
    warn_if_cut_off(plan)
    click.echo(f"Wrote {page.as_posix()}; open it in a browser.")
    click.echo(f"Next: smallprint notice test {policy} {version} you@example.org --via smtp://…")
