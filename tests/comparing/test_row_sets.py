"""A table whose rows are a set: which came, went or differ, in whatever order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from plain import version
from smallprint.comparing import compare
from smallprint.comparing.row_sets import differs_elsewhere, table_change
from smallprint.model import CellChange, ChangeKind, RowChange, TableChange

if TYPE_CHECKING:
    from smallprint.model import Change

HEAD = "| Name | What for | Where |\n| --- | --- | --- |\n"
OLD = f"{HEAD}| Foo | printing | Spain |\n| Acme Cloud | storage | Germany |\n| **Orbit** | mail | Norway |"
NAMES = ("Foo", "Acme Cloud", "Orbit", "AdTrack", "数据", "e-mail", "*Kite*")


def _change(old: str, new: str, mark: str = "{#sub rows=name}", old_mark: str = "") -> Change:
    old_text, new_text = f"# Sub {old_mark or mark}\n\n{old}", f"# Sub {mark}\n\n{new}"
    return compare(version(old_text), version(new_text)).changes[0]


def _told(old: str, new: str, mark: str = "{#sub rows=name}", old_mark: str = "") -> TableChange:
    told = table_change(_change(old, new, mark, old_mark))
    assert told is not None
    return told


def test_rows_are_added_changed_and_removed() -> None:
    """Rows are known by their key, whatever their order and formatting."""
    new = f"{HEAD}| Orbit | mail | Norway |\n| Acme Cloud | storage | United States |\n| AdTrack | advertising | |"

    told = _told(OLD, new)

    assert told.rows == (
        RowChange(ChangeKind.ADDED, "AdTrack", (CellChange("What for", "", "advertising"),)),
        RowChange(ChangeKind.REWORDED, "Acme Cloud", (CellChange("Where", "Germany", "United States"),)),
        RowChange(
            ChangeKind.REMOVED, "Foo", (CellChange("What for", "printing", ""), CellChange("Where", "Spain", ""))
        ),
    )
    assert told.is_sorted
    assert not differs_elsewhere(_change(OLD, new))


def test_columns_are_told_and_not_every_cell_of_them() -> None:
    """A column that came or went is told once."""
    told = _told(
        "| Name | Where |\n| --- | --- |\n| Foo | Spain |\n| Bar | Peru |",
        "| Kind | Name |\n| --- | --- |\n| mail | Foo |\n| print | Bar |",
    )

    assert told == TableChange((), ("Kind",), ("Where",), is_sorted=False)


def test_a_key_column_may_get_another_title() -> None:
    """Each side names its own column."""
    told = _told(
        "| Name | Where |\n| --- | --- |\n| Foo | Spain |",
        "| Company | Where |\n| --- | --- |\n| foo | Peru |",
        "{#sub rows=company}",
        "{#sub rows=name}",
    )

    assert [(row.key, row.cells) for row in told.rows] == [("foo", (CellChange("Where", "Spain", "Peru"),))]


def test_a_mark_on_one_side_is_enough() -> None:
    """A set is one from the version on that says so."""
    new = OLD.replace("Spain", "Peru")

    assert _told(OLD, new, old_mark="{#sub}").rows == _told(OLD, new, "{#sub}", "{#sub rows=name}").rows != ()


def test_without_a_mark_or_a_table_nothing_is_told() -> None:
    """Rows are a set only where the source says so."""
    new = OLD.replace("Spain", "Peru")

    assert table_change(_change(OLD, new, "{#sub}")) is None
    assert table_change(_change(OLD, OLD)) is None
    assert table_change(_change("We name them.", new)) is None
    assert table_change(compare(version(""), version(f"# Sub {{#sub rows=name}}\n\n{OLD}")).changes[0]) is None


def test_text_that_differs_beside_the_table_is_known() -> None:
    """What the rows do not say has to be shown otherwise."""
    assert differs_elsewhere(_change(f"Those:\n\n{OLD}", f"These:\n\n{OLD.replace('Spain', 'Peru')}"))


@given(
    st.lists(st.sampled_from(NAMES), unique=True, min_size=1),
    st.lists(st.sampled_from(NAMES), unique=True, min_size=1),
    st.data(),
)
def test_nobody_is_told_of_an_order(old: list[str], new: list[str], data: st.DataObject) -> None:
    """Of two sets of rows those that only one has are told; a mere order tells of nobody."""
    places = {name: data.draw(st.sampled_from(("Norway", "Spain", ""))) for name in NAMES}
    sides = [
        f"{HEAD}" + "\n".join(f"| {name} | {name} |{places[name]} |" for name in side)
        for side in (data.draw(st.permutations(old)), data.draw(st.permutations(new)))
    ]
    change = _change(*sides)
    told = table_change(change)

    found = {(row.kind, row.key) for row in told.rows} if told else set()
    plain = {name: name.strip("*") for name in NAMES}
    assert found == {(ChangeKind.ADDED, plain[name]) for name in new if name not in old} | {
        (ChangeKind.REMOVED, plain[name]) for name in old if name not in new
    }
