"""Word files: whatever is no text of the policy is listed, and nothing is in neither place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import NAMESPACES, cells, deleted, ins, left, levels, listed, make_docx, p, r, read, told

from smallprint.importing.docx import View, missing, read_docx
from smallprint.importing.draft import Run


def field(code: str, result: str) -> str:
    kinds = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    text = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{kinds['begin']}{text}{kinds['separate']}{r(result)}{kinds['end']}"


def part(name: str, inside: str) -> str:
    return f"<w:{name} {NAMESPACES}>{inside}</w:{name}>"


def test_the_result_of_a_field_is_kept_and_its_code_listed() -> None:
    body = p("Valid from ", field(' DATE \\@ "d.M.yyyy" ', "1.1.2026"), ".")
    simple = p(f'<w:fldSimple w:instr=" AUTHOR ">{r("A")}</w:fldSimple>')

    draft = read(body + simple)

    assert told(draft) == ["paragraph: Valid from 1.1.2026.", "paragraph: A"]
    assert left(draft) == ['field code: DATE \\@ "d.M.yyyy"', "field code: AUTHOR"]


def test_a_field_that_is_a_link() -> None:
    body = p("See ", field('HYPERLINK "https://example.com/"', "terms"), field('HYPERLINK \\l "_c"', "there"))

    draft = read(body)

    assert draft.pieces[0].runs[1:] == (Run("terms", target="https://example.com/"), Run("there", target="#_c"))
    assert draft.left_out == ()


def test_fields_in_fields_and_without_end() -> None:
    begin, separate = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    )
    code = "<w:r><w:instrText> IF </w:instrText></w:r>"
    body = p("a ", begin, code, field(" PAGE ", "9"), separate, "b") + p("c")

    draft = read(body)

    assert told(draft) == ["paragraph: a b", "paragraph: c"]
    assert left(draft) == ["field code: PAGE", "field code: IF 9"]


def test_a_table_of_contents() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    entry = r("Cookies") + "<w:r><w:tab/></w:r>" + r("3")
    body = p(begin, code, separate, entry, style="TOC1") + p(entry) + p(end, "Text")

    draft = read(body)

    assert told(draft) == ["paragraph: Text"]
    assert left(draft) == [
        "stands twice in the source: Cookies 3",
        "stands twice in the source: Cookies 3",
        'field code: TOC \\o "1-3"',
    ]


@pytest.mark.parametrize("code", ["TOC \\o", "toc \\o", "TOA \\c 1", "INDEX"])
@pytest.mark.parametrize(("head", "style"), [("Table of Contents", "Heading1"), ("CONTENTS", ""), ("Inhalt", "Title")])
def test_a_table_of_contents_makes_no_clause(code: str, head: str, style: str) -> None:
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entries = field(code, "What we collect 1").removesuffix(end)
    ends = p(end)
    body = p(head, style=style) + p(entries) + p(field("PAGEREF _1", "Sharing 2")) + ends
    text = p("What we collect", style="Heading1") + p("We collect your name when you order.")

    draft = read(p("Privacy Policy", style="Title") + body + text)

    assert told(draft) == [
        "h1: Privacy Policy",
        "h2: What we collect",
        "paragraph: We collect your name when you order.",
    ]
    assert f"stands twice in the source: {head}" in left(draft)


def test_a_table_of_contents_that_word_made_is_left_out_with_its_head() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    entries = p("On this page") + p(field("TOC", "Cookies 2"))
    body = f"<w:sdt>{gallery}<w:sdtContent>{entries}</w:sdtContent></w:sdt>" + p("We use cookies.")

    draft = read(body)

    assert told(draft) == ["paragraph: We use cookies."]
    assert "stands twice in the source: On this page" in left(draft)


def test_a_field_that_word_draws_from_its_code_is_to_be_looked_at() -> None:
    body = p("for ", field("EQ \\f(1,2)", ""), "days", field("XE x", ""), ".")

    draft = read(body)

    assert told(draft) == ["paragraph: for days."]
    assert [(each.text, each.is_sure) for each in draft.left_out] == [("EQ \\f(1,2)", False), ("XE x", True)]


def test_hidden_text() -> None:
    style = '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p("We sell ", r("not", "<w:vanish/>"), r("ever", '<w:rStyle w:val="H"/>'), " data") + p(
        r("x", "<w:vanish/>")
    )

    draft = read(body, styles=style)

    assert told(draft) == ["paragraph: We sell data"]
    assert left(draft) == ["hidden text: notever", "hidden text: x"]


def test_hidden_items_are_not_counted() -> None:
    hidden = p(r("b", "<w:vanish/>"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')

    draft = read(listed("a") + hidden + listed("c"), numbering=levels(("decimal", "%1.")))

    assert told(draft) == ["item1#1: a", "item1#2: c"]


def test_comments_headers_and_footers() -> None:
    parts = {
        "word/comments.xml": part("comments", f"<w:comment>{p('Why?')}</w:comment><w:comment>{p('So.')}</w:comment>"),
        "word/header1.xml": part("hdr", p("Draft 3")),
        "word/footer1.xml": part("ftr", p("Page ", field("PAGE", "1"))),
    }
    relations = [
        ("c", "comments", "comments.xml"),
        ("h", "header", "header1.xml"),
        ("f", "footer", "/word/footer1.xml"),
    ]

    draft = read(p("Text", '<w:r><w:commentReference w:id="0"/></w:r>'), parts=parts, relations=relations)

    assert told(draft) == ["paragraph: Text"]
    assert left(draft) == [
        "comment: Why?",
        "comment: So.",
        "header or footer: Draft 3",
        "field code: PAGE",
        "header or footer: Page 1",
    ]


def test_notes_are_footnotes_under_the_labels_that_show() -> None:
    notes = f'<w:footnote w:id="0" w:type="separator">{p("<w:r><w:separator/></w:r>")}</w:footnote>'
    notes += "".join(f'<w:footnote w:id="{key}">{p(text)}</w:footnote>' for key, text in (("2", "Two"), ("3", "Three")))
    notes += f'<w:footnote w:id="4">{p("Nowhere")}</w:footnote>'
    parts = {
        "word/footnotes.xml": part("footnotes", notes),
        "word/endnotes.xml": part("endnotes", f'<w:endnote w:id="2">{p("End")}{p("of it")}</w:endnote>'),
    }
    relations = [("f", "footnotes", "footnotes.xml"), ("e", "endnotes", "endnotes.xml")]
    one, two = (f'<w:r><w:footnoteReference w:id="{key}"/></w:r>' for key in (3, 2))

    draft = read(p("a", one, " b", two, '<w:r><w:endnoteReference w:id="2"/></w:r>'), parts=parts, relations=relations)

    assert told(draft) == [
        "paragraph: a[1] b[2][i]",
        "paragraph: Three",
        "paragraph: Two",
        "paragraph: End",
        "paragraph: of it",
    ]
    assert [piece.note for piece in draft.pieces] == ["", "1", "2", "i", "i"]
    assert [run.note for run in draft.pieces[0].runs] == ["", "1", "", "2", "i"]
    assert left(draft) == ["footnote: Nowhere"]


BOX = (
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wp:docPr id='1' name='B' descr='A box'/>"
    "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent>"
)


def test_text_boxes_follow_their_paragraph() -> None:
    draft = read(p("Before ", f"<w:r>{BOX.format(p('In the box'), p('In the box'))}</w:r>", "after") + p("Next"))

    assert told(draft) == ["paragraph: Before after", "paragraph: In the box", "paragraph: Next"]
    assert left(draft) == ["stands twice in the source: In the box", "embedded object: A box"]


def test_pictures_objects_and_diagrams() -> None:
    picture = "<w:drawing><wp:inline><wp:docPr id='1' name='P' descr='Our seal'/></wp:inline></w:drawing>"
    ole = "<w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object>"
    diagram = "<w:drawing><wp:inline><dgm:relIds r:dm='rIdD'/></wp:inline></w:drawing>"
    line = "<w:pict><v:rect o:hr='t'/></w:pict>"
    parts = {"word/diagrams/data1.xml": f"<x {NAMESPACES}><a:t>You</a:t><a:t>We</a:t></x>"}
    body = p("a", *(f"<w:r>{each}</w:r>" for each in (picture, ole, diagram))) + p(f"<w:r>{line}</w:r>")

    draft = read(body, parts=parts, relations=[("rIdD", "diagramData", "diagrams/data1.xml")])

    assert told(draft) == ["paragraph: a", "rule: "]
    assert left(draft) == [
        "embedded object: Our seal",
        "embedded object: Object of Excel.Sheet.12",
        "embedded object: You / We",
    ]
    assert draft.notes == ("1 picture left out.",)


def test_a_document_in_the_document() -> None:
    relations = [("rIdA", "aFChunk", "chunk.html"), ("rIdB", "aFChunk", "other.docx")]
    parts = {"word/chunk.html": "<p>More text</p>", "word/other.docx": b"PK\x03\x04"}

    draft = read(p("a") + '<w:altChunk r:id="rIdA"/><w:altChunk r:id="rIdB"/>', parts=parts, relations=relations)

    assert left(draft) == ["embedded object: <p>More text</p>", "embedded object: A document: word/other.docx"]


def test_entries_that_are_not_filled_in() -> None:
    empty = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"

    draft = read(p("Name: ", empty.format(r("Click here."))) + empty.format(p("Choose a date.")))

    assert told(draft) == ["paragraph: Name:"]
    assert left(draft) == ["form or button: Click here.", "form or button: Choose a date."]


def test_symbols_that_nobody_knows() -> None:
    draft = read(p("a", '<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>'))

    assert left(draft) == ["embedded object: Symbol F061 of the font Webdings"]


def test_what_is_missing_is_found() -> None:
    data = make_docx(p("We keep little") + p("of your data."))

    assert missing(data, read_docx(data, "a.docx")) == ()
    assert missing(data, read("")) == ("We", "keep", "little", "of", "your", "data")


# The law: every word of the chosen view is in a piece or in what is left out, in order.

words = st.integers(0, 9999).map(lambda number: f"w{number}")
"""A word of added text begins with `i`, one of removed text with `d`, one that was added and removed with `n`."""
plain = st.lists(words, min_size=1, max_size=3).map(" ".join)


@st.composite
def inline(draw: st.DrawFn, depth: int = 0) -> str:  # noqa: PLR0911 - one for each kind
    """A run, or runs in other elements."""
    text = draw(plain)
    choices = ["run", "bold", "hidden", "ins", "del"]
    kind = draw(st.sampled_from(choices if depth > 2 else [*choices, "link", "sdt", "tag", "field", "insdel", "box"]))
    match kind:
        case "run":
            return r(f"{text} ")
        case "bold":
            return r(f"{text} ", "<w:b/>")
        case "hidden":
            return r(f"{text} ", "<w:vanish/>")
        case "ins":
            return ins(r(f"{text} ".replace("w", "i")))
        case "del":
            return deleted(f"{text} ".replace("w", "d"))
        case "insdel":
            return ins(deleted(f"{text} ".replace("w", "n")), r("i1 "))
        case "field":
            return field(f"QUOTE {draw(plain)} ", f"{text} ")
        case "box":
            return f"<w:r>{BOX.format(p(f'{text} '), p('other'))}</w:r>"
        case _:
            inner = "".join(draw(st.lists(inline(depth + 1), min_size=1, max_size=3)))
            return {
                "link": f'<w:hyperlink w:anchor="a">{inner}</w:hyperlink>',
                "sdt": f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>",
                "tag": f"<w:smartTag>{inner}</w:smartTag>",
            }[kind]


@st.composite
def block(draw: st.DrawFn, depth: int = 0) -> str:
    """A paragraph or table."""
    kind = draw(st.sampled_from(["p", "h", "li", "mark"] if depth else ["p", "p", "h", "li", "mark", "table", "sdt"]))
    if kind == "table":
        row = st.lists(block(1), min_size=2, max_size=3)
        return cells(*draw(st.lists(row, min_size=1, max_size=3)))
    if kind == "sdt":
        inside = draw(st.lists(block(1), max_size=2))
        return f"<w:sdt><w:sdtContent>{''.join(inside)}</w:sdtContent></w:sdt>"
    runs = draw(st.lists(inline(), max_size=4))
    if kind == "li":
        return p(*runs, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    marks = st.sampled_from(["<w:ins/>", "<w:del/>", "<w:moveTo/>", "<w:ins/><w:del/>"])
    return p(*runs, style="Heading1" if kind == "h" else "", mark=draw(marks) if kind == "mark" else "")


NUMBERS = levels(("decimal", "(%1)"))


def words_of(text: str) -> list[str]:
    return re.findall(r"[widn][0-9]+", re.sub(r"<[^>]*>", " ", text))


@given(st.lists(block(), min_size=1, max_size=6).map("".join), st.sampled_from(View))
def test_every_word_is_in_a_piece_or_left_out(body: str, view: View) -> None:
    data = make_docx(body, numbering=NUMBERS)
    draft = read_docx(data, "a.docx", view=view)

    assert missing(data, draft) == ()
    source = words_of(body)
    kept = words_of(" ".join(piece.text for piece in draft.pieces))
    gone = words_of(" ".join(each.text for each in draft.left_out))
    assert sorted(kept + gone) == sorted(source)
    assert is_in_order(kept, source) or "txbxContent" in body
    never = {View.ORIGINAL: "in", View.FINAL: "dn", View.MARKED: ""}[view]
    assert [word for word in kept if word[0] in never] == []


def is_in_order(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)
