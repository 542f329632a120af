"""The agreement as a file for an editor: nothing is lost, and all that is wrong is told at once."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.agreement.file import known_networks, read_agreement
from cli.config.values import Problem
from goals.agreement.checks import TermProblem
from goals.agreement.schema import SECTIONS
from goals.agreement.terms import ClientSide, ContentLine, Priority, Scope, Terms
from goals.model import Period
from tests.goals.agreement.build import COFFEE, terms
from wording.agreements.fields import FIELDS
from wording.agreements.fields import SECTIONS as SECTION_TEXTS
from wording.agreements.problems import PROBLEMS, problem_text
from wording.words import Words
from work.agreement_file import write_agreement

RU, EN = Words("ru"), Words("en")
NETWORKS = ("vk", "telegram", "ok")
CLIENT = "Кофейня «Зерно»"
BOTH = pytest.mark.parametrize("words", [RU, EN], ids=["ru", "en"])


def read(text: str, words: Words = EN) -> Terms:
    found = read_agreement(text, "agreement.toml", words, NETWORKS)
    assert isinstance(found, Terms), list(map(str, found))
    return found


def problems(text: str, words: Words = EN) -> list[Problem]:
    found = read_agreement(text, "agreement.toml", words, NETWORKS)
    assert isinstance(found, list)
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@BOTH
def test_the_whole_template_comes_back(words: Words) -> None:
    assert read(write_agreement(COFFEE, CLIENT, words)) == COFFEE


@settings(max_examples=40, deadline=None)
@given(terms(), st.text(), st.sampled_from([RU, EN]))
def test_any_terms_come_back_whatever_the_client_is_called(some: Terms, client: str, words: Words) -> None:
    assert read(write_agreement(some, client, words)) == some


@BOTH
def test_an_empty_template_says_nothing_and_explains_every_key(words: Words) -> None:
    text = write_agreement(Terms(), CLIENT, words)
    assert read(text) == Terms()
    assert max(map(len, text.splitlines())) <= 120
    for section in SECTIONS:
        assert f"[{section.name}]" in text
        assert words.text(SECTION_TEXTS[section.name]) in text
        for key in section.keys:
            first_line = words.text(FIELDS[f"{section.name}.{key}"])[:40]
            assert first_line in text, key
            assert re.search(rf"^(?:#\s+)?{key}\b", text, re.MULTILINE), key


@BOTH
def test_the_examples_of_the_template_are_right_themselves(words: Words) -> None:
    uncommented = re.sub(
        r"^# (?=\[\[?\w+\]\]?$|\w+ = )", "", write_agreement(Terms(), CLIENT, words), flags=re.MULTILINE
    )
    found = read(uncommented)
    assert all(getattr(found, section.name) for section in SECTIONS if section.many)
    assert found.report.questions is not None
    assert len(found.report.questions) == 3


def test_the_template_in_russian_names_client_and_keys() -> None:
    lines = write_agreement(Terms(), CLIENT, RU).splitlines()
    assert lines[0] == "# Договорённости с клиентом: Кофейня «Зерно»"
    place = lines.index("[approval]")
    assert plain(lines[place - 1]) == "# === Согласование контента"
    assert plain("\n".join(lines[place + 1 : place + 3])) == (
        "# до какого числа месяца готов контент-план *\n# plan_day = 25"
    )
    assert '# questions = ["Что хотели?", "Что вышло и\u00a0почему?", "Что делаем дальше?"]' in lines


def test_what_is_said_stands_without_a_sign_before_it() -> None:
    text = write_agreement(Terms(content=(ContentLine("post", 3, "vk", Period.WEEK),)), CLIENT, EN)
    assert '[[content]]\nnetwork = "vk"\nformat = "post"\namount = 3\nperiod = "week"\n' in text
    assert "# [[content]]" not in text


def test_texts_of_any_kind_are_written_safely() -> None:
    hostile = 'a "quote" \\ back\nslash # no comment [x] = 1 \U000e0001 \u202e 👩‍🚀'
    some = Terms(
        client=ClientSide(about=hostile),
        scope=Scope((hostile, "'''", '"""')),
        priorities=(Priority(hostile),),
    )
    text = write_agreement(some, "x\n[client]\nabout = 1", EN)
    assert read(text) == some
    assert "\u202e" not in text
    assert tomllib.loads(text)["client"]["about"] == hostile


def test_every_problem_is_told_with_its_path_in_the_order_of_the_file() -> None:
    text = """
    contents = 1
    [hours]
    month = "тридцать"
    dayz_off = ["sat"]
    [[content]]
    network = "vkk"
    format = "post"
    amount = 0
    [[content]]
    format = "story"
    amount = 2
    [dates]
    start = 2026-12-01
    end = 2026-11-01
    """
    assert [plain(str(problem)).removeprefix("agreement.toml: ") for problem in problems(text)] == [
        "contents: there is no such key; the nearest is content",
        "dates.end: lies before dates.start",
        "content[0].network: one of vk, telegram, ok is expected, found «vkk»; the nearest is vk",
        "content[0].amount: a number from 1 to 10,000 is expected, found 0",
        "content[1].period: say how often (period) or until which day (until)",
        "hours.dayz_off: there is no such key; the nearest is days_off",
        "hours.month: a number is expected, found «тридцать»",
    ]
    assert [plain(problem.text) for problem in problems(text, RU)][:4] == [
        "такого ключа нет; ближайший — content",
        "раньше, чем dates.start",
        "нужно одно из: vk, telegram, ok, а здесь «vkk»; ближайшее — vk",
        "нужно число от 1 до 10 000, а здесь 0",
    ]


def test_a_slip_in_the_toml_is_told_with_its_line() -> None:
    (problem,) = problems('[client]\nabout = "a"\n[hours]\nmonth = тридцать\n')
    assert problem.where == "agreement.toml:4:9"
    assert "TOML" in problem.text
    (nested,) = problems("[scope]\nnot_included = " + "[" * 100_000)
    assert nested.text == "nested too deeply"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[report]\nday = {'9' * 5000}", "a number has too many digits"),
        (f"[report]\nday = 0x{'f' * 5000}", "a number from 1 to 31 is expected, found …"),
        ("[hours]\nmonth = inf", "a number from 0.25 to 744 is expected, found inf"),
    ],
)
def test_a_monstrous_number_is_refused_like_any_other(text: str, said: str) -> None:
    assert [problem.text for problem in problems(text)] == [said]


@settings(max_examples=100, deadline=None)
@given(st.text(), st.integers(0, 5000), st.integers(0, 40))
def test_any_edit_of_the_file_is_read_or_refused(typed: str, place: int, gone: int) -> None:
    text = write_agreement(COFFEE, CLIENT, RU)
    found = read_agreement(text[:place] + typed + text[place + gone :], "agreement.toml", RU, NETWORKS)
    assert isinstance(found, Terms) or (found and all(map(str, found)))


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    text = write_agreement(COFFEE, CLIENT, RU)
    assert read("\ufeff" + text.replace("\n", "\r\n")) == COFFEE


def test_a_hostile_key_cannot_write_to_the_terminal() -> None:
    (problem,) = problems('"\\u001b[31mred" = 1')
    assert "\x1b" not in str(problem)


def test_networks_that_may_be_named() -> None:
    networks = known_networks()
    assert {"vk", "telegram", "instagram"} <= set(networks)
    assert not {"manual", "metrika"} & set(networks)


@BOTH
def test_every_problem_has_its_sentence(words: Words) -> None:
    facts = {
        "near": "vk", "choices": ("vk", "ok"), "found": "x\x1b[0m", "low": 0, "high": 1.5, "limit": 50,
        "section": "content", "twin": "content[0]", "other": "dates.start", "metric": "reach",
        "first": "2000-01-01", "last": "2036-11-23",
    }  # fmt: skip
    for code in PROBLEMS:
        sentence = problem_text(words, code, facts)
        assert sentence
        assert "{" not in sentence
        assert "\x1b" not in sentence
    anything = TermProblem("accounts[0].network", "network", {"found": "VK!", "choices": (), "near": ""})
    assert "«VK!»" in problem_text(words, anything.code, anything.facts)
