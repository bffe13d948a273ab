"""The reviews of a policy, from its folder: what people decided, looked up by the words they decided on."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.model import VersionId
from smallprint.reading.codes import make_fault
from smallprint.reviewing.beside import file_names, read_beside
from smallprint.reviewing.digest import words_digest
from smallprint.reviewing.file import Names, parse_review
from smallprint.reviewing.legacy import is_legacy
from smallprint.reviewing.older import OlderDecisions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.judgement import Review
    from smallprint.model import Change, Policy
    from smallprint.reviewing.file import ReviewFile

FOLDER: Final = "reviews"
"""The name of the folder, in that of the policy."""
_SUFFIX: Final = ".yml"
_REVIEW_LIKE: Final = re.compile(r".*\.ya?ml(?:\.txt)?|[0-9]{4}-[0-9]{2}-[0-9]{2}\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Reviews:
    """All that people decided on the changes of a policy."""

    texts: Mapping[VersionId, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """The review files as they stand, by the version they are about, oldest first."""
    digest: str = ""
    """Differs whenever any decision does; empty where there is none."""
    _by_version: Mapping[VersionId, Mapping[str, Review]] = field(default_factory=dict, repr=False)
    _by_words: Mapping[str, Review] = field(default_factory=dict, repr=False)
    _counts: Mapping[str, int] = field(default_factory=dict, repr=False)
    """How many files decide on the same words."""
    _older: OlderDecisions | None = field(default=None, repr=False)
    """The decisions that are bound by the older form of the hash; none where there are none."""

    def decision(self, new: VersionId, change: Change) -> Review | None:
        """Return what was decided on the words of a change.

        Args:
            new: the new version of the comparison; its review is looked into first, then the newest.
            change: a change of it.
        """
        if not self._by_words:
            return None
        found = self.decision_on(new, words_digest(change))
        return found or (self._older.decision(new, change) if self._older else None)

    def decision_on(self, new: VersionId, words: str) -> Review | None:
        """Return what was decided on words, by their digest."""
        return self._by_version.get(new, {}).get(words) or self._by_words.get(words)

    def file(self, version: VersionId) -> ReviewFile | None:
        """Return the review of a version with all its lines; none where there is none."""
        # Not kept from the reading: the lines of thousands of files take far more room than the decisions in them.
        text = self.texts.get(version)
        return None if text is None else parse_review(text, version)[0]

    def is_decided_elsewhere(self, version: VersionId, words: str) -> bool:
        """Tell whether the review of another version decides on the same words."""
        if self._counts.get(words, 0) > (words in self._by_version.get(version, {})):
            return True
        return self._older.is_decided_elsewhere(version, words) if self._older else False

    def older(self) -> Mapping[VersionId, tuple[str, ...]]:
        """Return the older hashes by which decisions are bound, by the version in whose review they are."""
        found = {version: tuple(filter(is_legacy, decisions)) for version, decisions in self._by_version.items()}
        return {version: hashes for version, hashes in found.items() if hashes}


def read_reviews(
    folder: Path, shown: str, policy: Policy, settled: Callable[[], Collection[VersionId]] = frozenset
) -> tuple[Reviews, tuple[Fault, ...]]:
    """Read all review files of a policy.

    Args:
        folder: `content/<policy>/reviews`, which need not be there.
        shown: what faults call that folder.
        policy: the policy.
        settled: gives the versions whose text is past deciding on; decisions bound by the older form of the hash hold
            for these alone.

    Returns:
        The decisions that can be read, and the faults.
    """
    names = Names(policy)
    texts: dict[VersionId, str] = {}
    decisions: dict[VersionId, dict[str, Review]] = {}
    found, faults = file_names(folder, shown, _REVIEW_LIKE)
    for name in found:
        path, place = folder / name, f"{shown}/{name}"
        stem = VersionId(name.removesuffix(_SUFFIX))
        if not name.endswith(_SUFFIX) or stem not in names.versions:
            faults.append(_misnamed(name, place, tuple(names.versions)))
            continue
        file, more = _read(path, place, stem, names)
        faults += more
        if file:
            texts[stem] = file.text
            decisions[stem] = {entry.words: entry.review for entry in file.changes if entry.review}
    order = sorted(texts, key=names.positions.__getitem__)
    ordered = {version: decisions[version] for version in order}
    reviews = _with_older(_index(ordered), ordered, policy, settled)
    return replace(reviews, texts=MappingProxyType({version: texts[version] for version in order})), tuple(faults)


def read_review(
    folder: Path, shown: str, policy: Policy, version: VersionId
) -> tuple[ReviewFile | None, tuple[Fault, ...]]:
    """Read the review of one version alone; none where there is none.

    Args:
        folder: `content/<policy>/reviews`.
        shown: what faults call that folder.
        policy: the policy.
        version: one of its versions.
    """
    name = f"{version}{_SUFFIX}"
    if not (folder / name).exists():
        return None, ()
    file, faults = _read(folder / name, f"{shown}/{name}", version, Names(policy))
    return file, tuple(faults)


def _read(path: Path, place: str, version: VersionId, names: Names) -> tuple[ReviewFile | None, list[Fault]]:
    """Read one file; none where it is no text."""
    text, faults = read_beside(path, place)
    if text is None:
        return None, faults
    file, more = parse_review(text, version, path=place, names=names)
    return file, faults + more


def _index(by_version: Mapping[VersionId, Mapping[str, Review]]) -> Reviews:
    by_words: dict[str, Review] = {}
    for decisions in by_version.values():
        by_words |= decisions
    counts = Counter(words for decisions in by_version.values() for words in decisions)
    told = [
        (version, words, *(str(getattr(review, one.name)) for one in fields(review)))
        for version, decisions in by_version.items()
        for words, review in decisions.items()
    ]
    digest = hashlib.sha256(json.dumps(sorted(told)).encode()).hexdigest() if told else ""
    return Reviews(digest=digest, _by_version=by_version, _by_words=by_words, _counts=counts)


def _with_older(
    reviews: Reviews,
    decisions: Mapping[VersionId, Mapping[str, Review]],
    policy: Policy,
    settled: Callable[[], Collection[VersionId]],
) -> Reviews:
    """Add what is known of decisions bound by the older form of the hash, if there are any."""
    bound = reviews.older()
    if not bound:
        return reviews
    holds = settled()
    older = {version: {words: decisions[version][words] for words in hashes} for version, hashes in bound.items()}
    # Which of them hold depends on the day, and so do the pages that show them.
    told = json.dumps([reviews.digest, sorted(version for version in bound if version in holds)])
    digest = hashlib.sha256(told.encode()).hexdigest()
    return replace(reviews, digest=digest, _older=OlderDecisions(policy, older, holds))


def _misnamed(name: str, place: str, versions: tuple[VersionId, ...]) -> Fault:
    stem = name.partition(".")[0]
    if stem in versions:
        what = f"{name} is not named as a review is, so nothing in it counts."
        return make_fault("SP515", place, what, f"Rename it to {stem}{_SUFFIX}.")
    what = f"{name} is not named after a version of the policy."
    example = versions[-1] if versions else "2020-02-10"
    remedy = (
        f"Rename it after the version it reviews, such as {example}{_SUFFIX}; if it is none, begin its name with `_`."
    )
    return make_fault("SP515", place, what, remedy)
