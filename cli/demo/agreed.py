"""What was agreed with the fictional clients: every kind of goal, some well, some badly off."""

from __future__ import annotations

from cli.demo.model import Change, Deal
from goals.model import GoalKind, Period

BATCH = "Старая партия"
NONFICTION = "Нон-фикшн"

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
        agreed_by="Ольга, владелица",
        changes=(
            Change(-20, "Ольга пересчитала остаток: 40 кг, восьми постов мало", {"amount": 12.0}),
            Change(-13, "Срок до конца месяца: склад освобождают к первому числу", {"deadline": 7}),
        ),
    ),
    Deal("stories", _TOTAL, 6, topic=BATCH, agreed_by="Ольга, владелица"),
    Deal("audience", _GAIN, 300, network="vk", agreed_by="Ольга, владелица"),
    Deal("likes", _TOTAL, 1_300, network="vk", agreed_by="Ольга, владелица"),
    Deal("engagement_rate", _AVERAGE, 3, network="vk", agreed_by="Ольга, владелица"),
)
SVECHA = (
    Deal("audience", _LEVEL, 3_000, start=-60, deadline=30, network="telegram", agreed_by="Пётр"),
    Deal("views", _AVERAGE, 900, network="vk", agreed_by="Пётр"),
    Deal("clips", _TOTAL, 8, network="vk", agreed_by="Пётр"),
    Deal("sales", _TOTAL, 60, agreed_by="Пётр"),
    Deal(
        "shares",
        _TOTAL,
        400,
        network="vk",
        agreed_by="Пётр",
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
    Deal("reply_time", _AVERAGE, 30, agreed_by="доктор Вера"),
    Deal("cost_per_lead", _AVERAGE, 350, agreed_by="доктор Вера"),
    Deal("leads", _TOTAL, 60, agreed_by="доктор Вера"),
    Deal("awareness", _LEVEL, 40, start=-60, deadline=60, baseline=25, agreed_by="доктор Вера"),
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
