"""What was agreed with three of the fictional clients, line by line; days are offsets from today."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from cli.demo.model import MONTH, Asked, Pact, Talk
from goals.agreement.terms import (
    Ads,
    AgreedAccount,
    Approval,
    ClientSide,
    ContentLine,
    Dates,
    Hours,
    KpiLine,
    MaterialLine,
    Payment,
    Priority,
    Replies,
    Report,
    Rights,
    Scope,
    Terms,
    TopicLine,
    Weekday,
)
from goals.model import GoalKind, Period

if TYPE_CHECKING:
    from cli.demo.moment import Moment

BATCH, TASTING, CHECKUP = "Старая партия", "Дегустации", "Чек-ап"
OLGA, PETR, VERA = "Ольга, владелица", "Пётр", "доктор Вера"
_FIRST, _LAST = MONTH
_QUESTIONS = ("Что хотели и зачем?", "Что вышло и почему?", "Что делаем дальше?")


def _dates(moment: Moment, first: int = _FIRST) -> Dates:
    return Dates(moment.day(first), moment.day(first + 180), renews=True, notice_days=14)


def _zerno(moment: Moment, batch_posts: int) -> Terms:
    until = moment.day(_LAST)
    return Terms(
        client=ClientSide("кофейня на Садовой, своя обжарка", "Ольга, сообщения в Telegram", OLGA),
        dates=_dates(moment),
        accounts=(
            AgreedAccount("vk", "vk.com/zerno_smm_demo", "Ольга", "редактор", 4_812, moment.day(_FIRST)),
            AgreedAccount("telegram", "t.me/zerno_tg_smm_demo", "Ольга", "администратор"),
        ),
        priorities=(
            Priority("Распродать старую партию", season_end=until),
            Priority("Запись на дегустации"),
            Priority("Больше своих в районе"),
        ),
        topics=(
            TopicLine(BATCH, amount=batch_posts, format="post", until=until, priority=1),
            TopicLine(BATCH, amount=6, format="story", until=until, priority=1),
            TopicLine(TASTING, amount=4, format="post", until=until, priority=2),
        ),
        content=(
            ContentLine("post", 5, "vk", Period.WEEK),
            ContentLine("story", 4, "vk", Period.WEEK),
            ContentLine("post", 3, "telegram", Period.WEEK),
        ),
        kpis=(
            KpiLine(
                "audience", GoalKind.GAIN, "vk", 4_812, 300, until=until,
                where="статистика сообщества", priority=3,
            ),
        ),
        materials=(
            MaterialLine("фото склада и остатки по сортам", "Ольга", 10),
            MaterialLine("расписание дегустаций", "бариста Лёша", 25),
        ),
        approval=Approval(25, 2, silence_is_consent=True, rounds=2),
        replies=Replies("Анна", time(10), time(20), 30, "жалобы и заказы опта"),
        hours=Hours(
            30, time(10), time(19), (Weekday.SAT, Weekday.SUN), urgent=True, urgent_price="1 500 ₽ за пост"
        ),
        ads=Ads(10_000, "клиент", setup_included=True),
        scope=Scope(("съёмка", "дизайн меню", "ответы ночью")),
        report=Report(3, "одна страница", 5, 30, moment.day(3), _QUESTIONS),
        payment=Payment(36_000, 5, "500 ₽ за пост сверх договорённости"),
        rights=Rights("тексты и макеты — клиенту", portfolio=True, personal_data="не собираем"),
    )  # fmt: skip


def _zerno_first(moment: Moment) -> Terms:
    return _zerno(moment, 8)


def _zerno_now(moment: Moment) -> Terms:
    return _zerno(moment, 12)


def _svecha(moment: Moment) -> Terms:
    until = moment.day(_LAST)
    return Terms(
        client=ClientSide("мастерская свечей, мастер-классы по субботам", "Пётр, звонки после 12:00", PETR),
        dates=_dates(moment),
        accounts=(
            AgreedAccount("vk", "vk.com/svecha_smm_demo", "Пётр", "редактор"),
            AgreedAccount("telegram", "t.me/svecha_tg_smm_demo", "Пётр", "администратор"),
        ),
        priorities=(Priority("Продать подарочные наборы"), Priority("Заполнить мастер-классы")),
        content=(
            ContentLine("post", 3, "vk", Period.WEEK),
            ContentLine("post", 2, "telegram", Period.WEEK),
            ContentLine("clip", 8, "vk", until=until, priority=2),
        ),
        kpis=(
            KpiLine("sales", GoalKind.TOTAL_IN_PERIOD, amount=60, until=until, where="касса", priority=1),
            KpiLine("audience", GoalKind.REACH_LEVEL, "telegram", amount=3_000, until=moment.day(30)),
            KpiLine("views", GoalKind.AVERAGE, "vk", amount=900, until=until),
            KpiLine("shares", GoalKind.TOTAL_IN_PERIOD, "vk", amount=400, until=until),
        ),
        materials=(MaterialLine("фото новых наборов", "Пётр", 20),),
        approval=Approval(28, 1, silence_is_consent=False, rounds=1),
        replies=Replies("Пётр"),
        hours=Hours(24, time(11), time(18), (Weekday.SAT, Weekday.SUN), urgent=False),
        ads=Ads(5_000, "клиент", setup_included=False),
        scope=Scope(("упаковка", "фотосъёмка", "сайт")),
        report=Report(2, "созвон и таблица", 4, 20, moment.day(9), _QUESTIONS),
        payment=Payment(28_000, 1),
        rights=Rights("клипы — клиенту", portfolio=True),
    )


def _lapa(moment: Moment) -> Terms:
    until = moment.day(_LAST)
    return Terms(
        client=ClientSide("ветклиника, приём круглосуточно", "администратор, почта", VERA),
        dates=_dates(moment, -60),
        accounts=(AgreedAccount("vk", "vk.com/lapa_smm_demo", "клиника", "редактор"),),
        priorities=(Priority("Запись на чек-ап кошек"), Priority("Узнаваемость в районе")),
        topics=(TopicLine(CHECKUP, share=0.1, priority=1),),
        content=(ContentLine("post", 3, "vk", Period.WEEK),),
        kpis=(
            KpiLine(
                "leads", GoalKind.TOTAL_IN_PERIOD, amount=60, until=until,
                where="журнал записи", depends_on_client=True, priority=1,
            ),
            KpiLine("reply_time", GoalKind.AVERAGE, amount=30, until=until),
            KpiLine("cost_per_lead", GoalKind.AVERAGE, amount=350, until=until),
            KpiLine(
                "awareness", GoalKind.REACH_LEVEL, baseline=25, amount=45, until=moment.day(60),
                where="опрос в приёмной", priority=2,
            ),
        ),
        materials=(MaterialLine("истории пациентов с согласием хозяев", VERA, 15),),
        approval=Approval(27, 3, silence_is_consent=False, rounds=2),
        replies=Replies("администратор", time(8), time(22), 30, "медицинские вопросы"),
        hours=Hours(20, time(9), time(18), (Weekday.SUN,), urgent=True, urgent_price="по договорённости"),
        ads=Ads(15_000, "клиент", setup_included=True),
        scope=Scope(("консультации врачей", "съёмка операций")),
        report=Report(1, "одна страница", 6, 40, moment.day(13), _QUESTIONS),
        payment=Payment(32_000, 10),
        rights=Rights("тексты — клинике", portfolio=False, personal_data="имена хозяев не называем"),
    )  # fmt: skip


ZERNO = (
    Pact(-24, "", _zerno_first, OLGA, -23),
    Pact(-20, "Ольга пересчитала остаток: 40 кг, восьми постов мало", _zerno_now, OLGA, -20),
)
SVECHA = (Pact(-24, "", _svecha, PETR, -23),)
LAPA = (Pact(-62, "", _lapa, VERA, -61),)

ZERNO_TALKS = (
    Talk(
        -13,
        ("Срок до конца месяца: склад освобождают к первому числу", "Фото склада Ольга пришлёт на неделе"),
        "Ольга спрашивает, почему про партию почти не пишем",
    ),
)
SVECHA_TALKS = (Talk(-15, ("Конкурс репостов отменили: призы не приехали",)),)
LAPA_TALKS = (Talk(-25, ("Опрос показал: за два месяца 45 % не набрать, ставим 40 %",)),)

ZERNO_ASKED = (
    Asked("фото склада и остатки по сортам", -9),
    Asked("цены на остатки", -21, came=-20),
)
LAPA_ASKED = (Asked("истории пациентов с согласием хозяев", -2),)
