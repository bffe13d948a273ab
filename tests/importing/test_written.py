"""The laws of what an import writes: every word, no fault, and the same bytes when it is imported again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import hypothesis
from drafts import drafts

from smallprint.importing.carry import Heritage
from smallprint.importing.clean import clean_draft
from smallprint.importing.draft import Kind
from smallprint.importing.importing import import_draft, import_marked
from smallprint.importing.structure import find_sections
from smallprint.reading.clauses import parse_clauses
from smallprint.reading.front_matter import split_front_matter
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    from smallprint.importing.draft import Draft

DAY = "2020-01-01"


def said(markdown: str) -> str:
    """Return all characters that readers see, without white space."""
    head, _ = split_front_matter(markdown, "")
    clauses, _ = parse_clauses(head.body)
    return "".join("".join(unit.plain for clause in clauses for unit in clause.units).split())


def drafted(draft: Draft) -> str:
    """Return the same of a draft, once what no version may have is taken out."""
    parts = []
    for section in find_sections(clean_draft(draft)):
        for piece in section.pieces:
            huge = f"{piece.number}." if piece.kind is Kind.ITEM and piece.is_first and piece.number > 10**9 else ""
            parts.append(huge + piece.text)
    return "".join("".join(parts).split())


@hypothesis.given(drafts)
def test_a_version_says_what_its_draft_says_without_faults(draft: Draft) -> None:
    """Every character in order, nothing else, and nothing that `check` complains of."""
    for sentences in (False, True):
        imported = import_draft(draft, version_id=DAY, sentences=sentences)
        _, faults = parse_version(imported.markdown, path=f"{DAY}.md", version_id=DAY)

        assert faults == []
        assert said(imported.markdown) == drafted(draft)
        assert imported.report.unexplained == ()


@hypothesis.given(drafts)
def test_structure_keeps_every_word(draft: Draft) -> None:
    """Pieces become headings and sections; their text stays."""
    clean = clean_draft(draft)
    before = Counter("".join("".join(piece.text for piece in clean.pieces).split()))

    assert before - Counter(drafted(draft)) == Counter()


@hypothesis.given(drafts)
def test_a_second_import_changes_nothing(draft: Draft) -> None:
    """What an import wrote has all its ids, so importing it again gives the same bytes."""
    for sentences in (False, True):
        imported = import_draft(draft, version_id=DAY, sentences=sentences)
        again = import_marked(imported.markdown, f"{DAY}.md", version_id=DAY)

        assert again.markdown == imported.markdown


@hypothesis.given(drafts)
def test_carrying_over_from_itself_gives_the_same_ids(draft: Draft) -> None:
    """A version imported like itself gets the ids it has, none of them doubtful, and no `was`."""
    first = import_draft(draft, version_id=DAY)
    version, _ = parse_version(first.markdown, path=f"{DAY}.md", version_id=DAY)
    again = import_draft(draft, version_id=DAY, heritage=Heritage(version))

    assert again.markdown == first.markdown
