"""The fictional clients. None of them exists; the handles say so."""

from __future__ import annotations

from cli.demo import agreed, pacts, texts
from cli.demo.model import Page, Part, Piece, Rest, Single, Spread, Steady
from goals.model import PostKind

ANNA, IGOR, MARINA = "Анна Ковалёва", "Игорь Лапин", "Марина Зуева"
_WORKDAYS = (0, 1, 2, 3, 4)
_ZERNO_VK, _ZERNO_TG = "zerno_smm_demo", "zerno_tg_smm_demo"


def _pieces() -> tuple[Piece, ...]:
    posts = [
        Piece(_ZERNO_VK, -19, PostKind.POST, texts.ZERNO_BATCH[0]),
        Piece(_ZERNO_TG, -12, PostKind.POST, texts.ZERNO_BATCH[1]),
        Piece(_ZERNO_VK, -6, PostKind.POST, texts.ZERNO_BATCH[2], marked=pacts.BATCH),
    ]
    stories = [
        Piece(_ZERNO_VK, -18, PostKind.STORY, texts.ZERNO_BATCH_STORIES[0]),
        Piece(_ZERNO_VK, -9, PostKind.STORY, texts.ZERNO_BATCH_STORIES[1], marked=pacts.BATCH),
    ]
    tastings = [
        Piece(_ZERNO_VK, day, PostKind.POST, text)
        for day, text in zip((-18, -10, -3), texts.ZERNO_TASTING, strict=True)
    ]
    return (*posts, *stories, *tastings)


ZERNO = Part(
    name="Кофейня «Зерно»",
    manager=ANNA,
    pages=(
        Page(
            "vk",
            _ZERNO_VK,
            990_000_101,
            "Кофейня «Зерно»",
            audience=((-120, 4_180), (-22, 4_812), (0, 5_048)),
            posts=_WORKDAYS,
            stories=(0, 2, 4, 5),
            hour=9,
            views=0.42,
            liking=0.0205,
            warming=0.5,
            plans=True,
        ),
        Page(
            "telegram",
            _ZERNO_TG,
            990_000_102,
            "Зерно | кофе каждый день",
            audience=((-120, 1_020), (0, 1_412)),
            posts=(1, 3, 5),
            hour=10,
            views=0.55,
            liking=0.03,
            warming=0.4,
        ),
    ),
    texts=texts.ZERNO,
    captions=texts.ZERNO_STORIES,
    pieces=_pieces(),
    deals=agreed.ZERNO,
    topics={pacts.BATCH: ("летняя обжарка", "распродажа"), pacts.TASTING: ("дегустация",)},
    log=(
        Single("income", -20, 18_000, "аванс"),
        Steady("hours", 1.3, 0.4, -60, digits=1),
    ),
    pacts=pacts.ZERNO,
    talks=pacts.ZERNO_TALKS,
    asked=pacts.ZERNO_ASKED,
)
SVECHA = Part(
    name="Мастерская «Свеча»",
    manager=IGOR,
    pages=(
        Page(
            "vk",
            "svecha_smm_demo",
            990_000_201,
            "Мастерская «Свеча»",
            audience=((-120, 3_050), (0, 3_390)),
            posts=(0, 2, 4),
            clips=(1, 3),
            hour=18,
            views=0.36,
            liking=0.05,
            plans=True,
        ),
        Page(
            "telegram",
            "svecha_tg_smm_demo",
            990_000_202,
            "Свеча. Дневник мастерской",
            audience=((-120, 2_280), (-60, 2_610), (0, 2_898)),
            posts=(1, 4),
            hour=19,
            views=0.48,
        ),
    ),
    texts=texts.SVECHA,
    captions=texts.SVECHA_CLIPS,
    deals=agreed.SVECHA,
    log=(Spread("sales", 150, -120, -23), Spread("sales", 53, -22)),
    rests=(Rest(-9, -9, "инвентаризация"),),
    pacts=pacts.SVECHA,
    talks=pacts.SVECHA_TALKS,
)
HLEB = Part(
    name="Пекарня «Тёплый хлеб»",
    manager=ANNA,
    pages=(
        Page(
            "telegram",
            "hleb_smm_demo",
            990_000_301,
            "Тёплый хлеб",
            audience=((-120, 5_530), (-22, 6_420), (0, 6_850)),
            posts=_WORKDAYS,
            hour=8,
            views=0.4,
            silent=(-33, -29),
            plans=True,
        ),
        Page(
            "vk",
            "hleb_vk_smm_demo",
            990_000_302,
            "Пекарня «Тёплый хлеб»",
            audience=((-120, 4_010), (0, 4_260)),
            posts=(0, 3),
            hour=8,
            views=0.33,
        ),
    ),
    texts=texts.HLEB,
    deals=agreed.HLEB,
    topics={"Доставка": ("доставка",)},
)
RASSVET = Part(
    name="Студия йоги «Рассвет»",
    manager=MARINA,
    pages=(
        Page(
            "vk",
            "rassvet_smm_demo",
            990_000_401,
            "Студия йоги «Рассвет»",
            audience=((-120, 1_790), (-40, 2_105), (0, 2_330)),
            posts=(1, 3),
            stories=(0, 2, 4),
            hour=7,
            views=0.38,
            stale_days=9,
        ),
    ),
    texts=texts.RASSVET,
    captions=texts.RASSVET_STORIES,
    deals=agreed.RASSVET,
    timezone="Asia/Yekaterinburg",
)
PEREPLET = Part(
    name="Книжная лавка «Переплёт»",
    manager=IGOR,
    pages=(
        Page(
            "vk",
            "pereplet_smm_demo",
            990_000_501,
            "Книжная лавка «Переплёт»",
            audience=((-120, 4_310), (-50, 4_700), (-9, 5_012), (0, 5_060)),
            posts=_WORKDAYS,
            hour=15,
            views=0.42,
            plans=True,
        ),
        Page(
            "telegram",
            "pereplet_tg_smm_demo",
            990_000_502,
            "Переплёт читает",
            audience=((-120, 1_240), (0, 1_385)),
            posts=(2, 5),
            hour=16,
            views=0.5,
            rounded=True,
        ),
    ),
    texts=texts.PEREPLET,
    deals=agreed.PEREPLET,
    log=(Spread("leads", 96, -120, -4), Spread("leads", 5, -3)),
    topics={agreed.NONFICTION: ("нон-фикшн",)},
)
LAPA = Part(
    name="Ветклиника «Лапа»",
    manager=MARINA,
    pages=(
        Page(
            "vk",
            "lapa_smm_demo",
            990_000_601,
            "Ветклиника «Лапа»",
            audience=((-120, 7_400), (0, 7_910)),
            posts=(0, 2, 4),
            hour=11,
            views=0.3,
        ),
    ),
    texts=texts.LAPA,
    deals=agreed.LAPA,
    log=(
        Spread("leads", 170, -120, -23),
        Spread("leads", 41, -22),
        Steady("reply_time", 27, 5, -40),
        Steady("cost_per_lead", 398, 40, -40),
        Single("awareness", -58, 26, "опрос в приёмной, 60 человек"),
        Single("awareness", -30, 30, "опрос в приёмной, 55 человек"),
        Single("awareness", -2, 33, "опрос в приёмной, 64 человека"),
        Single("income", -2, 15_000, "оплата"),
        Steady("hours", 0.7, 0.3, -60, digits=1),
    ),
    topics={pacts.CHECKUP: ("чек-ап", "прививка")},
    pacts=pacts.LAPA,
    talks=pacts.LAPA_TALKS,
    asked=pacts.LAPA_ASKED,
)
PION = Part(
    name="Цветы «Пион»",
    manager=ANNA,
    pages=(
        Page(
            "vk",
            "pion_smm_demo",
            990_000_701,
            "Цветы «Пион»",
            audience=((-120, 2_620), (-22, 2_904), (0, 3_000)),
            posts=(1, 3, 5),
            stories=(0, 1, 3, 4, 5),
            hour=13,
            views=0.34,
            leaves=2.6,
            plans=True,
        ),
    ),
    texts=texts.PION,
    captions=texts.PION_STORIES,
    deals=agreed.PION,
    missed_stories=(-12, -11),
)
ME = Part(
    name="Я",
    manager=None,
    pages=(
        Page(
            "telegram",
            "smm_diary_smm_demo",
            990_000_901,
            "Дневник специалиста",
            audience=((-120, 610), (0, 842)),
            posts=(0, 2, 4),
            hour=20,
            views=0.6,
        ),
    ),
    texts=texts.ME,
    deals=agreed.ME,
    log=(
        *(Single("income", day, amount, "аванс") for day, amount in ((-112, 21_000.0), (-97, 30_000.0))),
        *(Single("income", day, amount, "оплата") for day, amount in ((-84, 26_000.0), (-70, 31_000.0))),
        *(Single("income", day, amount, "оплата") for day, amount in ((-55, 38_000.0), (-41, 34_000.0))),
        Single("income", -29, 22_000, "оплата: «Пион»"),
        Single("income", -16, 15_000, "«Рассвет»"),
        Single("income", -11, 20_000, "«Тёплый хлеб»"),
        Single("income", -6, 13_000, "«Переплёт», доплата за ярмарку"),
        Steady("hours", 2.8, 1.0, -60, digits=1),
        Single("clients", -58, 5),
        Single("clients", -37, 6, "пришёл «Пион»"),
        Single("clients", -5, 7, "пришла «Лапа»"),
    ),
    rests=(Rest(12, 14, "отпуск"),),
)

CAST: tuple[Part, ...] = (ZERNO, SVECHA, HLEB, RASSVET, PEREPLET, LAPA, PION, ME)
