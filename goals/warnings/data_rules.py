"""Rules about the figures themselves: stale, dead or dying tokens, doubtful jumps, unseen stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from goals.evaluate import STALE_AFTER, STALE_AFTER_BY_HAND
from goals.jumps import jump_of, key_of_jump
from goals.metrics import METRICS, Source
from goals.model import GoalStatus, PostKind
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004 - the word of the trade
from goals.warnings.pace_rules import of_goal

if TYPE_CHECKING:
    from goals.warnings.situation import AccountState, Situation, UnitTrouble

#: A window without stories is told for a week.
GAP_MEMORY = timedelta(days=6)

#: How long a token lives after its last use, in the networks where its use keeps it alive.
TOKEN_LIVES = {"ok": timedelta(days=30)}
#: A token that was not used for longer is told of, while a sync still saves it.
TOKEN_IDLE_AFTER = timedelta(days=20)

_SUSPECT = "sync.suspect_"
#: Why stories of a day are missing: nobody looked while they were there.
NOT_COLLECTED = "not_collected"


def stale(at: Situation) -> Iterator[Warning]:
    """Figures are too old to judge by: one warning for a token, an account or a metric kept by hand."""
    yield from _stale_accounts(at)
    yield from _stale_goals(at)
    yield from _stale_by_hand(at)


def token(at: Situation) -> Iterator[Warning]:
    """A token is refused and the figures are still fresh: from a day on they will not be."""
    found: dict[str, tuple[AccountState, UnitTrouble]] = {}
    for state in at.accounts:
        trouble = state.trouble
        if trouble is None or trouble.token is None or _is_stale(at, state):
            continue
        if state.figures_of is not None:
            known = found.setdefault(trouble.token, (state, trouble))
            if (known[0].figures_of or at.now) > state.figures_of:
                found[trouble.token] = (state, trouble)
    for name, (state, trouble) in found.items():
        lasts = _local(at, (state.figures_of or at.now) + STALE_AFTER)
        yield Warning(
            rule="token",
            severity=Severity.HIGH,
            key=f"token:{name}",
            client_id=None,
            step=Step.REPLACE_TOKEN,
            account_id=state.account.id,
            facts={**_told(trouble), "day": lasts},
        )


def token_idle(at: Situation) -> Iterator[Warning]:
    """A token that lives by its use was not used for so long that it is about to die; one a network."""
    groups: dict[str, list[tuple[datetime, AccountState]]] = {}
    for state in at.accounts:
        used, network = state.account.last_ok_at, state.account.network
        is_refused = state.trouble is not None and state.trouble.kind == "auth"
        if (
            used is not None
            and network in TOKEN_LIVES
            and not is_refused
            and at.now - used > TOKEN_IDLE_AFTER
        ):
            groups.setdefault(network, []).append((used, state))
    for network, states in groups.items():
        used, oldest = min(states, key=lambda pair: pair[0])
        yield Warning(
            rule="token_idle",
            severity=Severity.HIGH,
            key=f"token_idle:{at.client.id}:{network}",
            client_id=at.client.id,
            step=Step.SYNC,
            account_id=oldest.account.id,
            facts={
                "since": _local(at, used),
                "day": _local(at, used + TOKEN_LIVES[network]),
                "accounts": len(states),
                "network": network,
                "account": oldest.account.handle,
            },
        )


def suspect(at: Situation) -> Iterator[Warning]:
    """A fall by more than half waits for the next sync to see it too, or the audience jumped up.

    A jump is told until it is undone; acknowledging it confirms it, and the forecast trusts it from then on.
    """
    for state in at.accounts:
        trouble = state.trouble
        if trouble is not None and trouble.code.startswith(_SUSPECT):
            kind = trouble.code.removeprefix(_SUSPECT)
            yield _of_account(at, "suspect", Severity.HIGH, state, Step.SYNC, _told(trouble), kind)
        jump = jump_of(state.series.get("audience", ()), at.today)
        if jump is not None:
            key = key_of_jump(state.account.id, jump.day)
            facts: dict[str, Fact] = {"was": jump.was, "is": jump.now, "day": jump.day, "key": key}
            found = _of_account(at, "jump", Severity.MEDIUM, state, Step.CONFIRM_JUMP, facts)
            yield replace(found, key=key)


def stories_missed(at: Situation) -> Iterator[Warning]:
    """Stories are counted, and for some days of this week nobody collected them."""
    story = PostKind.STORY.value
    wanted = {network for network, form in at.agreed_formats if form == story}
    for state in at.accounts:
        goals = (s for s in at.goals if s.goal.metric == "stories" and s.is_open)
        counted = wanted & {None, state.account.network} or any(s.covers(state.account) for s in goals)
        gaps = [
            gap
            for gap in state.gaps
            if gap.metric == "stories" and gap.reason == NOT_COLLECTED and gap.last >= at.today - GAP_MEMORY
        ]
        if counted and gaps:
            facts: dict[str, Fact] = {
                "first": min(gap.first for gap in gaps),
                "last": max(gap.last for gap in gaps),
            }
            yield _of_account(at, "stories_missed", Severity.MEDIUM, state, Step.COLLECT_STORIES, facts)


def _stale_accounts(at: Situation) -> Iterator[Warning]:
    groups: dict[str, list[AccountState]] = {}
    for state in at.accounts:
        if _is_stale(at, state):
            groups.setdefault(_cause(state), []).append(state)
    for cause, states in groups.items():
        oldest = min(states, key=lambda s: (s.figures_of is not None, s.figures_of or at.now))
        trouble = oldest.trouble
        by_token = cause.startswith("token:")
        no_token = trouble is not None and trouble.kind == "auth"
        yield Warning(
            rule="stale",
            severity=Severity.HIGH if by_token else Severity.MEDIUM,
            key=f"stale:{cause}",
            client_id=None if by_token else at.client.id,
            step=Step.REPLACE_TOKEN if no_token else Step.SYNC,
            account_id=oldest.account.id,
            facts={
                **(_told(trouble) if trouble is not None else {}),
                "since": _local(at, oldest.figures_of),
                "accounts": len(states),
                "network": oldest.account.network,
                "account": oldest.account.handle,
            },
        )


def _cause(state: AccountState) -> str:
    """What keeps an account from being read: its token, the lack of one, or something of its own."""
    account, trouble = state.account, state.trouble
    if trouble is not None and trouble.token is not None:
        return f"token:{trouble.token}"
    if trouble is not None and trouble.kind == "auth":
        return f"no_token:{account.client_id}:{account.network}"
    return f"account:{account.id}"


def _stale_goals(at: Situation) -> Iterator[Warning]:
    """Goals without fresh figures although their accounts are read, or only ever had files.

    A sync cannot bring what a network hides, nor anything to an account that no network was asked about.
    """
    for state in at.goals:
        by_hand = METRICS[state.goal.metric].source is Source.MANUAL
        mine = [account for account in at.accounts if state.covers(account.account)]
        if by_hand or state.status is not GoalStatus.STALE or any(_is_stale(at, one) for one in mine):
            continue
        since = None if state.row.as_of is None else _day_of(at, state.row.as_of)
        hidden = any(
            gap.metric == state.goal.metric and gap.reason == "hidden" and gap.last >= (since or gap.last)
            for account in mine
            for gap in account.gaps
        )
        by_file = bool(mine) and all(account.account.last_ok_at is None for account in mine)
        step = Step.IMPORT if hidden or by_file else Step.SYNC if mine else Step.ADD_ACCOUNT
        yield of_goal("no_figures", Severity.MEDIUM, state, step, {"since": since, "hidden": hidden})


def _stale_by_hand(at: Situation) -> Iterator[Warning]:
    """Metrics that a person puts in, one warning each: goals on them wait for a figure."""
    metrics: dict[str, date] = {}
    for state in at.goals:
        metric, row = state.goal.metric, state.row
        if METRICS[metric].source is not Source.MANUAL or state.status is not GoalStatus.STALE:
            continue
        since = state.goal.start if row.as_of is None else _day_of(at, row.as_of)
        if at.today - since > STALE_AFTER_BY_HAND:
            metrics[metric] = max(metrics.get(metric, since), since)
    for metric, since in metrics.items():
        yield Warning(
            rule="not_logged",
            severity=Severity.MEDIUM,
            key=f"not_logged:{at.client.id}:{metric}",
            client_id=at.client.id,
            step=Step.LOG,
            facts={"metric": metric, "since": since},
        )


def _is_stale(at: Situation, state: AccountState) -> bool:
    """Whether an account that is read from a network has only old figures, or none.

    One that is only imported and was never asked has no trouble: its goals tell that their figures are old.
    """
    if state.account.last_ok_at is None and state.trouble is None:
        return False
    return state.figures_of is None or at.now - state.figures_of > STALE_AFTER


def _told(trouble: UnitTrouble) -> dict[str, Fact]:
    """A trouble as facts of a warning; its own facts keep their names behind `trouble_`."""
    facts: dict[str, Fact] = {f"trouble_{name}": value for name, value in trouble.facts.items()}
    return facts | {
        "trouble": trouble.code,
        "kind": trouble.kind,
        "detail": trouble.detail,
        "token": trouble.token,
    }


def _of_account(
    at: Situation,
    rule: str,
    severity: Severity,
    state: AccountState,
    step: Step,
    facts: dict[str, Fact],
    part: str = "",
) -> Warning:
    account = state.account
    return Warning(
        rule=rule,
        severity=severity,
        key=":".join(name for name in (rule, "account", str(account.id), part) if name),
        client_id=at.client.id,
        step=step,
        account_id=account.id,
        facts=facts | {"network": account.network, "account": account.handle},
    )


def _local(at: Situation, moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(ZoneInfo(at.client.timezone)).date()


def _day_of(at: Situation, seconds: int) -> date:
    return datetime.fromtimestamp(seconds, ZoneInfo(at.client.timezone)).date()
