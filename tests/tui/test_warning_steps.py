"""What to press against a warning: a key that works where one is, or the command line."""

from __future__ import annotations

import pytest

from goals.model import ClientId
from goals.warnings.finding import Severity, Step, Warning  # noqa: A004 - the word of the trade
from tests.tui.test_columns import goal_row
from tui.commands.command import Area, Command, every_command
from tui.keys import shown
from tui.warnings.steps import _STEPS, _WAYS, step_text
from wording.words import Words

RU = Words("ru")


def key_of(command: type[Command]) -> str:
    return shown(command.keys[0])


def warning(step: Step, *, goal: bool = True, rule: str = "rule", **facts: str) -> Warning:
    row = goal_row() if goal else None
    return Warning(rule, Severity.HIGH, "key", ClientId(1), step, goal=row, facts=dict(facts))


def told(found: Warning, here: Area = Area.WARNINGS, *, own: bool = False) -> str:
    return step_text(RU, found, "Зерно", key_of, here, own=own)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (warning(Step.PLAN_CONTENT), "+ поставит публикацию в план"),
        (warning(Step.LOG, goal=False), "+ запишет цифру"),
        (warning(Step.SYNC, goal=False), "s соберёт цифры сейчас"),
        (warning(Step.ASK_YES), "Спросите клиента; Enter, g запишет согласие"),
        (warning(Step.TALK, rule="confidence"), "Enter, y: насколько вы уверены теперь"),
        (warning(Step.ADD_ACCOUNT), "8, n добавит аккаунт"),
        (
            warning(Step.CONFIRM_JUMP, goal=False),
            "Выясните, откуда они; если люди настоящие, Space это подтвердит",
        ),
        (
            warning(Step.RENEGOTIATE, goal=False),
            "Согласуйте с клиентом, что реально; 5 откроет договорённости",
        ),
    ],
)
def test_the_key_of_the_dashboard_is_told(found: Warning, said: str) -> None:
    assert told(found) == said


def test_on_the_goal_itself_its_own_keys_need_no_way() -> None:
    assert told(warning(Step.ASK_YES), Area.GOAL) == "Спросите клиента; g запишет согласие"


@pytest.mark.parametrize(
    ("found", "own"),
    [
        (warning(Step.COLLECT_STORIES, goal=False), False),
        (warning(Step.IMPORT), False),
        (warning(Step.RENEGOTIATE, goal=False), True),
    ],
)
def test_without_a_key_the_command_line_is_told(found: Warning, own: bool) -> None:
    assert "smm " in told(found, own=own)


def test_a_trouble_says_itself_what_to_do() -> None:
    facts = {"trouble": "vk.5", "kind": "auth", "detail": "", "trouble_token": "vk-main"}
    assert "smm token replace vk-main" in told(warning(Step.SYNC, goal=False, **facts))


def test_every_step_that_leads_elsewhere_has_a_way_there() -> None:
    known = {command.id for command in every_command()}
    for command, _ in _STEPS.values():
        assert command.id in known
        assert command.area is Area.EVERYWHERE or command.area in _WAYS
