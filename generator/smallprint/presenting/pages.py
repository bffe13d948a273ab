"""A policy → everything that is published about it: pages, records, sources and feeds, each made when it is written."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from smallprint.presenting.addresses import (
    beside,
    feed_uri,
    history_uri,
    material_uri,
    policy_uri,
    redline_uri,
    version_uri,
)
from smallprint.presenting.feeds import atom_feed, json_feed
from smallprint.presenting.history_page import history_view
from smallprint.presenting.history_record import history_record
from smallprint.presenting.judging import Judging
from smallprint.presenting.keys import Keys
from smallprint.presenting.page import Asset, Heading, Link, Page
from smallprint.presenting.page_days import decision_day, history_day, policy_day, redline_day, text_day
from smallprint.presenting.record import comparison_record, version_record
from smallprint.presenting.redline_page import redline_view
from smallprint.presenting.standing import Standing
from smallprint.presenting.steps import Steps
from smallprint.presenting.templates import fill_template, sentence
from smallprint.presenting.text_page import text_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping
    from datetime import date

    from markupsafe import Markup

    from smallprint.model import Policy, Version, VersionId
    from smallprint.presenting.steps import Told
    from smallprint.reading.links import Library
    from smallprint.reviewing.proof import Proof

_JUDGING = Judging()
_NO_PROOFS: Mapping[VersionId, Proof] = MappingProxyType({})


def policy_pages(  # noqa: PLR0913 - all but the policy go by name
    policy: Policy,
    *,
    as_of: date,
    against_current: bool = True,
    site_url: str = "",
    told: MutableMapping[str, Told] | None = None,
    judging: Judging = _JUDGING,
    proofs: Mapping[VersionId, Proof] = _NO_PROOFS,
    library: Library | None = None,
) -> Iterator[Page | Asset]:
    """Yield all pages and files of a policy as the public may see it on a day.

    Nothing is compared or rendered before it is asked for. Page and record of a comparison share it if one is rendered
    soon after the other; the history and the feeds come last and find most comparisons made.

    Args:
        policy: the policy with all its versions.
        as_of: versions published later are left out, those that take effect later are announced.
        against_current: whether to compare each version with the one in force too, not only with its neighbours.
        site_url: where the site will be, for absolute links in feeds; without it they are relative.
        told: what steps came to in an earlier build, by key; what is found out now is added.
        judging: how changes are judged, and whether the pages are for the public.
        proofs: of notices that were sent, by the version users were told of.
        library: all that links of the texts can lead to; without it, the policy itself.
    """
    standing = Standing(policy, as_of, against_current, proofs, library)
    if not standing.versions:
        return
    keys = Keys(standing, judging.key)
    steps = Steps(standing, keys, told, judging)
    for version in standing.versions:
        yield from _version(standing, keys, version)
    for old, new in standing.pairs:
        yield from _redline(standing, keys, steps, old, new)
    yield _policy(standing)
    yield _history(standing, steps)
    yield Asset(beside(history_uri(policy.slug), ".json"), partial(history_record, standing, steps))
    slug = policy.slug
    yield Asset(feed_uri(slug, ".atom"), partial(atom_feed, standing, steps, site_url))
    yield Asset(feed_uri(slug, ".json"), partial(json_feed, standing, steps, site_url))
    yield Asset(material_uri(slug, ".atom"), partial(atom_feed, standing, steps, site_url, is_material=True))
    yield Asset(material_uri(slug, ".json"), partial(json_feed, standing, steps, site_url, is_material=True))


def _version(standing: Standing, keys: Keys, version: Version) -> Iterator[Page | Asset]:
    slug, say = standing.policy.slug, standing.wording
    uri = version_uri(slug, version)
    day = standing.day(version)
    title = _title(standing, say.version_title, date=version)
    yield Page(
        uri=uri,
        title=title.plain,
        kind="version",
        description=say.version_description.format(policy=standing.name, date=day),
        render=partial(_render_text, standing, version, uri),
        headings=_headings(version),
        anchors=frozenset(clause.anchor for clause in version.clauses),
        canonical="" if version in standing.announced else policy_uri(slug),
        language=version.language,
        words_language=title.language,
        marked_title=title.marked,
        modified=text_day(standing, version),
        feeds=(
            Link(beside(uri, ".json"), say.record, "application/json"),
            Link(beside(uri, ".md"), say.source_text, "text/markdown"),
        ),
        policy=slug,
        key=keys.page(version),
    )
    yield Asset(beside(uri, ".json"), partial(version_record, version, standing.policy), keys.file(version))
    yield Asset(beside(uri, ".md"), version.source.encode, keys.file(version))


def _redline(standing: Standing, keys: Keys, steps: Steps, old: Version, new: Version) -> Iterator[Page | Asset]:
    slug, say = standing.policy.slug, standing.wording
    uri = redline_uri(slug, old, new)
    days = {"old": standing.day(old), "new": standing.day(new)}
    title = _title(standing, say.redline_title, old=old, new=new)
    yield Page(
        uri=uri,
        title=title.plain,
        kind="redline",
        description=say.redline_description.format(policy=standing.name, **days),
        render=partial(_render_redline, standing, steps, old, new),
        headings=(Heading(2, say.change_list, "in_short"), Heading(2, say.text_with_changes, "the_text")),
        anchors=frozenset(clause.anchor for version in (old, new) for clause in version.clauses),
        language=new.language,
        words_language=title.language,
        marked_title=title.marked,
        modified=redline_day(standing, new),
        decided=lambda: decision_day(steps.judged(old, new).assessment.judgements.values()),
        feeds=(Link(beside(uri, ".json"), say.record, "application/json"), *_feeds(standing)),
        policy=slug,
        key=keys.page(old, new),
    )
    yield Asset(
        beside(uri, ".json"),
        partial(_comparison_record, standing, steps, old, new),
        keys.file(old, new),
    )


def _policy(standing: Standing) -> Page:
    slug, say, version = standing.policy.slug, standing.wording, standing.shown
    uri = policy_uri(slug)
    dropped = (dropped.clause.anchor for dropped in standing.dropped)
    described = say.policy_description.format(policy=standing.name, date=standing.day(version))
    return Page(
        uri=uri,
        title=standing.policy.title,
        kind="policy",
        description=standing.policy.about or described,
        render=partial(_render_text, standing, version, uri),
        headings=_headings(version),
        anchors=frozenset((*(clause.anchor for clause in version.clauses), *dropped)),
        language=version.language,
        modified=policy_day(standing),
        is_searchable=True,
        feeds=_feeds(standing),
        policy=slug,
    )


def _history(standing: Standing, steps: Steps) -> Page:
    slug, say = standing.policy.slug, standing.wording
    title = _title(standing, say.history_title)
    return Page(
        uri=history_uri(slug),
        title=title.plain,
        kind="history",
        description=say.history_description.format(policy=standing.name),
        render=lambda: fill_template("history.html", view=history_view(standing, steps), say=say),
        anchors=frozenset(f"version_{version.version_id}" for version in standing.versions),
        language=standing.policy.language,
        words_language=title.language,
        marked_title=title.marked,
        modified=history_day(standing),
        decided=partial(_last_decision, standing, steps),
        feeds=_feeds(standing),
        policy=slug,
    )


def _render_text(standing: Standing, version: Version, uri: str) -> str:
    name = "policy.html" if uri == policy_uri(standing.policy.slug) else "version.html"
    return fill_template(name, view=text_view(standing, version, uri), say=standing.wording)


def _render_redline(standing: Standing, steps: Steps, old: Version, new: Version) -> str:
    comparison, summary, judged = steps.comparison(old, new), steps.summary(old, new), steps.judged(old, new)
    return fill_template("redline.html", view=redline_view(standing, comparison, summary, judged), say=standing.wording)


def _comparison_record(standing: Standing, steps: Steps, old: Version, new: Version) -> bytes:
    judged = steps.judged(old, new)
    is_settled = judged.notice_required is not None
    return comparison_record(steps.comparison(old, new), standing.policy, judged.assessment, is_settled=is_settled)


def _last_decision(standing: Standing, steps: Steps) -> date | None:
    days = (steps.told(old, new).rights.decided for old, new in pairwise(standing.versions))
    return max(filter(None, days), default=None)


class _Title(NamedTuple):
    """The title of a page that is a sentence of ours about a policy."""

    plain: str
    language: str
    """That of our own words where it is not that of the policy, else empty."""
    marked: Markup | None


def _title(standing: Standing, pattern: str, **versions: Version) -> _Title:
    plain = pattern.format(
        policy=standing.policy.title, **{name: standing.day(version) for name, version in versions.items()}
    )
    language = standing.parts.words_language
    if not language:
        return _Title(plain, "", None)
    marked = {name: standing.marked_day(version) for name, version in versions.items()}
    return _Title(plain, language, sentence(pattern, policy=standing.in_its_language(standing.policy.title), **marked))


def _headings(version: Version) -> tuple[Heading, ...]:
    return tuple(Heading(clause.level, clause.title, clause.anchor) for clause in version.clauses)


def _feeds(standing: Standing) -> tuple[Link, ...]:
    slug, say = standing.policy.slug, standing.wording
    title = say.feed_title.format(policy=standing.name)
    material = say.judging.material_feed.format(policy=standing.name)
    return (
        Link(feed_uri(slug, ".atom"), title, "application/atom+xml"),
        Link(feed_uri(slug, ".json"), title, "application/feed+json"),
        Link(material_uri(slug, ".atom"), material, "application/atom+xml"),
        Link(material_uri(slug, ".json"), material, "application/feed+json"),
    )
