"""Every trouble that these connectors raise has a sentence and a next step, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import connectors
from connectors.registry import NETWORKS
from wording.troubles import trouble_sentence
from wording.words import Words

HOSTS = {
    "ok.ru",
    "telegram.me",
    "telegram.dog",
    "vk.com",
    "vk.ru",
    "vk.me",
    "max.ru",
    "rutube.ru",
    "dzen.ru",
    "youtube.com",
    "instagram.com",
}
SOURCES = sorted(Path(connectors.__file__).parent.rglob("*.py"))
#: The networks that come with the program, and what all of them share.
FIRST = "|".join((*NETWORKS, "http", "link"))
CODES = sorted(
    {code for path in SOURCES for code in re.findall(rf'"((?:{FIRST})\.[a-z_]+)"', path.read_text("utf-8"))}
    - HOSTS
)
FACTS = {
    name: f"<{name}>"
    for name in (
        "host",
        "status",
        "to",
        "handle",
        "token",
        "kind",
        "seconds",
        "code",
        "link",
        "network",
        "asked",
        "kinds",
        "minutes",
        "fields",
        "source",
        "method",
        "path",
    )
}


def test_codes_were_found() -> None:
    assert {"http.timeout", "telegram.no_preview", "link.private"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_code_has_its_own_sentence(lang: str, code: str) -> None:
    words = Words(lang)
    told = trouble_sentence(words, "retry", code, "<detail>", FACTS)
    assert told.message != trouble_sentence(words, "retry", "unknown.code", "<detail>").message
    assert "?" not in told.message + told.next_step
    assert "{" not in told.message + told.next_step
    assert told.next_step
    if lang == "ru":
        assert re.search("[а-яё]", told.message)
        assert re.search("[а-яё]", told.next_step)
