"""`smallprint import-history`: every version of a file in a git repository becomes a version of a policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smallprint.cli.options import content_option

if TYPE_CHECKING:
    import datetime as dt


@click.command("import-history")
@click.argument("repository", metavar="REPO", type=click.Path(path_type=Path))
@click.argument("path", metavar="PATH")
@click.option("--policy", "slug", metavar="SLUG", required=True, help="The name of the policy that is made.")
@click.option("--since", metavar="DAY", help="Leave out commits before this day, such as 2020-02-10.")
@click.option("--until", metavar="DAY", help="Leave out commits after this day.")
@click.option(
    "--skip-reverts",
    is_flag=True,
    help="Leave out versions that only give back an earlier text, or change only the query of a link.",
)
@click.option("--sentences", is_flag=True, help="Write each sentence on a line of its own.")
@click.option(
    "--view",
    type=click.Choice(["original", "final", "marked"]),
    help="Word: as what tracked changes are read.",
)
@click.option(
    "--struck",
    type=click.Choice(["drop", "keep"]),
    help="Struck text: leave it out, or keep it as text in force; else it is left out with a question mark.",
)
@content_option
def import_history(
    repository: Path,
    path: str,
    *,
    slug: str,
    since: str | None,
    until: str | None,
    skip_reverts: bool,
    sentences: bool,
    view: str | None,
    struck: str | None,
    content: Path,
) -> None:
    """Make a policy of all versions of a file in a git repository.

    Each commit that changed the words makes a version, named after the author's day, with the clause ids of the version
    before. Commits that changed no words, technical ones of Open Terms Archive, and those in which the file was empty,
    deleted or an error page are skipped and reported.
    """
    from smallprint.importing.files import check_names
    from smallprint.importing.git import Repository
    from smallprint.importing.history import import_history as imported
    from smallprint.importing.history_folder import check_free, tell_history, write_history
    from smallprint.importing.policy_file import policy_of
    from smallprint.importing.report import visible_lines
    from smallprint.reading.tree import shown_folder

    days = {name: _day(name, text) for name, text in (("--since", since), ("--until", until)) if text}
    check_names(slug, "2000-01-01")
    check_free(content, slug)
    policy = policy_of(content, slug)
    history = imported(
        Repository(repository),
        path,
        since=days.get("--since"),
        until=days.get("--until"),
        sentences=sentences,
        view=view or "",
        title=policy.title if policy else "",
        language=policy.language if policy else "en",
        skip_reverts=skip_reverts,
        struck=struck or "",
    )
    write_history(history, content, slug)
    folder = (shown_folder(content) / slug).as_posix()
    told = "\n".join(tell_history(history))
    click.echo(visible_lines(f"Wrote {folder}: {told}"))
    click.echo(f"\nAll of this, and what was left out of each version, is in {folder}/sources/history.txt.")
    click.echo("Next: smallprint check")


def _day(name: str, text: str) -> dt.date:
    from smallprint.errors import UsageError
    from smallprint.reading.fields import read_date

    day = read_date(text)
    if day is None:
        raise UsageError(f"{name}: “{text}” is no day. Write it such as 2020-02-10.")
    return day
