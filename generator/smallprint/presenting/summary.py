"""What a comparison comes to, in words: one sentence with counts, and one line for each change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallprint.comparing.row_sets import differs_elsewhere
from smallprint.model import ChangeKind
from smallprint.presenting.excerpts import quote_finding
from smallprint.presenting.places import is_further_down, moved_places
from smallprint.presenting.quotes import Quote, Quotes, quote_change
from smallprint.presenting.rights import RightsSummary, summarise_rights
from smallprint.presenting.row_changes import rows_sentence
from smallprint.presenting.wording import Wording, wording_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.judgement import Judgement
    from smallprint.model import Change, Clause, Comparison
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.places import Place

KIND_ORDER = (
    ChangeKind.REWORDED,
    ChangeKind.RETITLED,
    ChangeKind.RENUMBERED,
    ChangeKind.MOVED,
    ChangeKind.SPLIT,
    ChangeKind.MERGED,
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
)
"""The order in which kinds are told everywhere."""


_NOTHING_TOLD = RightsSummary()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in a line."""

    number: int
    anchor: str
    clauses: str
    """The ids of its clauses, and of which side they are: what it is known by however many changes stand before it."""
    kind: ChangeKind
    kinds: str
    """`Moved, reworded`."""
    title: str
    place: str
    """A sentence on where it went or what it was made of; empty for most."""
    before: Quote | None
    now: Quote | None
    more: str
    """`and in 2 more places`, or empty."""
    note: str = ""
    """Said in place of quotes where the words are the same, and behind them where they only look so."""
    rows: str = ""
    """Which rows of a table came, went or differ, where the source says that they are a set."""

    def as_text(self, wording: Wording) -> str:
        """Return the line as running text, as in a feed."""
        parts = [wording.ended(wording.line.format(kind=self.kinds, title=self.title))]
        parts += [said for said in (self.place, self.rows) if said]
        for label, quote in ((wording.before, self.before), (wording.now, self.now)):
            if quote:
                parts.append(wording.ended(f"{label}{wording.colon}{wording.quoted(quote.plain)}"))
        parts += [self.note] if self.note else []
        parts += [f"{self.more[:1].upper()}{self.more[1:]}."] if self.more else []
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a comparison comes to."""

    sentence: str
    counts: Mapping[ChangeKind, int]
    """As in the comparison: each change under its main kind."""
    lines: tuple[ChangeLine, ...]
    """One for each change that is not unchanged."""
    rights: RightsSummary = _NOTHING_TOLD
    """What it does to the rights of readers, as far as that may be told."""
    title: str = ""
    """A sentence on the title of the whole text, if its front matter states another one."""

    @property
    def whole(self) -> str:
        """What it comes to, rights first."""
        return " ".join(filter(None, (self.rights.sentence, self.sentence, self.title)))


def summarise(comparison: Comparison, language: str | None = None, judged: Judged | None = None) -> Summary:
    """Put a comparison into words, in its own language or the one given; what is judged of it, if that is given.

    >>> from smallprint.model import Comparison, Version, VersionId
    >>> version = Version(VersionId("2020-02-10"), "P", None, ())
    >>> summarise(Comparison(version, version, ())).sentence
    'No clause was changed; all 0 stand as they were.'
    """
    wording = wording_for(language or comparison.new.language)
    return Summary(
        sentence=summary_sentence(comparison, wording),
        counts=comparison.counts,
        lines=tuple(
            _change_line(change, comparison, wording, judged.assessment.of(change) if judged else None)
            for change in comparison.differing
        ),
        rights=summarise_rights(comparison, judged, wording) if judged else _NOTHING_TOLD,
        title=_title_sentence(comparison, wording),
    )


def _title_sentence(comparison: Comparison, wording: Wording) -> str:
    if not comparison.is_retitled:
        return ""
    old, new = (wording.quoted(version.title) for version in (comparison.old, comparison.new))
    return wording.ended(wording.retitled_page.format(old=old, new=new))


def summary_sentence(comparison: Comparison, wording: Wording) -> str:
    """Tell how many clauses changed in which way, as “12 clauses were reworded and 3 added; 5 stand unchanged.”."""
    unchanged = comparison.counts.get(ChangeKind.UNCHANGED, 0)
    items: list[str] = []
    for kind in KIND_ORDER:
        changes = [change for change in comparison.differing if change.kind is kind]
        if changes:
            items.append(_count_kind(kind, changes, wording, is_first=not items))
    if not items:
        return wording.plural(wording.nothing_changed, unchanged)
    if unchanged:
        return wording.listed(items) + wording.then + wording.plural(wording.unchanged_too, unchanged) + wording.stop
    return wording.listed(items) + wording.stop


def kinds_in_words(change: Change, wording: Wording) -> str:
    """Return all that happened to a clause: `Moved, reworded`."""
    # Where the words went comes before what was done to them.
    order = (*KIND_ORDER[3:], *KIND_ORDER[:3])
    further = [wording.kinds[kind].word for kind in order if kind in change.also and kind is not change.kind]
    return wording.comma.join([wording.kinds[change.kind].label, *further])


def change_title(change: Change, wording: Wording) -> str:
    """Return the title a change goes by: that of its new clauses, of its old one where it was removed."""
    clauses = change.new or change.old
    return _titles(clauses, wording) if len(clauses) > 1 else clauses[0].title


def _count_kind(kind: ChangeKind, changes: list[Change], wording: Wording, *, is_first: bool) -> str:
    patterns = wording.kinds[kind].first if is_first else wording.kinds[kind].further
    if kind in {ChangeKind.SPLIT, ChangeKind.MERGED}:
        count = sum(len(change.old) for change in changes)
        return wording.plural(patterns, count, parts=str(sum(len(change.new) for change in changes)))
    also = []
    for other in KIND_ORDER:
        count = sum(other in change.also for change in changes)
        pattern = wording.also_all if count == len(changes) else wording.also_some
        also += [pattern.format(count=count, kind=wording.kinds[other].word)] if count else []
    text = wording.plural(patterns, len(changes))
    return f"{text} ({wording.comma.join(also)})" if also else text


def _change_line(change: Change, comparison: Comparison, wording: Wording, judgement: Judgement | None) -> ChangeLine:
    finding = quote_finding(change, judgement, wording) if judgement else None
    quotes = finding or quote_change(change, wording)
    rows = rows_sentence(change, wording)
    if rows and not finding and not differs_elsewhere(change):
        # All that differs is said already.
        quotes = Quotes()
    return ChangeLine(
        number=change.number,
        anchor=comparison.anchor_of(change),
        clauses=" ".join(["new" if change.new else "old", *(clause.anchor for clause in change.new or change.old)]),
        kind=change.kind,
        kinds=kinds_in_words(change, wording),
        title=change_title(change, wording),
        place=place_sentence(change, comparison, wording),
        before=quotes.before,
        now=quotes.now,
        more=wording.plural(wording.more_places, quotes.more) if quotes.more else "",
        note=_note(quotes, wording),
        rows=rows,
    )


def _note(quotes: Quotes, wording: Wording) -> str:
    if quotes.is_form_only:
        return wording.same_words
    if quotes.is_moved_only:
        return wording.only_moved
    return wording.ended(f"{quotes.letters[:1].upper()}{quotes.letters[1:]}") if quotes.letters else ""


def place_sentence(change: Change, comparison: Comparison, wording: Wording) -> str:
    """Say where a clause moved, or what it was made of or went into; nothing for other changes."""
    kinds = {change.kind, *change.also}
    if len(change.old) > 1 and len(change.new) > 1:
        names = {"old": _titles(change.old, wording), "new": _titles(change.new, wording)}
        return wording.ended(wording.regrouped.format(**names))
    if ChangeKind.MERGED in kinds and len(change.old) > 1:
        return wording.ended(wording.merged_from.format(titles=_titles(change.old, wording)))
    if ChangeKind.SPLIT in kinds and len(change.new) > 1:
        return wording.ended(wording.split_into.format(titles=_titles(change.new, wording)))
    if ChangeKind.MOVED in kinds and change.old and change.new:
        old_place, new_place = moved_places(change, comparison)
        if _place_name(old_place, wording) == _place_name(new_place, wording):
            return wording.moved_down if is_further_down(change, comparison) else wording.moved_up
        names = {"old": _place_name(old_place, wording), "new": _place_name(new_place, wording)}
        return wording.ended(_moved(old_place, new_place, wording).format(**names))
    return ""


def _moved(old: Place, new: Place, wording: Wording) -> str:
    """Return the pattern that tells of a move: which clauses it left and came to, before what it stands after."""
    if old.is_under and new.is_under:
        return wording.was_under
    if old.is_under or new.is_under:
        return wording.no_longer_under if old.is_under else wording.now_under
    if old.clause and new.clause:
        return wording.was_after
    return wording.is_first if old.clause else wording.was_first


def _place_name(place: Place, wording: Wording) -> str:
    if place.clause:
        return wording.quoted(place.clause.title)
    return wording.top_level if place.is_under else wording.the_beginning


def _titles(clauses: tuple[Clause, ...], wording: Wording) -> str:
    return wording.listed([wording.quoted(clause.title) for clause in clauses])
