"""The Russian catalogue is complete, agrees with its sources, and is compiled."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from wording.compile import LANGS, compiled, messages_of, problems, read_catalogue
from wording.words import CATALOGUES, NBSP

IN_AN_F_STRING = """
f"{title}. {words.text('Saved')}"
f"{words.plural('{n} post', '{n} posts', 3)} {words.text('in all')}"
"""


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        ('words.text("one " "sentence {n}", n=1)', ["one sentence {n}"]),
        ('A = mark("post"), mark_plural("{n} day", "{n} days")', ["post", ("{n} day", "{n} days")]),
        (IN_AN_F_STRING, ["Saved", ("{n} post", "{n} posts"), "in all"]),
        ("words.text(NAMES[1]), words.plural(*PAIR, 2), found.text()", []),
    ],
)
def test_messages_are_found_wherever_they_are_said(code: str, messages: list[object]) -> None:
    assert list(messages_of(code)) == messages


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_missing_fuzzy_or_unused(lang: str) -> None:
    assert problems(lang) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_compiled_catalogue_is_that_of_the_sources(lang: str) -> None:
    assert (CATALOGUES / lang / "smm.mo").read_bytes() == compiled(lang), "run: make words"


def _fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("lang", LANGS)
def test_placeholders_are_the_same_in_both_languages(lang: str) -> None:
    for message in read_catalogue(lang):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        allowed = set().union(*map(_fields, ids))
        for text in strings:
            assert _fields(text) <= allowed, text


def test_russian_typography() -> None:
    """No straight quotes, no hyphen for a dash or a minus, the number holds its noun by a hard space."""
    for message in read_catalogue("ru"):
        if not message.id:
            continue
        for text in [message.string] if isinstance(message.string, str) else list(message.string or ()):
            prose = re.sub(r"\{[^}]*\}|https?://\S+|--?[a-z][\w-]*|\"[^\"]*\"(?==)", "", text)
            assert " - " not in prose, text
            assert not re.search(r"\s[—–]$", prose), text
            assert "..." not in prose, text
            if isinstance(message.id, tuple) and "{n} " in text:
                assert f"{{n}}{NBSP}" in text or "{n} ч" in text, text
