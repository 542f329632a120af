"""A day of work on the filled store of the dashboard: a piece planned for today, materials, a manager."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from goals.agreement.plain import to_stored
from goals.agreement.terms import Terms
from goals.model import AccountId, ClientId, Post, PostState
from goals.records import Material
from store.contract import Writer
from store.opening import open_reader, open_writer
from store.refresh import refresh_all
from store.values import Filter
from tests.support.store import AUTHOR, NOW, TODAY, days_ago, post

#: The clients of the filled store, in the order in which it adds them.
ZERNO, SVECHA, ME = ClientId(1), ClientId(2), ClientId(3)


def fill_day(path: Path) -> None:
    """Give the first client a post planned for today, a material awaited for five days, and a manager."""
    with open_writer(path) as store:
        planned = post(None, TODAY, state=PostState.PLANNED, text="Новинка недели", url="https://vk.com/plan")
        store.add_post(AccountId(1), planned, author=AUTHOR, now=NOW)
        store.add_material(Material(0, ZERNO, "фото склада", days_ago(5)), author=AUTHOR, now=NOW)
        client = next(client for client in store.clients() if client.id == ZERNO)
        store.update_client(replace(client, manager="Анна"), author=AUTHOR, now=NOW)
        refresh_all(store, NOW)


def posts_of_today(path: Path) -> list[Post]:
    """The content of today, of the first client's first account."""
    with open_reader(path) as store:
        which = Filter(account_id=AccountId(1), since=TODAY, until=TODAY)
        return [row.post for row in store.posts(which)]


def agree_on(store: Writer, client_id: ClientId, terms: Terms) -> None:
    """Agree these terms with a client, who says yes a month ago."""
    version = store.add_agreement(client_id, to_stored(terms), reason="", based_on=0, author=AUTHOR, now=NOW)
    store.accept_agreement(client_id, version, by="Ольга", on=days_ago(30), author=AUTHOR, now=NOW)
