"""What differs between two units beside their words, said in words.

A remark says what the old side was, and only what is not as true of the new side. Where an item, a list or a quotation
begins is seen between two units: it is said only if the units before belong together too, for otherwise the marks on
them show it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from smallprint.model import Op

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import Change, Row
    from smallprint.text import Container, Unit

_KINDS: Final = {"p": "a paragraph", "pre": "code", "tr": "a table row", "hr": "a dividing line"}
_LISTS: Final = {"ul": "a bullet list", "ol": "a numbered list"}
_PLACES: Final = {**_LISTS, "blockquote": "a quotation"}
_BORDERS: Final = {"ul": "list", "ol": "list", "blockquote": "quotation", "table": "table", "li": "item"}
_WORDLESS: Final = {"hr": "a dividing line", "p": "an empty item", "pre": "empty code", "tr": "an empty row"}
_COUNTS: Final = {1: "one level", 2: "two levels", 3: "three levels"}
_NOTE: Final = "footnote"


def change_remarks(change: Change) -> tuple[dict[int, str], ...]:
    """Return, for each row of a change, the remarks on its new units, by their positions in the row."""
    found: list[dict[int, str]] = []
    last_old = last_new = -1
    before: tuple[Unit, Unit] | None = None
    for at, row in enumerate(change.rows):
        remarks: dict[int, str] = {}
        follows = last_old == last_new
        for old_at, new_at in _pairs(row):
            old, new = row.old[old_at], row.new[new_at]
            if old is not new:
                remark = form_remark(old, new, follows=follows or new_at > 0, before=before if new_at == 0 else None)
                remarks.update({new_at: remark} if remark else {})
        found.append(remarks)
        last_old, last_new = at if row.old else last_old, at if row.new else last_new
        before = (row.old[-1], row.new[-1]) if row.old and row.new else None
    return tuple(found)


def _pairs(row: Row) -> Iterator[tuple[int, int]]:
    """Yield the positions of units that begin at the same place of the text on both sides."""
    if not row.old or not row.new:
        return
    if not row.continues:
        yield 0, 0
    if len(row.old) == 1 or len(row.new) == 1:
        return
    old_ends, new_ends = _ends(row.old), _ends(row.new)
    for span in row.spans:
        if span.op is not Op.KEEP:
            continue
        for end in new_ends[bisect_right(new_ends, span.new_start - 1) : bisect_right(new_ends, span.new_end - 1)]:
            old_end = span.old_start + end - span.new_start
            if old_end in old_ends:
                yield old_ends.index(old_end) + 1, new_ends.index(end) + 1


def _ends(units: Sequence[Unit]) -> list[int]:
    """Return the positions of the boundaries between units, among the words of a side."""
    return [end - 1 for end in accumulate(len(unit.words) + 1 for unit in units[:-1])]


def form_remark(old: Unit, new: Unit, *, follows: bool = True, before: tuple[Unit, Unit] | None = None) -> str:
    """Return what the unit was before, as far as its words do not show it; nothing where they do.

    “was a heading of level 2”, “was number 3”, “was in a bullet list”, “was part of the item before”.

    Args:
        old: the unit as it was.
        new: the unit that carries it on.
        follows: whether the unit before is the same on both sides, however its words differ.
        before: the units before, if they differ in the same way, so that it need not be said twice.
    """
    remarks = []
    if old.kind != new.kind:
        remarks.append(f"was {_kind(old)}")
    places = _places(old, new)
    remarks += places
    if not places:
        remarks += _numbers(old, new, follows=follows)
        if follows and old.kind == new.kind:
            remarks += _border(old, new)
    if old.kind == new.kind == "tr":
        remarks += _table(old, new, before if follows else None)
    if note := _note_remark(old, new):
        remarks.append(note)
    if old.info != new.info and old.kind == new.kind:
        remarks.append(f"was marked as “{old.info}”" if old.info else "named no language")
    return ", ".join(remarks)


def wordless_name(unit: Unit) -> str:
    """Return what a unit without words is called where it came or went, which nothing else shows; else nothing."""
    return "" if unit.words else _WORDLESS.get(unit.kind, "an empty line")


def _note_remark(old: Unit, new: Unit) -> str:
    """Say where the unit was, if it is a footnote only on one side or has another label."""
    was, now = _label(old), _label(new)
    if was == now:
        return ""
    if not was:
        return "was in the text"
    return f"was footnote [{was}]" if now else f"was in footnote [{was}]"


def _label(unit: Unit) -> str:
    return unit.path[0].label if unit.path and unit.path[0].kind == _NOTE else ""


def _kind(unit: Unit) -> str:
    return _KINDS.get(unit.kind) or f"a heading of level {unit.kind[1]}"


def _places(old: Unit, new: Unit) -> list[str]:
    """Say in which lists and quotations the old unit was, where the new one is not in the same."""
    olds, news = ([container.kind for container in unit.path if container.kind in _PLACES] for unit in (old, new))
    if olds == news:
        return []
    old_lists, new_lists = ([kind for kind in kinds if kind in _LISTS] for kinds in (olds, news))
    remarks = []
    old_quotes, new_quotes = olds.count("blockquote"), news.count("blockquote")
    if not old_quotes or not new_quotes:
        if old_quotes != new_quotes:
            remarks.append("was in a quotation" if old_quotes else "was in no quotation")
    elif old_quotes != new_quotes:
        remarks.append(f"was quoted {_levels(old_quotes - new_quotes)}")
    if old_lists != new_lists:
        remarks += _other_lists(old_lists, new_lists)
        number, other = _number(old), _number(new)
        if number and other and number != other:
            remarks.append(f"was number {number}")
    # The same lists and quotations, one within the other as it was not before.
    return remarks or [f"was in {' in '.join(_PLACES[kind] for kind in reversed(olds))}"]


def _other_lists(old: list[str], new: list[str]) -> list[str]:
    if not old:
        return ["was in no list"]
    if not new:
        return [f"was in {' in '.join(_LISTS[kind] for kind in reversed(old))}"]
    remarks = [f"was {_levels(len(old) - len(new))}"] if len(old) != len(new) else []
    if old[-1] != new[-1]:
        own = "had a bullet" if old[-1] == "ul" else "had a number"
        remarks.append(own if old[-1] in new else f"was in {_LISTS[old[-1]]}")
    elif not remarks:
        # From inside outwards, the first list round its own that is of another kind.
        outer = next(kind for kind, other in zip(reversed(old), reversed(new), strict=True) if kind != other)
        remarks.append(f"the list round its list was {_LISTS[outer]}")
    return remarks


def _levels(count: int) -> str:
    return f"{_COUNTS.get(abs(count), f'{abs(count)} levels')} {'deeper' if count > 0 else 'higher'}"


def _numbers(old: Unit, new: Unit, *, follows: bool) -> list[str]:
    """Say which numbers the items had that begin with the unit; those that go on, where nothing before says it."""
    olds, news = ([container for container in unit.path if container.kind == "li"] for unit in (old, new))
    remarks = []
    for at, (item, other) in enumerate(zip(olds, news, strict=False)):
        if item.number == other.number:
            continue
        begins = at >= len(olds) - old.new_items, at >= len(news) - new.new_items
        if all(begins):
            remarks.append(f"was number {item.number}" if item is olds[-1] else f"was in item {item.number}")
        elif not any(begins) and not follows:
            remarks.append(f"was in item {item.number}")
    return remarks


def _border(old: Unit, new: Unit) -> list[str]:
    """Say what began with the unit and no longer does, or begins with it and did not."""
    if old.opens == new.opens:
        return []
    unit = old if old.opens > new.opens else new
    begun = unit.path[len(unit.path) - unit.opens : len(unit.path) - min(old.opens, new.opens)]
    kind = next((_BORDERS[container.kind] for container in begun if container.kind in _BORDERS), "")
    if not kind:
        return []
    owner = "an item" if kind == "item" else f"a {kind}"
    return [f"began {owner} of its own" if unit is old else f"was part of the {kind} before"]


def _table(old: Unit, new: Unit, before: tuple[Unit, Unit] | None) -> list[str]:
    remarks = []
    was_head, is_head = (any(container.kind == "thead" for container in unit.path) for unit in (old, new))
    if was_head != is_head:
        remarks.append("was a heading row" if was_head else "was no heading row")
    is_known = before and (before[0].aligns, before[1].aligns) == (old.aligns, new.aligns)
    if old.aligns != new.aligns and len(old.aligns) == len(new.aligns) and not is_known:
        remarks.append("columns were aligned otherwise")
    return remarks


def _number(unit: Unit) -> int:
    """Return the number of the item that begins with a unit; 0 if none does."""
    item: Container | None = next((container for container in reversed(unit.path) if container.kind == "li"), None)
    return item.number if item and unit.new_items else 0
