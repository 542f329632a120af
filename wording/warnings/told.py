"""A warning's facts as a sentence needs them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, cast

from wording.goals import network_name, row_title
from wording.troubles import trouble_sentence
from wording.words import NBSP

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from wording.troubles import Sentence
    from wording.words import Words

#: Words whose accusative is certain: «старая партия», not «новинки недели».
_ADJECTIVE_AND_NOUN = re.compile(r"(\w+)(ая|яя) (\w*[^\Wм])([ая]|ь)")
_ACCUSATIVE = {"ая": "ую", "яя": "юю", "а": "у", "я": "ю", "ь": "ь"}


class Told:
    """A warning's facts, each read as what it is, beside what a sentence is made with."""

    def __init__(self, words: Words, warning: Warning, today: date) -> None:
        self.words, self.warning, self.today = words, warning, today
        self.facts = warning.facts

    def number(self, name: str) -> float:
        """A figure."""
        return float(cast("float", self.facts[name]))

    def day(self, name: str) -> str:
        """A day as it is written here."""
        return self.words.day(cast("date", self.facts[name]), self.today)

    def has(self, name: str) -> bool:
        """Whether a fact is known."""
        return self.facts.get(name) is not None

    @property
    def row(self) -> GoalRow:
        """The goal that the warning is about."""
        assert self.warning.goal is not None  # noqa: S101 - the rules about goals name theirs
        return self.warning.goal

    @property
    def goal(self) -> str:
        """The goal's title."""
        return row_title(self.words, self.row)

    @property
    def account(self) -> str:
        """The account: «ВК zerno»."""
        handle = str(self.facts.get("account") or "")
        return f"{network_name(self.words, str(self.facts['network']))}{NBSP}{handle}".strip()

    def percent(self, name: str) -> str:
        """A change as signed per cent: «+18 %»."""
        sign = self.words.signed(100 * self.number(name), 0)
        return f"{sign}{NBSP}%" if self.words.lang == "ru" else f"{sign}%"

    def join(self, *parts: str) -> str:
        """The parts that are not empty, with commas."""
        return ", ".join(part for part in parts if part)


def about_topic(words: Words, topic: str) -> str:
    """«про «старую партию»»; where the accusative is not certain, «по теме «зимние скидки»»."""
    if words.lang != "ru":
        return words.text("about «{topic}»", topic=topic)
    found = _ADJECTIVE_AND_NOUN.fullmatch(topic)
    if found is None:
        return words.text("on the topic «{topic}»", topic=topic)
    adjective, ending, noun, last = found.groups()
    accusative = f"{adjective}{_ACCUSATIVE[ending]} {noun}{_ACCUSATIVE[last]}"
    return words.text("about «{topic}»", topic=accusative)


def trouble_of(words: Words, warning: Warning) -> Sentence:
    """The trouble behind a warning, in words."""
    facts = warning.facts
    own = {
        name.removeprefix("trouble_"): str(value)
        for name, value in facts.items()
        if name.startswith("trouble_")
    }
    told = trouble_sentence(words, str(facts["kind"]), str(facts["trouble"]), str(facts["detail"]), own)
    return told._replace(message=told.message.rstrip("."))
