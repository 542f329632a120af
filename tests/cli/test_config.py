"""The settings: every mistake is told at once, with file, key and what is expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.config.reading import load_config, parse_config
from cli.config.values import DEFAULT_TIMEZONE, TOKEN_KINDS, Config, ConfigError
from connectors.base import TokenKind
from tests.support.program import Program

PATH = Path("/home/anna/config.toml")


def parsed(text: str | bytes) -> Config:
    raw = text.encode() if isinstance(text, str) else text
    return parse_config(raw, PATH, lambda: "en")


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parsed(text)
    assert caught.value.code == 2
    return [str(problem) for problem in caught.value.problems]


def test_everything_is_read() -> None:
    config = parsed(
        """
        [general]
        language = "ru"
        timezone = "Asia/Yekaterinburg"
        author = "Анна"
        [tokens.vk]
        kind = "service"
        cmd = ["pass", "show", "vk"]
        params = { app_id = 123, note = "x" }
        [tokens.tg]
        kind = "bot"
        env = "TG"
        [networks.vk]
        token = "vk"
        base_url = "http://127.0.0.1:8080/"
        [networks.telegram]
        token = ["tg"]
        proxy = "socks5://user:pass@proxy:1080"
        preview_base_url = "https://t.me"
        """
    )
    assert (config.language, config.timezone, config.author) == ("ru", "Asia/Yekaterinburg", "Анна")
    assert config.tokens["vk"].cmd == ("pass", "show", "vk")
    assert config.tokens["vk"].params == {"app_id": "123", "note": "x"}
    assert [token.source for token in config.tokens.values()] == ["cmd", "env"]
    assert config.networks["vk"].tokens == ("vk",)
    assert config.networks["vk"].base_url == "http://127.0.0.1:8080"
    assert config.networks["telegram"].preview_base_url == "https://t.me"
    assert "user:pass" not in repr(config)


def test_an_empty_file_means_the_defaults() -> None:
    assert parsed("") == Config(PATH)
    assert parsed("").timezone == DEFAULT_TIMEZONE


def test_kinds_are_those_of_the_connectors() -> None:
    assert set(TOKEN_KINDS) == {kind.value for kind in TokenKind}


def test_all_problems_are_listed_at_once() -> None:
    found = problems(
        """
        [general]
        langage = "ru"
        timezone = "Moscow"
        [tokens.vk]
        kind = "servise"
        file = "x"
        [networks.vk]
        token = "vk"
        base_ur = "https://x"
        [netwroks]
        """
    )
    assert len(found) == 5
    assert all(line.startswith(f"{PATH}: ") for line in found)
    told = "\n".join(found)
    assert "general.langage: there is no such key; the nearest is general.language" in told
    assert "general.timezone: there is no time zone «Moscow»; the nearest is Europe/Moscow" in told
    assert "tokens.vk.kind: one of service, community" in told
    assert "networks.vk.base_ur: there is no such key; the nearest is networks.vk.base_url" in told
    assert "netwroks: there is no such key; the nearest is networks" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[general]\ntimezone = 'Europe'", "there is no time zone"),
        ("[general]\ntimezone = '../etc/passwd'", "there is no time zone"),
        ("[general]\nauthor = inf", "a text on one line is expected, found inf"),
        ("[general]\nauthor = true", "found true"),
        ("[general]\nauthor = ''", "a text on one line is expected"),
        ("[general]\nlanguage = 'de'", "one of ru, en is expected, found «de»"),
        ("general = 5", "a table is expected: [general]"),
        ("[[tokens]]\nkind = 'bot'", "a table is expected: [tokens]"),
        ("[tokens]\nvk = 5", "a table is expected: [tokens.vk]"),
        ("[tokens.vk]\nkind = 'bot'", "exactly one of cmd, file, env"),
        ("[tokens.vk]\nkind = 'bot'\nfile = 'a'\nenv = 'B'", "exactly one of cmd, file, env"),
        ("[tokens.vk]\nfile = 'a'", "tokens.vk.kind: missing: one of service"),
        ("[tokens.vk]\nkind = 'bot'\ncmd = 'pass show'", "a list of texts is expected"),
        ("[tokens.vk]\nkind = 'bot'\ncmd = []", "a list of texts is expected"),
        ("[tokens.vk]\nkind = 'bot'\nenv = 'A'\nparams = { x = [1] }", "tokens.vk.params.x"),
        ("[tokens.'a/b']\nkind = 'bot'\nenv = 'A'", "a name of letters, digits, _ and -"),
        (
            "[tokens.VK]\nkind = 'bot'\nenv = 'A'\n[tokens.vk]\nkind = 'bot'\nenv = 'B'",
            "differs from «VK» only in case",
        ),
        ("[networks.vk]\ntoken = 'tg'", "add it with smm token add tg"),
        ("[networks.vk]\ntoken = 5", "the name of a token or a list of names"),
        ("[networks.vk]\nbase_url = 'vk.ru'", "begins with http://, https://"),
        ("[networks.vk]\nbase_url = 'https://'", "names a host"),
        ("[networks.vk]\nbase_url = 'http://h:99999'", "names a host"),
        ("[networks.vk]\nproxy = 'ftp://h'", "socks5://"),
        ("[networks.vk]\npreview_base_url = 'https://x'", "there is no such key"),
        ("[networks.telegramm]", "the nearest is networks.telegram"),
    ],
)
def test_a_wrong_setting_says_what_is_expected(text: str, told: str) -> None:
    found = problems(text)
    assert len(found) == 1
    assert told in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "[tokens.vk]\nkind = 'bot'\nenv = 'vk1.a.canary-7f3a'",
        "[tokens.vk]\nkind = 'bot'\nenv = ['vk1.a.canary-7f3a']",
        "[tokens.vk]\nkind = 'bot'\nenv = '123:canary-7f3a'",
        "[tokens.vk]\nkind = 'bot'\nfile = ['vk1.a.canary-7f3a']",
        "[tokens.vk]\nkind = 'bot'\nfile = 'vk1.a.canary-7f3a\u200e'",
        "[tokens.vk]\nkind = 'bot'\ncmd = 'vk1.a.canary-7f3a'",
        "[tokens.vk]\nkind = 'bot'\nenv = 'A'\nparams = { x = ['vk1.a.canary-7f3a'] }",
        "[networks.vk]\ntoken = 'vk1.a.canary-7f3a'",
        "[networks.vk]\ntoken = [5, 'vk1.a.canary-7f3a']",
    ],
)
def test_a_secret_that_stands_in_a_wrong_place_is_not_told(text: str) -> None:
    [found] = problems(text)
    assert "canary" not in found


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"[general]\nlanguage = \n", f"{PATH}:2:"),
        (b"[general\n", f"{PATH}:1:"),
        ("[general]\nавтор = 'Анна'".encode(), 'a key with such letters stands in quotes: "автор"'),
        (b"[general]\nauthor = 'a'\nauthor = 'b'", "stands here a second time"),
        (b"[general]\n[general]", "stands here a second time"),
        ('author = "Анна"'.encode("cp1251"), "save the file as UTF-8"),
        ("[general]".encode("utf-16"), "save the file as UTF-8"),
        (b"x = " + b"[" * 5000, "nested too deeply"),
        (b"#" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_broken_file_says_where(raw: bytes, told: str) -> None:
    found = problems(raw)
    assert len(found) == 1
    assert told in found[0]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parsed(b"\xef\xbb\xbf[general]\nlanguage = 'en'").language == "en"


def test_the_problems_speak_the_language_that_the_file_names() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(b"[general]\nlanguage = 'ru'\nlangage = 1", PATH, lambda: "en")
    assert "general.langage: такого ключа нет; ближайший\u00a0— general.language" in caught.value.message


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"[general]\nlanguage = 'ru'\nauthor = \n", "это не TOML (такого значения в TOML не бывает"),
        (b"[general]\nlanguage = 'ru'\n[x", "это не TOML (не хватает скобки)"),
        ('[general]\nlanguage = "ru"\nauthor = "Анна"'.encode("cp1251"), "сохраните файл как UTF-8"),
        (b"general.language = 'ru'\nx", "это не TOML (после ключа нет знака =)"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_told_in_the_language_that_it_names(
    raw: bytes, told: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(raw, PATH, lambda: "en")
    assert told in caught.value.message
    assert "config.example.toml" in caught.value.next_step
    assert caught.value.words.lang == "ru"


def test_doctor_speaks_one_language_of_broken_settings(ready: Program) -> None:
    ready.write_config("[general]\nlanguage = 'ru'\nlangage = 1\n")
    outcome = ready.run("doctor", "--offline", env={"LC_ALL": "en_US.UTF-8"})
    assert outcome.code == 1
    assert "База в порядке" in outcome.out
    assert "такого ключа нет" in outcome.out


def test_a_missing_file_is_an_error_only_when_it_was_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert load_config(path, required=False, language=lambda: "en") == Config(path)
    with pytest.raises(ConfigError, match="there is no such file"):
        load_config(path, required=True, language=lambda: "en")


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, required=False, language=lambda: "en")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_settings_or_problems(raw: bytes) -> None:
    try:
        assert isinstance(parse_config(raw, PATH, lambda: "en"), Config)
    except ConfigError as error:
        assert error.problems  # noqa: PT017 - either outcome is right


@given(st.sampled_from(["general", "tokens", "networks"]), st.sampled_from(["vk", "language"]), _VALUES)
def test_any_value_ends_in_settings_or_problems(section: str, key: str, value: object) -> None:
    from cli.config.check import Check
    from wording.words import Words

    check = Check("config.toml", lambda: Words("en"))
    config = check.config({section: {key: value}}, PATH)
    assert isinstance(config, Config)
    for problem in check.problems:
        assert "\n" not in str(problem)
