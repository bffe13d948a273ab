"""What the templates of `themes/bodies` are given: ready values, which they only place.

`Markup` is HTML, everything else is text that the template escapes. Addresses are relative to the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markupsafe import Markup

    from smallprint.presenting.judging_views import RightsView, VerdictView
    from smallprint.presenting.quotes import Quote


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link with its text, which may be `Markup` with words of the policy in it."""

    title: str
    uri: str
    is_current: bool = False
    """It leads to this very page."""


@dataclass(frozen=True, slots=True)
class FrameView:
    """What every body begins and ends with."""

    language: str
    direction: str
    words_language: str
    """The language of our own words where it is not that of the page, else empty."""
    policy: str
    """The title of the policy."""
    publisher: Markup
    nav: tuple[LinkView, ...]
    """The pages of this policy: text, latest changes, history."""


@dataclass(frozen=True, slots=True)
class ContentsView:
    """An entry of a table of contents."""

    title: str
    anchor: str
    depth: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as it stands."""

    anchor: str
    html: Markup


@dataclass(frozen=True, slots=True)
class DroppedView:
    """A clause that the version in force no longer has under that id."""

    anchor: str
    told: Markup
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """The body of a page that shows one version."""

    frame: FrameView
    kicker: str
    title_anchor: str
    title: Markup
    """The inside of the page's `h1`."""
    status: Markup
    """From when on it is in force."""
    dates: tuple[DateView, ...]
    """The other dates."""
    links: tuple[LinkView, ...]
    banner: Markup | None
    """Says that this is not the version in force."""
    notices: tuple[Markup, ...]
    """Tell of new versions that were announced."""
    contents: tuple[ContentsView, ...]
    opening: Markup
    """What the first clause holds besides its heading."""
    clauses: tuple[ClauseView, ...]
    dropped: tuple[DroppedView, ...]
    colophon: ColophonView


@dataclass(frozen=True, slots=True)
class ColophonView:
    """The small print of the small print: other forms of a page, hashes, other versions."""

    forms: tuple[LinkView, ...]
    digests: tuple[DigestView, ...]
    versions: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestView:
    """The hash of one source file."""

    label: str
    digest: str


@dataclass(frozen=True, slots=True)
class SideView:
    """The old or the new version of a comparison."""

    time: Markup
    uri: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One change in the list at the head of the page."""

    anchor: str
    sign: str
    kinds: str
    title: str
    place: str
    before: Quote | None
    now: Quote | None
    more: str
    note: str
    verdict: VerdictView | None
    passed_over: bool
    """The rules found nothing, no person decided, and it is counted as doing neither."""


@dataclass(frozen=True, slots=True)
class PartView:
    """One clause of a change."""

    anchor: str
    """Its `id`; empty where the page has that id already."""
    side: Literal["old", "new"]
    html: Markup


@dataclass(frozen=True, slots=True)
class ItemView:
    """A change in its place in the text, a stretch of unchanged clauses, or the place that a clause moved away from."""

    shape: Literal["change", "fold", "stub"]
    anchor: str
    parts: tuple[PartView, ...] = ()
    anchors: tuple[str, ...] = ()
    """Ids of old clauses that no other element of the page has."""
    of: str = ""
    """The change that goes on here, where a clause was split and its parts stand apart in the new text."""
    title: str = ""
    """Fold: how many clauses are unchanged."""
    names: str = ""
    """Fold: the titles of the first of them."""
    kinds: str = ""
    """`moved reworded`: the values of kinds, which filters go by."""
    name: str = ""
    """What a screen reader says on arriving."""
    sign: str = ""
    label: str = ""
    crumb: str = ""
    """The clause it stands in, where that one's heading is folded away."""
    place: Markup | None = None
    """Where it moved from (change) or to (stub), with a link to there."""
    rows: str = ""
    """Which rows of its table came, went or differ, where they are a set."""
    defines: tuple[Markup, ...] = ()
    """Which terms mean something else now, each with links to the clauses that use it."""
    position: str = ""
    """`4 of 61`."""
    previous: LinkView | None = None
    next: LinkView | None = None
    permalink: LinkView | None = None
    rights: str = ""
    """Change: which box of the filters for rights shows it; `passed-over` where the rules found nothing."""
    verdict: VerdictView | None = None


@dataclass(frozen=True, slots=True)
class FilterView:
    """A kind of change, or what changes do to rights, that can be hidden."""

    kind: str
    sign: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class RedlineView:
    """The body of a page that shows what changed."""

    frame: FrameView
    old: SideView
    new: SideView
    steps: tuple[LinkView, ...]
    """The step before, the step after, the way to the version in force."""
    between: tuple[LinkView, ...]
    """The single steps that this comparison spans, where it spans several."""
    history_uri: str
    rights: RightsView
    lead: str
    dates: tuple[DateView, ...]
    lines: tuple[LineView, ...]
    items: tuple[ItemView, ...]
    filters: tuple[FilterView, ...]
    rights_filters: tuple[FilterView, ...]
    """None where nothing is judged."""
    unchanged: int
    colophon: ColophonView


@dataclass(frozen=True, slots=True)
class EntryView:
    """One version in the history."""

    anchor: str
    title: str
    uri: str
    badge: str
    dates: tuple[DateView, ...]
    lead: str
    """What changed, in a sentence."""
    links: tuple[LinkView, ...]
    rights: RightsView
    """Its meanings are those of material changes."""
    notice: tuple[Markup, ...]
    """Paragraphs on the notice that was sent, which take the place of what its rights say of one; mostly none."""


@dataclass(frozen=True, slots=True)
class DateView:
    """A labelled date, or another fact from the front matter."""

    label: str
    time: Markup


@dataclass(frozen=True, slots=True)
class YearView:
    """The versions of one year, newest first."""

    year: str
    anchor: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The body of the page that lists all versions."""

    frame: FrameView
    title: str
    lead: str
    years: tuple[YearView, ...]
    has_jumps: bool
    """Whether there are so many years that links to each help."""
    preview: str
    """As on redlines."""
    judged_by: Markup | None
    """Who judges the policy, where that is known and something is judged."""
    advice: str
    """Says that this is none; empty where nothing is judged."""
    judging_uri: str
    colophon: ColophonView
