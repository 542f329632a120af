"""The command and the areas; an area's commands are read when somebody comes to it."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui.keys import with_twins
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator


class Area(StrEnum):
    """Where a command works; the value is the module that holds the area's commands."""

    EVERYWHERE = "everywhere"
    OVERVIEW = "overview"
    LIST = "list"
    ROWS = "rows"
    TODAY = "today"
    CLIENT = "client"
    BLOCK = "block"
    CALENDAR = "calendar"
    GOAL = "goal"
    EDITOR = "editor"
    WHAT_IF = "what_if"
    POSTS = "posts"
    MARKING = "marking"
    TOPICS = "topics"
    WARNINGS = "warnings"
    AGREEMENT = "agreement"
    CHECK_IN = "checkin"
    CALL = "call"
    OWN = "own"
    ACCOUNTS = "accounts"
    FILTERS = "filters"
    FORM = "form"
    DAYS = "days"
    SYNC = "sync"
    WELCOME = "welcome"


AREA_TITLES: dict[Area, str] = {
    Area.EVERYWHERE: mark("Everywhere"),
    Area.OVERVIEW: mark("On the overview"),
    Area.LIST: mark("In the list of goals"),
    Area.ROWS: mark("In any other list"),
    Area.TODAY: mark("In the list of today"),
    Area.CLIENT: mark("On the client screen"),
    Area.BLOCK: mark("In a part of a page"),
    Area.CALENDAR: mark("In the calendar of content"),
    Area.GOAL: mark("On the goal screen"),
    Area.EDITOR: mark("In the goal editor"),
    Area.WHAT_IF: mark("In “what if” of a goal"),
    Area.POSTS: mark("In the list of posts"),
    Area.MARKING: mark("While topics are marked"),
    Area.TOPICS: mark("In the list of topics"),
    Area.WARNINGS: mark("In the list of warnings"),
    Area.AGREEMENT: mark("On the agreement screen"),
    Area.CHECK_IN: mark("While checking in"),
    Area.CALL: mark("During a call"),
    Area.OWN: mark("On the screen of own goals"),
    Area.FILTERS: mark("In the window of saved filters"),
    Area.FORM: mark("In a form"),
    Area.DAYS: mark("In a calendar"),
    Area.ACCOUNTS: mark("On the screen of accounts and updates"),
    Area.SYNC: mark("While figures are being collected"),
    Area.WELCOME: mark("Before the first goal"),
}


class Command:
    """One command. `short` is its word in the footer, `rank` its place there (0: not shown)."""

    id: ClassVar[str]
    area: ClassVar[Area]
    keys: ClassVar[tuple[str, ...]]
    title: ClassVar[str]
    help: ClassVar[str]
    action: ClassVar[str]
    short: ClassVar[str] = ""
    rank: ClassVar[int] = 0
    palette: ClassVar[bool] = True
    priority: ClassVar[bool] = False

    @classmethod
    def binding(cls) -> Binding:
        """The command as Textual binds it, in both layouts."""
        return Binding(
            with_twins(cls.keys),
            cls.action,
            cls.title,
            show=False,
            tooltip=cls.help,
            id=cls.id,
            priority=cls.priority,
        )


def commands_of(*areas: Area) -> list[type[Command]]:
    """The commands of some areas, in the order of their modules."""
    return [command for area in areas for command in _commands(area)]


def bindings_of(*areas: Area) -> list[Binding]:
    """The bindings of some areas."""
    return [command.binding() for command in commands_of(*areas)]


def every_command() -> list[type[Command]]:
    """All commands, area by area."""
    return commands_of(*Area)


def _commands(area: Area) -> Iterator[type[Command]]:
    yield from import_module(f"tui.commands.{area.value}").COMMANDS
