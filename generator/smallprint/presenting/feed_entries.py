"""What feeds tell: an entry for each version, and an entry for each change of which people are to be told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from smallprint.presenting.addresses import redline_uri, relative_uri, version_uri, with_anchor
from smallprint.presenting.rights import neither_note, verdict_label
from smallprint.presenting.steps import NEWEST

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from smallprint.judgement import Judgement, Review
    from smallprint.model import Version
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.steps import Steps
    from smallprint.presenting.summary import ChangeLine
    from smallprint.presenting.wording import Wording

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:smallprint:policies")
_NO_DAY = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Category:
    """What an entry is about, for programs that sort entries."""

    term: str
    """`reduces`, `material`, `consent` …"""
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What both formats say of a version or a change."""

    ident: str
    title: str
    day: str
    updated: str
    """The last day on which something was decided that the entry tells; the same day where that is earlier."""
    uri: str
    """The page that shows what changed, the text itself for the first version."""
    text_uri: str
    summary: str
    html: str
    categories: tuple[Category, ...] = ()


class Entries:
    """The entries of one feed of a policy, which stands at the address `own`."""

    def __init__(self, standing: Standing, steps: Steps, own: str, site_url: str) -> None:
        self._standing, self._steps, self._own, self._site_url = standing, steps, own, site_url
        self._newest = range(len(standing.versions) - 1, -1, -1)[:NEWEST]

    def versions(self) -> list[Entry]:
        """Return an entry for each of the newest versions, the newest first."""
        return [self._version(position) for position in self._newest]

    def material(self) -> list[Entry]:
        """Return an entry for each change of the newest versions that a person found material, the newest first."""
        return [entry for position in self._newest if position for entry in self._material(position)]

    def _version(self, position: int) -> Entry:
        standing, say = self._standing, self._standing.wording
        slug, version = standing.policy.slug, standing.versions[position]
        uri = text_uri = version_uri(slug, version)
        summary, items, day = say.entry_first.format(date=standing.day(version)), "", day_of(version)
        reviewed: list[Judgement] = []
        closing = ""
        if position:
            old = standing.versions[position - 1]
            told = self._steps.summary(old, version)
            judged = self._steps.judged(old, version).assessment.decided()
            uri = redline_uri(slug, old, version)
            address = self.address(uri)
            summary = f"{say.entry_dates.format(date=standing.day(version))} {told.whole}"
            reviewed = [judged.judgements[number] for number in sorted(judged.judgements)]
            for line in told.lines:
                verdict = _verdict_html(judged.judgements.get(line.number), say)
                link = f'<a href="{escape(with_anchor(address, line.anchor))}">{escape(line.as_text(say))}</a>'
                items += f"<li>{verdict}{link}</li>"
            if reviewed:
                is_material = any(judgement.material for judgement in reviewed)
                said = [_notice(standing, version) if is_material else "", neither_note(told.rights.tally, say)]
                closing = f"<p>{escape(_joined(*said, _judged_by(standing), say.judging.not_advice))}</p>"
        return Entry(
            ident=ident_of(standing, str(version.version_id)),
            title=say.entry_title.format(policy=standing.policy.title, date=standing.day(version)),
            day=day,
            updated=_updated(day, (judgement.review for judgement in reviewed)),
            uri=self.address(uri),
            text_uri=self.address(text_uri),
            summary=summary,
            html=f"<p>{escape(summary)}</p>" + (f"<ul>{items}</ul>" if items else "") + closing,
            categories=_categories(reviewed, say),
        )

    def _material(self, position: int) -> Iterator[Entry]:
        old, new = self._standing.versions[position - 1 : position + 1]
        judgements = self._steps.judged(old, new).assessment.decided().judgements
        if any(judgement.material for judgement in judgements.values()):
            for line in self._steps.summary(old, new).lines:
                judgement = judgements.get(line.number)
                if judgement and judgement.review and judgement.material:
                    yield self._change(old, new, line, judgement, judgement.review)

    def _change(self, old: Version, new: Version, line: ChangeLine, judgement: Judgement, review: Review) -> Entry:
        standing, say = self._standing, self._standing.wording
        slug, day = standing.policy.slug, day_of(new)
        label = verdict_label(judgement, say)
        decided = say.judging.decided.format(by=review.by, on=standing.words(review.on))
        marked = f"{label}{say.judging.between}{say.judging.material_word}{say.stop}"
        paragraphs = [marked, review.for_readers, review.reason, line.as_text(say)]
        paragraphs += [_joined(say.entry_dates.format(date=standing.day(new)), _notice(standing, new))]
        paragraphs += [_joined(decided, _judged_by(standing), say.judging.not_advice)]
        return Entry(
            ident=ident_of(standing, f"{new.version_id}/{line.clauses}"),
            title=say.judging.material_title.format(verdict=label, title=line.title),
            day=day,
            updated=_updated(day, (review,)),
            uri=with_anchor(self.address(redline_uri(slug, old, new)), line.anchor),
            text_uri=self.address(version_uri(slug, new)),
            summary=review.for_readers or review.reason,
            html="".join(f"<p>{escape(text)}</p>" for text in paragraphs if text),
            categories=_categories([judgement], say),
        )

    def address(self, uri: str) -> str:
        """Return the whole address of a page; relative to the feed where nobody says where the site will be."""
        if not self._site_url:
            return relative_uri(self._own, uri)
        return urljoin(self._site_url if self._site_url.endswith("/") else f"{self._site_url}/", uri)


def ident_of(standing: Standing, part: str = "") -> str:
    """Return an id of a policy, or of a part of it, that no move of the site changes."""
    policy = f"{standing.policy.publisher}/{standing.policy.slug}"
    return uuid.uuid5(_NAMESPACE, f"{policy}/{part}" if part else policy).urn


def day_of(version: Version) -> str:
    """Return the day a version was published; where nobody says, the one it takes effect on."""
    return str(version.published or version.effective or _NO_DAY)


def _updated(day: str, reviews: Iterable[Review | None]) -> str:
    days: list[dt.date] = [review.on for review in reviews if review]
    return max([day, *map(str, days)])


def _notice(standing: Standing, version: Version) -> str:
    """Say on which day users are told, whether that is past or to come: a feed is the same on any day."""
    say = standing.wording.judging
    return say.day_of_notice.format(days=standing.words(version.notified)) if version.notified else say.not_told


def _judged_by(standing: Standing) -> str:
    return standing.wording.judging.judged_by.format(who=standing.judges) if standing.judges else ""


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _verdict_html(judgement: Judgement | None, wording: Wording) -> str:
    if judgement is None or judgement.review is None:
        return ""
    told = wording.judging
    sign = told.directions[judgement.direction].sign
    label = verdict_label(judgement, wording)
    label += f"{told.between}{told.material_word}" if judgement.material else ""
    reader = f" {escape(judgement.review.for_readers)}" if judgement.review.for_readers else ""
    return f"<strong>{sign} {escape(label + wording.stop)}</strong>{reader} "


def _categories(judgements: Iterable[Judgement], wording: Wording) -> tuple[Category, ...]:
    """Return directions, whether anything is material, and rights: each once, in the order of the text."""
    say, found = wording.judging, dict[str, str]()
    judgements = list(judgements)
    for judgement in judgements:
        found[judgement.direction.value] = say.directions[judgement.direction].label
    if any(judgement.material for judgement in judgements):
        found["material"] = say.material_word
    for judgement in judgements:
        found.update((right.value, say.rights[right]) for right in judgement.rights)
    return tuple(Category(term, label) for term, label in found.items())
