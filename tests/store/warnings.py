"""What every store must remember of warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from goals.model import ClientId
from goals.records import WarningState
from store.contract import Writer
from store.errors import NotFoundError
from tests.store.base import StoreCase
from tests.support.store import AUTHOR, NOW, TODAY, add_client, days_ago

HOUR = timedelta(hours=1)


def state(client_id: ClientId | None, key: str = "behind:1", **more: object) -> WarningState:
    first = WarningState(key, client_id, NOW, NOW, "high")
    return replace(first, **more)  # type: ignore[arg-type]


class WarningContract(StoreCase):
    """Warnings."""

    def test_a_warning_keeps_every_word(self, store: Writer, client: ClientId) -> None:
        whole = state(
            client,
            told_at=NOW + HOUR,
            acknowledged_by="Ольга",
            acknowledged_at=NOW + 2 * HOUR,
            snoozed_by="Пётр",
            snoozed_until=days_ago(-3),
            gone_at=NOW + 3 * HOUR,
        )
        of_nobody = state(None, "token:main")
        stranger = state(add_client(store, "Свеча"), "behind:2")
        store.put_warning_states(iter([whole, of_nobody, stranger]))
        assert store.warning_states(client) == [whole]
        assert store.warning_states() == [whole, stranger, of_nobody]

    def test_a_warning_that_lasts_is_one(self, store: Writer, client: ClientId) -> None:
        store.put_warning_states([state(client)])
        later = state(client, last_seen=NOW + HOUR, told_at=NOW + HOUR)
        store.put_warning_states([later])
        assert store.warning_states() == [later]

    def test_what_was_said_while_the_rules_ran_is_not_lost(
        self, store: Writer, client: ClientId, path: Path
    ) -> None:
        store.put_warning_states([state(client)])
        (read,) = store.warning_states()
        with self.make(path) as other:
            other.put_warning_states([replace(read, told_at=NOW + HOUR)])
            other.acknowledge_warning(read.key, author="Ольга", now=NOW + HOUR)
            other.snooze_warning(read.key, days_ago(-3), author="Пётр")
        store.put_warning_states([replace(read, last_seen=NOW + 2 * HOUR)])
        assert store.warning_states() == [
            state(
                client,
                last_seen=NOW + 2 * HOUR,
                told_at=NOW + HOUR,
                acknowledged_by="Ольга",
                acknowledged_at=NOW + HOUR,
                snoozed_by="Пётр",
                snoozed_until=days_ago(-3),
            )
        ]

    @pytest.mark.parametrize("grown", [True, False])
    def test_one_that_comes_again_or_grows_is_told_anew(
        self, store: Writer, client: ClientId, *, grown: bool
    ) -> None:
        store.put_warning_states([state(client, told_at=NOW)])
        store.acknowledge_warning("behind:1", author="Ольга", now=NOW)
        (known,) = store.warning_states()
        if not grown:
            known = replace(known, gone_at=NOW + HOUR)
            store.put_warning_states([known])
            assert store.warning_states() == [known]
        again = state(client, first_seen=NOW + 2 * HOUR, last_seen=NOW + 2 * HOUR)
        again = replace(again, severity="highest" if grown else "high")
        store.put_warning_states([again])
        assert store.warning_states() == [again]

    def test_a_snoozed_warning_can_be_woken(self, store: Writer, client: ClientId) -> None:
        store.put_warning_states([state(client)])
        store.snooze_warning("behind:1", TODAY, author=AUTHOR)
        assert store.warning_states()[0].snoozed_until == TODAY
        store.snooze_warning("behind:1", None, author=AUTHOR)
        assert store.warning_states() == [state(client)]

    def test_that_a_warning_is_known_can_be_taken_back(self, store: Writer, client: ClientId) -> None:
        store.put_warning_states([state(client)])
        store.snooze_warning("behind:1", TODAY, author=AUTHOR)
        store.acknowledge_warning("behind:1", author="Ольга", now=NOW)
        store.unacknowledge_warning("behind:1")
        assert store.warning_states() == [state(client, snoozed_by=AUTHOR, snoozed_until=TODAY)]

    def test_nothing_can_be_said_of_a_warning_that_is_not_there(self, store: Writer) -> None:
        with pytest.raises(NotFoundError):
            store.acknowledge_warning("behind:9", author=AUTHOR, now=NOW)
        with pytest.raises(NotFoundError):
            store.snooze_warning("behind:9", TODAY, author=AUTHOR)
        with pytest.raises(NotFoundError):
            store.unacknowledge_warning("behind:9")

    def test_the_board_is_told_of_a_change_but_not_of_one_merely_seen_again(
        self, store: Writer, client: ClientId
    ) -> None:
        store.put_warning_states([state(client), state(None, "token:main")])
        mark = store.changes_since(0).mark
        store.put_warning_states([state(client, last_seen=NOW + HOUR), state(None, "token:main")])
        assert store.changes_since(mark)[1:] == (frozenset(), False)
        store.acknowledge_warning("behind:1", author="Ольга", now=NOW)
        acknowledged = store.changes_since(mark)
        assert acknowledged[1:] == (frozenset({client}), False)
        (known, _) = store.warning_states()
        store.put_warning_states([replace(known, gone_at=NOW + HOUR)])
        assert store.changes_since(acknowledged.mark).goals_of == {client}
