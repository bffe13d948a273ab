"""`notice.yml` in a policy's folder → who writes: the addresses of a notice, and what it says to readers of us."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, Severity
from smallprint.notifying.address import AddressError, check_address
from smallprint.notifying.announcement import Sender
from smallprint.notifying.recipient_values import MAX_NAME, unseen_character
from smallprint.reading.characters import check_text
from smallprint.reading.codes import make_fault
from smallprint.reading.fields import Fields
from smallprint.reading.folder import POLICY_FILE
from smallprint.reading.mapping import read_mapping
from smallprint.reading.policy import parse_policy
from smallprint.reading.source import read_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SENDER_FILE: Final = "notice.yml"
KEYS: Final = ("from", "reply-to", "bounces", "contact", "what-you-can-do")
"""The keys that notice.yml may have; the last one also with a language behind it."""
_CODE: Final = "SP701"
_WHAT_TO_DO: Final = "what-you-can-do"
_IN_LANGUAGE: Final = re.compile(rf"{_WHAT_TO_DO}-([a-z]{{2,3}}(?:-[A-Z][a-z]{{3}})?(?:-(?:[A-Z]{{2}}|[0-9]{{3}}))?)")
_HINTS: Final = {
    "sender": "Did you mean `from`?",
    "to": "To whom a notice goes is said by the file of recipients; delete the line.",
    "subject": "The subject is made from what changes; delete the line.",
    "replyto": "Did you mean `reply-to`?",
    "return-path": "Did you mean `bounces`?",
    "language": "Translations have a file each; `language` belongs into policy.yml.",
}
_NAMED: Final = re.compile(r"([^<>]*)<([^<>]*)>")
_EXAMPLE: Final = "Write `from: Acme Ltd <privacy@acme.example>`."
_MISSING: Final = (
    "Write it with at least its first line: `from: Acme Ltd <privacy@acme.example>`, "
    "`reply-to: privacy@acme.example`, `bounces: bounces@acme.example`."
)


def read_sender(folder: Path, shown: str) -> Sender:
    """Read who writes the notices of a policy.

    Args:
        folder: The policy's folder.
        shown: What faults call it: `content/privacy`.

    Raises:
        ContentError: The file is not there, or something is wrong with it; holds all that is.
    """
    path, name = folder / SENDER_FILE, f"{shown}/{SENDER_FILE}"
    if not path.exists():
        raise ContentError([make_fault("SP701", name, "Nothing says who writes: the file is not there.", _MISSING)])
    text, _, faults = read_source(path, name)
    values, more = read_mapping(text, name)
    faults += [*check_text(text, name), *more]
    is_read = not any(fault.severity is Severity.ERROR for fault in faults)
    fields = Fields(values, name, text)
    in_languages = {key: match[1] for key in values if (match := _IN_LANGUAGE.fullmatch(key))}
    fields.check_keys((*KEYS, *in_languages), _HINTS)
    if is_read and not fields.has("from"):
        fields.fault_at("from", _CODE, "`from` is not given, so nobody is said to write.", _EXAMPLE)
    display_name, address = _from(fields)
    sender = Sender(
        name=display_name,
        address=address,
        reply_to=_address(fields, "reply-to"),
        bounces=_address(fields, "bounces"),
        contact=fields.prose("contact"),
        what_you_can_do=_what_to_do(fields, in_languages, folder),
    )
    errors = [fault for fault in (*faults, *fields.faults) if fault.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)
    return sender


def _from(fields: Fields) -> tuple[str, str]:
    """Return the name and the address that `from` gives; empty, with a fault, where it gives none."""
    text = fields.text("from")
    if not text:
        return "", ""
    named = _NAMED.fullmatch(text)
    name, address = (named[1].strip(" "), named[2]) if named else ("", text)
    if problem := _bad_name(name):
        fields.fault_at("from", _CODE, f"`from: {text}`: {problem}", _EXAMPLE)
    return name, _checked(fields, "from", address)


def _bad_name(name: str) -> str:
    """Say why a name cannot stand before the address; empty where it can."""
    if len(name) > MAX_NAME:
        return f"the name has {len(name)} characters, and at most {MAX_NAME} may stand there."
    if "=?" in name:
        return "“=?” stands in the name, which mail software reads as an encoded word."
    if sign := next((sign for sign in '"\\@' if sign in name), ""):
        return f"{sign} stands in the name."
    char = unseen_character(name)
    return f"{char} stands in the name." if char else ""


def _address(fields: Fields, key: str) -> str:
    text = fields.text(key)
    return _checked(fields, key, text) if text else ""


def _checked(fields: Fields, key: str, address: str) -> str:
    try:
        return check_address(address)
    except AddressError as error:
        # Our own addresses may be shown, unlike those of recipients.
        fields.fault_at(key, _CODE, f"`{key}: {fields.text(key)}`: {error.what}", error.remedy)
        return ""


def _what_to_do(fields: Fields, in_languages: Mapping[str, str], folder: Path) -> Mapping[str, str]:
    """Return what readers can do, by language; without one in its key it is in that of the policy."""
    texts = {}
    if own := fields.prose(_WHAT_TO_DO):
        language = _policy_language(folder)
        texts[language] = own
        if language in in_languages.values():
            what = f"`{_WHAT_TO_DO}` is in the language of the policy, and so is `{_WHAT_TO_DO}-{language}`."
            fields.fault_at(f"{_WHAT_TO_DO}-{language}", _CODE, what, "Keep the one that is right.")
    texts.update({language: fields.prose(key) for key, language in in_languages.items() if fields.prose(key)})
    return MappingProxyType(texts)


def _policy_language(folder: Path) -> str:
    """Return the language that policy.yml gives. What is wrong with that file is told by whoever reads the policy."""
    text, _, _ = read_source(folder / POLICY_FILE, POLICY_FILE)
    return parse_policy(text, path=POLICY_FILE, slug=folder.name)[0].language
