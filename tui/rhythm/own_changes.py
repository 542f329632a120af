"""What the screen of own goals writes: income and hours, and the specialist as a client."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goals.model import ClientKind
from store.changes import NewClient
from tui.changes import Done, Undo

if TYPE_CHECKING:
    from goals.records import Entry
    from store.contract import Writer
    from tui.changes import Change
    from tui.services import Services


def log_change(services: Services, entry: Entry, sentence: str) -> Change:
    """What logs a figure and judges the goals that it moves."""

    def work(writer: Writer) -> Done:
        from store.refresh import refresh_accounts

        number = writer.log_entry(entry)
        account_id = writer.manual_account(entry.client_id)
        refresh_accounts(writer, [account_id], services.now())

        def undo(later: Writer) -> str:
            later.remove_entry(number)
            refresh_accounts(later, [account_id], services.now())
            return services.words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))

    return work


def add_self(services: Services, writer: Writer) -> Done:
    """Make the specialist a client of his own, or bring him back where he was put away."""
    words, author, now = services.words, services.author, services.now()
    with writer.together():
        known = [client for client in writer.clients(archived=True) if client.kind is ClientKind.SELF]
        for client in known:
            if client.archived:
                writer.update_client(replace(client, archived=False), author=author, now=now)
        if not known:
            zone = getattr(services.zone, "key", "Europe/Moscow")
            writer.add_client(NewClient(words.text("Me"), ClientKind.SELF, zone), author=author, now=now)
    return Done(words.text("Your own goals have their place now"))
