"""The accounts that a client's communities link to, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.goal.answer import quoted
from cli.output import table
from wording.goals import network_name
from wording.troubles import Sentence, trouble_sentence

if TYPE_CHECKING:
    from cli.finding import Proposed, Unread
    from connectors.base import Trouble
    from goals.model import Client
    from wording.words import Words


def told_unread(words: Words, unread: Unread) -> str:
    """Why a description could not be read, with the next step below it."""
    name = f"{unread.account.network}:{unread.account.handle}"
    sentence = _sentence(words, unread.trouble, unread.account.network)
    told = words.text("The description of {name} was not read: {why}", name=name, why=sentence.message)
    return f"{told}\n→ {sentence.next_step}"


def proposal(words: Words, found: Proposed) -> dict[str, object]:
    """One proposed account for JSON."""
    return {
        "network": found.link.network,
        "handle": found.link.handle,
        "url": found.link.url,
        "title": found.title,
        "audience": found.audience,
        "said_by": f"{found.said_by.network}:{found.said_by.handle}",
        "error": None
        if found.trouble is None
        else {
            "code": found.trouble.code,
            "message": _sentence(words, found.trouble, found.link.network).message,
        },
    }


def proposals(words: Words, client: Client, proposed: Sequence[Proposed]) -> str:
    """The proposed accounts as a table with the command that adds one."""
    text = words.text
    if not proposed:
        return text("The descriptions link to no other account of {client}", client=client.name)
    rows = [
        (
            network_name(words, found.link.network),
            found.title or "—",
            "—" if found.audience is None else words.number(found.audience),
            found.link.url or found.link.handle,
            f"{found.said_by.network}:{found.said_by.handle}",
            _sentence(words, found.trouble, found.link.network).message if found.trouble else "—",
        )
        for found in proposed
    ]
    headers = [
        text("network"),
        text("title"),
        text("followers"),
        text("link"),
        text("found at"),
        text("trouble"),
    ]
    command = quoted("smm", "account", "add", rows[0][3], "--client", client.name)
    step = text("Add what is the client's, for example: {command}", command=command)
    return f"{table(headers, rows, right={2})}\n\n{step}"


def _sentence(words: Words, trouble: Trouble, network: str) -> Sentence:
    facts = {"network": network, **trouble.facts}
    return trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, facts, adding=True)
