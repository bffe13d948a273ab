"""Word files with tracked changes: three views, and none is chosen silently."""

from __future__ import annotations

import pytest
from word_files import cells, deleted, ins, left, p, r, read, told

from smallprint.errors import ContentError
from smallprint.importing.docx import View

MARK_ADDED, MARK_REMOVED = "<w:ins w:id='1'/>", "<w:del w:id='1'/>"


def views(body: str) -> list[list[str]]:
    """Return the text of each paragraph in the three views: original, final, marked."""
    return [[piece.text for piece in read(body, view).pieces] for view in View]


def test_added_and_removed() -> None:
    body = p("We keep ", deleted("all"), ins(r("little")), " data.")

    assert views(body) == [["We keep all data."], ["We keep little data."], ["We keep [-all-]{+little+} data."]]
    assert left(read(body, View.ORIGINAL)) == ["added by a tracked change: little"]
    assert left(read(body, View.FINAL)) == ["deleted by a tracked change: all"]
    assert left(read(body, View.MARKED)) == []


@pytest.mark.parametrize(
    "body",
    [
        p("We keep ", deleted("all"), " data."),
        p("We keep data.", mark=MARK_ADDED) + p("And more."),
        cells(["a", "b"], ["c", "d"]).replace("<w:trPr>", "<w:trPr><w:ins/>", 1),
        p(r("x", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")),
    ],
)
def test_no_view_is_chosen_silently(body: str) -> None:
    with pytest.raises(ContentError, match=r"SP644 The document has tracked changes \(1 "):
        read(body)


def test_changes_of_formatting_that_is_not_imported_need_no_choice() -> None:
    body = p(r("x", '<w:sz w:val="20"/><w:rPrChange><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrChange>'))

    draft = read(body)

    assert draft.notes == ("Its tracked changes are of formatting that is not imported anyway.",)


def test_the_draft_says_which_view_it_is() -> None:
    assert read(p("a", ins(r("b"))), View.FINAL).notes == (
        "It has tracked changes (1 added) and was read in the view “final”.",
    )


def test_a_view_of_a_document_without_changes() -> None:
    assert views(p("We keep little.")) == [["We keep little."]] * 3


def test_runs_of_one_change_are_one_change() -> None:
    body = p(ins(r("We ")), "<w:bookmarkStart/>", ins(r("keep ", "<w:b/>")), ins(r("little")), "<w:proofErr/>")

    assert views(body) == [[], ["We keep little"], ["{+We keep little+}"]]
    assert left(read(body, View.ORIGINAL)) == ["added by a tracked change: We keep little"]


def test_moved_text() -> None:
    body = p("a ", f"<w:moveFrom>{r('b ')}</w:moveFrom>", "c ", f"<w:moveTo>{r('b')}</w:moveTo>")

    assert views(body) == [["a b c"], ["a c b"], ["a [-b -]c {+b+}"]]


def test_removed_text_within_added_text() -> None:
    body = p("a ", ins(r("b "), deleted("c ")), "d")

    assert views(body) == [["a d"], ["a b d"], ["a {+b [-c -]+}d"]]


def test_an_end_of_a_paragraph_that_was_added() -> None:
    body = p("We keep data.", mark=MARK_ADDED, style="Heading1") + p(" And more.")

    assert views(body) == [
        ["We keep data. And more."],
        ["We keep data.", "And more."],
        ["We keep data.{+¶+}", "And more."],
    ]
    assert told(read(body, View.ORIGINAL)) == ["paragraph: We keep data. And more."]


def test_an_end_of_a_paragraph_that_was_removed() -> None:
    body = p("a", mark=MARK_REMOVED) + p("b", mark=MARK_REMOVED) + p("c", style="Heading1") + p("d")

    assert views(body) == [["a", "b", "c", "d"], ["abc", "d"], ["a[-¶-]", "b[-¶-]", "c", "d"]]


def test_paragraphs_added_and_removed_as_a_whole() -> None:
    body = p(deleted("Old."), mark=MARK_REMOVED) + p(ins(r("New.")), mark=MARK_ADDED) + p("Same.")

    assert views(body) == [["Old.", "Same."], ["New.", "Same."], ["[-Old.¶-]", "{+New.¶+}", "Same."]]


def test_an_end_that_nothing_follows() -> None:
    body = p("a") + p(deleted("b"), mark=MARK_REMOVED) + cells(["c", "d"], ["e", "f"])

    assert views(body)[1] == ["a", "c\td", "e\tf"]


def test_rows_and_cells() -> None:
    body = cells(["one", "two"], ["three", "four"], ["five", "six"])
    rows = body.replace("<w:trPr></w:trPr><w:tc><w:p><w:pPr><w:rPr></w:rPr></w:pPr><w:r><w:rPr></w:rPr>", "@", 3)
    head, first, second, third = rows.split("@")
    start = "<w:trPr>{}</w:trPr><w:tc><w:p><w:pPr><w:rPr></w:rPr></w:pPr><w:r><w:rPr></w:rPr>"
    body = head + start.format("") + first + start.format("<w:ins/>") + second + start.format("<w:del/>") + third

    assert views(body) == [
        ["one\ttwo", "five\tsix"],
        ["one\ttwo", "three\tfour"],
        ["one\ttwo", "{+three+}\t{+four+}", "[-five-]\t[-six-]"],
    ]


def test_a_cell_that_was_added() -> None:
    body = cells(["one", "two", "xxx"], ["three", "four", "yyy"]).replace(
        f"<w:tc>{p('xxx')}", f"<w:tc><w:tcPr><w:cellIns/></w:tcPr>{p('xxx')}"
    )

    assert views(body)[0][0] == "one\ttwo"
    assert views(body)[2][0] == "one\ttwo\t{+xxx+}"


def test_formatting_as_it_was() -> None:
    was = '<w:pPrChange><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange>'
    body = p("Cookies", properties=was) + p("We use them.")

    assert told(read(body, View.ORIGINAL))[0] == "h1: Cookies"
    assert told(read(body, View.FINAL))[0] == "paragraph: Cookies"


def test_a_number_that_was_added() -> None:
    body = p("a", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins/></w:numPr>')
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'

    assert told(read(body, View.ORIGINAL, numbering=numbering)) == ["paragraph: a"]
    assert told(read(body, View.FINAL, numbering=numbering)) == ["item1#1: a"]
