"""The keys of commands as this user has them: the commands' own, or those of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from tui.keys import shown
from tui.services import ExitState

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.commands.command import Command
    from tui.services import Services


class KeyedApp(App[ExitState]):
    """An app whose user may have keys of his own."""

    services: Services


def keys_of(node: DOMNode, command: type[Command]) -> tuple[str, ...]:
    """The command's keys in the app that `node` belongs to."""
    app = node.app
    return app.services.keys.get(command.id, command.keys) if isinstance(app, KeyedApp) else command.keys


def first_key(node: DOMNode, command: type[Command]) -> str:
    """The command's first key, as people read it."""
    return shown(keys_of(node, command)[0])


def run_command(node: DOMNode, command: type[Command]) -> None:
    """Do what the command's key does on the screen of `node`, be the focus where it may."""
    screen = node.screen
    places = [focused, *focused.ancestors] if (focused := screen.focused) is not None else [screen]
    for place in (*places, *screen.walk_children(), screen, node.app):
        for bound in place._bindings.key_to_bindings.values():
            if any(binding.id == command.id for binding in bound):
                node.app.call_later(node.app.run_action, command.action, place)
                return


def key_text(node: DOMNode, command: type[Command]) -> str:
    """All the command's keys, as people read them."""
    return " ".join(shown(key) for key in keys_of(node, command))
