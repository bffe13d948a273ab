"""Words → inline HTML, with and without marks.

`<ins>` and `<del>` stand inside inline tags and never reach over one, so the HTML is valid whatever was changed. Each
run of marked words holds hidden text that says “added”, “removed” or “moved”: few screen readers speak the tags.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.model import Op
from smallprint.presenting.characters import note_look_alikes, show, texts_beside
from smallprint.presenting.links import link_opening
from smallprint.presenting.notes import REFERENCE_CLOSING, reference_opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.text import Mark, Word

_TAGS: Final = {Op.INSERT: ("ins", "added"), Op.DELETE: ("del", "removed")}
_MOVED: Final = {Op.INSERT: ("moved", "moved here"), Op.DELETE: ("moved-away", "moved away")}
"""The class and the word for words that are elsewhere on the other side."""
_SPACE: Final = " "
_CLOSINGS: Final = {"img": "</a>", "fn": REFERENCE_CLOSING}


class Atom(NamedTuple):
    """Words in the same formatting, or a space, and what becomes of them."""

    op: Op
    text: str
    marks: tuple[Mark, ...] = ()
    note: str = ""
    """A remark to stand behind it, for what the marks alone do not show."""
    is_sign: bool = False
    """Whether it is no text of a version but a sign for the end of a paragraph or table cell."""
    moved: int = 0
    """The number of the move that a deletion or insertion is an end of; 0 for words that went or are new."""
    anchor: str = ""
    """The `id` of its mark, once for each end of a move."""
    link: str = ""
    """HTML of ours in place of text, outside of all formatting: the link to the other end of a move."""


class Run(NamedTuple):
    """Words that stand in the same formatting, as one text."""

    space: bool
    marks: tuple[Mark, ...]
    text: str


def runs(words: Sequence[Word]) -> Iterator[Run]:
    """Yield words as runs of the same formatting: a paragraph without formatting is one run."""
    start = 0
    while start < len(words):
        first = words[start]
        marks = first.marks
        end = start + 1
        while end < len(words) and (words[end].marks is marks or words[end].marks == marks):
            end += 1
        text = "".join([f" {word.text}" if word.space else word.text for word in words[start:end]])
        yield Run(first.space, marks, text[1:] if first.space else text)
        start = end


def words_html(words: Sequence[Word]) -> str:
    """Return the HTML of words without any marks."""
    parts: list[str] = []
    marks: tuple[Mark, ...] = ()
    for run in runs(words):
        shared = shared_marks(marks, run.marks)
        parts.append(_close(marks, shared))
        if run.space:
            parts.append(_SPACE)
        parts.append(_open(run.marks, shared))
        parts.append(show(run.text))
        marks = run.marks
    parts.append(_close(marks, 0))
    return "".join(parts)


def atoms_html(atoms: Sequence[Atom]) -> str:
    """Return the HTML of atoms, marked."""
    parts: list[str] = []
    marks: tuple[Mark, ...] = ()
    op, moved = Op.KEEP, 0
    beside = texts_beside([(atom.op, atom.text) for atom in atoms])
    for index, atom in enumerate(atoms):
        is_other = atom.op is not op or atom.moved != moved
        if is_other or atom.marks != marks:
            parts.append(_leave(op, is_last=op is not Op.KEEP and is_other))
            shared = shared_marks(marks, atom.marks)
            parts.append(_close(marks, shared) + _open(atom.marks, shared))
            parts.append(_enter(atom, is_first=is_other))
            op, moved, marks = atom.op, atom.moved, atom.marks
        shown = atom.link or show(atom.text, is_marked=op is not Op.KEEP, beside=beside[index])
        parts.append(f'<span class="break">{shown}</span>' if atom.is_sign else shown)
        if atom.note:
            parts.append(f'<span class="form"> ({escape(atom.note, quote=False)})</span>')
        if index == len(atoms) - 1:
            parts.append(_leave(op, is_last=True) + _close(marks, 0))
    return "".join(parts)


def tidy(atoms: Iterable[Atom]) -> list[Atom]:
    """Put deletions before insertions between kept words, keep the space both begin with, and add remarks."""
    done: list[Atom] = []
    deleted: list[Atom] = []
    inserted: list[Atom] = []
    for atom in (*atoms, Atom(Op.KEEP, "")):
        if atom.op is Op.DELETE:
            deleted.append(atom)
        elif atom.op is Op.INSERT:
            inserted.append(atom)
        else:
            deleted, inserted = _without_lost_spaces(deleted, inserted, is_first=not done)
            if deleted and inserted:
                if deleted[0].text == inserted[0].text == _SPACE and deleted[0].moved == inserted[0].moved == 0:
                    done.append(deleted[0]._replace(op=Op.KEEP))
                    del deleted[0], inserted[0]
                deleted, inserted = _remarked(deleted, inserted)
            done.extend(deleted)
            done.extend(inserted)
            deleted, inserted = [], []
            if atom.text:
                done.append(atom)
    return done


def _without_lost_spaces(deleted: list[Atom], inserted: list[Atom], *, is_first: bool) -> tuple[list[Atom], list[Atom]]:
    """Leave a lone space unmarked where a paragraph begins or ends in its place: there is nothing to see.

    Where paragraphs were joined, the space that took the place of their boundary stays, or words would run together.
    """
    if is_first or any(atom.is_sign for atom in inserted):
        deleted = [] if [atom.text for atom in deleted] == [_SPACE] else deleted
    if [atom.text for atom in inserted] == [_SPACE]:
        if any(atom.is_sign for atom in deleted):
            inserted = [inserted[0]._replace(op=Op.KEEP)]
        elif is_first:
            inserted = []
    return deleted, inserted


def _remarked(deleted: list[Atom], inserted: list[Atom]) -> tuple[list[Atom], list[Atom]]:
    """Add remarks where the words are the same or look the same, so that the difference can be seen."""
    olds, news = ([atom for atom in atoms if not atom.moved] for atoms in (deleted, inserted))
    old, new = "".join(atom.text for atom in olds), "".join(atom.text for atom in news)
    if not old or not new:
        return deleted, inserted
    if old == new:
        return _with_note(deleted, _format(olds)), _with_note(inserted, _format(news))
    note = note_look_alikes(old, new)
    return deleted, _with_note(inserted, note) if note else inserted


def _with_note(atoms: list[Atom], note: str) -> list[Atom]:
    """Add a remark to the last of the atoms that did not move."""
    at = max(at for at, atom in enumerate(atoms) if not atom.moved)
    return [*atoms[:at], atoms[at]._replace(note=note), *atoms[at + 1 :]]


def _format(atoms: list[Atom]) -> str:
    """Say in words what formatting a run stands in."""
    names = {"em": "emphasised", "strong": "bold", "code": "code"}
    said: list[str] = []
    for atom in atoms:
        for mark in atom.marks:
            if mark.tag in names:
                phrase = names[mark.tag]
            elif mark.tag == "fn":
                phrase = f"reference to footnote [{mark.target}]"
            else:
                title = f", titled “{mark.title}”" if mark.title else ""
                phrase = f"{'image' if mark.tag == 'img' else 'link to'} {shown_target(mark.target)}{title}"
            if phrase not in said:
                said.append(phrase)
    return ", ".join(said) or "plain text"


def shown_target(target: str) -> str:
    """Return a link's target as readers may trust it: with a host name in other letters in its ASCII form."""
    if target.isascii():
        return target
    scheme, separator, rest = target.partition("://")
    host, slash, path = rest.partition("/")
    try:
        return f"{scheme}{separator}{host.encode('idna').decode('ascii')}{slash}{path}" if separator else target
    except UnicodeError:
        return target


def _enter(atom: Atom, *, is_first: bool) -> str:
    if atom.op is Op.KEEP:
        return ""
    tag, said = _TAGS[atom.op]
    attributes = ""
    if atom.moved:
        kind, said = _MOVED[atom.op]
        attributes = f' class="{kind}"' + (f' id="{escape(atom.anchor)}"' if atom.anchor else "")
    return f'<{tag}{attributes}><span class="vh">[{said}: </span>' if is_first else f"<{tag}{attributes}>"


def _leave(op: Op, *, is_last: bool) -> str:
    if op is Op.KEEP:
        return ""
    return f'<span class="vh">]</span></{_TAGS[op][0]}>' if is_last else f"</{_TAGS[op][0]}>"


def shared_marks(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> int:
    """Return how much of two nestings of formatting is the same, from outside."""
    end = 0
    while end < min(len(left), len(right)) and left[end] == right[end]:
        end += 1
    return end


def _open(marks: tuple[Mark, ...], start: int) -> str:
    parts = []
    for mark in marks[start:]:
        if mark.tag in {"a", "img"}:
            parts.append(link_opening(mark.target, mark.title, is_image=mark.tag == "img"))
        elif mark.tag == "fn":
            parts.append(reference_opening(mark.target))
        else:
            parts.append(f"<{mark.tag}>")
    return "".join(parts)


def _close(marks: tuple[Mark, ...], start: int) -> str:
    return "".join([_CLOSINGS.get(mark.tag) or f"</{mark.tag}>" for mark in reversed(marks[start:])])
