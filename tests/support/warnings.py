"""A store of which several rules have something to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from goals.records import Material
from store.changes import UnitOutcome
from store.opening import open_writer
from store.refresh import refresh_all
from store.values import TroubleRecord, UnitStatus
from tests.support.dashboard import fill
from tests.support.store import AUTHOR, NOW, add_account, add_client, add_goal, days_ago, reading

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = TroubleRecord("auth", "vk.5", "invalid access_token", {"network": "vk", "token": "vk-main"})


def fill_warnings(path: Path) -> None:
    """The store of `fill`; beside it a client whose token is refused, and one who has not sent the photos."""
    fill(path)
    with open_writer(path) as store:
        yoga = add_client(store, "Студия «Рассвет»")
        account = add_account(store, yoga, "rassvet", network_id="3", tokens=("vk-main",))
        before = NOW - timedelta(days=9)
        for now, status, trouble in ((before, UnitStatus.OK, None), (NOW, UnitStatus.FAILED, REFUSED)):
            run = store.start_run(now)
            store.claim(run, [account])
            figures = [reading(account, days_ago(9), 2_291.0)] if trouble is None else []
            store.commit_unit(UnitOutcome(account, status, now, figures, trouble=trouble), run)
        add_goal(store, yoga, network="vk", account_id=account)
        candle = next(client for client in store.clients() if client.name == "Мастерская «Свеча»")
        store.update_client(replace(candle, manager="Ольга"), author=AUTHOR, now=NOW)
        store.add_material(Material(0, candle.id, "фото свечей", days_ago(9)), author=AUTHOR, now=NOW)
        refresh_all(store, NOW)
