"""The facts that the rules of warnings look at, over the store's contract only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import content_term, folded, topic_term
from goals.agreement.plain import agreement_of
from goals.facts import DayValue
from goals.metrics import ENGAGEMENT_PARTS
from goals.model import Account, AccountId, Client, GoalId, Period
from goals.pace import period_of
from goals.warnings.rules import urgency, warnings_in
from goals.warnings.situation import LATELY, AccountState, GoalState, Piece, Situation, UnitTrouble
from store.days import today_of
from store.evidence import terms_in_force
from store.values import Filter

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from goals.agreement.terms import Terms
    from goals.model import ClientId, Post
    from goals.records import CheckIn
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
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
    terms = _terms(reader, client.id, today)
    since = _since(reader, client.id)
    accounts = reader.accounts(client.id)
    told = {(newest.account_id, newest.metric) for newest in reader.latest(one.id for one in accounts)}
    month = period_of(Period.MONTH, today)
    logged = {row.client_id: row.hours for row in reader.hourly(*month)}
    return Situation(
        client=client,
        today=today,
        now=now,
        calendar=reader.calendar(client.id),
        terms=terms,
        since=since,
        goals=_goals(reader, client.id, today),
        accounts=tuple(_account(reader, one, units.get(one.id), told, today) for one in accounts),
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


def _terms(reader: Reader, client_id: ClientId, today: date) -> Terms | None:
    """The terms in force; none after the end of an agreement that does not renew itself."""
    terms = terms_in_force(reader, client_id)
    if terms is None or terms.dates.renews or terms.dates.end is None:
        return terms
    return terms if today <= terms.dates.end else None


def _since(reader: Reader, client_id: ClientId) -> dict[str, date]:
    """From which day on each line about content holds: the yes to the first version that has it."""
    versions = reader.agreements(client_id)
    accepted = [version for version in versions if version.acceptance is not None]
    found: dict[str, date] = {}
    for version in accepted or versions[-1:]:
        agreement = agreement_of(version)
        said = agreement.acceptance.on if agreement.acceptance else agreement.made_at.date()
        day = agreement.terms.dates.start or said
        for topic in agreement.terms.topics:
            found.setdefault(topic_term(topic), day)
        for content in agreement.terms.content:
            found.setdefault(content_term(content), day)
    return found


def _goals(reader: Reader, client_id: ClientId, today: date) -> tuple[GoalState, ...]:
    goals = {int(goal.id): goal for goal in reader.goals(client_id)}
    rows = reader.board_rows([client_id])
    verdicts = reader.verdicts([goal.id for goal in goals.values()], today - _HISTORY)
    check_ins: dict[GoalId, list[CheckIn]] = {}
    for check_in in reader.check_ins(client_id, today - _HISTORY):
        check_ins.setdefault(check_in.goal_id, []).append(check_in)
    return tuple(
        GoalState(
            goal=goals[row.goal_id],
            row=row,
            verdicts=tuple(verdicts.get(goals[row.goal_id].id, ())),
            check_ins=tuple(check_ins.get(goals[row.goal_id].id, ())),
            revisions=tuple(reader.revisions(goals[row.goal_id].id))
            if goals[row.goal_id].version > 1
            else (),
        )
        for row in rows
        if row.goal_id in goals
    )


def _account(
    reader: Reader,
    account: Account,
    unit: UnitRecord | None,
    told: Container[tuple[AccountId, str]],
    today: date,
) -> AccountState:
    """An account with the series of those metrics of which it was told at all."""
    trouble = unit.trouble if unit is not None else None
    return AccountState(
        account=account,
        series={
            metric: _series(reader, account.id, metric, today)
            for metric in _METRICS
            if (account.id, metric) in told
        },
        gaps=tuple(reader.gaps(account.id)),
        trouble=None
        if trouble is None
        else UnitTrouble(trouble.kind, trouble.code, trouble.detail, trouble.facts),
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
