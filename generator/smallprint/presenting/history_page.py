"""A policy → the body of the page that lists its versions, newest first."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from smallprint.presenting.addresses import (
    JUDGING_URI,
    beside,
    history_uri,
    redline_uri,
    relative_uri,
    version_uri,
)
from smallprint.presenting.judging_views import RightsView
from smallprint.presenting.notice_told import notice_told
from smallprint.presenting.rights_view import judged_by, meanings, notice_given, preview_note
from smallprint.presenting.templates import sentence
from smallprint.presenting.views import DateView, EntryView, HistoryView, LinkView, YearView

if TYPE_CHECKING:
    from markupsafe import Markup

    from smallprint.model import Version
    from smallprint.presenting.rights import RightsSummary
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.steps import Steps

_YEARS_WITHOUT_JUMPS = 6


def history_view(standing: Standing, steps: Steps) -> HistoryView:
    """Return what the history of a policy places."""
    slug, say = standing.policy.slug, standing.wording
    page_uri = history_uri(slug)
    # From old to new, the order in which neighbouring comparisons were made.
    entries = [_entry(standing, steps, version, page_uri) for version in standing.versions]
    told = [steps.told(old, new).rights for old, new in pairwise(standing.versions)]
    count = sum(rights.open for rights in told)
    is_decided = any(rights.tally or rights.lines for rights in told)
    advice = [say.judging.passed_over_all] if any(r.tally and r.tally.passed_over for r in told) else []
    advice += [say.judging.not_advice] if is_decided or count else []
    dated = zip(reversed(standing.versions), reversed(entries), strict=True)
    years = tuple(
        YearView(year, f"year_{year}", tuple(entry for _, entry in group))
        for year, group in groupby(dated, key=lambda pair: _year(pair[0]))
    )
    return HistoryView(
        frame=standing.frame(page_uri, page_uri),
        title=say.history_title.format(policy=standing.policy.title),
        lead=_lead(standing),
        years=years,
        has_jumps=len(years) > _YEARS_WITHOUT_JUMPS,
        preview=preview_note(count, say) if count else "",
        judged_by=judged_by(standing) if is_decided else None,
        advice=" ".join(advice),
        judging_uri=relative_uri(page_uri, JUDGING_URI),
        colophon=standing.colophon(page_uri, ((say.record, beside(page_uri, ".json")),)),
    )


def _year(version: Version) -> str:
    return str(version.effective.year) if version.effective else version.version_id


def _lead(standing: Standing) -> Markup:
    say, versions = standing.wording, standing.versions
    return sentence(
        say.history_lead if len(versions) > 1 else say.history_lead_one,
        versions=say.plural(say.versions, len(versions)),
        first=standing.marked_day(versions[0]),
        last=standing.marked_day(versions[-1]),
    )


def _entry(standing: Standing, steps: Steps, version: Version, page_uri: str) -> EntryView:
    slug, say = standing.policy.slug, standing.wording
    own = version_uri(slug, version)
    position = standing.position(version)
    old = standing.versions[position - 1] if position else None
    links = []
    rights = RightsView()
    if old:
        redline = relative_uri(page_uri, redline_uri(slug, old, version))
        links.append(LinkView(say.read_redline, redline))
        told = steps.told(old, version).rights
        rights = _rights(standing, told, redline, notice_given(standing, old, version, told))
    links.append(LinkView(say.read_text, relative_uri(page_uri, own)))
    against = _against(standing, version)
    if against:
        links.append(LinkView(say.read_against, relative_uri(page_uri, redline_uri(slug, *against))))
    since = standing.told_since(version)
    if since and (since, version) != against:
        uri = relative_uri(page_uri, redline_uri(slug, since, version))
        links.append(LinkView(sentence(say.read_since, date=standing.marked_day(since)), uri))
    links.append(LinkView(say.record, relative_uri(page_uri, beside(own, ".json"))))
    is_current, is_announced = version is standing.current, version in standing.announced
    return EntryView(
        anchor=f"version_{version.version_id}",
        title=standing.marked_day(version),
        uri=relative_uri(page_uri, own),
        badge=say.badge_current if is_current else say.badge_announced if is_announced else "",
        dates=_dates(standing, version),
        lead=steps.told(old, version).sentence if old else say.first_version,
        links=tuple(links),
        rights=rights,
        notice=notice_told(standing, version),
    )


def _rights(standing: Standing, told: RightsSummary, redline: str, notice: Markup | None) -> RightsView:
    """Return what a step does to rights, in numbers, with the sentences on what is material."""
    wording = standing.wording
    return RightsView(
        lead=told.sentence,
        meanings=meanings((line for line in told.lines if line.is_material), redline, wording),
        notice=notice,
        preview=wording.plural(wording.judging.still_open, told.open) if told.open else "",
    )


def _against(standing: Standing, version: Version) -> tuple[Version, Version] | None:
    """Return the pair of a version and the one in force, where it is no single step."""
    current = standing.current
    if current is None or version is current:
        return None
    first, last = sorted((version, current), key=standing.position)
    is_step = standing.position(last) - standing.position(first) == 1
    return (first, last) if not is_step and standing.has_redline(first, last) else None


def _dates(standing: Standing, version: Version) -> tuple[DateView, ...]:
    say = standing.wording
    known = (
        (say.label_in_force, version.effective),
        (say.label_until, standing.until(version)),
        (say.label_published, version.published),
        (standing.notified_label(version), version.notified),
    )
    return tuple(DateView(label, standing.time(day)) for label, day in known if day)
