"""The parser's rules for brackets: links, as CommonMark has them, and references to footnotes.

The rules that come with the parser look for a closing bracket from every opening one to the end of the paragraph, which
takes minutes for a long line of opening brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.rules_inline import image, link
from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

LABEL: Final = re.compile(r"\[\^([^\[\] \n]+)\]")
"""A reference to a footnote; its group is the label."""
_LAST: Final = -1
"""Where among the places that a state remembers that of the last closing bracket is."""


def read_brackets(parser: MarkdownIt) -> MarkdownIt:
    """Let a parser look for links only where a bracket closes."""
    parser.inline.ruler.at("link", _link)
    parser.inline.ruler.at("image", _image)
    return parser


def read_footnotes(parser: MarkdownIt) -> MarkdownIt:
    """Let a parser read footnotes, and references to those that its environment names."""
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.at("footnote_ref", _reference)
    return parser


def _link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    return state.src[state.pos] == "[" and _closes(state) and link(state, silent)


def _image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return state.src[state.pos] == "!" and _closes(state) and image(state, silent)


def _closes(state: StateInline) -> bool:
    """Tell whether a bracket closes after the current place."""
    last = state.cache.get(_LAST)
    if last is None:
        last = state.cache[_LAST] = state.src.rfind("]")
    return last > state.pos


def _reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    found = LABEL.match(state.src, state.pos, state.posMax)
    if not found or f":{found[1]}" not in state.env.get("footnotes", {}).get("refs", {}):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True
