"""What if: any two of amount, date and weekly rate give the third; steps are round and come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.facts import DayValue, Facts
from goals.model import Account, AccountId, Client, ClientId, Goal, GoalId, GoalKind
from goals.workcalendar import EVERYDAY
from work.goal_draft import Answers, Known, Said, said_goals
from work.goal_twins import twin_of
from work.what_if import rate_of, with_amount_moved, with_date_moved, with_rate_moved

TODAY = date(2026, 11, 23)
VK = Account(AccountId(1), ClientId(1), "vk", "zerno")


def known(*accounts: Account, topics: tuple[str, ...] = ()) -> Known:
    return Known(Client(ClientId(1), "Зерно"), TODAY, accounts, topics, (), (), EVERYDAY)


def grown(line: str, answers: Answers | None = None) -> Said:
    """The goal of a line on an account that has grown by ten a day, to 5 000 today."""
    client = known(VK)
    said_goals(client, line)
    days = [TODAY - timedelta(days=n) for n in reversed(range(60))]
    facts = Facts(days=tuple(DayValue(day, 5000.0 - 10 * (TODAY - day).days) for day in days))
    client.figures.take(dict.fromkeys(client.figures.wanted, facts))
    said_goals(client, line)  # a reading that the figures rule out may ask for others
    client.figures.take({**client.figures.found, **dict.fromkeys(client.figures.wanted, facts)})
    [said] = said_goals(client, line, [answers or Answers()])
    assert not said.waits
    return said


def moved(line: str, steps: int) -> float | None:
    said = grown(line)
    return with_amount_moved(said, Answers(), steps).amount


@pytest.mark.parametrize(
    ("line", "steps", "amount"),
    [
        ("+300 подписчиков до 31.12", 1, 310), ("+300 подписчиков до 31.12", -1, 290),
        ("+305 подписчиков до 31.12", 1, 310), ("+305 подписчиков до 31.12", -1, 300),
        ("12 постов до 31.12", 1, 13), ("12 постов до 31.12", -1, 11), ("1 пост до 31.12", -1, 1),
        ("+100 подписчиков до 31.12", -1, 99), ("+99 подписчиков до 31.12", 1, 100),
        ("+5% подписчиков до 31.12", 1, 5.1), ("доход 120 000 до 31.12", 1, 130_000),
    ],
)  # fmt: skip
def test_the_amount_goes_in_round_steps(line: str, steps: int, amount: float) -> None:
    assert moved(line, steps) == pytest.approx(amount)


@given(st.integers(1, 100_000), st.integers(-3, 3).filter(bool))
def test_an_amount_goes_where_the_arrow_points_and_stays_over_nothing(amount: int, steps: int) -> None:
    after = moved(f"+{amount} подписчиков в вк до 31.12", steps)
    assert after is not None
    assert after >= 1
    assert after > amount if steps > 0 else after < amount or amount == 1


def test_what_was_not_said_begins_somewhere() -> None:
    said = grown("хочу новых подписчиков в вк")
    assert with_amount_moved(said, Answers(), 1).amount == 1.0
    dated = with_date_moved(said, Answers(), 1, TODAY)
    assert dated.deadline == date(2026, 11, 30)
    with_day = grown("хочу новых подписчиков в вк", dated)
    assert with_day.outlook is not None
    assert with_day.outlook.amounts is not None
    assert with_amount_moved(with_day, dated, 1).amount == with_day.outlook.amounts.even


def test_a_rate_moves_the_date_and_leaves_the_amount() -> None:
    said = grown("+70 подписчиков в вк до 30.11")
    assert rate_of(said, TODAY) == pytest.approx(70 * 7 / 8)
    faster = with_rate_moved(said, Answers(), 1, TODAY)
    assert (faster.amount, faster.deadline) == (None, date(2026, 11, 30))
    slower = with_rate_moved(said, Answers(), -20, TODAY)
    assert slower.deadline is not None
    after = grown("+70 подписчиков в вк до 30.11", slower)
    assert rate_of(after, TODAY) == pytest.approx(42, abs=3)
    assert after.draft.amount == 70


def test_the_way_to_a_level_and_of_per_cent_has_a_rate_a_mean_has_none() -> None:
    assert rate_of(grown("5140 подписчиков в вк всего до 06.12"), TODAY) == pytest.approx(70)
    assert rate_of(grown("+2% подписчиков в вк до 29.11"), TODAY) == pytest.approx(100)
    assert rate_of(grown("средний охват поста 500 в вк до 30.11"), TODAY) is None
    still = grown("средний охват поста 500 в вк до 30.11")
    assert with_rate_moved(still, Answers(), 1, TODAY) == Answers()


def test_a_day_never_comes_before_today() -> None:
    said = grown("+70 подписчиков в вк до 24.11")
    assert with_date_moved(said, Answers(), -9, TODAY).deadline == TODAY


def test_a_chance_falls_with_the_amount_and_grows_with_the_date() -> None:
    line = "+80 подписчиков в вк до 30.11"
    usual, more = grown(line), grown(line, Answers(amount=120))
    later = grown(line, Answers(deadline=date(2026, 12, 31)))
    assert chance(more) < chance(usual) < chance(later)


def chance(said: Said) -> float:
    assert said.outlook is not None
    assert said.outlook.outlook.chance is not None
    return said.outlook.outlook.chance


def test_what_is_not_read_yet_is_asked_for_once_and_said_to_wait() -> None:
    client = known(VK)
    [said] = said_goals(client, "+300 подписчиков в вк до 31.12")
    assert said.waits
    assert {scope.metric for scope in client.figures.wanted} == {"audience"}
    client.figures.take(dict.fromkeys(client.figures.wanted, Facts()))
    [said] = said_goals(client, "+300 подписчиков в вк до 31.12")
    assert not said.waits
    assert not client.figures.wanted


@pytest.mark.parametrize(
    ("said", "name"),
    [("старую партию", "Старая партия"), ("партии старой", "Старая партия"), ("новинки", "Новинки")],
)
def test_a_topic_is_known_in_any_case(said: str, name: str) -> None:
    [goal] = said_goals(known(VK, topics=("Старая партия",)), f"5 постов про {said} до 31.12")
    assert goal.goal.topic == name


def test_only_a_chosen_network_counts_where_the_words_name_none() -> None:
    telegram = Account(AccountId(2), ClientId(1), "telegram", "zerno")
    client = known(VK, telegram)
    [both] = said_goals(client, "+50 подписчиков до 31.12")
    assert (both.networks, both.goal.network) == (("vk", "telegram"), None)
    [one] = said_goals(client, "+50 подписчиков до 31.12", [Answers(network="telegram")])
    assert (one.goal.network, one.goal.account_id) == ("telegram", telegram.id)
    [named] = said_goals(client, "+50 подписчиков в вк до 31.12", [Answers(network="telegram")])
    assert (named.networks, named.goal.network) == ((), "vk")


@pytest.mark.parametrize(
    ("start", "deadline", "dropped", "is_twin"),
    [
        (TODAY, date(2026, 12, 31), False, True),
        (date(2027, 1, 1), date(2027, 1, 31), False, False),
        (TODAY, date(2026, 12, 31), True, False),
        (date(2026, 10, 1), date(2026, 10, 31), False, False),
    ],
)
def test_a_twin_lives_on_the_same_days(start: date, deadline: date, dropped: bool, is_twin: bool) -> None:
    def goal(start: date, deadline: date, *, dropped: bool = False) -> Goal:
        kind = GoalKind.GAIN
        return Goal(
            GoalId(1),
            ClientId(1),
            "audience",
            kind,
            5,
            start,
            network="vk",
            deadline=deadline,
            dropped=dropped,
        )

    living = goal(start, deadline, dropped=dropped)
    found = twin_of(goal(TODAY, date(2026, 12, 15)), [living], [VK], TODAY)
    assert (found is not None) == is_twin
