"""`smallprint check`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("content", type=click.Path(path_type=Path), default=Path("content"))
@click.option("-s", "--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="For people, as annotations for GitHub, or for programs.",
)
@click.pass_context
def check(context: click.Context, content: Path, strict: bool, form: str) -> None:
    """Check the policies in the folder CONTENT without building the site.

    Every fault of every file is told at once. CONTENT is the folder that holds a folder for each policy; `content` if
    you name none. The exit code is 0 where nothing is wrong, 1 where something is (warnings count only with --strict),
    2 where there is no such folder or no policy in it.
    """
    from smallprint.errors import ContentError, Severity
    from smallprint.reading.report import format_report
    from smallprint.reading.tree import read_tree

    try:
        faults = read_tree(content).faults
    except ContentError as error:
        faults = error.faults
    click.echo(format_report(faults, form))
    if any(strict or fault.severity is Severity.ERROR for fault in faults):
        context.exit(1)
