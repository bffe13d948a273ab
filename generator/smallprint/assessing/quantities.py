"""How long and how old: periods and ages that a sentence names, so that two of them can be compared."""

from __future__ import annotations

import re
from typing import Final

_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30,
    "thirty-six": 36, "forty-five": 45, "sixty": 60, "seventy-two": 72, "ninety": 90, "a": 1, "an": 1,
}  # fmt: skip
_DAYS: Final = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
_DIGITS: Final = r"\d{1,3}(?:[,'’ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:\.\d+)?"
"""1,000, 1 000 or 2.5."""
_GROUPING: Final = re.compile(r"[^\d.]")
_PERIOD: Final = re.compile(
    rf"(?<!\w)(?<!\d\.)({_DIGITS}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[\s-]+(?:[^\W\d]\w*[\s-]+)?"
    r"(hour|day|week|month|year)s?(?!\w)(?!\s+(?:old|of age))",
    re.IGNORECASE,
)
_AGE: Final = re.compile(
    r"(?:under|below|younger than|at least|over|older than|reached)\s+(?:the\s+)?(?:age\s+)?(?:of\s+)?(\d{1,2})(?!\d)"
    r"|(?<!\d)(\d{1,2})(?:\s+years?\s+(?:old|of\s+age)|\s+or\s+(?:older|over|above))",
    re.IGNORECASE,
)
_YOUNG: Final = range(10, 22)


def longest_period(text: str) -> float:
    """Return the longest period that a sentence names, in days; 0 where it names none.

    >>> longest_period("We keep logs for two years, backups for 90 days.")
    730.0
    """
    return max((_number(count) * _DAYS[unit.lower()] for count, unit in _PERIOD.findall(text)), default=0.0)


def lowest_age(text: str) -> int:
    """Return the lowest age at which a sentence draws a line between the young and the grown; 0 where it draws none.

    >>> lowest_age("We do not collect data of children under 16.")
    16
    """
    ages = (int(one or other) for one, other in _AGE.findall(text))
    return min((age for age in ages if age in _YOUNG), default=0)


def _number(text: str) -> float:
    return float(_GROUPING.sub("", text)) if text[0].isdigit() else float(_NUMBERS[text.lower()])
