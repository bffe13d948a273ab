"""A group of commands that are imported when they are called, so that `--help` and the quick ones stay quick."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class Place(NamedTuple):
    """Where a command is, and its help, which is there without importing it."""

    module: str
    """Of this package."""
    name: str
    """The object in it."""
    told: str


class LazyGroup(click.Group):
    """Knows of its commands where they are and what they do."""

    def __init__(self, *arguments: Any, places: Mapping[str, Place], **options: Any) -> None:
        """Take the commands by name, in the order in which they are listed."""
        super().__init__(*arguments, **options)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        place = self._places.get(cmd_name)
        if place is None:
            return None
        return cast("click.Command", getattr(importlib.import_module(f"smallprint.cli.{place.module}"), place.name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.told) for name, place in self._places.items()])
