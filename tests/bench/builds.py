"""Parts 3 and 4: building a whole site, and building it again after one edit, against MkDocs alone."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from processes import RunError
from projects import Project, Projects, digests, set_up
from report import Goal, megabytes, print_table, ratio_goal, ratio_of, times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus import Corpus
    from processes import Usage

OURS, PEER = "smallprint", "mkdocs, minimal theme"
_SENTENCE = "Sentence number {} was added to see how long a rebuild takes."
_BASE = 200_000_000
_SHOWN = 5


def measure_builds(corpus: Corpus, rounds: int, scratch: Path) -> list[Goal]:
    """Measure cold builds and rebuilds of all histories, print them, and return the goals."""
    projects = set_up(corpus.histories, scratch / "histories")
    ours, peer = cold_builds(projects, rounds)
    limit = _BASE + projects.size
    peak = max(usage.peak for usage in ours)
    middle = sorted(corpus.histories, key=lambda history: len(history.versions))[len(corpus.histories) // 2]
    return [
        _compared("cold build of all histories / mkdocs, version pages alone", ours, peer, 1.0),
        Goal("peak memory of it", f"<= {megabytes(limit)}", megabytes(peak), peak <= limit),
        *measure_rebuild(projects, f"{middle.slug}/{middle.versions[-1].stem}", rounds, scratch / "again"),
    ]


def cold_builds(projects: Projects, rounds: int) -> tuple[list[Usage], list[Usage]]:
    """Build both sites from nothing, in turns; print what it took and return it, ours first."""
    ours: list[Usage] = []
    peer: list[Usage] = []
    for _ in range(rounds):
        ours.append(projects.ours.build(is_cold=True))
        peer.append(projects.peer.build(is_cold=True))
    title = f"Cold build: {projects.versions} versions, {megabytes(projects.size)} of Markdown"
    notes = (
        "smallprint: version pages, a redline for each two neighbours, history, feeds, JSON; mkdocs: version pages.",
        projects.told,
    )
    _print_both(title, projects, ours, peer, notes)
    return ours, peer


def measure_rebuild(projects: Projects, page: str, rounds: int, spare: Path) -> list[Goal]:
    """Append a sentence to a version and build again, some times over; return the goals.

    Args:
        projects: both have been built.
        page: the version, as `policy/version`.
        rounds: how many sentences are added.
        spare: where the content is built anew, to compare the two sites.
    """
    ours: list[Usage] = []
    peer: list[Usage] = []
    for number in range(rounds):
        sentence = _SENTENCE.format(number + 1)
        for project, usages in ((projects.ours, ours), (projects.peer, peer)):
            with (project.content / f"{page}.md").open("a", encoding="utf-8") as file:
                file.write(f"\n{sentence}\n")
            usages.append(project.build(is_dirty=not project.is_ours))
            if sentence not in (project.site / page / "index.html").read_text(encoding="utf-8"):
                raise RunError(f"The sentence added to {page} is not in the site that was built from {project.folder}.")
    cold = projects.ours.copy_to(spare)
    cold.build()
    differing = _differing(projects.ours, cold)
    notes = [
        "after a sentence was added to one version; mkdocs builds with --dirty, which leaves other pages as they were",
        *(f"differs from a cold build of the same content: {path}" for path in differing[:_SHOWN]),
    ]
    _print_both(f"Rebuild after one edit: {projects.versions} versions", projects, ours, peer, notes)
    name = f"rebuild after one edit of {projects.versions} versions"
    return [
        _compared(f"{name} / mkdocs --dirty", ours, peer, 1.2),
        Goal(
            f"files unlike a cold build after it ({projects.versions} versions)",
            "0",
            str(len(differing)),
            not differing,
        ),
    ]


def _differing(one: Project, other: Project) -> list[str]:
    """Return the paths that two sites do not have with the same bytes."""
    left, right = digests(one.site), digests(other.site)
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


def _compared(name: str, ours: Sequence[Usage], peer: Sequence[Usage], limit: float) -> Goal:
    wall, cpu = _ratios(ours, peer)
    return ratio_goal(name, wall, limit, measured=f"{times(wall)} (processor time {times(cpu)})")


def _ratios(ours: Sequence[Usage], peer: Sequence[Usage]) -> tuple[float, float]:
    return (
        ratio_of([usage.seconds for usage in ours], [usage.seconds for usage in peer]),
        ratio_of([usage.cpu for usage in ours], [usage.cpu for usage in peer]),
    )


def _print_both(
    title: str, projects: Projects, ours: Sequence[Usage], peer: Sequence[Usage], notes: Sequence[str]
) -> None:
    rows = []
    for name, project, usages in ((OURS, projects.ours, ours), (PEER, projects.peer, peer)):
        wall, cpu = _ratios(usages, peer)
        files = [path.stat().st_size for path in project.site.rglob("*") if path.is_file()]
        rows.append((
            name,
            f"{median(usage.seconds for usage in usages):.2f} s",
            times(wall),
            f"{median(usage.cpu for usage in usages):.2f} s",
            times(cpu),
            megabytes(max(usage.peak for usage in usages)),
            str(len(files)),
            megabytes(sum(files)),
        ))  # fmt: skip
    head = ("program", "wall", "ratio", "cpu", "ratio", "peak memory", "files", "size")
    print_table(title, head, rows, notes)
