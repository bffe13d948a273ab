"""The proof of a notice as lines `key: value`, and those lines → the proof, or what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.model import VersionId
from smallprint.reading.characters import check_text
from smallprint.reading.fields import Fields, enumerate_words, near_miss
from smallprint.reading.mapping import read_mapping
from smallprint.reviewing.proof import Proof
from smallprint.reviewing.scalars import value_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from smallprint.errors import Fault

_HEAD: Final = """\
# The proof that users were notified of this version, written by `smallprint notice report`.
# It holds no address of anybody. Commit it; the history page tells of it.
"""
_OUTCOMES: Final = ("planned", "accepted", "failed", "deferred", "unknown", "suppressed")
_SPARSE: Final = ("waiting", "joined-since")
"""Counts that are written where they are not 0."""
KEYS: Final = (
    "version",
    "baseline",
    "notice",
    "by",
    "first",
    "last",
    *_OUTCOMES,
    *_SPARSE,
    "languages",
    "texts",
    "plan",
    "late",
)
_NEEDED: Final = ("version", "baseline", "notice", "by", *_OUTCOMES, "texts", "plan")
_TEXT_OF: Final = "text-"
_CHANNELS: Final = ("email",)
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_TIME_FORM: Final = "%Y-%m-%dT%H:%M:%SZ"
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,11}")
_SHA: Final = re.compile(r"[0-9a-f]{64}")
_NOTICE: Final = re.compile(r"[0-9a-f]{8,64}")
_ANEW: Final = "Run `smallprint notice report` anew, or take the file back from git as it was."


def proof_text(proof: Proof) -> str:
    """Return the file that holds a proof: the same text for equal proofs, read back as it was."""
    values = {
        "version": proof.version,
        "baseline": proof.baseline,
        "notice": proof.notice,
        "by": proof.by,
        "first": _time_text(proof.first),
        "last": _time_text(proof.last),
    }
    values |= {key: str(_count_of(proof, key)) for key in _OUTCOMES}
    values |= {key: str(_count_of(proof, key)) for key in _SPARSE if _count_of(proof, key)}
    values["languages"] = ", ".join(f"{tag} {count}" for tag, count in sorted(proof.languages.items()))
    values["texts"] = proof.texts
    values |= {f"{_TEXT_OF}{tag}": digest for tag, digest in sorted(proof.text_of.items())}
    values |= {"plan": proof.plan, "late": proof.late}
    lines = [line for key, value in values.items() if value for line in value_lines(f"{key}:", value, 2)]
    return _HEAD + "\n".join(lines) + "\n"


def _count_of(proof: Proof, key: str) -> int:
    count: int = getattr(proof, key.replace("-", "_"))
    return count


def _time_text(time: dt.datetime | None) -> str:
    # Not `strftime`: it writes years before 1000 with fewer digits on some systems.
    return f"{time.replace(tzinfo=None).isoformat()}Z" if time else ""


def parse_proof(
    text: str, version: VersionId, earlier: Collection[VersionId], shown: str
) -> tuple[Proof | None, list[Fault]]:
    """Read the text of a proof.

    Args:
        text: the whole file, line ends as LF.
        version: the version that the file is named after.
        earlier: the versions before that one.
        shown: what faults call the file.

    Returns:
        The proof, none where something is wrong with it; and the faults.
    """
    if faults := check_text(text, shown):
        return None, faults
    values, faults = read_mapping(text, shown)
    reader = _Reader(Fields(values, shown, text))
    faults = [*faults, *reader.check()]
    if faults:
        return None, [_of_proof(fault) for fault in faults]
    proof = reader.proof(version, earlier)
    return proof, [_of_proof(fault) for fault in reader.faults]


def _of_proof(fault: Fault) -> Fault:
    """Give the faults of any list of keys the codes that speak of proofs."""
    if fault.code.startswith("SP54"):
        return fault
    return replace(fault, code="SP541" if fault.code == "SP206" else "SP540")


class _Reader:
    """Takes the facts of a proof from its values and notes what is wrong with them."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self.faults = fields.faults

    def check(self) -> list[Fault]:
        """Return the faults of keys: unknown, without a value, missing."""
        there = self._fields.values
        known = (*KEYS, *(key for key in there if _tag_of(key)))
        self._fields.check_keys(known, {})
        slips = {near_miss(key, KEYS) for key in there if key not in known}
        missing = [key for key in _NEEDED if key not in there and key not in slips]
        if missing:
            verb = "are" if len(missing) > 1 else "is"
            self._flaw("", f"{enumerate_words(missing)} {verb} missing.")
        return self.faults

    def proof(self, version: VersionId, earlier: Collection[VersionId]) -> Proof | None:
        """Return the proof; none where a value is not what it should be, which is noted."""
        fields = self._fields
        if fields.text("version") != version:
            what = f"The file is named after {version}, and says `version: {fields.text('version')}`."
            fields.fault_at("version", "SP543", what, "Rename the file after the version that it is a proof for.")
        baseline = VersionId(fields.text("baseline"))
        if baseline not in earlier:
            what = f"`baseline: {baseline}` names no version before {version}."
            fields.fault_at("baseline", "SP543", what, _ANEW)
        counts = {key.replace("-", "_"): self._count(key) for key in (*_OUTCOMES, *_SPARSE)}
        notice, by = self._match("notice", _NOTICE, "hex digits"), fields.choice("by", _CHANNELS)
        texts, plan = (self._match(key, _SHA, "a SHA-256 in hex") for key in ("texts", "plan"))
        first, last, languages, text_of = self._time("first"), self._time("last"), self._languages(), self._text_of()
        late = self._late()
        if self.faults:
            return None
        try:
            return Proof(
                version=version,
                baseline=baseline,
                notice=notice,
                by=by,
                first=first,
                last=last,
                languages=MappingProxyType(languages),
                texts=texts,
                text_of=MappingProxyType(text_of),
                plan=plan,
                late=late,
                **counts,
            )
        except ValueError as error:
            key = "last" if str(error).startswith("`last`") else "planned"
            fields.fault_at(key, "SP542", str(error), _ANEW)
            return None

    def _count(self, key: str) -> int:
        text = self._match(key, _COUNT, "a number") if key in self._fields.values else ""
        return int(text) if text else 0

    def _time(self, key: str) -> dt.datetime | None:
        text = self._match(key, _TIME, "a time such as `2027-01-10T09:00:00Z`")
        try:
            return dt.datetime.strptime(text, _TIME_FORM).replace(tzinfo=dt.UTC) if text else None
        except ValueError:
            self._flaw(key, f"`{key}: {text}` is no time that there is.")
            return None

    def _late(self) -> str:
        text = self._fields.text("late")
        # Quoted text can name characters that must not stand in a file, and pages would show them.
        if text and (faults := check_text(text, "")):
            self._flaw("late", f"Of `late`: {faults[0].what}")
        return text

    def _languages(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        text = self._fields.text("languages")
        for part in text.split(", ") if text else ():
            tag, _, count = part.partition(" ")
            if not _TAG.fullmatch(tag) or not _COUNT.fullmatch(count) or tag in found:
                self._flaw("languages", f"`languages: {text}` is not as it was written, such as `en 80, fr 20`.")
                break
            found[tag] = int(count)
        return found

    def _text_of(self) -> Mapping[str, str]:
        tags = {key: tag for key in self._fields.values if (tag := _tag_of(key))}
        return {tag: self._match(key, _SHA, "a SHA-256 in hex") for key, tag in tags.items()}

    def _match(self, key: str, form: re.Pattern[str], meant: str) -> str:
        """Return a value that has a form, noting one that has not; empty where there is none."""
        text = self._fields.text(key)
        if text and not form.fullmatch(text):
            self._flaw(key, f"`{key}: {text}` is not {meant}.")
            return ""
        return text

    def _flaw(self, key: str, what: str) -> None:
        self._fields.fault_at(key, "SP540", what, _ANEW)


def _tag_of(key: str) -> str:
    """Return the language of a key such as `text-en`; empty for other keys."""
    tag = key.removeprefix(_TEXT_OF) if key.startswith(_TEXT_OF) else ""
    return tag if _TAG.fullmatch(tag) else ""
