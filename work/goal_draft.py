"""A goal while it is being said: what a line means for a client, and how its letters stand.

Nothing here reads a store: what the evidence rests on is read beforehand into `Known`, so that each
letter that is typed can be answered at once. What was not read yet is left in `Figures.wanted`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from goals.draft import Draft, Letter, Wish
from goals.drafting import goal_of
from goals.facts import Facts
from goals.metrics import METRICS, UNNAMED, Source
from goals.model import GoalKind
from goals.pace import is_ceiling, pace_of, start_of
from goals.phrase import read
from goals.phrase.lacking import is_absurd
from goals.smart import Finding, check, is_complete, weighed
from goals.third import with_rate
from store.evidence import told_since
from work.goal_letters import account_of, distinct, known_of

if TYPE_CHECKING:
    from goals.model import Account, AccountId, Client, ClientId, Goal
    from goals.outlook import Attainability
    from goals.records import AgreementVersion
    from goals.smart import Evidence
    from goals.workcalendar import WorkCalendar
    from store.contract import Reader
    from work.goal_letters import Offers

#: So many letters of a word's beginning tell it in any of its cases.
_STEM = 4
#: For so many goals the evidence is kept: those of the last letters and steps.
_KEPT = 64


class Scope(NamedTuple):
    """The figures that goals of one kind and place are judged by."""

    client_id: ClientId
    metric: str
    kind: GoalKind
    network: str | None
    account_id: AccountId | None
    topic: str | None
    since: date


@dataclass(slots=True)
class Figures:
    """What was read so far, by scope; `wanted` are the goals whose figures were asked for in vain.

    `misses` counts how often that was. `judged` keeps what was made of them for the goals of late.
    """

    found: dict[Scope, Facts] = field(default_factory=dict)
    wanted: dict[Scope, Goal] = field(default_factory=dict)
    misses: int = 0
    judged: dict[Goal, Evidence] = field(default_factory=dict)

    def take(self, read: Mapping[Scope, Facts]) -> None:
        """Take figures that were read."""
        self.found.update(read)
        self.judged.clear()

    def of(self, scope: Scope, goal: Goal) -> Facts | None:
        """The figures of a scope; None where they have to be read first, which is noted."""
        found = self.found.get(scope)
        if found is None:
            self.wanted[scope] = goal
            self.misses += 1
        return found


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a client while goals are set; stands in for a store where evidence is given.

    `today` is the client's local day, `names` are topics as they were said -> as they are called. `shown` are
    the figures that the networks of `places` show, by network; one of which nobody knows it is left out.
    """

    client: Client
    today: date
    places: tuple[Account, ...]
    topics: tuple[str, ...]
    versions: tuple[AgreementVersion, ...]
    living: tuple[Goal, ...]
    working: WorkCalendar
    figures: Figures = field(default_factory=Figures)
    names: dict[str, str] = field(default_factory=dict)
    shown: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def agreements(self, client_id: ClientId) -> list[AgreementVersion]:  # noqa: ARG002 - of the one client
        """The agreement's versions."""
        return list(self.versions)

    def accounts(self, client_id: ClientId | None = None) -> list[Account]:  # noqa: ARG002
        """The accounts."""
        return list(self.places)

    def calendar(self, client_id: ClientId) -> WorkCalendar:  # noqa: ARG002
        """The working days."""
        return self.working

    def offers(self, networks: Sequence[str]) -> frozenset[str] | None:
        """The figures that networks show; None where one of them is unknown."""
        if any(name not in self.shown for name in networks):
            return None
        return frozenset(figure for name in networks for figure in self.shown[name])

    def facts(self, goal: Goal, since: date, today: date) -> Facts:  # noqa: ARG002 - read up to today
        """The goal's figures as far as they were read; none at all until then."""
        scope = Scope(
            goal.client_id, goal.metric, goal.kind, goal.network, goal.account_id, goal.topic, since
        )
        return self.figures.of(scope, goal) or Facts()


def read_known(reader: Reader, client: Client, today: date, offers: Offers | None = None) -> Known:
    """Read what does not depend on the goal; `offers` as for `work.goal_letters.letters_of`."""
    places = tuple(reader.accounts(client.id))
    networks = dict.fromkeys(account.network for account in places)
    shown = {} if offers is None else {name: offers((name,)) for name in networks}
    return Known(
        client=client,
        today=today,
        places=places,
        topics=tuple(topic.name for topic in reader.topics(client.id)),
        versions=tuple(reader.agreements(client.id)),
        living=tuple(reader.goals(client.id)),
        working=reader.calendar(client.id),
        shown={name: figures for name, figures in shown.items() if figures is not None},
    )


def read_figures(reader: Reader, wanted: Mapping[Scope, Goal], today: date) -> dict[Scope, Facts]:
    """Read the figures that are wanted."""
    return {scope: reader.facts(goal, scope.since, today) for scope, goal in wanted.items()}


@dataclass(frozen=True, slots=True)
class Answers:
    """What was chosen beside the words; None for what was not.

    `reading` is the draft that was chosen of several. `network` is one of the client's, or empty for all
    together. `amount`, `deadline` outweigh the words; `priority` is a rank.
    """

    reading: Draft | None = None
    network: str | None = None
    amount: float | None = None
    deadline: date | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One goal of a line: the wish, the goal that it would be, how its letters stand, what may be chosen.

    `spoken` is the likeliest reading of the words alone. `readings` are all that they allow, the likeliest
    first (empty: only one), `reading` is the number of the chosen one, from 1. `networks` are those to choose
    from. `likely` is the rank of the priority that the goal's topic is for. `done` is how much of its way a
    goal that has begun has come by now, 0 for one that begins. `waits` says that figures are still being
    read.
    """

    wish: Wish
    goal: Goal
    findings: Mapping[Letter, Finding]
    spoken: Draft
    outlook: Attainability | None
    baseline: float | None
    priorities: tuple[str, ...] = ()
    likely: int | None = None
    readings: tuple[Draft, ...] = ()
    reading: int | None = None
    networks: tuple[str, ...] = ()
    done: float = 0.0
    waits: bool = False

    @property
    def draft(self) -> Draft:
        """What was understood."""
        return self.wish.draft

    @property
    def is_complete(self) -> bool:
        """Whether no letter is missing."""
        return is_complete(self.findings)


def said_goals(known: Known, line: str, answers: Sequence[Answers] = ()) -> tuple[Said, ...]:
    """The goals of a line with what was chosen for each; at least one."""
    known.figures.wanted.clear()
    given = [*answers]
    wishes = read(line, known.today)
    given += [Answers()] * (len(wishes) - len(given))
    return tuple(_said(known, wish, answer) for wish, answer in zip(wishes, given, strict=False))


def _said(known: Known, wish: Wish, answers: Answers) -> Said:
    today, client = known.today, known.client
    spoken, networks = wish.draft, _networks(known, wish.draft)
    wish = _placed(known, wish, answers)

    def meant(draft: Draft) -> Goal:
        account = account_of(draft, known.places)
        return goal_of(draft, client.id, today, account=account, wish=wish.text, priority=answers.priority)

    missed = known.figures.misses

    def baseline_of(draft: Draft) -> float | None:
        return _evidence(known, meant(draft)).baseline

    likely = baseline_of(wish.draft)
    wish = distinct(with_rate(weighed(wish, baseline_of), None, today, likely), meant)
    readings = (wish.draft, *wish.alternatives)
    number = _chosen(readings, answers)
    if number is not None:
        wish = replace(wish, draft=readings[number - 1], alternatives=(), either=False)
    wish = _answered(wish, answers, today)
    goal = meant(wish.draft)
    evidence = _evidence(known, goal)
    waits = known.figures.misses > missed
    return Said(
        wish=wish,
        goal=goal,
        findings=check(_kept(wish, goal), evidence),
        spoken=spoken,
        outlook=None if waits else evidence.attainability,
        baseline=evidence.baseline,
        priorities=evidence.priorities,
        likely=evidence.likely,
        readings=readings if len(readings) > 1 else (),
        reading=number,
        networks=networks,
        done=0.0 if waits else _done(known, goal, evidence),
        waits=waits,
    )


def said_of(known: Known, goal: Goal) -> Said:
    """A goal that is there already, as what would be said of it."""
    missed = known.figures.misses
    evidence = _evidence(known, goal)
    waits = known.figures.misses > missed
    draft = Draft(
        network=goal.network,
        metric=goal.metric if goal.metric != UNNAMED else None,
        kind=goal.kind,
        amount=goal.amount,
        topic=goal.topic,
        period=goal.period,
        start=goal.start,
        deadline=goal.deadline,
        baseline=goal.baseline,
        ceiling=is_ceiling(goal),
    )
    wish = Wish(goal.wish, draft)
    return Said(
        wish=wish,
        goal=goal,
        findings=check(wish, evidence),
        spoken=draft,
        outlook=None if waits else evidence.attainability,
        baseline=evidence.baseline,
        priorities=evidence.priorities,
        likely=evidence.likely,
        done=0.0 if waits else _done(known, goal, evidence),
        waits=waits,
    )


def _done(known: Known, goal: Goal, evidence: Evidence) -> float:
    """How far the figure of a goal has come from its start; 0 where it begins only now, or nothing tells."""
    if goal.metric == UNNAMED or goal.start >= known.today:
        return 0.0
    goal = replace(goal, baseline=evidence.baseline)
    facts, start = known.facts(goal, told_since(goal, known.today), known.today), start_of(goal)
    current = pace_of(goal, facts, known.working, known.today).current
    return 0.0 if current is None or start is None else current - start


def _evidence(known: Known, goal: Goal) -> Evidence:
    """The evidence for a goal; kept for the next letter where all of its figures are there."""
    figures = known.figures
    found = figures.judged.get(goal)
    if found is None:
        missed = figures.misses
        found = known_of(known, known.client, goal, known.today, priority=goal.priority, offers=known.offers)
        if figures.misses == missed:
            if len(figures.judged) >= _KEPT:
                figures.judged.clear()
            figures.judged[goal] = found
    return found


def _chosen(readings: tuple[Draft, ...], answers: Answers) -> int | None:
    """The number of the chosen reading; an amount or a day of one's own is given to the likeliest one."""
    if answers.reading in readings:
        return readings.index(answers.reading) + 1
    settled = answers.amount is not None or answers.deadline is not None
    return 1 if settled and len(readings) > 1 else None


def _networks(known: Known, draft: Draft) -> tuple[str, ...]:
    """The networks to choose from where the words name none and the figure is of one."""
    names = tuple(dict.fromkeys(account.network for account in known.places))
    by_hand = draft.metric is None or METRICS[draft.metric].source is Source.MANUAL
    return names if draft.network is None and not by_hand and len(names) > 1 else ()


def _placed(known: Known, wish: Wish, answers: Answers) -> Wish:
    """The wish with its network and the client's own name of its topic."""
    network = wish.draft.network or answers.network
    account = account_of(replace(wish.draft, network=network), known.places)

    def placed(draft: Draft) -> Draft:
        named = draft.network or network or (account.network if account else None) or None
        topic = None if draft.topic is None else topic_named(known, draft.topic)
        return replace(draft, network=named, topic=topic)

    others = tuple(placed(other) for other in wish.alternatives)
    return replace(wish, draft=placed(wish.draft), alternatives=others)


def topic_named(known: Known, said: str) -> str:
    """The client's topic that is meant («про старую партию»: «Старая партия»), or a name for a new one."""
    stems = _stems(said)
    same = next((name for name in known.topics if _stems(name) == stems), None)
    name = known.names.get(said, said)
    return same or name[:1].upper() + name[1:]


def _stems(text: str) -> list[str]:
    return sorted(word[:_STEM] for word in text.lower().replace("ё", "е").split())


def _answered(wish: Wish, answers: Answers, today: date) -> Wish:
    """The wish with the amount and the date that were chosen, without the letters that they close."""
    draft = wish.draft
    if answers.amount is not None:
        draft = replace(draft, amount=answers.amount, kind=draft.kind or usual_kind(draft))
    if answers.deadline is not None:
        draft = replace(draft, deadline=answers.deadline)
    if draft == wish.draft:
        return wish
    draft = replace(draft, per_week=None)
    closed = {
        Letter.MEASURABLE: draft.amount is not None,
        Letter.TIMED: draft.deadline is not None,
        Letter.ATTAINABLE: not is_absurd(draft, today),
    }
    missing = tuple(letter for letter in wish.missing if not closed.get(letter, False))
    passed = wish.passed if answers.deadline is None else None
    return replace(wish, draft=draft, missing=missing, passed=passed)


def usual_kind(draft: Draft) -> GoalKind | None:
    """How a bare measure is meant that is given an amount."""
    if draft.metric is None:
        return None
    return GoalKind.TOTAL_IN_PERIOD if METRICS[draft.metric].adds_up else GoalKind.GAIN


def _kept(wish: Wish, goal: Goal) -> Wish:
    """The wish as its goal is kept: an income «in a month» is a rate of each month."""
    if goal.metric == UNNAMED:
        return wish
    return replace(wish, draft=replace(wish.draft, kind=goal.kind if wish.draft.kind else None))
