"""What the fake Mastodon answers is judged by the network's OpenAPI description, written by others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from tests.fakes.mastodon import Account, Status, account_entity, status_entity

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)

Tree = dict[str, Any]


@pytest.fixture(scope="module")
def components(request: pytest.FixtureRequest) -> Tree:
    shared: Path = request.getfixturevalue("shared_dir")
    file = shared / "contracts" / "mastodon_openapi_4.7.0.json"
    if not file.is_file():
        pytest.skip(f"SKIPPED LOUDLY: {file.name} is not beside the checkout")
    tree: Tree = json.loads(file.read_text("utf-8"))["components"]
    return tree


def judge(components: Tree, name: str, entity: Tree) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(entity)


def made() -> Account:
    statuses = [Status(5, NOW, "<p>Кофе</p>", 3, 2, 1, 4)]
    return Account("zerno", 17, "Зерно", "<p>Мы</p>", 481, statuses, {"Сайт": "zerno.ru"})


def test_accounts_are_valid(components: Tree) -> None:
    judge(components, "Account", account_entity(made()))


@pytest.mark.parametrize(
    "status",
    [
        Status(5, NOW, "<p>Кофе</p>", 3, 2, 1, 4),
        Status(6, NOW, "", quotes=None, media=("video",), warning="кадры"),
        Status(7, NOW, boosted=True),
        Status(8, NOW, reply_to="self"),
    ],
)
def test_statuses_are_valid(components: Tree, status: Status) -> None:
    judge(components, "Status", status_entity(made(), status))


@pytest.mark.parametrize(
    ("name", "change"),
    [("Account", {"followers_count": "481"}), ("Status", {"id": 5}), ("Status", {"quotes_count": "4"})],
)
def test_the_description_tells_wrong_from_right(
    components: Tree, name: str, change: dict[str, object]
) -> None:
    entity = account_entity(made()) if name == "Account" else status_entity(made(), made().statuses[0])
    with pytest.raises(ValidationError):
        judge(components, name, {**entity, **change})
