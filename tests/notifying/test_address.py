from email.headerregistry import Address
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smallprint.notifying.address import MAX_LENGTH, AddressError, check_address

SAFE = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_`{|}~-.@")
LIKELY = st.sampled_from(
    [
        *"ab9@@@...--_+'%\"<>()[],;: \\=?\r\n\0\x85\u2028\u202e",
        "xn--",
        "ß",
        "ü",
        "日",
        "example.org",
        "@example.org",
        "ﬁ",
    ]
)
texts = st.one_of(st.text(max_size=40), st.lists(LIKELY, max_size=14).map("".join), st.emails())
LABEL_63 = "b" * 63


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jo@example.org", "jo@example.org"),
        ("  jo@example.org ", "jo@example.org"),
        ("Jo.Doe+News@Example.ORG", "Jo.Doe+News@example.org"),
        ("o'neill/x=1?@a-b.c1.museum", "o'neill/x=1?@a-b.c1.museum"),
        ("%a!b#c$d&e*f^g`h{i|j}k~l_m-n@x.org", "%a!b#c$d&e*f^g`h{i|j}k~l_m-n@x.org"),
        ("a@b.c", "a@b.c"),
        ("a@1.2.3.com", "a@1.2.3.com"),
        ("a@münchen.de", "a@xn--mnchen-3ya.de"),
        ("a@MU\u0308NCHEN.de", "a@xn--mnchen-3ya.de"),
        ("a@日本.jp", "a@xn--wgv71a.jp"),
        ("a@παράδειγμα.δοκιμή", "a@xn--hxajbheg2az3al.xn--jxalpdlp"),
        ("a@XN--MNCHEN-3YA.de", "a@xn--mnchen-3ya.de"),
        ("x" * 64 + "@example.org", "x" * 64 + "@example.org"),
        (f"a@{LABEL_63}.org", f"a@{LABEL_63}.org"),
        (f"{'x' * 58}@{'.'.join([LABEL_63] * 3)}.org"[-MAX_LENGTH:], f"{'x' * 58}@{'.'.join([LABEL_63] * 3)}.org"),
    ],
)
def test_an_address_is_taken(text: str, expected: str) -> None:
    assert check_address(text) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "There is no address."),
        ("   ", "There is no address."),
        ("jo", "There is no “@” in it."),
        ("jo@a.org@b.org", "“@” stands in it more than once."),
        ("@example.net", "Nothing stands before the “@”."),
        ("jo@", "No domain follows the “@”."),
        ("jo@localhost", "The domain has no dot"),
        ("jo@example.org.", "A dot stands first, last or twice in a row in the domain."),
        ("jo@.example.org", "A dot stands first, last"),
        ("jo@a..org", "A dot stands first, last"),
        (".jo@a.org", "A dot stands first, last or twice in a row before"),
        ("jo.@a.org", "A dot stands first, last"),
        ("j..o@a.org", "A dot stands first, last"),
        ("a@b.org,c@d.org", "A comma"),
        ("a@b.org;c@d.org", "A semicolon"),
        ("a@b.org c@d.org", "A blank"),
        ("Jo <jo@example.org>", "It is in angle brackets."),
        ("<a@b>c", "It is in angle brackets."),
        ("friends:a@b.org;", "A semicolon"),
        ("friends:a@b.org,c@d.org;", "A comma"),
        ("friends:a@b.org", "A colon"),
        ("jo(work)@example.org", "A comment"),
        ('"jo doe"@example.org', "Quotation marks stand in it; quoted local parts are not supported."),
        ("jo@[192.0.2.1]", "Square brackets"),
        ("jo@192.0.2.1", "The domain ends in a number"),
        ("jo\\@example.org", "A backslash"),
        ("=?utf-8?q?jo?=@example.org", "“=?” stands in it"),
        ("=?utf-8?q?foo=0d=0aBcc:_evil@x?=", "“=?” stands in it"),
        ("a@b.org\r\nDATA", "U+000D CARRIAGE RETURN stands"),
        ("a@b.org\n", "U+000A CONTROL CHARACTER stands"),
        ("a@b.org\t", "U+0009 CONTROL CHARACTER stands"),
        ("a\0@b.org", "U+0000 NULL"),
        ("a@b.org\x85", "U+0085 NEXT LINE"),
        ("a@b.org\u2028", "U+2028 LINE SEPARATOR"),
        ("a\x0b@b.org", "U+000B LINE TABULATION"),
        ("a@b\u200b.org", "U+200B ZERO WIDTH SPACE"),
        ("\u202ea@b.org", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a@b.org\xa0", "U+00A0 NO-BREAK SPACE"),
        ("\ud800@b.org", "U+D800 SURROGATE"),
        ("jö@example.org", "U+00F6 LATIN SMALL LETTER O WITH DIAERESIS stands before the “@”"),
        ("jo@straße.de", "U+00DF LATIN SMALL LETTER SHARP S in the domain is not the same"),
        ("jo@STRASSE\u1e9e.de", "U+00DF LATIN SMALL LETTER SHARP S in the domain is not the same"),
        ("jo@βόλος.gr", "U+03C2 GREEK SMALL LETTER FINAL SIGMA in the domain is not the same"),
        ("jo@ﬁsh.org", "U+FB01 LATIN SMALL LIGATURE FI in the domain is not the same"),
        ("jo@日本。jp", "The domain has no dot"),
        ("jo@a.日本。jp", "U+3002 IDEOGRAPHIC FULL STOP"),
        ("jo@☃.net", "U+2603 SNOWMAN stands in the domain."),
        ("jo@a_b.org", "U+005F LOW LINE stands in the domain."),
        ("jo@a!b.org", "U+0021 EXCLAMATION MARK stands in the domain."),
        ("jo@-a.org", "A part of the domain begins or ends with “-”."),
        ("jo@a-.org", "A part of the domain begins or ends with “-”."),
        ("jo@-ü.org", "A part of the domain begins or ends with what cannot stand there."),
        ("jo@\u0301ü.org", "A part of the domain begins or ends with what cannot stand there."),
        ("jo@xn--99999999.de", "A part of the domain begins with “xn--” and stands for no letters."),
        ("x" * 65 + "@example.org", "65 characters stand before the “@”"),
        (f"a@b{LABEL_63}.org", "A part of the domain has more than 63"),
        (f"a@{'ü' * 60}.org", "A part of the domain has more than 63"),
        (f"{'x' * 59}@{'.'.join([LABEL_63] * 3)}.org", "It has 255 characters"),
        (f"a@{'b.' * 10_000}org", "The domain has 20003 characters"),
    ],
)
def test_what_is_not_one_plain_address_is_refused(text: str, what: str) -> None:
    with pytest.raises(AddressError) as error:
        check_address(text)

    assert error.value.what.startswith(what)
    assert error.value.remedy.endswith(".")
    assert text.strip() == "" or text not in str(error.value)


@given(texts)
@example("=?utf-8?q?foo=0d=0aBcc:_evil@x?=")
@example("a@b,c@d")
def test_what_is_taken_is_exactly_that_one_address_to_mail_software(text: str) -> None:
    try:
        address = check_address(text)
    except AddressError:
        return
    local, _, domain = address.partition("@")

    assert set(address) <= SAFE
    assert len(address) <= MAX_LENGTH
    assert domain == domain.lower()
    assert text.strip(" ").startswith(f"{local}@")
    assert check_address(address) == address
    # With a blank before it an address takes the careful way.
    assert check_address(f" {address}") == address
    assert getaddresses([address]) == [("", address)]
    assert getaddresses([f"Jo <{address}>, x@y.org"]) == [("Jo", address), ("", "x@y.org")]
    parsed = Address(addr_spec=address)
    assert (parsed.username, parsed.domain, str(parsed)) == (local, domain, address)


@given(
    st.text(max_size=8),
    st.sampled_from([*map(chr, range(32)), "\x7f", *map(chr, range(0x80, 0xA0)), "\u2028", "\u2029"]),
    st.text(max_size=8),
    st.booleans(),
)
def test_a_control_character_is_refused_wherever_it_stands(before: str, char: str, after: str, is_late: bool) -> None:
    text = f"a@b.org{before}{char}{after}" if is_late else f"{before}{char}{after}@b.org"

    with pytest.raises(AddressError):
        check_address(text)


letters = st.characters(categories=["Ll", "Lu", "Lo", "Lm", "Mn", "Mc", "Nd"], include_characters="-ßςſıİ")
labels = st.one_of(st.text(letters, min_size=1, max_size=8), st.text("aüéèñøßς-日本", min_size=1, max_size=6))


@given(labels)
@example("ß")
@example("ς")
@example("İ")
@example("a\u200db")
@example("ǆ")
@example("0\U000e0100")
@example("\U0002f868")
@example("\U0002f9bf")
def test_both_standards_for_international_domains_agree_on_those_that_are_taken(label: str) -> None:
    idna = pytest.importorskip("idna")
    try:
        ours = check_address(f"a@{label}.org").removeprefix("a@").removesuffix(".org")
    except AddressError:
        return
    for encode in (
        lambda: label.encode("idna").decode().lower(),
        lambda: idna.encode(label, uts46=True, transitional=False).decode(),
        lambda: idna.encode(label.lower()).decode(),
    ):
        try:
            assert encode() == ours
        except UnicodeError:
            # What one of the two refuses leads nowhere else.
            continue
