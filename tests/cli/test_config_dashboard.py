"""The dashboard's part of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.config.reading import parse_config
from cli.config.values import ConfigError


def read(text: str) -> object:
    return parse_config(text.encode(), Path("config.toml"), lambda: "en").dashboard


def test_theme_and_keys() -> None:
    found = parse_config(
        b'[dashboard]\ntheme = "light"\n[dashboard.keys]\n"goal.add" = "v"\n"log.add" = ["+", "f6"]\n',
        Path("config.toml"),
        lambda: "en",
    ).dashboard
    assert found.theme == "light"
    assert found.keys == {"goal.add": ("v",), "log.add": ("+", "f6")}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("dashboard = 1", "dashboard"),
        ("[dashboard]\ncolour = 1", "dashboard.colour"),
        ("[dashboard]\ntheme = 7", "dashboard.theme"),
        ("[dashboard]\nkeys = 7", "dashboard.keys"),
        ('[dashboard.keys]\n"goal.add" = 7', 'dashboard.keys."goal.add"'),
        ('[dashboard.keys]\n"goal.add" = []', 'dashboard.keys."goal.add"'),
        ('[dashboard.keys]\n"goal.add" = ["a,b"]', 'dashboard.keys."goal.add"'),
    ],
)
def test_each_mistake_is_told_at_its_key(text: str, at: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert [problem.key for problem in caught.value.problems] == [at]
