"""Drafts of any kind, for the laws of importing."""

from __future__ import annotations

from hypothesis import strategies as st

from smallprint.importing.draft import Draft, Kind, Piece, Run

ODD = (
    *("#", "##", "-", "*", "+", ">", "|", "---", "===", "~~~", "```", "`", "``", "_", "__", "**", "***", "\\", "\\\\"),
    *("[", "]", "(", ")", "![", "](x)", "[a]:", "[^1]", "<b>", "<!--", "-->", "<https://a.example>"),
    *(
        "~~",
        "==",
        "++",
        "$x^2$",
        "$$",
        "^[",
        "[x]",
        "[ ]",
        ":::",
        "!!!",
        "[[",
        "]]",
        "^2^",
        "~2~",
        "][",
        "{.a}",
        "[^1]:",
    ),
    *("&amp;", "&", "&#35;"),
    *("{#id}", '{#id was="x"}', "{", "}", "1.", "2)", "12.", "1", "a.", "(i)", "!", "http://a.example/x_y_z", "a_b_c"),
    *("privacy@a.example", "U.S.", "e.g.", "“We”", "naïve", "数据", "ไทย"),
    *("\u200b", "\u00ad", "\u00a0", "\u202e", "\ue000"),
    *("e\u0301", "$5", "50%", "it’s", "x" * 40, "\u2028", "\x07", "\ufeff", "👩‍👩‍👧", ":", ";", ".", ",", "–", "—"),
)
PLAIN = (
    *("We", "may", "share", "your", "personal", "data", "with", "service", "providers", "under", "law", "when", "you"),
    *("use", "cookies", "Privacy", "Policy"),
)

tokens = st.one_of(st.sampled_from(PLAIN), st.sampled_from(PLAIN), st.sampled_from(ODD))
texts = st.builds(
    lambda parts, end: "".join(f"{word}{gap}" for word, gap in parts) + end,
    st.lists(st.tuples(tokens, st.sampled_from((" ", " ", " ", "", ". ", "\n"))), min_size=1, max_size=12),
    st.sampled_from(("", ".", ":")),
)
targets = st.sampled_from(
    (
        *("", "", "", "", "https://a.example/b", "#part", "mailto:a@b.example", "/x (y)", "javascript:x()", "a b"),
        *("<x>", "a\\b"),
    )
)
runs = st.builds(
    Run,
    texts,
    strong=st.sampled_from((False, False, True)),
    emphasis=st.sampled_from((False, False, True)),
    code=st.sampled_from((False, False, False, True)),
    target=targets,
)
run_lists = st.lists(runs, min_size=0, max_size=4).map(tuple)
pieces = st.one_of(
    st.builds(Piece, st.just(Kind.PARAGRAPH), run_lists, depth=st.sampled_from((0, 0, 0, 1))),
    st.builds(Piece, st.just(Kind.HEADING), run_lists, level=st.integers(1, 6), number=st.sampled_from((0, 0, 3))),
    st.builds(
        Piece,
        st.just(Kind.ITEM),
        run_lists,
        depth=st.integers(1, 4),
        number=st.sampled_from((0, 0, 1, 2, 3, 10**10)),
        is_first=st.sampled_from((True, True, False)),
    ),
    st.builds(
        Piece,
        st.just(Kind.ROW),
        cells=st.lists(run_lists, min_size=1, max_size=3).map(tuple),
        is_header=st.booleans(),
        table=st.integers(1, 2),
        depth=st.sampled_from((0, 0, 1)),
    ),
    st.builds(Piece, st.just(Kind.QUOTE), run_lists),
    st.builds(Piece, st.just(Kind.PREFORMATTED), texts.map(lambda text: (Run(text),))),
    st.just(Piece(Kind.RULE)),
)
drafts = st.builds(
    Draft, st.lists(pieces, min_size=1, max_size=12).map(tuple), title=st.sampled_from(("", "Privacy", 'A: "b" #c'))
)
