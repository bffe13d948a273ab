"""`smallprint check`."""

from __future__ import annotations

from pathlib import Path

import click

from smallprint.cli.options import as_of_option


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
@as_of_option
@click.pass_context
def check(context: click.Context, content: Path, strict: bool, form: str, as_of: str | None) -> None:
    """Check the policies in the folder CONTENT without building the site.

    Every fault of every file is told at once. Where all files can be read, versions that are not yet in force are asked
    whether they may be published: whether someone has decided on every change, and whether users are told as promised.
    CONTENT is the folder that holds a folder for each policy; `content` if you name none. The exit code is 0 where
    nothing is wrong, 1 where something is (warnings count only with --strict), 2 where there is no such folder or no
    policy in it.
    """
    from dataclasses import replace

    from smallprint.collector import collect_rarely
    from smallprint.errors import ContentError, Severity
    from smallprint.reading.day import day_asked
    from smallprint.reading.languages import check_languages
    from smallprint.reading.report import format_report
    from smallprint.reading.tree import read_tree, shown_folder
    from smallprint.reviewing.folder import inspect_content, rule_faults

    collect_rarely()
    day, shown = day_asked(as_of), shown_folder(content).as_posix()
    try:
        tree = read_tree(content)
    except ContentError as error:
        faults = sorted({*error.faults, *rule_faults(content, shown)})
    else:
        inspected = inspect_content(tree.policies, content, shown, day)
        others = check_languages(tree.policies)
        languages = (replace(fault, path=f"{shown}/{fault.path.partition('/')[2]}") for fault in others)
        faults = sorted({*tree.faults, *inspected.faults, *inspected.notes, *languages})
    click.echo(format_report(faults, form))
    if any(strict or fault.severity is Severity.ERROR for fault in faults):
        context.exit(1)
