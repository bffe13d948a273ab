"""Word files: no two words become one, no number becomes another, and what is struck is not in force."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import NAMESPACES, left, levels, listed, make_docx, p, r, read, told

from smallprint.importing.docx import missing, read_docx
from smallprint.importing.importing import import_draft
from smallprint.importing.struck import Struck
from smallprint.reading.version import parse_version

UP = '<w:vertAlign w:val="superscript"/>'
DOWN = '<w:vertAlign w:val="subscript"/>'
DROP = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/>'


def bare(text: str) -> str:
    """A run that does not say to keep its white space, as Word writes one with a no-break space."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("space", ["\u00a0", "\u2002", "\u2003", "\u2009", "\u202f", "\u3000"])
def test_a_wide_space_at_the_end_of_a_run_is_kept(space: str) -> None:
    draft = read(p("Section", bare(f"{space}4 and no more than 30"), bare(f"{space}days"), bare(f"of{space}"), "it"))

    assert " ".join(draft.pieces[0].text.split()) == "Section 4 and no more than 30 daysof it"


def test_white_space_of_xml_at_the_end_of_a_run_is_none() -> None:
    assert told(read(p(bare("\n  Sec"), bare("tion\t"))))[0] == "paragraph: Section"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (["within 30", r("1", UP), " days"], "within 30¹ days"),
        (["within 30", r("1", UP), r(",", UP), r("2", UP), " days"], "within 30¹,² days"),
        (["within 30", r("1 ", UP), "days"], "within 30¹ days"),
        (["within 30 ", r("1", UP), " days"], "within 30 ¹ days"),
        ([r("1", UP), "30 days"], "¹30 days"),
        (["within 30", r("*", UP), " days"], "within 30* days"),
        (["within 30", r("(1)", UP), " days"], "within 30(1) days"),
        (["within 30", r("a", UP), " days"], "within 30ª days"),
        (["within 30", r("b", UP), " days"], "within 30[b] days"),
        (["your data", r("a", UP), " is"], "your data[a] is"),
        (["on the 1", r("st", UP), " of"], "on the 1st of"),
        (["on the 1", r("st", UP), "day"], "on the 1st day"),
        (["on the 2", r("n", UP), r("d", UP), " of"], "on the 2nd of"),
        (["l’article 1", r("er", UP), " et au XX", r("e", UP)], "l’article 1er et au XXe"),
        (["M", r("me", UP), " Un, n", r("o", UP), " 5"], "Mme Un, nº 5"),
        (["Mr M", r("c", UP), "Donald"], "Mr McDonald"),
        ([r("We", UP), "We"], "We We"),
        (["Acme", r("TM", UP), " keeps"], "Acme™ keeps"),
        (["10 m", r("2", UP), " and 10", r("-6", UP)], "10 m² and 10⁻⁶"),
        (["H", r("2", DOWN), "O and CO", r("2", DOWN)], "H₂O and CO₂"),
        (["V", r("max", DOWN), " is"], "V[max] is"),
        ([r("1", UP), "/", r("2", DOWN), " of it"], "¹/₂ of it"),
        (["2", r("0.5", UP), " of it"], "2^0.5 of it"),
        ([r("We keep it for 30 days", UP)], "We keep it for 30 days"),
        (["We say: ", r("for 30 days", UP), " it is"], "We say: for 30 days it is"),
        (["30", r("1", '<w:position w:val="6"/>'), " days"], "30¹ days"),
        (["30", r("1", '<w:position w:val="2"/>'), " days"], "301 days"),
        (["30", r("1", '<w:rStyle w:val="Up"/>'), " days"], "30¹ days"),
        (["30", r("1", '<w:rStyle w:val="Up"/><w:vertAlign w:val="baseline"/>'), " days"], "301 days"),
    ],
)
def test_raised_and_lowered_characters(runs: list[str], expected: str) -> None:
    style = f'<w:style w:type="character" w:styleId="Up"><w:name w:val="Up"/><w:rPr>{UP}</w:rPr></w:style>'
    data = make_docx(p(*runs), styles=style)
    draft = read_docx(data, "a.docx")

    assert draft.pieces[0].text == expected
    assert missing(data, draft) == ()


def test_formulas_are_read_as_they_are_drawn() -> None:
    def t(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    power = f"<m:sSup><m:e>{t('10')}</m:e><m:sup>{t('6')}</m:sup></m:sSup>"
    half = f"<m:f><m:num>{t('1')}</m:num><m:den>{t('2')}</m:den></m:f>"
    sum_ = f"<m:f><m:num>{t('a+b')}</m:num><m:den>{t('2')}</m:den></m:f>"
    root = f"<m:rad><m:e>{t('2')}</m:e></m:rad>"
    group = f"<m:d><m:e>{t('a')}</m:e><m:e>{t('b')}</m:e></m:d>"

    parts = (f"<m:oMath>{each}{t(', ')}</m:oMath>" for each in (power, half, sum_, root, group))

    draft = read(p("Of ", *parts))

    assert draft.pieces[0].text == "Of 10⁶, 1/2, (a+b)/2, √2, (a|b),"


def test_a_large_first_letter_begins_its_word() -> None:
    body = p(r("W", "<w:b/>"), properties=DROP) + p("e keep ", r("little", "<w:b/>"), ".")
    spaced = p("A", properties=DROP.replace('"drop"', '"margin"')) + "<w:bookmarkStart/>" + p(" policy says.")
    data = make_docx(body + spaced)
    draft = read_docx(data, "a.docx")

    assert told(draft) == ["paragraph: We keep little.", "paragraph: A policy says."]
    assert [run.strong for run in draft.pieces[0].runs] == [False, True, False]
    assert missing(data, draft) == ()


def test_a_large_letter_before_a_content_control() -> None:
    entry = f"<w:sdt><w:sdtContent>{p('e keep it.')}</w:sdtContent></w:sdt>"

    assert told(read(p("W", properties=DROP) + entry)) == ["paragraph: We keep it."]


@pytest.mark.parametrize("after", ["", "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "<w:p/>"])
def test_a_large_letter_before_nothing_is_text(after: str) -> None:
    assert told(read(p("W", properties=DROP) + after)) == ["paragraph: W"]


@pytest.mark.parametrize(
    "between",
    [
        "<w:r><w:drawing><wp:inline><wp:docPr id='1'/></wp:inline></w:drawing></w:r>",
        '<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>',
        "<w:r><w:tab/></w:r>",
        "<w:r><w:br/></w:r>",
        "<w:r><w:cr/></w:r>",
        r(" ", "<w:strike/>"),
        r("all of it", "<w:vanish/>"),
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Choose</w:t></w:r></w:sdtContent></w:sdt>",
    ],
)
def test_what_is_between_two_words_keeps_them_apart(between: str) -> None:
    assert read(p("keep", between, "little")).pieces[0].text.split() == ["keep", "little"]


def test_what_joins_two_parts_of_a_word_is_kept() -> None:
    draft = read(p("non", "<w:r><w:noBreakHyphen/></w:r>", "profit co", "<w:r><w:softHyphen/></w:r>", "operation"))

    assert draft.pieces[0].text == "non-profit cooperation"


def test_a_number_without_a_space_behind_it_is_not_joined_to_a_word() -> None:
    tight = levels(("decimal", "Article %1"), more='<w:suff w:val="nothing"/>')
    signed = levels(("lowerLetter", "(%1)"), more='<w:suff w:val="nothing"/>')

    assert told(read(listed("Cookies"), numbering=tight)) == ["paragraph: Article 1 Cookies"]
    assert told(read(listed("Cookies"), numbering=signed)) == ["paragraph: (a)Cookies"]


STRUCK_STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Out"><w:name w:val="Out"/><w:rPr><w:dstrike/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    "body",
    [
        p("We keep it for ", r("30 days", "<w:strike/>"), "90 days."),
        p("We keep it for ", r("30 ", "<w:dstrike/>"), r("days", "<w:strike/>"), "90 days."),
        p("We keep it for ", r("30 days", '<w:rStyle w:val="Gone"/>'), "90 days."),
        p(
            *(r(text, '<w:dstrike w:val="0"/>') for text in ("We keep it for ", "90 days.")),
            r("30 days"),
            style="Out",
        ),
    ],
)
def test_struck_text_is_left_out_unless_it_is_to_be_kept(body: str) -> None:
    data = make_docx(body, styles=STRUCK_STYLES)
    draft = read_docx(data, "a.docx")

    assert told(draft) == ["paragraph: We keep it for 90 days."]
    assert left(draft) == ["struck out in the source: 30 days"]
    assert missing(data, draft) == ()
    kept = read_docx(data, "a.docx", struck=Struck.KEEP)
    assert "30 days" in kept.pieces[0].text
    assert kept.left_out == ()
    assert kept.notes[0].startswith("Struck text is kept as text in force: “30")


def test_text_that_takes_the_line_of_its_style_back_is_in_force() -> None:
    back = r("for 30 days", '<w:rStyle w:val="Gone"/><w:strike w:val="false"/>')

    assert told(read(p("We keep it ", back), styles=STRUCK_STYLES)) == ["paragraph: We keep it for 30 days"]


def test_a_struck_item_is_counted_and_left_out() -> None:
    struck = p(r("b", "<w:strike/>"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')

    draft = read(listed("a") + struck + listed("c"), numbering=levels(("decimal", "(%1)")))

    assert told(draft) == ["paragraph: (1) a", "paragraph: (3) c"]


def note_files(notes: str, kind: str = "footnote") -> dict[str, object]:
    parts = {f"word/{kind}s.xml": f"<w:{kind}s {NAMESPACES}>{notes}</w:{kind}s>"}
    return {"parts": parts, "relations": [("f", f"{kind}s", f"{kind}s.xml")]}


def noted(note_id: str, *blocks: str) -> str:
    return f'<w:footnote w:id="{note_id}">{"".join(blocks)}</w:footnote>'


def refer(note_id: str, own: str = "") -> str:
    custom = ' w:customMarkFollows="1"' if own else ""
    return f'<w:r><w:rPr>{UP}</w:rPr><w:footnoteReference w:id="{note_id}"{custom}/><w:t>{own}</w:t></w:r>'


def test_notes_are_footnotes_of_the_clause_that_refers_to_them() -> None:
    mark = f"<w:r><w:rPr>{UP}</w:rPr><w:footnoteRef/></w:r>"
    notes = noted("2", p(mark, " Counted from the order."), p("In Central European Time.")) + noted("3", p("By post."))
    body = (
        p("Privacy Policy", style="Heading1")
        + p("What we keep", style="Heading2")
        + p("We keep your address for 30", refer("2"), " days.")
        + p("Sharing", refer("3"), style="Heading2")
        + p("We share it with carriers", refer("2"), ".")
    )
    draft = read(body, **note_files(notes))
    imported = import_draft(draft, version_id="2026-01-01")
    version, faults = parse_version(imported.markdown, path="a.md", version_id="2026-01-01")

    assert faults == []
    assert imported.report.unexplained == ()
    assert "for 30[^1] days." in imported.markdown
    assert "[^1]: Counted from the order.\n\n    In Central European Time.\n\n## Sharing[^2] {#sharing}" in (
        imported.markdown
    )
    assert "with carriers[^1]." in imported.markdown
    assert "[^2]: By post." in imported.markdown
    assert [clause.title for clause in version.clauses][-1] == "Sharing"


def test_a_note_with_a_mark_of_its_own_has_it_for_its_label() -> None:
    draft = read(p("We keep it", refer("2", "*"), "."), **note_files(noted("2", p("* For now."))))

    assert import_draft(draft).markdown.endswith("We keep it[^*].\n\n[^*]: For now.\n")


def test_notes_of_both_kinds_have_labels_of_their_own() -> None:
    files = note_files(noted("1", p("Foot.")))
    ends = note_files('<w:endnote w:id="1"><w:p><w:r><w:t>End.</w:t></w:r></w:p></w:endnote>', "endnote")
    settings = f'<w:settings {NAMESPACES}><w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr></w:settings>'
    both = {
        "parts": {**files["parts"], **ends["parts"], "word/settings.xml": settings},  # type: ignore[dict-item]
        "relations": [files["relations"][0], ("e", *ends["relations"][0][1:]), ("s", "settings", "settings.xml")],  # type: ignore[index]
    }
    draft = read(p("We keep", refer("1"), " it", '<w:r><w:endnoteReference w:id="1"/></w:r>', "."), **both)

    assert [piece.note for piece in draft.pieces] == ["", "1", "e1"]
    assert "[^e1]: End." in import_draft(draft).markdown


def test_notes_with_lists_tables_and_notes_of_their_own() -> None:
    table = (
        "<w:tbl>"
        + "".join(
            f"<w:tr>{''.join(f'<w:tc>{p(text)}</w:tc>' for text in row)}</w:tr>"
            for row in (("Data", "Days"), ("Name", "9"))
        )
        + "</w:tbl>"
    )
    notes = noted("1", listed("names"), listed("addresses")) + noted("2", p("See", refer("1")), table)
    data = make_docx(p("We keep some", refer("2"), "."), numbering=levels(("bullet", "•")), **note_files(notes))
    draft = read_docx(data, "a.docx")
    imported = import_draft(draft, version_id="2026-01-01")
    _, faults = parse_version(imported.markdown, path="a.md", version_id="2026-01-01")

    assert faults == []
    assert imported.report.unexplained == ()
    assert missing(data, draft) == ()


def test_a_reference_to_a_note_that_is_not_there_is_text() -> None:
    assert "We keep it\\[1].".replace("\\", "") in import_draft(read(p("We keep it", refer("9"), "."))).markdown


def test_a_note_that_only_hidden_text_refers_to_is_not_lost() -> None:
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    imported = import_draft(read(p("We keep it", hidden, "."), **note_files(noted("1", p("For now.")))))

    assert "[1] For now." in imported.markdown


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("ordinal", "fr-FR", ["1er", "2e", "3e"]),
        ("ordinal", "de-AT", ["1.", "2.", "3."]),
        ("ordinal", "es-ES", ["1º", "2º", "3º"]),
        ("ordinal", "ja-JP", ["1", "2", "3"]),
        ("ordinal", "en-GB", ["1st", "2nd", "3rd"]),
        ("ordinalText", "fr-FR", ["Premier", "Deuxième", "Troisième"]),
        ("ordinalText", "sv-SE", ["1", "2", "3"]),
        ("cardinalText", "de-DE", ["Eins", "Zwei", "Drei"]),
        ("cardinalText", "es-MX", ["Uno", "Dos", "Tres"]),
        ("cardinalText", "pl-PL", ["1", "2", "3"]),
        ("cardinalText", "en-US", ["One", "Two", "Three"]),
        ("russianLower", "ru-RU", ["\u0430", "\u0431", "\u0432"]),
        ("chicago", "", ["*", "†", "‡"]),
        ("decimalEnclosedCircle", "", ["①", "②", "③"]),
        ("custom", "", ["001", "002", "003"]),
    ],
)
@pytest.mark.parametrize("place", ["defaults", "style", "paragraph", "level"])
def test_numbers_are_in_the_language_of_the_document(form: str, language: str, expected: list[str], place: str) -> None:
    lang = f'<w:rPr><w:lang w:val="{language}"/></w:rPr>'
    custom = 'custom" w:format="001, 002, 003, ...'
    numbering = levels((custom if form == "custom" else form, "Article %1"), more=lang if place == "level" else "")
    styles = f"<w:docDefaults><w:rPrDefault>{lang}</w:rPrDefault></w:docDefaults>" if place == "defaults" else ""
    if place == "style":
        styles = f'<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>{lang}</w:style>'
    in_list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    mark = f'<w:lang w:val="{language}"/>' if place == "paragraph" else ""
    body = "".join(p("x", style="Own" if place == "style" else "", properties=in_list, mark=mark) for _ in range(3))

    draft = read(body, numbering=numbering, styles=styles)

    assert told(draft) == [f"paragraph: Article {number} x" for number in expected]
    assert len(draft.notes) == (expected[0] == "1")
    assert all(f"“{form}” in the language “{language}”" in note for note in draft.notes)


# The law: the words and numbers of a document, run borders and all, are words and numbers of what is made of it.

SPACES = (" ", "\u00a0", "\u2009", "\u202f", "\u3000")
TEXTS = ("We", "keep", "30", "301", "1.5", "days", "data,", "Section", "4", "(b)", "§", "é")
LOOKS = ("", "", "", "<w:b/>", "<w:i/>", UP, DOWN, "<w:strike/>")


@st.composite
def run(draw: st.DrawFn) -> str:
    text = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(draw(st.sampled_from(SPACES)).join))
    before, after = draw(st.sampled_from(("", *SPACES))), draw(st.sampled_from(("", *SPACES)))
    text = f"{before}{text}{after}"
    kept = ' xml:space="preserve"' if draw(st.booleans()) else ""
    return f"<w:r><w:rPr>{draw(st.sampled_from(LOOKS))}</w:rPr><w:t{kept}>{text}</w:t></w:r>"


BETWEEN = ("", "", "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", "<w:proofErr/>", "<w:r><w:drawing/></w:r>")
bodies = st.lists(
    st.lists(st.tuples(run(), st.sampled_from(BETWEEN)).map("".join), min_size=1, max_size=4).map(
        lambda runs: f"<w:p>{''.join(runs)}</w:p>"
    ),
    min_size=1,
    max_size=4,
).map("".join)


def words_and_numbers(text: str) -> list[str]:
    """Return the words of a text, small digits apart from what is before them."""
    return re.findall(r"[^\W_]+(?:\.[0-9]+)?", unicodedata.normalize("NFKC", re.sub("([⁰¹²³⁴-⁹₀-₉]+)", r" \1 ", text)))


SHOWN = re.compile(
    r"(?P<gap><w:(?:tab|br|drawing)/>)|<w:rPr>(?P<look>[^\n]*?)</w:rPr><w:t(?P<kept>[^>]*)>(?P<text>[^<]*)"
)


def words_of_body(body: str) -> list[str]:
    """Return the words of a body as Word shows them, found without reading it as a document."""
    shown = []
    for paragraph in body.split("</w:p>"):
        before = ""
        for each in SHOWN.finditer(paragraph):
            look = next((look for look in LOOKS if look in {UP, DOWN, "<w:strike/>"} and look == each["look"]), "")
            text = each["text"] or ""
            text = " " if each["gap"] else text if each["kept"] else text.strip(" ")
            shown += [" " if look != before else "", text]
            before = before if each["gap"] else look
        shown.append("\n")
    return re.findall(r"[^\W_]+(?:\.[0-9]+)?", "".join(shown))


@given(bodies)
def test_words_and_numbers_of_a_document_are_those_of_the_draft(body: str) -> None:
    data = make_docx(body)
    draft = read_docx(data, "a.docx")
    said = "\n".join([*(piece.text for piece in draft.pieces), *(each.text for each in draft.left_out)])

    # The check may ask about words that have raised or struck text within them, never about others.
    assert missing(data, draft) == () or "vertAlign" in body or "strike" in body
    assert sorted(words_and_numbers(said)) == sorted(words_of_body(body))


# The law of notes: wherever references are, a version without faults comes out, and every word is in it.

LABELS = ("1", "2", "3")
notes_of = st.lists(
    st.sampled_from(("Only here.", "See below", "## Not a title", "1. no item", "a | b", "[x]: y", "*", "é `b`")),
    min_size=1,
    max_size=3,
)


@st.composite
def noting(draw: st.DrawFn) -> str:
    parts = draw(
        st.lists(st.sampled_from(("We keep it", " for", " 30 days.", "*", "_", "[", "]", ":", " ")), max_size=4)
    )
    runs = [r(each, draw(st.sampled_from(LOOKS))) for each in parts]
    for label in draw(st.lists(st.sampled_from((*LABELS, "9")), max_size=3)):
        runs.insert(draw(st.integers(0, len(runs))), refer(label, draw(st.sampled_from(("", "", "*", "†")))))
    kind = draw(st.sampled_from(("p", "p", "h", "li", "table")))
    if kind == "li":
        return p(*runs, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    if kind == "table":
        row = f"<w:tr><w:tc>{p(*runs)}</w:tc><w:tc>{p('x')}</w:tc></w:tr>"
        return f"<w:tbl>{row}{row.replace('>x<', '>y<')}</w:tbl>"
    return p(*runs, style="Heading1" if kind == "h" else "")


@given(st.lists(noting(), min_size=1, max_size=5).map("".join), st.lists(notes_of, min_size=3, max_size=3), st.data())
def test_footnotes_make_versions_without_faults(body: str, texts: list[list[str]], data: st.DataObject) -> None:
    notes = "".join(
        noted(
            label,
            *(
                p(each, *([refer(data.draw(st.sampled_from(LABELS)))] if data.draw(st.booleans()) else []))
                for each in blocks
            ),
        )
        for label, blocks in zip(LABELS, texts, strict=True)
    )
    file = make_docx(p("Word.") + body, numbering=levels(("decimal", "%1.")), **note_files(notes))  # type: ignore[arg-type]
    draft = read_docx(file, "a.docx")
    imported = import_draft(draft, version_id="2026-01-01")
    _, faults = parse_version(imported.markdown, path="a.md", version_id="2026-01-01")

    assert faults == []
    assert missing(file, draft) == ()
    assert imported.report.unexplained == ()
