"""Tokens put into the settings and taken out of them: whatever else stands there stays."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.config.file import with_token, without_token
from cli.exits import UserError
from wording.words import Words


@pytest.mark.parametrize(
    "before",
    [
        '[networks.vk]\ntoken = "a"\n[tokens.a]\nkind = "bot"\nenv = "A"\n',
        "[tokens.a]\nkind = 'bot'\nenv = 'A'\n[ networks . vk ]  # сеть\n  token = 'a' # один\nproxy = 'http://h'",
        '\ufeff[tokens.a]\r\nkind = "bot"\r\nenv = "A"\r\n[networks.vk]\r\ntoken = ["a"]\r\n',
        '[tokens.a]\nkind = "bot"\nenv = "A"\n[networks.vk]\ntoken = []\n',
        '[tokens.a]\nkind = "bot"\nenv = "A"\n[networks.vk]\n[networks.telegram]\ntoken = "a"\n',
        "",
    ],
)
def test_settings_of_any_shape_are_edited_right(before: str) -> None:
    old = tomllib.loads(before.removeprefix("\ufeff"))
    after = with_token(before, "new", "service", "tokens/new", "vk", Words("en"))
    new = tomllib.loads(after.removeprefix("\ufeff"))
    assert new["tokens"]["new"] == {"kind": "service", "file": "tokens/new"}
    had = old.get("networks", {}).get("vk", {}).get("token", [])
    tokens = new["networks"]["vk"]["token"]
    assert ([tokens] if isinstance(tokens, str) else tokens) == [
        *([had] if isinstance(had, str) else had),
        "new",
    ]
    for line in before.splitlines():
        if "token" not in line or "tokens." in line:
            assert line in after
    assert ("\r\n" in after) == ("\r\n" in before)


def test_where_a_list_goes_over_lines_it_is_told_what_to_add() -> None:
    before = '[tokens.a]\nkind = "bot"\nenv = "A"\n[networks."vk"]\ntoken = [\n  "a", # первый\n]\n'
    with pytest.raises(UserError) as caught:
        with_token(before, "new", "service", "tokens/new", "vk", Words("en"))
    assert "[tokens.new]" in caught.value.next_step


_COMMENTS = st.sampled_from(["", " # a ] comment", ' # token = "x"', " # [networks.vk]"])


_TOKENS = st.sampled_from(
    ["token='a'", 'token = ["a"]', 'token = [ "a", ]', "token = [\n'a'\n]", "proxy='http://h'"]
)


@given(_COMMENTS, _TOKENS, _COMMENTS, st.booleans())
def test_editing_never_spoils_the_settings(first: str, token: str, second: str, first_network: bool) -> None:
    tokens = "[tokens.a]\nkind = 'bot'\nenv = 'A'\n"
    network = f"[networks.vk]{first}\n{token}{second}\n"
    before = network + tokens if first_network else tokens + network
    try:
        after = with_token(before, "b", "bot", "f", "vk", Words("en"))
    except UserError:
        assert "\n" in token
        return
    tree, old = tomllib.loads(after), tomllib.loads(before)
    del tree["tokens"]["b"]
    assert tree["tokens"] == old["tokens"]
    named = tree["networks"]["vk"].pop("token")
    old["networks"]["vk"].pop("token", None)
    assert tree["networks"] == old["networks"]
    assert "b" in named


@given(_COMMENTS, _TOKENS, _COMMENTS, st.booleans(), st.sampled_from(["a", "b"]))
def test_taking_a_token_out_never_spoils_the_settings(
    first: str, token: str, second: str, first_network: bool, name: str
) -> None:
    tokens = (
        "# один\n[tokens.a]\nkind = 'bot'\nenv = 'A'\n[tokens.a.params]\nx = 1\n\n"
        "# два\n[tokens.b]\nkind = 'bot'\nenv = 'B'\n"
    )
    network = f"[networks.vk]{first}\n{token}{second}\n"
    before = network + tokens if first_network else tokens + network
    try:
        after = without_token(before, name, Words("en"))
    except UserError as error:
        assert "\n" in token
        assert "[tokens." in error.next_step  # noqa: PT017 - telling what to take out is right here
        return
    tree, old = tomllib.loads(after), tomllib.loads(before)
    del old["tokens"][name]
    assert tree["tokens"] == old["tokens"]
    was, named = old["networks"]["vk"].pop("token", []), tree["networks"]["vk"].pop("token", [])
    assert [one for one in was if one != name] == list(named)
    assert tree["networks"] == old["networks"]
    assert "# два" in after
