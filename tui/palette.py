"""The palette: every command by its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.commands.command import Area, Command, every_command
from tui.keyed import key_text
from tui.screens.help import areas_of

if TYPE_CHECKING:
    from textual.app import App

    from tui.services import ExitState
    from wording.words import Words


class CommandProvider(Provider):
    """Offers the commands that work where the palette was opened."""

    words: Words

    def _commands(self) -> list[type[Command]]:
        areas = areas_of(self.screen)
        return [command for command in every_command() if command.palette and command.area in areas]

    def _run(self, command: type[Command]) -> None:
        focused = self.screen.focused
        place = focused if command.area is Area.LIST and focused is not None else self.screen
        self.app.call_later(self.app.run_action, command.action, place)

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for command in self._commands():
            title = f"{self.words.text(command.title)}  {key_text(self.app, command)}"
            yield DiscoveryHit(
                Content(title), partial(self._run, command), help=self.words.text(command.help)
            )

    async def search(self, query: str) -> Hits:
        """What matches the words typed: in the footer's word, the title or the help."""
        matcher = self.matcher(query)
        found = False
        for command in self._commands():
            title = self.words.text(command.title)
            said = (
                self.words.text(command.short) if command.short else "",
                title,
                self.words.text(command.help),
            )
            score = match_score(query, said, matcher.match(title))
            if score > 0:
                found = True
                yield Hit(
                    score,
                    matcher.highlight(title),
                    partial(self._run, command),
                    help=self.words.text(command.help),
                )
        if not found:
            yield Hit(1.0, self.words.text("No such command"), _nothing)


def match_score(query: str, said: tuple[str, str, str], scattered: float) -> float:
    """How well a command matches: by its word in the footer best, then its title, then its help.

    Letters that stand `scattered` over the title come after all of these.
    """
    typed = query.strip().casefold()
    for place, text in enumerate(said):
        if typed and typed in text.casefold():
            return len(said) - place + 1.0 + text.casefold().startswith(typed) / 2
    return scattered / (1.0 + scattered)


def _nothing() -> None:
    """What choosing the line that nothing was found does."""


def open_palette(app: App[ExitState], words: Words) -> None:
    """Show the palette over the screen."""
    if isinstance(app.screen, CommandPalette):
        return
    provider = type("Commands", (CommandProvider,), {"words": words})
    app.push_screen(CommandPalette([provider], placeholder=words.text("Part of a command's name…")))
