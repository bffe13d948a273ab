"""Word files that are refused, each with a fault that says why; and no bytes lead to anything else."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import NAMESPACES, left, make_docx, make_relations, p, pack, read, told

from smallprint.errors import ContentError
from smallprint.importing import docx_package
from smallprint.importing.docx import View, read_docx
from smallprint.importing.source import read_any

GOOD = make_docx(p("We keep little."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def entries(data: bytes = GOOD) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(name: str, content: str | bytes) -> bytes:
    return pack({**entries(), name: content})


def external(kind: str) -> bytes:
    return make_docx(p("a"), relations=[("rIdX", kind, "https://example.com/x")])


def document(head: str, text: str = "a", encoding: str = "utf-8") -> bytes:
    return f"{head}<w:document {NAMESPACES}><w:body>{p(text)}</w:body></w:document>".encode(encoding)


def encrypted() -> bytes:
    data = bytearray(GOOD)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


def overlapping() -> bytes:
    """An archive in which two parts share their bytes."""
    data = bytearray(GOOD)
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 1)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


CASES = {
    "text": (b"We keep little.", "SP635", "no zip archive"),
    "empty": (b"", "SP635", "no zip archive"),
    "half": (GOOD[: len(GOOD) // 2], "SP635", "no zip archive"),
    "no-types": (pack({"a.txt": "a"}), "SP635", "lists no types"),
    "no-document": (
        pack({"[Content_Types].xml": entries()["[Content_Types].xml"]}), "SP635", "without a document"
    ),
    "spreadsheet": (with_part("word/document.xml", "<workbook/>"), "SP635", "main part"),
    "old": (OLE + bytes(600), "SP636", "before 2007"),
    "password": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "SP637", "password"),
    "encrypted": (encrypted(), "SP637", "is encrypted"),
    "macro-type": (make_docx(p("a"), main_type=MACRO_TYPE), "SP638", "holds macros"),
    "macro-part": (with_part("word/vbaProject.bin", b"x"), "SP638", r"\(word/vbaproject.bin\)"),
    "doctype": (with_part("word/document.xml", document("<!DOCTYPE a>")), "SP639", "word/document.xml"),
    "entity": (
        with_part("word/document.xml", document('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>')),
        "SP639",
        "declares a document type",
    ),
    "wide-doctype": (
        with_part("word/document.xml", document('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a>', "a", "utf-16")),
        "SP639",
        "declares a document type",
    ),
    "entity-elsewhere": (
        with_part("word/styles.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "SP639", "word/styles.xml"
    ),
    "template": (external("attachedTemplate"), "SP640", "attachedTemplate: https://example.com/x"),
    "picture": (external("image"), "SP640", "image"),
    "object": (external("oleObject"), "SP640", "oleObject"),
    "elsewhere": (
        with_part("word/_rels/settings.xml.rels", make_relations([("a", "mailMergeSource", "file:///C:/a.mdb")])),
        "SP640",
        "file:///C:/a.mdb",
    ),
    "document": (external("subDocument"), "SP640", "subDocument"),
    "bomb": (with_part("word/media/a.bmp", bytes(30_000_000)), "SP641", "times larger"),
    "many": (pack({f"{number}.xml": "" for number in range(2_100)}), "SP641", "2100 parts"),
    "twice": (pack([*entries().items(), ("WORD/Document.xml", b"<a/>")]), "SP642", "stands twice"),
    "leading-out": (with_part("word/../../a.xml", "<a/>"), "SP642", "leads out"),
    "absolute": (with_part("/a.xml", "<a/>"), "SP642", "leads out"),
    "overlapping": (overlapping(), "SP642", "lie over each other"),
    "broken-xml": (with_part("word/document.xml", "<w:document"), "SP643", "word/document.xml"),
    "not-xml": (with_part("word/styles.xml", b"\x00\x01"), "SP643", "word/styles.xml"),
    "other-encoding": (
        with_part("word/document.xml", b'<?xml version="1.0" encoding="utf-7"?><a/>'), "SP643", "encoded as utf-7"
    ),
    "deep": (make_docx("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300), "SP643", "depth"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code", "what"), CASES.values(), ids=CASES)
def test_refused(data: bytes, code: str, what: str) -> None:
    with pytest.raises(ContentError, match=rf"^a\.docx: {code} .*{what}") as caught:
        read_docx(data, "a.docx", view=View.FINAL)

    assert all(fault.remedy for fault in caught.value.faults)


def test_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_docx(p("word " * 1000))
    for bound in ("MAX_FILE", "MAX_PART", "MAX_TOTAL"):
        with monkeypatch.context() as patch:
            patch.setattr(docx_package, bound, 1000)
            with pytest.raises(ContentError, match="SP641"):
                read_docx(data, "a.docx")


def test_as_deep_as_may_be() -> None:
    depth = 40
    table = "<w:tbl><w:tr><w:tc>" * depth + p("deep") + "</w:tc></w:tr></w:tbl>" * depth
    tags = p("<w:smartTag>" * 200 + "<w:r><w:t>deep too</w:t></w:r>" + "</w:smartTag>" * 200)

    assert told(read(table + tags)) == ["paragraph: deep", "paragraph: deep too"]


def test_links_are_no_harm() -> None:
    data = make_docx(p("a"), relations=[("rIdX", "hyperlink", "https://example.com/x")])

    assert told(read_docx(data, "a.docx")) == ["paragraph: a"]


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:\\Templates\\Policy.dotx",
        "file://server/share/Policy.dotm",
        "\\\\server\\share\\Policy.dot",
        "C:\\Users\\a\\Normal.dotm",
        "https://firm.example/Policy.dotx",
    ],
)
def test_a_template_that_the_settings_name_is_listed_and_not_followed(target: str) -> None:
    relation = make_relations([("a", "attachedTemplate", target)])
    if "TargetMode" not in relation:
        relation = relation.replace("/></Rel", ' TargetMode="External"/></Rel')
    draft = read_docx(with_part("word/_rels/settings.xml.rels", relation), "a.docx")

    assert told(draft) == ["paragraph: We keep little."]
    assert left(draft) == [f"reference that is not followed: Template: {target}"]


@given(st.data())
def test_no_bytes_lead_to_anything_but_a_fault(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    with suppress(ContentError):
        read_docx(bytes(broken[cut:] if data.draw(st.booleans()) else broken), "a.docx")


@given(st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"]), st.data())
def test_no_xml_leads_to_anything_but_a_fault(name: str, data: st.DataObject) -> None:
    parts = entries(make_docx(p("a", style="Heading1")))
    text = bytearray(parts[name])
    at = data.draw(st.integers(0, len(text)))
    text[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    with suppress(ContentError):
        read_docx(pack({**parts, name: bytes(text)}), "a.docx", view=View.FINAL)


def test_a_password_is_told_however_a_file_comes_in() -> None:
    data = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(ContentError, match=r"SP637 .* password"):
        read_any(data, "a.docx", "a.docx")
