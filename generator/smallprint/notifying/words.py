"""One language's file of words → everything a notice says that is not of the content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from smallprint.errors import NoticeError
from smallprint.judgement import Direction, Right
from smallprint.notifying.gaps import has_gap_marks
from smallprint.reading.nodes import NotPlainError, read_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smallprint.reading.nodes import Node

_GAP: Final = re.compile(r"\{([^{}]*)\}")
_LEAD: Final = frozenset({"publisher", "policy", "date"})
_MEANING: Final = frozenset({"count", "rights"})
_DATE: Final = frozenset({"date"})
_POLICY: Final = frozenset({"policy"})
_CONTACT: Final = frozenset({"contact"})
_LANGUAGE: Final = frozenset({"language"})
_NONE: Final[frozenset[str]] = frozenset()
_SENTENCES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "subject": _POLICY,
        "preheader.coming": _DATE,
        "preheader.past": _DATE,
        "greeting.named": frozenset({"name"}),
        "greeting.unnamed": _NONE,
        "lead.coming": _LEAD,
        "lead.coming-product": _LEAD | {"product"},
        "lead.past": _LEAD,
        "lead.past-product": _LEAD | {"product"},
        "lead.baseline": frozenset({"baseline"}),
        "against": frozenset({"baseline"}),
        "headings.changes": _NONE,
        "headings.meaning": _NONE,
        "headings.since": _NONE,
        "headings.can-do": _NONE,
        "since.coming": _DATE,
        "since.past": _DATE,
        "can-do": _CONTACT,
        "links.redline": _NONE,
        "links.text": _NONE,
        "original": _LANGUAGE,
        "original-some": _LANGUAGE,
        "promise": _POLICY,
        "automatic": _CONTACT,
        "comma": _NONE,
        "banner.label": _NONE,
        "banner.coming": _POLICY | _DATE,
        "banner.past": _POLICY | _DATE,
        **{f"directions.{direction}": _NONE for direction in Direction if direction.is_down},
        **{f"rights.{right}": _NONE for right in Right},
    }
)
"""The key of each sentence, and the gaps it must have, which are all it may have."""
_COUNTED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **{f"meaning.{direction}": _MEANING for direction in Direction if direction.is_down},
        "others": frozenset({"count"}),
    }
)
"""The same of sentences with a form for each plural category of the language; a form may do without the number."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    sentences: Mapping[str, str]
    """By key, as `lead.coming`."""
    counted: Mapping[str, Mapping[str, str]]
    """By key and plural category."""

    def say(self, key: str, **values: str) -> str:
        """Return a sentence with its gaps filled."""
        return _filled(self.sentences[key], values)

    def say_of(self, key: str, count: int, **values: str) -> str:
        """Return a sentence about so many."""
        locale = _locale(self.language)
        forms = self.counted[key]
        pattern = forms.get(locale.plural_form(count)) or forms["other"]
        return _filled(pattern, {**values, "count": format_decimal(count, locale=locale)})

    def listed(self, items: Sequence[str]) -> str:
        """Return items one after the other; commas alone, as some have an “and” of their own."""
        return self.sentences["comma"].join(items)


def read_words(source: str, language: str, path: str) -> Words:
    """Read the words of a language.

    Args:
        source: the text of the file.
        language: its tag.
        path: the file as its reader would name it.

    Raises:
        NoticeError: It cannot be read, or keys, plural forms or gaps are missing or unknown; tells all of them.
    """
    try:
        node = read_nodes(source)
    except NotPlainError as error:
        raise NoticeError(f"{path}:{error.line}: {error.what} {error.remedy}") from error
    found = dict(_leaves(node, "")) if node else {}
    categories = _categories(language, path)
    forms = {f"{key}.{category}": gaps for key, gaps in _COUNTED.items() for category in categories}
    expected = {**_SENTENCES, **forms}
    faults = [f"`{key}` is missing" for key in expected if key not in found]
    for key, entry in found.items():
        if key in expected:
            needed = expected[key] - {"count"} if key in forms else expected[key]
            faults += [f"line {entry.line}: `{key}` {what}" for what in _faults(entry, expected[key], needed)]
        else:
            faults.append(f"line {entry.key_line or entry.line}: `{key}` is not known")
    if faults:
        raise NoticeError(
            f"{path} is not what a file of words has to be: {'; '.join(faults)}. "
            "Take the file of another language as a pattern; a text that is not needed there cannot be left out."
        )
    texts = {key: " ".join(entry.value.split(" ")) for key, entry in found.items()}
    return Words(
        language,
        MappingProxyType({key: texts[key] for key in _SENTENCES}),
        MappingProxyType(
            {
                key: MappingProxyType({category: texts[f"{key}.{category}"] for category in categories})
                for key in _COUNTED
            }
        ),
    )


def _leaves(node: Node, prefix: str) -> Iterator[tuple[str, Node]]:
    if node.is_text or node.items or not (prefix or node.fields):
        yield prefix.rstrip("."), node
    for key, entry in node.fields.items():
        yield from _leaves(entry, f"{prefix}{key}.")


def _faults(entry: Node, gaps: frozenset[str], needed: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with a text that may have some gaps and needs some of them."""
    if not entry.is_text or not entry.value.strip():
        yield "has no text"
        return
    if "\n" in entry.value or not entry.value.replace("\xa0", " ").replace("\u202f", " ").isprintable():
        yield "has a line end or a character that cannot be seen"
    if has_gap_marks(entry.value):
        yield "has a character for private use"
    met = frozenset(_GAP.findall(entry.value))
    if "{" in _GAP.sub("", entry.value) or "}" in _GAP.sub("", entry.value):
        yield "has a brace without its other half"
    for name in sorted(met - gaps):
        yield f"has the unknown gap {{{name}}}"
    for name in sorted(needed - met):
        yield f"lacks the gap {{{name}}}"


def _categories(language: str, path: str) -> tuple[str, ...]:
    try:
        locale = _locale(language)
    except (UnknownLocaleError, ValueError) as error:
        raise NoticeError(
            f"{path} is named after a language that is not known, `{language}`. Name it by its tag, as `it.yml`."
        ) from error
    return tuple(sorted({*locale.plural_form.tags, "other"}))


def _locale(language: str) -> Locale:
    return Locale.parse("en_001" if language == "en" else language.replace("-", "_"))


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """Fill gaps in one pass, so that a value which looks like a gap stays as it is."""
    return _GAP.sub(lambda match: values[match[1]], pattern)
