"""What the fake MAX answers is judged by the service's own description of its API."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import yaml

from tests.fakes.max import BOT_TOKEN, Channel, MaxFake, Message, history
from tests.support.desk import NOW
from tests.support.openapi import OpenApi


@pytest.fixture(scope="module")
def api(shared_dir: Path) -> OpenApi:
    path = shared_dir / "contracts" / "max_bot_api_2026_07_01.yaml"
    if not path.is_file():
        pytest.skip("SKIPPED LOUDLY: the description of MAX's Bot API is not in ../shared/contracts")
    document = yaml.safe_load(path.read_text("utf-8"))
    # The list of kinds names group chats alone, while the text beside it tells of channels too.
    document["components"]["schemas"]["ChatType"]["enum"] += ["channel", "dialog"]
    # The schema demands a link of every body, which the examples beside it do not have.
    document["components"]["schemas"]["MessageBody"]["required"].remove("link")
    return OpenApi(document)


def asked(fake: MaxFake, path: str) -> object:
    request = Request(fake.url + path, headers={"Authorization": BOT_TOKEN})
    with urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


def test_the_fake_answers_as_the_service_says(api: OpenApi) -> None:
    odd = [Message("v", NOW, "", None, video=True), Message("f", NOW, forwarded="Чужое")]
    with MaxFake() as fake:
        fake.add(Channel(-7, "zerno", "Зерно", 10, [*history(3, NOW), *odd], about="Кофе"))
        assert not api.faults("Chat", asked(fake, "/chats/zerno"))
        assert not api.faults("Chat", asked(fake, "/chats/-7"))
        assert not api.faults("MessageList", asked(fake, "/messages?chat_id=-7&count=100"))
        assert not api.faults("BotInfo", asked(fake, "/me"))


def test_the_judge_sees_a_figure_that_is_none(api: OpenApi) -> None:
    members: object = "1,5K"
    with MaxFake() as fake:
        messages = history(1, NOW, timedelta(hours=1))
        fake.add(Channel(-7, "zerno", "Зерно", members, messages))  # type: ignore[arg-type]
        assert api.faults("Chat", asked(fake, "/chats/zerno"))
