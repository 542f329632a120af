"""What the fake Bot API answers is judged by the official description of the Bot API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from connectors.http import CallOptions, Http
from tests.fakes.telegram import BOT_TOKEN, Channel, TelegramFake

PLAIN: Mapping[str, type] = {"Integer": int, "String": str, "Boolean": bool, "Float": float, "True": bool}


class BotApi:
    """The official description, and what of a call or an answer does not agree with it."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._methods = description["methods"]
        self._types = description["types"]

    def call_faults(self, method: str, params: Mapping[str, str]) -> list[str]:
        """What is wrong with a call: an unknown method or parameter, one that is missing."""
        if method not in self._methods:
            return [f"no method {method}"]
        known = {field["name"]: field for field in self._methods[method].get("fields", [])}
        faults = [f"no parameter {name}" for name in params if name not in known]
        return faults + [f"{n} is missing" for n, f in known.items() if f["required"] and n not in params]

    def answer_faults(self, method: str, answer: object) -> list[str]:
        """What is wrong with an answer."""
        if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
            return ["no ok"]
        if answer["ok"]:
            return self._value_faults("result", answer.get("result"), self._methods[method]["returns"])
        faults = [] if isinstance(answer.get("description"), str) else ["no description"]
        if not isinstance(answer.get("error_code"), int):
            faults.append("no error_code")
        if "parameters" in answer:
            faults += self._value_faults("parameters", answer["parameters"], ["ResponseParameters"])
        return faults

    def _value_faults(self, where: str, value: object, types: list[str]) -> list[str]:
        for name in types:
            plain = PLAIN.get(name)
            if (
                plain is not None
                and isinstance(value, plain)
                and (plain is bool or not isinstance(value, bool))
            ):
                return []
        described = [self._types[name] for name in types if name in self._types]
        if not described or not isinstance(value, dict):
            return [f"{where} is no {' or '.join(types)}"]
        fields = {field["name"]: field for field in described[0].get("fields", [])}
        faults = [f"{where}.{name} is unknown" for name in value if name not in fields]
        for name, field in fields.items():
            if name in value:
                faults += self._value_faults(f"{where}.{name}", value[name], field["types"])
            elif field["required"]:
                faults.append(f"{where}.{name} is missing")
        return faults


@pytest.fixture(scope="module")
def api(shared_dir: Path) -> BotApi:
    path = shared_dir / "contracts" / "telegram_bot_api_10.1.min.json"
    return BotApi(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture
def fake() -> Iterator[TelegramFake]:
    with TelegramFake() as running:
        running.add(Channel("zerno", "Кофейня", 4812, 77))
        running.add(Channel("closed", "Закрытый", 10, 78, knows_bot=False))
        yield running


@pytest.mark.parametrize(
    ("token", "method", "params"),
    [
        (BOT_TOKEN, "getMe", {}),
        (BOT_TOKEN, "getChatMemberCount", {"chat_id": "@zerno"}),
        (BOT_TOKEN, "getChatMemberCount", {"chat_id": "@nobody"}),
        (BOT_TOKEN, "getChatMemberCount", {"chat_id": "@closed"}),
        ("1:gone", "getMe", {}),
    ],
)
async def test_the_fake_answers_as_the_bot_api_is_described(
    fake: TelegramFake, api: BotApi, token: str, method: str, params: dict[str, str]
) -> None:
    http = Http()
    options = CallOptions(answers=frozenset({400, 401, 403, 404}))
    answer = await http.get_json(f"{fake.url}/bot{token}/{method}", params=params, options=options)
    await http.aclose()
    assert api.call_faults(method, params) == []
    assert api.answer_faults(method, answer) == []


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("getChatMemberCount", {"ok": True, "result": "4812"}),
        ("getChatMemberCount", {"ok": True, "result": True}),
        ("getChatMemberCount", {"ok": True}),
        ("getMe", {"ok": True, "result": {"id": 1, "is_bot": True}}),
        ("getMe", {"ok": True, "result": {"id": "1", "is_bot": True, "first_name": "x"}}),
        ("getMe", {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "x", "subscribers": 5}}),
        ("getMe", {"ok": False, "error_code": 401}),
        ("getMe", {"ok": False, "error_code": "401", "description": "Unauthorized"}),
        ("getMe", {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": "5"}}),
        ("getMe", {"result": 1}),
        ("getMe", []),
    ],
)
def test_broken_answers_are_rejected(api: BotApi, method: str, answer: object) -> None:
    assert api.answer_faults(method, answer)


def test_broken_calls_are_rejected(api: BotApi) -> None:
    assert api.call_faults("getChatMembersCount", {"chat_id": "@x"})
    assert api.call_faults("getChatMemberCount", {})
    assert api.call_faults("getChatMemberCount", {"chat": "@x"})
