"""Figures that look wrong: refused for good, or held back until the next run sees the same.

A network that answers with nothing, or with a fraction of what was there, is believed only the
second time, so that one bad answer never replaces what is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from connectors.base import Fetched, FetchedPost, Figure, Part, Trouble, TroubleKind
from goals.metrics import METRICS
from goals.model import PostKind, PostState

#: A fall to less than this share of what is known is held back once.
SUSPECT_SHARE = 0.5
#: Fewer people, or fewer posts, may well vanish at once.
FEW_PEOPLE = 20
FEW_POSTS = 3
#: A second look sees the same when it is as near as this to the first, or differs by a few people:
#: a real fall goes on by some per cent while hours pass, another bad answer is off by far more.
SAME_SHARE = 0.1
#: How far a network's clock may be ahead of ours.
CLOCK_SLACK = timedelta(hours=12)

_AUDIENCE = "audience.suspect"
#: What remembers that all content of a state was gone, and the code that tells it.
_GONE = {
    PostState.PUBLISHED: ("posts.suspect", "sync.suspect_posts"),
    PostState.PLANNED: ("planned.suspect", "sync.suspect_planned"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of an account: its newest audience, and how much of its content is covered.

    `content` counts what came from the network, of the given states and kinds, from their days on.
    """

    audience: float | None
    content: Callable[[Mapping[tuple[PostState, PostKind], date]], int]


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
    doubts = _Doubts(cursors, known, today)
    judged: list[Fetched] = []
    refused = 0
    for fetched in results:
        kept = _possible(fetched, now, today)
        refused += len(fetched.figures) - len(kept.figures) + len(fetched.posts) - len(kept.posts)
        judged.append(doubts.about_content(doubts.about_audience(kept)))
    if refused:
        doubts.troubles.append(Trouble(TroubleKind.SKIP, "sync.refused", facts={"n": str(refused)}))
    return Judged(judged, doubts.remember, doubts.troubles, frozenset(doubts.held))


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


@dataclass(slots=True)
class _Doubts:
    """Holds back what is hard to believe, unless the last run has seen the same (`cursors` tell)."""

    cursors: Mapping[str, str]
    known: Known
    today: date
    remember: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    held: set[Part] = field(default_factory=set)

    def about_audience(self, fetched: Fetched) -> Fetched:
        """The result without an audience that fell by more than half at once."""
        told = [figure for figure in fetched.figures if figure.metric == "audience"]
        before = self.known.audience
        if not told or before is None or before < FEW_PEOPLE:
            return fetched
        newest = max(told, key=lambda figure: figure.day)
        last = self.cursors.get(_AUDIENCE)
        again = bool(last) and _is_same(newest.value, float(last or 0))
        odd = (
            {"was": _whole(before), "is": _whole(newest.value)}
            if newest.value < before * SUSPECT_SHARE
            else None
        )
        if self._is_believed(_AUDIENCE, "sync.suspect_audience", newest.value, odd, again=again):
            return fetched
        return replace(fetched, figures=[figure for figure in fetched.figures if figure is not newest])

    def about_content(self, fetched: Fetched) -> Fetched:
        """The result without its claim to be whole, where that would delete all that there was."""
        for state in {state for state, _kind in fetched.complete_since} & _GONE.keys():
            key, code = _GONE[state]
            vanished = 0 if fetched.posts else self.known.content(self._missed(fetched, state))
            odd = {"n": str(vanished)} if vanished >= FEW_POSTS else None
            if not self._is_believed(key, code, vanished, odd, again=bool(self.cursors.get(key))):
                self.held.add(fetched.part)
                return replace(fetched, complete_since={}, cursor=None)
        return fetched

    def _missed(self, fetched: Fetched, state: PostState) -> Mapping[tuple[PostState, PostKind], date]:
        """From which days on content of a state is missed; plans whose day has come may have come true."""
        first = self.today + timedelta(days=1) if state is PostState.PLANNED else date.min
        told = fetched.complete_since.items()
        return {(of, kind): max(day, first) for (of, kind), day in told if of is state}

    def _is_believed(
        self, key: str, code: str, value: float, odd: Mapping[str, str] | None, *, again: bool
    ) -> bool:
        """Whether a value may stand; an `odd` one (its facts) is remembered until it is seen `again`."""
        if odd is not None and not again:
            self.remember[key] = _whole(value)
            self.troubles.append(Trouble(TroubleKind.RETRY, code, facts=odd))
            return False
        if self.cursors.get(key):
            self.remember[key] = ""
        return True


def _is_same(value: float, last: float) -> bool:
    return abs(value - last) <= max(FEW_PEOPLE, SAME_SHARE * last)


def _whole(value: float) -> str:
    return f"{value:.0f}"
