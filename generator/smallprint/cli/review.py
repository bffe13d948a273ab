"""`smallprint review`: what counsel has to decide on a version, as a file to fill in or as questions to answer."""

from __future__ import annotations

import shutil
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from smallprint.cli.options import content_option
from smallprint.presenting.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Version
    from smallprint.reviewing.file import ReviewFile
    from smallprint.reviewing.questions import Question
    from smallprint.reviewing.reviews import Reviews
    from smallprint.reviewing.writing import Completed

_ROOM = 10
"""Columns that are left behind a question for an answer."""


@click.command()
@click.argument("policy")
@click.argument("version", required=False)
@click.option("--all", "is_all", is_flag=True, help="Go through all versions that have one before them.")
@click.option("-i", "--interactive", is_flag=True, help="Ask about each open change here, and take down the answers.")
@click.option("--add", metavar="CLAUSE", multiple=True, help="Ask about this clause too, whatever the rules say.")
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit with 1 if anything is open.")
@click.option(
    "--rebind",
    is_flag=True,
    help="Keep decisions bound by an older form of `words`, having seen that they are right for the text as it is now.",
)
@click.option("--on", metavar="DAY", help="The day of the decisions taken here, such as 2020-02-10; today if left out.")
@content_option
@click.pass_context
def review(
    context: click.Context,
    policy: str,
    version: str | None,
    *,
    is_all: bool,
    interactive: bool,
    add: tuple[str, ...],
    is_check: bool,
    rebind: bool,
    on: str | None,
    content: Path,
) -> None:
    """Write or complete the review of a version, and tell what is open in it.

    The review stands in CONTENT/POLICY/reviews/VERSION.yml. It has an entry for each change that the rules found
    something in, since the version before and since users were last told. Decisions that stand in it are never touched.
    VERSION is the newest one if you name none.
    """
    if is_all and (version or add):
        raise click.UsageError("--all goes through all versions; leave out the version and --add.")
    if interactive and is_check:
        raise click.UsageError("--check writes nothing, so it cannot be --interactive.")
    if rebind and is_check:
        raise click.UsageError("--check writes nothing, so it cannot --rebind.")
    from smallprint.collector import collect_rarely

    collect_rarely()
    desk = _Desk(policy, content)
    is_open = False
    for each in desk.versions(version, is_all=is_all):
        completed = desk.complete(each, add, is_written=not is_check, rebinds=rebind)
        lines = desk.told(each, completed, is_alone=not is_all, is_written=not is_check, is_asked=interactive)
        for line in lines:
            click.echo(line)
        is_open |= bool(completed.open)
        if interactive and completed.unanswered and not desk.walk(each, completed, on):
            break
    if is_check and is_open:
        context.exit(1)


class _Desk:
    """One policy with its reviews."""

    def __init__(self, slug: str, content: Path) -> None:
        from smallprint.assessing.rules import team_rules
        from smallprint.cli.lookup import find_policy
        from smallprint.reading.day import day_asked
        from smallprint.reading.tree import read_tree, shown_folder
        from smallprint.reviewing.baseline import ReviewComparisons
        from smallprint.reviewing.published import read_published
        from smallprint.reviewing.reviews import FOLDER
        from smallprint.reviewing.settled import settled_versions

        is_there = (content / slug / "policy.yml").is_file()
        others = {folder.name for folder in content.iterdir() if folder.name != slug} if is_there else set()
        self.policy = find_policy(read_tree(content, skip=others).policies, slug, content)
        self._folder = content / slug / FOLDER
        self._shown = (shown_folder(content) / slug / FOLDER).as_posix()
        self._reviews: Reviews | None = None
        self._comparisons = ReviewComparisons(self.policy)
        self._rules = team_rules(content, shown_folder(content).as_posix()).rules
        published, _ = read_published(content / slug, f"{shown_folder(content).as_posix()}/{slug}")
        self._settled = settled_versions(self.policy, published, day_asked())
        self._name: str | None = None

    def _read(self) -> Reviews:
        """Return all reviews of the policy, read anew after decisions were taken."""
        from smallprint.reviewing.reviews import read_reviews

        if self._reviews is None:
            self._reviews, faults = read_reviews(self._folder, self._shown, self.policy, lambda: self._settled)
            _refuse_broken(faults)
        return self._reviews

    def _read_one(self, version: Version) -> ReviewFile | None:
        """Return the review of a version as it stands now."""
        from smallprint.reviewing.reviews import read_review

        file, faults = read_review(self._folder, self._shown, self.policy, version.version_id)
        _refuse_broken(faults)
        return file

    def versions(self, name: str | None, *, is_all: bool) -> Sequence[Version]:
        from smallprint.cli.lookup import find_version

        if is_all:
            return self.policy.versions[1:]
        return [find_version(self.policy, name) if name else self.policy.versions[-1]]

    def complete(self, version: Version, add: Sequence[str], *, is_written: bool, rebinds: bool) -> Completed:
        """Bring the review of a version up to date."""
        from smallprint.assessing import assess
        from smallprint.reviewing.questions import ask_of
        from smallprint.reviewing.writing import complete, write_review

        comparisons = self._comparisons.of(version)
        questions = ask_of(comparisons, lambda comparison: assess(comparison, self._rules))
        reviews = self._read()
        file = reviews.file(version.version_id)
        completed = complete(
            file,
            questions,
            version=version.version_id,
            is_decided_elsewhere=lambda words: reviews.is_decided_elsewhere(version.version_id, words),
            added=frozenset(self._words_of(clause, version, questions) for clause in add),
            binds_older=rebinds or version.version_id in self._settled,
        )
        before = file.text if file else None
        if is_written and completed.text and completed.text != before:
            write_review(self._path(version), completed.text, before=before)
        return completed

    def _words_of(self, clause: str, version: Version, questions: Mapping[str, Question]) -> str:
        from smallprint.errors import UsageError
        from smallprint.reviewing.questions import anchors_of

        for question in questions.values():
            change = question.change
            if any(clause == one.anchor for one in (*change.new, *change.old)):
                return question.words
        if clause in anchors_of(version):
            raise UsageError(
                f"The clause “{clause}” stands unchanged in {version.version_id}; there is nothing to decide."
            )
        raise UsageError(f"There is no clause “{clause}” in {version.version_id}, nor in what it is compared with.")

    def told(
        self, version: Version, completed: Completed, *, is_alone: bool, is_written: bool, is_asked: bool
    ) -> list[str]:
        """Say how a review stands, in a few lines; of one among many, only what there is to do."""
        from smallprint.presenting.review_state import review_state

        news = (completed.open, completed.set_aside, completed.taken_up, completed.bound, completed.unproven)
        if not is_alone and not any(news):
            return []
        if version is self.policy.versions[0]:
            return [f"{version.version_id} is the first version: there is nothing before it to compare it with."]
        path = f"{self._shown}/{version.version_id}.yml"
        before = self.policy.versions[self.policy.versions.index(version) - 1]
        lines = list(review_state(path, version, completed, before=before, is_listed=not is_asked))
        command = f"smallprint review {self.policy.slug} {version.version_id}"
        if completed.unanswered and is_written and not is_asked:
            lines.append(f"Fill in the open ones there, or answer questions: {command} --interactive")
        lines += _told_of_older(completed, command, is_written=is_written)
        return lines

    def walk(self, version: Version, completed: Completed, on: str | None) -> bool:
        """Ask about what is open; return whether the person went on to the end."""
        from smallprint.presenting.review_walk import Walk
        from smallprint.reading.day import day_asked, parse_day

        day = parse_day(on, "--on") if on else day_asked()
        if self._name is None:
            self._name = _name_in_git()
        walk = Walk(_say, _ask, lambda question, values: self._save(version, question, values), day, self._name)
        try:
            with _ended_in_order():
                is_through = walk.through(completed.unanswered)
        except click.Abort as error:
            # The end of what is piped in is no wish to break off.
            if not isinstance(error.__context__, EOFError):
                raise
            click.echo()
            is_through = False
        self._name = walk.by or self._name
        # What was decided here may be asked for a later version too.
        self._reviews = None
        file = self._read_one(version)
        left = sum(entry.review is None for entry in file.changes) if file else 0
        click.echo(f"\n{left} still open." if left else "\nNothing is open any more.")
        return is_through

    def _save(self, version: Version, question: Question, values: Mapping[str, str]) -> None:
        from smallprint.reviewing.writing import decide, write_review

        # Read anew: someone may have edited the file while a question was open.
        file = self._read_one(version)
        text = decide(file, question.words, values) if file else ""
        write_review(self._path(version), text, before=file.text if file else None)
        click.echo("Saved.")

    def _path(self, version: Version) -> Path:
        return self._folder / f"{version.version_id}.yml"


def _told_of_older(completed: Completed, command: str, *, is_written: bool) -> Iterator[str]:
    """Say what became of decisions that are bound by the older form of the hash."""
    if number := len(completed.bound):
        count, verb = ("1 decision was", "holds") if number == 1 else (f"{number} decisions were", "hold")
        yield f"  {count} bound by an older form of `words`, and {verb} as before."
        yield "  The new form is in the file now." if is_written else f"  To write the new form: {command}"
    if number := len(completed.unproven):
        count, verb = ("1 of them has a decision", "is") if number == 1 else (f"{number} of them have decisions", "are")
        yield f"  {count} that {verb} bound by an older form of `words`, which sees no cells, lists or formatting."
        yield "  So nothing says whether the text is still the one that was decided on. Look at it as it is now; then"
        yield f"  keep what is right for it: {command} --rebind"
        yield f"  or first delete the entry of what is not, and run: {command}"


def _refuse_broken(faults: Sequence[Fault]) -> None:
    """Stop where a review cannot be relied on, with all that is wrong."""
    from smallprint.errors import ContentError
    from smallprint.reviewing.file import is_broken

    if is_broken(faults):
        raise ContentError(faults)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a terminal that is closed, or a polite end from outside, be as Ctrl-C is: what was decided is saved."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = {name: signal.signal(name, end) for name in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _say(text: str) -> None:
    """Show a text, broken between words where the terminal ends."""
    for line in wrapped(text, _width()):
        click.echo(line)


def _ask(prompt: str, default: str | None) -> str:
    *lines, last = wrapped(prompt, _width() - _ROOM)
    for line in lines:
        click.echo(line)
    return str(click.prompt(last, default=default, show_default=False, prompt_suffix=" "))


def _width() -> int:
    return max(shutil.get_terminal_size().columns, 2 * _ROOM)


def _name_in_git() -> str:
    """Return what git calls the person at the keyboard, empty where it does not know."""
    try:
        done = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, encoding="utf-8", timeout=5, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
