"""References and footnotes of a page, led to each other."""

from __future__ import annotations

from plain import version
from smallprint.comparing import compare
from smallprint.presenting.html import clause_html
from smallprint.presenting.notes import carried_labels, settle_notes
from smallprint.presenting.redline_html import change_html


def settled(old: str, new: str) -> str:
    comparison = compare(version(old), version(new))
    parts = [part.html for change in comparison.changes for part in change_html(change)]
    return "".join(settle_notes(parts, carried_labels(comparison.differing)))


def test_a_page_without_notes_stays_as_it_is() -> None:
    parts = ["<p>One.</p>", "<p>Two.</p>"]

    assert settle_notes(parts) == parts


def test_the_first_reference_is_where_a_note_leads_back_to() -> None:
    clauses = version("A.[^1] B.[^1]\n\n[^1]: Note.").clauses
    (html,) = settle_notes([clause_html(clause) for clause in clauses])

    assert html.count('id="_ref-1"') == 1
    assert html.index('id="_ref-1"') < html.index("B.")
    assert html.count('href="#_note-1"') == 2
    assert '<aside class="clause-note" id="_note-1" role="doc-footnote"><a class="note-label" href="#_ref-1"' in html


def test_a_label_of_any_characters_makes_an_id_of_its_own() -> None:
    labels = ("a", "A", "a_b", "a.b", "数", "“", "_61_")
    text = " ".join(f"x[^{label}]" for label in labels) + "\n\n" + "\n".join(f"[^{label}]: n" for label in labels)
    (html,) = settle_notes([clause_html(clause) for clause in version(text).clauses])

    assert html.count(' id="_note-') == html.count(' id="_ref-') == len(labels)
    assert len({part.split('"')[0] for part in html.split(' id="')[1:]}) == 2 * len(labels)


def test_a_removed_note_has_a_place_of_its_own_beside_a_new_one_of_its_label() -> None:
    html = settled(
        "# A {#a}\n\nWords that stay as they are.[^1]\n\n[^1]: Courts may ask for everything we know.",
        "# A {#a}\n\nWords that stay as they are.\n\n# B {#b}\n\nOther words.[^1]\n\n[^1]: Call.",
    )

    assert '<aside class="clause-note gone" id="_note-1_old"' in html
    assert '<aside class="clause-note" id="_note-1"' in html
    assert 'href="#_note-1_old" id="_ref-1_old" role="doc-noteref"><del>' in html


def test_a_removed_reference_leads_to_the_note_that_was_carried_on_under_another_label() -> None:
    html = settled(
        "Words.[^1]\n\n[^1]: Courts may ask for everything we know.",
        "Words.[^2]\n\n[^2]: Courts may ask for everything we know.",
    )

    assert "was footnote [1]" in html
    assert html.count('href="#_note-2"') == 2
    assert "_note-1" not in html


def test_text_that_looks_like_ours_is_text() -> None:
    text = 'Words.[^1]\n\n[^1]: \\<aside class="clause-note" id="_note-1" role="doc-footnote">'
    (html,) = settle_notes([clause_html(clause) for clause in version(text).clauses])

    assert html.count("<aside") == 1
