"""The first screen of a store without goals: how to begin."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from goals.model import ClientKind
from tui.cells import cell
from tui.commands import NewClient, NewGoal
from tui.keys import shown

if TYPE_CHECKING:
    from textual.app import RenderResult

    from goals.board import Board
    from wording.words import Words


class Welcome(Widget):
    """The next three steps, with the name of the first client where there is one."""

    DEFAULT_CSS = """
    Welcome { height: 1fr; width: 1fr; padding: 1 3; }
    """

    board: reactive[Board | None] = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    def render(self) -> RenderResult:
        """The steps."""
        text = self.words.text
        groups = self.board.groups if self.board else ()
        names = [group.client.name for group in groups if group.client.kind is not ClientKind.SELF]
        client = _quoted(cell(names[0])) if names else text('"NAME"')
        steps = [
            text("Add a client: press {key}", key=shown(NewClient.keys[0])),
            text("Add its account: smm account add LINK --client {client}", client=client),
            text("Set the first goal: press {key}", key=shown(NewGoal.keys[0])),
        ]
        lines = [text("No goals here yet. Three steps to the first live one:"), ""]
        lines += [
            f"{'✓' if number == 1 and names else ' '} {number}. {step}"
            for number, step in enumerate(steps, 1)
        ]
        lines += [
            "",
            text("Figures every day by themselves: smm cron install"),
            text("To look around first: smm demo"),
        ]
        return Content("\n".join(lines))


def _quoted(name: str) -> str:
    """A name as a shell takes it."""
    return shlex.quote(name) if set(name) & set('"$`\\!') else f'"{name}"'
