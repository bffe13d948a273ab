"""`smallprint build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smallprint.cli.options import config_option

if TYPE_CHECKING:
    from smallprint.site.run import Built


@click.command()
@config_option
@click.option("-s", "--strict", is_flag=True, help="Refuse to put in place a site that there are warnings about.")
@click.option("--as-of", metavar="DAY", help="Build the site as it is to be read on this day, such as 2020-02-10.")
@click.option("--preview", is_flag=True, help="Also show what the rules propose and no person has decided.")
@click.option("-d", "--site-dir", metavar="FOLDER", help="Where the site goes, if not where the configuration says.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of a build that went well.")
def build(
    config_file: str, strict: bool, as_of: str | None, *, preview: bool, site_dir: str | None, quiet: bool
) -> None:
    """Build the site and put it in place.

    The old site stands untouched until the new one is whole; then the two change places in one step. Files in the old
    site that smallprint did not write are kept. `mkdocs build` makes the same site.
    """
    from smallprint.site.run import build_site

    built = build_site(config_file, strict=strict, as_of=as_of, preview=preview or None, site_dir=site_dir, say=_say)
    if not quiet:
        click.echo(_summary(built))


def _say(text: str) -> None:
    click.echo(text, err=True)


def _summary(built: Built) -> str:
    made = ", ".join(
        [
            _counted(built.policies, "policy", "policies"),
            _counted(built.versions, "version", "versions"),
            _counted(built.redlines, "redline", "redlines"),
        ]
    )
    lines = [
        f"Built {made} as of {built.day.isoformat()} in {built.seconds:.1f} s.",
        f"Look at {_shown(built.site)}" + (f", to be published at {built.url}" if built.url else ""),
    ]
    if built.is_preview:
        lines.append("This is a preview: it shows what no person has decided. Do not publish it.")
    if built.kept:
        lines.insert(1, f"Kept {_counted(built.kept, 'file', 'files')} that smallprint did not write.")
    return "\n".join(lines)


def _shown(site: Path) -> str:
    start = site / "index.html"
    here = Path.cwd()
    return str(start.relative_to(here) if start.is_relative_to(here) else start)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
