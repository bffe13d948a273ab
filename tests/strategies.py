"""Hypothesis strategies: policies in Markdown, and edits to them."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    *(
        "we",
        "you",
        "may",
        "will",
        "not",
        "only",
        "never",
        "data",
        "email",
        "address",
        "share",
        "sell",
        "consent",
        "law",
    ),
    *("retain", "delete", "30", "days", "12", "months", "the", "a", "of", "to", "and", "or", "with", "from", "our"),
    *("your", "third", "parties", "service", "cookies", "Пример", "数据保护", "ข้อมูล", "naïve", "it’s", "opt-out", "$5"),
    *("50%", "1,000.50", "2020-02-10", "e.g.", "a*", "_x_", "`y`", "[z]", "<b>", "&", "\\", "¶", "|", "#", "1.", "-"),
)

words = st.sampled_from(WORDS)
sentences = st.lists(words, min_size=1, max_size=14).map(lambda items: " ".join(items).lstrip("#-|>1.") + "x.")
inline = st.one_of(
    sentences,
    st.builds("{} **{}** {}".format, sentences, words, sentences),
    st.builds("{} *{}* {}".format, sentences, words, sentences),
    st.builds("{} [{}](https://example.org/{})".format, sentences, words, st.sampled_from(("a", "b", "c"))),
    st.builds("{} `{}` {}".format, sentences, words, sentences),
    st.builds("{}\\\n{}".format, sentences, sentences),
)
paragraphs = st.lists(inline, min_size=1, max_size=3).map("\n".join)
bullet_lists = st.lists(inline, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items))
numbered_lists = st.builds(
    lambda start, items: "\n".join(f"{start + n}. {item}" for n, item in enumerate(items)),
    st.integers(1, 4),
    st.lists(inline, min_size=1, max_size=4),
)
nested_lists = st.builds("- {}\n  - {}\n  - {}\n- {}".format, inline, inline, inline, inline)
quotations = paragraphs.map(lambda text: "\n".join(f"> {line}" for line in text.split("\n")))
tables = st.builds(
    lambda columns, rows: "\n".join(
        "| " + " | ".join(row[:columns]) + " |" + ("\n" + "| --- " * columns + "|" if n == 0 else "")
        for n, row in enumerate(rows)
    ),
    st.integers(1, 3),
    st.lists(
        st.lists(st.sampled_from([word for word in WORDS if "|" not in word]), min_size=3, max_size=3),
        min_size=2,
        max_size=4,
    ),
)
code = sentences.map(lambda text: f"    {text}")
blocks = st.one_of(
    paragraphs, paragraphs, bullet_lists, numbered_lists, nested_lists, quotations, tables, code, st.just("---")
)
titles = st.lists(
    st.sampled_from(("Cookies", "Sharing", "Your rights", "2. Data", "Children", "Contact")), min_size=1, max_size=2
).map(" ".join)


@st.composite
def clauses(draw: st.DrawFn, *, ids: bool = False) -> list[str]:
    """Return the clauses of a policy as pieces of Markdown, with an id each or without any."""
    count = draw(st.integers(1, 5))
    pieces = []
    for number in range(count):
        level = draw(st.integers(1, 3))
        mark = f" {{#clause-{'abcdefgh'[number]}}}" if ids else ""
        body = draw(st.lists(blocks, min_size=0, max_size=4))
        pieces.append("\n\n".join([f"{'#' * level} {draw(titles)}{mark}", *body]))
    return pieces


@st.composite
def edited(draw: st.DrawFn, pieces: list[str]) -> list[str]:
    """Return the clauses after edits a person might make: words, paragraphs and clauses come, go and move."""
    pieces = list(pieces)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(pieces) - 1))
        action = draw(st.sampled_from(("word", "block", "drop", "move", "split", "clause")))
        lines = pieces[at].split("\n\n")
        if action == "word" and len(lines) > 1:
            block = draw(st.integers(1, len(lines) - 1))
            parts = lines[block].split(" ")
            parts[draw(st.integers(0, len(parts) - 1))] = draw(words)
            lines[block] = " ".join(parts)
        elif action == "block":
            lines.insert(draw(st.integers(1, len(lines))), draw(blocks))
        elif action == "drop" and len(lines) > 1:
            del lines[draw(st.integers(1, len(lines) - 1))]
        elif action == "split" and len(lines) > 1:
            block = draw(st.integers(1, len(lines) - 1))
            lines[block] = lines[block].replace("x. ", "x.\n\n", 1)
        elif action == "move":
            pieces.append(pieces.pop(at))
            continue
        elif action == "clause":
            if draw(st.booleans()) and len(pieces) > 1:
                del pieces[at]
                continue
            lines.append("## " + draw(titles))
        pieces[at] = "\n\n".join(lines)
    return pieces


_CELLS = ("we", "share", "sell", "banks only", "never", "", "30 days", "**not**")
_LINES = ("we share it", "banks only", "we sell it.", "**never**", "*you*", "[terms](https://example.org/a)", "`x`")


@st.composite
def _items(draw: st.DrawFn, depth: int) -> list[str]:
    """Return the lines of a list, with lists and paragraphs in its items."""
    start = draw(st.sampled_from((0, 0, 1, 3)))
    lines: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        marker = f"{start + number}. " if start else "- "
        lines.append(marker + draw(st.sampled_from(_LINES)))
        if draw(st.booleans()):
            lines += ["", *(" " * len(marker) + line for line in draw(_structure(depth + 1)))]
    return lines


@st.composite
def _structure(draw: st.DrawFn, depth: int = 0) -> list[str]:
    """Return the lines of a block that is more than its words: a list, a quotation, a table, code."""
    kind = draw(st.sampled_from(("list", "list", "quotation", "table", "text", "code", "title", "rule")))
    if kind == "list" and depth < 3:
        return draw(_items(depth))
    if kind == "quotation" and depth < 3:
        inner = [*draw(_structure(depth + 1)), "", *draw(_structure(depth + 1))]
        return [f"> {line}".rstrip() for line in inner]
    if kind == "table":
        columns = draw(st.integers(1, 3))
        rows = [draw(st.lists(st.sampled_from(_CELLS), min_size=columns, max_size=columns)) for _ in range(3)]
        rule = "|" + draw(st.sampled_from((" --- |", " :-- |", " --: |"))) * columns
        first, *others = [f"| {' | '.join(row)} |" for row in rows]
        return [first, rule, *others]
    if kind == "code":
        return [f"```{draw(st.sampled_from(('', 'sh')))}", draw(st.sampled_from(_LINES)), "```"]
    if kind == "title":
        return [f"{'#' * draw(st.integers(3, 6))} Sharing"]
    return ["---"] if kind == "rule" else [draw(st.sampled_from(_LINES))]


structures = st.lists(_structure(), min_size=1, max_size=4).map(
    lambda found: "\n\n".join("\n".join(lines) for lines in found) + "\n"
)
"""Bodies of a clause in which much depends on where the words are: lists in lists, quotations, tables, code."""


@st.composite
def restructured(draw: st.DrawFn, text: str) -> str:
    """Return a text with the same words after edits that move them: other levels, items, numbers, cells, borders."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        action = draw(st.sampled_from(("apart", "together", "line", "line", "line", "line")))
        if action == "apart":
            lines.insert(at, "")
        elif action == "together":
            lines = [one for n, one in enumerate(lines) if one or n != at]
        else:
            lines[at] = draw(_relined(lines[at]))
    return "\n".join(lines) or "x"


@st.composite
def _relined(draw: st.DrawFn, line: str) -> str:
    """Return a line after an edit to what is before its words or round them."""
    bare = line.lstrip(" ")
    marker = draw(st.sampled_from(("- ", "* ", "1. ", "2. ", "> ", "")))
    body = bare.removeprefix("- ").removeprefix("* ").removeprefix("> ")
    edits = [f"  {line}", line.removeprefix("  "), line.replace("**", draw(st.sampled_from(("", "*", "__"))))]
    if line.strip("> "):
        # A quotation of nothing has nothing in it that could differ.
        edits += [line[: len(line) - len(bare)] + marker + body, f"> {line}"]
    if line.startswith("| "):
        edits.append(f"|{'|'.join(draw(st.permutations(line.strip('|').split('|'))))}|")
    return draw(st.sampled_from(edits))


LEAVES = (
    "We keep your name.",
    "Banks that pay you see it.",
    "This does not apply to staff.",
    "Insurers cover the rest of it.",
    "You may ask us at any time.",
    "Nothing else is kept.",
)


@st.composite
def structured(draw: st.DrawFn, leaves: tuple[str, ...] = LEAVES) -> str:
    """Return the same few texts in some structure of paragraphs, lists and quotations, as one clause."""
    return "# Data {#data}\n\n" + "\n\n".join(draw(_arranged(leaves, 0)))


@st.composite
def _arranged(draw: st.DrawFn, leaves: tuple[str, ...], depth: int) -> list[str]:
    """Return blocks of Markdown that hold the leaves in order."""
    found: list[str] = []
    at = 0
    while at < len(leaves):
        kind = draw(st.sampled_from(("p", "p", "ul", "ol", "quote"))) if depth < 3 else "p"
        end = at + 1 if kind == "p" else draw(st.integers(at + 1, len(leaves)))
        if kind == "p":
            found.append(leaves[at])
        elif kind == "quote":
            inner = "\n\n".join(draw(_arranged(leaves[at:end], depth + 1)))
            found.append("\n".join(f"> {line}".rstrip() for line in inner.split("\n")))
        else:
            found.append(draw(_list(leaves[at:end], depth, kind, len(found))))
        at = end
    return found


@st.composite
def _list(draw: st.DrawFn, leaves: tuple[str, ...], depth: int, kind: str, position: int) -> str:
    items = []
    number = draw(st.sampled_from((1, 1, 1, 4)))
    at = 0
    while at < len(leaves):
        end = draw(st.integers(at + 1, len(leaves)))
        sign = "-*"[position % 2] if kind == "ul" else f"{number + len(items)}{'.)'[position % 2]}"
        lines = "\n\n".join([leaves[at], *draw(_arranged(leaves[at + 1 : end], depth + 1))]).split("\n")
        indent = " " * (len(sign) + 1)
        items.append("\n".join([f"{sign} {lines[0]}", *(f"{indent}{line}".rstrip() for line in lines[1:])]))
        at = end
    return "\n\n".join(items)
