"""Reading the parts of one community: posts, planned posts, stories, figures by day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from connectors.base import Fetched, FetchedGap, FetchedPost, Figure, Part, Trouble
from connectors.vk import calls
from connectors.vk.desk import Desk, odd_values
from connectors.vk.errors import Action, VkError
from connectors.vk.orders import read_orders
from connectors.vk.parse import STATS_ZONE, Reaches, Story, StoryStats
from connectors.vk.shapes import Counts
from connectors.vk.wall import (
    BEGINNING,
    PLANNED_POSTS,
    PUBLISHED_POSTS,
    Progress,
    complete_from,
    midnight,
    read_wall,
    wall_posts,
)
from goals.model import Exactness, PostKind, PostState

#: Days that are asked for again, for VK still corrects them.
SETTLING_DAYS = 3
#: The most days of statistics that one call asks for.
MOST_DAYS = 365
#: The newest posts of a wall, whose reach VK tells; of older ones it tells none.
REACH_POSTS = 300


async def read_posts(desk: Desk) -> Fetched:
    """The published posts. Raises VkError where not even one page could be read."""
    target = desk.target
    before = Progress.loads(target.cursors.get(Part.POSTS))
    since = midnight(target.since, target.zone) if target.since else None
    reading, after = await read_wall(
        lambda offset: desk.ask(calls.wall(desk.community, offset)), before, since
    )
    complete = complete_from(reading, target.since, target.zone, desk.today)
    if before is not None and 2 * reading.total < before.total:
        complete = None
    counts = Counts()
    fetched = desk.result(
        Part.POSTS,
        posts=wall_posts(reading, desk.community, target.since, target.zone, counts),
        cursor=after.dumps(),
        trouble=reading.error.trouble if reading.error else odd_values(counts.odd),
        complete_since={} if complete is None else {PUBLISHED_POSTS: complete},
    )
    return replace(fetched, goes_on=not after.is_done)


async def read_planned(desk: Desk) -> Fetched:
    """The posts that are held back until their time. Raises VkError."""
    page = await desk.ask(calls.postponed(desk.community))
    posts = [
        FetchedPost(
            network_id=f"postponed_{post.id}",
            kind=PostKind.POST,
            state=PostState.PLANNED,
            when=post.when,
            url=f"https://vk.com/wall-{desk.community}_{post.id}",
            text=post.text,
        )
        for post in page.posts
    ]
    complete = {PLANNED_POSTS: BEGINNING} if len(page.posts) >= page.total else {}
    return desk.result(Part.PLANNED, posts=posts, complete_since=complete)


async def read_stats(desk: Desk) -> Fetched:
    """The figures by day, the last days once more. Raises VkError.

    A day that has begun in Moscow and not yet for the account waits until it has.
    """
    target = desk.target
    today = desk.now.astimezone(STATS_ZONE).date()
    known = _day(target.cursors.get(Part.STATS))
    days = MOST_DAYS
    if known is not None:
        days = (today - known).days + SETTLING_DAYS
    elif target.since is not None:
        days = (today - target.since).days + 1
    stats = await desk.ask(calls.stats(desk.community, max(1, min(days, MOST_DAYS))))
    figures = [
        Figure(metric, day.day, value, Exactness.PARTIAL if day.day == today else Exactness.EXACT)
        for day in stats.days
        if day.day <= min(today, desk.today) and (target.since is None or day.day >= target.since)
        for metric, value in day.figures.items()
    ]
    return desk.result(Part.STATS, figures=figures, cursor=today.isoformat(), trouble=odd_values(stats.odd))


async def read_stories(desk: Desk) -> Fetched:
    """The stories that are live, with their figures. Raises VkError."""
    stories = await desk.ask(calls.stories(desk.community))
    answers = await asyncio.gather(
        *(desk.ask(calls.story_stats(desk.community, story.id)) for story in stories), return_exceptions=True
    )
    posts: list[FetchedPost] = []
    gaps: list[FetchedGap] = []
    trouble: Trouble | None = None
    for story, answer in zip(stories, answers, strict=True):
        stats = StoryStats({})
        if isinstance(answer, StoryStats):
            stats = answer
        elif not isinstance(answer, VkError):
            raise answer
        elif answer.action is not Action.DROP:
            trouble = trouble or answer.trouble
        posts.append(_story_post(desk.community, story, stats))
        day = story.when.astimezone(desk.target.zone).date()
        gaps += [FetchedGap(metric, day, day, "hidden") for metric in stats.hidden]
        trouble = trouble or odd_values(stats.odd)
    return desk.result(
        Part.STORIES,
        posts=posts,
        gaps=tuple(dict.fromkeys(gaps)),
        trouble=trouble,
    )


def _story_post(community: int, story: Story, stats: StoryStats) -> FetchedPost:
    figures = dict(stats.figures)
    if story.views is not None and "views" not in stats.hidden:
        figures.setdefault("views", float(story.views))
    return FetchedPost(
        network_id=f"story_{story.id}",
        kind=PostKind.STORY,
        state=PostState.PUBLISHED,
        when=story.when,
        url=f"https://vk.com/story-{community}_{story.id}",
        figures=figures,
    )


async def read_reach(desk: Desk, posts: Sequence[FetchedPost]) -> Fetched:
    """How many people the newest of these posts reached. Raises VkError where nothing could be read."""
    newest = sorted(posts, key=lambda post: post.when, reverse=True)[:REACH_POSTS]
    numbers = [int(post.network_id) for post in newest]
    answers = await asyncio.gather(
        *(
            desk.ask(calls.reaches(desk.community, numbers[at : at + calls.MOST_REACHES]))
            for at in range(0, len(numbers), calls.MOST_REACHES)
        ),
        return_exceptions=True,
    )
    reached: dict[str, int] = {}
    odd: list[str] = []
    failure: VkError | None = None
    for answer in answers:
        if isinstance(answer, Reaches):
            reached.update((str(number), reach) for number, reach in answer.by_post.items())
            odd += answer.odd
        elif isinstance(answer, VkError):
            failure = failure or answer
        else:
            raise answer
    if failure is not None and not reached:
        raise failure
    told = [post for post in newest if post.network_id in reached]
    return desk.result(
        Part.REACH,
        posts=[replace(post, figures={"reach": reached[post.network_id]}) for post in told],
        trouble=failure.trouble if failure else odd_values(list(dict.fromkeys(odd))),
    )


def _day(cursor: str | None) -> date | None:
    try:
        return date.fromisoformat(cursor) if cursor else None
    except ValueError:
        return None


#: How each part is read that is read by itself.
READERS: Mapping[Part, Callable[[Desk], Awaitable[Fetched]]] = {
    Part.POSTS: read_posts,
    Part.PLANNED: read_planned,
    Part.STORIES: read_stories,
    Part.STATS: read_stats,
    Part.SALES: read_orders,
}
