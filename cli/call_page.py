"""What to have at hand at a call with a client: wanted, done, why, and what was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.model import GoalId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.context import Context
    from goals.agreement.terms import Terms
    from goals.board import GoalRow
    from goals.model import Client, Gap
    from goals.records import Call, CheckIn, Material
    from store.contract import Reader

#: Without an earlier call one looks back so far.
_FIRST_CALL = timedelta(days=31)
#: So many lines of one kind are shown; a call is half an hour.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What is known on the day of a call; `since` is the day of the last one, or a month ago.

    `serving` are the numbers of the goals that serve a priority, by its rank. `published` and `topics` count
    what came out since then, by metric of content and by topic.
    """

    client: Client
    day: date
    today: date
    since: date
    terms: Terms | None
    rows: tuple[GoalRow, ...]
    serving: dict[int, list[int]]
    published: dict[str, int]
    topics: dict[str, int]
    check_ins: dict[GoalId, CheckIn]
    gaps: tuple[tuple[str, Gap], ...]
    materials: tuple[Material, ...]
    calls: tuple[Call, ...]


def page_of(reader: Reader, client: Client, day: date, today: date) -> Page:
    """Gather what a call on `day` needs; `today` is the client's local day."""
    from store.evidence import terms_in_force

    calls = tuple(reader.calls(client.id))
    before = [call.day for call in calls if call.day < day]
    since = max(before, default=day - _FIRST_CALL)
    rows = sorted(reader.board_rows([client.id]), key=lambda row: -row.urgency)
    serving: dict[int, list[int]] = {}
    for goal in reader.goals(client.id):
        if goal.priority is not None:
            serving.setdefault(goal.priority, []).append(int(goal.id))
    said = reader.last_check_ins([GoalId(row.goal_id) for row in rows])
    published, topics = _published(reader, client, since, day)
    return Page(
        client=client,
        day=day,
        today=today,
        since=since,
        terms=terms_in_force(reader, client.id),
        rows=tuple(row for row in rows if row.deadline is None or row.deadline >= since.toordinal()),
        serving=serving,
        published=published,
        topics=topics,
        check_ins={goal: found[0] for goal, found in said.items()},
        gaps=tuple(_gaps(reader, client, since)),
        materials=tuple(reader.materials(client.id)),
        calls=calls,
    )


def _published(
    reader: Reader, client: Client, since: date, day: date
) -> tuple[dict[str, int], dict[str, int]]:
    """How many pieces came out after the last call, by metric of content and by topic of the client."""
    from goals.metrics import METRICS, Nature
    from goals.model import PostState
    from store.values import Filter

    metrics = {
        kind: metric.name
        for metric in METRICS.values()
        if metric.nature is Nature.CONTENT
        for kind in metric.post_kinds
    }
    found = dict.fromkeys(metrics.values(), 0)
    topics = {topic.name: 0 for topic in reader.topics(client.id)}
    for row in reader.posts(Filter(client_id=client.id, since=since + timedelta(days=1), until=day)):
        if row.post.state is PostState.PUBLISHED:
            found[metrics[row.post.kind.value]] += 1
            for topic in topics.keys() & set(row.post.topics):
                topics[topic] += 1
    return {name: count for name, count in found.items() if count}, topics


def _gaps(reader: Reader, client: Client, since: date) -> Iterator[tuple[str, Gap]]:
    """What is not known since the last call, with the account it is missing for."""
    for account in reader.accounts(client.id):
        for gap in reader.gaps(account.id):
            if gap.last >= since:
                yield f"{account.network}:{account.handle}", gap


def page_lines(ctx: Context, page: Page) -> Iterator[str]:
    """The page, part by part; parts without anything are left out."""
    text = ctx.words.text
    parts = (
        (text("Wanted"), list(_wanted(ctx, page))),
        (text("Done"), list(_done(ctx, page))),
        (text("Why"), list(_why(ctx, page))),
        (text("Decided before"), list(_decided(ctx, page))),
        (text("To ask"), list(_questions(page))),
    )
    yield text("Call with {client}, {day}", client=page.client.name, day=ctx.words.day(page.day, page.today))
    for head, lines in parts:
        if lines:
            yield f"\n{head}"
            yield from (f"  {line}" for line in lines)


def _wanted(ctx: Context, page: Page) -> Iterator[str]:
    """The client's priorities, each with the goals that serve it."""
    for rank, priority in enumerate(page.terms.priorities if page.terms else (), 1):
        served = ", ".join(str(number) for number in page.serving.get(rank, ()))
        goals = ctx.words.text("goal {ids}", ids=served) if served else ctx.words.text("no goal")
        yield f"{rank}. {clean(priority.text)} — {goals}"


def _done(ctx: Context, page: Page) -> Iterator[str]:
    """Each goal with how far it is, and what came out since the last call."""
    from wording.goals import counted, done_cell, row_title, standing_word

    words = ctx.words
    for row in page.rows:
        until = ""
        if row.deadline is not None:
            until = words.text("until {day}", day=words.day(date.fromordinal(row.deadline), page.today))
        parts = (row_title(words, row), until, done_cell(words, row), standing_word(words, row))
        yield f"{row.goal_id}. " + " · ".join(part for part in parts if part)
    if page.published:
        made = ", ".join(counted(words, metric, count) for metric, count in page.published.items())
        since = words.day(page.since, page.today)
        yield words.text("came out since {day}: {made}", day=since, made=made)
        total = sum(page.published.values())
        for topic, count in page.topics.items():
            yield words.text("topic «{topic}»: {n} of {total}", topic=clean(topic), n=count, total=total)


def _why(ctx: Context, page: Page) -> Iterator[str]:
    """What the check-ins said, what is awaited from the client, what is not known."""
    from wording.goals import metric_name, row_title
    from wording.rhythm import check_in_text, waiting_text
    from wording.sync import GAP_REASONS

    words = ctx.words
    for row in page.rows:
        said = page.check_ins.get(GoalId(row.goal_id))
        if said is not None and not said.by_rule:
            yield f"{row.goal_id}. {row_title(words, row)}: {check_in_text(words, said, page.today)}"
    for material in page.materials[:_MOST]:
        waiting = waiting_text(words, max(0, (page.day - material.asked_on).days))
        yield words.text("materials: {what}, {waiting}", what=clean(material.what), waiting=waiting)
    for account, gap in page.gaps[-_MOST:]:
        reason = GAP_REASONS.get(gap.reason)
        days = words.day(gap.first, page.today)
        if gap.last != gap.first:
            days += f"–{words.day(gap.last, page.today)}"
        line = words.text(
            "no data: {metric}, {account}, {days}",
            metric=metric_name(words, gap.metric),
            account=account,
            days=days,
        )
        yield f"{line} ({words.text(reason)})" if reason else line


def _decided(ctx: Context, page: Page) -> Iterator[str]:
    """The decisions of the newest calls before this one, the newest first."""
    made = [(call.day, each) for call in reversed(page.calls) for each in call.decisions]
    for day, each in made[:_MOST]:
        yield f"{ctx.words.day(day, page.today)} {clean(each)}"


def _questions(page: Page) -> Iterator[str]:
    yield from (clean(question) for question in (page.terms.report.questions or () if page.terms else ()))


def page_record(ctx: Context, reader: Reader, page: Page) -> dict[str, object]:
    """The page for another program."""
    from cli.goals import goal_records

    records = goal_records(ctx, reader, page.rows)
    return {
        "client": page.client.name,
        "day": page.day,
        "since": page.since,
        "priorities": [
            {"rank": rank, "text": priority.text, "goals": page.serving.get(rank, [])}
            for rank, priority in enumerate(page.terms.priorities if page.terms else (), 1)
        ],
        "goals": records,
        "published": page.published,
        "topics": page.topics,
        "check_ins": [
            {name: getattr(each, name) for name in ("goal_id", "day", "confidence", "why", "by_rule")}
            for each in page.check_ins.values()
        ],
        "gaps": [
            {
                "account": account,
                "metric": gap.metric,
                "first": gap.first,
                "last": gap.last,
                "reason": gap.reason,
            }
            for account, gap in page.gaps
        ],
        "materials": [
            {name: getattr(each, name) for name in ("id", "what", "asked_on")}
            | {"waiting_days": max(0, (page.day - each.asked_on).days)}
            for each in page.materials
        ],
        "questions": list(_questions(page)),
        "calls": [call_record(call) for call in page.calls],
    }


def call_record(call: Call) -> dict[str, object]:
    """A call for another program."""
    return {
        "id": call.id,
        "day": call.day,
        "author": call.author,
        "notes": call.notes,
        "decisions": call.decisions,
    }
