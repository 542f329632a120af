"""A run in sentences."""

from __future__ import annotations

import pytest

from wording.sync import Failure, failure_lines, summary
from wording.troubles import trouble_sentence
from wording.troubles.http import TROUBLES as HTTP
from wording.troubles.sync import TROUBLES
from wording.words import NBSP, Words

RU = Words("ru")
EN = Words("en")


def test_each_account_has_its_line() -> None:
    lines = failure_lines(
        EN, [Failure("Café, vk a", "Deleted", "Remove it"), Failure("Café, vk b", "Gone", "Wait")]
    )
    assert lines == ["Café, vk a: Deleted. → Remove it", "Café, vk b: Gone. → Wait"]


def test_one_trouble_of_many_accounts_is_one_line() -> None:
    failures = [Failure(f"К{n}", "Токен отозван", "smm token replace vk") for n in range(1, 6)]
    [line] = failure_lines(RU, failures)
    assert line == "5\xa0аккаунтов (К1; К2; К3…): Токен отозван. → smm token replace vk"
    [pair] = failure_lines(RU, failures[:2])
    assert pair.startswith("2\xa0аккаунта (К1; К2): ")


def test_summary_has_right_forms() -> None:
    line = summary(RU, accounts=21, readings=1340, posts=2, seconds=12.4)
    assert line == (
        f"Собрано: 21{NBSP}аккаунт, 1{NBSP}340{NBSP}новых цифр, 2{NBSP}новых или изменённых поста, за 12 с"
    )
    assert summary(EN, accounts=1, readings=1, posts=0, seconds=0.44).endswith("in 0.4 s")


@pytest.mark.parametrize("code", sorted(TROUBLES))
@pytest.mark.parametrize("words", [RU, EN])
def test_every_trouble_is_a_sentence_and_a_step(words: Words, code: str) -> None:
    names = (
        "account",
        "code",
        "is",
        "kinds",
        "n",
        "network",
        "next_step",
        "package",
        "token",
        "until",
        "was",
    )
    facts = dict.fromkeys(names, "x")
    sentence = trouble_sentence(words, "retry", code, "detail", facts)
    assert sentence.message
    assert sentence.next_step
    assert not sentence.message.endswith(".")
    assert "?" not in sentence.message + sentence.next_step
    assert "{" not in sentence.message + sentence.next_step


@pytest.mark.parametrize(
    ("words", "facts", "told"),
    [
        (RU, {"host": "api.vk.ru"}, "api.vk.ru не отвечает: время ожидания вышло"),
        (RU, {"network": "vk"}, "ВК не отвечает: время ожидания вышло"),
        (RU, {}, "API сети не отвечает: время ожидания вышло"),
        (EN, {"network": "agora"}, "Agora did not answer in time"),
        (EN, {}, "The network's API did not answer in time"),
    ],
)
def test_where_no_host_is_told_the_network_is_named(words: Words, facts: dict[str, str], told: str) -> None:
    assert trouble_sentence(words, "retry", "http.timeout", facts=facts).message == told


@pytest.mark.parametrize("code", HTTP)
@pytest.mark.parametrize("words", [RU, EN])
def test_no_sentence_of_the_way_to_a_network_begins_with_a_question(words: Words, code: str) -> None:
    for sentence in trouble_sentence(words, "retry", code):
        assert not sentence.startswith("?")
        assert sentence[0].isupper()


def test_figures_and_moments_are_written_as_each_language_does() -> None:
    fall = {"was": "1234567", "is": "3"}
    told = [
        trouble_sentence(words, "retry", "sync.suspect_audience", facts=fall).message for words in (RU, EN)
    ]
    assert "с 1\u00a0234\u00a0567 до 3:" in told[0]
    assert "from 1,234,567 to 3 " in told[1]
    rest = {"token": "vk", "code": "vk.29", "until": "2026-11-24T14:05+03:00"}
    told = [trouble_sentence(words, "retry", "sync.token_blocked", facts=rest).message for words in (RU, EN)]
    assert "24.11.26 14:05" in told[0]
    assert "Nov 24, 2026 14:05" in told[1]
