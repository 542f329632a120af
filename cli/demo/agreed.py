"""What was agreed with the fictional clients: every kind of goal, some well, some badly off."""

from __future__ import annotations

from cli.demo.model import Change, Deal, Sure
from cli.demo.pacts import BATCH, CHECKUP, OLGA, PETR, TASTING, VERA
from goals.model import GoalKind, Period
from goals.records import Confidence

NONFICTION = "Нон-фикшн"
_GREEN, _RISK = Confidence.ON_TRACK, Confidence.RISK

_LEVEL, _GAIN, _PERCENT = GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT
_TOTAL, _AVERAGE, _RATE = GoalKind.TOTAL_IN_PERIOD, GoalKind.AVERAGE, GoalKind.KEEP_RATE

#: The figures grow, but what the client asked for is hardly begun.
ZERNO = (
    Deal(
        "posts",
        _TOTAL,
        8,
        deadline=4,
        topic=BATCH,
        agreed_by=OLGA,
        priority=1,
        term="topic:старая партия:*:post",
        sure=(Sure(-14, _GREEN), Sure(-7, _RISK, "ждём фото склада от Ольги")),
        changes=(
            Change(-20, "Ольга пересчитала остаток: 40 кг, восьми постов мало", {"amount": 12.0}),
            Change(-13, "Срок до конца месяца: склад освобождают к первому числу", {"deadline": 7}),
        ),
    ),
    Deal(
        "stories",
        _TOTAL,
        6,
        topic=BATCH,
        agreed_by=OLGA,
        priority=1,
        term="topic:старая партия:*:story",
        sure=(Sure(-7, _RISK, "снимать нечего: склад закрыт до четверга"),),
    ),
    Deal(
        "audience",
        _GAIN,
        300,
        network="vk",
        agreed_by=OLGA,
        priority=3,
        term="kpi:audience:vk:gain",
        sure=(Sure(-14, _GREEN), Sure(-7, _GREEN)),
    ),
    Deal("likes", _TOTAL, 1_300, network="vk", agreed_by=OLGA),
    Deal("engagement_rate", _AVERAGE, 3, network="vk", agreed_by=OLGA),
    Deal("posts", _TOTAL, 4, topic=TASTING, agreed_by=OLGA, priority=2, term="topic:дегустации:*:post"),
)
SVECHA = (
    Deal(
        "audience",
        _LEVEL,
        3_000,
        start=-60,
        deadline=30,
        network="telegram",
        agreed_by=PETR,
        term="kpi:audience:telegram:reach_level",
    ),
    Deal("views", _AVERAGE, 900, network="vk", agreed_by=PETR, term="kpi:views:vk:average"),
    Deal("clips", _TOTAL, 8, network="vk", agreed_by=PETR, priority=2, term="content:vk:clip:once"),
    Deal("sales", _TOTAL, 60, agreed_by=PETR, priority=1, term="kpi:sales:*:total_in_period"),
    Deal(
        "shares",
        _TOTAL,
        400,
        network="vk",
        agreed_by=PETR,
        term="kpi:shares:vk:total_in_period",
        changes=(Change(-15, "Конкурс репостов отменили: призы не приехали", {"dropped": True}),),
    ),
)
HLEB = (
    Deal("audience", _PERCENT, 10, network="telegram", agreed_by="Семён Ильич"),
    Deal("posts", _RATE, 5, start=-60, deadline=30, period=Period.WEEK, network="telegram"),
    Deal("reach", _AVERAGE, 1_500, network="vk", agreed_by="Семён Ильич"),
)
RASSVET = (
    Deal("audience", _LEVEL, 2_500, start=-40, deadline=20, network="vk", agreed_by="Алина"),
    Deal("stories", _RATE, 3, start=-40, deadline=20, period=Period.WEEK, network="vk"),
)
PEREPLET = (
    Deal("leads", _TOTAL, 40, start=-3, deadline=27, agreed_by="Нина Павловна"),
    Deal("posts", _TOTAL, 16, start=-3, deadline=27, topic=NONFICTION, agreed_by="Нина Павловна"),
    Deal("audience", _LEVEL, 5_000, start=-50, deadline=-5, network="vk", agreed_by="Нина Павловна"),
    Deal("views", _TOTAL, 60_000, start=-38, deadline=-8, network="vk", agreed_by="Нина Павловна"),
)
LAPA = (
    Deal("reply_time", _AVERAGE, 30, agreed_by=VERA, term="kpi:reply_time:*:average"),
    Deal("cost_per_lead", _AVERAGE, 350, agreed_by=VERA, term="kpi:cost_per_lead:*:average"),
    Deal(
        "leads",
        _TOTAL,
        60,
        agreed_by=VERA,
        priority=1,
        term="kpi:leads:*:total_in_period",
        sure=(Sure(-7, _RISK, "заявки встали после праздников"),),
    ),
    Deal(
        "awareness",
        _LEVEL,
        45,
        start=-60,
        deadline=60,
        baseline=25,
        agreed_by=VERA,
        priority=2,
        term="kpi:awareness:*:reach_level",
        changes=(Change(-25, "Опрос показал: за два месяца 45 % не набрать, ставим 40 %", {"amount": 40.0}),),
    ),
    Deal("topic_share", _AVERAGE, 10, topic=CHECKUP, agreed_by=VERA, priority=1, term="topic:чек-ап"),
)
PION = (
    Deal("leaves", _TOTAL, 90, network="vk", agreed_by="Кира"),
    Deal("audience", _GAIN, 150, network="vk", agreed_by="Кира"),
    Deal("stories", _TOTAL, 18, network="vk", agreed_by="Кира"),
    Deal("revenue", _TOTAL, 300_000, deadline=None),
)
ME = (
    Deal("income", _TOTAL, 120_000),
    Deal("hours", _TOTAL, 120),
    Deal("posts", _RATE, 3, start=-50, deadline=40, period=Period.WEEK, network="telegram"),
    Deal("clients", _LEVEL, 8, start=-60, deadline=30, baseline=5),
)
