"""The changes that a person has still to decide, one after the other in a terminal: each is shown, then asked about."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import click

from smallprint.comparing.definitions import changed_definitions
from smallprint.judgement import Direction, Judgement, Practice, Right
from smallprint.presenting.characters import name_unseen
from smallprint.presenting.summary import change_title
from smallprint.presenting.terminal import change_in_terminal
from smallprint.presenting.wording import wording_for
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
_SKIP, _STOP, _HELP, _KEEP = "s", "q", "?", "keep"
_YES_NO: Final = {"y": YES, "n": NO}
_PRACTICES: Final = {"c": Practice.CHANGED, "d": Practice.DESCRIBED}

_BACK: Final = "<"
"""Goes back from any question; a text may well be “b”."""
_SHORT_BACK: Final = "b"
_VERDICT_PROMPT: Final = "(r)educes, (e)xpands, (m)ixed, (n)eutral; (s)kip, (b)ack, (q)uit, ? for help:"
_LAST_PROMPT: Final = "Save? (y)es, the number of one to change, or (d)iscard them all (Enter for yes):"
_EXPLAINED: Final = """\
  r  reduces: the publisher may do more, or promises less
  e  expands: readers gain a right, or the publisher promises more
  m  mixed: both, and neither clearly outweighs the other
  n  neutral: other words, the same rights
  s  leave it open and go on with the next
  b  go back to the change before this one
  q  stop here; you see what you decided, and it is saved
To any question, < goes back to the one before it.
Material is a loss that people would expect to be told of before it takes effect.
After the last change you see all your decisions once more before they are saved. Ctrl-C saves them too. What is saved \
can be edited or emptied in the file."""

Values = dict[str, str]


class _Back(Exception):  # noqa: N818 - no error: a person wants to see the question before
    """The person went back from the first question that there is on a change."""


@dataclass
class Walk:
    """Goes through open questions with a person."""

    say: Callable[[str], None]
    """Shows a line, which may have colours."""
    ask: Ask
    save: Callable[[Question, Mapping[str, str]], None]
    """Takes down the decision on a question."""
    day: dt.date
    name: str = ""
    """What the person is probably called."""
    by: str = field(default="", init=False)
    """What the person said to be called; asked once."""
    _decided: dict[int, Values] = field(default_factory=dict, init=False)
    """The decisions that are not saved yet, by the number of their question."""

    def through(self, questions: Sequence[Question]) -> bool:
        """Ask about each question, show all decisions, and save them; return whether the person went on to the end.

        Whatever ends the walk before its end, such as Ctrl-C, decisions are saved; but not if the person discards them.
        """
        self._decided.clear()
        try:
            is_through = self._ask_from(0, questions)
            self._look_again(questions)
        finally:
            self._save_all(questions)
        return is_through

    def _save_all(self, questions: Sequence[Question]) -> None:
        for number in sorted(self._decided):
            self.save(questions[number], self._decided[number])
        self._decided.clear()

    def _ask_from(self, number: int, questions: Sequence[Question]) -> bool:
        while number < len(questions):
            try:
                if not self._ask_about(number, questions):
                    return False
                number += 1
            except _Back:
                if not number:
                    self.say("This is the first change.")
                number = max(number - 1, 0)
        return True

    def _ask_about(self, number: int, questions: Sequence[Question]) -> bool:
        """Ask about one change; return whether to go on.

        Raises:
            _Back: The person wants the change before.
        """
        question = questions[number]
        for line in question_lines(question, number + 1, len(questions)):
            self.say(line)
        if before := self._decided.get(number):
            self.say("You decided:")
            for line in _decision_lines(before):
                self.say(line)
        while True:
            verdict = self._verdict(has_decision=before is not None)
            if verdict == _STOP:
                return False
            if verdict == _SKIP:
                self._decided.pop(number, None)
            if verdict in {_SKIP, _KEEP}:
                return True
            try:
                self._decided[number] = self._decision(question, _VERDICTS[verdict])
            except _Back:
                continue  # From the first question about a verdict to the verdict.
            return True

    def _look_again(self, questions: Sequence[Question]) -> None:
        """Show all decisions, let the person change or discard them."""
        while self._decided:
            self.say("")
            self.say(click.style("Your decisions", bold=True))
            for number in sorted(self._decided):
                self.say(f"  {number + 1}  {_title_of(questions[number])}")
                for line in _decision_lines(self._decided[number]):
                    self.say(f"     {line.strip()}")
            answer = self.ask(_LAST_PROMPT, "y").strip().lower()
            if answer in {"", "y", "yes", "q", "quit"}:
                return
            if answer in {"d", "discard"}:
                self._decided.clear()
                self.say("Nothing was saved.")
            elif answer.isdecimal() and int(answer) - 1 in self._decided:
                with suppress(_Back):
                    self._ask_about(int(answer) - 1, questions)
            elif answer in {_BACK, _SHORT_BACK, "back"}:
                with suppress(_Back):
                    self._ask_about(max(self._decided), questions)
            else:
                self.say(f"“{name_unseen(answer)}” is none of the answers.")

    def _verdict(self, *, has_decision: bool) -> str:
        prompt = f"Verdict, Enter keeps yours: {_VERDICT_PROMPT}" if has_decision else f"Verdict: {_VERDICT_PROMPT}"
        while True:
            answer = self.ask(prompt, _KEEP if has_decision else None).strip().lower()
            if answer == _HELP:
                self.say(_EXPLAINED)
                continue
            if answer in {_BACK, _SHORT_BACK, "back"}:
                raise _Back
            named = next((key for key, verdict in _VERDICTS.items() if answer in {key, verdict.value}), "")
            if named or answer in {_SKIP, "skip", _STOP, "quit"} or (has_decision and answer in {"", _KEEP}):
                return named or answer[:1] or _KEEP
            self.say(f"“{name_unseen(answer)}” is none of the answers.")

    def _decision(self, question: Question, verdict: Direction) -> Values:
        """Ask all that there is to say of a verdict.

        Raises:
            _Back: The person went back from the first of these questions.
        """
        what = "Practice (c)hanged, or only its (d)escription? (Enter leaves it open)"
        asked: list[tuple[str, Callable[[], str]]] = []
        if verdict.is_down:
            asked.append(
                ("material", lambda: self._one_of("Material? Would people expect to be told before? (y/n)", _YES_NO))
            )
        if verdict is not Direction.NEUTRAL:
            asked.append(("rights", lambda: self._rights(question)))
        asked += [
            ("reason", lambda: self._reason(suggested_reason(question.findings, verdict))),
            ("for-readers", lambda: self._text("A sentence for readers, such as “We now …” (Enter for none):", "")),
            ("practice", lambda: self._one_of(what, _PRACTICES, default="")),
        ]
        if not self.by:
            asked.append(("by", self._ask_name))
        values = {"verdict": verdict.value}
        step = 0
        while step < len(asked):
            key, ask = asked[step]
            try:
                values[key] = ask()
                step += 1
            except _Back:
                if not step:
                    raise
                step -= 1
        self.by = values.get("by", self.by)
        return values | {"by": self.by, "on": self.day.isoformat()}

    def _ask_name(self) -> str:
        known = f" (Enter for {name_unseen(self.name)})" if self.name else ""
        return self._text(f"Your name{known}:", self.name or None)

    def _reason(self, suggested: str) -> str:
        if not suggested:
            return self._text("Reason, in a sentence:", None)
        self.say(f"Suggested reason: {name_unseen(suggested)}")
        return self._text("Reason (Enter takes the one suggested):", suggested)

    def _rights(self, question: Question) -> str:
        found = ", ".join(Judgement(question.findings).rights)
        while True:
            answer = self._answer(f"Rights concerned (Enter for {found or 'none'}):", found)
            rights, unknown = read_rights(answer)
            if not unknown:
                return ", ".join(rights)
            self.say(f"There is no right “{name_unseen(unknown[0])}”. There are: {', '.join(Right)}.")

    def _one_of(self, prompt: str, answers: Mapping[str, str], default: str | None = None) -> str:
        while True:
            answer = self._answer(prompt, default).strip().lower()
            if not answer and default is not None:
                return default
            found = next((value for key, value in answers.items() if answer in {key, value}), None)
            if found is not None:
                return str(found)
            self.say(f"“{name_unseen(answer)}” is none of the answers.")

    def _text(self, prompt: str, default: str | None) -> str:
        """Ask for text that may stand in a file, with its white space made even."""
        while True:
            text = " ".join(self._answer(prompt, default).split())
            faults = check_text(text, "")
            if not faults and (text or default is not None):
                return text
            self.say(name_unseen(faults[0].what) if faults else "Something has to stand here.")

    def _answer(self, prompt: str, default: str | None) -> str:
        """Ask a question about a verdict.

        Raises:
            _Back: The person wants the question before.
        """
        answer = self.ask(prompt, default)
        if answer.strip() == _BACK:
            raise _Back
        return answer


def _title_of(question: Question) -> str:
    """Return what a change is called among the decisions."""
    comparison = question.comparison
    title = change_title(question.change, wording_for(comparison.new.language))
    return f"{name_unseen(title)} (since {comparison.old.version_id})"


def _decision_lines(values: Mapping[str, str]) -> Iterator[str]:
    """Yield what was decided on a change, in a few lines."""
    material = {YES: "material", NO: "not material"}.get(values.get("material", ""), "")
    yield "  " + " · ".join(filter(None, (values["verdict"], material, values.get("rights", ""))))
    labels = (("reason", "reason"), ("for-readers", "for readers"), ("practice", "practice"))
    for key, label in labels:
        if values.get(key):
            yield f"  {label}: {name_unseen(values[key])}"


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
