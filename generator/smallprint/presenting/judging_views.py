"""What the templates of `themes/bodies` are given about rights, as in `smallprint.presenting.views`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one rule said."""

    rule: str
    sign: str
    says: str
    """`reduces · consent · material`."""
    reason: str
    before: str
    now: str
    source: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What the note of a change says about rights."""

    direction: str
    """`reduces`, for the style."""
    sign: str
    label: str
    word: str
    rights: str
    """`consent, what is collected`."""
    spoken: str
    """The verdict as part of a sentence, with the word that nobody has decided where that is so."""
    is_material: bool
    for_readers: str
    reason: str
    is_folded: bool
    """The reason stands with the rules' words, as it is long and there is a sentence for readers."""
    folded_label: str
    """What opens what is folded; empty where nothing is."""
    material: str
    practice: str
    decided: Markup | None
    """None: no person has decided."""
    findings: tuple[FindingView, ...]
    silent: str
    """Said where the rules found nothing."""
    proposals: tuple[FindingView, ...]
    """The weightiest of them where no person has decided."""
    more: str
    """`and 3 more`, where there are more."""


@dataclass(frozen=True, slots=True)
class MeaningView:
    """A decided change in a sentence for readers."""

    direction: str
    sign: str
    label: str
    """`Reduces your rights · consent · material`."""
    text: str
    uri: str


@dataclass(frozen=True, slots=True)
class RightsView:
    """What a comparison does to the rights of readers."""

    lead: str = ""
    """How many changes do what; empty until all is decided."""
    meanings: tuple[MeaningView, ...] = ()
    folded: tuple[MeaningView, ...] = ()
    """Those that are not material, where there are many."""
    folded_label: str = ""
    notice: Markup | None = None
    """Whether users were told; none where nothing is material."""
    neither: str = ""
    """Which changes nobody decided on and are counted all the same; empty where there are none."""
    judged_by: Markup | None = None
    """Who judges the policy, where policy.yml says it and somebody has decided."""
    decided: Markup | None = None
    """Who decided, and when last; none where nobody has."""
    note: str = ""
    """Said where not all is decided."""
    preview: str = ""
    """Tells that the page shows what nobody has decided; empty on public pages."""
    judging_uri: str = ""
    """Where it is told how changes are judged."""


@dataclass(frozen=True, slots=True)
class ProseView:
    """A title with paragraphs."""

    anchor: str
    title: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointView:
    """A word with what it means."""

    sign: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule, for those who ask how changes are judged."""

    anchor: str
    name: str
    message: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleGroupView:
    """The rules that say the same of a change."""

    sign: str
    label: str
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """The body of the page that tells how changes are judged."""

    language: str
    questions: tuple[ProseView, ...]
    directions_part: ProseView
    directions: tuple[PointView, ...]
    rights_part: ProseView
    rules_part: ProseView
    rules: tuple[RuleGroupView, ...]
