"""One function for each rule: its facts as a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from goals.metrics import METRICS
from wording.drafts import chance_text
from wording.goals import (
    counted,
    needed_phrase,
    network_name,
    reserve_cell,
    status_word,
)
from wording.limits import figure_text
from wording.rhythm import month_name, near_day
from wording.warnings.data_sentences import DATA_SENTENCES
from wording.warnings.told import Told, about_topic
from wording.words import mark, mark_plural

if TYPE_CHECKING:
    from datetime import date

    from wording.words import Words

_LACKS = {
    "metric": mark("{goal}: since {day} it is not said what is measured"),
    "amount": mark("{goal}: there has been no number since {day}"),
    "deadline": mark("{goal}: there has been no deadline since {day}"),
}
_KEPT = {
    "day": mark("{goal}: the rhythm slips, days kept: {kept} of {n}"),
    "week": mark("{goal}: the rhythm slips, weeks kept: {kept} of {n}"),
    "month": mark("{goal}: the rhythm slips, months kept: {kept} of {n}"),
}
_MISSED = {
    "day": mark("the last working day was missed"),
    "week": mark("last week was missed"),
    "month": mark("last month was missed"),
}
_ASKED_OF_MONTH = mark_plural(
    "No goals for {month} yet; the agreement asks for {n} goal",
    "No goals for {month} yet; the agreement asks for {n} goals",
)
#: That nothing came about a topic, by what is agreed of it.
_NOTHING = {
    "posts": mark_plural("no posts {about} in {n} day", "no posts {about} in {n} days"),
    "stories": mark_plural("no stories {about} in {n} day", "no stories {about} in {n} days"),
    "clips": mark_plural("no clips {about} in {n} day", "no clips {about} in {n} days"),
    "videos": mark_plural("no videos {about} in {n} day", "no videos {about} in {n} days"),
    "streams": mark_plural("no streams {about} in {n} day", "no streams {about} in {n} days"),
}
_NOTHING_OF_ANY_KIND = mark_plural("nothing {about} in {n} day", "nothing {about} in {n} days")


def _wrong_work(told: Told) -> str:
    words = told.words
    if told.facts["figure"] == "audience":
        gain = counted(words, "audience", told.number("gain"), words.signed(told.number("gain"), 0))
    else:
        gain = words.text("engagement {percent}", percent=told.percent("gain_share"))
    figures = words.text("{gain} in four weeks", gain=gain)
    return words.text(
        "The figures grow, but {state} ({figures})",
        state=_topic_state(told),
        figures=told.join(figures, _due(told), _whole_month(told), _unseen(told)),
    )


def _topic_behind(told: Told) -> str:
    extra = told.join(_due(told), _whole_month(told), _unseen(told))
    return f"{_topic_state(told)} ({extra})" if extra else _topic_state(told)


def _topic_state(told: Told) -> str:
    """How far content is about the topic: «про «старую партию» за месяц 0 постов из 12»."""
    words, about = told.words, about_topic(told.words, told.warning.topic or "")
    if not told.facts["is_short"]:
        metric = told.facts["metric"] if told.facts["formats"] == 1 else None
        nothing = _NOTHING_OF_ANY_KIND if metric is None else _NOTHING[str(metric)]
        return words.plural(*nothing, told.number("idle_days"), about=about)
    if told.has("agreed_share"):
        done, agreed = (words.percent(told.number(name)) for name in ("done_share", "agreed_share"))
        return words.text(
            "only {done} of content is {about} instead of {agreed}", about=about, done=done, agreed=agreed
        )
    if told.facts["monthly"]:
        return words.text("{done} {about} came out this month", about=about, done=_done(told))
    day = told.day("first")
    return words.text("{done} {about} came out since {day}", about=about, day=day, done=_done(told))


def _done(told: Told) -> str:
    """What came out of what was agreed: «3 поста из 12 и 1 история из 6»."""
    words = told.words
    known = (told.facts["metric"], told.facts["done"], told.facts["agreed"])
    others = cast("tuple[tuple[str | None, int, int], ...]", told.facts.get("also") or ())
    parts = [
        words.text("{done} of {agreed}", done=_pieces(words, metric, done), agreed=words.number(agreed))
        for metric, done, agreed in (cast("tuple[str | None, int, int]", known), *others)
    ]
    if len(parts) == 1:
        return parts[0]
    return words.text("{one} and {other}", one=", ".join(parts[:-1]), other=parts[-1])


def _pieces(words: Words, metric: str | None, n: int) -> str:
    return counted(words, metric, n) if metric else words.plural("{n} publication", "{n} publications", n)


def _due(told: Told) -> str:
    if not told.has("agreed") or not told.facts["is_short"] or told.facts.get("also"):
        return ""
    due = told.number("due")
    return told.words.plural("{n} was due by now", "{n} were due by now", due)


def _whole_month(told: Told) -> str:
    """What is agreed for a whole month, where only a part of one counts."""
    if not told.has("per_month") or not told.facts["is_short"]:
        return ""
    return told.words.text("{n} a month are agreed", n=told.words.number(told.number("per_month")))


def _unseen(told: Told) -> str:
    return told.words.text("stories of some days were not collected") if told.facts["at_least"] else ""


def _behind(told: Told) -> str:
    words, row = told.words, told.row
    if told.facts["over"]:
        used = words.percent(told.number("progress"))
        return words.text("{goal}: {used} of the limit is used", goal=told.goal, used=used)
    if row.safe_days is None and row.current is not None and row.target is not None:
        now, target = (figure_text(words, row, value) for value in (row.current, row.target))
        return words.text("{goal}: now {now} instead of {target}", goal=told.goal, now=now, target=target)
    if told.facts["missed_last"]:
        state = words.text(_MISSED[str(told.facts["period"])])
    else:
        late = row.safe_days is not None and row.safe_days < 0
        state = reserve_cell(words, row) if late else status_word(words, "behind")
    return f"{told.goal}: {told.join(state, needed_phrase(words, row) if row.needed_per_day else '')}"


def _unlikely(told: Told) -> str:
    words = told.words
    return words.plural(
        "{goal}: the chance is {chance}, below {limit} for {n} day",
        "{goal}: the chance is {chance}, below {limit} for {n} days",
        told.number("days"),
        goal=told.goal,
        chance=chance_text(words, told.number("chance")),
        limit=words.percent(told.number("limit")),
    )


def _falls_off(told: Told) -> str:
    return told.words.text(
        "{goal}: at the pace of late it falls behind {day}, before the call on {call}",
        goal=told.goal,
        day=near_day(told.words, cast("date", told.facts["day"]), told.today),
        call=told.day("call"),
    )


def _nothing_tomorrow(told: Told) -> str:
    due = cast("tuple[tuple[str, str | None, int, int], ...]", told.facts["due"])
    return told.words.text(
        "For tomorrow, {day}, the road asks for {due}",
        day=told.day("day"),
        due=", ".join(_planned(told.words, *one) for one in due),
    )


def _planned(words: Words, metric: str, topic: str | None, due: int, planned: int) -> str:
    """«2 поста про «старую партию» (в плане 1)»."""
    pieces = counted(words, metric, due)
    asked = f"{pieces} {about_topic(words, topic)}" if topic else pieces
    return words.text("{due} ({n} planned)", due=asked, n=words.number(planned))


def _regularity(told: Told) -> str:
    words = told.words
    n, kept = words.number(told.number("periods")), words.number(told.number("kept"))
    text = words.text(_KEPT[str(told.facts["period"])], goal=told.goal, kept=kept, n=n)
    if not told.has("silent_days"):
        return text
    silence = words.plural(
        "the longest silence is {n} day ({first}–{last})",
        "the longest silence is {n} days ({first}–{last})",
        told.number("silent_days"),
        first=told.day("silent_from"),
        last=told.day("silent_to"),
    )
    return f"{text}; {silence}"


def _confidence(told: Told) -> str:
    text = told.words.text("{goal}: confidence has fallen twice running", goal=told.goal)
    return f"{text} ({told.facts['why']})" if told.has("why") else text


def _unfinished(told: Told) -> str:
    return told.words.text(_LACKS[str(told.facts["lacks"])], goal=told.goal, day=told.day("since"))


def _eased(told: Told) -> str:
    words, day = told.words, told.day("day")
    if told.facts["field"] not in {"amount", "deadline", "start"}:
        return words.text(
            "{goal}: it was changed on {day}, and the client has not said yes", goal=told.goal, day=day
        )
    said = mark("{goal}: it was changed on {day} ({old} → {new}), and the client has not said yes")
    if told.facts["easier"]:
        said = mark("{goal}: it was eased on {day} ({old} → {new}), and the client has not said yes")
    return words.text(said, goal=told.goal, day=day, old=_value(told, "old"), new=_value(told, "new"))


def _value(told: Told, name: str) -> str:
    if not told.has(name):
        return "—"
    is_amount = told.facts["field"] == "amount"
    return told.words.number(told.number(name)) if is_amount else told.day(name)


def _bought_audience(told: Told) -> str:
    words = told.words
    fallen = [
        words.text(message, percent=told.percent(name))
        for name, message in (("reach_share", mark("reach {percent}")), ("rate_share", mark("ER {percent}")))
        if told.has(name) and told.number(name) < 0
    ]
    return words.text(
        "{account}: followers {gain} in four weeks, but {fallen}",
        account=told.account,
        gain=told.percent("gain_share"),
        fallen=", ".join(fallen),
    )


def _leaving(told: Told) -> str:
    words = told.words
    left, joined = (words.number(told.number(name)) for name in ("leaves", "joins"))
    text = words.text(
        "{account}: more people left ({left}) than joined ({joined}) in four weeks",
        account=told.account,
        left=left,
        joined=joined,
    )
    if not told.has("needed"):
        return text
    needed = words.number(told.number("needed"))
    more = words.text("new followers needed for the goal by {day}: {n}", day=told.day("until"), n=needed)
    return f"{text}; {more}"


def _hours(told: Told) -> str:
    used, agreed, left = (told.words.number(told.number(name)) for name in ("used", "agreed", "days_left"))
    return told.words.text(
        "Hours used: {used} of {agreed}; working days left this month: {left}",
        used=used,
        agreed=agreed,
        left=left,
    )


def _outside(told: Told) -> str:
    form = told.facts["format"]
    metric = next(metric.name for metric in METRICS.values() if form in metric.post_kinds[:1])
    return told.words.text(
        "Outside the agreement, {network}: {content} since {day}",
        network=network_name(told.words, str(told.facts["network"])),
        content=counted(told.words, metric, told.number("n")),
        day=told.day("first"),
    )


def _materials(told: Told) -> str:
    words, days, what = told.words, told.number("days"), told.facts["what"]
    if told.facts.get("own"):
        return words.plural("Waiting for {n} day: {what}", "Waiting for {n} days: {what}", days, what=what)
    return words.plural(
        "We have waited {n} day for the client: {what}",
        "We have waited {n} days for the client: {what}",
        days,
        what=what,
    )


def _priority_without_goal(told: Told) -> str:
    return told.words.text("No goal serves the priority «{priority}»", priority=told.facts["priority"])


def _month_without_goals(told: Told) -> str:
    words, month = told.words, month_name(told.words, cast("date", told.facts["month"]), told.today)
    if told.facts["asked"]:
        return words.plural(*_ASKED_OF_MONTH, told.number("asked"), month=month)
    ran = words.number(told.number("before"))
    return words.text("No goals for {month} yet; the month before had {n}", month=month, n=ran)


def _all_green(told: Told) -> str:
    n = told.words.number(told.number("n"))
    return told.words.text("All goals of the last two months are met ({n}): they may be too easy", n=n)


def _all_red(told: Told) -> str:
    return told.words.text("All goals under way are behind ({n})", n=told.words.number(told.number("n")))


#: The sentence of each rule.
SENTENCES: dict[str, Callable[[Told], str]] = {
    "wrong_work": _wrong_work,
    "topic_behind": _topic_behind,
    "month_without_goals": _month_without_goals,
    "priority_without_goal": _priority_without_goal,
    "behind": _behind,
    "unlikely": _unlikely,
    "falls_off": _falls_off,
    "nothing_tomorrow": _nothing_tomorrow,
    "regularity": _regularity,
    "confidence": _confidence,
    "unfinished": _unfinished,
    "eased": _eased,
    "all_green": _all_green,
    "all_red": _all_red,
    **DATA_SENTENCES,
    "bought_audience": _bought_audience,
    "leaving": _leaving,
    "hours": _hours,
    "outside": _outside,
    "materials": _materials,
}
