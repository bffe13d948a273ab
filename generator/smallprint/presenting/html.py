"""Blocks and clauses → HTML, as a version page shows them.

The headings of a text stand one level lower than in its source, below the title of the page.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.presenting.inline import words_html
from smallprint.presenting.nest import Element, nest

if TYPE_CHECKING:
    from smallprint.model import Clause
    from smallprint.text import Block, Unit

_LOWEST: Final = 6
_blocks: dict[Block, str] = {}
"""Block → HTML, for the life of the process: versions share most of their blocks."""
_units: dict[Unit, str] = {}
"""The same for units, since a changed block shares most of its units with the block it was."""


def block_html(block: Block) -> str:
    """Return the HTML of a block."""
    html = _blocks.get(block)
    if html is None:
        html = _blocks[block] = nest(Element(unit.path, unit_html(unit)) for unit in block.units)
    return html


def clause_html(clause: Clause) -> str:
    """Return what stands inside the element of a clause, with a permalink at the end of its heading or first unit."""
    first, *others = clause.blocks
    html = with_permalink(block_html(first), clause.anchor, clause.title)
    return html + "".join(map(block_html, others))


def with_permalink(html: str, anchor: str, title: str) -> str:
    """Put a permalink before the end of the first heading or paragraph in `html`."""
    ends = [at for at in (html.find(f"</{tag}>") for tag in ("h2", "h3", "h4", "h5", "h6", "p")) if at >= 0]
    link = f'<a class="permalink" href="#{escape(anchor)}" aria-label="Link to “{escape(title)}”">¶</a>'
    at = min(ends, default=-1)
    return f"{html[:at]} {link}{html[at:]}" if at >= 0 else f"{html}<p>{link}</p>"


def unit_tag(unit: Unit) -> str:
    """Return the tag of a unit's element: headings one lower than in the source."""
    return f"h{min(int(unit.kind[1]) + 1, _LOWEST)}" if unit.kind[0] == "h" and unit.kind != "hr" else unit.kind


def unit_html(unit: Unit) -> str:
    """Return the HTML of a unit without any marks."""
    html = _units.get(unit)
    if html is None:
        html = _units[unit] = _render(unit)
    return html


def _render(unit: Unit) -> str:
    if unit.kind == "tr":
        cells = [words_html(unit.words[start:end]) for start, end in pairwise((0, *unit.cells))]
        return row_html(unit, cells)
    return element_html(unit, words_html(unit.words))


def element_html(unit: Unit, inner: str, *, attributes: str = "") -> str:
    """Return the element of a unit other than a table row round `inner`."""
    if unit.kind == "hr":
        return f"<hr{attributes}>{inner}"
    if unit.kind == "pre":
        language = f' class="language-{escape(unit.info)}"' if unit.info else ""
        return f"<pre{attributes}><code{language}>{inner.replace('<br>', chr(10))}</code></pre>"
    tag = unit_tag(unit)
    # HTML has no lower heading than the sixth; the level that a screen reader says has.
    level = f' aria-level="{_LOWEST + 1}"' if unit.kind == f"h{_LOWEST}" else ""
    return f"<{tag}{level}{attributes}>{inner}</{tag}>"


def row_html(unit: Unit, cells: list[str], *, attributes: str = "") -> str:
    """Return a table row with the given insides of its cells."""
    tag = cell_tag(unit)
    inner = "".join([cell_html(tag, cell, align) for cell, align in zip(cells, unit.aligns, strict=True)])
    return f"<tr{attributes}>{inner}</tr>"


def cell_tag(unit: Unit) -> str:
    """Return the tag of the cells of a table row."""
    return "th" if any(container.kind == "thead" for container in unit.path) else "td"


def cell_html(tag: str, inner: str, classes: str) -> str:
    """Return a table cell."""
    scope = ' scope="col"' if tag == "th" else ""
    return f'<{tag}{scope} class="{classes}">{inner}</{tag}>' if classes else f"<{tag}{scope}>{inner}</{tag}>"
