"""The sentences of an announcement in another language: a file to be filled in, and the file filled in → its sentences.

A translation says of which sentences it is one by their digest, so that it does not outlive them.
"""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, Severity
from smallprint.notifying.announcement import Translation
from smallprint.reading.characters import check_text, refused_characters
from smallprint.reading.fields import Fields, near_miss
from smallprint.reading.mapping import read_mapping
from smallprint.reading.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.notifying.announcement import Announcement

FOLDER: Final = "notices"
"""Where translations stand in a policy's folder."""
_CODE: Final = "SP705"
_DIGEST, _TITLE = "of", "policy"
_DIGEST_LENGTH: Final = 16
_MAX_LENGTH: Final = 200_000
_PLAIN_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
_LANGUAGE: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_WIDTH: Final = 100
_QUOTED: Final = 80
"""How much of a sentence a fault repeats."""


def sentences_digest(announcement: Announcement) -> str:
    """Return 16 hex digits that differ whenever a sentence does, or the change that it is about.

    The order of the changes does not matter, nor how white space is laid out.
    """
    pairs = sorted((change.anchor, " ".join(change.sentence.split())) for change in announcement.changes)
    text = json.dumps(pairs, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGEST_LENGTH]


def translation_skeleton(announcement: Announcement, language: str) -> str:
    """Return the text of a translation that is to be filled in, each sentence as a comment above its key."""
    lines = [
        *_comment(
            f"{announcement.policy}, {announcement.version}: the notice in {language}. "
            f"Below each key, write the sentence above it in that language, set in by two spaces."
        ),
        f"{_DIGEST}: {sentences_digest(announcement)}",
        "",
        *_comment(f"The title of the policy, {announcement.policy}; delete the key to keep it as it is."),
        f"{_TITLE}: >-",
        "",
    ]
    for anchor, sentences in _by_anchor(announcement).items():
        for sentence in sentences:
            lines += _comment(sentence)
        lines += [f"{_key(anchor)}: >-", ""]
    return "\n".join(lines)


def read_translation(
    folder: Path, shown: str, version_id: str, language: str, announcement: Announcement
) -> Translation | None:
    """Read the sentences of an announcement in another language.

    Args:
        folder: The policy's folder.
        shown: What faults call it: `content/privacy`.
        version_id: The version that is announced.
        language: The language; its file is `notices/<version>.<language>.yml`.
        announcement: What is announced.

    Returns:
        The translation; none where there is no file.

    Raises:
        ContentError: Something is wrong with the file, or it does not fit what is announced; holds all that is.
    """
    file = f"{FOLDER}/{version_id}.{language}.yml"
    path, name = folder / file, f"{shown}/{file}"
    if not _LANGUAGE.fullmatch(language) or not (path.exists() or path.is_symlink()):
        return None
    text, _, faults = read_source(path, name)
    values, more = read_mapping(text, name, max_length=_MAX_LENGTH)
    faults += [*check_text(text, name), *more]
    fields = Fields(values, name, text)
    if not any(fault.severity is Severity.ERROR for fault in faults):
        _check(fields, announcement)
    errors = [fault for fault in (*faults, *fields.faults) if fault.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)
    sentences = {anchor: fields.prose(_name(anchor)) for anchor in _by_anchor(announcement)}
    return Translation(language, MappingProxyType(sentences), fields.prose(_TITLE))


def _check(fields: Fields, announcement: Announcement) -> None:
    """Note where a file does not fit what is announced."""
    sentences = _by_anchor(announcement)
    known = {_DIGEST, _TITLE, *map(_name, sentences)}
    for key in fields.values:
        if key not in known:
            near = near_miss(key, [name for name in map(_name, sentences) if name not in fields.values])
            remedy = f"Did you mean `{near}`?" if near else "Delete the key: no material change has this anchor."
            fields.fault_at_key(key, _CODE, f"`{key}` is no change that is announced.", remedy)
    for anchor, originals in sentences.items():
        if not fields.prose(_name(anchor)):
            quote = textwrap.shorten(" ".join(originals), _QUOTED, placeholder=" …")
            remedy = f"Write `{_key(anchor)}: …` with the translation of “{quote}”"
            fields.fault_at(_name(anchor), _CODE, f"The sentence of the change `{anchor}` is missing.", remedy)
    digest = sentences_digest(announcement)
    given = fields.text(_DIGEST)
    if not given:
        remedy = f"See that the translation is one of today's sentences, then write `{_DIGEST}: {digest}`."
        fields.fault_at(_DIGEST, _CODE, "Of which sentences this is a translation is not said.", remedy)
    elif given != digest:
        what = f"`{_DIGEST}: {given}`: the sentences are no longer those that were translated."
        remedy = f"Compare each translation with today's sentence, then write `{_DIGEST}: {digest}`."
        fields.fault_at(_DIGEST, _CODE, what, remedy)


def _by_anchor(announcement: Announcement) -> dict[str, list[str]]:
    sentences: dict[str, list[str]] = {}
    for change in announcement.changes:
        sentences.setdefault(change.anchor, []).append(" ".join(change.sentence.split()))
    return sentences


def _name(anchor: str) -> str:
    """Return the key under which the sentence of a change stands.

    A clause may have an id that is a key of ours, such as `policy`; no id begins with `#`.
    """
    return f"#{anchor}" if anchor in {_DIGEST, _TITLE} else anchor


def _key(anchor: str) -> str:
    """Return that key as it is written in YAML."""
    name = _name(anchor)
    return name if _PLAIN_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _comment(text: str) -> list[str]:
    """Return lines of comment that hold a text, what could end them written as its code point."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    for start, count, _ in reversed(refused_characters(text)):
        codes = "".join(f"<U+{ord(char):04X}>" for char in text[start : start + count])
        text = f"{text[:start]}{codes}{text[start + count :]}"
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False)] or ["#"]
