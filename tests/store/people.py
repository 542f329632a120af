"""What every store must do with clients, accounts and topics."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goals.model import (
    AccountId,
    ClientId,
    ClientKind,
)
from store.changes import NewAccount, NewClient, Profile, UnitOutcome
from store.contract import Writer
from store.errors import ConflictError, ExistsError, NotFoundError
from store.values import UnitStatus
from tests.store.base import StoreCase
from tests.support.store import (
    AUTHOR,
    NOW,
    account,
    add_account,
    add_client,
    add_self,
)


class PeopleContract(StoreCase):
    """Clients, accounts and topics."""

    def test_clients_come_by_name_with_the_specialist_last(self, store: Writer) -> None:
        me, second, first = add_self(store), add_client(store, "бета"), add_client(store, "Альфа")
        assert [client.id for client in store.clients()] == [first, second, me]

    def test_a_client_keeps_what_was_said_of_it(self, store: Writer) -> None:
        number = store.add_client(
            NewClient("Студия", timezone="Asia/Omsk", manager="Ольга"), author="Пётр", now=NOW
        )
        (client,) = store.clients()
        assert (client.id, client.name, client.kind) == (number, "Студия", ClientKind.CLIENT)
        assert (client.timezone, client.manager, client.author, client.version) == (
            "Asia/Omsk",
            "Ольга",
            "Пётр",
            1,
        )

    def test_a_name_that_differs_only_in_case_is_taken(self, store: Writer, client: ClientId) -> None:
        with pytest.raises(ExistsError) as caught:
            add_client(store, "КОФЕЙНЯ «ЗЕРНО»")
        assert caught.value.existing == client

    def test_there_is_one_self(self, store: Writer) -> None:
        me = add_self(store)
        with pytest.raises(ExistsError) as caught:
            store.add_client(NewClient("Опять я", kind=ClientKind.SELF), author=AUTHOR, now=NOW)
        assert caught.value.existing == me

    def test_the_second_of_two_edits_meets_a_conflict_and_changes_nothing(
        self, store: Writer, client: ClientId
    ) -> None:
        read = store.clients()[0]
        saved = store.update_client(replace(read, manager="Ольга"), author="Ольга", now=NOW)
        assert saved == store.clients()[0]
        with pytest.raises(ConflictError) as caught:
            store.update_client(replace(read, manager="Пётр"), author="Пётр", now=NOW)
        assert caught.value.author == "Ольга"
        assert store.clients() == [saved]

    def test_an_archived_client_is_shown_only_on_demand(self, store: Writer, client: ClientId) -> None:
        store.update_client(replace(store.clients()[0], archived=True), author=AUTHOR, now=NOW)
        assert store.clients() == []
        assert [item.id for item in store.clients(archived=True)] == [client]

    def test_an_account_of_an_unknown_client_is_refused(self, store: Writer) -> None:
        with pytest.raises(NotFoundError):
            add_account(store, ClientId(99))

    @pytest.mark.parametrize(
        "twin", [NewAccount(ClientId(1), "vk", "ZERNO"), NewAccount(ClientId(1), "vk", "other", "-1")]
    )
    def test_an_account_is_one_by_handle_and_by_network_id(
        self, store: Writer, client: ClientId, twin: NewAccount
    ) -> None:
        first = add_account(store, client, network_id="-1")
        with pytest.raises(ExistsError) as caught:
            store.add_account(replace(twin, client_id=client), author=AUTHOR, now=NOW)
        assert caught.value.existing == first

    def test_the_same_handle_serves_another_client_and_another_network(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        other = add_account(store, add_client(store, "Свеча"))
        telegram = add_account(store, client, network="telegram")
        assert len({zerno, other, telegram}) == 3

    def test_an_archived_account_makes_room_for_a_new_one(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        store.update_account(replace(account(store, zerno), archived=True), author=AUTHOR, now=NOW)
        again = add_account(store, client)
        assert [item.id for item in store.accounts()] == [again]
        with pytest.raises(ExistsError):
            store.update_account(replace(account(store, zerno), archived=False), author=AUTHOR, now=NOW)

    def test_an_edit_of_an_account_never_erases_what_the_network_told(
        self, store: Writer, zerno: AccountId
    ) -> None:
        read = account(store, zerno)
        run_id = store.start_run(NOW)
        store.claim(run_id, [zerno])
        profile = Profile("-42", "zerno_new", "Зерно")
        store.commit_unit(UnitOutcome(zerno, UnitStatus.OK, NOW, profile=profile), run_id)
        saved = store.update_account(replace(read, tokens=("main", "wall")), author="Ольга", now=NOW)
        assert (saved.network_id, saved.tokens, saved.version) == ("-42", ("main", "wall"), 2)
        with pytest.raises(ConflictError):
            store.update_account(read, author="Пётр", now=NOW)

    def test_the_manual_account_is_one_and_hidden(self, store: Writer, client: ClientId) -> None:
        assert store.manual_account(client) == store.manual_account(client)
        assert store.accounts(client, archived=True) == []

    def test_a_topic_is_one_whatever_the_case(self, store: Writer, client: ClientId) -> None:
        first = store.topic(client, "Старая партия")
        assert store.topic(client, "старая ПАРТИЯ") == first
        other = store.topic(add_client(store, "Свеча"), "Старая партия")
        assert [topic.id for topic in store.topics()] == [first, other]
        assert [topic.name for topic in store.topics(client)] == ["Старая партия"]
