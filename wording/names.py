"""The names that people give: how they are compared, and which a client may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goals.model import Client
    from wording.words import Words

#: How long a name may be, in characters.
NAME_LIMIT = 120
_MOST_READ = 10_000
_WITHOUT_QUOTES = str.maketrans("ё", "е", "«»„“”\"'")


def folded(text: str) -> str:
    """The text as names are compared: lower case, «е» for «ё», no quotes, single spaces."""
    return " ".join(text.casefold().translate(_WITHOUT_QUOTES).split())


def read_name(typed: str) -> str:
    """A name as it was typed, without what does not belong into one; `name_problem` judges it."""
    return clean(typed, limit=_MOST_READ)


def name_problem(words: Words, name: str) -> str:
    """Why a client cannot be called so; empty where nothing is wrong."""
    if not any(char.isalnum() for char in name):
        return words.text("A client needs a name with letters or digits")
    if len(name) > NAME_LIMIT:
        return words.text("The name is longer than {n} characters", n=NAME_LIMIT)
    return ""


def read_manager(typed: str | None) -> str | None:
    """Who looks after a client, None for nobody."""
    return clean(typed or "", limit=NAME_LIMIT) or None


def twin_of(clients: Iterable[Client], name: str) -> Client | None:
    """The client whose name differs at most in case, quotes or «ё»."""
    return next((client for client in clients if folded(client.name) == folded(name)), None)


def twin_sentence(words: Words, twin: Client) -> str:
    """That there is a client of that name."""
    return words.text("There is a client «{name}» already", name=twin.name)


def second_self_sentence(words: Words, client: Client) -> str:
    """That the specialist is in the list already."""
    return words.text("You are in the list already: «{name}»", name=client.name)
