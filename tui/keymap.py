"""Keys of one's own: which command they stand for, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.commands.command import Area, every_command
from tui.keys import twin, with_twins

if TYPE_CHECKING:
    from tui.commands.command import Command
    from wording.words import Words

#: A command's id -> the keys that stand in the place of its own.
OwnKeys = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """What is wrong with the keys of one command, in a sentence."""

    id: str
    sentence: str


def keymap_of(keys: OwnKeys) -> dict[str, str]:
    """The keys as Textual takes them, in both layouts."""
    return {command: with_twins(names) for command, names in keys.items()}


def key_problems(words: Words, keys: OwnKeys) -> list[KeyProblem]:
    """Commands that do not exist, names that are no keys, and keys that would stand for two commands."""
    commands = {command.id: command for command in every_command()}
    found = [_unknown(words, name, commands) for name in keys if name not in commands]
    for name in keys.keys() & commands.keys():
        found += [
            KeyProblem(name, words.text("«{key}» is no key; keys are: n, f5, ctrl+n, space, enter", key=key))
            for key in keys[name]
            if not is_key(key)
        ]
    if not found:
        found += _clashes(words, keys, commands)
    return sorted(found, key=lambda each: each.id)


def is_key(name: str) -> bool:
    """Whether this is the name of a key: a sign, or a key of a name, with ctrl+, alt+ or shift+ before it."""
    from textual.keys import KEY_ALIASES, Keys

    *modifiers, key = name.split("+") if len(name) > 1 else [name]
    known = {each.value for each in Keys} | set(KEY_ALIASES)
    plain = len(key) == 1 or key in known
    return plain and all(each in {"ctrl", "alt", "shift"} for each in modifiers)


def _unknown(words: Words, name: str, commands: Mapping[str, type[Command]]) -> KeyProblem:
    from difflib import get_close_matches

    near = get_close_matches(name, commands, 1, 0.0)[0]
    return KeyProblem(name, words.text("there is no such command; the nearest is {near}", near=near))


def _clashes(words: Words, keys: OwnKeys, commands: Mapping[str, type[Command]]) -> list[KeyProblem]:
    """Own keys that another command has in the same place; keys that mean one thing everywhere count too."""
    found = []
    for name in keys:
        mine = _sent(keys[name])
        for other in commands.values():
            together = other.area is commands[name].area or Area.EVERYWHERE in {
                other.area,
                commands[name].area,
            }
            taken = mine & _sent(keys.get(other.id, other.keys)) if together and other.id != name else set()
            taken -= _given_over(commands[name], other, commands)
            if taken:
                key = min(taken)
                sentence = words.text(
                    "«{key}» is the key of {other} already ({title})",
                    key=key,
                    other=other.id,
                    title=words.text(other.title),
                )
                found.append(KeyProblem(name, sentence))
                break
    return found


def _given_over(mine: type[Command], other: type[Command], commands: Mapping[str, type[Command]]) -> set[str]:
    """The keys that one place gives another meaning by our own design: there the place wins."""
    if mine.area is other.area:
        return set()
    return {
        sent
        for command in commands.values()
        if command.area is Area.EVERYWHERE
        for sent in _sent(command.keys)
    }


def _sent(keys: tuple[str, ...]) -> set[str]:
    """What the terminal sends for the keys, in both layouts."""
    return {sent for key in keys for sent in (key, twin(key)) if sent}
