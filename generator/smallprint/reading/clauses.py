"""The body of a version → its clauses.

A clause starts at a heading with `{#id}` at its end or at a block below a line `{#id}`, and runs to the next clause. In
a text without any ids each heading starts a clause, and each short line in bold that serves as one. Text before the
first clause is a clause of its own, without an id: no text is ever outside a clause. Footnotes come last in the clause
that first refers to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from smallprint.errors import Fault, Severity
from smallprint.model import Clause
from smallprint.reading.attributes import Attributes, Line, find_attributes, stray_attributes
from smallprint.reading.footnotes import Note, note_faults, share_notes
from smallprint.reading.markdown import MAX_NESTING, Piece, Placed, note_labels, parse_piece, split_pieces
from smallprint.reading.row_keys import row_key_faults
from smallprint.text import plain_text, without_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import ClauseId
    from smallprint.table import TableRow
    from smallprint.text import Block

_ATX: Final = re.compile(r"#{1,6}[ \t]")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_FENCE: Final = re.compile(r"[ \t>*+\-0-9.)]*(```|~~~)")
_TITLE_WORDS: Final = 8
_TITLE_ENDS: Final = " \t:–—-."


@dataclass(slots=True)
class _Marked:
    """The body with its attributes taken out."""

    lines: list[str]
    headings: dict[int, Attributes] = field(default_factory=dict)
    """Line, from 0 → the attributes at the end of the heading there."""
    blocks: dict[int, Attributes] = field(default_factory=dict)
    """Line, from 0, on which attributes stand alone → these attributes."""
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """A clause while its blocks are gathered."""

    attributes: Attributes | None
    level: int
    placed: list[Placed]
    lines: list[int]
    """The line, from 0, at which each block begins."""
    first: int
    last: int


def parse_clauses(body: str, *, first_line: int = 1, path: str = "") -> tuple[tuple[Clause, ...], list[Fault]]:
    """Return the clauses of a body of Markdown, in reading order, and what is wrong with it.

    Args:
        body: the text after the front matter, lines ended by line feeds.
        first_line: the number of the body's first line in its file, from 1.
        path: the file's name, as faults show it.
    """
    lines = body.split("\n")
    marked = _take_attributes(lines, first_line, path) if "{#" in body else _Marked(lines)
    has_ids = bool(marked.headings or marked.blocks)
    drafts: list[_Draft] = []
    notes: list[Note] = []
    heading_level = 0
    for placed, line, above in _blocks(marked, first_line, path, lines):
        if placed.note:
            notes.append(Note(placed.note, placed.block, line, max(len(drafts) - 1, 0)))
            continue
        attributes = above
        level = placed.block.heading_level
        if level:
            heading_level = level
            attributes = attributes or _heading_attributes(marked, line, placed.lines)
            if has_ids and not attributes:
                marked.faults.append(_without_id(placed.block, lines[line], line + first_line, path))
        starts = attributes is not None or (not has_ids and placed.block.is_title)
        if starts or not drafts:
            drafts.append(_Draft(attributes, level or min(heading_level + 1, 6), [], [], line, line))
        draft = drafts[-1]
        draft.placed.append(placed)
        draft.lines.append(line)
        draft.last = line + placed.lines - 1
    if notes:
        _add_notes(drafts, notes, marked, Line(path, first_line, ""), lines)
    marked.faults.extend(_duplicates(drafts))
    marked.faults.extend(_second_promises(drafts))
    marked.faults.extend(_row_keys(drafts, first_line, path, lines))
    return tuple(_clauses(drafts, first_line)), marked.faults


def _add_notes(drafts: list[_Draft], notes: list[Note], marked: _Marked, start: Line, lines: list[str]) -> None:
    """Put each note at the end of the clause it belongs to."""
    if not drafts:
        drafts.append(_Draft(None, 1, [], [], notes[0].line, notes[-1].line))
    shares, left = share_notes([[placed.block for placed in draft.placed] for draft in drafts], notes)
    for draft, share in zip(drafts, shares, strict=True):
        draft.placed.extend(Placed(block, 0, 0) for block in share)
        draft.lines.extend(draft.last for _ in share)
    marked.faults.extend(note_faults(notes, left, start.path, start.number, lines))


def _take_attributes(lines: list[str], first_line: int, path: str) -> _Marked:
    marked = _Marked(list(lines))
    in_fence = False
    for index, text in enumerate(lines):
        if _FENCE.match(text):
            in_fence = not in_fence
        if "{#" not in text or in_fence:
            continue
        line = Line(path, first_line + index, text)
        bare, attributes, faults = find_attributes(line)
        after = lines[index + 1] if index + 1 < len(lines) else ""
        before = lines[index - 1] if index else ""
        is_heading = bool(_ATX.match(text)) or bool(bare.strip() and _UNDERLINE.match(after))
        is_alone = not bare.strip() and bool(after.strip()) and not before.strip()
        is_alone = is_alone or (not bare.strip() and bool(after.strip()) and bool(_ATX.match(before)))
        if faults:
            # The text stays as it is: where faults are let pass, nothing may be lost.
            marked.faults.extend(faults)
            continue
        if attributes is None or not (is_heading or is_alone):
            marked.faults.extend(stray_attributes(line))
            continue
        if is_heading:
            marked.headings[index] = attributes
        else:
            marked.blocks[index] = attributes
        marked.lines[index] = bare
        if is_heading:
            marked.faults.extend(stray_attributes(Line(path, first_line + index, bare)))
    return marked


def _blocks(
    marked: _Marked, first_line: int, path: str, lines: list[str]
) -> Iterator[tuple[Placed, int, Attributes | None]]:
    """Yield each block with its line, from 0, and the attributes that stand alone above it.

    A line of attributes ends whatever stands before it, so each stretch between two of them is parsed by itself.
    """
    above: Attributes | None = None
    ends = (*marked.blocks, len(marked.lines))
    starts = (0, *(end + 1 for end in marked.blocks))
    stretches = ["\n".join(marked.lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    notes = note_labels(stretches)
    for cut, end, stretch in zip(starts, ends, stretches, strict=True):
        for offset, source in split_pieces(stretch):
            piece = parse_piece(source, notes)
            marked.faults.extend(_piece_faults(piece, cut + offset, first_line, path, lines))
            for placed in piece.blocks:
                if placed.note and above:
                    # An id above a note would be lost, or name a clause further on.
                    marked.faults.extend(stray_attributes(above.line))
                    above = None
                yield placed, cut + offset + placed.line, above
                above = None
        above = marked.blocks.get(end)


def _heading_attributes(marked: _Marked, line: int, lines: int) -> Attributes | None:
    for index in range(line, line + lines):
        if index in marked.headings:
            return marked.headings[index]
    return None


def _clauses(drafts: Sequence[_Draft], first_line: int) -> Iterator[Clause]:
    stack: list[tuple[int, int, str]] = []
    anchors = {draft.attributes.clause_id: 1 for draft in drafts if draft.attributes}
    for index, draft in enumerate(drafts):
        blocks = tuple(placed.block for placed in draft.placed)
        title = _title(blocks[0])
        while stack and stack[-1][0] >= draft.level:
            stack.pop()
        clause_id = draft.attributes.clause_id if draft.attributes else None
        yield Clause(
            clause_id=clause_id,
            anchor=clause_id or _anchor(title, anchors),
            title=title,
            level=draft.level,
            path=tuple(entry[2] for entry in stack),
            parent=stack[-1][1] if stack else -1,
            blocks=blocks,
            first_line=draft.first + first_line,
            last_line=draft.last + first_line,
            was=draft.attributes.was if draft.attributes else (),
            promise=draft.attributes.promise if draft.attributes else None,
            rows_key=draft.attributes.rows if draft.attributes else "",
        )
        stack.append((draft.level, index, title))


def _title(block: Block) -> str:
    """Return a heading's text, else the bold words a block begins with, else its first words."""
    unit = next((unit for unit in block.units if unit.words), None)
    if unit is None:
        return ""
    words = without_references(unit.words)
    if block.heading_level:
        return plain_text(words)
    bold = 0
    while bold < len(words) and any(mark.tag == "strong" for mark in words[bold].marks):
        bold += 1
    if bold:
        return plain_text(words[:bold]).rstrip(_TITLE_ENDS)
    title = plain_text(words[:_TITLE_WORDS]).rstrip(_TITLE_ENDS)
    return f"{title} …" if len(words) > _TITLE_WORDS else title


def _anchor(title: str, taken: dict[ClauseId, int] | dict[str, int]) -> str:
    """Return an anchor made from a title that no other clause of the version has."""
    slug = "-".join(re.findall(r"[^\W_]+", title.lower())) or "clause"
    anchor, number = slug, 1
    while anchor in taken:
        number += 1
        anchor = f"{slug}-{number}"
    taken[anchor] = 1  # type: ignore[index]
    return anchor


def _piece_faults(piece: Piece, start: int, first_line: int, path: str, lines: list[str]) -> Iterator[Fault]:
    for odd in piece.oddities:
        kind, line = odd.kind, start + odd.line
        place = (path, line + first_line, odd.column + 1)
        yield Fault(*place, kind.code, odd.what, odd.remedy, kind.severity, lines[line], len(odd.text))
    for lost in piece.lost_definitions:
        text = lines[start + lost]
        what = "Nothing uses this link definition, so no reader would see what it says."
        remedy = "Take it out, use it as [words][name], or put a backslash before its “[” if it is meant to be read."
        yield Fault(path, start + lost + first_line, 1, "SP403", what, remedy, excerpt=text, width=len(text))
    for lost in sorted({*piece.lost_targets} - {*piece.lost_definitions}):
        text = lines[start + lost]
        what = "This line defines a link, so its words stand in an address, where no reader sees them."
        remedy = "Write an address, such as https://… or #cookies; the name of a footnote has no spaces: [^1]: Words."
        yield Fault(path, start + lost + first_line, 1, "SP412", what, remedy, excerpt=text, width=len(text))
    for row in piece.lost_cells:
        text = lines[start + row.line]
        what = f"This row has {row.cells} cells, and its table {row.columns} in a row; no reader would see the rest."
        remedy = "Give the table as many columns, or put a backslash before a bar that parts no cells."
        yield Fault(path, start + row.line + first_line, 1, "SP413", what, remedy, excerpt=text, width=len(text))
    if piece.too_deep_line >= 0:
        line = start + piece.too_deep_line
        what = f"Lists or quotations are nested more than {MAX_NESTING // 2} deep here."
        remedy = "Flatten them: text that deep would be lost in most readers."
        yield Fault(path, line + first_line, 1, "SP402", what, remedy, excerpt=lines[line][:200])


def _without_id(block: Block, text: str, line: int, path: str) -> Fault:
    return Fault(
        path,
        line,
        1,
        "SP307",
        f"The heading “{block.units[0].plain}” has no clause id, so it counts as part of the clause before it.",
        "Add one at its end, for example {#cookies}, unless it is meant to be no clause of its own.",
        Severity.WARNING,
        text,
        len(text),
    )


def _duplicates(drafts: Sequence[_Draft]) -> Iterator[Fault]:
    seen: dict[ClauseId, int] = {}
    for attributes in (draft.attributes for draft in drafts if draft.attributes):
        clause_id, line = attributes.clause_id, attributes.line
        if clause_id in seen:
            what = f"The clause id “{clause_id}” is used twice (first on line {seen[clause_id]})."
            remedy = "Give one of the two clauses a new id; an id that is already published stays as it is."
            yield line.fault(attributes.column + 1, len(clause_id), "SP302", what, remedy)
        else:
            seen[clause_id] = line.number


def _second_promises(drafts: Sequence[_Draft]) -> Iterator[Fault]:
    promising = [draft.attributes for draft in drafts if draft.attributes and draft.attributes.promise]
    for attributes in promising[1:]:
        first = promising[0]
        what = f"A second clause promises notice; the first is “{first.clause_id}” on line {first.line.number}."
        remedy = "Keep `promise=…` on the clause that says what users can rely on, and take it out here."
        column = attributes.line.text.find("promise", attributes.column + len(attributes.clause_id)) + 1
        yield attributes.line.fault(column, len("promise"), "SP310", what, remedy)


def _row_keys(drafts: Sequence[_Draft], first_line: int, path: str, lines: list[str]) -> Iterator[Fault]:
    for draft in drafts:
        if draft.attributes and draft.attributes.rows:
            places = _row_places(draft)
            units = [unit for placed in draft.placed for unit in placed.block.units]

            def line_of(row: TableRow, places: dict[int, int] = places) -> Line | None:
                at = places.get(row.at, -1)
                return Line(path, first_line + at, lines[at]) if at >= 0 else None

            yield from row_key_faults(draft.attributes, units, line_of)


def _row_places(draft: _Draft) -> dict[int, int]:
    """Return the line, from 0, of each table row that is in no list or quotation, by its position in the clause."""
    places: dict[int, int] = {}
    at = 0
    for placed, line in zip(draft.placed, draft.lines, strict=True):
        units = placed.block.units
        if units and units[0].path and units[0].path[0].kind == "table":
            # The header is on the first line, the rule below it on the second, each row on one of its own.
            places.update((at + n, line + n + (n > 0)) for n in range(len(units)))
        at += len(units)
    return places
