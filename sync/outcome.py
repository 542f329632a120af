"""From what connectors yield to what the store writes: pure, one account at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from connectors.base import Fetched, FetchedPost, Part, Trouble, TroubleKind
from goals.model import Gap, PostKind, PostReading, PostState, Reading
from store.changes import ObservedPost, Profile, UnitOutcome
from store.values import TroubleRecord, UnitStatus
from sync.doubts import Known, judge
from sync.gathering import Gathering, worst
from sync.plan import Job, progress_cursors, read_at

#: A story can be read for this long after it was published.
STORY_LIFE = timedelta(hours=24)
NOT_COLLECTED = "not_collected"


def outcome_of(gathering: Gathering, known: Known, now: datetime) -> UnitOutcome:
    """What is to be written of an account whose results are all there, or as far as they came."""
    job = gathering.job
    stranger = _stranger(job, gathering.results.values())
    if stranger is not None:
        return failed(job, stranger, now, gathering.requests)
    troubles = gathering.all_troubles()
    if not gathering.brought_something:
        return failed(job, worst(troubles), now, gathering.requests)
    today = now.astimezone(job.zone).date()
    judged = judge(gathering.results.values(), job.cursors, known, now, today)
    troubles += judged.troubles
    done = [part for part in gathering.clean_parts if part not in judged.held]
    remembered = progress_cursors(done, gathering.since, now, today)
    return UnitOutcome(
        account_id=job.account.id,
        status=UnitStatus.PARTIAL if troubles else UnitStatus.OK,
        finished_at=now,
        readings=list(_readings(job, judged.results)),
        posts=[_post(job, post, part.taken_at) for part in judged.results for post in part.posts],
        gaps=[*_gaps(job, judged.results), *_missed_stories(job, gathering, now)],
        cursors={**_cursors(job, judged.results, done), **remembered, **judged.cursors},
        profile=_profile(job, judged.results),
        requests=gathering.requests,
        trouble=record(worst(troubles), job.account.network),
        complete_since=_complete_since(judged.results),
    )


def failed(job: Job, trouble: Trouble | None, now: datetime, requests: int = 0) -> UnitOutcome:
    """The ending of an account of which nothing can be written."""
    return UnitOutcome(
        account_id=job.account.id,
        status=UnitStatus.FAILED,
        finished_at=now,
        requests=requests,
        trouble=record(trouble or Trouble(TroubleKind.RETRY, "sync.internal"), job.account.network),
    )


def record(trouble: Trouble | None, network: str = "") -> TroubleRecord | None:
    """A trouble as the store keeps it; one on the way to a host that is not told names the network."""
    if trouble is None:
        return None
    facts = dict(trouble.facts)
    if trouble.code.startswith("http.") and "host" not in facts:
        facts["network"] = network
    return TroubleRecord(trouble.kind, trouble.code, trouble.detail, facts)


def _stranger(job: Job, results: Iterable[Fetched]) -> Trouble | None:
    """The trouble where the address belongs to another account now: its figures are not this one's."""
    mine = job.account.network_id
    for fetched in results:
        if mine is not None and fetched.network_id not in {None, mine}:
            facts = {"account": job.account.handle, "was": mine, "is": fetched.network_id or ""}
            return Trouble(TroubleKind.CONFIG, "sync.other_account", facts=facts)
    return None


def _readings(job: Job, results: Iterable[Fetched]) -> Iterator[Reading]:
    for fetched in results:
        for figure in fetched.figures:
            yield Reading(
                job.account.id, figure.metric, figure.day, figure.value, figure.exactness, fetched.taken_at
            )


def _post(job: Job, post: FetchedPost, taken_at: datetime) -> ObservedPost:
    day = taken_at.astimezone(job.zone).date()
    return ObservedPost(
        network_id=post.network_id,
        kind=post.kind,
        state=post.state,
        day=post.when.astimezone(job.zone).date(),
        published_at=post.when,
        url=post.url,
        text=post.text,
        figures=tuple(
            PostReading(metric, day, value, post.exactness, taken_at)
            for metric, value in post.figures.items()
        ),
    )


def _gaps(job: Job, results: Iterable[Fetched]) -> Iterator[Gap]:
    for fetched in results:
        for gap in fetched.gaps:
            yield Gap(job.account.id, gap.metric, gap.first, gap.last, gap.reason)


def _missed_stories(job: Job, gathering: Gathering, now: datetime) -> Iterator[Gap]:
    """The days whose stories came and went between two readings."""
    before = read_at(job.cursors, Part.STORIES)
    if before is None or Part.STORIES not in gathering.clean_parts or now - before <= STORY_LIFE:
        return
    first, last = (moment.astimezone(job.zone).date() for moment in (before, now - STORY_LIFE))
    yield Gap(job.account.id, "stories", first, last, NOT_COLLECTED)


def _cursors(job: Job, results: Iterable[Fetched], done: Iterable[Part]) -> Mapping[str, str]:
    """The parts' cursors; a part that was read without giving one keeps its old one, or an empty one."""
    given = {str(fetched.part): fetched.cursor for fetched in results if fetched.cursor is not None}
    return {**{str(part): job.cursors.get(part, "") for part in done}, **given}


def _profile(job: Job, results: Iterable[Fetched]) -> Profile | None:
    """What the network says of the account, the profile part before others."""
    told = [fetched for fetched in results if fetched.network_id is not None or fetched.title]
    told.sort(key=lambda fetched: fetched.part is not Part.PROFILE)
    if not told:
        return None
    number = next((fetched.network_id for fetched in told if fetched.network_id is not None), None)
    return Profile(number, told[0].handle or job.account.handle, told[0].title)


def _complete_since(results: Iterable[Fetched]) -> Mapping[tuple[PostState, PostKind], date] | None:
    """What is known whole; None for nothing.

    A planned post that is no longer held back was cancelled or has appeared, so without all of what
    appeared since nothing is concluded of plans.
    """
    clean = [fetched for fetched in results if fetched.trouble is None]
    whole = {content: day for fetched in clean for content, day in fetched.complete_since.items()}
    for (state, kind), day in list(whole.items()):
        if state is PostState.PLANNED:
            appeared = whole.get((PostState.PUBLISHED, kind))
            if appeared is None:
                del whole[state, kind]
            else:
                whole[state, kind] = max(day, appeared)
    return whole or None
