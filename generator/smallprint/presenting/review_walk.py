"""The changes that a person has still to decide, one after the other in a terminal: each is shown, then asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import click

from smallprint.comparing.definitions import changed_definitions
from smallprint.judgement import Direction, Judgement, Practice, Right
from smallprint.presenting.characters import name_unseen
from smallprint.presenting.terminal import change_in_terminal
from smallprint.reading.characters import check_text
from smallprint.reviewing.fields import NO, YES, read_rights

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from smallprint.judgement import Finding
    from smallprint.reviewing.questions import Question

    Ask = Callable[[str, str | None], str]
    """Shows a prompt and returns what was typed; the default for nothing, asking again where there is no default."""

_VERDICTS: Final = {
    "r": Direction.REDUCES,
    "e": Direction.EXPANDS,
    "m": Direction.MIXED,
    "n": Direction.NEUTRAL,
}
_SUGGESTED: Final = 3
"""How many findings' reasons are suggested together."""
_SKIP, _STOP, _HELP = "s", "q", "?"
_YES_NO: Final = {"y": YES, "n": NO}
_PRACTICES: Final = {"c": Practice.CHANGED, "d": Practice.DESCRIBED}

_VERDICT_PROMPT: Final = "Verdict: (r)educes, (e)xpands, (m)ixed, (n)eutral; (s)kip, (q)uit, ? for help"
_EXPLAINED: Final = """\
  r  reduces: the publisher may do more, or promises less
  e  expands: readers gain a right, or the publisher promises more
  m  mixed: both, and neither clearly outweighs the other
  n  neutral: other words, the same rights
  s  leave it open and go on with the next
  q  stop here; what is decided is saved
Material is a loss that people would expect to be told of before it takes effect.
A decision is saved as soon as its last question is answered, and can be edited or emptied in the file."""


@dataclass
class Walk:
    """Goes through open questions with a person."""

    say: Callable[[str], None]
    """Shows a line, which may have colours."""
    ask: Ask
    save: Callable[[Question, Mapping[str, str]], None]
    """Takes down the decision on a question, at once."""
    day: dt.date
    name: str = ""
    """What the person is probably called."""
    by: str = field(default="", init=False)
    """What the person said to be called; asked once."""

    def through(self, questions: Sequence[Question]) -> bool:
        """Ask about each question; return whether the person went on to the end."""
        for position, question in enumerate(questions, 1):
            for line in question_lines(question, position, len(questions)):
                self.say(line)
            verdict = self._verdict()
            if verdict == _STOP:
                return False
            if verdict != _SKIP:
                self.save(question, self._decision(question, _VERDICTS[verdict]))
        return True

    def _verdict(self) -> str:
        while True:
            answer = self.ask(_VERDICT_PROMPT, None).strip().lower()
            if answer == _HELP:
                self.say(_EXPLAINED)
                continue
            named = next((key for key, verdict in _VERDICTS.items() if answer in {key, verdict.value}), "")
            if named or answer in {_SKIP, "skip", _STOP, "quit"}:
                return named or answer[0]
            self.say(f"“{name_unseen(answer)}” is none of the answers.")

    def _decision(self, question: Question, verdict: Direction) -> dict[str, str]:
        values = {"verdict": verdict.value}
        if verdict.is_down:
            values["material"] = self._one_of("Material? Would people expect to be told before? (y/n)", _YES_NO)
        if verdict is not Direction.NEUTRAL:
            values["rights"] = self._rights(question)
        values["reason"] = self._reason(suggested_reason(question.findings, verdict))
        values["for-readers"] = self._text("A sentence for readers, such as “We now …” (Enter for none):", "")
        what = "Has the (c)ompany's practice changed, or only its (d)escription? (Enter leaves it open)"
        values["practice"] = self._one_of(what, _PRACTICES, default="")
        if not self.by:
            known = f" (Enter for {name_unseen(self.name)})" if self.name else ""
            self.by = self._text(f"Your name{known}:", self.name or None)
        return values | {"by": self.by, "on": self.day.isoformat()}

    def _reason(self, suggested: str) -> str:
        if not suggested:
            return self._text("Reason, in a sentence:", None)
        self.say(f"Suggested reason: {name_unseen(suggested)}")
        return self._text("Reason (Enter takes the one suggested):", suggested)

    def _rights(self, question: Question) -> str:
        found = ", ".join(Judgement(question.findings).rights)
        while True:
            answer = self.ask(f"Rights concerned (Enter for {found or 'none'}):", found)
            rights, unknown = read_rights(answer)
            if not unknown:
                return ", ".join(rights)
            self.say(f"There is no right “{name_unseen(unknown[0])}”. There are: {', '.join(Right)}.")

    def _one_of(self, prompt: str, answers: Mapping[str, str], default: str | None = None) -> str:
        while True:
            answer = self.ask(prompt, default).strip().lower()
            if not answer and default is not None:
                return default
            found = next((value for key, value in answers.items() if answer in {key, value}), None)
            if found is not None:
                return str(found)
            self.say(f"“{name_unseen(answer)}” is none of the answers.")

    def _text(self, prompt: str, default: str | None) -> str:
        """Ask for text that may stand in a file, with its white space made even."""
        while True:
            text = " ".join(self.ask(prompt, default).split())
            faults = check_text(text, "")
            if not faults and (text or default is not None):
                return text
            self.say(name_unseen(faults[0].what) if faults else "Something has to stand here.")


def question_lines(question: Question, position: int, count: int) -> Iterator[str]:
    """Yield what a person needs to see to decide: the redline of a change, and what the rules found in it."""
    comparison = question.comparison
    yield ""
    yield click.style(f"{comparison.old.version_id} → {comparison.new.version_id}", dim=True)
    yield from change_in_terminal(question.change, comparison, position, count)
    yield ""
    for each in changed_definitions(comparison):
        if each.change == question.change.number:
            titles = ", ".join(f"“{name_unseen(clause.title)}”" for clause in each.used_in)
            verb = "changes what" if each.new else "no longer says what"
            yield f"  This {verb} “{name_unseen(each.term)}” means in: {titles}."
    for finding in question.findings:
        yield from _finding_lines(finding)
    if not question.findings:
        yield "  The rules found nothing in it."


def _finding_lines(finding: Finding) -> Iterator[str]:
    weight = [] if not finding.direction.is_down else ["material" if finding.material else "not material"]
    head = " · ".join([finding.direction.value, *weight, *finding.rights])
    yield f"  {click.style(head, bold=True)}  {click.style(finding.rule, dim=True)}"
    yield f"    {name_unseen(finding.reason)}"
    for label, quote in (("before", finding.old_quote), ("now", finding.new_quote)):
        if quote:
            yield f"    {label}: “{name_unseen(quote)}”"
    yield f"    rests on: {name_unseen(finding.source)}"


def suggested_reason(findings: Sequence[Finding], verdict: Direction) -> str:
    """Return the reasons of the findings that come to the same verdict, as one text; none where none does."""
    same = {Direction.MIXED: {Direction.REDUCES, Direction.EXPANDS, Direction.MIXED}}.get(verdict, {verdict})
    reasons = dict.fromkeys(" ".join(finding.reason.split()) for finding in findings if finding.direction in same)
    text = " ".join(list(reasons)[:_SUGGESTED])
    return "" if check_text(text, "") else text
