"""The five letters of a goal that is saved already, as commands tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.goal.offers import offers_of
from cli.goal.said import Said
from work import goal_letters

if TYPE_CHECKING:
    from datetime import date

    from goals.model import Client, Goal
    from store.contract import Reader


def letters_of(reader: Reader, client: Client, goal: Goal, today: date) -> Said:
    """How the letters of a saved goal stand today."""
    found = goal_letters.letters_of(reader, client, goal, today, offers_of)
    return Said(found.wish, goal, found.findings, found.targets)
