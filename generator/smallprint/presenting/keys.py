"""What a page or file is made from, as a key: equal keys mean equal bytes, where all that pages share is equal too.

After one edit most pages of a policy are as they were: the text of another version stands in none of them. What they do
show of other versions is when those take effect and what they are called, which is part of the key of each. What people
have decided stands in comparisons only. The key of each has all decisions on the policy, as a decision goes by words
and may hold for any of them. What proves that users were told stands in the history alone, which has no key and is
always made anew.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smallprint.model import Version
    from smallprint.presenting.standing import Standing


class Keys:
    """The keys of one policy's pages and files."""

    def __init__(self, standing: Standing, judging: str = "") -> None:
        """`judging` stands for all that is shown of judgements (`Judging.key`)."""
        self._standing = standing
        self._judging = judging
        self._chain: tuple[int, int, str] | None = None

    @cached_property
    def _policy(self) -> str:
        policy = self._standing.policy
        return _hash(
            policy.slug,
            policy.title,
            policy.publisher,
            policy.product,
            policy.about,
            policy.language,
            policy.judged_by,
        )

    @cached_property
    def _others(self) -> str:
        """What pages show of versions other than their own."""
        standing = self._standing
        known = [
            f"{v.version_id} {v.title} {v.effective} {v.published} {v.notified} {v in standing.announced} "
            f"{standing.notified_label(v)}"
            for v in standing.versions
        ]
        more = (f"{old.version_id} {new.version_id}" for old, new in standing.notice_pairs)
        return _hash(self._policy, str(standing.against_current), *known, "", *more, "", *self._linked)

    @property
    def _linked(self) -> list[str]:
        """What there is to link to in other policies that the texts link to."""
        library = self._standing.library
        return [repr(library.policies[slug]) for slug in sorted(library.linked(self._standing.policy))]

    def page(self, *versions: Version) -> str:
        """Return the key of a page that shows a version, or two compared."""
        return _hash("page", self._others, self._texts(*versions))

    def file(self, *versions: Version) -> str:
        """Return the key of a record or source, which says nothing of other versions."""
        return _hash("file", self._policy, self._texts(*versions))

    def _texts(self, *versions: Version) -> str:
        """Return what the text of a version, or of all between two, is known by: a lineage goes through them all."""
        if len(versions) == 1:
            return f"{versions[0].path} {versions[0].digest}"
        first, last = (self._standing.position(version) for version in versions)
        if last - first == 1:
            return " ".join([*(f"{version.path} {version.digest}" for version in versions), self._judging])
        known = self._chain
        if known and known[1] == last and known[0] - 1 == first:
            chain = _hash(known[2], self._standing.versions[first].digest)
        else:
            chain = ""
            for position in range(last, first - 1, -1):
                chain = _hash(chain, self._standing.versions[position].digest)
        self._chain = (first, last, chain)
        return f"{chain} {self._judging}"


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
