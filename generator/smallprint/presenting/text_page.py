"""A version → the body of a page that shows its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from smallprint.presenting.addresses import beside, history_uri, policy_uri, redline_uri, relative_uri, version_uri
from smallprint.presenting.html import block_html, clause_html
from smallprint.presenting.links import Links
from smallprint.presenting.notes import settle_notes
from smallprint.presenting.templates import sentence
from smallprint.presenting.views import ClauseView, ContentsView, DateView, DroppedView, LinkView, TextView

if TYPE_CHECKING:
    from smallprint.model import Clause, Version
    from smallprint.presenting.dropped import Dropped
    from smallprint.presenting.standing import Standing

_DEEPEST = 3
"""Deeper levels of a table of contents are shown at this one."""


def text_view(standing: Standing, version: Version, page_uri: str) -> TextView:
    """Return what the page at `page_uri` places: the text of a version, with all that says which version it is."""
    slug, say = standing.policy.slug, standing.wording
    is_policy_page = page_uri == policy_uri(slug)
    own = version_uri(slug, version)
    head, rest = _head(version)
    parts = standing.parts
    noted = settle_notes(
        [
            block_html(head.blocks[0]) if head else "",
            _raised("".join(map(block_html, head.blocks[1:]))) if head else "",
            *(_clause(clause, is_raised=bool(head)) for clause in rest),
        ]
    )
    title, opening, *texts = Links(standing, page_uri, version).settle(noted)
    forms = ((say.record, beside(own, ".json")), (say.source_text, beside(own, ".md")))
    return TextView(
        frame=standing.frame(page_uri, page_uri),
        kicker=" · ".join(filter(None, (standing.policy.publisher, standing.policy.product))),
        title_anchor=head.anchor if head else "",
        title=parts.text(_inside(title)) if head else Markup.escape(version.title),
        status=_status(standing, version),
        dates=_dates(standing, version),
        links=_links(standing, version, page_uri),
        banner=_banner(standing, version, page_uri),
        notices=_notices(standing, page_uri) if is_policy_page else (),
        contents=_contents(rest),
        opening=parts.text(opening) if head else Markup(),
        clauses=tuple(ClauseView(clause.anchor, parts.text(text)) for clause, text in zip(rest, texts, strict=True)),
        dropped=_dropped(standing, page_uri) if is_policy_page else (),
        colophon=standing.colophon(page_uri, forms, version, lists_versions=True),
    )


def _head(version: Version) -> tuple[Clause | None, tuple[Clause, ...]]:
    """Part the clause whose heading can be the title of the page from the others."""
    first = version.clauses[0] if version.clauses else None
    if first and first.blocks and first.blocks[0].heading_level == 1:
        return first, version.clauses[1:]
    return None, version.clauses


def _inside(html: str) -> str:
    """Return what stands inside the one element of a heading's HTML."""
    return html[html.index(">") + 1 : html.rindex("</")]


def _clause(clause: Clause, *, is_raised: bool) -> str:
    html = clause_html(clause)
    return _raised(html) if is_raised else html


def _raised(html: str) -> str:
    """Raise headings by a level: they stand below the title of the page as they stand below that of the text."""
    if "<h" in html:
        for level in range(3, 7):
            html = html.replace(f"<h{level}>", f"<h{level - 1}>").replace(f"</h{level}>", f"</h{level - 1}>")
    return html


def _contents(clauses: tuple[Clause, ...]) -> tuple[ContentsView, ...]:
    top = min((clause.level for clause in clauses), default=1)
    return tuple(ContentsView(clause.title, clause.anchor, min(clause.level - top + 1, _DEEPEST)) for clause in clauses)


def _status(standing: Standing, version: Version) -> Markup:
    say, day = standing.wording, standing.version_time(version)
    if version == standing.current:
        return sentence(say.in_force_since, date=day)
    if version in standing.announced:
        return sentence(say.in_force_from, date=day)
    until = standing.until(version)
    return sentence(say.in_force_between, date=day, until=standing.time(until) if until else "")


def _dates(standing: Standing, version: Version) -> tuple[DateView, ...]:
    """Return the dates other than that of taking effect, as far as known."""
    say = standing.wording
    known = ((say.label_published, version.published), (standing.notified_label(version), version.notified))
    return tuple(DateView(label, standing.time(day)) for label, day in known if day)


def _links(standing: Standing, version: Version, page_uri: str) -> tuple[LinkView, ...]:
    slug, say = standing.policy.slug, standing.wording
    links = []
    position = standing.position(version)
    if position:
        uri = redline_uri(slug, standing.versions[position - 1], version)
        title = sentence(say.last_changed, date=standing.marked_day(version))
        links.append(LinkView(title, relative_uri(page_uri, uri)))
    count = say.plural(say.versions, len(standing.versions))
    links.append(LinkView(say.all_versions.format(versions=count), relative_uri(page_uri, history_uri(slug))))
    return tuple(links)


def _link(text: str, uri: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(uri, text)


def _banner(standing: Standing, version: Version, page_uri: str) -> Markup | None:
    """Say that a version is not the one in force, and where that is."""
    slug, say, current = standing.policy.slug, standing.wording, standing.current
    if version == current:
        return None
    day = standing.version_time(version)
    if current is None:
        return sentence(say.announced_first, date=day)
    here = Markup('<a href="{}">{}</a>').format(
        relative_uri(page_uri, policy_uri(slug)), standing.version_time(current)
    )
    if version in standing.announced:
        told = [sentence(say.announced_banner, date=day, current=here)]
        pair, text = (current, version), say.announced_link
    else:
        until = standing.until(version)
        told = [
            sentence(say.old_banner, date=day, until=standing.time(until) if until else ""),
            sentence(say.old_current, current=here),
        ]
        pair, text = (version, current), say.old_changes
    if standing.has_redline(*pair):
        told.append(_link(text, relative_uri(page_uri, redline_uri(slug, *pair))))
    return Markup(" ").join(told)


def _notices(standing: Standing, page_uri: str) -> tuple[Markup, ...]:
    """Tell of each version that will take effect."""
    slug, say, current = standing.policy.slug, standing.wording, standing.current
    if current is None:
        return ()
    notices = []
    for version in standing.announced:
        told = sentence(say.announced, date=standing.version_time(version))
        if standing.has_redline(current, version):
            uri = relative_uri(page_uri, redline_uri(slug, current, version))
            told += Markup(" ") + _link(say.see_what_changes, uri)
        notices.append(told)
    return tuple(notices)


def _dropped(standing: Standing, page_uri: str) -> tuple[DroppedView, ...]:
    """Keep links to clauses of earlier versions working: each still lands on a line that says where it went."""
    return tuple(_dropped_view(standing, page_uri, dropped) for dropped in standing.dropped)


def _dropped_view(standing: Standing, page_uri: str, dropped: Dropped) -> DroppedView:
    slug, say, clause = standing.policy.slug, standing.wording, dropped.clause
    told = sentence(
        say.dropped_last,
        title=standing.in_its_language(clause.title),
        anchor=clause.anchor,
        date=standing.version_time(dropped.last),
    )
    if dropped.heirs:
        heirs = [
            _link(standing.in_its_language(say.quoted(heir.title)), relative_uri(page_uri, page_uri, heir.anchor))
            for heir in dropped.heirs
        ]
        told += Markup(" ") + sentence(say.dropped_into, titles=Markup(say.listed(heirs)))  # noqa: S704 - of Markup
    there = relative_uri(page_uri, version_uri(slug, dropped.last), clause.anchor)
    step = relative_uri(page_uri, redline_uri(slug, dropped.last, dropped.following), clause.anchor)
    return DroppedView(
        anchor=clause.anchor,
        told=told,
        links=(
            LinkView(say.dropped_read, there),
            LinkView(say.dropped_step if dropped.heirs else say.dropped_removed, step),
        ),
    )
