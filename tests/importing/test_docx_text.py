"""Word files: paragraphs, headings, lists, tables and links come in as readers see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from word_files import cells, levels, listed, make_relations, p, r, read, told

from smallprint.importing.draft import Run
from smallprint.importing.importing import import_draft

if TYPE_CHECKING:
    from collections.abc import Callable


def test_paragraphs_and_headings() -> None:
    body = p("Privacy", style="Heading1") + p("We keep ", r("little", "<w:b/>"), ".") + p("Cookies", style="Heading2")

    draft = read(body)

    assert told(draft) == ["h1: Privacy", "paragraph: We keep little.", "h2: Cookies"]
    assert draft.pieces[0].runs == (Run("Privacy"),)
    assert draft.pieces[1].runs == (Run("We keep "), Run("little", strong=True), Run("."))


@pytest.mark.parametrize(
    ("style_id", "name", "more"),
    [
        ("berschrift2", "heading 2", ""),
        ("x", "Überschrift 2", ""),
        ("x", "Titre 2", ""),
        ("x", "標題 2", ""),
        ("Ttulo2", "something", ""),
        ("Own", "Our clause", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Own", "Our clause", '<w:basedOn w:val="Heading2"/>'),
    ],
)
def test_headings_by_name_id_outline_or_base(style_id: str, name: str, more: str) -> None:
    style = f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{more}</w:style>'

    assert told(read(p("Cookies", style=style_id), styles=style)) == ["h2: Cookies"]


def test_a_paragraph_can_be_a_heading_by_itself_or_refuse_to_be() -> None:
    by_itself = p("Cookies", properties='<w:outlineLvl w:val="2"/>')
    refusing = p("No heading", style="Heading1", properties='<w:outlineLvl w:val="9"/>')

    assert told(read(by_itself + refusing)) == ["h3: Cookies", "paragraph: No heading"]


def test_a_clause_in_the_style_of_a_heading_is_no_heading() -> None:
    assert told(read(p("word " * 60, style="Heading2")))[0].startswith("paragraph: word")


def test_headings_stand_below_the_title() -> None:
    body = p("Privacy Policy", style="Title") + p("Cookies", style="Heading1")

    assert told(read(body)) == ["h1: Privacy Policy", "h2: Cookies"]


def test_bold_by_style_and_not_by_itself() -> None:
    style = '<w:style w:type="paragraph" w:styleId="Head"><w:name w:val="Head"/><w:rPr><w:b/><w:i/></w:rPr></w:style>'
    body = p(r("Cookies. "), r("We use them.", '<w:b w:val="0"/>'), style="Head") + p(
        r("a", '<w:rStyle w:val="Strong"/>')
    )

    draft = read(body, styles=style)

    assert draft.pieces[0].runs == (Run("Cookies.", strong=True, emphasis=True), Run(" We use them.", emphasis=True))
    assert draft.pieces[1].runs == (Run("a", strong=True),)


def test_white_space_is_as_readers_see_it() -> None:
    body = p(
        "<w:r><w:t>One </w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:cr/><w:t>four</w:t>"
        "<w:noBreakHyphen/><w:softHyphen/><w:t>five</w:t><w:br w:type='page'/><w:t>six\n seven</w:t></w:r>"
    )

    assert told(read(body)) == ["paragraph: One two\nthree\nfour-five six seven"]


def test_what_stands_in_other_elements_is_text_too() -> None:
    body = p(
        "a",
        f"<w:smartTag>{r(' b')}</w:smartTag>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' c')}</w:sdtContent></w:sdt>",
        f"<w:customXml>{r(' d')}</w:customXml>",
        f"<x:own xmlns:x='urn:x'>{r(' e')}</x:own>",
        "<m:oMath><m:r><m:t> f</m:t></m:r></m:oMath>",
        "<w:r><w:ruby><w:rt><w:r><w:t>h</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>g</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        '<w:r><w:sym w:font="Symbol" w:char="F0D3"/></w:r>',
    )

    assert told(read(body)) == ["paragraph: a b c d e fg(h)©"]


def test_blocks_in_content_controls() -> None:
    body = f"<w:sdt><w:sdtContent>{p('One')}<w:customXml>{p('Two')}</w:customXml></w:sdtContent></w:sdt>"

    assert told(read(body)) == ["paragraph: One", "paragraph: Two"]


def test_links() -> None:
    body = p(
        f'<w:hyperlink r:id="rId9">{r("terms")}</w:hyperlink>',
        f'<w:hyperlink w:anchor="_Cookies">{r("cookies")}</w:hyperlink>',
        f'<w:hyperlink r:id="rId8">{r("bad")}</w:hyperlink>',
    )
    relations = [("rId9", "hyperlink", "https://example.com/a b"), ("rId8", "hyperlink", "javascript:alert(1)")]

    (piece,) = read(body, relations=relations).pieces

    assert piece.runs == (
        Run("terms", target="https://example.com/a%20b"),
        Run("cookies", target="#_Cookies"),
        Run("bad"),
    )


BULLETS = levels(("bullet", "•"), ("bullet", "o"))


def test_bullets() -> None:
    body = p("We collect:") + listed("names") + listed("first names", level=1) + listed("addresses") + p("and so on.")

    assert told(read(body, numbering=BULLETS)) == [
        "paragraph: We collect:",
        "item1: names",
        "item2: first names",
        "item1: addresses",
        "paragraph: and so on.",
    ]


def test_a_list_that_begins_with_its_second_level() -> None:
    assert told(read(listed("names", level=1) + listed("more"), numbering=BULLETS)) == ["item1: names", "item1: more"]


def test_a_further_paragraph_of_an_item() -> None:
    body = listed("names") + p("of people", style="ListContinue") + listed("addresses")

    assert told(read(body, numbering=BULLETS)) == ["item1: names", "item1+: of people", "item1: addresses"]


def test_numbers_that_make_a_list() -> None:
    numbering = levels(("decimal", "%1."), ("lowerLetter", "(%2)"))
    body = listed("a") + listed("b", level=1) + listed("c", level=1) + listed("d") + listed("e", level=1)

    assert told(read(body, numbering=numbering)) == [
        "item1#1: a",
        "item1+: (a) b",
        "item1+: (b) c",
        "item1#2: d",
        "item1+: (a) e",
    ]


def test_numbers_that_count_sections_are_text() -> None:
    body = listed("Cookies") + p("We use them.") + listed("Sharing") + p("We do not.") + listed("Contact")

    assert told(read(body, numbering=levels(("decimal", "%1.")))) == [
        "paragraph: 1. Cookies",
        "paragraph: We use them.",
        "paragraph: 2. Sharing",
        "paragraph: We do not.",
        "paragraph: 3. Contact",
    ]


def test_a_list_that_goes_on_after_a_paragraph() -> None:
    body = listed("a") + listed("b") + p("And:") + listed("c") + listed("d")

    assert [line[:7] for line in told(read(body, numbering=levels(("decimal", "%1)"))))] == [
        "item1#1",
        "item1#2",
        "paragra",
        "item1#3",
        "item1#4",
    ]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([("decimal", "%1."), ("decimal", "%1.%2")], ["1.1", "1.2", "2.1"]),
        ([("upperRoman", "Article %1"), ("decimal", "%1.%2")], ["I.1", "I.2", "II.1"]),
        ([("upperLetter", "%1)"), ("lowerRoman", "(%2)")], ["(i)", "(ii)", "(i)"]),
        ([("decimal", "%1"), ("ordinal", "%2 part")], ["1st part", "2nd part", "1st part"]),
        ([("decimal", "%1"), ("decimalZero", "%2")], ["01", "02", "01"]),
    ],
)
def test_forms_of_numbers(forms: list[tuple[str, str]], expected: list[str]) -> None:
    body = "".join(p("T", style="Heading1", properties=_in(level)) for level in (0, 1, 1, 0, 1))

    lines = told(read(body, numbering=levels(*forms)))

    assert [line.removeprefix("h1: ").removesuffix(" T") for line in (lines[1], lines[2], lines[4])] == expected


def _in(level: int, list_id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def test_headings_are_numbered_by_their_style() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:basedOn w:val="Heading2"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = levels(("decimal", "%1."), ("decimal", "%1.%2")).replace(
        '<w:lvlText w:val="%1.%2"/>', '<w:pStyle w:val="Clause"/><w:lvlText w:val="%1.%2"/>'
    )
    body = p("Cookies", style="Heading1", properties=_in(0)) + p("Kinds", style="Clause") + p("Use", style="Clause")
    unnumbered = p("More", style="Clause", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')

    lines = told(read(body + unnumbered, styles=style, numbering=numbering))

    assert lines == ["h1: 1. Cookies", "h2: 1.1 Kinds", "h2: 1.2 Use", "h2: More"]


def test_a_list_that_is_told_to_begin_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = levels(("decimal", "%1.")) + (
        f'<w:num w:numId="2"><w:abstractNumId w:val="1"/>{again}</w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = listed("a") + listed("b", 2) + listed("c", 2) + listed("d", 3)

    assert [piece.number for piece in read(body, numbering=numbering).pieces] == [1, 5, 6, 7]


def test_a_list_without_definition_is_plain_text() -> None:
    assert told(read(listed("a", 7))) == ["paragraph: a"]


def test_a_table_of_data() -> None:
    body = cells(["Data", "Purpose"], ["Name", p("To greet") + p("you")], ["Mail", ""], header=True)

    draft = read(body)

    assert told(draft) == ["row: Data | Purpose", "row: Name | To greet\nyou", "row: Mail | "]
    assert [(piece.is_header, piece.table) for piece in draft.pieces] == [(True, 1), (False, 1), (False, 1)]


def test_a_table_that_only_lays_out() -> None:
    body = cells([p("Cookies", style="Heading1") + p("We use them.")], [p("Sharing", style="Heading1")])

    assert told(read(body)) == ["h1: Cookies", "paragraph: We use them.", "h1: Sharing"]


def test_a_table_with_lists_and_tables_in_its_cells_stays_one() -> None:
    inner = cells(["Cookie", "Days"], ["sid", "30"])
    bases = listed("contract") + listed("consent")
    body = cells(["Purpose", "Basis", "Details"], ["Orders", bases, "none"], ["Login", "consent", inner])
    draft = read(body, numbering=BULLETS)

    assert told(draft) == [
        "row: Purpose | Basis | Details",
        "row: Orders | • contract\n• consent | none",
        "row: Login | consent | Cookie – Days;\nsid – 30",
    ]
    assert "| Orders | • contract • consent | none |" in import_draft(draft).markdown


def test_a_table_in_a_table_that_only_lays_out() -> None:
    inner = cells(["Data", "Purpose"], ["Name", "To greet"])

    assert told(read(cells([inner, p("aside")], [p("below"), p("too")]))) == [
        "row: Data | Purpose",
        "row: Name | To greet",
        "paragraph: aside",
        "paragraph: below",
        "paragraph: too",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [[p("Purpose", style="Heading2"), p("Basis", style="Heading2")], ["Orders", "contract"]],
        [["Purpose", "Basis"], [p("Orders", style="Heading3"), "contract"]],
        [[p(r("Purpose", "<w:b/>")), p(r("Basis", "<w:b/>"))], ["Orders", "contract " * 400]],
        [
            ["No", "Purpose", "Basis"],
            ["1", "To send what you ordered", "contract"],
            ["2", "To write to you", "consent"],
        ],
    ],
)
def test_tables_of_data_of_other_makes(rows: list[list[str]]) -> None:
    draft = read(cells(*rows))

    assert [piece.kind for piece in draft.pieces] == ["row"] * len(rows)
    assert len(draft.pieces[-1].cells) == len(rows[0])


def test_a_cell_over_several_places_holds_for_all_of_them() -> None:
    def merged(text: str, more: str) -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{text}</w:tc>"

    def row(*inside: str) -> str:
        made = (each if each.startswith("<w:tc>") else f"<w:tc>{p(each)}</w:tc>" for each in inside)
        return f"<w:tr>{''.join(made)}</w:tr>"

    high, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    numbered = listed("contract")
    body = "".join(
        (
            row("Data", "EU", "US"),
            row(merged(p("Name"), high), merged(numbered, '<w:gridSpan w:val="2"/>')),
            row(merged("<w:p/>", on), merged(p("consent"), high), "none"),
            row("Mail", merged("<w:p/>", on), merged(p("interest"), "")),
            row(merged(p("For children"), '<w:gridSpan w:val="3"/>')),
            row(merged(p("Age"), '<w:hMerge w:val="restart"/>'), merged("<w:p/>", "<w:hMerge/>"), "none"),
        )
    )

    assert told(read(f"<w:tbl>{body}</w:tbl>", numbering=levels(("decimal", "%1.")))) == [
        "row: Data | EU | US",
        "row: Name | 1. contract | 1. contract",
        "row: Name | consent | none",
        "row: Mail | consent | interest",
        "row: For children |  | ",
        "row: Age | Age | none",
    ]


PROSE = p("We process personal data only where the law allows us to do so.")


@pytest.mark.parametrize(
    "items",
    [
        lambda: listed("NAMES OF USERS", 2) + listed("POSTAL ADDRESSES", 2) + listed("PHONE NUMBERS", 2),
        lambda: listed("NAMES OF USERS", 1) + listed("POSTAL ADDRESSES", 1),
        lambda: p("(a) NAMES OF USERS") + p("(b) POSTAL ADDRESSES"),
        lambda: p("• NAMES OF USERS") + p("• POSTAL ADDRESSES"),
        lambda: listed("NAMES OF USERS", 3),
    ],
)
def test_items_of_a_list_in_capitals_are_no_headings(items: Callable[[], str]) -> None:
    numbering = levels(("decimal", "%1.")) + levels(("lowerLetter", "(%1)"), list_id=2)
    numbering += levels(("bullet", "•"), list_id=3)
    body = p("Privacy Policy", style="Heading1") + PROSE + items() + PROSE + p("And:") + items() + PROSE
    report = import_draft(read(body, numbering=numbering)).report

    assert [clause.clause_id for clause in report.clauses] == ["policy", "introduction"]


def test_numbered_titles_in_capitals_above_text_are_headings() -> None:
    body = p("Privacy Policy", style="Heading1") + "".join(listed(each) + PROSE for each in ("SCOPE", "COOKIES"))
    report = import_draft(read(body, numbering=levels(("decimal", "%1.")))).report

    assert [clause.clause_id for clause in report.clauses] == ["policy", "scope", "cookies"]


def test_cells_that_reach_over_others() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc>'
    high = '<w:tc><w:tcPr><w:vMerge w:val="{}"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'
    rest = f"<w:tc>{p('plain text')}</w:tc>"
    body = f"<w:tbl><w:tr>{wide}{rest}</w:tr><w:tr>{high.format('restart', 'high')}{rest}{rest}</w:tr>"
    body += f"<w:tr>{high.format('continue', 'unseen')}{rest}{rest}</w:tr></w:tbl>"

    draft = read(body)

    assert told(draft) == [
        "row: wide |  | plain text",
        "row: high | plain text | plain text",
        "row: high | plain text | plain text",
    ]
    assert [each.text for each in draft.left_out] == ["unseen"]


def test_both_kinds_of_office_open_xml() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = (
        f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>We keep little.</w:t></w:r></w:p></w:body></w:document>'
    )
    relations = make_relations([("rId1", "officeDocument", "word/document.xml")]).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
    )

    draft = read("", parts={"word/document.xml": document, "_rels/.rels": relations})

    assert told(draft) == ["paragraph: We keep little."]


def test_the_title_and_language_of_the_document() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Privacy  Notice</dc:title></c>'
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>'

    draft = read(p("a"), parts={"docProps/core.xml": core}, styles=styles)

    assert (draft.title, draft.language) == ("Privacy Notice", "de-DE")
