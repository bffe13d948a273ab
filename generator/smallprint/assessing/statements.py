"""A sentence → what it does: which terms it says, and whether it takes, promises, grants or limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from smallprint.assessing.vocabulary import vocabulary

if TYPE_CHECKING:
    from smallprint.assessing.vocabulary import Hit, Term

_HARMLESS: Final = (
    r"(?!\ (?:apply|cover|extend|include|limit|guarantee|mean|respond|control|own|endorse|have|need|want|accept|warrant"
    r"|be\ able|be\ liable|be\ responsible))"
)
"""What is not done here takes nothing from anyone's freedom to handle data."""
_REFUSAL: Final = re.compile(
    rf"""(?<!\w)(?:
        (?<!you\ )(?<!who\ )(?<!users\ )(?<!if\ )(?<!['-])
        (?!you|users|who|individuals|children|there|please|then)[\w'-]++\ (?:
            (?:do|does|will|shall|would|did|have|has)(?:\ \w+)??\ not{_HARMLESS}
            | (?:are|is|be)(?:\ \w+)??\ not\ (?:be\ )?(?:\w+\ )?(?:shared|sold|used|collected|disclosed|stored|retained
                |rented|transferred|combined|linked|tied|accessible|in\ the\ business|associated|trained)
        )
        | (?:we|it|they|which)\ (?:\w+\ )?(?:won't|don't|doesn't|haven't|aren't){_HARMLESS}
        | (?<!should\ )(?<!must\ )(?<!may\ )never
        | (?<!that\ )(?:we|it)\ no\ longer
        | nor\ (?:do|does|will)
        | not\ (?:knowingly|sell|share|sold|shared|collect|disclose|rent|train)(?!\ my)
        | (?:we|to)\ refuse
        | (?<!you\ )(?<!users\ )(?<!who\ )(?<!children\ )(?<!they\ )(?:cannot|can't)
            (?!\ (?:guarantee|be\ held|respond|provide|process|use\ the|use\ our))
        | prohibit\w*
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_GRANT: Final = re.compile(
    r"""(?<!\w)(?:
        (?:you|users?|individuals?|residents?|customers?|they|people|members|consumers|owners?)\ (?:
            (?:also|always|still|then|now|therefore|(?:of|in|and)\ \w+)\ )?(?:
            (?:can|may|could)(?!\ (?:also\ )?(?:provide|give|submit|upload|enter|ask\ us\ to|be\ asked|be\ required
                |receive|encounter|not)\b)
            | will\ be\ able | have\ (?:the\ |a\ |certain\ |additional\ )?(?:right|choice|option|control)\w*
            | are\ entitled | has\ the\ right | control | remain | own
        )(?!\w)
        | right\ to(?!\w)
        | \A\W*(?:opt(?:ing)?[ -]out|object\ to|withdraw|turn\ off|unsubscribe)(?!\w)
        | we\ (?:will\ |always\ |only\ )?(?:ask|seek|obtain|request|get)\ (?:for\ )?(?:\w+\ ){0,3}(?:consent|permission)
        | (?:let|allow|enable|permit)s?\ (?:you|users)(?!\w)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_POINTER: Final = re.compile(
    r"^\W*(?:for (?:more|further|details)|to (?:learn|find out|read|view|see|know) |(?:please )?(?:see|visit|"
    r"view|read|click|refer|contact|review|check)\b|learn more|more information|if you (?:have|would like|want|wish)"
    r"\b[^.]*\b(?:contact|questions|learn|email|e-mail|write)\b|you (?:can|may)(?: also)? (?:find|learn|read|refer|"
    r"contact|view our)|you may wish to refer)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# fmt: off
_COMMON: Final = frozenset((
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "do", "does", "e",
    "for", "from", "g", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "may",
    "might", "more", "most", "no", "not", "of", "on", "or", "other", "our", "out", "own", "please", "s", "see",
    "should", "so", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "through", "to", "under", "up", "upon", "us", "was", "we", "well", "were", "what", "when",
    "where", "which", "while", "who", "will", "with", "within", "would", "you", "your", "yours", "also",
    "about", "all", "both", "each", "here", "per", "via",
))
# fmt: on
_GIVEN_UP: Final = frozenset({"remedy.waiver", "remedy.class-action"})
"""Who “waives the right to” a thing is granted nothing."""
_OBJECTS: Final = frozenset({"data", "purpose", "recipient"})
# fmt: off
_HINGES: Final = frozenset((
    "only", "may", "will", "must", "never", "not", "no", "all", "any", "some", "or", "and", "can", "should",
    "unless", "without", "shall", "most",
))
# fmt: on
_SPELLED: Final = {
    "isation": "ization",
    "ise": "ize",
    "ising": "izing",
    "yse": "yze",
    "ysing": "yzing",
    "aviour": "avior",
    "avour": "avor",
    "entre": "enter",
    "icence": "icense",
    "rogramme": "rogram",
    "ogue": "og",
}
_SPELLINGS: Final = re.compile("|".join(sorted(_SPELLED, key=len, reverse=True)))


@dataclass(frozen=True)
class Statement:
    """What one sentence says."""

    text: str
    hits: tuple[Hit, ...]

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The terms it says, by key."""
        return {hit.term.key: hit.term for hit in self.hits}

    @cached_property
    def facets(self) -> frozenset[str]:
        """The facets its terms are of."""
        return frozenset(hit.term.facet for hit in self.hits)

    @cached_property
    def actions(self) -> frozenset[str]:
        """What is done: `collect`, `share` and so on."""
        return frozenset(hit.term.name for hit in self.hits if hit.term.facet == "action")

    @cached_property
    def is_refusal(self) -> bool:
        """Whether it says that something is not done."""
        return bool(_REFUSAL.search(self.text.replace("’", "'")))

    @cached_property
    def is_grant(self) -> bool:
        """Whether it says what readers may do."""
        return bool(_GRANT.search(self.text)) and not self.terms.keys() & _GIVEN_UP

    @cached_property
    def is_pointer(self) -> bool:
        """Whether it only leads to where more is said."""
        return bool(_POINTER.search(self.text))

    @cached_property
    def objects(self) -> tuple[str, ...]:
        """What it speaks of: kinds of data, purposes, recipients; an empty text where it speaks of data as such."""
        return tuple(key for key, term in self.terms.items() if term.facet in _OBJECTS) or ("",)

    @cached_property
    def stance(self) -> str:
        """`refusal`: something is not done; `grant`: readers may do something; `does`: all else."""
        if self.is_refusal:
            return "refusal"
        return "grant" if self.is_grant else "does"

    @cached_property
    def hinges(self) -> frozenset[str]:
        """The small words that turn a meaning: only, may, never and so on."""
        return frozenset(_WORD.findall(self.text.lower())) & _HINGES

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words of substance, without their endings."""
        return frozenset(stem(word) for word in _WORD.findall(self.text.lower()) if word not in _COMMON)


@lru_cache(maxsize=20_000)
def statement(text: str) -> Statement:
    """Return what a sentence says; versions share most sentences, so each is read once."""
    return Statement(text, tuple(vocabulary().hits(text)))


def spelled(text: str) -> str:
    """Return a text in one spelling, hyphens and spaces apart.

    >>> spelled("off-site behaviour"), spelled("customise")
    ('offsitebehavior', 'customize')
    """
    return _SPELLINGS.sub(lambda match: _SPELLED[match.group()], text.replace("-", "").replace(" ", ""))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its ending, near enough to tell that two words are one.

    >>> stem("policies"), stem("collected"), stem("collecting"), stem("use")
    ('polic', 'collect', 'collect', 'use')
    """
    word = spelled(word)
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:  # noqa: PLR2004 - what is left must tell words apart
            return word[: -len(ending)]
    return word
