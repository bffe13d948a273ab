"""All words readers see about what a change does to their rights, and how that is judged.

They state what was decided and why; they neither warn nor praise.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from smallprint.judgement import Direction, Practice, Right
from smallprint.presenting.judging_prose import ENGLISH_QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class DirectionWording:
    """What is said of one direction."""

    sign: str
    """Stands before the words, never without them."""
    label: str
    """As a verdict: `Reduces your rights`."""
    word: str
    """Beside other words: `reduces`."""
    meaning: str
    """What it means, for those who ask how changes are judged."""


@dataclass(frozen=True, slots=True)
class CountWording:
    """What is said of how many changes there are of one sort."""

    first: Mapping[str, str]
    """Opens the sentence: `3 changes reduce your rights`."""
    further: Mapping[str, str]
    """Goes on with it: `5 expand them`."""


@dataclass(frozen=True, slots=True)
class JudgingWording:
    """The words of one language about rights."""

    directions: Mapping[Direction, DirectionWording]
    rights: Mapping[Right, str]
    practices: Mapping[Practice, str]
    reduce: CountWording
    do_both: CountWording
    expand: CountWording
    both_in_full: Mapping[str, str]
    """Of changes that do both, in a sentence that has not said yet what can be done."""
    neither: Mapping[str, str]
    neither_decided: Mapping[str, str]
    passed_over_too: Mapping[str, str]
    """Goes on with the sentence before."""
    passed_over: Mapping[str, str]
    still_open: Mapping[str, str]
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    """The page on how changes are judged: titles with their paragraphs."""

    expand_none: str = "none expands them"
    nothing: str = "No change reduces or expands your rights"
    between: str = " · "
    """Between a verdict and the rights it is about."""
    material: str = "Material: people would expect to be told of it."
    material_pending: str = "Material: users are to be told of it before it takes effect."
    not_material: str = "Not material: it needs no notice of its own."
    material_word: str = "material"
    decided: str = "Decided by {by} on {on}."
    decided_several: str = "Decided by {by}, last on {on}."
    not_all: str = "Not every change of this step has been judged yet."
    told: str = "Users were told on {days}."
    to_be_told: str = "Users are to be told on {days}."
    told_of_some: str = "Notice to users is recorded for some of these steps only."
    not_told: str = "No notice to users is recorded."
    day_of_notice: str = "Notice to users: {days}."
    """Where nothing is known of today, as in feeds."""
    judged_by: str = "Judged by {who}."
    not_advice: str = "This is not legal advice."
    how: str = "How changes are judged"
    meaning: str = "What it means for your rights"
    rules_said: str = "What the rules said"
    why: str = "Why"
    why_and_rules: str = "Why, and what the rules said"
    rules_silent: str = "The rules found nothing here; a person did."
    rules_silent_too: str = "The rules found nothing here either."
    rule: str = "Rule"
    rests_on: str = "Rests on"
    proposed: str = "Proposed by the rules, not decided by a person"
    proposed_word: str = "proposed"
    preview: str = "Preview."
    preview_tells: str = (
        "This page also shows what the rules propose and no person has decided. The public site shows none of that."
    )
    show_rights: str = "Your rights"
    no_verdict: str = "No verdict"
    no_verdict_sign: str = "○"
    passed_over_word: str = "no effect found"
    passed_over_label: str = "No effect found"
    passed_over_all: str = (
        "Changes that do neither include those in which the rules found nothing and no person decided."
    )
    filter_reduces: str = "Reduced"
    filter_mixed: str = "Both"
    filter_expands: str = "Expanded"
    filter_neither: str = "Neither"
    filter_unclear: str = "Unclear"

    material_feed: str = "{policy}: material changes"
    material_feed_link: str = "Feed of material changes"
    material_title: str = "{verdict}: {title}"

    page_title: str = "How changes are judged"
    page_description: str = "What is asked of every change to a policy, who decides, and by which rules."
    page_lead: str = "Rules propose, a person decides, and both are shown with their reasons. This is not legal advice."
    rules_none: str = "This site has no rules; people judge by reading."
    directions_title: str = "What a change can do"
    rights_title: str = "Which rights are meant"
    rights_lead: str = "A verdict names what it is about: {rights}."
    rules_title: str = "The rules"
    rules_lead: str = (
        "Each rule looks for one kind of change. What it finds is a proposal, shown beside the verdict of the person "
        "who decided."
    )


def _plural(one: str, other: str) -> Mapping[str, str]:
    return MappingProxyType({"one": one, "other": other})


def _counted(first: tuple[str, str], further: tuple[str, str]) -> CountWording:
    return CountWording(_plural(*first), _plural(*further))


ENGLISH_JUDGING = JudgingWording(
    directions=MappingProxyType(
        {
            Direction.REDUCES: DirectionWording(
                "▼",
                "Reduces your rights",
                "reduces",
                "The publisher may do more with the data, or promises less: new kinds of data, new purposes, new "
                "recipients, a limit or a safeguard dropped, a choice or a remedy lost.",
            ),
            Direction.EXPANDS: DirectionWording(
                "▲",
                "Expands your rights",
                "expands",
                "The mirror of that: a practice stopped or narrowed, a right, choice, safeguard or remedy added.",
            ),
            Direction.MIXED: DirectionWording(
                "◆",
                "Reduces and expands your rights",
                "reduces and expands",
                "Both in one change, and neither clearly outweighs the other.",
            ),
            Direction.NEUTRAL: DirectionWording(
                "●",
                "Does not affect your rights",
                "neither",
                "Other words for the same thing, another place or number, names, links and contact details, or more "
                "detail on what the old text allowed already.",
            ),
            Direction.UNCLEAR: DirectionWording(
                "?",
                "Unclear what it does to your rights",
                "unclear",
                "Something of substance changed that the rules cannot decide. A person does.",
            ),
        }
    ),
    rights=MappingProxyType(
        {
            Right.NOTICE: "notice of changes",
            Right.CONSENT: "consent",
            Right.COLLECTION: "what is collected",
            Right.PURPOSE: "what data is used for",
            Right.SHARING: "who data is shared with",
            Right.SALE: "sale of data",
            Right.ADVERTISING: "advertising",
            Right.PROFILING_AI: "profiling and AI",
            Right.RETENTION: "how long data is kept",
            Right.SECURITY: "security",
            Right.ACCESS: "access to your data",
            Right.CORRECTION: "correction",
            Right.DELETION: "deletion",
            Right.PORTABILITY: "taking your data elsewhere",
            Right.OBJECTION_OPTOUT: "objecting and opting out",
            Right.CHILDREN: "children",
            Right.TRANSFER: "transfer to other countries",
            Right.REMEDIES: "complaints and remedies",
            Right.ANONYMITY: "anonymity",
            Right.ACCOUNT: "your account",
            Right.OTHER: "other rights",
        }
    ),
    practices=MappingProxyType(
        {
            Practice.CHANGED: "What is done with data has changed.",
            Practice.DESCRIBED: "Only the description has changed, not what is done with data.",
        }
    ),
    reduce=_counted(
        ("{count} change reduces your rights", "{count} changes reduce your rights"),
        ("{count} reduces them", "{count} reduce them"),
    ),
    do_both=_counted(
        ("{count} change reduces and expands your rights", "{count} changes reduce and expand your rights"),
        ("{count} does both", "{count} do both"),
    ),
    expand=_counted(
        ("{count} change expands your rights", "{count} changes expand your rights"),
        ("{count} expands them", "{count} expand them"),
    ),
    both_in_full=_plural("{count} reduces and expands them", "{count} reduce and expand them"),
    neither=_plural("{count} does neither", "{count} do neither"),
    neither_decided=_plural(
        "A person decided that {count} does neither; ", "A person decided that {count} do neither; "
    ),
    passed_over_too=_plural(
        "in {count} more the rules found nothing, and no person decided on it.",
        "in {count} more the rules found nothing, and no person decided on them.",
    ),
    passed_over=_plural(
        "In the {count} that does neither the rules found nothing, and no person decided on it.",
        "In the {count} that do neither the rules found nothing, and no person decided on them.",
    ),
    still_open=MappingProxyType(
        {"one": "{count} change is still to be decided.", "other": "{count} changes are still to be decided."}
    ),
    questions=ENGLISH_QUESTIONS,
)
