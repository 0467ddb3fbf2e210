"""Subjects and bodies: which template each activity has, chosen for whole columns at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from services.demo.channels import MOODY, Channel
from services.demo.events import ANSWER_TOPICS, TOPICS
from services.demo.pools import read_toml

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from services.demo.draws import IntArray

LANGUAGES: Final = ("en", "de", "fr")
REPLY_PREFIX: Final = "Re: "
_SLOT: Final = re.compile(r"\{(\w+)\}")
_STRIDES: Final = 4


@dataclass(frozen=True, slots=True)
class Form:
    """A text with its slots taken out: `pattern` takes the values of `slots` by the % operator."""

    pattern: str
    slots: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Form:
        """Split a text at its braces."""
        slots = tuple(_SLOT.findall(text))
        return cls(_SLOT.sub("%s", text.replace("%", "%%")), slots)


@dataclass(frozen=True, slots=True)
class Template:
    """One way to write an entry."""

    language: str
    channel: Channel
    mood: int
    subject: Form
    body: Form


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """Names of the months and of Monday to Friday."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates, those of a pool side by side, and the words of each language.

    `first` and `size` say where the pool of (language, channel, topic, mood + 1) lies.
    """

    all: tuple[Template, ...]
    languages: dict[str, LanguageWords]
    first: IntArray
    size: IntArray

    def choose(
        self,
        *,
        language: IntArray,
        channel: NDArray[np.int8],
        topic: NDArray[np.int8],
        mood: NDArray[np.int8],
        contact: NDArray[np.int32],
        occurred_ms: IntArray,
    ) -> NDArray[np.int32]:
        """A template for every row; a contact sees all texts of a pool before one comes again.

        Hence no two entries that follow each other on a timeline have the same text.
        """
        places = (language, channel, topic, mood + 1)
        first, size = self.first[places], self.size[places]
        rank = rank_within(contact.astype(np.int64) * (len(self.all) + 1) + first, order_by=occurred_ms)
        mixed = (contact.astype(np.int64) * 2_654_435_761 + first * 40_503) >> 7
        stride = _strides(int(self.size.max(initial=1)))[size, mixed % _STRIDES]
        chosen: IntArray = first + (mixed // _STRIDES + rank * stride) % size
        return chosen.astype(np.int32)


def rank_within(group: IntArray, *, order_by: IntArray) -> IntArray:
    """How many rows of the same group come before each row."""
    order = np.lexsort((order_by, group))
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = np.diff(group[order]) != 0
    position = np.arange(len(order), dtype=np.int64)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = position - np.maximum.accumulate(np.where(begins, position, 0))
    return rank


def _strides(largest: int) -> IntArray:
    """For each pool size, steps that visit all of it."""
    table = np.ones((largest + 1, _STRIDES), dtype=np.int64)
    for size in range(2, largest + 1):
        steps = [step for step in range(1, size) if np.gcd(step, size) == 1]
        table[size] = [steps[number % len(steps)] for number in range(_STRIDES)]
    return table


def load_templates(churn_reasons: tuple[str, ...]) -> Templates:
    """Read the texts of all languages and lay out their pools, filling gaps from the nearest one."""
    templates: list[Template] = []
    words: dict[str, LanguageWords] = {}
    pools: dict[tuple[str, Channel, int, int], tuple[int, int]] = {}
    for language in LANGUAGES:
        lists = read_toml(f"texts_{language}.toml")
        words[language] = LanguageWords(tuple(lists["months"]), tuple(lists["weekdays"]))
        for pool in lists["pool"]:
            key = (language, Channel[pool["channel"].upper()], _topic(pool, churn_reasons), pool["mood"])
            pools[key] = (len(templates), len(pool["texts"]))
            templates.extend(
                Template(language, key[1], key[3], Form.of(subject), Form.of(body)) for subject, body in pool["texts"]
            )
    topics = max(len(TOPICS), len(churn_reasons))
    shape = (len(LANGUAGES), len(Channel), topics, 3)
    first, size = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for place in np.ndindex(shape):
        first[place], size[place] = _nearest(pools, place)
    return Templates(tuple(templates), words, first=first, size=size)


def _topic(pool: dict[str, Any], churn_reasons: tuple[str, ...]) -> int:
    if "topic" not in pool:
        return 0
    name = pool["topic"]
    names = next(names for names in (TOPICS, ANSWER_TOPICS, churn_reasons) if name in names)
    return names.index(name)


def _nearest(pools: dict[tuple[str, Channel, int, int], tuple[int, int]], place: tuple[int, ...]) -> tuple[int, int]:
    """The pool for a place: of its language or English, its topic or another, its mood if it has moods."""
    channel = Channel(place[1])
    own = [key for key in pools if key[:2] == (LANGUAGES[place[0]], channel)]
    keys = own or [key for key in pools if key[:2] == ("en", channel)]
    topics = sorted({key[2] for key in keys})
    topic = place[2] if place[2] in topics else topics[place[2] % len(topics)]
    moods = {key[3] for key in keys if key[2] == topic}
    mood = place[3] - 1 if place[3] - 1 in moods and channel in MOODY else min(moods, key=abs)
    return pools[keys[0][0], channel, topic, mood]
