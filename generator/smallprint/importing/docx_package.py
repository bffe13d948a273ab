"""The bytes of a Word file → its parts, none of them read before it is known to be bearable.

A Word file is a zip archive of XML parts and the relationships between them. What could do harm is refused here: zip
bombs, names that stand twice or lead out, encryption, macros, and whatever Word would fetch from elsewhere.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NoReturn

from smallprint.errors import ContentError
from smallprint.importing.docx_xml import Element, broken, children, parse, value
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FILE: Final = 50_000_000
"""The largest file that is looked into; pictures may make a document large."""
MAX_PARTS: Final = 2_000
MAX_PART: Final = 16_000_000
"""The largest XML part, unpacked. The longest contracts we know are below 4 MB."""
MAX_TOTAL: Final = 48_000_000
"""How much may be unpacked of one file in all."""
MAX_RATIO: Final = 200
"""How many times larger a part may become when it is unpacked; Word's own stay below 60."""
_SMALL: Final = 1_000_000
"""Below this size a ratio says nothing."""
_LOCAL_HEADER: Final = 30

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,  # zipfile raises it for a compression it does not know
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
    OSError,
    EOFError,
    struct.error,
    zlib.error,
)
"""All that `zipfile` may raise for bytes of no one's making."""
_MACROS: Final = frozenset({"vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin"})
_TYPES: Final = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to under an id."""

    kind: str
    """The last word of its type: `hyperlink`, `footnotes`, `image`."""
    target: str
    """The name of a part, or an address where it is external."""
    is_external: bool = False


class Package:
    """The parts of one Word file."""

    def __init__(self, data: bytes, shown: str) -> None:
        """Look through the archive without unpacking it.

        Raises:
            ContentError: It is no Word file, or one that is refused.
        """
        self.shown = shown
        if len(data) > MAX_FILE:
            self._refuse("SP641", f"The file is larger than {MAX_FILE // 1_000_000} MB.", _SMALLER)
        if data.startswith(_OLE):
            self._refuse_old(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _ZIP_ERRORS as error:
            self._no_word(f"it is no zip archive, or a damaged one ({error})")
        self._entries = self._checked(entries)
        self._unpacked = 0
        self._trees: dict[str, Element] = {}
        if _TYPES.lower() not in self._entries:
            self._no_word("it is a zip archive that lists no types of content")
        types = self.tree(_TYPES)
        self._refuse_macros(types)
        self.templates: dict[str, str] = {}
        """Templates that the document names, and the part which does; Word would look for them, nothing here does."""
        self._relations = {name: self._read_relations(name) for name in self._entries if name.endswith(".rels")}
        self.main = self._find_main(types)

    def has(self, part: str) -> bool:
        """Return whether there is a part of this name."""
        return part.lower() in self._entries

    def read(self, part: str) -> bytes:
        """Return the bytes of a part; empty where there is none."""
        entry = self._entries.get(part.lower())
        if entry is None:
            return b""
        if entry.file_size > MAX_PART:
            what = f"The part {part} is larger than {MAX_PART // 1_000_000} MB when it is unpacked."
            self._refuse("SP641", what, _SMALLER)
        self._unpacked += entry.file_size
        if self._unpacked > MAX_TOTAL:
            what = f"More than {MAX_TOTAL // 1_000_000} MB of text and styles are packed into this file."
            self._refuse("SP641", what, _SMALLER)
        try:
            with self._zip.open(entry) as file:
                data = file.read(MAX_PART + 1)
        except _ZIP_ERRORS as error:
            raise broken(self.shown, part, f"it cannot be unpacked ({error})") from error
        return data

    def tree(self, part: str) -> Element:
        """Return the root element of a part; none where there is no such part. Read once, not to be changed."""
        key = part.lower()
        if key not in self._entries:
            return None
        if key not in self._trees:
            self._trees[key] = parse(self.read(part), self.shown, part)
        return self._trees[key]

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return what a part refers to, by ids."""
        folder, _, file = part.lower().rpartition("/")
        return self._relations.get(f"{folder}/_rels/{file}.rels".lstrip("/"), {})

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts that a part refers to as of a kind and that are there, each once."""
        targets = [relation.target for relation in self.relations(part).values() if relation.kind == kind]
        return [target for target in dict.fromkeys(targets) if self.has(target)]

    def _checked(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        """Return the entries by their names in lower case, as Word tells them apart."""
        if len(entries) > MAX_PARTS:
            self._refuse("SP641", f"The archive has {len(entries)} parts, more than {MAX_PARTS}.", _SMALLER)
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            key = entry.filename.lower()
            if key in found:
                self._refuse("SP642", f"The part {entry.filename} stands twice in the archive.", _NO_TRUST)
            if "\\" in key or key.startswith("/") or ".." in key.split("/") or "\0" in key:
                self._refuse("SP642", f"The name of the part {entry.filename!r} leads out of the archive.", _NO_TRUST)
            if entry.flag_bits & 1:
                self._refuse("SP637", f"The part {entry.filename} is encrypted.", _DECRYPT)
            if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
                what = f"The part {entry.filename} would become more than {MAX_RATIO} times larger when unpacked."
                self._refuse("SP641", what, _NO_TRUST)
            found[key] = entry
        places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
        if any(start + _LOCAL_HEADER + size > after for (start, size), (after, _) in pairwise(places)):
            self._refuse("SP642", "Parts of the archive lie over each other.", _NO_TRUST)
        return found

    def _refuse_macros(self, types: Element) -> None:
        said = {value(entry, "ct:ContentType").lower() for kind in _TYPE_ENTRIES for entry in children(types, kind)}
        named = [name for name in self._entries if name.rpartition("/")[2] in _MACROS]
        if named or any("macroenabled" in text or "vbaproject" in text for text in said):
            what = f"The file holds macros{f' ({named[0]})' if named else ''}, that is, programs."
            self._refuse("SP638", what, "Save it in Word as “Word Document (*.docx)”, which leaves the macros out.")

    def _read_relations(self, name: str) -> dict[str, Relation]:
        """Return the relations of a part, from the part that lists them."""
        folder = name.rpartition("/_rels/")[0]
        relations = {}
        for entry in children(self.tree(name), "rel:Relationship"):
            kind = value(entry, "rel:Type").rpartition("/")[2]
            target = value(entry, "rel:Target")
            is_external = value(entry, "rel:TargetMode").lower() == "external"
            if is_external and kind == "attachedTemplate" and _is_usual(name, target):
                self.templates.setdefault(target, name)
            elif is_external and kind != "hyperlink":
                self._refuse_external(name, kind, target)
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target.partition("#")[0])).lstrip("/")
            relations[value(entry, "rel:Id")] = Relation(kind, target, is_external)
        return relations

    def _find_main(self, types: Element) -> str:
        """Return the name of the part that holds the text."""
        mains = self.related("", "officeDocument") or [name for name in ("word/document.xml",) if self.has(name)]
        if not mains:
            self._no_word("it is a zip archive without a document in it")
        said = [value(entry, "ct:ContentType") for entry in children(types, "ct:Override")]
        root = self.tree(mains[0])
        if not str(root.tag).endswith("}document") or "wordprocessingml" not in str(root.tag):
            kind = next((text for text in said if text.endswith(".main+xml")), "unknown")
            self._no_word(f"its main part is of the type {kind}")
        return mains[0]

    def _refuse_old(self, data: bytes) -> NoReturn:
        if "EncryptedPackage".encode("utf-16-le") in data:
            self._refuse("SP637", "The file is encrypted: it opens with a password only.", _DECRYPT)
        what = "This is a file in the format of Word before 2007 (.doc), which is not read."
        self._refuse("SP636", what, "Open it in Word and save it as “Word Document (*.docx)”.")

    def _refuse_external(self, name: str, kind: str, target: str) -> NoReturn:
        what = f"The file refers to something elsewhere ({kind}: {target[:200]}), which Word would fetch; see {name}."
        remedy = {
            "attachedTemplate": "In Word, detach the template (Developer, Document Template) and save the file anew.",
            "image": "In Word, break the link to the picture (File, Info, Edit Links to Files) and save the file anew.",
        }.get(kind, "In Word, break the link (File, Info, Edit Links to Files) and save the file anew.")
        self._refuse("SP640", what, remedy)

    def _no_word(self, why: str) -> NoReturn:
        remedy = "Name a file that Word saved as “Word Document (*.docx)”."
        self._refuse("SP635", f"This is no Word document: {why}.", remedy)

    def _refuse(self, code: str, what: str, remedy: str) -> NoReturn:
        raise ContentError([make_fault(code, self.shown, what, remedy)])


def _is_usual(name: str, target: str) -> bool:
    """Tell whether a reference to a template is one as Word writes it: in the settings, or to a file by its path."""
    return name.rpartition("/")[2] == "settings.xml.rels" or not _ADDRESS.match(target)


_ADDRESS: Final = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""How an address begins that is no path of a file, nor a letter for a disk."""
_TYPE_ENTRIES: Final = ("ct:Default", "ct:Override")
_SMALLER: Final = "Copy the text of the policy alone into a new document, and import that."
_NO_TRUST: Final = "Do not trust this file; ask whoever sent it for one saved by Word."
_DECRYPT: Final = "Open it in Word, take the password off (File, Info, Protect Document), and save it anew."
