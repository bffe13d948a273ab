"""How a review stands, in a few lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.judgement import Judgement
from smallprint.presenting.characters import name_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import Version
    from smallprint.reviewing.file import Entry
    from smallprint.reviewing.questions import Question
    from smallprint.reviewing.writing import Completed


def review_state(
    path: str, version: Version, completed: Completed, *, before: Version | None = None, is_listed: bool = True
) -> Iterator[str]:
    """Yield what is open in a review, what is decided, and which decisions no longer hold or hold again.

    Args:
        path: the review file as shown to readers.
        version: the version reviewed.
        completed: the review.
        before: the version before it.
        is_listed: whether what is open is told one by one, and not only counted.
    """
    if not completed.text:
        yield f"{version.version_id}: the rules found nothing that a person has to decide."
        return
    yield path
    if completed.open:
        yield f"  {_count(completed.open, 'change is', 'changes are')} open{':' if is_listed else '.'}"
        yield from (f"    {_about(question)}" for question in completed.open if is_listed)
    else:
        yield "  Nothing is open."
    yield from _since_baseline(completed.open, before)
    if completed.decided:
        yield f"  {_count(completed.decided, 'change is', 'changes are')} decided."
    if completed.set_aside:
        what = _count(completed.set_aside, "decision no longer holds", "decisions no longer hold")
        yield f"  {what}, as the words were edited; kept under `changes-before`:"
        yield from (f"    {_decision(entry)}" for entry in completed.set_aside)
    if completed.taken_up:
        what = _count(completed.taken_up, "decision holds", "decisions hold")
        yield f"  {what} again, as the words stand again:"
        yield from (f"    {_decision(entry)}" for entry in completed.taken_up)


def _since_baseline(questions: Sequence[Question], before: Version | None) -> Iterator[str]:
    """Say why changes are asked about that the last step has not made."""
    earlier = [old for question in questions if (old := question.comparison.old) is not before]
    if earlier:
        told = "the version users were last told of" if earlier[0].notified else "as none has `notified` since then"
        yield f"  {len(earlier)} of them: what has changed since {earlier[0].version_id}, {told}."


def _about(question: Question) -> str:
    judgement = Judgement(question.findings)
    parts = [judgement.direction.value] if question.findings else ["the rules found nothing"]
    parts += ["material"] if judgement.material else []
    says = " · ".join([*parts, *judgement.rights])
    return f"{name_unseen(question.clauses)} (since {question.comparison.old.version_id}): {says}"


def _decision(entry: Entry) -> str:
    review = entry.review
    told = f": {review.direction} ({review.by}, {review.on})" if review else ""
    return name_unseen(f"{entry.clauses or entry.words}{told}")


def _count(items: Sequence[object], one: str, many: str) -> str:
    return f"{len(items)} {one if len(items) == 1 else many}"
