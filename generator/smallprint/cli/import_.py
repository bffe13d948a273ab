"""`smallprint import`: what exists becomes a version with clause ids."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smallprint.cli.options import content_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from smallprint.importing.bytes import SourceKind
    from smallprint.importing.report import Imported
    from smallprint.importing.retired import Retired
    from smallprint.importing.source import Source
    from smallprint.model import Policy, Version

_STDIN = "-"


@click.command("import")
@click.argument("source")
@click.option("--policy", "slug", metavar="SLUG", required=True, help="The policy it belongs to; made if it is new.")
@click.option("--version", "version_id", metavar="DAY", required=True, help="The day from which the text is in force.")
@click.option("--like", metavar="VERSION", help="Carry clause ids over from this version of the policy.")
@click.option("--title", help="The title of the version, and of the policy if it is new.")
@click.option("--url", default="", help="The address the text was taken from, if the source does not say.")
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
@click.option("--only", metavar="ID", multiple=True, help="Web page: the part to read, of several documents.")
@click.option("--encoding", default="", help="The encoding of the source, if it declares none or a wrong one.")
@click.option("-s", "--strict", is_flag=True, help="Write nothing if any visible word of the source is unexplained.")
@click.option("--replace", is_flag=True, help="Write over a version that is there.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The report for people, or for programs.",
)
@content_option
def import_(
    source: str,
    slug: str,
    version_id: str,
    *,
    like: str | None,
    title: str | None,
    url: str,
    sentences: bool,
    view: str | None,
    struck: str | None,
    only: tuple[str, ...],
    encoding: str,
    strict: bool,
    replace: bool,
    form: str,
    content: Path,
) -> None:
    """Make a version of a policy from a web page, plain text, Markdown or a Word file.

    SOURCE is a file, or - for the standard input. The version goes to CONTENT/SLUG/DAY.md with clause ids proposed from
    its titles; the source is kept beside it. What was left out, and which ids are doubtful, is told.
    """
    from smallprint.importing.files import check_names, put_version, version_path
    from smallprint.importing.report import all_unexplained, report_in_json, report_in_text
    from smallprint.importing.source import Asked, read_any
    from smallprint.importing.struck import refuse_struck
    from smallprint.reading.tree import shown_folder

    check_names(slug, version_id)
    path = version_path(content, slug, version_id)
    shown = (shown_folder(content) / slug / path.name).as_posix()
    is_itself = source != _STDIN and path.exists() and Path(source).resolve() == path.resolve()
    if path.exists() and not replace:
        from smallprint.errors import UsageError

        raise UsageError(f"{shown} is there already. Add --replace to write over it, or name another day.")
    _check_address(url)
    desk = _Desk(content, slug, version_id, like)
    data, name = _bytes(source)
    beside = None if source == _STDIN else _files_beside(Path(source))
    asked = Asked(url=url, encoding=encoding, view=view or "", only=only, struck=struck or "", beside=beside)
    read = read_any(data, name, name, asked)
    imported = desk.make(read, name, title=title or "", sentences=sentences)
    if strict:
        _refuse_unexplained(imported, name)
        if not struck:
            refuse_struck(imported.report.left_out, name)
    new_title = title or _title_of(imported)
    written = put_version(
        path,
        imported.markdown,
        source=None if is_itself else data,
        suffix=_suffix(read.kind),
        title=new_title,
        unexplained=all_unexplained(imported.report),
    )
    names = [(shown_folder(content) / slug / file.relative_to(path.parent)).as_posix() for file in written]
    steps = desk.steps(shown, imported)
    tell = report_in_json if form == "json" else report_in_text
    click.echo(tell(imported.report, names, steps))


def _check_address(url: str) -> None:
    from smallprint.errors import UsageError
    from smallprint.reading.fields import is_address

    if url and not is_address(url):
        raise UsageError(f"--url {url} is no web address. Write the whole of it, beginning with https:// or http://.")


def _bytes(source: str) -> tuple[bytes, str]:
    """Return the bytes of a source, and what to call it."""
    from smallprint.errors import UsageError
    from smallprint.importing.bytes import read_bytes, read_stream

    if source == _STDIN:
        if sys.stdin is None:
            raise UsageError("The standard input is closed. Name a file, or send the text to this command.")
        return read_stream(sys.stdin.buffer, "standard input"), "standard input"
    path = Path(source)
    if not path.exists():
        raise UsageError(f"There is no file {path.as_posix()}. See that the name is right.")
    if path.is_dir():
        raise UsageError(f"{path.as_posix()} is a folder. Name a file in it, or use `smallprint import-history`.")
    return read_bytes(path, path.as_posix()), path.as_posix()


class _Desk:
    """One import into one policy."""

    def __init__(self, content: Path, slug: str, version_id: str, like: str | None) -> None:
        from smallprint.cli.lookup import find_version
        from smallprint.errors import UsageError
        from smallprint.importing.policy_file import policy_of
        from smallprint.reading.fields import read_date
        from smallprint.reading.tree import read_tree

        self._slug = slug
        self._version_id = version_id
        days = (path.stem for path in (content / slug).glob("*.md"))
        self._others = sorted(day for day in days if day != version_id and read_date(day))
        self._earlier = [day for day in self._others if day < version_id]
        self._policy: Policy | None = None
        self._about = policy_of(content, slug)
        self._like: Version | None = None
        if like is not None:
            if not (content / slug / "policy.yml").is_file() or not any((content / slug).glob("????-??-??.md")):
                raise UsageError("--like names another version of the policy, and this one is new. Leave it out.")
            skip = {folder.name for folder in content.iterdir() if folder.name != slug}
            self._policy = read_tree(content, skip=skip).policies[0]
            self._like = find_version(self._policy, like)
            if not self._like.has_ids:
                raise UsageError(f"Version {like} has no clause ids to carry over. Import it again to get some.")
        self._is_next = self._like is not None and self._earlier[-1:] == [self._like.version_id]

    def make(self, source: Source, shown: str, *, title: str, sentences: bool) -> Imported:
        """Return the version made of a source."""
        from smallprint.importing.carry import Heritage
        from smallprint.importing.importing import import_source

        return import_source(
            source,
            shown,
            version_id=self._version_id,
            title=title,
            policy_title=self._about.title if self._about else "",
            language=self._about.language if self._about else "en",
            heritage=Heritage(self._like, self._is_next, self._retired()),
            sentences=sentences,
        )

    def _retired(self) -> Retired:
        """Return the ids of versions before that the version ids are carried over from has no more."""
        from smallprint.importing.retired import Retired

        retired = Retired()
        if self._like is not None and self._policy is not None:
            for version in self._policy.versions:
                if version.version_id < self._version_id:
                    retired.follow(version.clauses, self._like.clauses)
        return retired

    def steps(self, shown: str, imported: Imported) -> list[str]:
        """Say what to do next."""
        steps = [f"Read {shown}, and correct ids while nobody links to them yet."]
        if self._like is None and self._others:
            other = (self._earlier or self._others[:1])[-1]
            steps.append(f"To keep the ids of another version, import it again with --like {other} --replace.")
        if self._like is not None and not self._is_next:
            steps.append(
                f"{self._like.version_id} is not the version right before this one, so no was=… was written; "
                "where text moved, say so in the version right after."
            )
        if any("promise=" in line for line in imported.markdown.split("\n") if "{#" in line):
            steps.append("See that the clause marked promise=… still promises that, in as many days.")
        steps.append("smallprint check")
        if self._earlier:
            steps.append(f"smallprint diff {self._slug} {self._earlier[-1]} {self._version_id}")
        return steps


def _refuse_unexplained(imported: Imported, name: str) -> None:
    from smallprint.errors import ContentError
    from smallprint.reading.codes import make_fault

    words = imported.report.unexplained
    if words:
        from smallprint.importing.report import first_lines

        first, more = first_lines(words)
        rest = f" … and {more} more" if more else ""
        what = f"{len(words)} visible words of the source are unexplained: {' '.join(first)}{rest}"
        remedy = "Import without --strict, put what is missing into the version, and report the source as a bug."
        raise ContentError([make_fault("SP620", name, what, remedy)])


def _files_beside(source: Path) -> Callable[[str], bytes | None]:
    """Return how the files that were saved with a page are read: those in its folder, and no others."""
    from smallprint.errors import ContentError
    from smallprint.importing.bytes import read_bytes

    folder = source.parent.resolve()

    def read(address: str) -> bytes | None:
        path = folder / address
        try:
            is_there = path.resolve().is_relative_to(folder) and path.is_file() and path.resolve() != source.resolve()
            return read_bytes(path, address) if is_there else None
        except (OSError, ValueError, ContentError):
            return None

    return read


def _title_of(imported: Imported) -> str:
    """Return the title that the front matter of a version says."""
    from smallprint.reading.front_matter import split_front_matter

    head, _ = split_front_matter(imported.markdown, "")
    return " ".join(head.values["title"].text.split()) if "title" in head.values else "Privacy Policy"


def _suffix(kind: SourceKind) -> str:
    return {"markdown": "md", "text": "txt"}.get(kind, str(kind))
