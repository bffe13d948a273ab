"""The shared vocabulary of clause ids (`ids.yml`): words of a title → the id that most policies would give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from smallprint.reading.nodes import Node, read_nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

_USUAL_RANK = 1


@dataclass(frozen=True, slots=True)
class Topic:
    """What a clause can be about."""

    name: str
    """Its id without the topic that it is a part of: `law-enforcement`."""
    within: str
    """The id of the topic that it is always a part of, empty for most."""
    part: str
    """The id of the topic that it is a part of in a section about that one, empty for most."""
    title: re.Pattern[str]
    opens: re.Pattern[str] | None
    rank: int
    after: str

    @property
    def full(self) -> str:
        """Its id in a section about anything else: `sharing.law-enforcement`, `deletion`."""
        return f"{self.within}.{self.name}" if self.within else self.name


@lru_cache(maxsize=1)
def load_topics() -> Mapping[str, Topic]:
    """Return all topics by their names."""
    text = (files("smallprint.importing") / "ids.yml").read_text(encoding="utf-8")
    node = read_nodes(text)
    assert node is not None  # noqa: S101 - the file is ours
    topics = [_topic(item) for item in node.items]
    return {topic.name: topic for topic in topics}


@lru_cache(maxsize=4096)
def topic_of(title: str) -> Topic | None:
    """Return what a title says its clause is about, if it says so in words that are known.

    >>> topic_of("2. What information does Acme gather and how is it used?").full
    'collection'
    >>> topic_of("Law Enforcement Requests").full
    'sharing.law-enforcement'
    """
    found = [
        (topic.rank, match.start(), order, topic)
        for order, topic in enumerate(load_topics().values())
        if (match := topic.title.search(title))
    ]
    return min(found, key=lambda hit: hit[:3])[3] if found else None


@lru_cache(maxsize=4096)
def part_of(title: str, whole: str) -> Topic | None:
    """Return which part of a topic a title names, in a section about that topic.

    >>> part_of("Right to erasure", "rights").name
    'deletion'
    >>> part_of("Cookies", "collection") is None
    True
    """
    found = [
        (match.start(), order, topic)
        for order, topic in enumerate(load_topics().values())
        if whole in (topic.within, topic.part) and (match := topic.title.search(title))
    ]
    return min(found, key=lambda hit: hit[:2])[2] if whole and found else None


def topic_opened(sentence: str) -> Topic | None:
    """Return the topic that the first sentence of a paragraph opens, where that is plain."""
    return next((t for t in load_topics().values() if t.opens and t.opens.search(sentence)), None)


def _topic(item: Node) -> Topic:
    return Topic(
        name=item.text("id"),
        within=item.text("in"),
        part=item.text("part"),
        title=_pattern(item.fields["title"]),
        opens=_pattern(item.fields["opens"]) if "opens" in item.fields else None,
        rank=int(item.text("rank") or _USUAL_RANK),
        after=item.text("after"),
    )


def _pattern(node: Node) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![\w-])(?:{one.value})" for one in node.items), re.IGNORECASE)
