"""A comparison → the body of a page that shows what changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from smallprint.model import ChangeKind
from smallprint.presenting.addresses import beside, history_uri, redline_uri, relative_uri, version_uri
from smallprint.presenting.redline_items import marked_title, redline_items
from smallprint.presenting.rights_view import rights_filters, rights_view
from smallprint.presenting.summary import KIND_ORDER
from smallprint.presenting.templates import sentence
from smallprint.presenting.verdicts import rights_group, verdict_view
from smallprint.presenting.views import DateView, FilterView, LineView, LinkView, RedlineView, SideView

if TYPE_CHECKING:
    from smallprint.model import Comparison, Version
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.summary import Summary

_STEPS_LISTED = 12
"""A comparison over more steps leaves listing them to the history."""


def redline_view(standing: Standing, comparison: Comparison, summary: Summary, judged: Judged) -> RedlineView:
    """Return what the page of a comparison places."""
    slug, say = standing.policy.slug, standing.wording
    old, new = comparison.old, comparison.new
    page_uri = redline_uri(slug, old, new)
    return RedlineView(
        frame=standing.frame(page_uri, page_uri),
        old=SideView(standing.version_time(old), relative_uri(page_uri, version_uri(slug, old))),
        new=SideView(standing.version_time(new), relative_uri(page_uri, version_uri(slug, new))),
        steps=_steps(standing, old, new, page_uri),
        between=_between(standing, old, new, page_uri),
        history_uri=relative_uri(page_uri, history_uri(slug)),
        rights=rights_view(standing, comparison, summary.rights, judged, page_uri),
        lead=summary.sentence,
        dates=(*_dates(standing, new), *_title(standing, old, new)),
        lines=_lines(standing, comparison, summary, judged),
        items=redline_items(standing, comparison, page_uri, judged),
        filters=_filters(standing, comparison),
        rights_filters=rights_filters(comparison, judged, say),
        unchanged=comparison.counts.get(ChangeKind.UNCHANGED, 0),
        colophon=standing.colophon(page_uri, ((say.record, beside(page_uri, ".json")),), old, new),
    )


def _steps(standing: Standing, old: Version, new: Version, page_uri: str) -> tuple[LinkView, ...]:
    """Link the step before, the step after, and the way from the old version to the one in force."""
    slug, say, versions = standing.policy.slug, standing.wording, standing.versions
    first, last = standing.position(old), standing.position(new)
    pairs = []
    if first:
        pairs.append((say.earlier_step, versions[first - 1], old))
    if last + 1 < len(versions):
        pairs.append((say.later_step, new, versions[last + 1]))
    current = standing.current
    if current and new != current and first < standing.position(current) and standing.has_redline(old, current):
        pairs.append((say.since_then, old, current))
    return tuple(
        LinkView(
            sentence(pattern, old=standing.marked_day(a), new=standing.marked_day(b)),
            relative_uri(page_uri, redline_uri(slug, a, b)),
        )
        for pattern, a, b in pairs
    )


def _between(standing: Standing, old: Version, new: Version, page_uri: str) -> tuple[LinkView, ...]:
    first, last = standing.position(old), standing.position(new)
    if not 1 < last - first <= _STEPS_LISTED:
        return ()
    slug, say = standing.policy.slug, standing.wording
    spanned = standing.versions[first : last + 1]
    return tuple(
        LinkView(
            sentence(say.one_step, old=standing.marked_day(a), new=standing.marked_day(b)),
            relative_uri(page_uri, redline_uri(slug, a, b)),
        )
        for a, b in pairwise(spanned)
    )


def _dates(standing: Standing, new: Version) -> tuple[DateView, ...]:
    say = standing.wording
    known = (
        (say.label_in_force, new.effective),
        (say.label_published, new.published),
        (standing.notified_label(new), new.notified),
    )
    return tuple(DateView(label, standing.time(day)) for label, day in known if day)


def _title(standing: Standing, old: Version, new: Version) -> tuple[DateView, ...]:
    """Return the titles in the front matter where they differ: no change is invisible."""
    say = standing.wording
    if old.title == new.title:
        return ()
    now, before = standing.in_its_language(new.title), standing.in_its_language(old.title)
    return (DateView(say.label_title, sentence(say.now_before, now=now, before=before)),)


def _lines(standing: Standing, comparison: Comparison, summary: Summary, judged: Judged) -> tuple[LineView, ...]:
    say, parts = standing.wording, standing.parts
    kinds = say.kinds
    return tuple(
        LineView(
            anchor=line.anchor,
            sign=kinds[line.kind].sign,
            kinds=line.kinds,
            title=marked_title(change, standing),
            place=parts.telling(" ".join(filter(None, (line.place, line.rows)))),
            before=parts.quote(line.before, say),
            now=parts.quote(line.now, say),
            more=line.more,
            note=line.note,
            verdict=verdict_view(judged.assessment.of(change), standing, comparison.new),
            passed_over=rights_group(change, judged) == "passed-over",
        )
        for line, change in zip(summary.lines, comparison.differing, strict=True)
    )


def _filters(standing: Standing, comparison: Comparison) -> tuple[FilterView, ...]:
    """Return the kinds there are, each with how many changes are of it, be it among other kinds."""
    kinds = standing.wording.kinds
    counts = {
        kind: sum(change.kind is kind or kind in change.also for change in comparison.differing) for kind in KIND_ORDER
    }
    return tuple(
        FilterView(kind.value, kinds[kind].sign, kinds[kind].label, count) for kind, count in counts.items() if count
    )
