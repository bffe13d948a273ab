from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallprint.errors import ContentError
from smallprint.notifying.suppression import MAX_FAULTS, fold, read_suppression

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notices"
JO = "jo@example.org"


def read(folder: Path, data: bytes | str) -> list[str]:
    path = folder / "stop.txt"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_suppression(path, "stop.txt"))


def faults_of(folder: Path, data: bytes | str) -> list[str]:
    with pytest.raises(ContentError) as error:
        read(folder, data)
    assert {fault.code for fault in error.value.faults} == {"SP704"}
    return [f"{fault.place}: {fault.what}" for fault in error.value.faults]


def test_a_list_as_people_keep_it() -> None:
    assert list(read_suppression(FIXTURES / "suppressed.txt", "suppressed.txt")) == [
        "jo@example.org",
        "sam.o'neill@example.net",
        "a@xn--mnchen-3ya.de",
        "#1@example.org",
    ]
    assert list(read_suppression(FIXTURES / "suppressed.csv", "suppressed.csv")) == [
        "jo@example.org",
        "sam@example.net",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("# nobody", []),
        ("\n\n", []),
        ("Jo@Example.ORG\r\n", [JO]),
        ("\ufeff jo@example.org \n", [JO]),
        ("email\nJO@example.org\n", [JO]),
        ("reason;email\nasked;jo@example.org\n\n", [JO]),
        ('email\tTime Of Day\n"jo@example.org"\t"10:00"\n', [JO]),
        (f"{JO}\n{JO}\n", [JO, JO]),
        ("sep=;\r\nemail;name, title\r\njo@example.org;Jo, Dr\r\n;\r\n", [JO]),
        ("sep=,\njo@example.org\n", [JO]),
        ("email;name\njo@example.org;Jo\n;\n", [JO]),
        ("jo@example.org\n#x#\n", [JO]),
    ],
)
def test_forms_of_lists(data: str, expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, data) == expected


def test_a_list_that_is_not_there_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"stop\.txt: SP704 The file cannot be read: no such file"):
        list(read_suppression(tmp_path / "stop.txt", "stop.txt"))
    with pytest.raises(ContentError, match=r"SP704 The file cannot be read: is a directory"):
        list(read_suppression(tmp_path, "stop.txt"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["stop.txt: The file is empty, as it is where writing it failed."]),
        ("jo\n", ["stop.txt:1: The first line is no address, and does not name one column `email` either."]),
        ("mail\njo@example.org\n", ["stop.txt:1: The first line is no address, and does not name one column"]),
        ("email,email\n", ["stop.txt:1: The first line is no address, and does not name one column"]),
        ('"email\n', ["stop.txt:1:1: A quotation mark is opened"]),
        ("# none\njo\n", ["stop.txt:2: There is no “@” in it."]),
        (f"{JO}, sam@example.org\n", ["stop.txt:1: A comma separates addresses."]),
        (f"{JO}\njö@example.org\n\nx\n", ["stop.txt:2: U+00F6", "stop.txt:4: There is no “@” in it."]),
        (b"jo@example.org\nj\xf6@example.org\n", ["stop.txt:2:2: The byte 0xF6 is not UTF-8. In the older encoding"]),
        (f"email,why\n{JO}\n{JO},a,b\n", ["stop.txt:2: The number of values", "stop.txt:3: The number of values"]),
        (f'email,why\n{JO},"a\n', ["stop.txt:2:16: A quotation mark is opened"]),
        ("email,why\n,asked\n", ["stop.txt:2: There is no address."]),
        ("jo@example.org\n".encode("utf-16"), ["stop.txt: The file is UTF-16"]),
        ("jo@example.org\n".encode("utf-16-le"), ["stop.txt: The file is UTF-16"]),
        (b"jo@example.org\na\0\n", ["stop.txt:2: U+0000 NULL stands on this line"]),
        (f"{JO}\n{'x' * 70_000}@a.org\n", ["stop.txt:2: The line is longer than 64 KB."]),
    ],
)
def test_whatever_cannot_be_read_stops_everything(data: bytes | str, expected: list[str], tmp_path: Path) -> None:
    found = faults_of(tmp_path, data)

    assert len(found) == len(expected)
    assert all(one.startswith(start) for one, start in zip(found, expected, strict=True))
    assert not any(JO in one for one in found)


def test_the_faults_told_are_bounded(tmp_path: Path) -> None:
    assert len(faults_of(tmp_path, f"{JO}\n" + "x\n" * 5_000)) == MAX_FAULTS


@given(st.lists(st.tuples(st.emails(domains=st.sampled_from(["a.org", "B.example.net"])), st.booleans()), max_size=20))
def test_everyone_on_the_list_is_found_whatever_the_case(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, bool]]
) -> None:
    # Hypothesis also makes addresses with “=?”, which are refused wherever they stand.
    good = [(address, is_upper) for address, is_upper in people if "=?" not in address]
    written = [address.upper() if is_upper else address for address, is_upper in good]

    listed = set(read(tmp_path_factory.mktemp("list"), "# people\n" + "\n".join(written)))

    assert listed == {fold(address) for address, _ in good}
