"""Finding communities: many in one call, the bad id among them singled out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.base import Fetched, FetchedGap, Figure, Part, Target, Token, TokenKind, TroubleKind
from connectors.counting import RequestCount
from connectors.vk import calls
from connectors.vk.caller import Caller
from connectors.vk.desk import odd_values
from connectors.vk.errors import Action, Rule, VkError, most_telling
from connectors.vk.parse import Community
from connectors.vk.tokens import KINDS

_NUMBERED = re.compile(r"(?:club|public|event)([1-9]\d{0,15})")
_PERSON = re.compile(r"id[1-9]\d{0,15}")


_OURS_TO_FIX = Rule(TroubleKind.CONFIG, Action.FAIL)
_NOTHING_THERE = Rule(TroubleKind.SKIP, Action.UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Found:
    """What became of looking one account up: the community, the trouble, or both of a closed-down one."""

    community: Community | None
    error: VkError | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the community was closed down, by its owners or by VK."""
        return self.community is not None and self.error is not None


def name_of(target: Target) -> str:
    """What to ask VK for: the number where it is known, else the short name."""
    if target.network_id:
        return target.network_id
    handle = target.handle.lower().removeprefix("@")
    numbered = _NUMBERED.fullmatch(handle)
    return numbered[1] if numbered else handle


def is_person(target: Target) -> bool:
    """Whether the handle is one that only persons have."""
    return target.network_id is None and _PERSON.fullmatch(target.handle.lower()) is not None


def no_token(handle: str, kinds: Sequence[TokenKind]) -> VkError:
    """The error of an account that no token at hand may read."""
    facts = {"handle": handle, "kinds": ", ".join(kinds)}
    return VkError("vk.no_token", facts=facts, rule=_OURS_TO_FIX)


class Profiles:
    """Looks accounts up, and tells everybody who waits for one; with `about` what they say of themselves."""

    def __init__(
        self,
        candidates: Callable[[Target], Sequence[Token]],
        caller: Callable[[Token], Caller],
        *,
        about: bool = False,
    ) -> None:
        self._about = about
        self._candidates = candidates
        self._caller = caller
        self._found: dict[int, asyncio.Future[Found]] = {}
        self._spent: dict[int, RequestCount] = {}

    def expect(self, targets: Sequence[Target]) -> None:
        """Say which targets will be looked up, before anybody waits for one."""
        loop = asyncio.get_running_loop()
        self._found = {target.key: loop.create_future() for target in targets}
        self._spent = {target.key: RequestCount() for target in targets}

    async def of(self, target: Target) -> Found:
        """The answer for an expected target."""
        return await asyncio.shield(self._found[target.key])

    def take_requests(self, target: Target) -> int:
        """The requests made for the target and those asked for together with it, told once."""
        return self._spent[target.key].take()

    async def look_up(self, targets: Sequence[Target]) -> None:
        """Look the expected targets up, each with the best token that may."""
        await self._by_token(targets, {})

    def _settle(self, target: Target, found: Found) -> None:
        self._found[target.key].set_result(found)

    async def _by_token(self, targets: Sequence[Target], tried: Mapping[str, VkError]) -> None:
        """Ask with each target's best token that was not tried yet; `tried` are the failures by token."""
        groups: dict[str, tuple[Token, list[Target]]] = {}
        for target in targets:
            token = next((t for t in self._candidates(target) if t.name not in tried), None)
            if is_person(target):
                self._settle(target, Found(None, _person(target.handle)))
            elif token is None:
                failure = most_telling(tuple(tried.values()))
                failure = failure or no_token(target.handle, KINDS[Part.PROFILE])
                self._settle(target, Found(None, failure))
            else:
                groups.setdefault(token.name, (token, []))[1].append(target)
        chunks = [
            (token, members[start : start + calls.MOST_IDS])
            for token, members in groups.values()
            for start in range(0, len(members), calls.MOST_IDS)
        ]
        await asyncio.gather(*(self._chunk(token, chunk, tried) for token, chunk in chunks))

    async def _chunk(self, token: Token, targets: Sequence[Target], tried: Mapping[str, VkError]) -> None:
        names = dict.fromkeys(map(name_of, targets))
        try:
            spent = self._spent[targets[0].key]
            answer = await self._caller(token).ask(calls.communities(names, about=self._about), spent)
        except VkError as error:
            await self._failed(token, targets, tried, error)
            return
        by_name: dict[str, Community] = {}
        for community in answer.communities:
            by_name[str(community.id)] = by_name[community.handle] = community
        missing = _person if answer.people == len(set(names) - set(by_name)) else _not_found
        for target in targets:
            found = by_name.get(name_of(target))
            trouble = _closed_down(found) if found is not None else missing(target.handle)
            self._settle(target, Found(found, trouble))

    async def _failed(
        self, token: Token, targets: Sequence[Target], tried: Mapping[str, VkError], error: VkError
    ) -> None:
        """Try the halves, or another token, or give the error to all."""
        if error.action is Action.BISECT and len(targets) > 1:
            middle = len(targets) // 2
            halves = (targets[:middle], targets[middle:])
            await asyncio.gather(*(self._chunk(token, half, tried) for half in halves))
        elif error.of_token:
            await self._by_token(targets, {**tried, token.name: error})
        else:
            for target in targets:
                bad = error.action is Action.BISECT
                self._settle(target, Found(None, _not_found(target.handle, error.detail) if bad else error))


def _person(handle: str) -> VkError:
    return VkError("vk.not_community", facts={"handle": handle}, rule=_OURS_TO_FIX)


def _not_found(handle: str, detail: str = "") -> VkError:
    return VkError("vk.not_found", detail, facts={"handle": handle}, rule=_OURS_TO_FIX)


def _closed_down(community: Community) -> VkError | None:
    if not community.deactivated:
        return None
    code = "vk.banned" if community.deactivated == "banned" else "vk.deleted"
    return VkError(code, facts={"handle": community.handle}, rule=_NOTHING_THERE)


def profile(target: Target, found: Found, now: datetime, requests: int) -> Fetched:
    """The PROFILE result: who it is, and the audience now; a hidden audience is a gap."""
    community = found.community
    if community is None:
        trouble = found.error.trouble if found.error else None
        return Fetched(target.key, Part.PROFILE, now, trouble=trouble, requests=requests)
    today = now.astimezone(target.zone).date()
    figures, gaps = [], []
    trouble = found.error.trouble if found.error else odd_values(community.odd)
    if found.error is None and community.members is not None:
        figures.append(Figure("audience", today, float(community.members)))
    elif trouble is None:
        gaps.append(FetchedGap("audience", today, today, "hidden"))
    return Fetched(
        key=target.key,
        part=Part.PROFILE,
        taken_at=now,
        network_id=str(community.id),
        handle=community.handle,
        title=community.title,
        about=community.about,
        figures=figures,
        gaps=gaps,
        trouble=trouble,
        requests=requests,
    )
