"""A goal in words: its title, the cells of a list, and its pace in one sentence."""

from __future__ import annotations

from math import ceil, copysign
from typing import TYPE_CHECKING

from goals.metrics import METRICS, UNNAMED, Nature, Source, Unit
from goals.model import GoalKind, GoalStatus
from goals.pace import is_falling
from wording.counted import COUNTED
from wording.limits import bare_figure, exceeded, is_capped, rounds_to_nothing
from wording.words import NBSP, Words, mark

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.model import Goal

NETWORKS = {
    "vk": mark("VK"),
    "telegram": mark("Telegram"),
    "max": mark("MAX"),
    "ok": mark("OK"),
    "youtube": mark("YouTube"),
    "rutube": mark("Rutube"),
    "dzen": mark("Dzen"),
    "bluesky": mark("Bluesky"),
    "mastodon": mark("Mastodon"),
    "instagram": mark("Instagram"),
    "tiktok": mark("TikTok"),
    "metrika": mark("Metrica"),
    "manual": mark("by hand"),
}

METRIC_NAMES = {
    "audience": mark("followers"),
    "reach": mark("reach a day"),
    "visitors": mark("visitors a day"),
    "page_views": mark("page views"),
    "joins": mark("joined"),
    "leaves": mark("left"),
    "views": mark("views"),
    "likes": mark("likes"),
    "comments": mark("comments"),
    "shares": mark("shares"),
    "reactions": mark("reactions"),
    "forwards": mark("forwards"),
    "saves": mark("saves"),
    "engagement": mark("engagement"),
    "engagement_rate": mark("engagement rate (ER)"),
    "posts": mark("posts"),
    "stories": mark("stories"),
    "clips": mark("clips"),
    "videos": mark("videos"),
    "streams": mark("streams"),
    "topic_share": mark("share of content"),
    "mentions": mark("mentions"),
    "reviews": mark("reviews"),
    "clicks": mark("clicks"),
    "leads": mark("leads"),
    "orders": mark("orders"),
    "sales": mark("sales"),
    "revenue": mark("revenue"),
    "cost_per_lead": mark("cost per lead"),
    "cost_per_follower": mark("cost per follower"),
    "reply_time": mark("reply time"),
    "awareness": mark("awareness"),
    "income": mark("income"),
    "clients": mark("clients"),
    "hours": mark("hours of work"),
    "courses": mark("courses"),
    "cases": mark("case studies"),
    "unnamed": mark("not named yet"),
}

STATUSES = {
    GoalStatus.DRAFT: mark("draft"),
    GoalStatus.EARLY: mark("too early to tell"),
    GoalStatus.ON_TRACK: mark("on track"),
    GoalStatus.BEHIND: mark("behind"),
    GoalStatus.UNLIKELY: mark("unlikely"),
    GoalStatus.STALE: mark("no fresh data"),
    GoalStatus.MET: mark("met"),
    GoalStatus.MISSED: mark("missed"),
    GoalStatus.UNKNOWN: mark("outcome unknown"),
    GoalStatus.DROPPED: mark("dropped"),
}

#: With these verdicts a reserve of days agrees; before one it would be one.
_JUDGED_BY_ROAD = frozenset({GoalStatus.ON_TRACK, GoalStatus.BEHIND, GoalStatus.UNLIKELY})

#: How a goal stands that waits for its first figure by hand: it is stale, but nobody's trouble.
WAITING = "waiting"

GLYPHS = {
    GoalStatus.DRAFT: "◌",
    GoalStatus.EARLY: "○",
    GoalStatus.ON_TRACK: "●",
    GoalStatus.BEHIND: "▲",
    GoalStatus.UNLIKELY: "▼",
    GoalStatus.STALE: "?",
    GoalStatus.MET: "✓",
    GoalStatus.MISSED: "✗",
    GoalStatus.UNKNOWN: "◇",
    GoalStatus.DROPPED: "−",
}

KINDS = {
    GoalKind.REACH_LEVEL: mark("reach a level"),
    GoalKind.GAIN: mark("gain so many"),
    GoalKind.GAIN_PERCENT: mark("gain per cent"),
    GoalKind.TOTAL_IN_PERIOD: mark("total by the deadline"),
    GoalKind.AVERAGE: mark("average"),
    GoalKind.KEEP_RATE: mark("keep a rate"),
}

#: More than anybody logs.
_ALL_DIGITS = 6
#: The least chance that a forecast tells: `goals.forecast.FLOOR`, which costs too much to read at start-up.
LEAST_CHANCE = 0.03
#: A chance this near to an end of what history can tell is that end.
_CHANCE_EDGE = 0.002

PERIODS = {"day": mark("a day"), "week": mark("a week"), "month": mark("a month")}


def network_name(words: Words, network: str) -> str:
    """The name that people use for a network: «ВК»."""
    known = NETWORKS.get(network)
    return words.text(known) if known else network


def metric_name(words: Words, metric: str) -> str:
    """The metric in words, in the nominative: «подписчики»."""
    known = METRIC_NAMES.get(metric)
    return words.text(known) if known else metric


def status_word(words: Words, status: str) -> str:
    """A goal's status in a word or two."""
    return words.text(STATUSES[GoalStatus(status)])


def is_waiting(row: GoalRow) -> bool:
    """Whether a goal that is kept by hand has no figure yet."""
    stale = row.status == GoalStatus.STALE
    return stale and row.as_of is None and METRICS[row.metric].source is Source.MANUAL


def lacks_start(row: GoalRow) -> bool:
    """Whether a goal says all that it needs, and only the figure that it starts from is not known."""
    has_end = row.deadline is not None or row.period is not None
    says_all = row.amount is not None and row.metric != UNNAMED and has_end
    unjudged = row.status in {GoalStatus.DRAFT, GoalStatus.STALE, GoalStatus.UNKNOWN}
    return unjudged and says_all and row.target is None and row.as_of is not None


def standing_word(words: Words, row: GoalRow) -> str:
    """Where a goal stands in a word or two: its status, or what it waits for."""
    if row.status == GoalStatus.DRAFT and lacks_start(row):
        return words.text("no figure to start from")
    return words.text("no figures yet") if is_waiting(row) else status_word(words, row.status)


def kind_word(words: Words, kind: str) -> str:
    """A goal's kind in a few words."""
    return words.text(KINDS[GoalKind(kind)])


def counted(words: Words, metric: str, n: float, number: str | None = None) -> str:
    """So many of a metric: «300 подписчиков», «12 постов», «120 000 ₽», «4,5 %», «30 часов».

    `number` replaces the figure as written («+300»); the noun keeps the form for `n`.
    """
    figure = number if number is not None else words.number(n)
    unit = METRICS[metric].unit
    if unit is Unit.RUB:
        return f"{figure}{NBSP}₽"
    if unit is Unit.PERCENT:
        return f"{figure}{NBSP}%" if words.lang == "ru" else f"{figure}%"
    one, many = COUNTED[metric]
    return words.plural(one, many, n, figure=figure)


def logged(words: Words, metric: str, amount: float) -> str:
    """So many of a metric to the last digit that was logged: «1,25 часа», «1 234,56 ₽»."""
    form = amount if float(amount).is_integer() else 0.5
    return counted(words, metric, form, words.number(amount, _ALL_DIGITS))


def title(
    words: Words,
    *,
    metric: str,
    kind: str,
    amount: float | None,
    period: str | None = None,
    head: str | None = None,
    network: str | None = None,
) -> str:
    """The goal's own words: «ВК: +300 подписчиков», «Старая партия: 12 постов», «3 поста в неделю»."""
    head = head or (network_name(words, network) if network else "")
    body = _body(words, metric, GoalKind(kind), amount, period)
    if head:
        return f"{head}: {body}"
    return body[:1].upper() + body[1:]


def _body(words: Words, metric: str, kind: GoalKind, amount: float | None, period: str | None) -> str:
    name = metric_name(words, metric)
    if amount is None:
        return name
    if kind is GoalKind.GAIN:
        return counted(words, metric, amount, words.signed(amount))
    if kind is GoalKind.GAIN_PERCENT:
        percent = words.signed(amount) + (f"{NBSP}%" if words.lang == "ru" else "%")
        return words.text("{name} {percent}", name=name, percent=percent)
    if kind is GoalKind.REACH_LEVEL:
        level = words.text("up to {amount}", amount=limit_text(words, metric, amount))
        return level if metric in COUNTED else f"{name} {level}"
    if kind is GoalKind.AVERAGE:
        return words.text("{name} {amount} on average", name=name, amount=bare_figure(words, metric, amount))
    if kind is GoalKind.KEEP_RATE:
        each = words.text(PERIODS[period or "week"])
        return f"{_total(words, metric, amount)} {each}"
    return _total(words, metric, amount)


def _total(words: Words, metric: str, amount: float) -> str:
    """So much in all, at most so much of what is better less; money is named, for it has no noun."""
    if METRICS[metric].less_is_better:
        return words.text("at most {amount}", amount=limit_text(words, metric, amount))
    figure = counted(words, metric, amount)
    return f"{metric_name(words, metric)} {figure}" if METRICS[metric].unit is Unit.RUB else figure


def limit_text(words: Words, metric: str, amount: float) -> str:
    """The amount after «до» and «не больше», which ask for the genitive: «до 21 подписчика»."""
    shown = words.shown(amount)
    ends_in_one = shown % 10 == 1 and shown % 100 != 11
    form = shown if words.lang == "en" else 2 if ends_in_one or shown % 1 else 5
    return counted(words, metric, form, words.number(amount))


def goal_title(words: Words, goal: Goal) -> str:
    """The goal's own title, or one made from what it says."""
    return goal.title or title(
        words,
        metric=goal.metric,
        kind=goal.kind,
        amount=goal.amount,
        period=goal.period,
        head=goal.topic,
        network=goal.network,
    )


def row_title(words: Words, row: GoalRow) -> str:
    """The title of a goal on the board: its own, or made from what it says.

    It begins with what tells it from its neighbours: the topic, the account, or the network.
    """
    return row.title or title(
        words,
        metric=row.metric,
        kind=row.kind,
        amount=row.amount,
        period=row.period,
        head=row.topic or row.account,
        network=row.network,
    )


def done_cell(words: Words, row: GoalRow, *, compact: bool = False) -> str:
    """What is done, in few characters: «3/12», «+212», «81 тыс.», «4,1 %».

    `compact` takes the fewest: «18,9к», «1,5млн».
    """
    if compact and row.current is not None:
        return _compact(words, row, row.current)
    if row.current is None:
        return "—"
    kind = GoalKind(row.kind)
    nature = METRICS[row.metric].nature
    if kind is GoalKind.GAIN and nature is Nature.LEVEL and row.baseline is not None:
        return words.signed(row.current - row.baseline, 0)
    if kind is GoalKind.GAIN_PERCENT and row.baseline:
        share = 100 * (row.current - row.baseline) / row.baseline
        return f"{words.signed(share)}{NBSP}%" if words.lang == "ru" else f"{words.signed(share)}%"
    if nature is Nature.CONTENT and row.target is not None:
        return f"{words.number(row.current)}/{words.number(row.target)}"
    if METRICS[row.metric].unit is Unit.PERCENT:
        return bare_figure(words, row.metric, row.current)
    return words.short_number(row.current)


def _compact(words: Words, row: GoalRow, current: float) -> str:
    """The figure that is done where hardly anything fits; a gain keeps its sign."""
    kind = GoalKind(row.kind)
    sign = ""
    if kind is GoalKind.GAIN and METRICS[row.metric].nature is Nature.LEVEL and row.baseline is not None:
        current -= row.baseline
        sign = "+" if current > 0 else ""
    elif kind is GoalKind.GAIN_PERCENT and row.baseline:
        return words.signed(100 * (current - row.baseline) / row.baseline, 0)
    short = words.short_number(current)
    if words.lang == "ru" and abs(current) >= 10_000:
        short = short.replace(f"{NBSP}{words.text('K')}", "к").replace(NBSP, "")
    return sign + short


def reserve_cell(words: Words, row: GoalRow) -> str:
    """Days ahead or behind: «запас 3 дня», «отстаём 4 дня», «в графике»; or «превышено на 3 ч»."""
    over = exceeded(words, row)
    if over:
        return over
    status = GoalStatus(row.status)
    if row.safe_days is None or status not in _JUDGED_BY_ROAD:
        return "—"
    if row.safe_days < 0 and is_capped(row):
        return words.plural("used up {n} day early", "used up {n} days early", -row.safe_days)
    if row.safe_days < 0:
        return words.plural("{n} day behind", "{n} days behind", -row.safe_days)
    if row.safe_days == 0:
        return words.text("on the line") if status is GoalStatus.ON_TRACK else words.text("no reserve")
    return words.plural("{n} day ahead", "{n} days ahead", row.safe_days)


def chance_bound(chance: float) -> int:
    """Whether a chance is at an end of what history can tell: -1 at the least, 1 at the most, otherwise 0."""
    if chance < LEAST_CHANCE + _CHANCE_EDGE:
        return -1
    return int(1.0 - LEAST_CHANCE - _CHANCE_EDGE < chance < 1.0)


def chance_cell(words: Words, row: GoalRow, *, compact: bool = False) -> str:
    """The chance in per cent, past the ends of what history can tell only that it is: «< 3 %».

    A dash where there is none, «≈» before a rough one. `compact` leaves the blanks out: «<3%».
    """
    if row.chance is None:
        return "—"
    bound = chance_bound(row.chance)
    end = {-1: LEAST_CHANCE, 0: row.chance, 1: 1.0 - LEAST_CHANCE}[bound]
    text = {-1: f"<{NBSP}", 0: "", 1: f">{NBSP}"}[bound] + words.percent(end)
    if is_falling(row):
        text = f"≈{NBSP}{text}"
    return text.replace(NBSP, "") if compact else text


def today_cell(words: Words, row: GoalRow) -> str:
    """What today asks: «2 поста, план 0», «нужно 11 в день»; otherwise the status."""
    status = GoalStatus(row.status)
    if status.is_over or status is GoalStatus.DRAFT:
        return standing_word(words, row)
    if row.due_today:
        due = counted(words, row.metric, row.due_today)
        return words.text("{due}, planned {n}", due=due, n=row.planned_today)
    if row.due_today == 0:
        return words.text("nothing today")
    if row.needed_per_day:
        return needed_phrase(words, row)
    return standing_word(words, row)


def needed_phrase(words: Words, row: GoalRow, *, short: bool = False) -> str:
    """What is needed a day; where that rounds to nothing, what is needed at all: «нужно ещё 1».

    `short` leaves out the verb: «11 в день», «ещё 1».
    """
    each = needed(words, row)
    if not rounds_to_nothing(each) or row.current is None or row.target is None:
        return words.text("{n} a day", n=each) if short else words.text("needs {n} a day", n=each)
    rest = words.number(row.target - row.current)
    return words.text("{n} more", n=rest) if short else words.text("needs {n} more", n=rest)


def needed(words: Words, row: GoalRow) -> str:
    """What each day left has to bring."""
    return needed_text(words, row.needed_per_day or 0.0)


def needed_text(words: Words, value: float) -> str:
    """So much a day is needed, the same on every page: with a decimal where it is little, never too few."""
    decimals = _decimals(value)
    if abs(value) >= 1:
        steps = round(abs(value) * 10**decimals, 6)
        value = copysign(ceil(steps) / 10**decimals, value)
    return words.number(value, decimals)


def pace_text(words: Words, value: float) -> str:
    """So much a day there is, with a decimal where it is little."""
    return words.number(value, _decimals(value))


def _decimals(value: float) -> int:
    return 0 if abs(value) >= 10 else 1
