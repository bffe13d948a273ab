"""Hypothesis strategies for structure: clauses whose sentences are paragraphs, items, quotations or rows, and edits.

The words stay and their structure changes: a sentence goes into another block, another clause, another level. Each
sentence is unlike the others, so that what is found does not depend on chance.
"""

from __future__ import annotations

from hypothesis import strategies as st

SENTENCES = (
    "We share your name with partners.",
    "Partners use your name to send you offers by post.",
    "We keep your email address for 30 days after you leave.",
    "We delete it then.",
    "You may object at any time and without giving a reason to anybody.",
    "We collect cookies and logs.",
    "Your precise location is never sold to banks, brokers or insurers of any kind.",
    "Children are not served.",
    "A court may order us to hand over what we hold about you.",
    "This does not apply to employees.",
)
BLOCKS = ("paragraph", "apart", "items", "nested", "numbered", "parts", "quoted", "rows", "cells")


def block(sentences: list[str], form: str, start: int = 1) -> str:
    """Return sentences as one block of Markdown; numbered items count from `start`."""
    heads = [f"H{n}" for n in range(len(sentences))]
    return {
        "paragraph": " ".join(sentences),
        "apart": "\n\n".join(sentences),
        "items": "\n".join(f"- {sentence}" for sentence in sentences),
        "nested": "\n".join(f"{'  ' * min(n, 2)}- {sentence}" for n, sentence in enumerate(sentences)),
        "numbered": "\n".join(f"{start + n}. {sentence}" for n, sentence in enumerate(sentences)),
        # One item of several paragraphs.
        "parts": "- " + "\n\n  ".join(sentences),
        "quoted": "\n>\n".join(f"> {sentence}" for sentence in sentences),
        "rows": "\n".join(["| A | B |", "| --- | --- |", *(f"| {sentence} | x |" for sentence in sentences)]),
        "cells": "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), sentences)),
    }[form]


@st.composite
def blocks_of(draw: st.DrawFn, sentences: list[str]) -> list[str]:
    """Return sentences in order as blocks of any kinds."""
    found = []
    at = 0
    while at < len(sentences):
        length = draw(st.integers(1, len(sentences) - at))
        found.append(block(sentences[at : at + length], draw(st.sampled_from(BLOCKS)), draw(st.integers(1, 3))))
        at += length
    return found


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """Return two versions of a policy that have most of their sentences in common, in any structure on either side.

    Clauses are split, joined and moved with `was=`, their sentences cross the borders between them.
    """
    sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7, unique=True))
    others = list(sentences)
    for _ in range(draw(st.integers(0, 2))):
        action = draw(st.sampled_from(("move", "drop", "add", "word")))
        at = draw(st.integers(0, max(len(others) - 1, 0)))
        if action == "move" and others:
            others.insert(draw(st.integers(0, len(others) - 1)), others.pop(at))
        elif action == "drop" and len(others) > 1:
            del others[at]
        elif action == "add":
            others.insert(at, draw(st.sampled_from(SENTENCES)))
        elif others:
            others[at] = others[at].replace("your", "any")
    old_ids = ["one", "two", "three"][: draw(st.integers(1, 3))]
    new_ids = draw(st.permutations(["one", "two", "three", "four"]))[: draw(st.integers(1, 3))]
    was = {name: draw(st.lists(st.sampled_from(old_ids), max_size=2, unique=True)) for name in new_ids}
    return _version(draw, sentences, old_ids, {}), _version(draw, others, new_ids, was)


def _version(draw: st.DrawFn, sentences: list[str], ids: list[str], was: dict[str, list[str]]) -> str:
    cuts = sorted(draw(st.lists(st.integers(0, len(sentences)), min_size=len(ids) - 1, max_size=len(ids) - 1)))
    parts = []
    for name, start, end in zip(ids, [0, *cuts], [*cuts, len(sentences)], strict=True):
        carried = [other for other in was.get(name, []) if other != name]
        mark = f' was="{" ".join(carried)}"' if carried else ""
        parts += [f"## {name.title()} {{#{name}{mark}}}", *draw(blocks_of(sentences[start:end]))]
    return "\n\n".join(parts) + "\n"


@st.composite
def same_words(draw: st.DrawFn) -> tuple[str, str]:
    """Return two versions of one clause with the same words in blocks of any kinds on either side."""
    sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True))
    sides = (draw(blocks_of(sentences)) for _ in range(2))
    old, new = ("\n\n".join(["# T {#t}", *side]) + "\n" for side in sides)
    return old, new
