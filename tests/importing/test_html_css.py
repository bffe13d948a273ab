"""Struck text is not in force: it is left out and told, whatever strikes it out."""

from __future__ import annotations

import pytest
from pages import POLICY, left, read, told

from smallprint.importing.html_css import Sheet
from smallprint.importing.html_tree import Element
from smallprint.importing.source import Asked, read_any

STYLE = """<style>/* .no{text-decoration:line-through} */ .old, p > .gone b { text-decoration: line-through red }
@media print { .paper { text-decoration: line-through } } .old.back { text-decoration: none }</style>"""


@pytest.mark.parametrize(
    ("markup", "expected", "struck"),
    [
        ("We keep it for <del>30</del> <ins>90</ins> days.", "We keep it for 90 days.", ["30"]),
        ("We <s>never</s> sell. <strike>Ever.</strike>", "We sell.", ["never", "Ever."]),
        ("We <span style='color:red; text-decoration:line-through'>never</span> sell.", "We sell.", ["never"]),
        ("We <span style='text-decoration-line: underline line-through'>never</span> sell.", "We sell.", ["never"]),
        ("We <span class='x old'>never</span> sell.", "We sell.", ["never"]),
        ("We <i class=gone><b>never</b></i> sell.", "We sell.", ["never"]),
        ("We<del> never </del>sell.", "We sell.", ["never"]),
        ("The colo<del>u</del>r, 3<s>0</s>0 days.", "The color, 30 days.", ["u", "0"]),
        ("We <s style='text-decoration:none'>never</s> sell.", "We never sell.", []),
        (
            "We <i class='old back'>never</i> <i class=no>ever</i> <i class=paper>sell</i>.",
            "We *never* *ever* *sell*.",
            [],
        ),
    ],
)
def test_struck_text_of_pages(markup: str, expected: str, struck: list[str]) -> None:
    draft = read(f"{STYLE}<p>{POLICY}</p><p>{markup}</p><p>{POLICY}</p>")

    assert told(draft)[1] == f"p {expected}"
    assert left(draft) == [f"struck?: {text}" for text in struck]
    assert [item.text for item in draft.struck] == struck


def test_struck_blocks() -> None:
    draft = read(
        f"<p>{POLICY}</p><del><p>One.</p><ul><li>Two.</ul></del><p style='text-decoration:line-through'>Three."
    )

    assert told(draft) == [f"p {POLICY}"]
    assert left(draft) == ["struck?: One. / Two.", "struck?: Three."]


def test_a_person_chooses() -> None:
    page = f"<p>{POLICY}</p><p>We <s>never</s> sell.</p>"

    assert told(read(page, struck="keep"))[1] == "p We never sell."
    assert left(read(page, struck="drop")) == ["struck: never"]
    assert read(page, struck="drop").struck == read(page, struck="keep").struck == ()


@pytest.mark.parametrize(
    ("text", "expected", "struck"),
    [
        ("We keep it for ~~30~~ 90 days.", "We keep it for 90 days.", ["30"]),
        ("We ~~never *really*~~ sell.", "We sell.", ["never *really*"]),
        ("We <del>never</del> sell, <s>ever</s>.", "We sell, .", ["never", "ever"]),
        (r"We \~~keep~~ it.", "We ~~keep~~ it.", []),
        ("We `~~keep~~` it.", "We ~~keep~~ it.", []),
        ("We ~~ keep ~~ it.", "We ~~ keep ~~ it.", []),
    ],
)
def test_struck_text_of_markdown(text: str, expected: str, struck: list[str]) -> None:
    source = read_any(f"# Privacy\n\n{text}\n".encode(), "a.md", "a.md")

    assert source.draft.pieces[1].text == expected
    assert [item.text for item in source.draft.struck] == struck
    assert source.missing == ()


def test_struck_text_of_markdown_may_be_kept() -> None:
    source = read_any(b"# Privacy\n\nWe ~~never~~ <s>ever</s> sell.\n", "a.md", "a.md", Asked(struck="keep"))

    assert source.draft.pieces[1].text == "We never ever sell."


def test_the_more_telling_selector_wins() -> None:
    sheet = Sheet("<style>ol.x { list-style: none } ol { list-style: lower-alpha }</style>")

    assert sheet.value(Element("ol", {"class": "x"}, 1), "list-style") == "none"
    assert sheet.value(Element("ol", {}, 1), "list-style") == "lower-alpha"
    assert sheet.value(Element("ol", {"style": "list-style: Disc!important"}, 1), "list-style") == "disc"
