"""The example of all settings is sound and whole, also what it shows switched off."""

from __future__ import annotations

import re
from pathlib import Path

from cli.config.file import example_path
from cli.config.reading import parse_config
from cli.config.values import TOKEN_KINDS
from connectors.registry import network_names

EXAMPLE = Path(__file__).parent.parent.parent / "config.example.toml"
_SWITCHED_OFF = re.compile(r"^# (\w+ = )", re.MULTILINE)


def test_the_example_is_read_without_a_problem() -> None:
    config = parse_config(EXAMPLE.read_bytes(), EXAMPLE, lambda: "ru")
    assert config.language == "ru"
    assert {token.source for token in config.tokens.values()} == {"cmd", "file", "env"}
    assert set(config.networks) == set(network_names())


def test_what_is_switched_off_in_the_example_can_be_switched_on() -> None:
    text = _SWITCHED_OFF.sub(r"\1", EXAMPLE.read_text(encoding="utf-8"))
    config = parse_config(text.encode(), EXAMPLE, lambda: "ru")
    assert config.networks["vk"].proxy
    assert config.networks["telegram"].preview_base_url == "https://t.me"


def test_every_key_and_kind_stands_in_the_example() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for word in (*TOKEN_KINDS, "cmd", "file", "env", "params", "token", "base_url", "proxy"):
        assert word in text, word


def test_the_program_finds_the_example() -> None:
    assert example_path() == EXAMPLE
