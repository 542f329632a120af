"""Invents the days of a fictional account: the same ones for the same page and day, every time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, pairwise
from math import exp
from random import Random

from cli.demo.model import HISTORY_DAYS, Page, Part
from cli.demo.moment import Moment
from goals.model import AccountId, Exactness, PostKind, PostReading, PostState, Reading
from store.changes import ObservedPost

#: How far ahead content is planned.
PLANNED_DAYS = 7
#: The share of its final views that a post has on the day it is published, and what a day adds.
_FRESH, _RIPENING = 0.55, 0.15
_WEEK = (1.0, 1.05, 1.0, 1.02, 0.95, 0.8, 0.85)


def dice(name: str) -> Random:
    """The random numbers of this name: the same ones every time."""
    return Random(name)  # noqa: S311 - figures are invented, nothing is kept secret


def audience_line(page: Page) -> list[int]:
    """The audience of each day, oldest first, through the page's known days exactly."""
    rng = dice(f"audience {page.handle}")
    line = [page.audience[0][1]]
    for (day_a, a), (day_b, b) in pairwise(page.audience):
        steps = day_b - day_a
        mean = (b - a) / steps
        moves = [rng.gauss(mean, 1.5 + 0.6 * abs(mean)) for _ in range(steps)]
        drift = (b - a - sum(moves)) / steps
        value = float(a)
        for move in moves:
            value += move + drift
            line.append(round(value))
    return line


def readings(page: Page, account_id: AccountId, moment: Moment) -> list[Reading]:
    """The daily figures that the network tells: audience, and for VK reach, visitors, joins, leaves."""
    rng = dice(f"days {page.handle}")
    line = audience_line(page)
    found: list[Reading] = []
    for index, audience in enumerate(line):
        offset = index - HISTORY_DAYS
        figures = _day_figures(page, audience, audience - line[max(0, index - 1)], offset, rng)
        if _is_unread(page, offset):
            break
        day, taken = moment.day(offset), moment.seen(offset)
        exactness = Exactness.ROUNDED if page.rounded else Exactness.EXACT
        found += [
            Reading(account_id, metric, day, value, exactness, taken) for metric, value in figures.items()
        ]
    return found


def _is_unread(page: Page, offset: int) -> bool:
    return page.stale_days > 0 and offset > -page.stale_days


def _day_figures(page: Page, audience: int, gained: int, offset: int, rng: Random) -> dict[str, float]:
    if page.network != "vk":
        return {"audience": float(audience // 10 * 10 if page.rounded else audience)}
    wave = exp(rng.gauss(0, 0.09)) * (1 + page.warming * (offset + HISTORY_DAYS) / HISTORY_DAYS / 2)
    visitors = round(audience * 0.06 * wave)
    leaves = max(0, round(rng.gauss(page.leaves, page.leaves / 3)))
    return {
        "audience": float(audience),
        "reach": float(round(audience * 0.45 * wave)),
        "visitors": float(visitors),
        "page_views": float(round(visitors * rng.uniform(1.4, 1.8))),
        "joins": float(max(0, gained + leaves)),
        "leaves": float(leaves),
    }


def content(part: Part, page: Page, moment: Moment) -> Iterator[ObservedPost]:
    """Everything the page published or plans, oldest first."""
    rng = dice(f"content {page.handle}")
    line = audience_line(page)
    texts = cycle(rng.sample(part.texts, len(part.texts)))
    captions = cycle(part.captions or part.texts)
    number = 1_000
    last = PLANNED_DAYS if page.plans else 0
    for offset in range(-HISTORY_DAYS, last + 1):
        for kind, hour in _due(part, page, moment, offset):
            number += rng.randint(1, 4)
            when = moment.at(offset, hour, rng.randint(0, 40))
            text = next(texts) if kind is PostKind.POST else next(captions)
            views = _views(page, line[min(HISTORY_DAYS, offset + HISTORY_DAYS)], rng)
            if _is_unread(page, offset):
                return
            state = PostState.PUBLISHED if when <= moment.now else PostState.PLANNED
            if state is PostState.PLANNED and (not page.plans or kind is not PostKind.POST):
                continue
            yield ObservedPost(
                network_id=str(number),
                kind=kind,
                state=state,
                day=moment.day(offset),
                published_at=when,
                text=text,
                figures=_figures(page, kind, views, offset, moment, rng) if when <= moment.now else (),
            )


def _due(part: Part, page: Page, moment: Moment, offset: int) -> Iterator[tuple[PostKind, int]]:
    weekday = moment.day(offset).weekday()
    silent = page.silent is not None and page.silent[0] <= offset <= page.silent[1]
    unseen = part.missed_stories is not None and part.missed_stories[0] <= offset <= part.missed_stories[1]
    if weekday in page.posts and not silent:
        yield PostKind.POST, page.hour
    if weekday in page.stories and not unseen:
        yield PostKind.STORY, page.hour + 1
    if weekday in page.clips:
        yield PostKind.CLIP, page.hour + 2


def _views(page: Page, audience: int, rng: Random) -> float:
    return audience * page.views * exp(rng.gauss(0, 0.16))


def _figures(
    page: Page, kind: PostKind, views: float, offset: int, moment: Moment, rng: Random
) -> tuple[PostReading, ...]:
    ripe = min(1.0, _FRESH - _RIPENING * offset)
    seen = views * ripe * (0.5 if kind is PostKind.STORY else 1.0) * _WEEK[moment.day(offset).weekday()]
    warm = 1 + page.warming * (offset + HISTORY_DAYS) / HISTORY_DAYS
    liked = seen * page.liking * warm * exp(rng.gauss(0, 0.12))
    figures = {"views": seen}
    if page.network == "telegram":
        figures["reactions"] = liked
    elif kind is not PostKind.STORY:
        figures |= {"likes": liked, "comments": liked * 0.12, "shares": liked * 0.09}
    day = min(offset + 7, 0)
    exactness = Exactness.ROUNDED if page.rounded else Exactness.EXACT
    return tuple(
        PostReading(metric, moment.day(day), float(round(value)), exactness, moment.seen(day))
        for metric, value in figures.items()
    )


def piece_figures(
    page: Page, kind: PostKind, offset: int, moment: Moment, rng: Random
) -> tuple[PostReading, ...]:
    """The figures of one piece of content outside the schedule."""
    views = _views(page, audience_line(page)[offset + HISTORY_DAYS], rng)
    return _figures(page, kind, views, offset, moment, rng)
