"""The text of a redline page in reading order: changes in place, unchanged clauses folded, moves told at both ends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from smallprint.comparing.definitions import changed_definitions
from smallprint.model import ChangeKind
from smallprint.presenting.addresses import relative_uri, version_uri
from smallprint.presenting.html import clause_html
from smallprint.presenting.links import Links
from smallprint.presenting.move_ends import move_ends
from smallprint.presenting.notes import carried_labels, settle_notes
from smallprint.presenting.places import moved_places
from smallprint.presenting.redline_html import change_html
from smallprint.presenting.row_changes import rows_sentence
from smallprint.presenting.summary import change_title, kinds_in_words
from smallprint.presenting.templates import as_html, sentence
from smallprint.presenting.verdicts import rights_group, verdict_view
from smallprint.presenting.views import ItemView, LinkView, PartView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import Change, Clause, Comparison
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.places import Place
    from smallprint.presenting.standing import Standing

_TITLES_NAMED = 8
"""How many clauses the line of a fold names."""


def redline_items(standing: Standing, comparison: Comparison, page_uri: str, judged: Judged) -> tuple[ItemView, ...]:
    """Return the changes, folds and old places of moved clauses, in reading order."""
    links = Links(standing, page_uri, comparison.new, comparison.old)
    items = _settled(tuple(_Text(standing, comparison, page_uri, judged).items()), comparison, links)
    return tuple(_in_languages(item, standing) for item in items)


def _in_languages(item: ItemView, standing: Standing) -> ItemView:
    """Mark what is said within the texts of an item, where it is in another language than they."""
    if not standing.parts.words_language:
        return item
    return replace(item, parts=tuple(replace(part, html=standing.parts.text(part.html)) for part in item.parts))


def _settled(items: tuple[ItemView, ...], comparison: Comparison, links: Links) -> tuple[ItemView, ...]:
    """Lead references and footnotes to each other, over all that the page shows, and links to what they name."""
    texts = [part.html for item in items for part in item.parts]
    settled = links.settle(settle_notes(texts, carried_labels(comparison.differing)))
    if settled == texts:
        return items
    html = iter(settled)
    return tuple(
        replace(item, parts=tuple(replace(part, html=as_html(next(html))) for part in item.parts)) for item in items
    )


class _Text:
    """One page's text: what its items need to know of each other."""

    def __init__(self, standing: Standing, comparison: Comparison, page_uri: str, judged: Judged) -> None:
        self.standing, self.comparison, self.page_uri, self.judged = standing, comparison, page_uri, judged
        self.say = standing.wording
        self.moves = move_ends(comparison)
        self.differing = comparison.differing
        self.terms = changed_definitions(comparison)
        self.parts = standing.parts
        self.titles = [marked_title(change, standing) for change in self.differing]
        self.positions = {change.number: position for position, change in enumerate(self.differing)}
        self.stubs = _old_places(comparison)
        self.has_stub = {change.number for changes in self.stubs.values() for change in changes}
        self.new_anchors = {clause.anchor for clause in comparison.new.clauses}
        self.old_anchors = {clause.anchor for clause in comparison.old.clauses}
        # The element of a change has the id of its first clause.
        self.taken = {comparison.anchor_of(change) for change in comparison.differing}
        self.folded = {clause.anchor for change in comparison.changes if change.is_unchanged for clause in change.new}
        self.places = {clause.anchor: place for place, clause in enumerate(comparison.new.clauses)}
        self.waiting: list[tuple[int, ItemView]] = []
        """The parts of split clauses that stand further on in the new text, by their places."""
        self.crumb = ""

    def items(self) -> Iterator[ItemView]:
        """Yield the items."""
        yield from map(self._stub, self.stubs.get(0, ()))
        fold: list[Change] = []
        for change in self.comparison.changes:
            going_on = list(self._going_on(change))
            stubs = self.stubs.get(change.number, ())
            if fold and (going_on or not change.is_unchanged):
                yield self._fold(fold)
                fold = []
            yield from going_on
            if not change.is_unchanged:
                yield self._change(change)
            elif stubs:
                yield self._fold([*fold, change])
                fold = []
            else:
                fold.append(change)
            yield from map(self._stub, stubs)
        if fold:
            yield self._fold(fold)
        yield from self._going_on(None)

    def _going_on(self, change: Change | None) -> Iterator[ItemView]:
        """Yield the parts of split clauses that stand before a change in the new text; all that are left at the end."""
        if change is None or change.new:
            here = self.places[change.new[0].anchor] if change else len(self.places)
            while self.waiting and self.waiting[0][0] < here:
                yield heappop(self.waiting)[1]

    def _fold(self, changes: Sequence[Change]) -> ItemView:
        say = self.say
        titles = [clause.title for change in changes for clause in change.new]
        count = say.plural(say.unchanged_clauses, len(titles))
        named = list(map(Markup.escape, titles[:_TITLES_NAMED]))
        if len(titles) > _TITLES_NAMED:
            named.append(self.parts.ours(say.and_more.format(count=len(titles) - _TITLES_NAMED)))
        parts = [
            PartView(self._anchor(clause), "new", as_html(clause_html(clause)))
            for change in changes
            for clause in change.new
        ]
        old = self._old_anchors(clause for change in changes for clause in change.old)
        anchors = (*old, *self._former_anchors(clause for change in changes for clause in change.new))
        return ItemView("fold", "", tuple(parts), anchors, title=count, names=Markup.escape(say.comma).join(named))

    def _stub(self, change: Change) -> ItemView:
        """Mark the place that a clause moved away from."""
        say = self.say
        _, place = moved_places(change, self.comparison)
        after = say.moved_to_after if place.clause else say.moved_to_start
        pattern = say.moved_to_under if place.is_under else after
        link = Markup('<a href="#{}">{}</a>').format(self.comparison.anchor_of(change), self._place_name(place))
        told = sentence(pattern, clause=self.parts.theirs(say.quoted(change.old[0].title)), title=link)
        return ItemView("stub", self._stub_anchor(change), place=told, kinds=ChangeKind.MOVED.value)

    def _change(self, change: Change) -> ItemView:
        say, position = self.say, self.positions[change.number]
        kinds, anchor = kinds_in_words(change, say), self.comparison.anchor_of(change)
        number, total = str(position + 1), str(len(self.differing))
        verdict = verdict_view(self.judged.assessment.of(change), self.standing, self.comparison.new)
        rights = rights_group(change, self.judged)
        spoken = verdict.spoken if verdict else say.judging.passed_over_word if rights == "passed-over" else ""
        said = f"{kinds}{say.comma}{spoken}" if spoken else kinds
        parts = [
            PartView(self._anchor(part.clause), "new" if change.new else "old", as_html(part.html))
            for part in change_html(change, self.moves)
        ]
        # A name is an attribute, all of it in one language.
        is_alone = bool(self.parts.words_language)
        name = say.change_name_alone if is_alone else say.change_name
        continued = say.name_continued_alone if is_alone else say.name_continued
        *stretches, (first, last) = reversed(self._stretches(change))
        for start, end in stretches:
            clause = change.new[start]
            part = ItemView(
                "change",
                clause.anchor,
                (replace(parts[start], anchor=""), *parts[start + 1 : end]),
                of=anchor,
                kinds=" ".join(dict.fromkeys((change.kind.value, *change.also))),
                name=continued.format(number=number, total=total, title=clause.title),
                sign=say.kinds[change.kind].sign,
                label=kinds,
                position=say.position_continued.format(number=number, total=total),
                permalink=self._permalink(change, start),
            )
            heappush(self.waiting, (self.places[clause.anchor], part))
        return ItemView(
            "change",
            anchor,
            tuple(parts[first:last]),
            anchors=(*self._old_anchors(change.old), *self._former_anchors(change.new)) if change.new else (),
            kinds=" ".join(dict.fromkeys((change.kind.value, *change.also))),
            name=name.format(number=number, total=total, title=self.titles[position], kinds=said),
            sign=say.kinds[change.kind].sign,
            label=kinds,
            crumb=self._crumb(change),
            place=self._place(change),
            rows=rows_sentence(change, say),
            defines=tuple(self._defines(change)),
            position=say.position.format(number=number, total=total),
            previous=self._neighbour(position - 1) if position else None,
            next=self._neighbour(position + 1) if position + 1 < len(self.differing) else None,
            permalink=self._permalink(change),
            rights=rights,
            verdict=verdict,
        )

    def _defines(self, change: Change) -> Iterator[Markup]:
        """Yield which terms mean something else now, and where they are used."""
        say = self.say
        for each in self.terms:
            if each.change == change.number:
                links = [
                    Markup('<a href="#{}">{}</a>').format(clause.anchor, self.parts.theirs(clause.title))
                    for clause in each.used_in
                ]
                pattern = say.defines if each.new else say.no_longer_defines
                named = self.parts.theirs(say.quoted(each.term))
                yield sentence(pattern, term=named, clauses=Markup.escape(say.comma).join(links))

    def _stretches(self, change: Change) -> list[tuple[int, int]]:
        """Return the runs of a change's clauses that stand together in the new text, as positions among them."""
        places = [self.places[clause.anchor] for clause in change.new]
        starts = [0, *(n for n in range(1, len(places)) if places[n] != places[n - 1] + 1)]
        return list(pairwise((*starts, len(change.new or change.old))))

    def _neighbour(self, position: int) -> LinkView:
        title = sentence(self.say.previous_change, title=self.parts.theirs(self.titles[position]))
        return LinkView(title, f"#{self.comparison.anchor_of(self.differing[position])}")

    def _permalink(self, change: Change, position: int = 0) -> LinkView:
        """Link the clause where it stands for good."""
        new = bool(change.new)
        version = self.comparison.new if new else self.comparison.old
        clause = (change.new or change.old)[position]
        uri = relative_uri(self.page_uri, version_uri(self.standing.policy.slug, version), clause.anchor)
        return LinkView(self.say.clause_there if new else self.say.clause_there_old, uri)

    def _crumb(self, change: Change) -> str:
        """Name the clause that a change stands in where its heading is folded away, once for its clauses in a row."""
        crumb = ""
        clauses = self.comparison.new.clauses if change.new else self.comparison.old.clauses
        clause = (change.new or change.old)[0]
        if clause.parent >= 0 and clauses[clause.parent].anchor in self.folded:
            crumb = clauses[clause.parent].title
        if crumb == self.crumb:
            return ""
        self.crumb = crumb
        return crumb

    def _place(self, change: Change) -> Markup | None:
        """Say where a clause moved from."""
        if not _is_moved(change):
            return None
        say = self.say
        place, _ = moved_places(change, self.comparison)
        after = say.moved_from_after if place.clause else say.moved_from_start
        pattern = say.moved_from_under if place.is_under else after
        name: Markup | str = self._place_name(place)
        if change.number in self.has_stub:
            name = Markup('<a href="#{}">{}</a>').format(self._stub_anchor(change), name)
        return sentence(pattern, title=name)

    def _stub_anchor(self, change: Change) -> str:
        return f"{self.comparison.anchor_of(change)}_from"  # No clause id has an underscore.

    def _place_name(self, place: Place) -> str:
        if place.clause:
            return self.parts.theirs(self.say.quoted(place.clause.title))
        return self.say.top_level if place.is_under else self.say.the_beginning

    def _anchor(self, clause: Clause) -> str:
        """Give the page's one element with this `id` to the first that asks."""
        if clause.anchor in self.taken:
            return ""
        self.taken.add(clause.anchor)
        return clause.anchor

    def _old_anchors(self, clauses: Iterator[Clause] | Sequence[Clause]) -> tuple[str, ...]:
        """Return ids of old clauses that stand nowhere on the new side."""
        gone = (clause for clause in clauses if clause.anchor not in self.new_anchors)
        return tuple(filter(None, map(self._anchor, gone)))

    def _former_anchors(self, clauses: Iterator[Clause] | Sequence[Clause]) -> tuple[str, ...]:
        """Return ids that clauses of the new side had right before it, if neither side has them any more.

        The page of a step over several versions had them before a clause was given another id.
        """
        there = self.new_anchors | self.old_anchors
        former = (was for clause in clauses for was in clause.was if was not in there and was not in self.taken)
        found = tuple(dict.fromkeys(map(str, former)))
        self.taken.update(found)
        return found


def marked_title(change: Change, standing: Standing) -> str:
    """Return the title of a change for a place in the words of the policy."""
    clauses = change.new or change.old
    if len(clauses) > 1:
        return standing.parts.titles((clause.title for clause in clauses), standing.wording)
    return change_title(change, standing.wording)


def _is_moved(change: Change) -> bool:
    return ChangeKind.MOVED in {change.kind, *change.also} and bool(change.old and change.new)


def _old_places(comparison: Comparison) -> dict[int, list[Change]]:
    """Return which moved clauses stood after which change, by its number; 0 is the beginning.

    A clause that still stands right after the same change, only under another heading, has no old place to mark.
    """
    holder = {clause.anchor: change for change in comparison.changes for clause in change.old}
    places: dict[int, list[Change]] = defaultdict(list)
    last = 0
    for clause in comparison.old.clauses:
        change = holder[clause.anchor]
        if not _is_moved(change):
            last = change.number
        elif change.old[0] is clause and change.number != last + 1:
            places[last].append(change)
    return places
