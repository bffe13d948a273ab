"""The text of a rule file → rules, or what is wrong with them, each with its place."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.assessing.rule import Example, Rule, When
from smallprint.assessing.vocabulary import vocabulary
from smallprint.judgement import Direction, Right
from smallprint.reading.codes import make_fault
from smallprint.reading.fields import enumerate_words, near_miss
from smallprint.reading.nodes import Node, NotPlainError, read_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.errors import Fault

_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_KEYS: Final = ("id", "direction", "weight", "rights", "message", "why", "source", "when", "material", "not-material")
_OFF_KEYS: Final = ("off", "because")
_TERM_KEYS: Final = ("gained", "lost", "saying", "not-saying", "around")
_WORD_KEYS: Final = ("gained-words", "lost-words")
_SHARES: Final = ("novelty", "own")
_CHOICES: Final = {
    "turns": ("refusal-into-practice", "will-into-may", "period-up", "period-down", "age-up", "age-down"),
    "stance": ("refusal", "grant", "does"),
    "sentence": ("added", "changed", "removed"),
}
_WHEN_KEYS: Final = (*_TERM_KEYS, *_WORD_KEYS, *_CHOICES, *_SHARES)
_DIRECTIONS: Final = (Direction.REDUCES, Direction.EXPANDS, Direction.UNCLEAR)
_FIELDS: Final = re.compile(r"\{([^{}]*)\}")
_LONGEST_PATTERN: Final = 400


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A rule that a team does without."""

    id: str
    reason: str
    line: int
    column: int
    """Where it begins in its file, from 1."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """All of one rule file."""

    rules: tuple[Rule, ...]
    switched_off: tuple[SwitchedOff, ...]
    faults: tuple[Fault, ...]


def parse_rules(text: str, shown: str) -> Parsed:
    """Read a rule file: a list of rules, and of `off: ID` with `because: REASON`.

    Args:
        text: the whole file.
        shown: what faults call it.
    """
    reader = _Reader(shown, text)
    rules, off = [], []
    for item in reader.items():
        if "off" in item.fields or "because" in item.fields:
            off.append(reader.switch(item))
        elif rule := reader.rule(item):
            rules.append(rule)
    return Parsed(tuple(rules), tuple(off), tuple(sorted(reader.faults)))


class _Reader:
    """Turns items into rules and gathers the faults on the way."""

    def __init__(self, shown: str, text: str) -> None:
        self.faults: list[Fault] = []
        self._shown = shown
        self._text = text

    def items(self) -> tuple[Node, ...]:
        """Return the entries of the file; none where it cannot be read."""
        try:
            root = read_nodes(self._text)
        except NotPlainError as error:
            place = {"line": error.line, "column": error.column, "width": error.width}
            code = error.code or "SP500"
            self.faults.append(make_fault(code, self._shown, error.what, error.remedy, **place, text=self._text))
            return ()
        if root and (root.is_text or root.fields):
            self._fault(root, "This is no list.", "Begin each entry with a hyphen: `- id: …`.", code="SP500")
        return root.items if root else ()

    def switch(self, item: Node) -> SwitchedOff:
        """Read an item that switches a rule off."""
        self._check_keys(item, _OFF_KEYS)
        for key in _OFF_KEYS:
            if not item.text(key):
                self._fault(item, f"`{key}` is missing.", "Write `off: ID` and `because: REASON`.")
        return SwitchedOff(item.text("off"), item.text("because"), item.line, item.column)

    def rule(self, item: Node) -> Rule | None:
        """Read a rule; none where it is no good."""
        before = len(self.faults)
        self._check_keys(item, _KEYS)
        missing = [key for key in ("id", "direction", "message", "why", "source") if not item.text(key)]
        missing += [] if "when" in item.fields else ["when"]
        if missing:
            self._fault(item, f"The rule has no {enumerate_words(missing)}.", "Add it; docs/judging.md has an example.")
        rule_id = item.text("id")
        if rule_id and not _ID.fullmatch(rule_id):
            self._fault(
                item.fields["id"], f"“{rule_id}” is no id.", "Use lower-case words joined by `-`: consent-dropped."
            )
        rule = Rule(
            id=rule_id,
            direction=Direction(self._one_of(item, "direction", _DIRECTIONS) or Direction.UNCLEAR),
            weight=self._share(item, "weight", 0.5),
            rights=tuple(Right(name) for name in self._listed(item, "rights", [str(right) for right in Right])),
            message=self._message(item),
            why=item.text("why"),
            source=item.text("source"),
            when=self._when(item.fields.get("when")),
            material=self._examples(item.fields.get("material")),
            not_material=self._examples(item.fields.get("not-material")),
            line=item.line,
            column=item.column,
        )
        for key in ("material", "not-material"):
            if key not in item.fields or not item.fields[key].items:
                self._fault(
                    item.fields.get(key, item),
                    f"The rule has no `{key}` examples.",
                    f"Give at least one pair below `{key}:`.",
                )
        return rule if len(self.faults) == before else None

    def _when(self, item: Node | None) -> When:
        if item is None:
            return When()
        self._check_keys(item, _WHEN_KEYS)
        known = [*vocabulary().terms, *dict.fromkeys(term.facet for term in vocabulary().terms.values())]
        terms = {key: frozenset(self._listed(item, key, known)) for key in _TERM_KEYS}
        if not item.fields.keys() & {"gained", "lost", *_WORD_KEYS, "turns"}:
            remedy = "Give at least one of `gained`, `lost`, `gained-words`, `lost-words` and `turns`."
            self._fault(item, "The rule does not say what it looks for.", remedy)
        return When(
            gained=terms["gained"],
            lost=terms["lost"],
            gained_words=self._pattern(item, "gained-words"),
            lost_words=self._pattern(item, "lost-words"),
            turns=self._one_of(item, "turns", _CHOICES["turns"]),
            stance=self._one_of(item, "stance", _CHOICES["stance"]),
            sentence=frozenset(self._listed(item, "sentence", _CHOICES["sentence"])),
            saying=terms["saying"],
            not_saying=terms["not-saying"],
            around=terms["around"],
            novelty=self._share(item, "novelty", 0.0),
            own=self._share(item, "own", 0.0),
        )

    def _examples(self, item: Node | None) -> tuple[Example, ...]:
        examples = []
        for pair in item.items if item else ():
            self._check_keys(pair, ("old", "new"))
            if not pair.text("old") and not pair.text("new"):
                self._fault(pair, "The example is empty.", "Give the sentence as `old`, as `new`, or both.")
            examples.append(Example(pair.text("old"), pair.text("new")))
        return tuple(examples)

    def _message(self, item: Node) -> str:
        message = item.text("message")
        for name in _FIELDS.findall(message):
            if name not in {"things", "said"}:
                remedy = "`{things}` and `{said}` are known: what the terms are called, and the words themselves."
                self._fault(item.fields["message"], f"“{{{name}}}” stands for nothing.", remedy)
        return message

    def _pattern(self, item: Node, key: str) -> re.Pattern[str] | None:
        text = item.text(key)
        if not text:
            return None
        if len(text) > _LONGEST_PATTERN:
            self._fault(item.fields[key], "The pattern is too long.", f"Use at most {_LONGEST_PATTERN} characters.")
            return None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # what Python may read in another way one day is no good either
                return re.compile(text, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError, Warning) as error:
            what = str(error).split("\n")[0]
            self._fault(item.fields[key], f"This is no pattern: {what}.", "Write a regular expression of Python's.")
            return None

    def _share(self, item: Node, key: str, default: float) -> float:
        text = item.text(key)
        if not text:
            return default
        if re.fullmatch(r"0(?:\.\d+)?|1(?:\.0+)?", text):
            return float(text)
        self._fault(item.fields[key], f"`{key}: {text}` is no share.", "Write a number from 0 to 1, such as 0.5.")
        return default

    def _one_of(self, item: Node, key: str, known: Iterable[str]) -> str:
        text = item.text(key)
        return text if not text or self._is_known(item.fields[key], text, known) else ""

    def _listed(self, item: Node, key: str, known: Iterable[str]) -> list[str]:
        entry = item.fields.get(key)
        if entry is None:
            return []
        return [one.value for one in entry.items or (entry,) if self._is_known(one, one.value, known)]

    def _is_known(self, place: Node, text: str, known: Iterable[str]) -> bool:
        known = tuple(map(str, known))
        if text in known:
            return True
        near = near_miss(text, known)
        listed = enumerate_words(known) if len(known) <= len(Right) else "the names in assessing/vocabulary.yml"
        self._fault(place, f"“{text}” is not known here.", f"Did you mean `{near}`?" if near else f"Known: {listed}.")
        return False

    def _check_keys(self, item: Node, known: tuple[str, ...]) -> None:
        for key, entry in item.fields.items():
            if key not in known:
                near = near_miss(key, known)
                remedy = f"Did you mean `{near}`?" if near else f"The keys known here are {enumerate_words(known)}."
                self._fault(Node(entry.key_line, entry.key_column), f"`{key}` is no known key.", remedy)

    def _fault(self, place: Node, what: str, remedy: str, code: str = "SP501") -> None:
        self.faults.append(
            make_fault(code, self._shown, what, remedy, line=place.line, column=place.column, text=self._text)
        )
