"""`smallprint notice translate`: a file in which counsel's sentences can be translated."""

from __future__ import annotations

from pathlib import Path

import click

from smallprint.cli.options import config_option


@click.command()
@click.argument("policy")
@click.argument("version")
@click.argument("language")
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with words of your own, for a language that we have none in.",
)
@config_option
def translate(policy: str, version: str, language: str, *, templates: Path | None, config_file: str) -> None:
    """Write a file in which what counsel wrote on VERSION can be translated into LANGUAGE.

    It holds each sentence with a key below it to be filled in. A translation that is there stays as it is.
    """
    from smallprint.cli.lookup import find_policy, find_version
    from smallprint.errors import NoticeError, UsageError
    from smallprint.notifying.announcing import announce
    from smallprint.notifying.decided import decided
    from smallprint.notifying.texts import known_languages, language_for
    from smallprint.notifying.translations import translation_skeleton
    from smallprint.reading.day import day_asked
    from smallprint.reading.tree import read_tree, shown_folder
    from smallprint.reviewing.folder import inspect_content
    from smallprint.site.run import place_of_site
    from smallprint.whole_file import put_whole

    place = place_of_site(config_file)
    shown = shown_folder(place.content)
    found = find_policy(read_tree(place.content).policies, policy, shown)
    known = known_languages(templates)
    if language not in known:
        raise UsageError(f"There are no words for notices in “{language}”, only in {', '.join(known)}.")
    if language == language_for(found.language, known, ""):
        raise UsageError(f"“{language}” is the language of the policy, and of what counsel wrote.")
    path = shown / policy / "notices" / f"{version}.{language}.yml"
    inspected = inspect_content((found,), place.content, shown.as_posix(), day_asked())
    own = find_version(found, version)
    announcement, _ = announce(found, own, decided(found, own, inspected), place.url)
    if path.exists():
        raise NoticeError(f"{path.as_posix()} is there already; nothing was written over it.")
    try:
        path.parent.mkdir(exist_ok=True)
        put_whole(path, translation_skeleton(announcement, language).encode())
    except OSError as error:
        raise NoticeError(f"{path.as_posix()} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {path.as_posix()}. Fill it in, then plan the notice.")
