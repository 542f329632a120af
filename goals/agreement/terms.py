"""What client and specialist agree on, line by line: the whole template as values.

A text that was not said is empty, everything else that was not said is None: never 0. Money is in
roubles, days of the month are 1-31, clock times are the client's local ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from goals.metrics import CATALOGUE, UNNAMED, Nature
from goals.model import ClientId, GoalKind, Period
from goals.records import Acceptance

#: What is published, and the metric that counts it: `post` -> `posts`.
CONTENT_METRICS = {
    metric.post_kinds[0]: metric.name for metric in CATALOGUE if metric.nature is Nature.CONTENT
}
FORMATS = tuple(CONTENT_METRICS)
#: The figures that a goal may be about; what is agreed about topics has lines of its own.
FIGURES = tuple(metric.name for metric in CATALOGUE if metric.name != UNNAMED and not metric.needs_topic)
#: A client has few reasons, or none comes first.
MOST_PRIORITIES = 3


class Weekday(StrEnum):
    """A day of the week as the agreement writes it."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """0 for Monday, as `date.weekday` counts."""
        return list(Weekday).index(self)


@dataclass(frozen=True, slots=True)
class ClientSide:
    """What the client does, how to reach him, and the one person who says yes."""

    about: str = ""
    contact: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """From when to when; `renews` says that it goes on by itself after `end`."""

    start: date | None = None
    end: date | None = None
    renews: bool | None = None
    notice_days: int | None = None


@dataclass(frozen=True, slots=True)
class AgreedAccount:
    """An account that is worked on; `followers` stood there on the day `counted_on`."""

    network: str
    address: str
    owner: str = ""
    access: str = ""
    followers: int | None = None
    counted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """One of the client's reasons; its rank is its place in the list, from 1."""

    text: str
    season_start: date | None = None
    season_end: date | None = None


@dataclass(frozen=True, slots=True)
class TopicLine:
    """What content has to be about: a share of it (0-1), or so many pieces a period or until a day."""

    topic: str
    share: float | None = None
    amount: int | None = None
    format: str | None = None
    network: str | None = None
    period: Period | None = None
    until: date | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class ContentLine:
    """So many pieces of a format in a network (None: in all together), a period or until a day."""

    format: str
    amount: int
    network: str | None = None
    period: Period | None = None
    until: date | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """What somebody has to give, by which day of the month."""

    what: str
    who: str = ""
    by_day: int | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """By when the plan is there, and within how many working days the client answers."""

    plan_day: int | None = None
    reply_days: int | None = None
    silence_is_consent: bool | None = None
    rounds: int | None = None


@dataclass(frozen=True, slots=True)
class Replies:
    """Who answers people, when, and within how many minutes."""

    who: str = ""
    start_time: time | None = None
    end_time: time | None = None
    minutes: int | None = None
    hand_over: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of work a month, when the specialist can be reached, and on which days no work is done.

    `days_off` is None where nobody spoke of it (then Saturday and Sunday are free); `worked_days` are
    single days that are worked although they are free ones.
    """

    month: float | None = None
    start_time: time | None = None
    end_time: time | None = None
    days_off: tuple[Weekday, ...] | None = None
    worked_days: tuple[date, ...] | None = None
    urgent: bool | None = None
    urgent_price: str = ""


@dataclass(frozen=True, slots=True)
class Ads:
    """The budget for advertising, roubles a month, apart from the fee."""

    budget: float | None = None
    payer: str = ""
    setup_included: bool | None = None


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A figure both sides look at: a goal. With `period` month it begins anew each month."""

    metric: str
    kind: GoalKind
    network: str | None = None
    baseline: float | None = None
    amount: float | None = None
    period: Period | None = None
    until: date | None = None
    where: str = ""
    depends_on_client: bool | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What the fee does not cover."""

    not_included: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """On which day of the month the report comes, in which form, and the call with its questions."""

    day: int | None = None
    form: str = ""
    call_day: int | None = None
    call_minutes: int | None = None
    next_call: date | None = None
    questions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """The fee, roubles a month, its day of the month, and what more work costs."""

    amount: float | None = None
    day: int | None = None
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """Whose the texts and pictures are, whether they may be shown, and personal data."""

    works: str = ""
    portfolio: bool | None = None
    personal_data: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that is agreed with one client; `goals.agreement.plain` reads and checks it."""

    priorities: tuple[Priority, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    content: tuple[ContentLine, ...] = ()
    kpis: tuple[KpiLine, ...] = ()
    client: ClientSide = field(default_factory=ClientSide)
    dates: Dates = field(default_factory=Dates)
    accounts: tuple[AgreedAccount, ...] = ()
    materials: tuple[MaterialLine, ...] = ()
    approval: Approval = field(default_factory=Approval)
    replies: Replies = field(default_factory=Replies)
    hours: Hours = field(default_factory=Hours)
    ads: Ads = field(default_factory=Ads)
    scope: Scope = field(default_factory=Scope)
    report: Report = field(default_factory=Report)
    payment: Payment = field(default_factory=Payment)
    rights: Rights = field(default_factory=Rights)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of what was agreed, its terms read; `acceptance` is None until the client said yes."""

    client_id: ClientId
    version: int
    made_at: datetime
    author: str
    reason: str
    terms: Terms
    acceptance: Acceptance | None = None


#: What cannot be left open; a list needs a line.
_NEEDED = (
    "priorities",
    "content",
    "kpis",
    "client.approver",
    "dates.start",
    "accounts",
    "approval.plan_day",
    "approval.reply_days",
    "approval.silence_is_consent",
    "approval.rounds",
    "hours.month",
    "scope.not_included",
    "report.day",
)


def lacking(terms: Terms) -> tuple[str, ...]:
    """The paths that are still empty though an agreement needs them: `hours.month`, `kpis[0].amount`."""
    empty = [path for path in _NEEDED if _value(terms, path) in (None, "", ())]
    for index, kpi in enumerate(terms.kpis):
        if kpi.amount is None:
            empty.append(f"kpis[{index}].amount")
        if kpi.until is None and kpi.period is None:
            empty.append(f"kpis[{index}].until")
    return tuple(empty)


def is_needed(path: str) -> bool:
    """Whether a list or a field of a table (`hours.month`) cannot be left empty."""
    return path in _NEEDED or path == "kpis.amount"


def _value(terms: Terms, path: str) -> object:
    found: object = terms
    for name in path.split("."):
        found = getattr(found, name)
    return found
