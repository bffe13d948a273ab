import csv
import datetime as dt
import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smallprint.errors import ContentError
from smallprint.notifying import lines
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.recipients import MAX_NOTES, BadLine, RecipientFile, joined_after, read_recipients
from smallprint.reading.report import format_fault

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notices"


def recipients_in(folder: Path, data: bytes | str, name: str = "people.csv") -> RecipientFile:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_recipients(path, name)


def good(items: Sequence[Recipient | BadLine]) -> list[Recipient]:
    return [item for item in items if isinstance(item, Recipient)]


def bad(items: Sequence[Recipient | BadLine]) -> list[str]:
    return [f"{item.line}:{item.column} {item.what}" for item in items if isinstance(item, BadLine)]


def refused(folder: Path, data: bytes | str, name: str = "people.csv") -> list[str]:
    with pytest.raises(ContentError) as error:
        list(recipients_in(folder, data, name))
    assert {fault.code for fault in error.value.faults} == {"SP702"}
    return [f"{fault.place}: {fault.what} {fault.remedy}" for fault in error.value.faults]


def test_a_csv_file_as_people_export_it() -> None:
    file = read_recipients(FIXTURES / "recipients.csv", "recipients.csv")
    items = list(file)

    assert good(items) == [
        Recipient(2, "jo@example.org", "de", "Jo Müller", dt.date(2019, 5, 1), {"plan": "Pro"}),
        Recipient(3, "Sam.O'Neill@example.net", "en-US", "O'Neill; Sam", None, {"plan": 'the "best" plan'}),
        Recipient(5, "ana@xn--mnchen-3ya.de", "pt-BR", "Ana", dt.date(2020, 3, 1), {"plan": "Free"}),
        Recipient(6, "kim@example.org", "ar", "كيم", None, {"plan": ""}),
        Recipient(8, "lee@example.org", "en", "", None, {"plan": ""}),
    ]
    assert bad(items) == [
        "7:1 `email`: A blank stands in it.",
        "9:17 `language` is no language tag.",
        "10:24 `since` is no day.",
        "11:0 6 values stand on this line, and 5 values belong there.",
    ]
    assert (file.lines, file.blank, file.bad, file.nameless) == (11, 1, 4, 1)
    assert [tuple(note) for note in file.name_notes] == [
        (8, "“=?” stands in it, which mail software reads as an encoded word.")
    ]
    assert file.digest == hashlib.sha256((FIXTURES / "recipients.csv").read_bytes()).hexdigest()


def test_a_json_lines_file_as_people_export_it() -> None:
    file = read_recipients(FIXTURES / "recipients.jsonl", "recipients.jsonl")
    items = list(file)

    assert good(items) == [
        Recipient(1, "jo@example.org", "de", "Jo Müller", dt.date(2019, 5, 1), {"plan": "Pro"}),
        Recipient(2, "sam@example.net", columns={"seats": "12", "price": "1.10", "trial": "true", "plan": ""}),
        Recipient(3, "kim@example.org"),
    ]
    assert bad(items) == ["4:0 `plan` holds a list or an object.", "5:0 `e-mail` is no column known here."]
    assert file.nameless == 1


def test_a_bad_line_is_told_as_a_fault(tmp_path: Path) -> None:
    (line,) = recipients_in(tmp_path, "email\nj o@example.org\n")
    assert isinstance(line, BadLine)

    assert format_fault(line.fault("people.csv")) == (
        "people.csv:2:1: SP703 `email`: A blank stands in it.\n"
        "  help: Write one address alone, such as name@example.org."
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_delimiters_line_ends_and_byte_order_marks(delimiter: str, end: str, bom: str, tmp_path: Path) -> None:
    text = bom + end.join(["name,email", '"Jo",jo@a.org', "Sam,sam@a.org", ""]).replace(",", delimiter)

    assert list(recipients_in(tmp_path, text)) == [
        Recipient(2, "jo@a.org", name="Jo"),
        Recipient(3, "sam@a.org", name="Sam"),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["people.csv: The file is empty. Export the recipients anew."]),
        ("\njo@a.org\n", ["people.csv:1: The first line is empty. Name the columns on it, one of them `email`."]),
        ("[\n{}\n]", ["people.csv:1: This is a list in JSON, not CSV. Write one object a line, without a list round"]),
        ("email\rjo@a.org\r", ["people.csv:1: U+000D CARRIAGE RETURN alone ends the lines of this file."]),
        ("jo@a.org\nsam@a.org\n", ["people.csv:1: What stands where the names of columns should is an address. Name"]),
        ("name,since\n", ["people.csv:1: There is no column `email`. Name the column that holds the addresses"]),
        ("e-mail\n", ["people.csv:1: `e-mail` is no column known here. Did you mean `email`?"]),
        ("E-Mail\n", ["people.csv:1: `E-Mail` is no column known here. Did you mean `email`?"]),
        ("mail\n", ["people.csv:1: `mail` is no column known here. Did you mean `email`?"]),
        ("emial\n", ["people.csv:1: `emial` is no column known here. Did you mean `email`?"]),
        ("email,lang\n", ["people.csv:1: `lang` is no column known here. Did you mean `language`?"]),
        ("email,Name,sinse\n", ["people.csv:1: `Name` is no column", "people.csv:1: `sinse` is no column known here."]),
        ("email,plan,plan\n", ["people.csv:1: The column `plan` stands 2 times. Keep the one that is right."]),
        ("email,email\n", ["people.csv:1: The column `email` stands 2 times."]),
        ("email,Plan Name\n", ["people.csv:1: “Plan Name” cannot be the name of a column. A name has lower-case"]),
        ("email,\n", ["people.csv:1: A column has no name."]),
        ("email,a\u202eb\n", ["people.csv:1: “a<U+202E>b” cannot be the name of a column."]),
        ('email,"plan\n', ["people.csv:1:7: A quotation mark is opened and not closed on this line"]),
        (b"email,stra\xdfe\n", ["people.csv:1:11: The byte 0xDF is not UTF-8. In the older encoding Windows-1252"]),
        ("email\njo@a.org\n".encode("utf-16"), ["people.csv: The file is UTF-16"]),
        ("email\njo@a.org\n".encode("utf-16-be"), ["people.csv: The file is UTF-16"]),
        ("email\n".encode("utf-32-be"), ["people.csv: The file is UTF-16"]),
        (b"PK\x03\x04rest", ["people.csv: This is a spreadsheet or another packed file, not a text file. Export"]),
        (b"\x1f\x8b\x08", ["people.csv: The file is compressed (gzip). Unpack it first."]),
        (b"email\njo@a.org\nsam@a.\0org\n", ["people.csv:3: U+0000 NULL stands on this line"]),
        ("x" * 70_000, ["people.csv:1: The line is longer than 64 KB."]),
    ],
)
def test_a_file_that_is_no_good_as_a_whole_is_refused(data: bytes | str, expected: list[str], tmp_path: Path) -> None:
    found = refused(tmp_path, data)

    assert len(found) == len(expected)
    assert all(one.startswith(start) for one, start in zip(found, expected, strict=True))
    assert not any("@" in one.replace("“@”", "").replace("name@example.org", "") for one in found)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"people\.csv: SP702 The file cannot be read: no such file"):
        list(read_recipients(tmp_path / "people.csv", "people.csv"))


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_what_excel_writes_is_read(first: str, tmp_path: Path) -> None:
    """The line that tells the separator, and rows without any value below the table."""
    path = tmp_path / "people.csv"
    path.write_text(
        f'{first}\r\nemail;name,title\r\nann@example.org;Ann, Dr\r\n;\r\n"";""\r\n ; \r\n', encoding="utf-8"
    )
    file = read_recipients(path, "people.csv")

    with pytest.raises(ContentError) as caught:
        list(file)
    assert [(fault.line, fault.code) for fault in caught.value.faults] == [(2, "SP702")]

    path.write_text(f'{first}\r\nemail;name\r\nann@example.org;Ann, Dr\r\n;\r\n"";""\r\n ; \r\n', encoding="utf-8")
    assert [(one.line, one.name) for one in file if isinstance(one, Recipient)] == [(3, "Ann, Dr")]
    assert (file.lines, file.blank, file.bad) == (6, 3, 0)


def test_a_file_with_nothing_but_a_separator_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sep=,\n", encoding="utf-8")

    with pytest.raises(ContentError, match=r"first line is empty"):
        list(read_recipients(path, "people.csv"))


def test_a_column_like_one_of_ours_may_stand_beside_it(tmp_path: Path) -> None:
    (person,) = recipients_in(tmp_path, "email,mail,name,names\njo@a.org,b,Jo,c\n")

    assert person == Recipient(2, "jo@a.org", name="Jo", columns={"mail": "b", "names": "c"})


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("jo@a.org", "2:0 1 value stands on this line, and 5 values belong there."),
        ("jo@a.org,,,,,", "2:0 6 values stand on this line, and 5 values belong there."),
        ('jo@a.org,,"Jo,,', "2:11 A quotation mark is opened and not closed on this line"),
        ('jo@a.org,,Jo "J",,', "2:11 A quotation mark is opened"),
        ('jo@a.org,,"Jo"J,,', "2:11 A quotation mark is opened"),
        (",,Jo,,", "2:1 `email`: There is no address."),
        ('"jo@a.org, sam@a.org",,,,', "2:1 `email`: A comma separates addresses."),
        ("Jo <jo@a.org>,,,,", "2:1 `email`: It is in angle brackets."),
        ("jo@a.org\x85,,,,", "2:1 `email`: U+0085 NEXT LINE stands in the address."),
        ("jo@a.org\x0bDATA,,,,", "2:1 `email`: U+000B LINE TABULATION"),
        ("jo@a.org\u2028,,,,", "2:1 `email`: U+2028 LINE SEPARATOR"),
        ("jo@a.org\rDATA,,,,", "2:1 `email`: U+000D CARRIAGE RETURN"),
        ("jö@a.org,,,,", "2:1 `email`: U+00F6 LATIN SMALL LETTER O WITH DIAERESIS stands before the “@”"),
        ("=?utf-8?q?foo=0d=0aBcc:_evil@x?=,,,,", "2:1 `email`: “=?” stands in it"),
        ("jo@a.org,de_DE,,,", "2:10 `language` is no language tag."),
        ("jo@a.org,../../x,,,", "2:10 `language` is no language tag."),
        ("jo@a.org,,,2020-02-30,", "2:12 `since` is no day."),
        ("jo@a.org,,,2020-2-3,", "2:12 `since` is no day."),
        ("jo@a.org,,,٢٠٢٠-01-01,", "2:12 `since` is no day."),
        ("jo@a.org,,,,a\u202eb", "2:13 `plan`: U+202E RIGHT-TO-LEFT OVERRIDE stands in it"),
        ("jo@a.org,,,,a\x07", "2:13 `plan`: U+0007 CONTROL CHARACTER stands in it"),
        ('"j o@a.org","de","a,b",,', "2:1 `email`: A blank"),
        ('jo@a.org,"de","a,b",x,', "2:21 `since` is no day."),
    ],
)
def test_a_bad_line_is_told_with_its_place_and_without_its_address(line: str, what: str, tmp_path: Path) -> None:
    items = list(recipients_in(tmp_path, f"email,language,name,since,plan\n{line}\nsam@a.org,,,,\n"))

    assert len(items) == 2
    assert items[1] == Recipient(3, "sam@a.org", columns={"plan": ""})
    assert bad(items)[0].startswith(what)
    assert isinstance(items[0], BadLine)
    assert "a.org" not in items[0].what + items[0].remedy.replace("example.org", "")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("jo@a.org", "2:1 This is no JSON: expecting value."),
        ('{"email": "jo@a.org"', "2:21 This is no JSON"),
        ('{"email": "jo@a.org"} {}', "2:23 This is no JSON: extra data."),
        ('["jo@a.org"]', "2:0 This is no JSON object."),
        ('"jo@a.org"', "2:0 This is no JSON object."),
        ("{}", "2:0 There is no column `email`."),
        ('{"email": null}', "2:0 `email`: There is no address."),
        ('{"email": "a@b.org", "email": "c@d.org"}', "2:0 The column `email` stands 2 times."),
        ('{"email": {"a": 1}}', "2:0 `email` holds a list or an object."),
        ('{"email": ["a@b.org"]}', "2:0 `email` holds a list or an object."),
        ('{"email": "a@b.org", "lang": "de"}', "2:0 `lang` is no column known here."),
        ('{"email": "a@b.org", "x@y.org": "de"}', "2:0 What stands where the names of columns should is an address."),
        ('{"email": "a@b.org", "a b": 1}', "2:0 “a b” cannot be the name of a column."),
        ('{"email": "a@b.org", "n": NaN}', "2:0 NaN is no number of JSON."),
        ('{"email": "a@b.org\\r\\nBcc: c@d.org"}', "2:0 `email`: U+000D CARRIAGE RETURN"),
        ('{"email": "a@b.org\\u0000"}', "2:0 `email`: U+0000 NULL"),
        ('{"email": "a@b.org", "plan": "\\ud800"}', "2:0 `plan`: U+D800 SURROGATE"),
        ('{"email": "a@b.org", "plan": "a\\nb"}', "2:0 `plan`: U+000A CONTROL CHARACTER"),
        ('{"email": "a@b.org", "since": 20200101}', "2:0 `since` is no day."),
        ('{"email": ' + "[" * 50_000, "2:0 Values stand within values, many levels deep."),
    ],
)
def test_a_bad_line_of_json(line: str, what: str, tmp_path: Path) -> None:
    items = list(
        recipients_in(tmp_path, f'{{"email": "sam@a.org"}}\n{line}\n{{"email": "kim@a.org"}}', "people.ndjson")
    )

    assert [item.line for item in items] == [1, 2, 3]
    assert len(good(items)) == 2
    assert bad(items)[0].startswith(what)


def test_json_is_known_by_its_first_character_too(tmp_path: Path) -> None:
    assert good(list(recipients_in(tmp_path, '{"email": "jo@a.org"}\n', "people"))) == [Recipient(1, "jo@a.org")]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (" Jo ", "Jo"),
        ("D’Arcy-O'Neill, Jr.", "D’Arcy-O'Neill, Jr."),
        ("José\xa0Müller", "José\xa0Müller"),
        ("王小明", "王小明"),
        ("क्\u200dष", "क्\u200dष"),
        ("{{ config }}<b>", "{{ config }}<b>"),
        ("x" * 200, "x" * 200),
        ("x" * 201, ""),
        ("Jo\x07", ""),
        ("Jo\tB", ""),
        ("Jo\x85Bcc: a@b.org", ""),
        ("Jo\u2028B", ""),
        ("Jo\u202eB", ""),
        ("Jo\u200fB", ""),
        ("J\u200bo", ""),
        ("J\xado", ""),
        ("=?utf-8?q?a?=", ""),
        ("J" + "\u0301" * 9, ""),
        ("J\ufffd", ""),
        ("Verify at https://evil.example/x", ""),
        ("see www.Evil.Example", ""),
        ("evil.example", ""),
        ("EVIL.EXAMPLE/x", ""),
        ("call jo@evil.example", ""),
        ("J.R.R. Tolkien, Ph.D.", "J.R.R. Tolkien, Ph.D."),
        ("Dr.Müller St.John", "Dr.Müller St.John"),
        ("A/S Jr.", "A/S Jr."),
    ],
)
def test_a_name_that_cannot_be_used_does_not_lose_its_owner(name: str, kept: str, tmp_path: Path) -> None:
    file = recipients_in(tmp_path, f'email,name\njo@a.org,"{name}"\n')

    assert list(file) == [Recipient(2, "jo@a.org", name=kept)]
    assert file.nameless == len(file.name_notes) == (kept == "")
    assert not any("@" in note.what for note in file.name_notes)


def test_of_many_names_left_out_the_first_are_told(tmp_path: Path) -> None:
    file = recipients_in(tmp_path, "email,name\n" + "jo@a.org,=?\n" * 100)
    list(file)

    assert file.nameless == 100
    assert [note.line for note in file.name_notes] == list(range(2, 2 + MAX_NOTES))


def test_going_through_it_again_tells_the_same(tmp_path: Path) -> None:
    file = recipients_in(tmp_path, "email,name\njo@a.org,=?\n\nx,\n")
    first = list(file), file.lines, file.blank, file.bad, file.nameless, file.name_notes, file.digest

    assert (list(file), file.lines, file.blank, file.bad, file.nameless, file.name_notes, file.digest) == first


def test_the_hash_is_not_known_before_the_end(tmp_path: Path) -> None:
    file = recipients_in(tmp_path, "email\njo@a.org\nsam@a.org\n")
    next(iter(file))

    with pytest.raises(RuntimeError):
        _ = file.digest


def test_who_joined_after_the_change_was_published_need_not_be_told() -> None:
    day = dt.date(2020, 2, 10)

    assert joined_after(Recipient(1, "a@b.org", since=dt.date(2020, 2, 11)), day)
    assert not joined_after(Recipient(1, "a@b.org", since=day), day)
    assert not joined_after(Recipient(1, "a@b.org", since=dt.date(2020, 2, 9)), day)
    assert not joined_after(Recipient(1, "a@b.org"), day)


pieces = st.sampled_from(
    [
        b"email",
        b"jo@a.org",
        b"a@b.org,de",
        b",",
        b'"',
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b" ",
        b"\xff",
        b"\xe2\x80\xa8",
        b"{}",
    ]
)
any_bytes = st.one_of(st.binary(max_size=60), st.lists(pieces, max_size=25).map(b"".join))


@given(any_bytes, st.integers(1, 9), st.sampled_from(["people.csv", "people.jsonl"]))
@example(b"\r\n\r\r\n\xff\r\n\n", 3, "people.csv")
def test_every_line_is_a_recipient_a_bad_line_or_blank(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, block: int, name: str
) -> None:
    """However the file is cut into blocks, no line is lost, none comes twice, and each has its own number."""
    data = rest if name.endswith("jsonl") else b"email,language\n" + rest
    path = tmp_path_factory.mktemp("people") / name
    path.write_bytes(data)
    physical = (data.removesuffix(b"\n") if data else b"").split(b"\n") if data else []

    def read(size: int) -> tuple[list[Recipient | BadLine], RecipientFile]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lines, "_BLOCK", size)
            file = read_recipients(path, name)
            return list(file), file

    try:
        items, file = read(262_144)
    except ContentError:
        return
    numbers = [item.line for item in items]
    header = {1} if name == "people.csv" else set()

    assert numbers == sorted(set(numbers))
    assert file.lines == len(physical)
    assert len(items) + file.blank + len(header) == file.lines
    assert all(is_blank(physical[n - 1]) for n in {*range(1, file.lines + 1)} - {*numbers} - header)
    assert file.bad == sum(isinstance(item, BadLine) for item in items)
    assert file.digest == hashlib.sha256(data).hexdigest()
    # A mark of another encoding is looked for in the first block, which usually holds one whole.
    if not data.startswith((b"\xef\xbb\xbf", b"\xff")):
        assert read(block)[0] == items
    for person in good(items):
        assert person.address.encode() in physical[person.line - 1] or b"\\u" in physical[person.line - 1]


def is_blank(line: bytes) -> bool:
    return not re.sub(r'[,;"\s]', "", line.decode("utf-8", "replace"))


values = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)


@given(st.lists(st.tuples(values, values), max_size=6), st.sampled_from(",;\t"))
def test_what_is_written_as_csv_or_json_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    """Python's own writers are the other opinion on what the formats are."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("email", "plan", "tier"), *(("jo@a.org", *row) for row in rows)])
    objects = "\n".join(json.dumps({"email": "jo@a.org", "plan": plan, "tier": tier}) for plan, tier in rows)
    folder = tmp_path_factory.mktemp("people")
    from_csv = list(recipients_in(folder, table.getvalue()))
    from_json = list(recipients_in(folder, objects or "\n", "people.jsonl"))

    assert len(from_csv) == len(from_json) == len(rows)
    for old, new, (plan, tier) in zip(from_csv, from_json, rows, strict=True):
        if isinstance(old, BadLine):
            assert isinstance(new, BadLine)
            assert old.what == new.what
        else:
            assert isinstance(new, Recipient)
            assert old.columns == new.columns == {"plan": plan, "tier": tier}


def test_a_line_of_any_length_is_one_bad_line(tmp_path: Path) -> None:
    start = "email,plan\n"
    for size in (lines.MAX_LINE, lines.MAX_LINE + 1, 300_000, 1_000_000):
        line = "jo@a.org," + "x" * (size - len("jo@a.org,"))
        items = list(recipients_in(tmp_path, f"{start}{line}\nsam@a.org,\n"))

        assert [item.line for item in items] == [2, 3]
        assert [isinstance(item, Recipient) for item in items] == [size <= lines.MAX_LINE, True]


_COUNT = """
import resource, sys
from pathlib import Path
from smallprint.notifying.recipients import read_recipients
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in read_recipients(Path(sys.argv[1]), "people.csv"))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    """A file of 26 MB, and in it a line of 8 MB, takes up only a few."""
    path = tmp_path / "people.csv"
    with path.open("w") as file:
        file.write("email,language,name\n")
        file.writelines(f"person.{n}@mail.example.org,en,Jo Doe\n" for n in range(200_000))
        file.write("x" * 8_000_000 + "\n")
        file.writelines(f"person.{n}@mail.example.org,en,Jo Doe\n" for n in range(200_000))
    run = subprocess.run([sys.executable, "-c", _COUNT, str(path)], capture_output=True, text=True, check=True)
    count, grown = map(int, run.stdout.split())

    assert count == 400_001
    # In KB on Linux, in bytes on macOS.
    assert grown < 8_000 * (1024 if sys.platform == "darwin" else 1)
