"""Ordinals and numbers in words, in the languages that are known here; nothing in any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_HUNDRED: Final = 100
_TEN: Final = 10
_ENGLISH: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH_TENS: Final = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_FRENCH: Final = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_FRENCH_TENS: Final = ("", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante")
_GERMAN: Final = (
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
_GERMAN_TENS: Final = (
    "", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"
)  # fmt: skip
_SPANISH: Final = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
    "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós",
    "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_SPANISH_TENS: Final = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_POINTED: Final = frozenset(("cs", "da", "de", "et", "fi", "hr", "hu", "nb", "nn", "no", "pl", "sk", "sl"))
"""Languages that write an ordinal as digits with a full stop."""
_RAISED: Final = frozenset(("es", "gl", "it", "pt"))


def ordinal(count: int, language: str) -> str | None:
    """Return an ordinal in digits; None where the form is not known in the language.

    >>> [ordinal(count, language) for count, language in ((1, "fr"), (2, "fr"), (3, "de"), (22, "en"), (1, "ja"))]
    ['1er', '2e', '3.', '22nd', None]
    """
    if language == "en":
        tail = {1: "st", 2: "nd", 3: "rd"}.get(count % _TEN, "th")
        return f"{count}{'th' if count % _HUNDRED in {11, 12, 13} else tail}"
    if language == "fr":
        return f"{count}{'er' if count == 1 else 'e'}"
    if language == "nl":
        return f"{count}e"
    if language in _POINTED:
        return f"{count}."
    return f"{count}º" if language in _RAISED else None


def cardinal_word(count: int, language: str) -> str | None:
    """Return a number in words; None where they are not known.

    >>> [cardinal_word(81, language) for language in ("en", "fr", "de", "es", "sv")]
    ['Eighty-one', 'Quatre-vingt-un', 'Einundachtzig', 'Ochenta y uno', None]
    """
    words = _CARDINALS.get(language)
    return words(count).capitalize() if words and 0 < count < _HUNDRED else None


def ordinal_word(count: int, language: str) -> str | None:
    """Return an ordinal in words; None where they are not known, or have forms that depend on what is counted.

    >>> [ordinal_word(21, language) for language in ("en", "fr", "de")]
    ['Twenty-first', 'Vingt et unième', None]
    """
    words = _ORDINALS.get(language)
    return words(count).capitalize() if words and 0 < count < _HUNDRED else None


def _english(count: int) -> str:
    if count < len(_ENGLISH):
        return _ENGLISH[count]
    tens, ones = divmod(count, _TEN)
    return f"{_ENGLISH_TENS[tens]}-{_ENGLISH[ones]}" if ones else _ENGLISH_TENS[tens]


def _english_ordinal(count: int) -> str:
    head, hyphen, last = _english(count).rpartition("-")
    tail = _ENGLISH_ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{hyphen}{tail}"


def _french(count: int) -> str:
    if count < len(_FRENCH):
        return _FRENCH[count]
    tens, ones = divmod(count, _TEN)
    if tens >= 8:  # noqa: PLR2004 - quatre-vingt, counted on to 99
        rest = count - 80
        return f"quatre-vingt-{_FRENCH[rest]}" if rest else "quatre-vingts"
    rest = count - 60 if tens == 7 else ones  # noqa: PLR2004 - soixante, counted on to 79
    if not rest:
        return _FRENCH_TENS[tens]
    return f"{_FRENCH_TENS[tens]}{' et ' if rest in {1, 11} else '-'}{_FRENCH[rest]}"


def _french_ordinal(count: int) -> str:
    if count == 1:
        return "premier"
    word = _french(count).removesuffix("s") if count == 80 else _french(count)  # noqa: PLR2004
    if word.endswith("cinq"):
        word += "u"
    elif word.endswith("neuf"):
        word = f"{word[:-1]}v"
    return f"{word.removesuffix('e')}ième"


def _german(count: int) -> str:
    if count < len(_GERMAN):
        return _GERMAN[count]
    tens, ones = divmod(count, _TEN)
    return (
        f"{_GERMAN[ones].removesuffix('s') if ones == 1 else _GERMAN[ones]}und{_GERMAN_TENS[tens]}"
        if ones
        else (_GERMAN_TENS[tens])
    )


def _spanish(count: int) -> str:
    if count < len(_SPANISH):
        return _SPANISH[count]
    tens, ones = divmod(count, _TEN)
    return f"{_SPANISH_TENS[tens]} y {_SPANISH[ones]}" if ones else _SPANISH_TENS[tens]


_CARDINALS: Final[dict[str, Callable[[int], str]]] = {
    "de": _german, "en": _english, "es": _spanish, "fr": _french
}  # fmt: skip
_ORDINALS: Final[dict[str, Callable[[int], str]]] = {"en": _english_ordinal, "fr": _french_ordinal}
