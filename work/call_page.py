"""What to have at hand at a call with a client: wanted, done, why, and what was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.model import ClientKind, GoalId, GoalStatus
from work.agreements import goals_text
from work.call_undone import decision_texts, undone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goals.agreement.terms import Terms
    from goals.board import GoalRow
    from goals.model import Client, Gap
    from goals.records import Call, CheckIn, Material
    from store.contract import Reader
    from wording.words import Words
    from work.call_undone import Undone

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
    undone: dict[int, tuple[Undone | None, ...]]
    unagreed: frozenset[int]

    @property
    def drafts(self) -> list[GoalRow]:
        """What is yet to be agreed: goals that do not say all they need."""
        return [row for row in self.rows if is_draft(row)]

    @property
    def ahead(self) -> list[GoalRow]:
        """The goals that begin after the day of the call."""
        return [row for row in self.rows if not is_draft(row) and row.start > self.day.toordinal()]

    @property
    def begun(self) -> list[GoalRow]:
        """The goals that there is something to tell of."""
        later = {row.goal_id for row in (*self.drafts, *self.ahead)}
        return [row for row in self.rows if row.goal_id not in later]

    @property
    def waiting(self) -> list[GoalRow]:
        """What the client has not said yes to yet; nobody says yes to one's own goals."""
        if self.client.kind is ClientKind.SELF:
            return []
        open_rows = (row for row in (*self.begun, *self.ahead) if not GoalStatus(row.status).is_over)
        return [row for row in open_rows if row.goal_id in self.unagreed]


def is_draft(row: GoalRow) -> bool:
    """Whether a goal lacks more than the figure that it starts from."""
    from wording.goals import lacks_start

    return row.status == GoalStatus.DRAFT and not lacks_start(row)


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
    agreed = {int(goal.id) for goal in reader.goals(client.id) if goal.agreed_on is not None}
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
        undone=undone_of(reader, client, calls),
        unagreed=frozenset(row.goal_id for row in rows) - agreed,
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


def page_parts(words: Words, page: Page) -> list[tuple[str, str, list[str]]]:
    """The page, part by part: its name, its heading, its lines; parts without anything are left out."""
    text = words.text
    parts = (
        ("wanted", text("Wanted"), list(_wanted(words, page))),
        ("done", text("Done"), list(_done(words, page))),
        ("why", text("Why"), list(_why(words, page))),
        ("ahead", text("Ahead"), list(_ahead(words, page))),
        ("agree", text("To agree"), list(_to_agree(words, page))),
        ("decided", text("Decided before"), list(_decided(words, page))),
        ("ask", text("To ask"), list(questions_of(page))),
    )
    return [part for part in parts if part[2]]


def _wanted(words: Words, page: Page) -> Iterator[str]:
    """The client's priorities, each with the goals that serve it."""
    for rank, priority in enumerate(page.terms.priorities if page.terms else (), 1):
        goals = goals_text(words, page.serving.get(rank, ()))
        yield f"{rank}. {clean(priority.text)} — {goals}"


def _done(words: Words, page: Page) -> Iterator[str]:
    """Each goal with how far it is, and what came out since the last call."""
    from wording.goals import counted, done_cell, row_title, standing_word

    for row in page.begun:
        parts = (
            row_title(words, row),
            _until(words, page, row),
            done_cell(words, row),
            standing_word(words, row),
        )
        yield f"{row.goal_id}. " + " · ".join(part for part in parts if part)
    if page.published:
        made = ", ".join(counted(words, metric, count) for metric, count in page.published.items())
        since = words.day(page.since, page.today)
        yield words.text("came out since {day}: {made}", day=since, made=made)
        total = sum(page.published.values())
        for topic, count in page.topics.items():
            yield words.text("topic «{topic}»: {n} of {total}", topic=clean(topic), n=count, total=total)


def _until(words: Words, page: Page, row: GoalRow) -> str:
    if row.deadline is None:
        return ""
    return words.text("until {day}", day=words.day(date.fromordinal(row.deadline), page.today))


def _ahead(words: Words, page: Page) -> Iterator[str]:
    """The goals that have not begun, with their days."""
    from wording.goals import row_title

    for row in page.ahead:
        since = words.text("since {day}", day=words.day(date.fromordinal(row.start), page.today))
        parts = (row_title(words, row), since, _until(words, page, row))
        yield f"{row.goal_id}. " + " · ".join(part for part in parts if part)


def _to_agree(words: Words, page: Page) -> Iterator[str]:
    """Drafts, and goals that the client has not said yes to yet."""
    from wording.goals import row_title, status_word

    for row in page.drafts:
        parts = (row_title(words, row), _until(words, page, row), status_word(words, row.status))
        yield f"{row.goal_id}. " + " · ".join(part for part in parts if part)
    for row in page.waiting:
        waits = words.text("the client has not said yes yet")
        yield f"{row.goal_id}. {row_title(words, row)} · {waits}"


def _why(words: Words, page: Page) -> Iterator[str]:
    """What the check-ins said, what is awaited from the client, what is not known."""
    from wording.goals import metric_name, row_title
    from wording.rhythm import check_in_text, waiting_text
    from wording.sync import GAP_REASONS

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


def _decided(words: Words, page: Page) -> Iterator[str]:
    """The decisions of the newest calls before this one, the newest first."""
    made = [
        (call.day, told)
        for call in reversed(page.calls)
        for told in decision_texts(words, call, page.undone[call.id])
    ]
    for day, told in made[:_MOST]:
        yield f"{words.day(day, page.today)} {told}"


def questions_of(page: Page) -> Iterator[str]:
    """What one agreed to ask at a call."""
    yield from (clean(question) for question in (page.terms.report.questions or () if page.terms else ()))
