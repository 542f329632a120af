"""`smm doctor`: what is wrong and what to do, on any computer without a traceback."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goals.model import Gap
from store.changes import UnitOutcome
from store.opening import open_writer
from store.values import TroubleRecord, UnitStatus
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import big_world
from tests.support.program import Outcome, Program
from tests.support.store import NOW, add_account, days_ago


def findings(outcome: Outcome) -> dict[str, dict[str, Any]]:
    listed = outcome.json()
    for found in listed:
        assert set(found) == {"check", "status", "message", "next_step"}
        assert found["status"] in {"ok", "warn", "fail"}
        assert found["message"]
        if found["status"] != "ok":
            assert found["next_step"], found
    return {found["check"]: found for found in listed}


@pytest.fixture
def vk() -> Iterator[VkFake]:
    with VkFake(big_world(2, posts=3, now=time.time())) as fake:
        yield fake


def add(program: Program, *, network: str = "vk", tokens: tuple[str, ...] = ()) -> None:
    program.ok("client", "add", "Кофейня")
    with open_writer(program.db) as store:
        client = next(client for client in store.clients() if client.name == "Кофейня")
        add_account(store, client.id, network=network, network_id="1", tokens=tokens)


def test_a_fresh_computer_has_only_warnings(program: Program) -> None:
    outcome = program.process("doctor", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    found = findings(outcome)
    assert found["store"]["status"] == found["config"]["status"] == "warn"
    assert found["store"]["next_step"] == "smm init"
    assert not program.db.exists()


def test_after_init_store_and_settings_are_fine(ready: Program) -> None:
    found = findings(ready.ok("doctor", "--json"))
    assert found["store"]["status"] == found["config"]["status"] == found["holidays"]["status"] == "ok"
    out = ready.ok("doctor").out
    assert "✓" in out
    assert str(ready.db) in out


def test_every_problem_of_the_settings_is_a_finding(ready: Program) -> None:
    ready.write_config("[general]\nlangage = 1\ntimezone = 'X'\n")
    outcome = ready.run("doctor", "--json")
    assert outcome.code == 1
    failed = [found for found in outcome.json() if found["status"] == "fail"]
    assert len(failed) == 2
    assert all("config.toml" in found["message"] for found in failed)


def test_settings_that_others_may_change_are_told(ready: Program) -> None:
    ready.config.chmod(0o666)
    found = findings(ready.ok("doctor", "--json"))["config"]
    assert found["status"] == "warn"
    assert found["next_step"].startswith("chmod go-w")


def test_a_damaged_store_fails(ready: Program) -> None:
    ready.db.write_bytes(b"<html>" * 1000)
    outcome = ready.run("doctor", "--json")
    assert outcome.code == 1
    found = findings(outcome)["store"]
    assert found["status"] == "fail"
    assert "файл — не база данных" in found["message"].replace("\u00a0", " ")
    assert "file is" not in found["message"]


def test_a_store_that_others_may_read_is_told(ready: Program) -> None:
    ready.db.chmod(0o644)
    found = findings(ready.ok("doctor", "--json"))["store rights"]
    assert found["next_step"] == f"chmod 600 {ready.db}"


def test_a_secret_that_cannot_be_had_fails(ready: Program) -> None:
    ready.write_config("[tokens.vk]\nkind = 'service'\nenv = 'NO_SUCH_VARIABLE'\n")
    outcome = ready.run("doctor", "--json")
    assert outcome.code == 1
    assert "env" in findings(outcome)["token vk"]["message"]


def test_gaps_of_the_last_month_are_told_with_their_reason(ready: Program) -> None:
    add(ready, network="telegram")
    with open_writer(ready.db) as store:
        [account] = store.accounts()
        run = store.start_run(NOW)
        store.claim(run, [account.id])
        gaps = [
            Gap(account.id, "audience", days_ago(40), days_ago(28), "hidden"),
            Gap(account.id, "stories", days_ago(5), days_ago(5), "not_collected"),
            Gap(account.id, "views", days_ago(90), days_ago(60), "hidden"),
        ]
        store.commit_unit(UnitOutcome(account.id, UnitStatus.OK, NOW, gaps=gaps), run)
    told = [found for found in ready.ok("doctor", "--offline", "--json").json() if "30" in found["message"]]
    [found] = told
    assert (found["check"], found["status"]) == ("account telegram:zerno", "warn")
    assert "smm cron install" in found["next_step"]
    message = found["message"].replace("\u00a0", " ")
    assert "подписчики: 2 дня, последний 26.10 (сеть скрывает)" in message
    assert "истории: 1 день, 18.11 (не успели собрать)" in message
    assert "просмотры" not in message


def test_tokens_are_tried_unless_offline(ready: Program, vk: VkFake) -> None:
    ready.write_config(f"[networks.vk]\nbase_url = '{vk.url}'\n")
    ready.ok("token", "add", "vk", stdin="vk1.a.refused")
    assert findings(ready.ok("doctor", "--offline", "--json"))["token vk"]["status"] == "ok"
    assert vk.requests == []
    outcome = ready.run("doctor", "--json")
    assert outcome.code == 1
    assert findings(outcome)["token vk"]["status"] == "fail"
    assert "vk1.a.refused" not in outcome.out


def test_for_each_account_it_says_what_cannot_be_read_and_which_token_opens_it(
    ready: Program, vk: VkFake
) -> None:
    add(ready)
    ready.write_config(f"[general]\nlanguage = 'ru'\n[networks.vk]\nbase_url = '{vk.url}'\n")
    service = next(token.secret for token in vk.world.tokens.values() if token.kind == "service")
    ready.ok("token", "add", "vk", stdin=service)
    found = findings(ready.ok("doctor", "--json"))["account vk:zerno"]
    assert found["status"] == "warn"
    assert "истории" in found["message"]
    assert "подписчики" not in found["message"]
    assert "ключ сообщества" in found["message"]
    assert "smm token add" in found["next_step"]


def test_an_account_without_any_token_is_told(ready: Program) -> None:
    add(ready)
    found = findings(ready.ok("doctor", "--json"))
    assert "подписчики" in found["account vk:zerno"]["message"]
    assert found["data"]["next_step"] == "smm sync"
    assert found["cron"]["status"] == "warn"


def test_all_that_there_is_to_say_of_an_account_is_one_finding_under_its_clients_name(
    ready: Program,
) -> None:
    add(ready)
    with open_writer(ready.db) as store:
        [account] = store.accounts()
        run = store.start_run(NOW)
        store.claim(run, [account.id])
        gaps = [Gap(account.id, "stories", days_ago(5), days_ago(5), "not_collected")]
        trouble = TroubleRecord("retry", "http.timeout", facts={"network": "vk"})
        store.commit_unit(UnitOutcome(account.id, UnitStatus.PARTIAL, NOW, gaps=gaps, trouble=trouble), run)
    told = [found for found in ready.ok("doctor", "--offline", "--json").json() if "vk:" in found["check"]]
    [found] = told
    assert (found["check"], found["status"]) == ("account vk:zerno", "warn")
    assert found["message"].startswith("Кофейня, ВК zerno: не читается: ")
    assert "последний сбор: ВК не отвечает" in found["message"]
    assert "не успели собрать" in found["message"]
    assert "smm token add" in found["next_step"]
    assert "smm cron install" in found["next_step"]


def test_a_computer_without_crontab_is_warned_before_there_are_accounts(ready: Program) -> None:
    found = findings(ready.ok("doctor", "--offline", "--json", env={"PATH": str(ready.folder)}))["cron"]
    assert found["status"] == "warn"
    assert "smm cron show" in found["next_step"]


def test_a_token_is_named_once(ready: Program, vk: VkFake) -> None:
    ready.write_config(f"[general]\nlanguage = 'ru'\n[networks.vk]\nbase_url = '{vk.url}'\n")
    ready.ok("token", "add", "vk-bad", "--kind", "service", "--network", "vk", stdin="vk1.a.refused")
    message = findings(ready.run("doctor", "--json"))["token vk-bad"]["message"]
    assert message.count("vk-bad") == 1
    service = next(token.secret for token in vk.world.tokens.values() if token.kind == "service")
    ready.ok("token", "replace", "vk-bad", stdin=service)
    message = findings(ready.run("doctor", "--json"))["token vk-bad"]["message"]
    assert message.startswith("Токен «vk-bad»: ")


def test_an_open_channel_can_be_read_without_a_token(ready: Program) -> None:
    add(ready, network="telegram")
    found = findings(ready.ok("doctor", "--json"))["account telegram:zerno"]
    assert found["status"] == "ok"


def test_an_imported_network_needs_no_connector(ready: Program) -> None:
    add(ready, network="myspace")
    found = findings(ready.ok("doctor", "--json"))
    assert not [name for name in found if name.startswith("account")]


def test_a_terminal_without_utf8_is_told(ready: Program) -> None:
    outcome = ready.process("doctor", "--json", env={"PYTHONIOENCODING": "ascii"})
    assert findings(outcome)["terminal"]["status"] == "warn"
    assert ready.process("doctor", env={"PYTHONIOENCODING": "ascii"}).code == outcome.code == 0


def test_a_group_may_share_a_store_in_a_folder_of_its_own(ready: Program) -> None:
    ready.folder.chmod(0o2770)
    ready.db.chmod(0o660)
    assert "store rights" not in findings(ready.ok("doctor", "--json"))
    ready.db.chmod(0o664)
    found = findings(ready.ok("doctor", "--json"))["store rights"]
    assert (found["status"], found["next_step"]) == ("warn", f"chmod 660 {ready.db}")
    ready.folder.chmod(0o770)
    ready.db.chmod(0o660)
    found = findings(ready.ok("doctor", "--json"))["store rights"]
    assert found["next_step"] == f"chmod 600 {ready.db}"


def test_a_folder_without_rights_fails(ready: Program) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    ready.folder.chmod(0o500)
    try:
        assert findings(ready.run("doctor", "--json"))["store rights"]["status"] == "fail"
    finally:
        ready.folder.chmod(0o700)


def test_a_broken_connector_of_a_third_party_is_told_and_harms_nothing(
    ready: Program, tmp_path: Path
) -> None:
    packages = tmp_path / "packages"
    info = packages / "smm_broken-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: smm-broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[smart_smm.connectors]\nmyspace = smm_broken:Connector\n")
    (packages / "smm_broken.py").write_text("raise RuntimeError('bug')\n")
    outcome = ready.process("doctor", "--json", env={"PYTHONPATH": str(packages)})
    assert outcome.code == 0
    found = findings(outcome)["connector myspace"]
    assert found["status"] == "warn"
    assert "smm-broken" in found["message"]


def test_a_demo_is_told_to_need_no_tokens(program: Program) -> None:
    program.ok("demo", "--create", str(program.db))
    found = findings(program.run("doctor", "--offline", "--json"))
    assert "токены и сбор не нужны" in found["demo"]["message"]
    assert not [check for check in found if check.startswith("account")]
    assert not {"data", "cron"} & set(found)


def test_an_account_without_a_token_gets_one_command_that_a_shell_can_run(ready: Program) -> None:
    add(ready)
    ready.run("sync")
    found = findings(ready.run("doctor", "--offline", "--json"))
    account = found["account vk:zerno"]
    assert "--kind user" in account["next_step"]
    assert "|" not in account["next_step"]
    assert account["next_step"].count("smm token add") == 1


def test_old_figures_of_files_are_brought_by_a_file(ready: Program) -> None:
    add(ready)
    table = ready.folder / "old.csv"
    table.write_text("day,audience\n2026-11-01,480\n", encoding="utf-8")
    ready.ok("import", str(table), "--client", "кофейня")
    found = findings(ready.run("doctor", "--offline", "--json"))
    assert "smm import" in found["data"]["next_step"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[dashboard]\ntheme = "mauve"\n', "mauve"),
        ('[dashboard.keys]\n"log.ad" = "f6"\n', "log.add"),
        ('[dashboard.keys]\n"log.add" = "s"\n', "app.sync"),
    ],
)
def test_a_theme_and_keys_that_the_dashboard_would_refuse_are_told(
    ready: Program, settings: str, told: str
) -> None:
    with ready.config.open("a", encoding="utf-8") as file:
        file.write(settings)
    outcome = ready.run("doctor", "--offline", "--json")
    found = findings(outcome)
    assert outcome.code == 1
    assert found["dashboard"]["status"] == "fail"
    assert told in found["dashboard"]["message"]
