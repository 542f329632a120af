"""What is known about a goal: the figures of its scope by day, or its posts with a figure each.

Levels of several accounts are carried forward and summed from the day from which every account has
one. Flows of several accounts are summed day by day too: people reached in two networks are counted
twice then, so such a sum is a rough figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from goals.facts import DayValue, Facts, PostValue
from goals.metrics import ENGAGEMENT_PARTS, METRICS, Metric, Nature, Source
from goals.model import Goal, PostState
from store.sqlite.own import OwnReader
from store.sqlite.rows import day_of, ids_json, moment_or_none
from store.values import MANUAL_NETWORK

_STATES = {state.value: state for state in PostState}
#: A post's figure is the sum of these figures of it, as far as they are known.
_PARTS = {"engagement": ENGAGEMENT_PARTS, "engagement_rate": ENGAGEMENT_PARTS}
_FIGURE = (
    "(SELECT sum(l.value) FROM post_latest l WHERE l.post_id = p.id"
    " AND l.metric_id IN (SELECT value FROM json_each(?)))"
)
_ABOUT = (
    "EXISTS (SELECT 1 FROM post_topic x JOIN topic t ON t.id = x.topic_id"
    " WHERE x.post_id = p.id AND x.mark = 1 AND t.client_id = ? AND t.folded = ?)"
)


class FactsReader(OwnReader):
    """Reads what goals are judged by."""

    def facts(self, goal: Goal, since: date, today: date) -> Facts:
        """What is known in the goal's scope from `since` to `today` (planned posts: also after)."""
        metric = METRICS[goal.metric]
        with self._db.snapshot():
            if metric.name == "clients":
                counted = self._counted_clients(goal, since, today)
                if counted is not None:
                    return counted
            scope = self._scope(goal, metric)
            if metric.source is Source.POSTS:
                return self._posts(goal, metric, scope, since, today)
            return self._days(metric, scope, since, today)

    def _scope(self, goal: Goal, metric: Metric) -> list[Any]:
        """(id, data_at, posts_at) of each account that the goal is about."""
        if metric.source is Source.MANUAL:
            return self._manual_scope(goal)
        columns = "SELECT id, data_at, posts_at FROM account WHERE"
        if goal.account_id is not None:
            return self._db.rows(f"{columns} id = ?", (goal.account_id,))
        return self._db.rows(
            f"{columns} client_id = ? AND network <> ? AND archived = 0 AND (? IS NULL OR network = ?)",
            (goal.client_id, MANUAL_NETWORK, goal.network, goal.network),
        )

    def _days(self, metric: Metric, scope: Sequence[Any], since: date, today: date) -> Facts:
        metric_id = self._metric_ids([metric.name]).get(metric.name)
        series = [
            self._db.rows(
                "SELECT day, value, taken_at FROM reading"
                " WHERE account_id = ? AND metric_id = ? AND day BETWEEN ? AND ? ORDER BY day",
                (account_id, metric_id, since.toordinal(), today.toordinal()),
            )
            for account_id, _, _ in scope
        ]
        taken = [row[2] for rows in series for row in rows]
        if len(series) == 1:
            points = [(day, value) for day, value, _ in series[0]]
        elif metric.nature is Nature.LEVEL:
            before = [self._level_before(account_id, metric_id, since) for account_id, _, _ in scope]
            points = _summed_levels(before, series)
        else:
            points = _summed_days(series)
        if metric.source is Source.MANUAL:
            fed = bool(taken)
        else:
            fed = any(data_at is not None for _, data_at, _ in scope)
        return Facts(
            days=tuple(DayValue(day_of(day), value) for day, value in points),
            as_of=moment_or_none(max(taken, default=None)),
            by_hand=not fed,
        )

    def _level_before(self, account_id: int, metric_id: int | None, since: date) -> float | None:
        value: float | None = self._db.value(
            "SELECT value FROM reading WHERE account_id = ? AND metric_id = ? AND day < ?"
            " ORDER BY day DESC LIMIT 1",
            (account_id, metric_id, since.toordinal()),
        )
        return value

    def _posts(self, goal: Goal, metric: Metric, scope: Sequence[Any], since: date, today: date) -> Facts:
        value, figures = self._post_value(goal, metric)
        chosen, topic = _about(goal) if goal.topic and not metric.needs_topic else ("TRUE", ())
        rows = self._db.rows(
            f"SELECT p.day, p.state, {value} FROM post p"
            " WHERE p.account_id IN (SELECT value FROM json_each(?)) AND p.day >= ?"
            " AND ((p.state = 'published' AND p.day <= ?) OR p.state = 'planned')"
            " AND (? OR p.kind IN (SELECT value FROM json_each(?)))"
            f" AND {chosen} ORDER BY p.day, p.published_at, p.id",
            (
                *figures,
                ids_json(account_id for account_id, _, _ in scope),
                since.toordinal(),
                today.toordinal(),
                not metric.post_kinds,
                ids_json(metric.post_kinds),
                *topic,
            ),
        )
        rate = metric.name == "engagement_rate"
        read_at = [posts_at for _, _, posts_at in scope if posts_at is not None]
        return Facts(
            posts=tuple(
                PostValue(day_of(day), _STATES[state], _rate(value, seen) if rate else value)
                for day, state, value, seen in rows
            ),
            as_of=moment_or_none(max(read_at, default=None)),
            by_hand=not read_at,
        )

    def _post_value(self, goal: Goal, metric: Metric) -> tuple[str, tuple[Any, ...]]:
        """The columns of a post's figure and its views, with their values.

        A piece of content counts 1; of a share it is 100 % about the topic, or 0 %.
        """
        if metric.needs_topic:
            about, topic = _about(goal) if goal.topic else ("NULL", ())
            return f"100.0 * {about}, NULL", topic
        if metric.nature is Nature.CONTENT:
            return "1.0, NULL", ()
        ids = self._metric_ids({*ENGAGEMENT_PARTS, metric.name, "views"})
        parts = [ids[name] for name in _PARTS.get(metric.name, (metric.name,)) if name in ids]
        views = [ids["views"]] if "views" in ids else []
        return f"{_FIGURE}, {_FIGURE}", (ids_json(parts), ids_json(views))


def _about(goal: Goal) -> tuple[str, tuple[Any, ...]]:
    """Whether a post is about the goal's topic, with the values of the condition."""
    return _ABOUT, (goal.client_id, (goal.topic or "").casefold())


def _rate(engagement: float | None, views: float | None) -> float | None:
    """Engagement in percent of the views; None where either is not known."""
    return 100.0 * engagement / views if engagement is not None and views else None


def _summed_days(series: Sequence[Sequence[Any]]) -> list[tuple[int, float]]:
    sums: dict[int, float] = {}
    for rows in series:
        for day, value, _ in rows:
            sums[day] = sums.get(day, 0.0) + value
    return sorted(sums.items())


def _summed_levels(
    before: Sequence[float | None], series: Sequence[Sequence[Any]]
) -> list[tuple[int, float]]:
    """The sum of levels that stand until they change, on each day on which one of them was read."""
    standing = dict(enumerate(before))
    told = sorted((day, place, value) for place, rows in enumerate(series) for day, value, _ in rows)
    sums: dict[int, float] = {}
    for day, place, value in told:
        standing[place] = value
        known = [level for level in standing.values() if level is not None]
        if len(known) == len(standing):
            sums[day] = sum(known)
    return sorted(sums.items())
