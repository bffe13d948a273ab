"""Options that several commands have."""

from __future__ import annotations

import click

config_option = click.option(
    "-f",
    "--config",
    "config_file",
    type=click.Path(exists=True, dir_okay=False),
    default="mkdocs.yml",
    show_default=True,
    help="The configuration of the site.",
)
