"""What every store must do with agreements and the client's yes to them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from goals.model import ClientId
from goals.records import Acceptance, AgreementVersion
from store.contract import Writer
from store.errors import ConflictError, ExistsError, NotFoundError
from tests.store.base import StoreCase
from tests.support.store import AUTHOR, NOW, TODAY, add_client, days_ago

TERMS: dict[str, object] = {
    "priorities": ["распродать партию"],
    "content": [{"network": "vk", "kind": "post", "count": 12, "until": "2026-11-30"}],
    "hours": 20.5,
    "silence_is_yes": False,
    "budget": None,
}


def add(store: Writer, client_id: ClientId, based_on: int, *, author: str = AUTHOR, **more: object) -> int:
    return store.add_agreement(
        client_id, TERMS | more, reason="клиент передумал", based_on=based_on, author=author, now=NOW
    )


class AgreementContract(StoreCase):
    """Agreements."""

    def test_a_client_begins_without_an_agreement(self, store: Writer, client: ClientId) -> None:
        assert store.agreements(client) == []

    def test_versions_come_back_as_they_were_written(self, store: Writer, client: ClientId) -> None:
        add(store, add_client(store, "Свеча"), 0)
        assert [add(store, client, 0), add(store, client, 1, author="Ольга", hours=30)] == [1, 2]
        assert store.agreements(client) == [
            AgreementVersion(client, 1, NOW, AUTHOR, "клиент передумал", TERMS),
            AgreementVersion(client, 2, NOW, "Ольга", "клиент передумал", TERMS | {"hours": 30}),
        ]

    def test_of_two_versions_made_from_one_the_second_is_refused(
        self, store: Writer, client: ClientId, path: Path
    ) -> None:
        add(store, client, 0)
        with self.make(path) as other:
            add(other, client, 1, author="Ольга")
        for based_on in (0, 1):
            with pytest.raises(ConflictError) as caught:
                add(store, client, based_on)
            assert caught.value.author == "Ольга"
        assert [found.version for found in store.agreements(client)] == [1, 2]

    def test_nothing_is_made_from_what_is_not_there(self, store: Writer, client: ClientId) -> None:
        with pytest.raises(NotFoundError):
            add(store, client, 1)
        with pytest.raises(NotFoundError):
            add(store, ClientId(99), 0)
        assert store.agreements(client) == []

    def test_terms_must_be_plain(self, store: Writer, client: ClientId) -> None:
        with pytest.raises(TypeError):
            add(store, client, 0, until=TODAY)
        with pytest.raises(ValueError, match="JSON"):
            add(store, client, 0, hours=float("nan"))
        assert store.agreements(client) == []

    def test_the_clients_yes_is_said_once_for_a_version(self, store: Writer, client: ClientId) -> None:
        add(store, client, 0)
        add(store, client, 1)
        later = NOW + timedelta(hours=2)
        store.accept_agreement(client, 2, by="Иван", on=days_ago(1), author="Ольга", now=later)
        with pytest.raises(ExistsError):
            store.accept_agreement(client, 2, by="Пётр", on=TODAY, author=AUTHOR, now=NOW)
        assert [found.acceptance for found in store.agreements(client)] == [
            None,
            Acceptance("Иван", days_ago(1), "Ольга", later),
        ]

    def test_a_version_that_is_not_there_cannot_be_accepted(self, store: Writer, client: ClientId) -> None:
        add(store, add_client(store, "Свеча"), 0)
        with pytest.raises(NotFoundError):
            store.accept_agreement(client, 1, by="Иван", on=TODAY, author=AUTHOR, now=NOW)

    def test_a_new_version_and_a_yes_are_told_to_the_board(self, store: Writer, client: ClientId) -> None:
        mark = store.changes_since(0).mark
        add(store, client, 0)
        first = store.changes_since(mark)
        assert first[1:] == (frozenset({client}), False)
        store.accept_agreement(client, 1, by="Иван", on=TODAY, author=AUTHOR, now=NOW)
        assert store.changes_since(first.mark)[1:] == (frozenset({client}), False)
