"""Figures that look wrong: refused for good, or held back until the next run sees the same.

A network that answers with nothing, or with a fraction of what was there, is believed only the
second time, so that one bad answer never replaces what is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from connectors.base import Fetched, FetchedPost, Figure, Part, Trouble, TroubleKind
from goals.metrics import METRICS
from goals.model import PostState

#: A fall to less than this share of what is known is held back once.
SUSPECT_SHARE = 0.5
#: Fewer people, or fewer posts, may well vanish at once.
FEW_PEOPLE = 20
FEW_POSTS = 3
#: How far a network's clock may be ahead of ours.
CLOCK_SLACK = timedelta(hours=12)

_AUDIENCE = "audience.suspect"
_POSTS = "posts.suspect"


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of an account: its newest audience, and its published posts from a day on."""

    audience: float | None
    posts_since: Callable[[date], int]


@dataclass(frozen=True, slots=True)
class Judged:
    """The results that may be written, what is to be remembered, and the troubles of what may not.

    `held` are the parts whose answer waits for the next run to say the same.
    """

    results: Sequence[Fetched]
    cursors: Mapping[str, str]
    troubles: Sequence[Trouble]
    held: frozenset[Part]


def judge(
    results: Iterable[Fetched], cursors: Mapping[str, str], known: Known, now: datetime, today: date
) -> Judged:
    """Take out what cannot be true, and hold back what is hard to believe."""
    judged: list[Fetched] = []
    remember: dict[str, str] = {}
    troubles: list[Trouble] = []
    refused = 0
    for fetched in results:
        kept = _possible(fetched, now, today)
        refused += len(fetched.figures) - len(kept.figures) + len(fetched.posts) - len(kept.posts)
        kept = _hold_audience(kept, cursors, known, remember, troubles)
        kept = _hold_posts(kept, cursors, known, remember, troubles)
        judged.append(kept)
    if refused:
        troubles.append(Trouble(TroubleKind.SKIP, "sync.refused", facts={"n": str(refused)}))
    held = frozenset({Part.POSTS}) if remember.get(_POSTS) else frozenset()
    return Judged(judged, remember, troubles, held)


def _possible(fetched: Fetched, now: datetime, today: date) -> Fetched:
    figures = [figure for figure in fetched.figures if _is_possible(figure, today)]
    posts = [_without_nonsense(post) for post in fetched.posts if _has_come(post, now)]
    if len(figures) == len(fetched.figures) and posts == list(fetched.posts):
        return fetched
    return replace(fetched, figures=figures, posts=posts)


def _is_possible(figure: Figure, today: date) -> bool:
    return figure.metric in METRICS and figure.day <= today and _is_count(figure.value)


def _is_count(value: float) -> bool:
    return math.isfinite(value) and value >= 0


def _has_come(post: FetchedPost, now: datetime) -> bool:
    return post.state is PostState.PLANNED or post.when <= now + CLOCK_SLACK


def _without_nonsense(post: FetchedPost) -> FetchedPost:
    if all(name in METRICS and _is_count(value) for name, value in post.figures.items()):
        return post
    return replace(post, figures={n: v for n, v in post.figures.items() if n in METRICS and _is_count(v)})


def _hold_audience(
    fetched: Fetched,
    cursors: Mapping[str, str],
    known: Known,
    remember: dict[str, str],
    troubles: list[Trouble],
) -> Fetched:
    now = [figure for figure in fetched.figures if figure.metric == "audience"]
    if not now or known.audience is None or known.audience < FEW_PEOPLE:
        return fetched
    newest = max(now, key=lambda figure: figure.day)
    if newest.value >= known.audience * SUSPECT_SHARE or cursors.get(_AUDIENCE):
        if cursors.get(_AUDIENCE):
            remember[_AUDIENCE] = ""
        return fetched
    remember[_AUDIENCE] = f"{newest.value:g}"
    facts = {"was": f"{known.audience:g}", "is": f"{newest.value:g}"}
    troubles.append(Trouble(TroubleKind.RETRY, "sync.suspect_audience", facts=facts))
    return replace(fetched, figures=[figure for figure in fetched.figures if figure is not newest])


def _hold_posts(
    fetched: Fetched,
    cursors: Mapping[str, str],
    known: Known,
    remember: dict[str, str],
    troubles: list[Trouble],
) -> Fetched:
    if fetched.part is not Part.POSTS or fetched.complete_since is None:
        return fetched
    vanished = 0 if fetched.posts else known.posts_since(fetched.complete_since)
    if vanished < FEW_POSTS or cursors.get(_POSTS):
        if cursors.get(_POSTS):
            remember[_POSTS] = ""
        return fetched
    remember[_POSTS] = str(vanished)
    troubles.append(Trouble(TroubleKind.RETRY, "sync.suspect_posts", facts={"n": str(vanished)}))
    return replace(fetched, complete_since=None, cursor=None)
