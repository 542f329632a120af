"""The facts that the rules of warnings look at, over the store's contract only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded, topic_term
from goals.agreement.plain import agreement_of
from goals.evaluate import evaluate
from goals.facts import DayValue
from goals.metrics import ENGAGEMENT_PARTS
from goals.model import Account, AccountId, Client, GoalId, GoalStatus, Period
from goals.pace import period_of
from goals.records import Verdict
from goals.warnings.held import Held, held_lines
from goals.warnings.rules import urgency, warnings_in
from goals.warnings.situation import LATELY, AccountState, GoalState, Piece, Situation, UnitTrouble
from store.days import today_of
from store.evidence import terms_in_force
from store.refresh import history_since
from store.values import Filter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goals.agreement.terms import Terms
    from goals.board import GoalRow
    from goals.model import ClientId, Goal, Post
    from goals.records import CheckIn
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from goals.workcalendar import WorkCalendar
    from store.contract import Reader
    from store.values import UnitRecord

#: Figures are compared over two times four weeks, up to yesterday.
_SERIES = 2 * LATELY + timedelta(days=1)
_METRICS = ("audience", "reach", "joins", "leaves")
#: Verdicts and check-ins of so long tell what changes.
_HISTORY = timedelta(days=60)
#: Content that counts towards an agreed day is read back to the agreement, but no further than this.
_LONGEST = timedelta(days=400)

Units = dict[AccountId, "UnitRecord"]


def situation_of(reader: Reader, client: Client, now: datetime, units: Units | None = None) -> Situation:
    """What is known of `client` at `now`; `units` are the newest units of accounts where they are at hand."""
    today = today_of(client, now)
    units = _units(reader) if units is None else units
    terms, is_over = _terms(reader, client.id, today)
    goals = reader.goals(client.id, dropped=True)
    held = _held(reader, client.id)
    since = {term: line.since for term, line in held.items()}
    accounts = reader.accounts(client.id)
    latest = reader.latest(one.id for one in accounts)
    told: dict[AccountId, dict[str, datetime]] = {}
    for newest in latest:
        told.setdefault(newest.account_id, {})[newest.metric] = newest.taken_at
    calendar = reader.calendar(client.id)
    month = period_of(Period.MONTH, today)
    logged = {row.client_id: row.hours for row in reader.hourly(*month)}
    return Situation(
        client=client,
        today=today,
        now=now,
        calendar=calendar,
        terms=terms,
        is_over=is_over,
        since=since,
        amounts={term: line.amounts for term, line in held.items()},
        goals=_goals(reader, client.id, [goal for goal in goals if not goal.dropped], calendar, today),
        dropped=tuple(goal for goal in goals if goal.dropped),
        accounts=tuple(
            _account(reader, one, units.get(one.id), told.get(one.id, {}), today) for one in accounts
        ),
        topics=tuple(reader.topics(client.id)),
        content=_content(reader, client.id, _content_since(terms, since, today)),
        hours=logged.get(client.id),
        materials=tuple(reader.materials(client.id)),
    )


def warnings_of(reader: Reader, client: Client, now: datetime, units: Units | None = None) -> list[Warning]:
    """What the rules find for one client, the most urgent first."""
    return warnings_in(situation_of(reader, client, now, units))


class Found(NamedTuple):
    """A warning and the clients that it concerns: one, or for a token all that it reads for."""

    warning: Warning
    clients: tuple[Client, ...]


def all_warnings(reader: Reader, now: datetime) -> list[Found]:
    """What the rules find for all clients that are not put away, the most urgent first, each key once."""
    units = _units(reader)
    found: dict[str, Found] = {}
    for client in reader.clients():
        for warning in warnings_of(reader, client, now, units):
            known = found.get(warning.key, Found(warning, ()))
            found[warning.key] = known._replace(clients=(*known.clients, client))
    return sorted(found.values(), key=lambda one: urgency(one.warning))


def _units(reader: Reader) -> Units:
    return {unit.account_id: unit for unit in reader.last_units()}


def _terms(reader: Reader, client_id: ClientId, today: date) -> tuple[Terms | None, bool]:
    """The terms in force; none, and that it is over, after an end without renewal."""
    terms = terms_in_force(reader, client_id)
    if terms is None or terms.dates.renews or terms.dates.end is None:
        return terms, False
    return (terms, False) if today <= terms.dates.end else (None, True)


def _held(reader: Reader, client_id: ClientId) -> dict[str, Held]:
    """Since when each line about content holds: through the accepted versions; without one, through all."""
    versions = reader.agreements(client_id)
    accepted = [version for version in versions if version.acceptance is not None]
    return held_lines(agreement_of(version) for version in accepted or versions)


def _goals(
    reader: Reader, client_id: ClientId, running: Sequence[Goal], calendar: WorkCalendar, today: date
) -> tuple[GoalState, ...]:
    goals = {int(goal.id): goal for goal in running}
    rows = reader.board_rows([client_id])
    verdicts = reader.verdicts([goal.id for goal in goals.values()], today - _HISTORY)
    check_ins: dict[GoalId, list[CheckIn]] = {}
    for check_in in reader.check_ins(client_id, today - _HISTORY):
        check_ins.setdefault(check_in.goal_id, []).append(check_in)
    return tuple(
        GoalState(
            goal=goals[row.goal_id],
            row=row,
            verdicts=_with_yesterday(reader, goals[row.goal_id], row, verdicts, calendar, today),
            check_ins=tuple(check_ins.get(goals[row.goal_id].id, ())),
            revisions=tuple(reader.revisions(goals[row.goal_id].id))
            if goals[row.goal_id].version > 1
            else (),
        )
        for row in rows
        if row.goal_id in goals
    )


def _with_yesterday(
    reader: Reader,
    goal: Goal,
    row: GoalRow,
    verdicts: Mapping[GoalId, Sequence[Verdict]],
    calendar: WorkCalendar,
    today: date,
) -> tuple[Verdict, ...]:
    """The verdicts of a goal; of an unlikely one not judged yesterday, also what history says of then."""
    known = verdicts.get(goal.id, ())
    yesterday = today - timedelta(days=1)
    if row.status != GoalStatus.UNLIKELY or any(one.day == yesterday for one in known):
        return tuple(known)
    facts = reader.facts(goal, history_since(goal, yesterday), yesterday)
    if facts.as_of is None:
        return tuple(known)
    told = evaluate(goal, facts, calendar, facts.as_of, yesterday)
    then = Verdict(yesterday, told.status, told.chance, told.progress)
    return tuple(sorted((*known, then), key=lambda one: one.day))


def _account(
    reader: Reader,
    account: Account,
    unit: UnitRecord | None,
    told: Mapping[str, datetime],
    today: date,
) -> AccountState:
    """An account with the series of those metrics of which it was told at all (`told`: when newest)."""
    trouble = unit.trouble if unit is not None else None
    return AccountState(
        account=account,
        series={metric: _series(reader, account.id, metric, today) for metric in _METRICS if metric in told},
        gaps=tuple(reader.gaps(account.id)),
        trouble=None
        if trouble is None
        else UnitTrouble(trouble.kind, trouble.code, trouble.detail, trouble.facts),
        told_at=max(told.values(), default=None),
    )


def _series(reader: Reader, account_id: AccountId, metric: str, today: date) -> tuple[DayValue, ...]:
    which = Filter(account_id=account_id, metric=metric, since=today - _SERIES, until=today)
    return tuple(DayValue(row.day, row.value) for row in reader.readings(which))


def _content_since(terms: Terms | None, since: Mapping[str, date], today: date) -> date:
    """Two times four weeks back, and further for what is counted from the agreement to an agreed day."""
    first = today - 2 * LATELY
    for line in terms.topics if terms else ():
        if line.amount is not None and line.period is None:
            first = min(first, since.get(topic_term(line), first))
    return max(first, today - _LONGEST)


def _content(reader: Reader, client_id: ClientId, since: date) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            day=row.post.day,
            kind=row.post.kind,
            state=row.post.state,
            network=row.network,
            account_id=row.post.account_id,
            topics=frozenset(folded(topic) for topic in row.post.topics),
            engagement=_engagement(row.post),
            views=row.post.figures.get("views"),
        )
        for row in reader.posts(Filter(client_id=client_id, since=since))
    )


def _engagement(post: Post) -> float | None:
    """The figures of engagement that are known, added up; None where none is."""
    known = [post.figures[name] for name in ENGAGEMENT_PARTS if name in post.figures]
    return sum(known) if known else None
