"""Word files made for tests: parts of XML in a zip archive, as small as Word would still open them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from smallprint.importing.docx import View, read_docx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smallprint.importing.draft import Draft

_OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{_OFFICE}/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/officeDocument/2006/relationships",
        "m": f"{_OFFICE}/officeDocument/2006/math",
        "a": f"{_OFFICE}/drawingml/2006/main",
        "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
        "dgm": f"{_OFFICE}/drawingml/2006/diagram",
        "mc": f"{_OFFICE}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading1"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="ListContinue"><w:name w:val="List Continue"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def make_docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    relations: Iterable[tuple[str, str, str]] = (),
    main_type: str = MAIN_TYPE,
) -> bytes:
    """Make a Word file.

    Args:
        body: What stands in `w:body`.
        styles: More styles.
        numbering: What stands in `w:numbering`.
        parts: More parts by their names, or other contents for parts that are there anyway.
        relations: Id, kind and target of what the document refers to; external where the target has a scheme.
        main_type: The type of content of the document.
    """
    links = [("rIdS", "styles", "styles.xml"), ("rIdN", "numbering", "numbering.xml"), *relations]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>""",
        "_rels/.rels": make_relations([("rId1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": make_relations(links),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{_STYLES}{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    return pack({**files, **(parts or {})})


def make_relations(relations: Iterable[tuple[str, str, str]]) -> str:
    """Return a part of relationships."""
    lines = [
        f'<Relationship Id="{key}" Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target={quoteattr(target)}'
        f"{' TargetMode=' + quoteattr('External') if ':' in target else ''}/>"
        for key, kind, target in relations
    ]
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(lines)}</Relationships>'


def pack(files: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return a zip archive; names may stand twice where pairs are given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items() if hasattr(files, "items") else files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "", mark: str = "") -> str:
    """Return a paragraph; what does not begin with `<` becomes a run, `mark` is of its end."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(each if each.startswith("<") else r(each) for each in runs)
    return f"<w:p><w:pPr>{named}{properties}<w:rPr>{mark}</w:rPr></w:pPr>{inside}</w:p>"


def listed(text: str, list_id: int = 1, level: int = 0) -> str:
    """Return a paragraph in a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def ins(*runs: str) -> str:
    """Return runs that were added by a tracked change."""
    return f'<w:ins w:id="1" w:author="A">{"".join(runs)}</w:ins>'


def deleted(text: str) -> str:
    """Return a run that was removed by a tracked change."""
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def cells(*rows: Iterable[str], header: bool = False) -> str:
    """Return a table of cells, each a text or blocks."""
    lines = []
    for place, row in enumerate(rows):
        inside = "".join(f"<w:tc>{each if each.startswith('<') else p(each)}</w:tc>" for each in row)
        lines.append(f"<w:tr><w:trPr>{'<w:tblHeader/>' if header and not place else ''}</w:trPr>{inside}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def levels(*forms: tuple[str, str], list_id: int = 1, more: str = "", override: str = "") -> str:
    """Return the definition of a list by the form and text of each level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(forms)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{list_id}">{inside}</w:abstractNum>'
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/>{override}</w:num>'
    )


def read(body: str, view: View | None = None, **more: object) -> Draft:
    """Return the draft of a document with a body."""
    return read_docx(make_docx(body, **more), "a.docx", view=view)  # type: ignore[arg-type]


def told(draft: Draft) -> list[str]:
    """Return each piece as a line: what it is, and its text."""
    lines = []
    for piece in draft.pieces:
        name = f"h{piece.level}" if piece.kind == "heading" else str(piece.kind)
        name += str(piece.depth or "") + (f"#{piece.number}" if piece.number else "") + ("" if piece.is_first else "+")
        text = " | ".join("".join(run.text for run in cell) for cell in piece.cells) if piece.cells else piece.text
        lines.append(f"{name}: {text}")
    return lines


def left(draft: Draft) -> list[str]:
    """Return each text that is left out, behind the reason."""
    return [f"{each.why}: {each.text}" for each in draft.left_out]
