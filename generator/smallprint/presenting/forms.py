"""What differs between two units beside their words, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from smallprint.text import Unit

_KINDS: Final = {"p": "a paragraph", "pre": "code", "tr": "a table row", "hr": "a dividing line"}
_CONTAINERS: Final = {"ul": "a bullet list", "ol": "a numbered list", "blockquote": "a quotation", "table": "a table"}
_NOTE: Final = "footnote"


def form_remark(old: Unit, new: Unit) -> str:
    """Return what the unit was before, as far as its words do not show it; nothing where they do.

    “was a heading of level 2”, “was number 3”, “stood in a bullet list”.
    """
    remarks = []
    if old.kind != new.kind:
        remarks.append(f"was {_kind(old)}")
    if "tr" in {old.kind, new.kind} and old.kind != new.kind:
        return remarks[0]
    old_containers = [container.kind for container in old.path if container.kind in _CONTAINERS]
    new_containers = [container.kind for container in new.path if container.kind in _CONTAINERS]
    if old_containers != new_containers and not (_label(old) and not old_containers):
        places = " in ".join(_CONTAINERS[kind] for kind in reversed(old_containers))
        remarks.append(f"stood in {places}" if places else "stood in no list")
    elif old.new_items and new.new_items:
        old_number, new_number = _number(old), _number(new)
        if old_number != new_number:
            remarks.append(f"was number {old_number}")
    if note := _note_remark(old, new):
        remarks.append(note)
    if bool(old.new_items) != bool(new.new_items) and old_containers == new_containers:
        remarks.append("began an item of its own" if old.new_items else "was part of the item before")
    if old.aligns != new.aligns and len(old.aligns) == len(new.aligns):
        remarks.append("columns were aligned otherwise")
    if old.info != new.info:
        remarks.append(f"was marked as “{old.info}”" if old.info else "had no language named")
    return ", ".join(remarks)


def _note_remark(old: Unit, new: Unit) -> str:
    """Say where the unit was, if it is a footnote only on one side or has another label."""
    was, now = _label(old), _label(new)
    if was == now:
        return ""
    if not was:
        return "stood in the text"
    return f"was footnote [{was}]" if now else f"stood in footnote [{was}]"


def _label(unit: Unit) -> str:
    return unit.path[0].label if unit.path and unit.path[0].kind == _NOTE else ""


def _kind(unit: Unit) -> str:
    return _KINDS.get(unit.kind) or f"a heading of level {unit.kind[1]}"


def _number(unit: Unit) -> int:
    return next((container.number for container in reversed(unit.path) if container.kind == "li"), 0)
