"""What is known about a goal: the figures of its scope by day, or its posts with a figure each.

Levels of several accounts are carried forward and summed from the day from which every account has
one. Flows of several accounts are summed day by day too: people reached in two networks are counted
twice then, so such a sum is a rough figure. A figure of posts that came as one of whole days, as files
have it, stands in for posts that are not known where it means the same: as a sum, or as a share.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from goals.facts import DayValue, Facts, PostValue
from goals.jumps import jump_of, key_of_jump
from goals.metrics import ENGAGEMENT_PARTS, METRICS, Metric, Nature, Source
from goals.model import Goal, GoalKind, PostState
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
_WAS_READ = (
    "last_ok_at IS NOT NULL OR EXISTS (SELECT 1 FROM unit u"
    " WHERE u.account_id = account.id AND u.status IN ('ok', 'partial'))"
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
                of_posts = self._posts(goal, metric, scope, since, today)
                if any(post.value is not None for post in of_posts.posts):
                    return of_posts
                return self._posts_by_day(goal, metric, scope, since, today) or of_posts
            return self._days(metric, scope, since, today)

    def _scope(self, goal: Goal, metric: Metric) -> list[Any]:
        """(id, data_at, posts_at, whether ever read from its network) of each account of the goal."""
        if metric.source is Source.MANUAL:
            return self._manual_scope(goal)
        columns = f"SELECT id, data_at, posts_at, {_WAS_READ} FROM account WHERE"
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
            for account_id, *_ in scope
        ]
        taken = [row[2] for rows in series for row in rows]
        if len(series) == 1:
            points = [(day, value) for day, value, _ in series[0]]
        elif metric.nature is Nature.LEVEL:
            before = [self._level_before(account_id, metric_id, since) for account_id, *_ in scope]
            points = _summed_levels(before, series)
        else:
            points = _summed_days(series)
        if metric.source is Source.MANUAL:
            fed = bool(taken)
        else:
            fed = any(data_at is not None for _, data_at, *_ in scope)
            if not taken:
                points, taken = self._of_long_ago(metric, metric_id, scope, since)
        return Facts(
            days=tuple(DayValue(day_of(day), value) for day, value in points),
            as_of=moment_or_none(max(taken, default=None)),
            by_hand=not fed,
            from_file=_is_from_file(scope),
            doubtful_from=self._doubtful_from(metric, scope, series, today),
        )

    def _doubtful_from(
        self, metric: Metric, scope: Sequence[Any], series: Sequence[Sequence[Any]], today: date
    ) -> date | None:
        """From which day on an account's audience jumped and nobody has confirmed it (see `goals.jumps`)."""
        if metric.name != "audience":
            return None
        days = []
        for (account_id, *_), rows in zip(scope, series, strict=True):
            jump = jump_of([DayValue(day_of(day), value) for day, value, _ in rows], today)
            if jump is not None and not self._is_confirmed(key_of_jump(account_id, jump.day)):
                days.append(jump.day)
        return min(days, default=None)

    def _is_confirmed(self, key: str) -> bool:
        return bool(
            self._db.value("SELECT 1 FROM warning WHERE key = ? AND acknowledged_at IS NOT NULL", (key,))
        )

    def _of_long_ago(
        self, metric: Metric, metric_id: int | None, scope: Sequence[Any], since: date
    ) -> tuple[list[tuple[int, float]], list[int]]:
        """The level that stands since before `since` (of other metrics nothing), and when it was told."""
        newest = self._db.rows(
            "SELECT max(day), value, taken_at FROM reading WHERE metric_id = ? AND day < ?"
            " AND account_id IN (SELECT value FROM json_each(?)) GROUP BY account_id",
            (metric_id, since.toordinal(), ids_json(account_id for account_id, *_ in scope)),
        )
        known = metric.nature is Nature.LEVEL and len(newest) == len(scope) > 0
        level = [(max(day for day, *_ in newest), sum(value for _, value, _ in newest))] if known else []
        return level, [taken_at for *_, taken_at in newest]

    def _posts_by_day(
        self, goal: Goal, metric: Metric, scope: Sequence[Any], since: date, today: date
    ) -> Facts | None:
        """The days' own figures of what is usually one of posts; None where they tell nothing."""
        sums = metric.nature is Nature.PER_POST and goal.kind in {
            GoalKind.TOTAL_IN_PERIOD,
            GoalKind.KEEP_RATE,
        }
        shares = metric.nature is Nature.RATIO and not metric.needs_topic
        if goal.topic or not (sums or shares):
            return None
        found = self._days(metric, scope, since, today)
        return found if found.days else None

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
                ids_json(account_id for account_id, *_ in scope),
                since.toordinal(),
                today.toordinal(),
                not metric.post_kinds,
                ids_json(metric.post_kinds),
                *topic,
            ),
        )
        rate = metric.name == "engagement_rate"
        known = bool(rows) or self._holds_content(scope)
        read_at = [posts_at for _, _, posts_at, _ in scope if posts_at is not None]
        return Facts(
            posts=tuple(
                PostValue(day_of(day), _STATES[state], _rate(value, seen) if rate else value)
                for day, state, value, seen in rows
            ),
            as_of=moment_or_none(max(read_at, default=None)),
            by_hand=not read_at,
            from_file=_is_from_file(scope),
            unread=not read_at and not known,
        )

    def _holds_content(self, scope: Sequence[Any]) -> bool:
        """Whether any content of the accounts is known, be it only what a person wrote down."""
        ids = ids_json(account_id for account_id, *_ in scope)
        found = "SELECT 1 FROM post WHERE account_id IN (SELECT value FROM json_each(?)) LIMIT 1"
        return bool(self._db.value(found, (ids,)))

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


def _is_from_file(scope: Sequence[Any]) -> bool:
    """Whether no account of the scope was ever read from its network."""
    return not any(was_read for *_, was_read in scope)


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
