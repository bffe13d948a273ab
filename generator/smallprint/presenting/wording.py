"""All words that readers see and that do not come from the content.

One `Wording` a language; only English so far. A translation is one more value in `_WORDINGS`, and nothing else:
sentences have named gaps (`{date}`), counts have one pattern for each plural category of CLDR.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel import Locale

from smallprint.model import ChangeKind
from smallprint.presenting.judging_wording import ENGLISH_JUDGING
from smallprint.presenting.notice_wording import ENGLISH_NOTICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.presenting.judging_wording import JudgingWording
    from smallprint.presenting.notice_wording import NoticeWording


_ENDS = (".", "…", "!", "?", "؟", "۔", "。", "！", "？")  # noqa: RUF001 - the signs of other scripts are meant


@dataclass(frozen=True, slots=True)
class KindWording:
    """What is said of one kind of change."""

    label: str
    """As a label: `Reworded`."""
    word: str
    """Within a sentence: `reworded`."""
    sign: str
    """Stands before the label, never without it."""
    first: Mapping[str, str]
    """Opens the summary: `12 clauses were reworded`."""
    further: Mapping[str, str]
    """Goes on with the summary: `3 added`."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    language: str
    kinds: Mapping[ChangeKind, KindWording]
    judging: JudgingWording
    """What is said of rights."""
    notice: NoticeWording
    """What is said of notices that were sent."""
    unchanged_too: Mapping[str, str]
    nothing_changed: Mapping[str, str]
    unchanged_clauses: Mapping[str, str]
    more_places: Mapping[str, str]
    versions: Mapping[str, str]
    more_rows: Mapping[str, str]
    and_more: str = "and {count} more"
    and_more_folded: str = "… and {count} more"
    also_all: str = "{kind} too"
    also_some: str = "{count} of them {kind} too"
    comma: str = ", "
    last_comma: str = " and "
    then: str = "; "
    colon: str = ": "
    stop: str = "."
    open_quote: str = "“"
    close_quote: str = "”"
    clipped: str = "…"

    permalink: str = "Link to this clause"
    also_as: str = "Also as"
    policy_nav: str = "This policy"
    current_text: str = "Current text"
    what_changed: str = "What changed"
    history: str = "History"

    in_force_since: str = "In force since {date}"
    in_force_between: str = "In force from {date} until {until}"
    in_force_from: str = "Takes effect on {date}"
    label_in_force: str = "In force from"
    label_until: str = "until"
    label_published: str = "Published"
    label_notified: str = "Users notified"
    label_to_be_notified: str = "Users to be notified"
    first_version: str = "The first version kept here."
    announced: str = "A new version takes effect on {date}."
    see_what_changes: str = "See what changes"
    announced_banner: str = "This version takes effect on {date}. Until then the version of {current} is in force."
    announced_first: str = "This version takes effect on {date}. No version is in force before it."
    announced_link: str = "See what it changes"
    old_banner: str = "This is the version of {date}, in force until {until}."
    old_current: str = "The version in force is that of {current}."
    old_changes: str = "See all that has changed since"
    last_changed: str = "What changed on {date}"
    all_versions: str = "All {versions}"
    contents: str = "Contents"
    other_versions: str = "Versions"
    this_version: str = "this version"
    more_versions: str = "more in the history"

    dropped_title: str = "Clauses of earlier versions"
    dropped_lead: str = "Links to clauses that no longer stand under their old name arrive here."
    dropped_last: str = "“{title}” ({anchor}) last stood in the version of {date}."
    dropped_read: str = "Read it there"
    dropped_removed: str = "See how it was removed"
    dropped_into: str = "It went into {titles}."
    dropped_step: str = "See the change"

    redline_title: str = "What changed in the {policy}, {old} to {new}"
    redline_description: str = "{policy}: every change from {old} to {new}, marked in the text."
    old: str = "Old"
    new: str = "New"
    to: str = "to"
    compare_others: str = "compare other dates"
    steps_nav: str = "Other steps"
    earlier_step: str = "Earlier step: {old} to {new}"
    later_step: str = "Later step: {old} to {new}"
    since_then: str = "From {old} to the version in force"
    spans_steps: str = "Read it step by step:"
    one_step: str = "{old} to {new}"
    change_list: str = "All changes"
    before: str = "Before"
    now: str = "Now"
    text_with_changes: str = "The text with its changes"
    legend_added: str = "words added"
    legend_removed: str = "words removed"
    legend_moved: str = "words moved"
    index: str = "Index of changes"
    show_kinds: str = "Show"
    show_unchanged: str = "Unchanged clauses"
    all_shown: str = "No change is hidden."
    some_shown: str = "{shown} of {total} changes are shown."
    keys_use: str = "Keys"
    next_change: str = "next change"
    previous_one: str = "previous one"
    spoken: str = "Spoken marks"
    spoken_why: str = "“added”, “removed”, “moved” for screen readers"
    position: str = "{number} of {total}"
    position_continued: str = "{number} of {total} goes on"
    name_continued: str = "Change {number} of {total} goes on: {title}"
    name_continued_alone: str = "Change {number} of {total} goes on"
    """Where the title is in another language, which a name cannot hold."""
    previous: str = "previous"
    next: str = "next"
    previous_change: str = "change: {title}"
    change_name: str = "Change {number} of {total}: {title}, {kinds}"
    change_name_alone: str = "Change {number} of {total}: {kinds}"
    defines: str = "This changes what {term} means in: {clauses}."
    no_longer_defines: str = "This no longer says what {term} means, which is used in: {clauses}."
    link_then: str = "{policy}, in force from {date}"
    clause_there: str = "clause in the new text"
    clause_there_old: str = "clause in the old text"
    moved_from_under: str = "Moved here from under {title}"
    moved_from_after: str = "Moved here from after {title}"
    moved_from_start: str = "Moved here from {title}"
    moved_to_under: str = "{clause} was here. It moved to under {title}"
    moved_to_after: str = "{clause} was here. It moved to after {title}"
    moved_to_start: str = "{clause} was here. It moved to {title}"
    was_under: str = "Was under {old}, is now under {new}."
    now_under: str = "Is now under {new}."
    no_longer_under: str = "Is no longer under {old}."
    was_after: str = "Was after {old}, is now after {new}."
    was_first: str = "Was at the beginning, is now after {new}."
    is_first: str = "Was after {old}, is now at the beginning."
    retitled_page: str = "The title was {old} and is {new} now."
    moved_down: str = "Is further down than it was."
    moved_up: str = "Is further up than it was."
    label_title: str = "Title"
    now_before: str = "“{now}”, before “{before}”"
    top_level: str = "no heading"
    the_beginning: str = "the beginning"
    regrouped: str = "{old} became {new}."
    merged_from: str = "Made of {titles}."
    split_into: str = "Is in {titles} now."
    row_added: str = "{row} added"
    row_removed: str = "{row} removed"
    cell_changed: str = "{old} → {new}"
    empty_cell: str = "nothing"
    column_added: str = "column {title} added"
    column_removed: str = "column {title} removed"
    rows_sorted: str = "The rows are in another order; none was added or removed."
    same_words: str = "The words are the same; their formatting or place in a list, table or heading differs."
    empty_quote: str = "(empty)"
    only_moved: str = "The words are the same; some of them moved to another place."
    link_to: str = "{text} (link to {target})"
    old_text: str = "the old text"
    new_text: str = "the new text"
    this_text: str = "this text"
    source_text: str = "Source"
    record: str = "Record as JSON"
    digest_of: str = "SHA-256 of {what}"
    feed: str = "Feed"

    history_title: str = "History of the {policy}"
    history_lead: str = "{versions}, from {first} to {last}."
    history_lead_one: str = "One version, of {first}."
    history_description: str = "{policy}: all versions, with what each of them changed."
    jump_to_year: str = "Jump to a year"
    read_text: str = "Read this version"
    read_redline: str = "See its changes"
    read_against: str = "Compare with the version in force"
    read_since: str = "Compare with the version of {date}"
    badge_current: str = "In force"
    badge_announced: str = "Announced"

    version_title: str = "{policy}, version of {date}"
    version_description: str = "{policy}: the version of {date}."
    policy_description: str = "{policy}: the version in force, of {date}."
    named: str = "{policy} of {publisher}"
    feed_title: str = "{policy}: what changes"
    entry_title: str = "{policy} of {date}"
    entry_first: str = "The first version kept here. In force from {date}."
    entry_dates: str = "In force from {date}."
    line: str = "{kind}: {title}."

    def plural(self, patterns: Mapping[str, str], count: int, **values: str) -> str:
        """Fill the pattern that goes with a count, as `{count} clauses`."""
        category = Locale.parse(self.language).plural_form(count)
        return patterns.get(category, patterns["other"]).format(count=count, **values)

    def listed(self, items: Sequence[str]) -> str:
        """Join items as in a sentence: `A, B and C`."""
        if len(items) < 2:  # noqa: PLR2004 - one or none needs no joining
            return "".join(items)
        return self.comma.join(items[:-1]) + self.last_comma + items[-1]

    def ended(self, text: str) -> str:
        """End a text with one full stop, unless it ends as sentences do, be it within quotation marks.

        >>> ENGLISH.ended("Reworded: Who are we?."), ENGLISH.ended("Now: “we …”"), ENGLISH.ended("Now: “we”")
        ('Reworded: Who are we?', 'Now: “we …”', 'Now: “we”.')
        """
        bare = text.removesuffix(self.stop)
        return bare if bare.rstrip(self.close_quote).endswith(_ENDS) else bare + self.stop

    def quoted(self, text: str) -> str:
        """Put a text in quotation marks."""
        return f"{self.open_quote}{text}{self.close_quote}"


def _kind(label: str, sign: str, participle: str, tail: str = "") -> KindWording:
    word = participle.lower()
    return KindWording(
        label=label,
        word=word,
        sign=sign,
        first=MappingProxyType(
            {"one": f"{{count}} clause was {word}{tail}", "other": f"{{count}} clauses were {word}{tail}"}
        ),
        further=MappingProxyType({"other": f"{{count}} {word}{tail}"}),
    )


ENGLISH = Wording(
    language="en",
    kinds=MappingProxyType(
        {
            ChangeKind.REWORDED: _kind("Reworded", "±", "reworded"),
            ChangeKind.RETITLED: _kind("Retitled", "T", "retitled"),
            ChangeKind.RENUMBERED: _kind("Renumbered", "#", "renumbered"),
            ChangeKind.MOVED: _kind("Moved", "→", "moved"),
            ChangeKind.SPLIT: _kind("Split", "÷", "split", " into {parts}"),
            ChangeKind.MERGED: _kind("Merged", "&", "merged", " into {parts}"),
            ChangeKind.ADDED: _kind("Added", "+", "added"),
            ChangeKind.REMOVED: _kind("Removed", "−", "removed"),  # noqa: RUF001 - a minus sign is meant
            ChangeKind.UNCHANGED: _kind("Unchanged", "○", "unchanged"),
        }
    ),
    judging=ENGLISH_JUDGING,
    notice=ENGLISH_NOTICE,
    unchanged_too=MappingProxyType({"one": "{count} stands unchanged", "other": "{count} stand unchanged"}),
    nothing_changed=MappingProxyType(
        {
            "one": "No clause was changed; the only one stands as it was.",
            "other": "No clause was changed; all {count} stand as they were.",
        }
    ),
    unchanged_clauses=MappingProxyType({"one": "{count} unchanged clause", "other": "{count} unchanged clauses"}),
    more_places=MappingProxyType({"one": "and in {count} more place", "other": "and in {count} more places"}),
    more_rows=MappingProxyType({"one": "{count} more row", "other": "{count} more rows"}),
    versions=MappingProxyType({"one": "{count} version", "other": "{count} versions"}),
)

_WORDINGS = MappingProxyType({ENGLISH.language: ENGLISH})


def wording_for(language: str) -> Wording:
    """Return the words for a page in `language` (`en-GB`), English where there are none."""
    return _WORDINGS.get(language.partition("-")[0].lower(), ENGLISH)
