"""Hypothesis strategies: tables whose rows go by a key, and edits of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

KEYS = ("Name", "Email address", "**Phone**", "Precise location", "IP address", "Age", "`cookie_id`", "数据", "Photos")
TITLES = ("Sold", "Shared", "Kept for", "Why", "Where", "*Who*", "Legal basis")
CELLS = ("Yes", "No", "30 days", "90 days", "", "", "we **never** sell it", "to bill you and to answer your questions")

cells = st.one_of(st.sampled_from(CELLS), st.lists(st.sampled_from(CELLS), min_size=1, max_size=4).map(" ".join))


@dataclass(frozen=True)
class Grid:
    """A table: titles, and below them rows, the first cell of each its key."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def markdown(self) -> str:
        """The table as Markdown."""
        lines = [self.titles, ("---",) * len(self.titles), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def column(self, title: str) -> set[str]:
        """Return what is in a column; nothing if there is none."""
        if title not in self.titles:
            return set()
        return {cell for row in self.rows if (cell := " ".join(row[self.titles.index(title)].split()))}

    def cell(self, key: str, title: str) -> str:
        """Return the cell of a row in a column."""
        row = next(row for row in self.rows if row[0] == key)
        return " ".join(row[self.titles.index(title)].split())


def _row(key: str, width: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(cells, min_size=width - 1, max_size=width - 1).map(lambda rest: (key, *rest))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Return a table in which every key and every title is there once."""
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=0, max_size=4, unique=True))
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=True))
    return Grid(("Data", *titles), tuple(draw(_row(key, len(titles) + 1)) for key in keys))


@st.composite
def edited_grids(draw: st.DrawFn, grid: Grid, *, in_order: bool = False) -> Grid:
    """Return the table after edits a person might make; with `in_order`, nothing changes places."""
    actions = ["cell", "row", "drop-row", "column", "drop-column", "title"]
    actions += [] if in_order else ["sort", "swap-columns", "key", "twice"]
    for action in draw(st.lists(st.sampled_from(actions), max_size=4)):
        grid = _edited(draw, grid, action)
    return grid


def _edited(draw: st.DrawFn, grid: Grid, action: str) -> Grid:
    column = draw(st.integers(1, len(grid.titles) - 1)) if len(grid.titles) > 1 else 0
    new_titles = [title for title in TITLES if title not in grid.titles]
    if action in {"column", "drop-column", "title", "swap-columns"}:
        return _with_columns(draw, grid, action, column, new_titles)
    rows = [list(row) for row in grid.rows]
    at = draw(st.integers(0, len(rows) - 1))
    new_keys = [key for key in KEYS if all(row[0] != key for row in rows)]
    if action == "cell" and column:
        rows[at][column] = draw(cells)
    elif action == "row" and new_keys:
        rows.insert(at, list(draw(_row(draw(st.sampled_from(new_keys)), len(grid.titles)))))
    elif action == "drop-row" and len(rows) > 1:
        del rows[at]
    elif action == "key" and new_keys:
        rows[at][0] = draw(st.sampled_from(new_keys))
    elif action == "twice":
        rows.append([rows[at][0], *(draw(cells) for _ in grid.titles[1:])])
    elif action == "sort":
        rows = draw(st.permutations(rows))
    return replace(grid, rows=tuple(map(tuple, rows)))


def _with_columns(draw: st.DrawFn, grid: Grid, action: str, column: int, new_titles: list[str]) -> Grid:
    titles, rows = list(grid.titles), [list(row) for row in grid.rows]
    if action == "column" and new_titles:
        titles.insert(column + 1, draw(st.sampled_from(new_titles)))
        for row in rows:
            row.insert(column + 1, draw(cells))
    elif action == "drop-column" and column:
        del titles[column]
        for row in rows:
            del row[column]
    elif action == "title" and column and new_titles:
        titles[column] = draw(st.sampled_from(new_titles))
    elif action == "swap-columns" and column:
        order = draw(st.permutations(range(len(titles))))
        titles, *rows = ([line[n] for n in order] for line in (titles, *rows))
    return Grid(tuple(titles), tuple(map(tuple, rows)))
