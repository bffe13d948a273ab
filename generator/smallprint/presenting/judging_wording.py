"""All words readers see about what a change does to their rights, and how that is judged.

They state what was decided and why; they neither warn nor praise.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from smallprint.judgement import Direction, Practice, Right

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
class JudgingWording:
    """The words of one language about rights."""

    directions: Mapping[Direction, DirectionWording]
    rights: Mapping[Right, str]
    practices: Mapping[Practice, str]
    reduce: Mapping[str, str]
    expand: Mapping[str, str]
    neither: Mapping[str, str]
    still_open: Mapping[str, str]
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    """The page on how changes are judged: titles with their paragraphs."""

    reduce_none: str = "No change reduces your rights"
    nothing: str = "No change reduces or expands your rights"
    between: str = " · "
    """Between a verdict and the rights it is about."""
    material: str = "Material: users are to be told of it before it takes effect."
    not_material: str = "Not material: it needs no notice of its own."
    material_word: str = "material"
    decided: str = "Decided by {by} on {on}."
    decided_several: str = "Decided by {by}, last on {on}."
    not_all: str = "Not every change of this step has been judged yet."
    not_advice: str = "This is not legal advice."
    how: str = "How changes are judged"
    meaning: str = "What it means for your rights"
    rules_said: str = "What the rules said"
    rules_silent: str = "The rules found nothing here."
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
    filter_reduces: str = "Reduced"
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


_QUESTIONS = (
    (
        "What is asked",
        (
            (
                "Of every change between two versions of a policy one question is asked: does it leave you and the "
                "other people whose data the policy is about with fewer rights, less protection or less choice than "
                "the version before?"
            ),
            (
                "The whole policy is looked at. A sentence that moved, or still stands elsewhere, is not lost; a right"
                " that is dropped in one clause and kept in another is kept; more words about a practice that was "
                "allowed before change nothing."
            ),
        ),
    ),
    (
        "Who decides",
        (
            (
                "Rules read both versions and propose what a change does, with their reason and the words of both "
                "versions. A person then decides: only what a person has decided is shown here, with a name, a day and"
                " a reason. The decision is always shown as that person’s, and what the rules said stands beside it, "
                "whether the person agreed or not."
            ),
            (
                "A decision is about exact words. If either version is edited afterwards, it no longer counts, and the"
                " change has to be decided again."
            ),
            (
                "Where a change shows no verdict, nobody has decided on it. Changes are counted by what they do only "
                "once every change of a step that had to be decided is decided; those that neither the rules nor a "
                "person found anything in are then counted as doing neither."
            ),
        ),
    ),
    (
        "What material means",
        (
            (
                "A change that takes something away is called material where people would expect to be told before it "
                "takes effect, because it could change whether or how they use the service: sharing or selling to new "
                "kinds of recipients, sensitive data, consent that is no longer asked, a right dropped or narrowed, "
                "data kept longer, claims that can no longer be brought to court, and the like. A small addition of a "
                "kind already named is not material."
            ),
            (
                "A change to the words of a policy need not be a change in what is done. Where the publisher says "
                "which of the two it is, the verdict says so."
            ),
        ),
    ),
    (
        "What this is not",
        (
            (
                "This is not legal advice. It tells how the publisher of the policy sees its own changes; it does not "
                "tell whether they are lawful, or what you should do. The texts themselves are what counts: every "
                "version is here in full, and every word that changed is marked."
            ),
        ),
    ),
)

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
                "Both in one change, and neither clearly outweighs the other. In counts it stands with those that "
                "reduce rights.",
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
    reduce=MappingProxyType(
        {"one": "{count} change reduces your rights", "other": "{count} changes reduce your rights"}
    ),
    expand=MappingProxyType({"one": "{count} expands them", "other": "{count} expand them"}),
    neither=MappingProxyType({"one": "{count} does neither", "other": "{count} do neither"}),
    still_open=MappingProxyType(
        {"one": "{count} change is still to be decided.", "other": "{count} changes are still to be decided."}
    ),
    questions=_QUESTIONS,
)
